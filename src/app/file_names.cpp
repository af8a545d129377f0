#include "app/file_names.hpp"

#include <cctype>

namespace rapport::app {

std::string FileNames::name_for(std::string_view id) {
  constexpr std::size_t length_max = 100;
  std::string name;
  for (char const c : id.substr(0, length_max)) {
    bool const plain = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
    name += plain ? c : '_';
  }
  if (name.empty() || name.front() == '.') name.insert(name.begin(), '_');
  std::string const first = name;
  for (int number = 2; !taken_.insert(name).second; ++number) name = first + "-" + std::to_string(number);
  return name;
}

}  // namespace rapport::app
