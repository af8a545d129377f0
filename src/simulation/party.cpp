#include "simulation/party.hpp"

#include <algorithm>

namespace rapport::simulation {
namespace {

constexpr base::Millis typing_max = 16 * base::second;  // longer texts are pasted, or were prepared
constexpr base::Millis reading_each = 22;               // a character
constexpr base::Millis reading_max = 6 * base::second;
constexpr base::Millis thinking = 450;  // before somebody who has listened speaks

}  // namespace

void Party::talks() {
  talks_ = true;
  facts_["contact"] = "call";
}

void Party::hears(std::string_view text, base::Millis now) {
  if (over_) return;
  if (!unread_.empty()) unread_ += ' ';
  unread_ += text;
  base::Millis const reading = talks_ ? thinking : std::min(reading_max, 900 + reading_each * static_cast<base::Millis>(text.size()));
  read_at_ = std::max(read_at_, now) + reading;
  last_ = now;
}

std::optional<base::Millis> Party::due() const {
  if (!planned_.empty()) return planned_.front().at;
  if (over_) return std::nullopt;
  if (!unread_.empty()) return read_at_;
  if (patience_) return last_ + *patience_;
  return std::nullopt;
}

std::vector<Deed> Party::act(base::Millis now) {
  std::vector<Deed> done;
  while (due() && *due() <= now) {
    if (!planned_.empty()) {
      last_ = std::max(last_, planned_.front().at);
      done.push_back(std::move(planned_.front().deed));
      planned_.pop_front();
    } else if (!unread_.empty()) {
      std::string const text = std::move(unread_);
      unread_.clear();
      last_ = now;
      answer(text, now);
    } else {
      last_ = now;
      on_silence(now);
    }
  }
  return done;
}

void Party::plan(Deed deed, base::Millis after, base::Millis now) {
  base::Millis const from = planned_.empty() ? now : std::max(now, planned_.back().at);
  planned_.push_back({from + after, std::move(deed)});
}

void Party::say(std::string_view line, base::Millis now, base::Millis pause) {
  std::string const text = fill(line, facts_);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find('|', at), text.size());
    std::string message = text.substr(at, end - at);
    at = end + 1;
    if (message.empty()) continue;
    base::Millis const typing = talks_ ? 0 : static_cast<base::Millis>(message.size()) * base::second / types_;
    plan({.kind = Deed::Kind::say, .text = std::move(message)}, pause + std::min(typing_max, (talks_ ? thinking : 700) + typing) * random_.between(80, 125) / 100, now);
    pause = 0;
  }
}

}  // namespace rapport::simulation
