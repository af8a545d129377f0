#include "base/limits.hpp"
#include "store_fixture.hpp"

namespace rapport::store {
namespace {

using records::PutDocument;
using records::RemoveDocument;
using records::StoreError;

class Documents : public EachStore {
 protected:
  static PutDocument document(std::string id, std::string body = "{}") { return {"user", std::move(id), "acme", "", std::move(body), {}, {}, {}}; }
};
RAPPORT_ON_EACH_STORE(Documents);

TEST_P(Documents, AreReadAsWritten) {
  PutDocument made = document("u1", "{\"name\":\"Zoë\"}");
  made.person = "p1";
  put({made}, {5'000});
  records::Document const expected{"user", "u1", "acme", 1, {5'000}, "p1", made.body};
  EXPECT_EQ(got(store_->document("user", "u1")), expected);
  reopen();
  EXPECT_EQ(got(store_->document("user", "u1")), expected);
  EXPECT_FALSE(got(store_->document("user", "u2")));
  EXPECT_FALSE(got(store_->document("queue", "u1")));
}

TEST_P(Documents, CountVersionsAndRefuseOthers) {
  PutDocument change = document("u1");
  change.expected = 1;
  EXPECT_EQ(refusal({change}), StoreError::conflict);
  change.expected = 0;
  put({change});
  EXPECT_EQ(refusal({change}), StoreError::conflict);
  change.expected = 1;
  put({change});
  EXPECT_EQ(refusal({change}), StoreError::conflict);
  change.expected.reset();
  put({change});
  EXPECT_EQ(got(store_->document("user", "u1"))->version, 3);
  EXPECT_EQ(refusal({RemoveDocument{"user", "u1", 2}}), StoreError::conflict);
  put({RemoveDocument{"user", "u1", 3}});
  EXPECT_EQ(refusal({RemoveDocument{"user", "u1", {}}}), StoreError::not_found);
  EXPECT_FALSE(got(store_->document("user", "u1")));
}

TEST_P(Documents, HaveNamesUniqueWithinKindAndBrand) {
  PutDocument ann = document("u1");
  ann.names = {"ann", "ann", "ann@example.org"};
  put({ann});
  PutDocument other = document("u2");
  other.names = {"ann@example.org"};
  EXPECT_EQ(refusal({other}), StoreError::name_taken);
  other.brand = "globex";
  put({other});
  PutDocument queue = document("q1");
  queue.kind = "queue";
  queue.names = {"ann"};
  put({queue});
  EXPECT_EQ(got(store_->document_by_name("user", "acme", "ann@example.org"))->id, "u1");
  EXPECT_EQ(got(store_->document_by_name("user", "globex", "ann@example.org"))->id, "u2");
  ann.names = {"anna"};
  put({ann});
  EXPECT_FALSE(got(store_->document_by_name("user", "acme", "ann")));
  EXPECT_EQ(got(store_->document_by_name("user", "acme", "anna"))->id, "u1");
  put({RemoveDocument{"user", "u1", {}}});
  EXPECT_FALSE(got(store_->document_by_name("user", "acme", "anna")));
}

TEST_P(Documents, AreFoundByLookup) {
  for (std::string const id : {"c3", "c1", "c2"}) {
    PutDocument customer = document(id);
    customer.lookups = {"tel:+442079460000", "id:" + id};
    put({customer});
  }
  auto const ids = [&](std::string const& lookup) {
    std::vector<std::string> found;
    for (auto const& document : got(store_->documents_by_lookup("user", lookup, {}, 50)).documents) found.push_back(document.id);
    return found;
  };
  EXPECT_EQ(ids("tel:+442079460000"), (std::vector<std::string>{"c1", "c2", "c3"}));
  EXPECT_EQ(ids("id:c2"), std::vector<std::string>{"c2"});
  put({document("c2")});
  EXPECT_EQ(ids("tel:+442079460000"), (std::vector<std::string>{"c1", "c3"}));
  EXPECT_TRUE(got(store_->documents_by_lookup("queue", "id:c1", {}, 50)).documents.empty());
}

TEST_P(Documents, OfOneLookupComeInPages) {
  for (std::string const id : {"c3", "c1", "c2", "c4"}) {
    PutDocument customer = document(id);
    if (id != "c4") customer.lookups = {"owner:dana"};
    put({customer});
  }
  auto const first = got(store_->documents_by_lookup("user", "owner:dana", {}, 2));
  ASSERT_EQ(first.documents.size(), 2U);
  EXPECT_EQ(first.documents[1].id, "c2");
  EXPECT_TRUE(first.more);
  auto const last = got(store_->documents_by_lookup("user", "owner:dana", "c2", 2));
  ASSERT_EQ(last.documents.size(), 1U);
  EXPECT_EQ(last.documents[0].id, "c3");
  EXPECT_FALSE(last.more);
}

TEST_P(Documents, AreListedInPages) {
  for (std::string const id : {"b", "Z", "é", "a", "10", "9"}) put({document(id)});
  PutDocument other = document("c");
  other.brand = "globex";
  put({other});
  std::vector<std::string> ids;
  for (std::string after;;) {
    auto const page = got(store_->documents("user", std::nullopt, after, 2));
    EXPECT_LE(page.documents.size(), 2U);
    for (auto const& document : page.documents) ids.push_back(document.id);
    if (!page.more) break;
    after = ids.back();
  }
  EXPECT_EQ(ids, (std::vector<std::string>{"10", "9", "Z", "a", "b", "c", "é"})) << "by bytes, whatever the database's language";
  EXPECT_EQ(got(store_->documents("user", "globex", "", 50)).documents.size(), 1U);
  EXPECT_EQ(got(store_->documents("user", "acme", "b", 50)).documents.size(), 1U);
}

TEST_P(Documents, ChangeTogetherOrNotAtAll) {
  PutDocument taken = document("u1");
  taken.names = {"ann"};
  put({taken});
  PutDocument clash = document("u3");
  clash.names = {"ann"};
  EXPECT_EQ(refusal({document("u2"), records::AddCounters{"k", {}, {1}}, records::AuditEntry{{1}, "w", "a", "s", "", "", ""}, clash}), StoreError::name_taken);
  EXPECT_FALSE(got(store_->document("user", "u2")));
  EXPECT_TRUE(got(store_->counters("", {}, {10})).empty());
  EXPECT_TRUE(got(store_->audit({})).empty());
  // A batch after a refused one in the same group is not touched by it.
  put({document("u2"), records::AuditEntry{{1}, "w", "a", "s", "", "", ""}});
  EXPECT_EQ(got(store_->audit({})).front().number, 1);
}

TEST_P(Documents, KeepTheLimits) {
  PutDocument large = document("u1", std::string(limits::document_bytes_max, 'x'));
  put({large});
  EXPECT_EQ(got(store_->document("user", "u1"))->body, large.body);
  large.body += 'x';
  EXPECT_EQ(refusal({large}), StoreError::too_large);
  EXPECT_EQ(refusal({document(std::string("a\0", 2))}), StoreError::malformed);
  EXPECT_EQ(store_->document("user", "\xff").error(), StoreError::malformed);
  PutDocument longest = document(std::string(limits::key_bytes_max, 'k'));
  longest.kind = longest.brand = longest.person = longest.id;
  put({longest});
}

TEST_P(Documents, AreNotLegibleInTheFiles) {
  PutDocument secret = document("u1", "{\"word\":\"xylophone-in-plain-sight\"}");
  secret.names = {"xylophone-name"};
  secret.lookups = {"xylophone-lookup"};
  put({secret});
  close();
  auto const connection = place_->connect();
  auto const rows = connection->query("SELECT body FROM documents", std::span<Value const>{});
  ASSERT_TRUE(rows->next());
  EXPECT_EQ(rows->text(0).find("xylophone"), std::string_view::npos);
}

}  // namespace
}  // namespace rapport::store
