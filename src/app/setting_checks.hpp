#pragma once

#include <optional>
#include <string_view>

#include "app/settings.hpp"

/// What texts of the configuration must look like. Syntax only: none of them looks anything up.
namespace rapport::app {

/// https:// or http://, a host, perhaps a port and a path.
bool is_web_url(std::string_view text);
bool is_secure_url(std::string_view text);
/// As is_secure_url; http:// only to 127.0.0.1.
bool is_provider_url(std::string_view text);
/// smtp:// or smtps://, a host, perhaps a port.
bool is_smtp_url(std::string_view text);
/// "sqlite", or a URL of PostgreSQL.
bool is_store_url(std::string_view text);
/// An IP address, or one with the length of a network's prefix.
bool is_network(std::string_view text);
/// An IP address.
bool is_ip_address(std::string_view text);
/// An IPv4 address with its port.
bool is_address_and_port(std::string_view text);
/// "udp:", "tcp:" or "tls:" and an endpoint as parse_endpoint reads it.
bool is_sip_address(std::string_view text);
/// What ids of brands and queues look like.
bool is_slug(std::string_view text);
/// "Europe/London", "UTC".
bool is_zone_name(std::string_view text);
/// Something before an @ and a name after it; whether it exists the mail server will say.
bool is_mail_address(std::string_view text);
/// A host's name or address, perhaps with a port.
bool is_host_and_port(std::string_view text);
/// "+442079460000".
bool is_e164(std::string_view text);
/// "GB": ISO 3166-1.
bool is_country(std::string_view text);
/// "08:00-20:00": from one time of a day to a later one.
bool is_span_of_day(std::string_view text);
/// "US=America/Chicago".
bool is_country_zone(std::string_view text);
/// Not empty, no control characters.
bool is_plain_text(std::string_view text);

/// "127.0.0.1:8080", "[::1]:8080", "localhost:8080" (which is 127.0.0.1).
std::optional<Endpoint> parse_endpoint(std::string_view text);

}  // namespace rapport::app
