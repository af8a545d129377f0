#include "report/report_writer.hpp"

#include <gtest/gtest.h>
#include <simdjson.h>

#include <sstream>

#include "base/limits.hpp"
#include "scene.hpp"

namespace rapport::report {
namespace {

std::string const hostile = "</script><script>alert(1)</script><!-- \"'&amp;\\ \xE2\x80\xA8 <img src=x onerror=alert(2)>";

std::string page_of(playbook::Playbook const& playbook, std::vector<Entry> const& entries, std::vector<std::string> const& refused = {}) {
  std::ostringstream out;
  ReportWriter writer{out, playbook};
  for (Entry const& entry : entries) writer.add(entry);
  for (std::string const& message : refused) writer.refuse(message);
  writer.finish();
  return out.str();
}

/// The text of the data block with that id; fails the test where there is none.
std::string block(std::string const& page, std::string const& id) {
  std::string const opening = "<script type=\"application/json\" id=\"" + id + "\">";
  std::size_t const from = page.find(opening);
  EXPECT_NE(from, std::string::npos);
  if (from == std::string::npos) return {};
  std::size_t const begin = from + opening.size();
  return page.substr(begin, page.find("</script>", begin) - begin);
}

std::size_t count_of(std::string const& text, std::string_view piece) {
  std::size_t count = 0;
  for (std::size_t at = text.find(piece); at != std::string::npos; at = text.find(piece, at + 1)) ++count;
  return count;
}

TEST(ReportWriter, EveryBlockIsJsonAndHoldsTheData) {
  auto const playbook = scene::playbook();
  EntryMaker const maker{playbook};
  Entry const entry = maker.make(scene::conversation(), scene::ledger());
  std::string const page = page_of(playbook, {entry, entry, entry}, {"a.json:3: no id"});
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  ASSERT_EQ(parser.parse(block(page, "head")).get(element), simdjson::SUCCESS);
  ASSERT_EQ(parser.parse(block(page, "interactions")).get(element), simdjson::SUCCESS);
  ASSERT_EQ(element.get_array().size(), 6U);  // a summary and details each
  EXPECT_EQ(std::string_view(element.at(4)["id"]), "i-1");
  ASSERT_EQ(parser.parse(block(page, "tail")).get(element), simdjson::SUCCESS);
  EXPECT_EQ(std::int64_t(element["interactions"]), 3);
  EXPECT_EQ(std::int64_t(element["detailed"]), 3);
  EXPECT_EQ(std::string_view(element["refused"].at(0)), "a.json:3: no id");
}

TEST(ReportWriter, EachValueStandsOnALineOfItsOwn) {
  auto const playbook = scene::playbook();
  EntryMaker const maker{playbook};
  Entry const entry = maker.make(scene::conversation("two\nlines"), scene::ledger());
  std::string const lines = block(page_of(playbook, {entry, entry}), "interactions");
  EXPECT_EQ(count_of(lines, "\n"), 5U);  // "[", four values, "]"
}

TEST(ReportWriter, NoRunIsAPageToo) {
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  ASSERT_EQ(parser.parse(block(page_of(scene::playbook(), {}), "interactions")).get(element), simdjson::SUCCESS);
  EXPECT_EQ(element.get_array().size(), 0U);
}

TEST(ReportWriter, HostileTextNeverBecomesMarkup) {
  auto playbook = scene::playbook();
  playbook.name = hostile;
  playbook.practices[0].say = hostile;
  playbook.practices[0].file = "practices/01-" + hostile + ".yaml";
  EntryMaker const maker{playbook};
  auto const timeline = scene::timeline(scene::head(hostile, hostile, hostile), {scene::words(domain::Role::agent, 0, 1'000, hostile),
                                                                                 scene::words(domain::Role::customer, 1'500, 3'000, hostile), scene::words(domain::Role::agent, 3'200, 5'000, hostile)});
  std::string const harmless = page_of(scene::playbook(), {});
  std::string const page = page_of(playbook, {maker.make(timeline, scene::ledger())}, {hostile});
  EXPECT_EQ(count_of(page, "<script"), count_of(harmless, "<script"));
  EXPECT_EQ(count_of(page, "</script"), count_of(harmless, "</script"));
  EXPECT_EQ(count_of(page, "<!--"), 0U);
  EXPECT_EQ(page.find("<img"), std::string::npos);
  EXPECT_EQ(page.find("\xE2\x80\xA8"), std::string::npos);
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  ASSERT_EQ(parser.parse(block(page, "interactions")).get(element), simdjson::SUCCESS);
  EXPECT_EQ(std::string_view(element.at(1)["rows"].at(0).at(5)), hostile);  // unharmed
}

TEST(ReportWriter, ThePageAsksNothingOfTheNetwork) {
  std::string const page = page_of(scene::playbook(), {});
  for (std::string_view const outside : {"https://", " src=", "@import", "fetch(", "XMLHttpRequest", "<link", "url(http"}) {
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  }
  std::size_t const namespaces = count_of(page, "http://");
  EXPECT_EQ(namespaces, count_of(page, "http://www.w3.org/2000/svg"));  // a name, never fetched
  EXPECT_NE(page.find("default-src 'none'"), std::string::npos);
}

TEST(ReportWriter, ThePolicyNamesTheHashesOfStyleAndScript) {
  std::string const page = page_of(scene::playbook(), {});
  EXPECT_EQ(count_of(page, "'sha256-"), 2U);
  EXPECT_EQ(page.find("unsafe-inline"), std::string::npos);
}

TEST(ReportWriter, FullOfDetailsItGoesOnWithSummaries) {
  auto const playbook = scene::playbook();
  Entry const small = EntryMaker{playbook}.make(scene::conversation(), scene::ledger());
  Entry const huge{small.summary, "\"" + std::string(limits::report_bytes_max, 'x') + "\""};
  std::string const page = page_of(playbook, {small, huge, small});
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  ASSERT_EQ(parser.parse(block(page, "interactions")).get(element), simdjson::SUCCESS);
  EXPECT_TRUE(element.at(1).is_object());
  EXPECT_TRUE(element.at(3).is_null());
  EXPECT_TRUE(element.at(5).is_null());
  ASSERT_EQ(parser.parse(block(page, "tail")).get(element), simdjson::SUCCESS);
  EXPECT_EQ(std::int64_t(element["detailed"]), 1);
  EXPECT_EQ(std::int64_t(element["interactions"]), 3);
}

TEST(ReportWriter, RefusedOnesAreAllCountedAndTheFirstTold) {
  std::vector<std::string> const refused(limits::report_refused_max + 5, "no");
  simdjson::dom::parser parser;
  simdjson::dom::element element;
  ASSERT_EQ(parser.parse(block(page_of(scene::playbook(), {}, refused), "tail")).get(element), simdjson::SUCCESS);
  EXPECT_EQ(element["refused"].get_array().size(), limits::report_refused_max);
  EXPECT_EQ(std::int64_t(element["refused_count"]), static_cast<std::int64_t>(limits::report_refused_max + 5));
}

}  // namespace
}  // namespace rapport::report
