#include "server/api/trials.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <condition_variable>

#include "centre/event_codec.hpp"
#include "playbook/load.hpp"
#include "server/api/ledger_view.hpp"
#include "support/memory_store.hpp"
#include "timeline/timeline.hpp"

#include <boost/json.hpp>

namespace rapport::server::api {
namespace {

namespace json = boost::json;

std::shared_ptr<centre::JudgingPlan const> manners(std::string const& thanks) {
  std::vector<playbook::SourceFile> const files{
      {"playbook.yaml", "name: Manners\nversion: 1\n"},
      {"signals/words.yaml", "agent.thanks:\n  meaning: thanks\n  phrases: [" + thanks + "]\nagent.swears:\n  meaning: swears\n  phrases: [damn]\n"},
      {"practices/manners.yaml", "polite.thank: {say: Thank, must: agent.thanks, weight: 1}\npolite.calm: {say: Do not swear, never: agent.swears, weight: 3}\n"}};
  auto loaded = playbook::load(files);
  RAPPORT_ASSERT(loaded);
  return std::make_shared<centre::JudgingPlan const>(std::move(*loaded.playbook));
}

class TrialsTest : public testing::Test {
 protected:
  /// A closed chat in which the agent said this, judged by `live_`.
  void close(std::string const& id, std::string text) {
    domain::Interaction head;
    head.id = id;
    head.brand = "northwind";
    head.channel = domain::Channel::chat;
    head.started_at = {1'780'000'000'000 + static_cast<base::Millis>(id.back())};
    head.observed = domain::SourceSet{domain::Source::words, domain::Source::timing};
    head.participants.push_back({"p1", domain::Role::agent, "a", "Ana", {}, {}, {}, {}});
    domain::Event event;
    event.kind = domain::EventKind::message;
    event.id = "e1";
    event.by = domain::Role::agent;
    event.participant = 0;
    event.text = std::move(text);
    auto const timeline = timeline::Timeline::build(head, {event});
    ASSERT_TRUE(timeline);
    records::InteractionRow row;
    row.id = id;
    row.brand = "northwind";
    row.channel = head.channel;
    row.customer = id;
    row.started_at = head.started_at;
    row.closed_at = head.started_at + base::minute;
    records::CloseInteraction closing{row, centre::encode_block(head, {event}), {}, live_->judge(*timeline, {5})};
    ASSERT_TRUE(store_.commit({{closing}, {5}, true}));
  }
  void review(std::string const& id, std::string const& practice, evaluation::Verdict machine, evaluation::Verdict person) {
    centre::VerdictReview const said{practice, person, machine, "u", {6}, "because"};
    ASSERT_TRUE(store_.commit({{records::AmendInteraction{id, 2, centre::encode(said), {}}}, {6}, false}));
  }
  TrialWanted wanted(std::string id, std::shared_ptr<centre::JudgingPlan const> plan, std::size_t interactions = 100) {
    TrialWanted made;
    made.id = std::move(id);
    made.brand = "northwind";
    made.plan = std::move(plan);
    made.query.brands = {"northwind"};
    made.interactions = interactions;
    return made;
  }
  static Trial over(Trials& trials, std::string const& id) {
    auto const until = std::chrono::steady_clock::now() + std::chrono::minutes{2};
    for (;;) {
      auto const trial = trials.find(id);
      EXPECT_TRUE(trial);
      bool const ended = trial && trial->state != Trial::State::waiting && trial->state != Trial::State::running;
      if (ended || !trial || std::chrono::steady_clock::now() > until) return trial.value_or(Trial{});
      std::this_thread::yield();
    }
  }

  std::shared_ptr<centre::JudgingPlan const> live_ = manners("thank you");
  test::MemoryStore store_;
};

TEST_F(TrialsTest, ShowsWhatWouldChangeAndWithWhomItAgrees) {
  close("i-1", "thank you");
  close("i-2", "cheers");
  close("i-3", "damn");
  review("i-2", "polite.thank", evaluation::Verdict::missed, evaluation::Verdict::met);
  Trials trials{store_, [] { return base::Instant{9}; }};
  ASSERT_TRUE(trials.start(wanted("t", manners("thank you, cheers"))));
  Trial const done = over(trials, "t");
  EXPECT_EQ(done.state, Trial::State::done);
  EXPECT_EQ(done.judged, 3U);
  EXPECT_EQ(done.changed, 1U);
  EXPECT_EQ(done.scored, 3U);
  EXPECT_EQ(done.score_before, 100'000 + 75'000 + 0);
  EXPECT_EQ(done.score_after, 100'000 + 100'000 + 0);
  TrialCount const& thanks = done.practices.at("polite.thank");
  EXPECT_EQ(thanks.before, (std::array<std::int64_t, 4>{1, 2, 0, 0}));
  EXPECT_EQ(thanks.after, (std::array<std::int64_t, 4>{2, 1, 0, 0}));
  EXPECT_EQ(thanks.reviewed, 1);
  EXPECT_EQ(thanks.agreed_before, 0);
  EXPECT_EQ(thanks.agreed_after, 1);
  auto const results = trials.results("t", 0, 10);
  ASSERT_EQ(results.size(), 1U);
  EXPECT_EQ(results[0].interaction, "i-2");
  ASSERT_EQ(results[0].changes.size(), 1U);
  EXPECT_EQ(results[0].changes[0].person, evaluation::Verdict::met);
  EXPECT_TRUE(trials.results("t", 1, 10).empty());
  EXPECT_TRUE(done.results.empty()) << "a look at it costs no copy of them";
}

TEST_F(TrialsTest, KeepsToItsBoundAndSkipsWhoWasErased) {
  for (char name = 'a'; name <= 'z'; ++name) close(std::string{"i-"} + name, "cheers");
  ASSERT_TRUE(store_.erase_person("i-z"));
  Trials trials{store_, [] { return base::Instant{9}; }};
  ASSERT_TRUE(trials.start(wanted("t", manners("cheers"), 23)));
  Trial const done = over(trials, "t");
  EXPECT_EQ(done.judged + done.skipped, 23U);
  EXPECT_EQ(done.skipped, 1U);
}

TEST_F(TrialsTest, AStoreThatIsGoneAndACancelledTrialEndIt) {
  close("i-1", "cheers");
  Trials trials{store_, [] { return base::Instant{9}; }};
  ASSERT_TRUE(trials.start(wanted("t", manners("cheers"))));
  over(trials, "t");
  trials.cancel("t");
  EXPECT_EQ(trials.find("t")->state, Trial::State::done) << "what is over stays as it is";
  trials.cancel("nothing");
  trials.stop();
  EXPECT_FALSE(trials.start(wanted("u", live_)));
}

/// Holds who searches until it is let go.
class HeldStore final : public test::MemoryStore {
 public:
  records::Stored<records::InteractionPage> search(records::InteractionQuery const& query) override {
    let_go_.wait(false);
    return test::MemoryStore::search(query);
  }
  void let_go() {
    let_go_ = true;
    let_go_.notify_all();
  }

