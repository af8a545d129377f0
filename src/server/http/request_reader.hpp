#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/request.hpp"

namespace rapport::server::http {

/// Why a request was refused before any handler saw it; the connection closes after the answer.
struct Refused {
  int status = 400;
  std::string_view code;  ///< the refusal's name, of static storage
};

/// Reads one HTTP/1.x request from bytes as they come, straight into its parts. It stops behind the
/// head, so that the route may set the body's limit. Limits of the head: limits.hpp. One owner.
class RequestReader : private boost::beast::http::basic_parser<true> {
  using Parser = boost::beast::http::basic_parser<true>;

 public:
  RequestReader();

  /// Takes from the front of `bytes` what it can and returns how much; the rest must come again,
  /// with more behind it. Takes nothing behind the request's end, or once it refused. Stops behind the
  /// head until read_body().
  std::size_t feed(std::string_view bytes);

  bool head_done() const { return head_done_; }
  bool done() const { return done_; }
  std::optional<Refused> const& refused() const { return refused_; }

  /// Lets the body come, up to `bytes_max`. REQUIRES: head_done() and not refused.
  void read_body(std::size_t bytes_max);

  /// The body's announced length; nothing where it is chunked or absent. REQUIRES: head_done().
  std::optional<std::uint64_t> announced() const;
  bool keep_alive() const { return Parser::keep_alive(); }
  bool expects_continue() const { return expects_continue_; }
  /// Of the request line, as written. REQUIRES: head_done().
  std::string const& method() const { return method_; }
  std::string const& target() const { return target_; }
  Fields& headers() { return headers_; }
  std::string& body() { return body_; }

 private:
  using Error = boost::beast::error_code;
  using View = boost::beast::string_view;

  void refuse(int status, std::string_view code, Error& error);
  void check_head(Error& error);
  void refuse_by(Error const& error);

  void on_request_impl(boost::beast::http::verb verb, View method, View target, int version, Error& error) override;
  void on_response_impl(int, View, int, Error&) override {}
  void on_field_impl(boost::beast::http::field field, View name, View value, Error& error) override;
  void on_header_impl(Error& error) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const& length, Error& error) override;
  std::size_t on_body_impl(View body, Error& error) override;
  void on_chunk_header_impl(std::uint64_t, View, Error&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t remain, View body, Error& error) override;
  void on_finish_impl(Error&) override { done_ = true; }

  std::string method_;
  std::string target_;
  Fields headers_;
  std::string body_;
  std::optional<Refused> refused_;
  int version_ = 11;
  bool line_seen_ = false;
  bool head_done_ = false;
  bool done_ = false;
  bool expects_continue_ = false;
};

}  // namespace rapport::server::http
