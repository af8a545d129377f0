#include "playbook/chapter.hpp"

#include <gtest/gtest.h>

#include <initializer_list>

namespace rapport::playbook {
namespace {

/// "NAME: positions; …" of a playbook whose practices stand in these files.
std::string chapters_of_files(std::initializer_list<char const*> files) {
  Playbook playbook;
  for (char const* file : files) playbook.practices.emplace_back().file = file;
  std::string text;
  for (Chapter const& chapter : chapters_of(playbook)) {
    text += chapter.name + ":";
    for (std::size_t const practice : chapter.practices) text += ' ' + std::to_string(practice);
    text += "; ";
  }
  return text;
}

TEST(Chapters, AreNamedByFileWithoutNumber) {
  EXPECT_EQ(chapters_of_files({"practices/05-hold-and-silence.yaml"}), "Hold and silence: 0; ");
  EXPECT_EQ(chapters_of_files({"opening.yaml"}), "Opening: 0; ");
  EXPECT_EQ(chapters_of_files({"practices/sub/2_help.yaml"}), "Help: 0; ");
  EXPECT_EQ(chapters_of_files({"practices/éloge.yaml"}), "éloge: 0; ");
}

TEST(Chapters, OfANumberAloneAreTheNumber) {
  EXPECT_EQ(chapters_of_files({"practices/07.yaml"}), "07: 0; ");
  EXPECT_EQ(chapters_of_files({""}), ": 0; ");
}

TEST(Chapters, StandInTheOrderOfTheirFirstPractices) {
  EXPECT_EQ(chapters_of_files({"b.yaml", "b.yaml", "a.yaml"}), "B: 0 1; A: 2; ");
}

TEST(Chapters, MayBeSharedByFiles) {
  EXPECT_EQ(chapters_of_files({"1-hold.yaml", "2-help.yaml", "9-hold.yaml"}), "Hold: 0 2; Help: 1; ");
}

TEST(Chapters, OfNothingAreNone) { EXPECT_EQ(chapters_of_files({}), ""); }

}  // namespace
}  // namespace rapport::playbook
