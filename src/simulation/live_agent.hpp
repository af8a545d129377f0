#pragma once

#include <boost/asio/awaitable.hpp>
#include <map>
#include <memory>
#include <string>

#include "simulation/agent_part.hpp"
#include "simulation/feed_connection.hpp"
#include "simulation/telephone.hpp"
#include "simulation/world.hpp"

namespace rapport::simulation {

/// A simulated agent, by the server's account of them.
struct SimulatedAgent {
  std::string user;  ///< id
  std::string name;
  std::string token;  ///< of the API
  std::string brand;
  std::string level;
  std::string leads;   ///< queue of the team leads, to whom they hand what asks for it; empty: they are one
  bool calls = false;  ///< takes calls by a SIP phone
  bool chats = true;
};

/// A simulated agent's desk: presence, offers, several conversations at once, wrap-up, breaks. Comes back
/// when the connection is lost, and goes on with what is in hand. On the world's thread.
class LiveAgent : public std::enable_shared_from_this<LiveAgent> {
 public:
  /// `world` and `industry` outlive it.
  LiveAgent(World& world, Industry const& industry, SimulatedAgent self, std::uint64_t seed);

  /// For ever.
  asio::awaitable<void> work();
  /// Takes calls, too, by this phone, which is theirs alone.
  void use_phone(std::shared_ptr<SipPhone> phone);
  /// Takes a break now and then.
  asio::awaitable<void> take_breaks();

 private:
  struct Contact;
  enum class Begin { answered,
                     received,
                     resumed };

  asio::awaitable<void> serve();
  asio::awaitable<Answer> ask(std::string_view method, std::string path, json::value body);
  asio::awaitable<Answer> command(std::string const& interaction, char const* name, json::value body);
  asio::awaitable<void> pause(base::Millis time);
  asio::awaitable<void> decide(std::string interaction);
  asio::awaitable<void> pick_up(std::shared_ptr<SipCall> call);
  asio::awaitable<void> acknowledge(std::string interaction, std::string customer);
  asio::awaitable<void> live(std::shared_ptr<Contact> contact);
  asio::awaitable<void> perform(std::shared_ptr<Contact> contact, Deed deed);
  asio::awaitable<void> talk(std::shared_ptr<Contact> contact, std::string text);

  void take(json::object const& frame);
  void news(json::object const& event);
  void in_hand(json::object const& state);
  void begin(std::string const& interaction, std::string_view customer, Begin how);
  void follow(std::string const& interaction, json::object const& frame);
  void over(std::string const& interaction);

  World& world_;
  Industry const& industry_;
  SimulatedAgent self_;
  Credentials who_;
  base::Random random_;
  std::shared_ptr<FeedConnection> feed_;
  std::map<std::string, std::shared_ptr<Contact>, std::less<>> contacts_;
  std::shared_ptr<SipPhone> phone_;  ///< null: takes no calls
  std::map<std::string, std::shared_ptr<SipCall>, std::less<>> calls_;
  Voice voice_;
};

}  // namespace rapport::simulation
