#include "playbook/yaml.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.hpp"
#include "playbook/yaml_text.hpp"
#include "unit/playbook/cases.hpp"

namespace rapport::playbook {
namespace {

/// The problems of reading the text as YAML, a line each.
std::string read_problems(std::string text) {
  SourceFile const file{"f.yaml", std::move(text)};
  Problems problems;
  auto const node = read_yaml(file, problems);
  EXPECT_EQ(problems.empty() && !node, false);
  return testing::problems_of({std::nullopt, problems.take()});
}

TEST(Yaml, KeepsOrderKindsAndPlaces) {
  SourceFile const file{"f.yaml",
                        "\xEF\xBB\xBF"
                        "ä: é b\r\nlist:\r\n  - 'it''s'\r\n  -\r\n  - {k: v}\r\nnone:\r\n"};
  Problems problems;
  auto const root = read_yaml(file, problems);
  ASSERT_TRUE(root && problems.empty());
  ASSERT_EQ(root->entries.size(), 3U);
  EXPECT_EQ(root->entries[0].key.text, "ä");
  EXPECT_EQ(root->entries[0].value.place(), (Place{"f.yaml", 1, 4}));
  Node const& list = *root->find("list");
  ASSERT_EQ(list.items.size(), 3U);
  EXPECT_EQ(list.items[0].text, "it's");
  EXPECT_TRUE(list.items[0].quoted);
  EXPECT_EQ(list.items[1].kind, Node::Kind::null);
  EXPECT_EQ(list.items[1].place(), (Place{"f.yaml", 4, 3}));
  EXPECT_EQ(list.items[2].find("k")->place(), (Place{"f.yaml", 5, 9}));
  EXPECT_EQ(root->find("none")->kind, Node::Kind::null);
  EXPECT_EQ(root->find("none")->place(), (Place{"f.yaml", 6, 1}));
  EXPECT_EQ(root->find("other"), nullptr);
}

TEST(Yaml, FindsPlacesInsideATextOfOneLine) {
  SourceFile const file{"f.yaml", "plain: ä b c\nquoted: \"ä b c\"\nescaped: \"\\u00e4 b c\"\nfolded: >\n  ä b\n  c\n"};
  Problems problems;
  auto const root = read_yaml(file, problems);
  ASSERT_TRUE(root && problems.empty());
  std::size_t const b = std::string("ä ").size();
  EXPECT_EQ(root->find("plain")->place_in_text(b), (Place{"f.yaml", 1, 10}));
  EXPECT_EQ(root->find("quoted")->place_in_text(b), (Place{"f.yaml", 2, 12}));
  EXPECT_EQ(root->find("escaped")->place_in_text(b), root->find("escaped")->place());
  EXPECT_EQ(root->find("folded")->place_in_text(b), root->find("folded")->place());
}

TEST(Yaml, AnEmptyFileIsNothing) {
  for (char const* text : {"", "\n", "# only a comment\n", "\xEF\xBB\xBF"}) {
    SourceFile const file{"f.yaml", text};
    Problems problems;
    auto const root = read_yaml(file, problems);
    ASSERT_TRUE(root);
    EXPECT_EQ(root->kind, Node::Kind::null);
    EXPECT_EQ(root->place(), (Place{"f.yaml", 1, 1}));
    EXPECT_TRUE(problems.empty());
  }
}

TEST(Yaml, RefusesBytesThatAreNoText) {
  EXPECT_EQ(read_problems("a: \xFF"), "f.yaml:1:4: byte 0xff is no UTF-8; expected a text file in UTF-8\n");
  EXPECT_EQ(read_problems("a: b\nc: \xC0\xAF"), "f.yaml:2:4: byte 0xc0 is no UTF-8; expected a text file in UTF-8\n");
  EXPECT_EQ(read_problems("\xED\xA0\x80: b"), "f.yaml:1:1: byte 0xed is no UTF-8; expected a text file in UTF-8\n");
  EXPECT_EQ(read_problems("\xF4\x90\x80\x80"), "f.yaml:1:1: byte 0xf4 is no UTF-8; expected a text file in UTF-8\n");
  EXPECT_EQ(read_problems("\xE2\x82"), "f.yaml:1:1: byte 0xe2 is no UTF-8; expected a text file in UTF-8\n");
  EXPECT_EQ(read_problems(std::string("a: b\0c", 6)), "f.yaml:1:5: control character 0x00; expected text\n");
  EXPECT_EQ(read_problems("a: b\x04"), "f.yaml:1:5: control character 0x04; expected text\n");
  EXPECT_EQ(read_problems("a: b\rc: d"), "f.yaml:1:5: a carriage return without a line feed; expected line ends of one kind\n");
  EXPECT_EQ(read_problems("\xFE\xFF\0a"), "f.yaml:1:1: byte 0xfe is no UTF-8; expected a text file in UTF-8\n");
}

TEST(Yaml, AcceptsAllOfUnicode) {
  EXPECT_EQ(read_problems("a: \xC2\x80 \xE0\xA0\x80 \xED\x9F\xBF \xEF\xBF\xBD \xF0\x90\x80\x80 \xF4\x8F\xBF\xBF"), "");
}

TEST(Yaml, UnfoldsNothing) {
  std::string bomb = "a: &a [x, x]\n";
  EXPECT_EQ(read_problems(bomb + "b: [*a, *a]\n"),
            "f.yaml:1:4: an anchor (&); expected the text itself, or quotes if it begins with &\n"
            "f.yaml:2:5: an alias (*); expected its text written out, or in quotes if it begins with *\n");
}

TEST(Yaml, HasLimitsAndNamesThem) {
  EXPECT_EQ(read_problems(std::string(limits::playbook_file_bytes_max + 1, ' ')),
            "f.yaml: the file has 4194305 bytes; expected at most 4194304 (playbook_file_bytes_max)\n");
  std::string many = "a: [";
  for (std::size_t count = 0; count < limits::yaml_nodes_max; ++count) many += "1,";
  EXPECT_NE(read_problems(many + "1]").find("(yaml_nodes_max)"), std::string::npos);
  EXPECT_EQ(read_problems("a: [[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]"), "f.yaml:1:19: lists and maps stand 17 deep; expected at most 16 (yaml_depth_max)\n");
  EXPECT_NE(read_problems("a: " + std::string(100'000, '[')).find("(yaml_depth_max)"), std::string::npos);
  EXPECT_NE(read_problems("a: " + std::string(100'000, '{')).find("(yaml_depth_max)"), std::string::npos);
  std::string lists;
  for (std::size_t count = 0; count < 100'000; ++count) lists += "- ";
  EXPECT_EQ(read_problems(lists), "f.yaml:1:33: lists and maps stand 17 deep; expected at most 16 (yaml_depth_max)\n");
}

TEST(YamlText, ClosingQuotesRespectEscapes) {
  EXPECT_EQ(closing_quote("'it''s' x", 0), 6U);
  EXPECT_EQ(closing_quote(R"("a\"b" x)", 0), 5U);
  EXPECT_EQ(closing_quote(R"("a\\" x)", 0), 4U);
  EXPECT_EQ(closing_quote("'it''", 0), std::nullopt);
  EXPECT_EQ(closing_quote(R"("a\")", 0), std::nullopt);
}

TEST(Problems, AreSortedAndSaidOnce) {
  Problems problems;
  problems.add({"b", 1, 1}, "x");
  problems.add({"a", 10, 2}, "y");
  problems.add({"a", 9, 5}, "z");
  problems.add({"b", 1, 1}, "x");
  EXPECT_EQ(testing::problems_of({std::nullopt, problems.take()}), "a:9:5: z\na:10:2: y\nb:1:1: x\n");
  EXPECT_TRUE(problems.empty());
}

TEST(Problems, AreCountedBeyondTheirLimit) {
  Problems problems;
  for (std::size_t count = 0; count < limits::problems_max + 7; ++count) problems.add({"a", static_cast<int>(count), 1}, "x");
  EXPECT_TRUE(problems.full());
  auto const listed = problems.take();
  ASSERT_EQ(listed.size(), limits::problems_max + 1);
  EXPECT_EQ(to_text(listed.back()), "playbook.yaml: 7 more problems are not listed (problems_max is 1000)");
}

TEST(InQuotes, CutsBetweenCharacters) {
  EXPECT_EQ(in_quotes("a\nb\x1B[31m\x7F"), "\"a b [31m \"");
  std::string long_text;
  for (int count = 0; count < 61; ++count) long_text += "ä";
  EXPECT_EQ(in_quotes(long_text), "\"" + long_text.substr(0, 120) + "…\"");
}

}  // namespace
}  // namespace rapport::playbook
