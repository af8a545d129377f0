#include "app/browser_phones.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "base/phone_limits.hpp"

namespace rapport::app {
namespace {

namespace http = server::http;
using std::chrono::steady_clock;

/// The WebSocket as the phone sees it.
class End final : public phone::BrowserEnd {
 public:
  explicit End(std::shared_ptr<http::WebSocket> socket) : socket_(std::move(socket)) {}
  bool send(std::string message) override { return socket_->send(std::make_shared<std::string const>(std::move(message))) == http::Sent::queued; }
  void close() override { socket_->close(http::close_code::going_away, "another page, or no phone any more"); }

 private:
  std::shared_ptr<http::WebSocket> socket_;
};

}  // namespace

struct BrowserPhones::State {
  phone::BrowserNumber opened(server::api::PhonePage const& page, std::shared_ptr<http::WebSocket> socket) {
    std::lock_guard const lock{mutex};
    phone::BrowserNumber const number = next++;
    open.emplace(number, Open{page, socket});
    if (phone != nullptr) phone->browser_opened(number, {page.agent, page.page}, std::make_shared<End>(std::move(socket)));
    return number;
  }
  void said(phone::BrowserNumber number, std::string message) {
    std::lock_guard const lock{mutex};
    if (phone != nullptr) phone->browser_said(number, std::move(message));
  }
  void closed(phone::BrowserNumber number, bool left) {
    std::lock_guard const lock{mutex};
    open.erase(number);
    if (phone != nullptr) phone->browser_closed(number, left);
  }
  template <typename Meant>
  void close(Meant const& meant) {
    std::vector<std::shared_ptr<http::WebSocket>> ending;
    {
      std::lock_guard const lock{mutex};
      for (auto const& [number, one] : open) {
        if (auto socket = meant(one.page) ? one.socket.lock() : nullptr) ending.push_back(std::move(socket));
      }
    }
    for (auto const& socket : ending) socket->close(http::close_code::policy, "the login ended");
  }

  mutable std::mutex mutex;
  phone::Phone* phone = nullptr;
  phone::BrowserNumber next = 1;
  std::map<phone::BrowserNumber, Open> open;
};

class BrowserPhones::Socket final : public http::WebSocketListener {
 public:
  Socket(std::shared_ptr<State> state, server::api::PhonePage page) : state_(std::move(state)), page_(std::move(page)) {}

  void on_open(std::shared_ptr<http::WebSocket> socket) override {
    socket_ = std::move(socket);
    number_ = state_->opened(page_, socket_);
  }
  void on_text(std::string&& text) override {
    auto const now = steady_clock::now();
    if (now - second_ >= std::chrono::seconds{1}) {
      second_ = now;
      messages_ = 0;
    }
    bool const too_much = ++messages_ > limits::browser_messages_per_second_max;
    if (too_much || text.size() > limits::sip_message_bytes_max) return socket_->close(http::close_code::policy, "too much at a time");
    state_->said(number_, std::move(text));
  }
  void on_drained() override {}
  void on_closed(http::CloseCode code) override {
    // A page that is left says so; a line that breaks does not.
    bool const left = code == http::close_code::going_away || code == http::close_code::normal || code == http::close_code::policy || code == http::close_code::none;
    state_->closed(number_, left);
    socket_.reset();
  }

 private:
  std::shared_ptr<State> state_;
  server::api::PhonePage page_;
  std::shared_ptr<http::WebSocket> socket_;
  phone::BrowserNumber number_ = 0;
  steady_clock::time_point second_{};
  std::size_t messages_ = 0;  ///< in it
};

BrowserPhones::BrowserPhones() : state_(std::make_shared<State>()) {}
BrowserPhones::~BrowserPhones() = default;

void BrowserPhones::connect(phone::Phone* phone) {
  std::lock_guard const lock{state_->mutex};
  state_->phone = phone;
}

bool BrowserPhones::available() const {
  std::lock_guard const lock{state_->mutex};
  return state_->phone != nullptr;
}

std::shared_ptr<http::WebSocketListener> BrowserPhones::listener(server::api::PhonePage page) { return std::make_shared<Socket>(state_, std::move(page)); }

std::vector<std::string> BrowserPhones::logins() const {
  std::lock_guard const lock{state_->mutex};
  std::vector<std::string> logins;
  for (auto const& [number, one] : state_->open) logins.push_back(one.page.login);
  return logins;
}

void BrowserPhones::close_login(std::string_view login) {
  state_->close([login](server::api::PhonePage const& page) { return page.login == login; });
}

void BrowserPhones::close_principal(std::string_view principal) {
  state_->close([principal](server::api::PhonePage const& page) { return page.principal == principal; });
}

}  // namespace rapport::app
