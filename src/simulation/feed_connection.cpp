#include "simulation/feed_connection.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/websocket.hpp>
#include <boost/json.hpp>

#include "base/limits.hpp"
#include "simulation/awaiting.hpp"

namespace rapport::simulation {

namespace beast = boost::beast;
namespace websocket = boost::beast::websocket;

std::string_view text_of(json::object const& object, std::string_view member) {
  json::value const* const found = object.if_contains(member);
  return found != nullptr && found->is_string() ? std::string_view{found->get_string()} : std::string_view{};
}

asio::awaitable<bool> FeedConnection::open(ServerAddress const& address, Credentials const& who) {
  bool const connected = co_await connect(beast::get_lowest_layer(socket_), address, problem_);
  if (!connected) co_return false;
  beast::get_lowest_layer(socket_).expires_never();  // the websocket has limits of its own
  socket_.set_option(websocket::stream_base::timeout::suggested(beast::role_type::client));
  socket_.set_option(websocket::stream_base::decorator([&who](websocket::request_type& request) {
    for (auto const& [name, value] : who) request.set(name, value);
  }));
  socket_.read_message_max(limits::client_answer_bytes_max);
  websocket::response_type answer;
  auto const [refused] = co_await socket_.async_handshake(answer, address.text(), "/api/v1/feed", as_result);
  if (refused) {
    problem_ = refused.message() + (answer.result_int() == 101 ? "" : " (" + std::to_string(answer.result_int()) + ")");
    co_return false;
  }
  open_ = true;
  co_return true;
}

void FeedConnection::subscribe(std::vector<std::string> const& names) { ask("subscribe", names); }
void FeedConnection::unsubscribe(std::vector<std::string> const& names) { ask("unsubscribe", names); }

void FeedConnection::ask(char const* verb, std::vector<std::string> const& names) {
  json::array items;
  for (std::string const& name : names) {
    std::size_t const colon = name.find(':');
    items.push_back(json::object{{name.substr(0, colon), name.substr(colon + 1)}});
  }
  send(json::serialize(json::object{{verb, std::move(items)}, {"id", ++frames_}}));
}

void FeedConnection::send(std::string frame) {
  if (!open_) return;
  outgoing_.push_back(std::move(frame));
  if (writing_) return;
  writing_ = true;
  asio::co_spawn(socket_.get_executor(), [self = shared_from_this()] { return self->write(); }, asio::detached);
}

asio::awaitable<void> FeedConnection::write() {
  while (!outgoing_.empty() && open_) {
    std::string const frame = std::move(outgoing_.front());
    outgoing_.pop_front();
    auto const [failed, written] = co_await socket_.async_write(asio::buffer(frame), as_result);
    if (failed) break;
  }
  writing_ = false;
}

asio::awaitable<std::string> FeedConnection::next_text() {
  buffer_.consume(buffer_.size());
  auto const [failed, got] = co_await socket_.async_read(buffer_, as_result);
  if (failed) {
    problem_ = failed.message();
    open_ = false;
    co_return std::string{};
  }
  co_return beast::buffers_to_string(buffer_.data());
}

asio::awaitable<std::optional<json::object>> FeedConnection::next() {
  for (;;) {
    std::string const text = co_await next_text();
    if (text.empty()) co_return std::nullopt;
    boost::system::error_code broken;
    json::value frame = json::parse(text, broken);
    if (!broken && frame.is_object()) co_return std::move(frame.get_object());
  }
}

void FeedConnection::close() {
  open_ = false;
  boost::system::error_code ignored;
  beast::get_lowest_layer(socket_).socket().close(ignored);
}

}  // namespace rapport::simulation
