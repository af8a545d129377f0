// What the centre is told where the phone takes no more, so that nobody waits for a call that never comes; and where an
// agent's phone does not wait for what it asked.
#include "app/phone_line.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <variant>
#include <vector>

#include "base/phone_limits.hpp"
#include "centre/event_making.hpp"
#include "store/open.hpp"
#include "unit/app/temporary_folder.hpp"

namespace rapport::app {
namespace {

constexpr base::Instant line_noon{1'772'452'800'000};  // 2026-03-02T12:00Z

/// A line without a phone.
class PhoneLineAlone : public ::testing::Test {
 protected:
  static centre::LiveSummary call(centre::Stage stage, std::string agent) {
    centre::LiveSummary live;
    live.row.id = "call";
    live.row.brand = "northwind";
    live.row.channel = domain::Channel::voice;
    live.row.customer = "customer";
    live.row.queue = "support";
    domain::Interaction head;
    head.participants.push_back({});
    head.participants.back().id = "p1";
    head.participants.back().identifiers = {{"tel", "+442079460123", false}};
    live.head = std::make_shared<domain::Interaction const>(std::move(head));
    live.stage = stage;
    live.agent = std::move(agent);
    return live;
  }
  template <typename T>
  std::size_t asked() {
    std::lock_guard const lock{mutex_};
    return static_cast<std::size_t>(std::ranges::count_if(commands_, [](centre::Command const& one) { return std::holds_alternative<T>(one); }));
  }
  /// Why the customer's leg ended, as the timeline is told.
  std::string reason() {
    std::lock_guard const lock{mutex_};
    for (centre::Command const& one : commands_) {
      auto const* const told = std::get_if<centre::AddEvent>(&one);
      if (told != nullptr && told->event.kind == domain::EventKind::leg_ended && told->event.leg == centre::customer_leg) return std::string{told->event.text_of("reason")};
    }
    return {};
  }

  /// Ana's phone calls somebody from a queue of hers; whether the conversation is begun for it.
  bool ana_calls() {
    centre::QueueState queue;
    queue.queue = "support";
    queue.brand = "northwind";
    line_.on(queue);
    line_.agent_calls("call", "ana", "02079460123");
    readers_.finish();
    return asked<centre::StartInteraction>() == 1;
  }

  base::Instant now_ = line_noon;
  std::mutex mutex_;  ///< of what follows
  std::vector<centre::Command> commands_;
  std::vector<centre::Centre::Done> answers_;  ///< that they wait for
  base::Metrics metrics_;
  testing::TemporaryFolder folder_;
  std::unique_ptr<records::Store> store_ = std::move(*store::open(folder_ / "store", store::Key{}));
  server::api::BrandRules brands_;
  server::api::CustomerBook book_{*store_, brands_, metrics_};
  server::http::WorkerPool readers_{"test", 1, metrics_};
  CallRules rules_{[] {
                     Settings::Phone phone;
                     phone.region = "GB";
                     return phone;
                   }(),
                   {},
                   metrics_};
  PhoneLine line_{{.submit =
                       [this](centre::Centre::Request request, centre::Centre::Done done) {
                         std::lock_guard const lock{mutex_};
                         commands_.push_back(std::move(request.command));
                         answers_.push_back(std::move(done));
                       },
                   .readers = readers_,
                   .book = book_,
                   .clock = [this] { return now_; },
                   .queue = {},
                   .user_of = [](std::string const& login) { return login == "ben" ? "b" : std::string{}; },
                   .region = "GB",
                   .rules = &rules_,
                   .rights =
                       [](std::string const&) {
                         people::Principal may;
                         may.permissions = {people::Permission::calls_place};
                         may.brands = people::BrandSet::every();
                         return std::optional{may};
                       },
                   .prepare =
                       [this](server::api::CallPlan const& plan) {
                         line_.expect(plan.id, {plan.to, {}, false, "GB", server::api::PlacedRecording::always}, {});
                         return server::api::PreparedCall{};
                       }},
                  metrics_};
};

/// A line to a phone whose signalling thread stands still, with as many commands waiting as it takes.
class PhoneLineFull : public PhoneLineAlone {
 protected:
  PhoneLineFull() {
    phone::PhoneOptions options;
    options.listen = {{phone::Transport::udp, phone::Address::parse("127.0.0.1", 0).value()}};
    options.recordings = [](std::string const&) { return std::nullopt; };
    options.clock = [this] {
      while (stopped_) {
        stands_ = true;
        stands_.notify_all();
        stopped_.wait(true);
      }
      return line_noon;
    };
    auto started = phone::Phone::start(std::move(options), line_, [](phone::RecordingFinished const&) {}, metrics_);
    EXPECT_TRUE(started);
    phone_ = std::move(*started);
    line_.connect(phone_.get());
    stopped_ = true;
    stands_.wait(false);
    for (std::size_t i = 0; i < limits::phone_commands_max; ++i) phone_->press("nobody", "1");
  }
  ~PhoneLineFull() override {
    line_.connect(nullptr);
    stopped_ = false;
    stopped_.notify_all();
    phone_->stop();
  }

