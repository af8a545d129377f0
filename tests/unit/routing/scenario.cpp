#include "unit/routing/scenario.hpp"

#include <sstream>

#include "routing/status.hpp"
#include "unit/routing/invariants.hpp"
#include "unit/routing/names.hpp"

namespace rapport::routing {

std::string Scenario::play(std::string const& line) {
  std::istringstream stream{line.substr(0, line.find('#'))};
  Words words;
  for (std::string word; stream >> word;) words.push_back(word);
  if (words.empty()) return {};
  if (words[0] == "start") {
    auto const start = base::parse_rfc3339(words.at(1));
    if (!start) return start.error().message;
    start_ = now_ = *start;
    return {};
  }
  if (words[0] == "expect") {
    checked_ = true;
    std::string text;
    for (std::size_t i = 1; i < words.size(); ++i) text += (i > 1 ? " " : "") + words[i];
    return expect({words.begin() + 1, words.end()}, text);
  }
  if (!refusal_expected_) return "the line before was refused: " + std::string{name(*refused_)};
  step_.clear();
  seen_ = 0;
  refused_.reset();
  if (words[0] == "queue") return queue_line(words);
  if (words[0] == "agent") return agent_line(words);
  return timed_line(words);
}

std::string Scenario::timed_line(Words const& words) {
  auto const at = parse_clock(words[0]);
  if (!at) return "expected a time such as 00:10, found " + words[0];
  base::Instant const now = start_ + *at;
  Words const rest{words.begin() + 1, words.end()};
  if (rest == Words{"passes"}) {
    note(floor_.advance(now));
    now_ = now;
    State state = floor_.state();
    return broken_invariant(state, now);
  }
  if (rest.empty()) return "nothing happens at " + words[0];
  note(floor_.advance(now + -1));
  now_ = now;
  auto const parsed = command(rest);
  if (!parsed) return "not understood";
  return do_command(*parsed);
}

std::string Scenario::do_command(Command const& command) {
  State const before = floor_.state();
  auto result = floor_.handle(command, now_);
  if (result) {
    note(*std::move(result));
  } else {
    refused_ = result.error();
    refusal_expected_ = false;
    if (!(floor_.state() == before)) return "refused, and yet something changed";
  }
  State state = floor_.state();
  return broken_invariant(state, now_);
}

void Scenario::note(std::vector<Event> events) {
  log_.insert(log_.end(), events.begin(), events.end());
  step_.insert(step_.end(), std::make_move_iterator(events.begin()), std::make_move_iterator(events.end()));
}

std::string Scenario::happened() const {
  std::string text = "; happened:";
  for (Event const& event : step_)
    text += "\n    " + clock(event.at - start_) + " " + sentence(event, start_, queues_);
  if (refused_) text += "\n    refused " + std::string{name(*refused_)};
  return text;
}

std::string Scenario::expect(Words const& words, std::string const& text) {
  if (words.empty()) return "expect what?";
  if (words[0] == "refused") {
    if (!refused_ || words.size() != 2 || name(*refused_) != words[1]) return "not refused so" + happened();
    refusal_expected_ = true;
    return {};
  }
  if (text == "nothing else") {
    return seen_ == step_.size() ? std::string{} : "something else happened" + happened();
  }
  if (words[0] == "position" || words[0] == "estimate" || words[0] == "next" || words[0] == "state") return expect_state(words);
  auto const time = parse_clock(words[0]);
  std::string const wanted = time ? text.substr(words[0].size() + 1) : text;
  for (std::size_t at = seen_; at < step_.size(); ++at) {
    if (sentence(step_[at], start_, queues_) != wanted || (time && step_[at].at != start_ + *time)) continue;
    seen_ = at + 1;
    return {};
  }
  return "did not happen" + happened();
}

/// "position c1 2", "position c1 none", "estimate c1 60s", "next billing 60s" (a call that came now), "state ana wrap-up", "state c1 waiting".
std::string Scenario::expect_state(Words const& words) {
  if (words.size() != 3) return "expected three words";
  if (words[0] == "position") {
    auto const place = position(floor_.state(), contact(words[1]), now_);
    std::string const found = place ? std::to_string(*place) : "none";
    return found == words[2] ? std::string{} : "position is " + found;
  }
  if (words[0] == "estimate" || words[0] == "next") {
    auto const wait = words[0] == "next" ? estimated_wait_of_next(floor_.state(), queue_id(words[1]), domain::Channel::voice, now_)
                                         : estimated_wait(floor_.state(), contact(words[1]), now_);
    std::string const found = wait ? std::to_string(*wait) + "ms" : "none";
    bool const equal = wait ? parse_span(words[2]) == wait : words[2] == "none";
    return equal ? std::string{} : "estimate is " + found;
  }
  static std::vector<std::string> const work{"not-responding", "offered", "receiving",
                                             "connected", "wrap-up", "idle"};
  static std::vector<std::string> const states{"waiting", "offered", "receiving", "connected", "parked"};
  std::string found = "gone";
  if (Agent const* const who = floor_.state().agent(agent(words[1]))) {
    found = work[static_cast<std::size_t>(who->work_state())];
    if (found == "idle" && who->presence != Presence::available)
      found = who->presence == Presence::offline ? "offline" : "break";
  } else if (Contact const* const which = floor_.state().contact(contact(words[1]))) {
    found = states[static_cast<std::size_t>(which->state)];
  }
  return found == words[2] ? std::string{} : "state is " + found;
}

std::string Scenario::finish() {
  if (!refusal_expected_) return "the last line was refused: " + std::string{name(*refused_)};
  Floor again;
  for (Event const& event : log_) again.apply(event);
  return again.state() == floor_.state() ? std::string{} : "the events make another state";
}

}  // namespace rapport::routing
