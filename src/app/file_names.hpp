#pragma once

#include <set>
#include <string>
#include <string_view>

namespace rapport::app {

/// Makes file names out of ids: letters, digits, '.', '_' and '-' stay, anything else becomes '_';
/// never hidden, never longer than 120 bytes, never the same twice (a number is added). One thread.
class FileNames {
 public:
  std::string name_for(std::string_view id);

 private:
  std::set<std::string> taken_;
};

}  // namespace rapport::app
