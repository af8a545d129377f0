#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_from.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

namespace rapport::simulation {

namespace asio = boost::asio;
namespace json = boost::json;

/// Where a server is, as a client sees it.
struct ServerAddress {
  std::string host;
  std::uint16_t port = 0;

  /// "127.0.0.1:8080", as in a Host header.
  std::string text() const;
};

/// Reads "http://HOST[:PORT]". Error: what was found and expected; https is not spoken.
base::Result<ServerAddress> parse_server_url(std::string_view url);

/// Who asks: headers that prove it. Empty: nobody.
using Credentials = std::vector<std::pair<std::string, std::string>>;
Credentials bearer(std::string_view token);

struct Answer {
  int status = 0;       ///< 0: there was none
  json::value body;     ///< null where it is no JSON
  std::string cookie;   ///< the session that was given, "name=value"
  std::string problem;  ///< why there is none, or the refusal's code

  bool good() const { return status >= 200 && status < 300; }
  /// A text member of the body's object; empty where there is none.
  std::string text(std::string_view member) const;
};

/// A JSON object of names and values in turn. (GCC 12 cannot keep a braced list across a co_await.)
inline void add_fields(json::object&) {}
template <typename Value, typename... Rest>
void add_fields(json::object& object, std::string_view name, Value const& value, Rest const&... rest) {
  object[name] = json::value_from(value);
  add_fields(object, rest...);
}
template <typename... NamesAndValues>
json::object fields(NamesAndValues const&... all) {
  json::object object;
  add_fields(object, all...);
  return object;
}

/// Asks the API over connections that it keeps. All on the thread of its io_context, which outlives it
/// and is run by one thread. Nothing is repeated: a command may have been done.
class ApiClient {
 public:
  ApiClient(asio::io_context& context, ServerAddress address);

  asio::awaitable<Answer> ask(Credentials const& who, std::string_view method, std::string path, json::value body);
  ServerAddress const& address() const { return address_; }

 private:
  struct Connection {
    explicit Connection(asio::io_context& context) : stream(context) {}
    boost::beast::tcp_stream stream;
    boost::beast::flat_buffer buffer;
    std::chrono::steady_clock::time_point used;
  };

  /// A kept connection that is fresh enough, or a new one; null: the server is not there.
  asio::awaitable<std::unique_ptr<Connection>> connection(std::string& problem);

  asio::io_context& context_;
  ServerAddress address_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

/// Opens a connection to the server; nothing: why stands in `problem`.
asio::awaitable<bool> connect(boost::beast::tcp_stream& stream, ServerAddress const& address, std::string& problem);

}  // namespace rapport::simulation
