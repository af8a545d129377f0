#include "people/csv.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/limits.hpp"

namespace rapport::people {
namespace {

std::vector<std::vector<std::string>> texts(std::string_view csv) {
  auto const records = read_csv(csv);
  EXPECT_TRUE(records) << records.error().message;
  std::vector<std::vector<std::string>> rows;
  for (CsvRecord const& record : *records) {
    auto& row = rows.emplace_back();
    for (CsvField const& field : record) row.push_back(field.text);
  }
  return rows;
}

void expect_error(std::string_view csv, CsvPlace place, std::string_view part) {
  auto const records = read_csv(csv);
  ASSERT_FALSE(records) << csv;
  EXPECT_EQ(records.error().place, place) << csv << ": line " << records.error().place.line << ", column " << records.error().place.column;
  EXPECT_NE(records.error().message.find(part), std::string::npos) << records.error().message;
}

using Rows = std::vector<std::vector<std::string>>;

TEST(Csv, ReadsFieldsAndLines) {
  EXPECT_EQ(texts("a,b\r\nc,d\r\n"), (Rows{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(texts("a,b\nc,d"), (Rows{{"a", "b"}, {"c", "d"}}));
  EXPECT_EQ(texts("\xef\xbb\xbf"
                  "a,\n,b\n"),
            (Rows{{"a", ""}, {"", "b"}}));
  EXPECT_EQ(texts("a\n\n\r\nb\n"), (Rows{{"a"}, {"b"}}));
  EXPECT_EQ(texts(""), Rows{});
}

TEST(Csv, ReadsQuotedFields) {
  EXPECT_EQ(texts("\"a,b\",\"c \"\"d\"\"\"\n\"line\r\nbreak\",\"\"\n"), (Rows{{"a,b", "c \"d\""}, {"line\r\nbreak", ""}}));
}

TEST(Csv, KnowsWhereAFieldStands) {
  auto const records = read_csv("a,\"b\nb\",c\nd,e,f\n");
  ASSERT_TRUE(records);
  EXPECT_EQ((*records)[0][1].place, (CsvPlace{1, 3}));
  EXPECT_EQ((*records)[0][2].place, (CsvPlace{2, 4}));
  EXPECT_EQ((*records)[1][0].place, (CsvPlace{3, 1}));
}

TEST(Csv, SaysWhereItIsWrong) {
  expect_error("a,b\nc,\"d", {2, 3}, "never closed");
  expect_error("a\"b\n", {1, 2}, "quote");
  expect_error("\"a\"b\n", {1, 4}, "comma");
  expect_error("a,b\nc\n", {2, 1}, "1 fields, the first line has 2");
  expect_error("a\rb\n", {1, 2}, "carriage return");
}

TEST(Csv, KeepsItsLimits) {
  expect_error(std::string(limits::csv_field_bytes_max + 1, 'x'), {1, limits::csv_field_bytes_max + 1}, "4000 bytes");
  expect_error(std::string(limits::csv_fields_max, ','), {1, limits::csv_fields_max + 1}, "50 fields");
  expect_error(std::string(limits::import_bytes_max + 1, 'x'), {1, 1}, "bytes");
  std::string many;
  for (std::size_t i = 0; i < limits::import_lines_max + 2; ++i) many += "x\n";
  expect_error(many, {limits::import_lines_max + 2, 1}, "records");
}

RC_GTEST_PROP(Csv, ReadsBackWhatIsWritten, ()) {
  auto const columns = *rc::gen::inRange<std::size_t>(1, 5);
  auto const field = rc::gen::container<std::string>(rc::gen::elementOf(std::string{"ab,\"\r\n;"}));
  auto const rows = *rc::gen::nonEmpty(rc::gen::container<Rows>(rc::gen::container<std::vector<std::string>>(columns, field)));
  std::string csv;
  for (auto const& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) csv += ',';
      csv += '"';
      for (char const c : row[i]) csv += c == '"' ? std::string{"\"\""} : std::string{c};
      csv += '"';
    }
    csv += "\r\n";
  }
  RC_ASSERT(texts(csv) == rows);
}

TEST(Csv, LineByLineWhatCannotBeReadIsLeftOut) {
  CsvLines const read = read_csv_lines("a,b\n1,2\n3\n\"4\n5,6\n7,8\"9\n10,11\n", 100, 100);
  std::vector<std::string> firsts;
  for (CsvRecord const& record : read.records) firsts.push_back(record.front().text);
  EXPECT_EQ(firsts, (std::vector<std::string>{"a", "1", "5", "10"}));
  ASSERT_EQ(read.refused.size(), 3U);
  EXPECT_EQ(read.refused[0].place.line, 3U);
  EXPECT_EQ(read.refused[1].place.line, 4U);
  EXPECT_EQ(read.refused[2].place.line, 6U);
  EXPECT_TRUE(read.whole);
  EXPECT_FALSE(read_csv_lines("a\n1\n2\n", 2, 100).whole);
  EXPECT_FALSE(read_csv_lines("a,b\n1\n2\n3\n", 100, 2).whole);
  EXPECT_EQ(read_csv_lines("a,b\n1\n2\n3\n", 100, 2).refused.size(), 2U);
}

}  // namespace
}  // namespace rapport::people
