#include "unit/training/small_data.hpp"

#include <unistd.h>

#include <array>
#include <fstream>
#include <string_view>

namespace rapport::training::testing {

namespace fs = std::filesystem;

DataFolder::DataFolder(std::map<std::string, std::string> const& files) {
  static int made = 0;
  path_ = fs::temp_directory_path() / ("rapport-training-" + std::to_string(::getpid()) + "-" + std::to_string(made++));
  for (auto const& [name, text] : files) {
    fs::create_directories((path_ / name).parent_path());
    std::ofstream{path_ / name, std::ios::binary} << text;
  }
}

DataFolder::~DataFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

std::map<std::string, std::string> small_data() {
  constexpr std::array<std::string_view, 5> sorry = {"sorry about", "apologies for", "I apologise for", "so sorry to hear of", "please forgive"};
  constexpr std::array<std::string_view, 5> promise = {"I will ring you about", "I will send you", "we will refund", "I will fix", "we will replace"};
  constexpr std::array<std::string_view, 5> other = {"can you tell me about", "is that", "thank you for", "which one is", "let us talk about"};
  constexpr std::array<std::string_view, 8> things = {"the broken kettle", "your late parcel", "that wrong bill", "the noisy line",
                                                      "a lost card", "this cold radiator", "our slow website", "the missing invoice"};
  std::string own;
  for (std::string_view const thing : things) {
    for (std::string_view const words : sorry) own += "agent\tapology\t-\t" + std::string{words} + " " + std::string{thing} + ".\n";
    for (std::string_view const words : promise) own += "agent\tpromise\twhat now?\t" + std::string{words} + " " + std::string{thing} + " tomorrow.\n";
    for (std::string_view const words : other) own += "agent\t-\t-\t" + std::string{words} + " " + std::string{thing} + "?\n";
  }
  return {{"labels.tsv", "agent\tapology\tsays sorry\nagent\tpromise\tcommits to an act\ncustomer\tupset\tis cross\n"},
          {"word-groups.txt", "# what one says\nregret: sorry apologies apologise forgive\nthing: kettle parcel bill line card radiator website invoice\n"},
          {"sentences/own.tsv", own},
          {"derived/other.tsv", "customer\tupset\t-\tthis is a disgrace\tupset\ncustomer\t-\t-\thello there\tupset\n"}};
}

}  // namespace rapport::training::testing
