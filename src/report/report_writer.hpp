#pragma once

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "playbook/playbook.hpp"
#include "report/entry.hpp"

namespace rapport::report {

/// Writes a report: one HTML file without any outside resource. Entry after entry goes straight to
/// the stream, so memory stays flat however many there are. Once the details have filled
/// report_bytes_max only summaries are written, and none past report_interactions_max; the page
/// says how many went without. One thread at a time. Whether writing worked the stream knows.
class ReportWriter {
 public:
  /// Writes the page up to its data. The stream must outlive the writer.
  ReportWriter(std::ostream& out, playbook::Playbook const& playbook);

  void add(Entry const& entry);
  /// An interaction that could not be read, and why; the page lists the first ones and counts all.
  void refuse(std::string_view message);
  /// Ends the page. Nothing may follow.
  void finish();

 private:
  std::ostream& out_;
  std::string after_;  ///< the page from its data on
  std::vector<std::string> refused_;
  std::size_t refused_count_ = 0;
  std::size_t interactions_ = 0;  ///< added
  std::size_t written_ = 0;       ///< of these, with a summary
  std::size_t detailed_ = 0;      ///< of these, with details
  std::size_t detail_bytes_ = 0;
};

}  // namespace rapport::report