 private:
  std::atomic<bool> let_go_ = false;
};

TEST_F(TrialsTest, OneThatIsCancelledBeforeItRanHoldsItsPlaybookNoLonger) {
  HeldStore store;
  Trials trials{store, [] { return base::Instant{9}; }};
  ASSERT_TRUE(trials.start(wanted("t", live_)));
  auto plan = manners("cheers");
  std::weak_ptr<centre::JudgingPlan const> const held = plan;
  ASSERT_TRUE(trials.start(wanted("u", std::move(plan))));
  trials.cancel("u");
  EXPECT_EQ(trials.find("u")->state, Trial::State::cancelled);
  EXPECT_TRUE(held.expired());
  store.let_go();
}

TEST_F(TrialsTest, KeepsSoManyChangesAndCountsTheRest) {
  // A practice more in one playbook than in the other is a change in every interaction.
  std::string practices;
  constexpr std::size_t each = 999;
  for (std::size_t number = 0; number < each; ++number) {
    std::string const name = "n" + std::to_string(number);
    practices += "many." + name + ": {say: Say, must: agent.word, weight: 1}\n";
  }
  std::vector<playbook::SourceFile> const files{{"playbook.yaml", "name: Many\nversion: 1\n"},
                                                {"signals/words.yaml", "agent.word:\n  meaning: word\n  phrases: [word]\n"},
                                                {"practices/many.yaml", practices}};
  auto loaded = playbook::load(files);
  ASSERT_TRUE(loaded);
  auto const plan = std::make_shared<centre::JudgingPlan const>(std::move(*loaded.playbook));
  constexpr std::size_t interactions = 23;
  for (std::size_t number = 0; number < interactions; ++number) close(std::string{"i-"} + static_cast<char>('a' + number), "cheers");
  Trials trials{store_, [] { return base::Instant{9}; }};
  ASSERT_TRUE(trials.start(wanted("t", plan)));
  Trial const done = over(trials, "t");
  ASSERT_EQ(done.state, Trial::State::done);
  EXPECT_EQ(done.changed, interactions);
  std::size_t const kept = limits::trial_changes_max / (each + 2);  // those of the playbook before are gone
  EXPECT_EQ(done.left_out, interactions - kept);
  EXPECT_EQ(trials.results("t", 0, 100).size(), kept);
  EXPECT_EQ(done.practices.at("many.n0").changed, static_cast<std::int64_t>(interactions));
}

TEST_F(TrialsTest, TheReviewedScoreIsOfPeoplesVerdicts) {
  close("i-1", "damn");
  review("i-1", "polite.calm", evaluation::Verdict::missed, evaluation::Verdict::not_applicable);
  auto const stored = store_.interaction("i-1");
  auto const timeline = read_back(**stored);
  ASSERT_TRUE(timeline);
  EXPECT_EQ(timeline->events.size(), 1U);
  EXPECT_EQ(timeline->last_number, 2U);
  records::LedgerRecord const ledger = store_.ledgers("i-1")->front();
  EXPECT_EQ(verdict_in(ledger, "polite.calm"), evaluation::Verdict::missed);
  EXPECT_EQ(verdict_in(ledger, "polite.nothing"), std::nullopt);
  json::object const shown = ledger_view(ledger, *timeline);
  EXPECT_EQ(shown.at("score").to_number<double>(), 0.0);
  EXPECT_EQ(shown.at("reviewed_score").to_number<double>(), 0.0) << "polite.thank was missed and alone counts";
  json::object const& calm = shown.at("practices").at(1).as_object();
  EXPECT_EQ(calm.at("verdict"), "missed");
  EXPECT_EQ(calm.at("review").at("verdict"), "not_applicable");
  ASSERT_TRUE(store_.commit({{records::AmendInteraction{"i-1", 3, centre::encode(centre::VerdictReview{"polite.thank", evaluation::Verdict::met, evaluation::Verdict::missed, "u", {7}, "a nod"}), {}}}, {6}, false}));
  auto const again = read_back(**store_.interaction("i-1"));
  EXPECT_EQ(ledger_view(ledger, *again).at("reviewed_score").to_number<double>(), 100.0);
}

}  // namespace
}  // namespace rapport::server::api
