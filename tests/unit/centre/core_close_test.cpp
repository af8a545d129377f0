// What may live may be closed, whatever somebody makes of it; and what even so cannot be kept is cut, not the centre.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/limits.hpp"
#include "centre/event_codec.hpp"
#include "support/small_centre.hpp"

namespace rapport::centre {
namespace {

using test::ana;
using test::SmallCentre;

std::size_t audited(SmallCentre& centre, std::string const& action) {
  records::AuditQuery query;
  query.action = action;
  return centre.store.audit(query)->size();
}

TEST(CoreClose, ACustomerFillsATimelineUpToItsLimitAndItIsClosedWhole) {
  SmallCentre centre;
  std::string const id = centre.must(centre.start()).interaction;
  auto const pat = SmallCentre::customer("c-1");
  EXPECT_EQ(centre.ask(SmallCentre::message(id, std::string(limits::customer_text_bytes_max + 1, 'x')), pat).error().detail, "customer_text_bytes_max");
  std::string const text(limits::customer_text_bytes_max, '\x01');  // six bytes each, as it is kept
  Granted<Outcome> last = centre.ask(SmallCentre::message(id, text), pat);
  for (int sent = 1; last && sent < 1'000; ++sent) last = centre.ask(SmallCentre::message(id, text), pat);
  ASSERT_FALSE(last);
  EXPECT_EQ(last.error(), refusal(refused::too_many, "live_bytes_max"));
  EXPECT_LT(centre.live(id).bytes, limits::live_bytes_max + 7 * limits::customer_text_bytes_max);
  std::size_t const bytes = centre.live(id).bytes;
  std::size_t const events = centre.live(id).events.size();
  centre.crash();
  EXPECT_EQ(centre.live(id).bytes, bytes) << "as the next process counts it";
  centre.must(EndInteraction{id}, pat);
  centre.must(CloseJudged{id, std::nullopt});
  auto const stored = centre.store.interaction(id);
  ASSERT_TRUE((**stored).row.closed_at);
  EXPECT_EQ(decode_block(*(**stored).block)->events.size(), events + 1);
  EXPECT_EQ(decode_block({{}, (**stored).block->personal})->events[1].text, text);
  EXPECT_EQ(audited(centre, "interaction.cut"), 0U);
}

TEST(CoreClose, WhatAnEarlierReleaseLetGrowIsKeptWithoutItsWords) {
  SmallCentre centre;
  std::string const id = centre.must(centre.start()).interaction;
  centre.must(EndInteraction{id}, SmallCentre::customer("c-1"));
  std::size_t const begun = centre.live(id).events.size();
  domain::Event event;
  event.kind = domain::EventKind::message;
  event.by = domain::Role::customer;
  event.text.assign(limits::text_bytes_max, 'x');
  std::size_t const many = limits::content_bytes_max / limits::text_bytes_max + 1;
  for (std::size_t i = 0; i < many; ++i) {
    auto const number = static_cast<std::uint32_t>(begun + i + 1);
    event.id = "m" + std::to_string(i);
    event.at_ms = centre.live(id).events.back().at_ms;
    ASSERT_TRUE(centre.store.commit({{records::AppendEvent{id, "c-1", number, encode(event, *centre.live(id).head)}}, centre.now(), true}));
  }
  centre.crash();
  ASSERT_EQ(centre.all<InteractionFinished>().size(), 1U);
  records::LedgerRecord ledger;
  ledger.score = 70;
  centre.must(CloseJudged{id, ledger});
  auto const stored = centre.store.interaction(id);
  ASSERT_TRUE((**stored).row.closed_at);
  EXPECT_TRUE((**stored).block->personal.empty());
  EXPECT_EQ(decode_block(*(**stored).block)->events.size(), begun + many);
  EXPECT_TRUE(centre.store.ledgers(id)->empty()) << "what it points at is not there";
  EXPECT_FALSE((**stored).row.score);
  EXPECT_EQ(audited(centre, "interaction.cut"), 1U);
  centre.crash();
  EXPECT_EQ(centre.core().live(id), nullptr);
}

TEST(CoreClose, ALedgerThatTheStoreCannotKeepIsLeftOutAlone) {
  SmallCentre centre;
  std::string const id = centre.must(centre.start()).interaction;
  centre.must(EndInteraction{id}, SmallCentre::customer("c-1"));
  records::LedgerRecord ledger;
  ledger.playbook.assign(limits::key_bytes_max + 1, 'p');
  centre.must(CloseJudged{id, ledger});
  auto const stored = centre.store.interaction(id);
  EXPECT_TRUE((**stored).row.closed_at);
  EXPECT_FALSE((**stored).block->personal.empty());
  EXPECT_TRUE(centre.store.ledgers(id)->empty());
  EXPECT_EQ(audited(centre, "interaction.cut"), 1U);
}

TEST(CoreClose, TextsThatBecomeKeysAreLookedAtBeforeTheyAreTaken) {
  SmallCentre centre;
  StartInteraction odd = centre.start();
  odd.customer = std::string("c\0", 2);
  EXPECT_EQ(centre.refusal(odd), "bad_contact");
  odd.customer.assign(limits::key_bytes_max + 1, 'c');
  EXPECT_EQ(centre.refusal(odd), "bad_contact");
  std::string const id = centre.chat_with_ana();
  std::string const long_label(limits::name_bytes_max + 1, 'x');
  for (std::string domain::Event::* const field : {&domain::Event::id, &domain::Event::revises, &domain::Event::leg, &domain::Event::source, &domain::Event::language}) {
    AddEvent added = SmallCentre::message(id, "hello");
    added.event.*field = long_label;
    EXPECT_EQ(centre.refusal(added, SmallCentre::by(ana)), "bad_event");
    added.event.*field = std::string("a\0b", 3);
    EXPECT_EQ(centre.refusal(added, SmallCentre::by(ana)), "bad_event");
    added.event.*field = std::string(limits::name_bytes_max, 'x');
    EXPECT_EQ(centre.refusal(added, SmallCentre::by(ana)), "granted");
  }
  centre.must(EndInteraction{id}, SmallCentre::by(ana));
  EXPECT_EQ(centre.refusal(WrapUp{id, ana, std::string("a\0b", 3), {}, {}}, SmallCentre::by(ana)), "bad_disposition");
  EXPECT_EQ(centre.refusal(WrapUp{id, ana, long_label, {}, {}}, SmallCentre::by(ana)), "bad_disposition");
  centre.must(WrapUp{id, ana, "billing.wrong", "resolved", {}}, SmallCentre::by(ana));
}

}  // namespace
}  // namespace rapport::centre
