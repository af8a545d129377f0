#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/metrics.hpp"
#include "base/time.hpp"
#include "phone/browser_end.hpp"
#include "phone/re.hpp"
#include "phone/sip_stream.hpp"

namespace rapport::phone {

/// Browsers that are phones: each page has one TCP connection on loopback to libre's listener for them, by
/// whose port it is known who sends; so a browser needs no password of SIP. It outlives the page's
/// WebSocket for a while, so that a call goes on where only that broke. The signalling thread's.
class Browsers {
 public:
  /// An agent's page is there no more; its requests came from `source`.
  using Gone = std::function<void(std::string const& agent, Address const& source)>;

  Browsers(Gone gone, base::Metrics& metrics);
  ~Browsers();
  Browsers(Browsers const&) = delete;
  Browsers& operator=(Browsers const&) = delete;

  /// Where libre listens for them; nobody else is listened to there.
  void set_listener(Address listener) { listener_ = std::move(listener); }
  Address const& listener() const { return listener_; }
  /// Whose page sends from there; empty: nobody's.
  std::string agent_at(Address const& source) const;

  void opened(BrowserNumber number, BrowserPage const& who, std::shared_ptr<BrowserEnd> end);
  void said(BrowserNumber number, std::string const& message);
  /// Its connection ended; `left`: the page itself went, so nobody comes back.
  void closed(BrowserNumber number, bool left, base::Instant now);
  /// Pages whose connection does not come back are gone.
  void tick(base::Instant now);

 private:
  struct Link;

  Link* find(BrowserNumber number);
  void make(BrowserNumber number, BrowserPage const& who, std::shared_ptr<BrowserEnd> end);
  void make_room(std::string const& agent);
  void end(Link& link);
  void forward(Link& link, std::string message);
  void received(Link& link, std::string_view bytes);

  Gone gone_;
  base::Gauge& open_;
  base::Counter& refused_;
  Address listener_;
  std::vector<std::unique_ptr<Link>> links_;  ///< the newest last
};

}  // namespace rapport::phone
