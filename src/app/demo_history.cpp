#include "app/demo_history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "centre/core.hpp"
#include "centre/inbox_document.hpp"
#include "people/customer_sessions.hpp"
#include "simulation/play.hpp"
#include "timeline/timeline.hpp"

namespace rapport::app {
namespace {

using simulation::Deed;

constexpr base::Millis longest = 30 * base::minute;  // until whoever still wraps up has been timed out

centre::AddEvent event(std::string const& interaction, domain::EventKind kind, std::string text = {}) {
  centre::AddEvent command{interaction, {}, false};
  command.event.kind = kind;
  command.event.text = std::move(text);
  return command;
}

centre::AddEvent event(std::string const& interaction, domain::EventKind kind, char const* name, std::string const& value) {
  centre::AddEvent command = event(interaction, kind);
  command.event.attributes.push_back({{}, name, domain::Value::of_text(value)});
  return command;
}

/// What the floor logs is left out: the floor of today begins empty.
bool lasts(records::Change const& change) { return !std::holds_alternative<records::AppendFloor>(change) && !std::holds_alternative<records::SaveFloor>(change); }

/// One conversation in a centre where one agent works.
class Past {
 public:
  Past(DemoHistory const& history, simulation::SimulatedAgent const& agent, std::uint64_t seed)
      : history_(history), agent_(agent), industry_(*history.book.industry(agent.brand)), random_(seed), core_(random_.next()) {}

  /// Nothing where it could not be played. The changes are those of the whole conversation.
  base::Result<std::vector<records::Change>> play(base::Instant start) {
    now_ = start + -base::second;
    if (auto ready = core_.recover({}, history_.configuration, now_, step_); !ready) return ready.error();
    auto const [persona, topic] = draw(history_.book, industry_, random_);
    std::string const name = simulation::draw_name(history_.book, random_);
    simulation::CustomerPart customer{history_.book, industry_, *persona, *topic, name, random_.next()};
    simulation::AgentPart agent{history_.book, industry_, {agent_.name, &history_.book.level(agent_.level), {}}, name, random_.next()};
    base::Millis const waited = random_.between(2, 17) * base::second;
    bool const nobody = random_.chance(5);  // the customer waits for nothing
    if (!nobody) act(centre::ChangePresence{agent_.user, routing::Presence::available, {}}, agents());
    now_ = start;
    begin(*topic, name);
    auto const scenes = simulation::play(customer, agent, agent_.name, nobody ? base::day : waited);
    bool answered = nobody;
    for (simulation::Scene const& scene : scenes) {
      if (!answered && scene.at >= waited) answered = answer(start + waited);
      advance(start + scene.at);
      perform(scene);
    }
    close();
    return std::move(changes_);
  }

 private:
  centre::Actor agents() const { return {centre::Actor::Kind::agent, agent_.user, std::nullopt}; }
  centre::Actor customers() const { return {centre::Actor::Kind::customer, customer_, std::nullopt}; }

  void keep() {
    for (records::Change& change : step_.changes) {
      if (lasts(change)) changes_.push_back(std::move(change));
    }
    step_ = {};
  }
  void advance(base::Instant until) {
    now_ = std::max(now_, until);
    while (core_.next_deadline() && *core_.next_deadline() <= now_) core_.advance(now_, step_);
    keep();
  }
  /// What is refused did not happen: the play did not know what the centre knew.
  bool act(centre::Command const& command, centre::Actor const& actor) {
    auto const done = core_.handle(command, actor, now_, step_);
    keep();
    return bool{done};
  }
  bool answer(base::Instant at) {
    advance(at);
    act(centre::AnswerOffer{agent_.user, id_}, agents());
    return true;
  }

  void begin(simulation::Topic const& topic, std::string const& name) {
    customer_ = people::anonymous_customer();
    centre::StartInteraction start;
    start.head.channel = domain::Channel::chat;
    start.head.brand = industry_.brand;
    start.head.queue = topic.queue;
    start.customer = customer_;
    domain::Participant participant;
    participant.id = "p1";
    participant.person = customer_;
    participant.name = name;
    start.head.participants.push_back(std::move(participant));
    auto const done = core_.handle(start, customers(), now_, step_);
    keep();
    if (done) id_ = done->interaction;
  }

