#include "server/api/calling_desk.hpp"

#include <gtest/gtest.h>

#include "base/limits.hpp"
#include "support/memory_store.hpp"

namespace rapport::server::api {
namespace {

TEST(CallingDesk, StartsWithAllThatARemovedListLeftAndForgetsIt) {
  test::MemoryStore store;
  base::Instant const now{1'780'000'000'000};
  std::size_t const many = limits::batch_changes_max + 1;  // more than one batch holds
  for (std::size_t i = 0; i < many; ++i) {
    CallingEntry left;
    left.entry.id = std::to_string(i);
    left.entry.list = "gone";
    left.entry.number = "+441632960001";
    left.brand = "northwind";
    ASSERT_TRUE(store.commit({{to_document(left)}, now, false}));
  }
  base::Metrics metrics;
  http::WorkerPool readers{"readers", 1, metrics};
  CallingDesk desk{{store, readers, [&] { return now; }, metrics, [](std::string_view, base::Instant, base::Millis, base::Millis) { return true; }}};
  EXPECT_TRUE(desk.load());
  EXPECT_TRUE(store.documents(calling_entry_kind, std::nullopt, {}, 1)->documents.empty());
  readers.finish();
}

}  // namespace
}  // namespace rapport::server::api
