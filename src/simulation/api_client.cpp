#include "simulation/api_client.hpp"

#include <fmt/format.h>

#include <boost/beast/http.hpp>
#include <boost/json.hpp>
#include <boost/url/parse.hpp>

#include "base/limits.hpp"
#include "simulation/awaiting.hpp"

namespace rapport::simulation {

namespace beast = boost::beast;
namespace http = boost::beast::http;

namespace {

constexpr std::chrono::seconds kept_for{20};  // below the server's limit of idle connections

Answer read(http::response<http::string_body> const& response) {
  Answer answer;
  answer.status = static_cast<int>(response.result_int());
  if (response[http::field::content_type].find("json") != std::string_view::npos) {
    boost::system::error_code broken;
    answer.body = json::parse(response.body(), broken);
    if (broken) answer.body = nullptr;
  }
  std::string_view const cookie = response[http::field::set_cookie];
  answer.cookie = cookie.substr(0, cookie.find(';'));
  if (!answer.good()) answer.problem = answer.text("code");
  return answer;
}

}  // namespace

std::string ServerAddress::text() const { return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port) : fmt::format("[{}]:{}", host, port); }

base::Result<ServerAddress> parse_server_url(std::string_view url) {
  auto const parsed = boost::urls::parse_uri(url);
  bool const fits = parsed && parsed->scheme() == "http" && !parsed->host().empty() && (parsed->path().empty() || parsed->path() == "/");
  if (!fits) return base::Error{fmt::format("found \"{}\", expected a server's address such as http://127.0.0.1:8080 (https is not spoken)", url)};
  return ServerAddress{std::string{parsed->host_address()}, parsed->has_port() ? parsed->port_number() : std::uint16_t{80}};
}

Credentials bearer(std::string_view token) { return {{"Authorization", fmt::format("Bearer {}", token)}}; }

std::string Answer::text(std::string_view member) const {
  json::object const* const object = body.if_object();
  json::value const* const found = object == nullptr ? nullptr : object->if_contains(member);
  json::string const* const value = found == nullptr ? nullptr : found->if_string();
  return value == nullptr ? std::string{} : std::string{*value};
}

asio::awaitable<bool> connect(beast::tcp_stream& stream, ServerAddress const& address, std::string& problem) {
  asio::ip::tcp::resolver resolver{stream.get_executor()};
  auto const [unknown, found] = co_await resolver.async_resolve(address.host, std::to_string(address.port), as_result);
  if (unknown) {
    problem = unknown.message();
    co_return false;
  }
  stream.expires_after(std::chrono::milliseconds{limits::client_answer_ms});
  auto const [refused, endpoint] = co_await stream.async_connect(found, as_result);
  if (refused) {
    problem = refused.message();
    co_return false;
  }
  boost::system::error_code ignored;
  stream.socket().set_option(asio::ip::tcp::no_delay{true}, ignored);
  co_return true;
}

ApiClient::ApiClient(asio::io_context& context, ServerAddress address) : context_(context), address_(std::move(address)) {}

asio::awaitable<std::unique_ptr<ApiClient::Connection>> ApiClient::connection(std::string& problem) {
  auto const now = std::chrono::steady_clock::now();
  while (!idle_.empty()) {
    std::unique_ptr<Connection> kept = std::move(idle_.back());
    idle_.pop_back();
    if (now - kept->used < kept_for) co_return kept;
  }
  auto made = std::make_unique<Connection>(context_);
  bool const open = co_await connect(made->stream, address_, problem);
  if (!open) made.reset();
  co_return made;
}

asio::awaitable<Answer> ApiClient::ask(Credentials const& who, std::string_view method, std::string path, json::value body) {
  Answer failed;
  auto used = co_await connection(failed.problem);
  if (!used) co_return failed;
  http::request<http::string_body> request{http::string_to_verb(method), path, 11};
  request.set(http::field::host, address_.text());
  for (auto const& [name, value] : who) request.set(name, value);
  if (!body.is_null()) {
    request.set(http::field::content_type, "application/json");
    request.body() = json::serialize(body);
  }
  request.prepare_payload();
  used->stream.expires_after(std::chrono::milliseconds{limits::client_answer_ms});
  auto const [unsent, sent] = co_await http::async_write(used->stream, request, as_result);
  if (unsent) {
    failed.problem = unsent.message();
    co_return failed;
  }
  http::response_parser<http::string_body> parser;
  parser.body_limit(limits::client_answer_bytes_max);
  auto const [unread, got] = co_await http::async_read(used->stream, used->buffer, parser, as_result);
  if (unread) {
    failed.problem = unread.message();
    co_return failed;
  }
  Answer answer = read(parser.get());
  if (parser.get().keep_alive()) {
    used->used = std::chrono::steady_clock::now();
    idle_.push_back(std::move(used));
  }
  co_return answer;
}

}  // namespace rapport::simulation
