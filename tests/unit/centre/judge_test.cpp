#include "centre/judge.hpp"

#include <gtest/gtest.h>

#include <condition_variable>
#include <mutex>

#include "evaluation/evaluator.hpp"
#include "playbook/embedded.hpp"
#include "playbook/load.hpp"
#include "support/small_centre.hpp"
#include "timeline/timeline.hpp"

namespace rapport::centre {
namespace {

using test::ana;
using test::SmallCentre;

std::shared_ptr<JudgingPlan const> standard() {
  static auto const plan = [] {
    auto loaded = playbook::load(playbook::embedded_playbook("standard"));
    RAPPORT_ASSERT(loaded);
    return std::make_shared<JudgingPlan const>(std::move(*loaded.playbook));
  }();
  return plan;
}

/// A judge and what it said, waited for.
class Bench {
 public:
  Bench()
      : judge_({[this] { return now; },
                [this](Publication const& publication) { keep(told, publication); },
                [this](CloseJudged close) { keep(closed, std::move(close)); }},
               2) {
    judge_.use("northwind", standard());
  }
  void tell(SmallCentre& centre) {
    for (Publication const& publication : centre.told) judge_.on(publication);
    centre.told.clear();
  }
  CloseJudged wait_for_close() {
    std::unique_lock lock{mutex_};
    EXPECT_TRUE(heard_.wait_for(lock, std::chrono::seconds{30}, [this] { return !closed.empty(); }));
    return closed.empty() ? CloseJudged{} : closed.front();
  }
  std::vector<Checklist> checklists() {
    std::lock_guard const lock{mutex_};
    std::vector<Checklist> found;
    for (auto const& publication : told) {
      if (auto const* list = std::get_if<Checklist>(&publication)) found.push_back(*list);
    }
    return found;
  }

  base::Instant now{1'780'000'100'000};
  std::vector<Publication> told;
  std::vector<CloseJudged> closed;

 private:
  template <typename What>
  void keep(std::vector<What>& where, What what) {
    {
      std::lock_guard const lock{mutex_};
      where.push_back(std::move(what));
    }
    heard_.notify_all();
  }
  std::mutex mutex_;
  std::condition_variable heard_;
  Judge judge_;
};

/// A chat from start to finish.
std::string hold_chat(SmallCentre& centre) {
  std::string const id = centre.chat_with_ana();
  auto const say = [&](std::string text, bool agent) {
    centre.pass(4 * base::second);
    centre.must(SmallCentre::message(id, std::move(text)), agent ? SmallCentre::by(ana) : SmallCentre::customer("c-1"));
  };
  say("Good morning, you are speaking with Ana at Northwind Energy. How can I help you today?", true);
  say("My bill is twice what it was and nobody tells me why", false);
  say("I am sorry about that, a bill that doubles is a shock. Let me look at your readings.", true);
  say("thanks", false);
  say("One reading was estimated. I have corrected it, the new bill is 41 pounds. Does that settle it for you?", true);
  say("yes it does", false);
  say("Thank you for your patience, have a good day, goodbye", true);
  centre.must(EndInteraction{id}, SmallCentre::by(ana));
  centre.must(WrapUp{id, ana, "billing.wrong", "resolved", {}}, SmallCentre::by(ana));
  return id;
}

TEST(Judge, TheLiveLedgerIsThatOfALaterRun) {
  SmallCentre centre;
  Bench bench;
  std::string const id = hold_chat(centre);
  LiveInteraction const live = centre.live(id);
  bench.tell(centre);
  CloseJudged const close = bench.wait_for_close();
  ASSERT_TRUE(close.ledger);
  EXPECT_EQ(close.interaction, id);
  auto const timeline = timeline::Timeline::build(*live.head, live.events);
  ASSERT_TRUE(timeline);
  EXPECT_EQ(close.ledger->body, standard()->judge(*timeline, bench.now).body);
  EXPECT_TRUE(close.ledger->score);
}

TEST(Judge, TimeBeyondTheLastEventIsNoPartOfTheLedger) {
  SmallCentre centre;
  LiveInteraction const live = centre.live(hold_chat(centre));
  auto const timeline = timeline::Timeline::build(*live.head, live.events);
  ASSERT_TRUE(timeline);
  base::Instant const at{1'780'000'100'000};
  JudgedInteraction judged{standard(), live.head, {}};
  std::vector<Publication> told;
  for (domain::Event const& event : live.events) {
    judged.take(event, told);
    judged.pass_time(live.head->started_at + event.at_ms, told);
  }
  std::string const later = standard()->judge(*timeline, at).body;
  EXPECT_EQ(judged.finish(at)->body, later);
  judged.pass_time(live.head->started_at + base::hour, told);
  EXPECT_EQ(judged.finish(at)->body, later);
}

TEST(Judge, TheStoredLedgerCarriesNoWordsOfAnybody) {
  SmallCentre centre;
  Bench bench;
  hold_chat(centre);
  bench.tell(centre);
  std::string const body = bench.wait_for_close().ledger->body;
  EXPECT_EQ(body.find("My bill is twice"), std::string::npos);
  EXPECT_EQ(body.find("\"text\""), std::string::npos);
}

TEST(Judge, TheChecklistTicksFromWhatWasWritten) {
  SmallCentre centre;
  Bench bench;
  hold_chat(centre);
  bench.tell(centre);
  bench.wait_for_close();
  auto const state = [&](std::string const& practice) {
    std::vector<std::string> states;
    for (Checklist const& list : bench.checklists()) {
      for (ChecklistItem const& item : list.items) {
        if (item.practice == practice && (states.empty() || states.back() != item.state)) states.push_back(item.state);
      }
    }
    return states;
  };
  EXPECT_EQ(state("opening.greet"), (std::vector<std::string>{"open", "met"}));
}

TEST(Judge, ARecoveredInteractionIsJudgedWithAllItsEvents) {
  SmallCentre centre;
  std::string const id = hold_chat(centre);
  std::size_t const events = centre.live(id).events.size();
  centre.crash();
  Bench bench;
  bench.tell(centre);
  CloseJudged const close = bench.wait_for_close();
  ASSERT_TRUE(close.ledger);
  EXPECT_GT(events, 10U);
  EXPECT_NE(close.ledger->body.find("\"opening.greet\",\"verdict\":\"met\""), std::string::npos);
}

TEST(Judge, WithoutAPlaybookAnInteractionClosesWithoutALedger) {
  SmallCentre centre;
  std::vector<CloseJudged> closed;
  std::mutex mutex;
  {
    Judge judge{{[] { return base::Instant{1}; }, [](Publication const&) {}, [&](CloseJudged close) { std::lock_guard const lock{mutex}; closed.push_back(std::move(close)); }}, 1};
    hold_chat(centre);
    for (Publication const& publication : centre.told) judge.on(publication);
  }
  ASSERT_EQ(closed.size(), 1U);
  EXPECT_FALSE(closed.front().ledger);
}

}  // namespace
}  // namespace rapport::centre
