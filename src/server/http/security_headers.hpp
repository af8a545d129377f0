#pragma once

#include <string>
#include <string_view>

#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace rapport::server::http {

/// For a page that the server itself serves: its own scripts, styles and connections only; pictures and
/// sounds also from memory (attachments, the sound of an offer); in nobody's frame. Whoever serves a
/// page sets it as Content-Security-Policy.
inline constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// And what it may ask of the browser: an agent's microphone, and on which speaker to play.
inline constexpr std::string_view page_permissions = "microphone=(self), speaker-selection=(self), camera=(), geolocation=(), payment=(), usb=()";

/// Appends to a head under construction the headers that every answer carries unless its handler set
/// them: X-Content-Type-Options, Referrer-Policy, Content-Security-Policy (nothing may be loaded or
/// framed), Cache-Control: no-store, and Strict-Transport-Security where `secure`.
void append_security_headers(std::string& head, Response const& response, bool secure);

/// Whether a browser's request comes from a page of this very server: its Origin names the Host that
/// it asked, with the right scheme. A request without Origin does not come from another site's script
/// and passes. For cookies and WebSockets, against cross-site requests.
bool same_origin(Request const& request);

}  // namespace rapport::server::http