  std::atomic<bool> stopped_ = false;
  std::atomic<bool> stands_ = false;
  std::unique_ptr<phone::Phone> phone_;
};

TEST_F(PhoneLineFull, ACallOfAnAgentsIsOverBeforeAnybodyIsCalled) {
  server::api::CallGranted granted;
  granted.to = "+442079460123";
  line_.expect("call", granted, {});
  line_.on(centre::InteractionChanged{call(centre::Stage::connected, "ana")});
  EXPECT_EQ(reason(), "phone_busy");
  EXPECT_EQ(asked<centre::EndInteraction>(), 1U);
  EXPECT_EQ(metrics_.counter("rapport_phone_commands_refused_total", "").value(), 1U);
}

TEST_F(PhoneLineFull, ACallbackThatIsOfferedGoesBackToBeTriedAgain) {
  domain::Event scheduled = centre::event_of(domain::EventKind::followup_scheduled, 0);
  scheduled.by = domain::Role::bot;
  scheduled.attributes.push_back(centre::text_attribute("what", "callback"));
  auto const events = std::make_shared<std::vector<domain::Event> const>(std::vector{scheduled});
  line_.on(centre::InteractionOpened{call(centre::Stage::waiting, {}), events, true});
  EXPECT_EQ(asked<centre::CustomerNotReached>(), 0U);
  line_.on(centre::InteractionChanged{call(centre::Stage::connected, "ana")});
  EXPECT_EQ(reason(), "phone_busy");
  EXPECT_EQ(asked<centre::CustomerNotReached>(), 1U);
  EXPECT_EQ(asked<centre::EndInteraction>(), 0U);
}

TEST_F(PhoneLineAlone, WhoHangsUpBeforeTheirCallBeginsCallsNobody) {
  ASSERT_TRUE(ana_calls());
  line_.agent_left("call", "ana");
  EXPECT_EQ(asked<centre::LeaveCall>(), 0U);
  line_.on(centre::InteractionOpened{call(centre::Stage::waiting, {}), std::make_shared<std::vector<domain::Event> const>(), false});
  EXPECT_EQ(asked<centre::EndInteraction>(), 0U);
  line_.on(centre::InteractionChanged{call(centre::Stage::connected, "ana")});
  EXPECT_EQ(asked<centre::EndInteraction>(), 1U);
  EXPECT_EQ(reason(), "");
}

TEST_F(PhoneLineAlone, ACallOfAPhoneThatBeginsTooLateIsOver) {
  ASSERT_TRUE(ana_calls());
  centre::Centre::Done const granted = answers_.back();
  now_ = now_ + base::minute;
  line_.time_passed();
  EXPECT_EQ(asked<centre::EndInteraction>(), 0U);
  granted(centre::Outcome{});
  EXPECT_EQ(asked<centre::EndInteraction>(), 1U);
}

TEST_F(PhoneLineAlone, WhoHangsUpBeforeSomebodyIsAskedAsksNobody) {
  line_.expect("call", {"+442079460123", {}, false, "GB", server::api::PlacedRecording::always}, {});
  line_.on(centre::InteractionChanged{call(centre::Stage::connected, "ana")});
  line_.agent_asks("call", "ana", "ben");
  readers_.finish();
  ASSERT_EQ(asked<centre::TransferInteraction>(), 1U);
  line_.agent_asks_no_more("call", "ana");
  EXPECT_EQ(asked<centre::CancelTransfer>(), 0U);
  centre::Centre::Done const granted = answers_.back();
  granted(centre::Outcome{});
  EXPECT_EQ(asked<centre::CancelTransfer>(), 1U);
}

}  // namespace
}  // namespace rapport::app
