#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "centre/core.hpp"
#include "centre/ids.hpp"
#include "support/memory_store.hpp"

namespace rapport::test {

inline std::string const ana = "00000000-0000-7000-8000-00000000000a";
inline std::string const ben = "00000000-0000-7000-8000-00000000000b";

/// A centre of one brand with two queues and two agents, its store in memory and its clock by hand.
/// Every step becomes durable at once.
class SmallCentre {
 public:
  SmallCentre() {
    auto const recovered = core_->recover({}, configuration(), now_, step_);
    EXPECT_TRUE(recovered) << recovered.error().message;
    settle();
  }

  static std::vector<centre::Command> configuration() {
    return {centre::ConfigureBrand{"northwind", "Northwind Energy", "Europe/London", "en"}, queue("billing", 1, 30 * base::second),
            queue("moves", 2, 0), agent(ana, "Ana"), agent(ben, "Ben")};
  }
  static centre::ConfigureQueue queue(std::string slug, std::uint32_t number, base::Millis wrap_up_ms) {
    auto rules = std::make_shared<routing::Queue>();
    rules->id = routing::QueueId{number};
    rules->wrap_up_ms = wrap_up_ms;
    return {std::move(slug), "northwind", std::move(rules), nullptr};
  }
  static centre::ConfigureAgent agent(std::string const& id, std::string name) {
    auto profile = std::make_shared<routing::AgentProfile>();
    profile->id = *centre::parse_id<routing::AgentId>(id);
    profile->capacity = {1, 2, 2, 2};
    return {id, std::move(name), std::move(profile)};
  }
  static centre::Actor by(std::string const& agent) { return {centre::Actor::Kind::agent, agent, {}}; }
  static centre::Actor customer(std::string const& id) { return {centre::Actor::Kind::customer, id, {}}; }
  static centre::Actor system() { return {}; }

  centre::Granted<centre::Outcome> ask(centre::Command const& command, centre::Actor const& actor = {}) {
    pass(1);
    auto outcome = core_->handle(command, actor, now_, step_);
    settle();
    return outcome;
  }
  centre::Outcome must(centre::Command const& command, centre::Actor const& actor = {}) {
    auto outcome = ask(command, actor);
    EXPECT_TRUE(outcome) << outcome.error().code << ": " << outcome.error().detail;
    return outcome ? *outcome : centre::Outcome{};
  }
  std::string refusal(centre::Command const& command, centre::Actor const& actor = {}) {
    auto const outcome = ask(command, actor);
    return outcome ? "granted" : outcome.error().code;
  }

  void pass(base::Millis span) {
    now_ = now_ + span;
    while (core_->next_deadline() && *core_->next_deadline() <= now_) core_->advance(now_, step_);
    settle();
  }

  /// Publishes the latest values.
  void tell() {
    core_->tell_latest(now_, step_);
    settle();
  }

  centre::StartInteraction start(domain::Channel channel = domain::Channel::chat, std::string queue = "billing") const {
    centre::StartInteraction command;
    command.head.channel = channel;
    command.head.brand = "northwind";
    command.head.queue = std::move(queue);
    command.customer = "c-1";
    domain::Participant pat;
    pat.id = "p1";
    pat.person = "c-1";
    pat.name = "Pat Brown";
    command.head.participants.push_back(pat);
    return command;
  }
  static centre::AddEvent message(std::string const& interaction, std::string text, std::string id = {}) {
    centre::AddEvent command{interaction, {}, false};
    command.event.kind = domain::EventKind::message;
    command.event.text = std::move(text);
    command.event.id = std::move(id);
    return command;
  }
  /// A chat that Ana has answered.
  std::string chat_with_ana() {
    must(centre::ChangePresence{ana, routing::Presence::available, {}});
    std::string const id = must(start()).interaction;
    must(centre::AnswerOffer{ana, id});
    return id;
  }

  /// The process dies and another one takes up what is durable.
  void crash(base::Millis down_ms = 0) {
    core_ = std::make_unique<centre::Core>(8);
    told.clear();
    now_ = now_ + down_ms;
    auto const counted = store.counters({}, now_ + -26 * base::hour, now_ + base::hour);
    auto const recovered = core_->recover(*store.load(), configuration(), now_, step_, *counted);
    ASSERT_TRUE(recovered) << recovered.error().message;
    settle();
  }

  template <typename What>
  std::vector<What> all() const {
    std::vector<What> found;
    for (auto const& publication : told) {
      if (auto const* what = std::get_if<What>(&publication)) found.push_back(*what);
    }
    return found;
  }
  std::vector<domain::EventKind> kinds(std::string const& interaction) const {
    std::vector<domain::EventKind> found;
    for (auto const& event : live(interaction).events) found.push_back(event.kind);
    return found;
  }
  centre::LiveInteraction const& live(std::string const& interaction) const {
    centre::LiveInteraction const* const found = core_->live(interaction);
    RAPPORT_ASSERT(found != nullptr);
    return *found;
  }
  centre::Core& core() { return *core_; }
  base::Instant now() const { return now_; }

  MemoryStore store;
  std::vector<centre::Publication> told;

 private:
  void settle() {
    auto const written = store.commit({std::exchange(step_.changes, {}), now_, true});
    EXPECT_TRUE(written);
    for (auto& publication : std::exchange(step_.publications, {})) told.push_back(std::move(publication));
  }

  std::unique_ptr<centre::Core> core_ = std::make_unique<centre::Core>(7);
  base::Instant now_{1'780'000'000'000};
  centre::Step step_;
};

}  // namespace rapport::test
