#pragma once

#include <string>
#include <string_view>

namespace rapport::signals {

/// The language of a tag, without its region: "en-GB" and "EN" are "en".
inline std::string base_language(std::string_view tag) {
  std::string language{tag.substr(0, tag.find_first_of("-_"))};
  for (char& c : language) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c | 0x20);
  }
  return language;
}

}  // namespace rapport::signals
