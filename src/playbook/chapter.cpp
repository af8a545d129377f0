#include "playbook/chapter.hpp"

#include <algorithm>
#include <string_view>

namespace rapport::playbook {
namespace {

std::string chapter_name(std::string_view file) {
  file.remove_prefix(file.rfind('/') == std::string_view::npos ? 0 : file.rfind('/') + 1);
  file = file.substr(0, file.rfind('.'));
  std::string name(file.substr(std::min(file.find_first_not_of("0123456789-_ "), file.size())));
  std::ranges::replace(name, '-', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name.empty() ? std::string(file) : name;
}

}  // namespace

std::vector<Chapter> chapters_of(Playbook const& playbook) {
  std::vector<Chapter> chapters;
  for (std::size_t i = 0; i < playbook.practices.size(); ++i) {
    std::string name = chapter_name(playbook.practices[i].file);
    auto known = std::ranges::find(chapters, name, &Chapter::name);
    if (known == chapters.end()) known = chapters.insert(chapters.end(), {std::move(name), {}});
    known->practices.push_back(i);
  }
  return chapters;
}

}  // namespace rapport::playbook
