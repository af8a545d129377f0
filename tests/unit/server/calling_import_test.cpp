#include "server/api/calling_import.hpp"

#include <gtest/gtest.h>

#include "base/phone_limits.hpp"
#include "people/csv.hpp"

namespace rapport::server::api {
namespace {

CallingFile read(std::string_view csv) {
  return read_calling_file(csv, [](std::string_view number) -> base::Result<std::pair<std::string, std::string>> {
    if (number.find_first_not_of("0123456789 +") != std::string_view::npos || number.empty()) return base::Error{"a telephone number"};
    return std::pair{"+44" + std::string{number}, std::string{"GB"}};
  });
}

TEST(CallingImport, ColumnsInAnyOrderAndFieldsOfTheirOwn) {
  CallingFile const file = read("reference,boiler,name,number,notes\r\nC-1,2009,\"Hill, Grace\",207,call her doctor\r\nC-2,,,208,\r\n");
  ASSERT_TRUE(file.refused.empty());
  ASSERT_EQ(file.entries.size(), 2U);
  CallingEntry const& grace = file.entries.front();
  EXPECT_EQ(grace.entry.number, "+44207");
  EXPECT_EQ(grace.entry.country, "GB");
  EXPECT_EQ(grace.name, "Hill, Grace");
  EXPECT_EQ(grace.reference, "C-1");
  EXPECT_EQ(grace.notes, "call her doctor");
  EXPECT_EQ(grace.fields, (std::vector<std::pair<std::string, std::string>>{{"boiler", "2009"}}));
  EXPECT_TRUE(file.entries.back().fields.empty());
}

TEST(CallingImport, WithoutAReferenceTheNumberIsOne) { EXPECT_EQ(read("number\n207\n").entries.front().reference, "+44207"); }

TEST(CallingImport, EachRefusedLineIsNamedAndTheRestIsRead) {
  CallingFile const file = read("number,name\n207,Ann\nnobody,Bob\n208,\"never closed\n209,Cy\n210,too,many\n211,\xff\n212,Di\n");
  std::vector<std::string> names;
  for (CallingEntry const& entry : file.entries) names.push_back(entry.name);
  EXPECT_EQ(names, (std::vector<std::string>{"Ann", "Cy", "Di"}));
  ASSERT_EQ(file.refused.size(), 4U);
  EXPECT_EQ(file.refused[0].place, (people::CsvPlace{3, 1}));
  EXPECT_EQ(file.refused[0].column, "number");
  EXPECT_EQ(file.refused[0].found, "nobody");
  EXPECT_EQ(file.refused[0].expected, "a telephone number");
  EXPECT_EQ(file.refused[1].place.line, 4U);
  EXPECT_EQ(file.refused[2].place.line, 6U);
  EXPECT_EQ(file.refused[3].place.line, 7U);
  EXPECT_EQ(file.refused[3].column, "name");
}

TEST(CallingImport, AFileWithoutNumbersIsRefusedWhole) {
  for (std::string_view const csv : {"", "name\nAnn\n", "number,number\n1,2\n", "number,\n1,2\n"}) {
    CallingFile const file = read(csv);
    EXPECT_TRUE(file.entries.empty()) << csv;
    EXPECT_FALSE(file.refused.empty()) << csv;
  }
}

TEST(CallingImport, WhatIsTooLongIsNotCutOff) {
  CallingFile const file = read("number,notes\n207," + std::string(limits::calling_notes_bytes_max + 1, 'x') + "\n");
  ASSERT_EQ(file.refused.size(), 1U);
  EXPECT_EQ(file.refused.front().column, "notes");
  EXPECT_LE(file.refused.front().found.size(), 60U);
}

TEST(CallingImport, CardNumbersAreNotKept) { EXPECT_EQ(read("number,notes\n207,card 4111 1111 1111 1111\n").entries.front().notes.find("4111 1111"), std::string::npos); }

TEST(CallingImport, OnlySoManyRefusedLinesAreNamed) {
  std::string csv = "number\n";
  for (std::size_t i = 0; i < limits::calling_refused_max + 50; ++i) csv += "nobody\n";
  EXPECT_EQ(read(csv).refused.size(), limits::calling_refused_max);
}

TEST(CallingExport, CellsAreReadBackAndNoFormulaIsOne) {
  std::string const line = csv_line({"a,b", "say \"so\"", "two\nlines", "=1+1", "+442079460123", ""});
  auto const back = people::read_csv(line);
  ASSERT_TRUE(back);
  std::vector<std::string> cells;
  for (people::CsvField const& field : back->front()) cells.push_back(field.text);
  EXPECT_EQ(cells, (std::vector<std::string>{"a,b", "say \"so\"", "two\nlines", "'=1+1", "+442079460123", ""}));
}

}  // namespace
}  // namespace rapport::server::api
