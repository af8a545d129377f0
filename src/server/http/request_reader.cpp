#include "server/http/request_reader.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "base/limits.hpp"
#include "server/http/response.hpp"
#include "server/http/text.hpp"

namespace rapport::server::http {

namespace {

using HttpError = boost::beast::http::error;

std::string lower_case(std::string_view text) {
  std::string lower{text};
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace

RequestReader::RequestReader() {
  Parser::header_limit(static_cast<std::uint32_t>(limits::http_header_bytes_max));
  Parser::body_limit(boost::none);  // the route's limit is known behind the head only
  Parser::eager(false);
}

std::size_t RequestReader::feed(std::string_view bytes) {
  std::size_t taken = 0;
  // Empty lines before a request line are passed over (RFC 9112, section 2.2).
  while (!line_seen_ && !refused_ && bytes.substr(taken).starts_with("\r\n")) taken += 2;
  // Half of such a line: the parser would take it for a method's name.
  if (!line_seen_ && bytes.substr(taken) == "\r") return taken;
  bool const body = Parser::eager();
  while (taken < bytes.size() && !refused_ && !done_ && (!head_done_ || body)) {
    Error error;
    std::size_t const step = Parser::put({bytes.data() + taken, bytes.size() - taken}, error);
    taken += step;
    if (error == HttpError::need_more) break;
    if (error) refuse_by(error);
  }
  // A chunk's head without an end: the parser itself would wait for it for ever.
  if (body && !done_ && bytes.size() - taken > limits::http_header_bytes_max) refuse_by(HttpError::bad_chunk);
  return taken;
}

void RequestReader::read_body(std::size_t bytes_max) {
  RAPPORT_ASSERT(head_done_ && !refused_);
  Error ignored;
  if (announced() && *announced() > bytes_max) return refuse(status::body_too_large, "body_too_large", ignored);
  Parser::body_limit(bytes_max);
  Parser::eager(true);
}

std::optional<std::uint64_t> RequestReader::announced() const {
  auto const length = Parser::content_length();
  if (!length) return std::nullopt;
  return *length;
}

void RequestReader::refuse(int status, std::string_view code, Error& error) {
  refused_ = Refused{status, code};
  error = HttpError::bad_value;  // stops the parser; what counts is refused_
}

void RequestReader::refuse_by(Error const& error) {
  if (refused_) return;
  Error ignored;
  if (error == HttpError::header_limit) {
    if (line_seen_) return refuse(status::headers_too_large, "headers_too_large", ignored);
    return refuse(status::target_too_long, "target_too_long", ignored);
  }
  if (error == HttpError::body_limit) return refuse(status::body_too_large, "body_too_large", ignored);
  if (error == HttpError::bad_version) return refuse(status::version_not_supported, "version_not_supported", ignored);
  refuse(status::bad_request, "bad_request", ignored);
}

void RequestReader::on_request_impl(boost::beast::http::verb, View method, View target, int version, Error& error) {
  line_seen_ = true;
  version_ = version;
  if (target.size() > limits::http_target_bytes_max) return refuse(status::target_too_long, "target_too_long", error);
  method_.assign(method.data(), method.size());
  target_.assign(target.data(), target.size());
}

void RequestReader::on_field_impl(boost::beast::http::field, View name, View value, Error& error) {
  if (head_done_) return;  // a trailer behind the chunks: nothing of ours reads one
  if (headers_.entries().size() == limits::http_headers_max)
    return refuse(status::headers_too_large, "too_many_headers", error);
  headers_.add(lower_case({name.data(), name.size()}), std::string{trimmed({value.data(), value.size()})});
}

void RequestReader::on_header_impl(Error& error) {
  head_done_ = true;
  check_head(error);
}

/// What the grammar allows and the product refuses, above all whatever could let two readers see
/// different requests in the same bytes.
void RequestReader::check_head(Error& error) {
  std::size_t const hosts = headers_.count("host");
  if (hosts > 1 || (hosts == 0 && version_ == 11)) return refuse(status::bad_request, "bad_host", error);
  std::size_t const codings = headers_.count("transfer-encoding");
  if (codings > 0) {
    if (version_ == 10) return refuse(status::bad_request, "bad_transfer_encoding", error);
    if (codings > 1 || !same_token(*headers_.find("transfer-encoding"), "chunked"))
      return refuse(status::not_implemented, "transfer_encoding_unknown", error);
  }
  std::size_t const lengths = headers_.count("content-length");
  if (lengths > 1) return refuse(status::bad_request, "bad_content_length", error);
  if (!http::parse_method(method_)) return refuse(status::not_implemented, "method_unknown", error);
  // A body that is announced by its type, but whose end nobody could tell.
  if (codings == 0 && lengths == 0 && headers_.find("content-type"))
    return refuse(status::length_required, "length_required", error);
  auto const expect = headers_.find("expect");
  expects_continue_ = version_ == 11 && expect && same_token(*expect, "100-continue");
}

void RequestReader::on_body_init_impl(boost::optional<std::uint64_t> const& length, Error&) {
  constexpr std::uint64_t reserved_max = 64U << 10U;  // the rest when it comes: a length alone costs no memory
  if (length) body_.reserve(static_cast<std::size_t>(std::min(*length, reserved_max)));
}

std::size_t RequestReader::on_body_impl(View body, Error&) {
  body_.append(body.data(), body.size());
  return body.size();
}

std::size_t RequestReader::on_chunk_body_impl(std::uint64_t, View body, Error&) {
  body_.append(body.data(), body.size());
  return body.size();
}

}  // namespace rapport::server::http
