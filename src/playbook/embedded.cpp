#include "playbook/embedded.hpp"

#include <algorithm>

#include "embedded/playbooks.hpp"

namespace rapport::playbook {

std::vector<std::string_view> embedded_playbooks() {
  std::vector<std::string_view> names;
  for (base::EmbeddedFile const& file : embedded::playbooks) {  // sorted: the files of a name stand together
    std::size_t const slash = file.path.find('/');
    bool const in_folder = slash != std::string_view::npos;
    if (in_folder && (names.empty() || names.back() != file.path.substr(0, slash))) names.push_back(file.path.substr(0, slash));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::vector<SourceFile> embedded_playbook(std::string_view name) {
  std::vector<SourceFile> files;
  for (base::EmbeddedFile const& file : embedded::playbooks) {
    std::string_view const path = file.path;
    bool const inside = path.size() > name.size() && path.starts_with(name) && path[name.size()] == '/';
    if (inside) files.push_back({std::string(path.substr(name.size() + 1)), std::string(file.bytes)});
  }
  return files;
}

}  // namespace rapport::playbook
