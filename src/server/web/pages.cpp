#include "server/web/pages.hpp"

#include <array>
#include <utility>

#include "base/hash.hpp"
#include "server/http/problem.hpp"
#include "server/http/security_headers.hpp"

namespace rapport::server::web {

namespace {

using http::Method;
using http::Request;
using http::Response;
namespace status = http::status;

std::string_view content_type(std::string_view path) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 13> types{{
      {".html", "text/html; charset=utf-8"},
      {".js", "text/javascript; charset=utf-8"},
      {".css", "text/css; charset=utf-8"},
      {".json", "application/json"},
      {".svg", "image/svg+xml"},
      {".png", "image/png"},
      {".jpg", "image/jpeg"},
      {".webp", "image/webp"},
      {".ico", "image/x-icon"},
      {".woff2", "font/woff2"},
      {".mp3", "audio/mpeg"},
      {".webmanifest", "application/manifest+json"},
      {".txt", "text/plain; charset=utf-8"},
  }};
  for (auto const& [ending, type] : types) {
    if (path.ends_with(ending)) return type;
  }
  return "application/octet-stream";
}

/// Where a built file is served; nothing for what is served nowhere.
std::string address_of(std::string_view path, Pages::Shop shop) {
  if (path == "widget/widget.js") return "/widget.js";
  if (path.starts_with("desk/")) return std::string{path.substr(4)};
  if (path.starts_with("docs/") || (path.starts_with("shop/") && shop == Pages::Shop::shown)) return "/" + std::string{path};
  return {};
}

bool takes_gzip(Request const& request) {
  auto const accepted = request.header("accept-encoding");
  return accepted && accepted->find("gzip") != std::string_view::npos && accepted->find("gzip;q=0") == std::string_view::npos;
}

/// An address that may be one of the desk's own places ("/floor", "/conversations/0198…"): no file.
bool names_a_place(std::string_view path) {
  return path.substr(path.rfind('/') + 1).find('.') == std::string_view::npos && !path.starts_with("/assets/");
}

Response no_such_page() {
  return http::Problem{status::not_found, "no_such_path", {}, "nothing is served at this address", {}, {}}.response();
}

}  // namespace

Pages::Pages(std::span<base::EmbeddedFile const> files, Shop shop) {
  for (base::EmbeddedFile const& file : files) {
    bool const compressed = file.path.ends_with(".gz");
    std::string_view const path = compressed ? file.path.substr(0, file.path.size() - 3) : file.path;
    std::string const address = address_of(path, shop);
    if (address.empty()) continue;
    File& known = files_[address];
    if (compressed) {
      known.gzipped = file.bytes;
      continue;
    }
    known.bytes = file.bytes;
    known.content_type = content_type(path);
    known.etag = '"' + base::sha256_hex(file.bytes).substr(0, 32) + '"';
    known.lasting = path.find("/assets/") != std::string_view::npos;
  }
}

Pages::File const* Pages::find(std::string_view path) const {
  if (auto const found = files_.find(path); found != files_.end()) return &found->second;
  for (std::string_view const place : {"/shop", "/docs"}) {
    if (path != place && path != std::string{place} + "/") continue;
    auto const found = files_.find(std::string{place} + "/index.html");
    return found == files_.end() ? nullptr : &found->second;
  }
  bool const elsewhere = path.starts_with("/shop/") || path.starts_with("/docs/");
  auto const desk = files_.find("/index.html");
  return desk == files_.end() || elsewhere || !names_a_place(path) ? nullptr : &desk->second;
}

Response Pages::serve(Request const& request, File const& file) const {
  bool const gzip = !file.gzipped.empty() && takes_gzip(request);
  Response response;
  response.content_type = file.content_type;
  response.with("ETag", file.etag).with("Vary", "Accept-Encoding").with("Content-Security-Policy", std::string{http::page_policy});
  response.with("Permissions-Policy", std::string{http::page_permissions});
  response.with("Cache-Control", file.lasting ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.header("if-none-match") == file.etag) {
    response.status = status::not_modified;
    return response;
  }
  if (gzip) response.with("Content-Encoding", "gzip");
  response.body = gzip ? file.gzipped : file.bytes;
  return response;
}

Response Pages::answer(Request const& request) const {
  if (request.method != Method::get && request.method != Method::head) {
    return http::Problem{status::method_not_allowed, "method_not_allowed", {}, "this address knows GET, HEAD", {}, {}}
        .response()
        .with("Allow", "GET, HEAD");
  }
  File const* const file = find(request.path);
  return file == nullptr ? no_such_page() : serve(request, *file);
}

}  // namespace rapport::server::web
