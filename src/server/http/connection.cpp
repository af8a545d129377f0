#include "server/http/connection.hpp"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <utility>

#include "base/limits.hpp"
#include "server/http/client_address.hpp"
#include "server/http/cross_origin.hpp"
#include "server/http/problem.hpp"
#include "server/http/response_head.hpp"
#include "server/http/target.hpp"
#include "server/http/websocket_handshake.hpp"

namespace rapport::server::http {

namespace {

constexpr std::size_t read_bytes = 8U << 10U;
constexpr std::size_t read_body_bytes = 64U << 10U;
constexpr std::size_t kept_buffer_max = 64U << 10U;
constexpr std::size_t large_body_step = 1U << 20U;  // of the memory that a large body takes as it comes
constexpr std::size_t waste_body_max = 64U << 10U;  // read for a refused request, to keep the connection
constexpr base::Millis end_ms = 2 * base::second;   // for the peer to end its side

base::Millis transfer_ms(base::Millis base_ms, std::uint64_t bytes) {
  return base_ms + static_cast<base::Millis>(bytes / (limits::http_rate_min / 1000));
}

Response problem(int status, std::string_view code, std::string detail = {}) {
  return Problem{status, std::string{code}, {}, std::move(detail), {}, {}}.response();
}

Response too_many_large() {
  return problem(status::unavailable, "too_many_large", "too much is sent and fetched at this moment").with("Retry-After", "1");
}

}  // namespace

Connection::Connection(Lane& lane, asio::ip::tcp::socket socket, std::string peer, std::shared_ptr<void> admission)
    : lane_(lane),
      service_(lane.service),
      admission_(std::move(admission)),
      peer_(std::move(peer)),
      wire_(std::make_shared<Wire>(std::move(socket), lane.service.tls.get())),
      answered_(wire_->executor()) {}

Connection::~Connection() {
  if (place_) lane_.connections.erase(*place_);
}

void Connection::limit(base::Millis milliseconds) { deadline_ = Clock::now() + std::chrono::milliseconds{milliseconds}; }

void Connection::expire() {
  no_limit();
  expired_ = true;
  wire_->cancel();
  answered_.cancel();
}

void Connection::sweep(Clock::time_point now) {
  if (websocket_) return websocket_->sweep(now);
  if (now >= deadline_) expire();
}

void Connection::drain() {
  if (idle_) expire();
}

void Connection::leave() {
  if (websocket_) websocket_->leave();
}

void Connection::cut() {
  expire();
  wire_->close();
}

asio::awaitable<void> Connection::run() {
  place_ = lane_.connections.insert(lane_.connections.end(), this);
  limit(service_.options.handshake_ms);
  IoError const failed = co_await wire_->handshake();
  if (failed || expired_) {
    service_.numbers.refused(expired_ ? "handshake_timeout" : "handshake_failed");
    co_return;
  }
  Next next = Next::request;
  while (next == Next::request) next = co_await serve_one();
  if (next == Next::drop) co_return;
  expired_ = false;
  limit(end_ms);
  co_await wire_->end();
}

void Connection::begin_request() {
  reader_.emplace();
  request_ = {};
  route_ = nullptr;
  large_body_.clear();
  crowded_out_ = false;
  head_only_ = false;
  keep_alive_ = true;
  begun_ = input_.size() > 0;
  if (input_.size() == 0 && input_.capacity() > kept_buffer_max) input_ = {};
}

asio::awaitable<Connection::Next> Connection::serve_one() {
  begin_request();
  if (!begun_ && service_.draining) co_return Next::end;
  idle_ = !begun_;
  limit(begun_ ? service_.options.header_ms : service_.options.idle_ms);
  bool const head = co_await receive(Part::head);
  idle_ = false;
  started_ = Clock::now();
  if (!head) {
    Next const refused = co_await refuse_reading();
    co_return refused;
  }
  keep_alive_ = reader_->keep_alive();
  std::optional<Response> early = judge_head();
  auto const announced = reader_->announced();
  bool const bodiless = reader_->done();
  bool const worth_reading = bodiless || (announced && *announced <= waste_body_max && !reader_->expects_continue());
  if (early && !worth_reading) {
    keep_alive_ = false;
    Next const refused = co_await respond(*std::move(early));
    co_return refused;
  }
  if (!bodiless) {
    bool const body = co_await receive_body(early ? waste_body_max : route_->options.body_bytes_max);
    if (!body) {
      Next const refused = co_await refuse_reading();
      co_return refused;
    }
  }
  started_ = Clock::now();
  if (early) {
    Next const refused = co_await respond(*std::move(early));
    co_return refused;
  }
  request_.body = std::move(reader_->body());
  Next const next = co_await have_served();
  co_return next;
}

asio::awaitable<bool> Connection::receive_body(std::size_t bytes_max) {
  reader_->read_body(bytes_max);
  if (reader_->refused()) co_return false;
  limit(transfer_ms(service_.options.body_ms, reader_->announced().value_or(bytes_max)));
  if (reader_->expects_continue() && input_.size() == 0) {
    constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    IoError const failed = co_await wire_->write(asio::buffer(go_on), {});
    if (failed) co_return false;
  }
  bool const whole = co_await receive(Part::whole);
  co_return whole;
}

/// Reads until the part is there. False where the client broke a rule (then the reader says which),
/// was too slow (expired_), has gone, or sends more than there is memory for (crowded_out_).
asio::awaitable<bool> Connection::receive(Part part) {
  std::size_t const step = part == Part::whole ? read_body_bytes : read_bytes;
  while (true) {
    asio::const_buffer const waiting = input_.data();
    input_.consume(reader_->feed({static_cast<char const*>(waiting.data()), waiting.size()}));
    if (reader_->refused()) co_return false;
    crowded_out_ = !hold_body();
    if (crowded_out_) co_return false;
    if (part == Part::whole ? reader_->done() : reader_->head_done()) co_return true;
    asio::mutable_buffer const into = input_.prepare(step);
    Transfer const got = co_await wire_->read_some(into);
    if (got.error || expired_) co_return false;
    input_.commit(got.bytes);
    if (!begun_) {
      begun_ = true;
      idle_ = false;
      limit(service_.options.header_ms);
    }
  }
}

asio::awaitable<Connection::Next> Connection::refuse_reading() {
  keep_alive_ = false;
  if (auto const refused = reader_->refused()) {
    service_.numbers.refused(refused->code);
    Next const next = co_await respond(problem(refused->status, refused->code));
    co_return next;
  }
  if (crowded_out_) {
    reader_->body() = {};
    large_body_.clear();
    Next const next = co_await respond(too_many_large());
    co_return next;
  }
  if (!expired_ || !begun_) co_return expired_ ? Next::end : Next::drop;
  expired_ = false;
  service_.numbers.refused("request_timeout");
  Next const next = co_await respond(problem(status::timed_out, "request_timeout"));
  co_return next;
}

/// Fills the request from the head; an answer where no handler is to see it.
std::optional<Response> Connection::judge_head() {
  request_id_ = lane_.ids.next(service_.options.clock());
  Method const method = parse_method(reader_->method()).value_or(Method::get);  // the reader refused others
  head_only_ = method == Method::head;
  auto target = parse_target(reader_->target());
  if (!target) {
    service_.numbers.refused("bad_target");
    return problem(status::bad_request, name(target.error()), "the request target cannot be read");
  }
  if (auto refusal = find_route(method, *target)) return refusal;
  Client client = client_of(peer_, wire_->secure(), reader_->headers(), service_.options.trusted_proxies);
  request_.method = method;
  request_.path = target->path();
  request_.route = route_->path;
  request_.query = std::move(target->query);
  request_.headers = std::move(reader_->headers());
  request_.remote_address = std::move(client.address);
  request_.secure = client.secure;
  request_.id = request_id_;
  if (route_->upgrade) {
    if (auto refusal = refuse_handshake(request_)) return refusal;
  }
  if (service_.options.gate) return service_.options.gate(request_, *route_);
  return std::nullopt;
}

std::optional<Response> Connection::find_route(Method method, Target const& target) {
  if (target.asterisk) {
    if (method != Method::options) return problem(status::bad_request, "bad_form", "\"*\" is for OPTIONS only");
    return Response::empty().with("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
  }
  Match match = service_.router.match(method, target.segments);
  if (auto* found = std::get_if<Found>(&match)) {
    route_ = found->route;
    request_.path_parameters = std::move(found->parameters);
    return std::nullopt;
  }
  if (auto const* asked = std::get_if<AskedOptions>(&match)) {
    Response options = Response::empty().with("Allow", asked->allow);
    if (asked->any_origin) permit_other_sites(options, asked->allow);
    return options;
  }
  if (auto const* other = std::get_if<NoSuchMethod>(&match)) {
    return problem(status::method_not_allowed, "method_not_allowed", "this address knows " + other->allow).with("Allow", other->allow);
  }
  return problem(status::not_found, "no_such_path", "nothing is served at this address");
}

/// A body of more than the usual size takes its memory from what all of them share, step by step as its
/// bytes come: one that is only announced takes nothing. False: none is left.
bool Connection::hold_body() {
  std::size_t const size = reader_->body().size();
  if (size <= limits::http_body_bytes_max) return true;
  while (large_body_.size() * large_body_step < size) {
    auto more = service_.large_bodies.take(large_body_step);
    if (!more) return false;
    large_body_.push_back(std::move(more));
  }
  return true;
}

void Connection::call_handler(std::shared_ptr<Exchange> const& exchange) {
  try {
    if (route_->upgrade) {
      route_->upgrade(Request{request_}, Upgrade{exchange});
    } else {
      route_->handler(std::move(request_), Reply{exchange});
    }
  } catch (std::exception const& error) {  // its Reply has answered 500 on the way
    service_.numbers.handler_failures.add();
    if (service_.options.report) service_.options.report(error.what());
  }
}

asio::awaitable<Connection::Next> Connection::have_served() {
  auto const exchange = std::make_shared<Exchange>(wire_->executor(), [this] { answered_.cancel(); });
  struct Leaving {
    Exchange& exchange;
    ~Leaving() { exchange.leave(); }
  };
  Leaving const leaving{*exchange};
  limit(route_->options.handler_ms);
  answered_.expires_at(Clock::time_point::max());
  call_handler(exchange);
  if (!exchange->ready_or_wake()) co_await answered_.async_wait(asio::as_tuple(asio::use_awaitable));
  exchange->leave();
  expired_ = false;
  if (auto accepted = exchange->take_accepted()) {
    Next const next = co_await upgrade(*std::move(accepted));
    co_return next;
  }
  auto response = exchange->take_response();
  if (!response) {
    service_.numbers.refused("handler_timeout");
    keep_alive_ = false;
    response = problem(status::unavailable, "handler_timeout", "the answer took too long").with("Retry-After", "1");
  }
  Next const next = co_await respond(*std::move(response));
  co_return next;
}

asio::awaitable<Connection::Next> Connection::respond(Response response) {
  if (service_.draining) keep_alive_ = false;
  std::shared_ptr<void> held;  // while it is written, which may take long
  if (response.body.size() > limits::http_body_bytes_max) {
    held = service_.large_answers.take(response.body.size());
    if (!held) response = too_many_large();
  }
  if (route_ != nullptr && route_->options.any_origin) show_other_sites(response);
  HeadFacts facts;
  facts.head_only = head_only_;
  facts.keep_alive = keep_alive_;
  facts.secure = wire_->secure() || request_.secure;
  facts.date = lane_.http_date_now(service_.options.clock());
  if (reader_->head_done()) facts.request_id = request_id_;
  int const status = response.status;
  std::string const head = response_head(response, facts);
  limit(transfer_ms(service_.options.write_ms, response.body.size()));
  IoError const failed = co_await wire_->write(asio::buffer(head), asio::buffer(response.body));
  auto const taken = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started_);
  service_.numbers.answered(route_, status, taken.count());
  if (expired_) service_.numbers.refused("write_timeout");
  if (failed || expired_) co_return Next::drop;
  co_return keep_alive_ ? Next::request : Next::end;
}

asio::awaitable<Connection::Next> Connection::upgrade(Exchange::Accepted accepted) {
  std::string const head = switching_head(request_, accepted.subprotocol);
  limit(service_.options.write_ms);
  IoError const failed = co_await wire_->write(asio::buffer(head), {});
  if (failed || expired_) co_return Next::drop;
  auto const taken = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - started_);
  constexpr int switching = 101;
  service_.numbers.answered(route_, switching, taken.count());
  no_limit();
  asio::const_buffer const behind = input_.data();
  std::string first{static_cast<char const*>(behind.data()), behind.size()};
  input_ = {};
  reader_.reset();
  auto const websocket = std::make_shared<WebSocketConnection>(wire_, service_, std::move(accepted.listener));
  std::string address = request_.remote_address;
  request_ = {};
  websocket_ = websocket;
  co_await websocket->run(std::move(address), std::move(first));
  websocket_.reset();
  co_return Next::end;
}

}  // namespace rapport::server::http
