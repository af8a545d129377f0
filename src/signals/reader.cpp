#include "signals/reader.hpp"

#include "signals/reader_state.hpp"

namespace rapport::signals {

Reader::Reader(Lexicon const& lexicon, domain::Interaction const& head) : state_(std::make_unique<State>(lexicon.impl(), head)) {}
Reader::Reader(Reader const& other) : state_(std::make_unique<State>(*other.state_)) {}
Reader::Reader(Reader&&) noexcept = default;
Reader& Reader::operator=(Reader&&) noexcept = default;
Reader::~Reader() = default;

Reader& Reader::operator=(Reader const& other) {
  if (this != &other) state_ = std::make_unique<State>(*other.state_);
  return *this;
}

void Reader::pass_time(base::Millis now_ms, std::vector<Occurrence>& out) { state_->pass_time(now_ms, out); }

Reading const& Reader::read(domain::Event const& event, std::uint32_t index) {
  state_->read(event, index);
  return state_->reading;
}

void Reader::finish(base::Millis end_ms, std::vector<Occurrence>& out) { state_->finish(end_ms, out); }

timeline::Conversation const& Reader::conversation() const { return state_->conversation; }

}  // namespace rapport::signals
