#pragma once

#include <string>

namespace rapport::report {

/// The report's page around its data: web/report as one document. Its policy lets run no script and
/// apply no style but the page's own, by their hashes, and load nothing from anywhere.
struct Page {
  std::string before;  ///< up to where the data stands
  std::string after;
};

/// Put together from the files inside the binary.
Page make_page();

}  // namespace rapport::report
