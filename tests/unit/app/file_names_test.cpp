#include "app/file_names.hpp"

#include <gtest/gtest.h>

namespace rapport::app {
namespace {

TEST(FileNames, KeepsPlainIdsAndTamesTheRest) {
  FileNames names;
  EXPECT_EQ(names.name_for("i-001"), "i-001");
  EXPECT_EQ(names.name_for("../../etc/passwd"), "_.._.._etc_passwd");
  EXPECT_EQ(names.name_for(""), "_");
  EXPECT_EQ(names.name_for(".hidden"), "_.hidden");
  EXPECT_LE(names.name_for(std::string(5'000, 'x')).size(), 120U);
}

TEST(FileNames, NeverGivesTheSameNameTwice) {
  FileNames names;
  EXPECT_EQ(names.name_for("a b"), "a_b");
  EXPECT_EQ(names.name_for("a_b"), "a_b-2");
  EXPECT_EQ(names.name_for("a/b"), "a_b-3");
}

}  // namespace
}  // namespace rapport::app
