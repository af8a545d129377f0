#include "unit/routing/names.hpp"

#include <fmt/format.h>

#include <array>
#include <vector>

namespace rapport::routing {
namespace {

using base::Instant;

/// One sentence for each kind of event.
struct Teller {
  Instant start;
  std::vector<std::string> const& queues;

  std::string at(Instant when) const { return clock(when - start); }
  std::string queue(QueueId id) const {
    auto const number = static_cast<std::size_t>(id);
    return number < queues.size() ? queues[number] : std::to_string(number);
  }
  std::string reserved(Wait const& wait) const {
    if (wait.reserved_for.nil()) return {};
    return fmt::format(" for {} until {}", name_of(wait.reserved_for), at(wait.reserved_until));
  }

  std::string operator()(QueueSet const& e) const {
    return fmt::format("queue {} is set", queue(e.queue->id));
  }
  std::string operator()(AgentSet const& e) const {
    return fmt::format("agent {} is set", name_of(e.agent->id));
  }
  std::string operator()(PresenceSet const& e) const {
    static constexpr std::array<char const*, 3> words{"goes offline", "takes a break", "is available"};
    return fmt::format("{} {}", name_of(e.agent), words[static_cast<std::size_t>(e.presence)]);
  }
  std::string operator()(NotResponding const& e) const {
    return fmt::format("{} is not responding until {}", name_of(e.agent), at(e.until));
  }
  std::string operator()(Resumed const& e) const { return fmt::format("{} is back", name_of(e.agent)); }
  std::string operator()(WrapUpEnded const& e) const {
    return fmt::format("{} ends wrap-up of {}", name_of(e.agent), name_of(e.contact));
  }
  std::string operator()(Entered const& e) const {
    return fmt::format("{} enters {}{}", name_of(e.contact), queue(e.wait.queue), reserved(e.wait));
  }
  std::string operator()(Relaxed const& e) const { return fmt::format("{} is relaxed", name_of(e.contact)); }
  std::string operator()(ReservationEnded const& e) const {
    return fmt::format("{} is open to all", name_of(e.contact));
  }
  std::string operator()(Offered const& e) const {
    return fmt::format("{} is offered to {}", name_of(e.contact), name_of(e.agent));
  }
  std::string operator()(Answered const& e) const {
    return fmt::format("{} is {} by {}", name_of(e.contact), e.receiving ? "received" : "answered",
                       name_of(e.agent));
  }
  std::string operator()(Returned const& e) const {
    static constexpr std::array<char const*, 4> causes{"refused", "no answer", "not acknowledged",
                                                       "withdrawn"};
    return fmt::format("{} returns from {}: {}", name_of(e.contact), name_of(e.agent),
                       causes[static_cast<std::size_t>(e.why)]);
  }
  std::string operator()(Overflowed const& e) const {
    return fmt::format("{} overflows to {}: {}", name_of(e.contact), queue(e.to),
                       e.why == OverflowCause::unanswered ? "unanswered" : "waited");
  }
  std::string operator()(Left const& e) const {
    static constexpr std::array<char const*, 6> causes{"abandoned", "ended", "overflowed",
                                                       "unreachable", "consult over", "consult unanswered"};
    return fmt::format("{} leaves: {}", name_of(e.contact), causes[static_cast<std::size_t>(e.why)]);
  }
  std::string operator()(CallbackRequested const& e) const {
    return fmt::format("{} will be called back", name_of(e.contact));
  }
  std::string operator()(CustomerNotReached const& e) const {
    return fmt::format("{} is not reached, again at {}", name_of(e.contact), at(e.retry_at));
  }
  std::string operator()(CallbackDue const& e) const { return fmt::format("{} is due", name_of(e.contact)); }
  std::string operator()(Transferred const& e) const {
    return fmt::format("{} is transferred by {} to {}{}", name_of(e.contact), name_of(e.by),
                       queue(e.wait.queue), reserved(e.wait));
  }
  std::string operator()(ConsultStarted const& e) const {
    return fmt::format("{} consults about {} as {}", name_of(e.by), name_of(e.contact), name_of(e.consult));
  }
  std::string operator()(Acknowledged const& e) const {
    return fmt::format("{} is acknowledged by {}", name_of(e.contact), name_of(e.agent));
  }
  std::string operator()(TransferDone const& e) const {
    return fmt::format("{} is handed from {} to {}", name_of(e.contact), name_of(e.from), name_of(e.to));
  }
  std::string operator()(ReturnedToQueue const& e) const {
    return fmt::format("{} is put back from {}", name_of(e.contact), name_of(e.agent));
  }
  std::string operator()(Assigned const& e) const {
    return fmt::format("{} starts {} in {}", name_of(e.agent), name_of(e.contact), queue(e.queue));
  }
  std::string operator()(BoostSet const& e) const {
    return fmt::format("{} has boost {}", name_of(e.contact), e.boost);
  }
  std::string operator()(Moved const& e) const {
    return fmt::format("{} is moved to {}", name_of(e.contact), queue(e.wait.queue));
  }
  std::string operator()(TakenOver const& e) const {
    return fmt::format("{} is taken over from {} by {}", name_of(e.contact), name_of(e.from), name_of(e.to));
  }
};

}  // namespace

std::string sentence(Event const& event, Instant start, std::vector<std::string> const& queue_names) {
  return std::visit(Teller{start, queue_names}, event.what);
}

std::string clock(base::Millis span) {
  base::Millis const seconds = span / base::second;
  std::string text = seconds >= 3600
                         ? fmt::format("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
                         : fmt::format("{:02}:{:02}", seconds / 60, seconds % 60);
  if (span % base::second != 0) text += fmt::format(".{:03}", span % base::second);
  return text;
}

}  // namespace rapport::routing
