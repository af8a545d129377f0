#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "records/check.hpp"

namespace rapport::records {
namespace {

StoreError refusal(Change change) {
  auto const checked = check({{std::move(change)}, {}, false});
  EXPECT_FALSE(checked);
  return checked ? StoreError::broken : checked.error();
}

PutDocument document(std::string id) { return {"customer", std::move(id), "acme", "", "{}", {}, {}, {}}; }

TEST(Check, TakesWhatKeepsTheLimits) {
  PutDocument full = document(std::string(limits::key_bytes_max, 'k'));
  full.body.assign(limits::document_bytes_max, ' ');
  full.names.assign(limits::document_names_max, "n");
  EXPECT_TRUE(check({{full}, {}, false}));
}

TEST(Check, RefusesWhatIsTooLarge) {
  PutDocument body = document("a");
  body.body.assign(limits::document_bytes_max + 1, ' ');
  EXPECT_EQ(refusal(body), StoreError::too_large);
  EXPECT_EQ(refusal(document(std::string(limits::key_bytes_max + 1, 'k'))), StoreError::too_large);
  PutDocument lookups = document("a");
  lookups.lookups.assign(limits::document_names_max + 1, "l");
  EXPECT_EQ(refusal(lookups), StoreError::too_large);
  PutBlob blob{"b", "i", "", "n", "text/plain", std::string(limits::blob_bytes_max + 1, ' ')};
  EXPECT_EQ(refusal(blob), StoreError::too_large);
  Batch many;
  many.changes.assign(limits::batch_changes_max + 1, AppendFloor{"x"});
  EXPECT_EQ(check(many).error(), StoreError::too_large);
}

TEST(Check, RefusesIdsThatAreNotPlainText) {
  EXPECT_EQ(refusal(document(std::string("a\0b", 3))), StoreError::malformed);
  for (std::string const bad : {"\xff", "\xc3", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe0\x80\x80", "\x80"}) {
    EXPECT_FALSE(is_plain_text(bad)) << testing::PrintToString(bad);
    EXPECT_EQ(refusal(document(bad)), StoreError::malformed);
  }
  for (std::string const good : {"", "abc", "é", "日本", "😀", "\x7f", "\xf4\x8f\xbf\xbf"}) EXPECT_TRUE(is_plain_text(good));
}

TEST(Check, LeavesContentAlone) {
  EXPECT_TRUE(check({{AppendEvent{"i", "p", 1, {"\xff", std::string("\0", 1)}}}, {}, false}));
}

}  // namespace
}  // namespace rapport::records
