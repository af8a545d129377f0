#include "server/attachments/kept.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "base/hash.hpp"
#include "support/memory_store.hpp"

namespace rapport::server::attachments {
namespace {

base::Instant const now{1'750'000'000'000};

Attachment attachment_of(std::string const& bytes) {
  std::string const sha256 = base::sha256_hex(bytes);
  return {id_of("i1", "e1", sha256), "bill.pdf", "application/pdf", bytes.size(), sha256};
}

std::string large() {
  std::string bytes;
  for (int i = 0; bytes.size() < 1'600'000; ++i) bytes += std::to_string(i) + ",";
  return bytes;
}

TEST(AttachmentsKept, ComeBackAsTheyWere) {
  for (std::string const& bytes : {std::string{"x"}, std::string(512U << 10U, 'y'), large()}) {
    test::MemoryStore store;
    Attachment const attachment = attachment_of(bytes);
    ASSERT_TRUE(keep(store, "i1", "c1", attachment, bytes, now));
    auto const whole = read(store, "i1", attachment.id);
    ASSERT_TRUE(whole);
    ASSERT_TRUE(whole->has_value());
    EXPECT_EQ((*whole)->attachment, attachment);
    EXPECT_EQ((*whole)->bytes, bytes);
  }
}

TEST(AttachmentsKept, AreOfTheirInteractionAlone) {
  test::MemoryStore store;
  Attachment const attachment = attachment_of("x");
  ASSERT_TRUE(keep(store, "i1", "c1", attachment, "x", now));
  EXPECT_FALSE(read(store, "i2", attachment.id)->has_value());
  EXPECT_FALSE(read(store, "i1", "no such id")->has_value());
  EXPECT_FALSE(read(store, "i1", attachment.id + ".0")->has_value()) << "a part is none";
}

TEST(AttachmentsKept, PartsAreSmallAndTheHeaderComesLast) {
  test::MemoryStore store;
  std::string const bytes = large();
  ASSERT_TRUE(keep(store, "i1", "c1", attachment_of(bytes), bytes, now));
  auto const written = store.written();
  ASSERT_EQ(written.size(), 5U);
  for (records::Batch const& batch : written) {
    ASSERT_EQ(batch.changes.size(), 1U);
    EXPECT_LE(std::get<records::PutBlob>(batch.changes.front()).bytes.size(), 512U << 10U);
  }
  EXPECT_EQ(std::get<records::PutBlob>(written.back().changes.front()).id, attachment_of(bytes).id);
}

TEST(AttachmentsKept, GoWithTheirPerson) {
  test::MemoryStore store;
  Attachment const attachment = attachment_of("x");
  ASSERT_TRUE(keep(store, "i1", "c1", attachment, "x", now));
  ASSERT_TRUE(store.erase_person("c1"));
  EXPECT_FALSE(read(store, "i1", attachment.id)->has_value());
}

TEST(AttachmentsKept, OfNobodyKnownGoWithTheInteractionsOwnKey) {
  test::MemoryStore store;
  Attachment const attachment = attachment_of("x");
  ASSERT_TRUE(keep(store, "i1", "", attachment, "x", now));
  ASSERT_TRUE(store.erase_person("interaction:i1"));
  EXPECT_FALSE(read(store, "i1", attachment.id)->has_value());
}

TEST(AttachmentsKept, WhatIsNotWhatWasKeptIsBroken) {
  test::MemoryStore store;
  Attachment const attachment = attachment_of("x");
  ASSERT_TRUE(keep(store, "i1", "c1", attachment, "x", now));
  records::PutBlob other{attachment.id + ".0", "i1", "c1", {}, "application/pdf", "y"};
  ASSERT_TRUE(store.commit({{other}, now, false}));
  EXPECT_EQ(read(store, "i1", attachment.id).error(), records::StoreError::broken);
}

TEST(AttachmentsKept, AnUnavailableStoreIsTold) {
  test::MemoryStore store;
  store.set_available(false);
  EXPECT_EQ(keep(store, "i1", "c1", attachment_of("x"), "x", now).error(), records::StoreError::unavailable);
}

TEST(AttachmentsKept, IdsAreOfInteractionEventAndContent) {
  EXPECT_EQ(id_of("i", "e", "s"), id_of("i", "e", "s"));
  EXPECT_NE(id_of("i", "e", "s"), id_of("j", "e", "s"));
  EXPECT_NE(id_of("i", "e", "s"), id_of("i", "f", "s"));
  EXPECT_NE(id_of("i", "e", "s"), id_of("i", "e", "t"));
  EXPECT_EQ(id_of("i", "e", "s").size(), 32U);
}

}  // namespace
}  // namespace rapport::server::attachments