  void perform(simulation::Scene const& scene) {
    using domain::EventKind;
    Deed const& deed = scene.deed;
    if (scene.by_customer) {
      if (deed.kind == Deed::Kind::say) act(event(id_, EventKind::message, deed.text), customers());
      if (deed.kind == Deed::Kind::end) act(centre::EndInteraction{id_}, customers());
      return;
    }
    switch (deed.kind) {
      case Deed::Kind::say:
        act(event(id_, EventKind::message, deed.text), agents());
        break;
      case Deed::Kind::hold:
        act(centre::StartHold{id_}, agents());
        break;
      case Deed::Kind::resume:
        act(centre::EndHold{id_}, agents());
        break;
      case Deed::Kind::view_profile:
        act(event(id_, EventKind::profile_viewed), agents());
        break;
      case Deed::Kind::verify:
        act(event(id_, EventKind::verified, "method", "account and postcode"), agents());
        break;
      case Deed::Kind::note:
        act(event(id_, EventKind::note, deed.text), agents());
        break;
      case Deed::Kind::flag:
        act(event(id_, EventKind::flagged, "reason", deed.text), agents());
        break;
      case Deed::Kind::ask_help:
        ask_help(deed.text);
        break;
      case Deed::Kind::remedy:
        act(event(id_, EventKind::remedy, "what", deed.text), agents());
        break;
      case Deed::Kind::follow_up:
        act(event(id_, EventKind::followup_scheduled, "what", deed.text), agents());
        break;
      case Deed::Kind::transfer:
        break;  // in the past everybody did what they could
      case Deed::Kind::end:
        act(centre::EndInteraction{id_}, agents());
        break;
      case Deed::Kind::wrap_up:
        act(centre::WrapUp{id_, agent_.user, deed.reason, deed.outcome, deed.cause}, agents());
        break;
    }
  }

  /// Somebody saw to it then: it is in nobody's inbox today.
  void ask_help(std::string const& text) {
    auto const before = static_cast<std::ptrdiff_t>(changes_.size());
    centre::AddEvent asked = event(id_, domain::EventKind::help_requested, "of", "lead");
    asked.event.text = text;
    act(asked, agents());
    auto const raised = [](records::Change const& change) {
      auto const* const kept = std::get_if<records::PutDocument>(&change);
      return kept != nullptr && kept->kind == centre::inbox_kind;
    };
    changes_.erase(std::remove_if(changes_.begin() + before, changes_.end(), raised), changes_.end());
  }

  /// Ends what is still open, judges it, and makes it the block that it stays.
  void close() {
    centre::LiveInteraction const* live = core_.live(id_);
    if (live == nullptr) return;
    if (live->stage != centre::Stage::over && live->stage != centre::Stage::finished) act(centre::EndInteraction{id_}, {});
    base::Instant const give_up = now_ + longest;
    while ((live = core_.live(id_)) != nullptr && live->stage != centre::Stage::finished && now_ < give_up && core_.next_deadline()) {
      advance(std::min(*core_.next_deadline(), give_up));
    }
    if (live == nullptr || live->stage != centre::Stage::finished) return changes_.clear();
    auto const timeline = timeline::Timeline::build(*live->head, live->events);
    std::optional<records::LedgerRecord> ledger;
    if (timeline) ledger = history_.plan->judge(*timeline, now_);
    act(centre::CloseJudged{id_, std::move(ledger)}, {});
  }

  DemoHistory const& history_;
  simulation::SimulatedAgent const& agent_;
  simulation::Industry const& industry_;
  base::Random random_;
  centre::Core core_;
  centre::Step step_;
  std::vector<records::Change> changes_;
  base::Instant now_;
  std::string id_, customer_;
};

/// The moments of a day at which an agent's conversations begin: working hours, well apart.
std::vector<base::Instant> moments(base::Instant midnight, int count, base::Random& random) {
  std::vector<base::Instant> all;
  all.reserve(static_cast<std::size_t>(count));
  base::Millis const each = 9 * base::hour / std::max(1, count);
  for (int i = 0; i < count; ++i) all.push_back(midnight + 8 * base::hour + i * each + random.between(0, each - 40 * base::minute));
  return all;
}

}  // namespace

base::Result<std::size_t> write_history(DemoHistory const& history, base::Instant now, std::stop_token const& stop) {
  base::Random random{history.seed};
  base::Instant const today{now.since_epoch - now.since_epoch % base::day};
  std::size_t written = 0;
  for (int day = 1; day <= history.days; ++day) {
    for (simulation::SimulatedAgent const& agent : history.agents) {
      for (base::Instant const at : moments(today + -day * base::day, history.each_a_day, random)) {
        if (stop.stop_requested()) return written;
        Past past{history, agent, random.next()};
        auto changes = past.play(at);
        if (!changes) return changes.error();
        if (changes->empty()) continue;
        auto const done = history.store.commit({std::move(*changes), at, false});
        if (!done) return base::Error{fmt::format("the store: {}", records::name(done.error()))};
        ++written;
      }
    }
  }
  return written;
}

}  // namespace rapport::app
