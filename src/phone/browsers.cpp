#include "phone/browsers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/phone_limits.hpp"

namespace rapport::phone {

struct Browsers::Link {
  Link(Browsers& browsers, BrowserNumber first, BrowserPage page, std::shared_ptr<BrowserEnd> socket)
      : owner(browsers), number(first), who(std::move(page)), end(std::move(socket)) {}

  static void on_established(void* self) {
    auto& link = *static_cast<Link*>(self);
    link.established = true;
    for (std::string const& message : std::exchange(link.to_us, {})) link.owner.forward(link, message);
  }
  static void on_bytes(mbuf* bytes, void* self) {
    auto& link = *static_cast<Link*>(self);
    link.owner.received(link, rest(bytes));
  }
  static void on_close(int, void* self) { static_cast<Link*>(self)->over = true; }

  Browsers& owner;
  BrowserNumber number;
  BrowserPage who;
  std::shared_ptr<BrowserEnd> end;  ///< null: broken since `broken_at`
  base::Instant broken_at;
  Re<tcp_conn> connection;
  Address source;  ///< its end of it
  SipStream stream;
  std::deque<std::string> to_page;  ///< while its WebSocket is broken
  std::deque<std::string> to_us;    ///< before the connection stands
  bool established = false;
  bool over = false;
};

Browsers::Browsers(Gone gone, base::Metrics& metrics)
    : gone_(std::move(gone)),
      open_(metrics.gauge("rapport_phone_browsers", "Pages that are connected as phones.")),
      refused_(metrics.counter("rapport_phone_browser_messages_refused_total", "Messages of browsers that are no SIP, or could not be passed on.")) {}

Browsers::~Browsers() {
  for (auto const& link : links_) {
    if (link->end) link->end->close();
  }
}

std::string Browsers::agent_at(Address const& source) const {
  auto const found = std::ranges::find_if(links_, [&](auto const& link) { return link->source == source; });
  return found == links_.end() ? std::string{} : (*found)->who.agent;
}

Browsers::Link* Browsers::find(BrowserNumber number) {
  auto const found = std::ranges::find_if(links_, [&](auto const& link) { return link->number == number; });
  return found == links_.end() ? nullptr : found->get();
}

void Browsers::opened(BrowserNumber number, BrowserPage const& who, std::shared_ptr<BrowserEnd> end) {
  auto const known = std::ranges::find_if(links_, [&](auto const& link) { return !link->over && link->who.agent == who.agent && link->who.page == who.page; });
  if (known == links_.end()) return make(number, who, std::move(end));
  Link& link = **known;
  if (link.end) link.end->close();  // we have not seen yet that it broke
  link.number = number;
  link.end = std::move(end);
  for (std::string& message : std::exchange(link.to_page, {})) link.end->send(std::move(message));
}

/// An agent's oldest page goes where there are too many.
void Browsers::make_room(std::string const& agent) {
  auto const of_agent = [&](auto const& link) { return !link->over && link->who.agent == agent; };
  if (std::ranges::count_if(links_, of_agent) < static_cast<std::ptrdiff_t>(limits::browsers_per_agent_max)) return;
  end(**std::ranges::find_if(links_, of_agent));
}

void Browsers::make(BrowserNumber number, BrowserPage const& who, std::shared_ptr<BrowserEnd> socket) {
  make_room(who.agent);
  // Whose connection is broken while the agent comes with another page has been left for that: loaded anew.
  for (auto const& one : links_) {
    if (!one->end && one->who.agent == who.agent) end(*one);
  }
  auto link = std::make_unique<Link>(*this, number, who, std::move(socket));
  sa const listener = as_sa(listener_);
  tcp_conn* made = nullptr;
  sa local{};
  bool const possible = links_.size() < limits::browsers_max && listener_.valid() &&
                        tcp_connect(&made, &listener, Link::on_established, Link::on_bytes, Link::on_close, link.get()) == 0;
  link->connection.reset(made);
  if (!possible || tcp_conn_local_get(made, &local) != 0) {
    refused_.add();
    return link->end->close();
  }
  link->source = address_of(local);
  links_.push_back(std::move(link));
  open_.set(static_cast<std::int64_t>(links_.size()));
}

void Browsers::said(BrowserNumber number, std::string const& message) {
  Link* const link = find(number);
  if (link == nullptr || link->over) return;
  if (is_keep_alive(message)) {
    if (link->end) link->end->send("\r\n");
    return;
  }
  auto whole = for_stream(message, fmt::format("{};transport=tcp", link->source.text()));
  if (!whole) return refused_.add();
  forward(*link, std::move(*whole));
}

void Browsers::forward(Link& link, std::string message) {
  if (!link.established) {
    if (link.to_us.size() < limits::browser_messages_kept_max) link.to_us.push_back(std::move(message));
    return;
  }
  Re<mbuf> const bytes = as_mbuf(message);
  if (!bytes || tcp_send(link.connection.get(), bytes.get()) != 0) refused_.add();
}

void Browsers::received(Link& link, std::string_view bytes) {
  link.over = link.over || !link.stream.put(bytes);
  while (auto message = link.stream.next()) {
    if (link.end) {
      link.end->send(std::move(*message));
    } else if (link.to_page.size() < limits::browser_messages_kept_max) {
      link.to_page.push_back(std::move(*message));
    }
  }
}

void Browsers::closed(BrowserNumber number, bool left, base::Instant now) {
  Link* const link = find(number);
  if (link == nullptr) return;
  link->end.reset();
  link->broken_at = now;
  if (left) end(*link);
}

/// Its agent's calls are told before its connection goes, and with that its transactions.
void Browsers::end(Link& link) {
  if (std::exchange(link.over, true)) return;
  if (link.end) link.end->close();
}

void Browsers::tick(base::Instant now) {
  for (auto const& link : links_) {
    bool const lost = !link->end && now - link->broken_at > limits::browser_reconnect_ms;
    if (lost) end(*link);
  }
  for (auto const& link : links_) {
    if (link->over) gone_(link->who.agent, link->source);
  }
  std::erase_if(links_, [](auto const& link) { return link->over; });
  open_.set(static_cast<std::int64_t>(links_.size()));
}

}  // namespace rapport::phone
