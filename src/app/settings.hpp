#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/secret.hpp"
#include "base/time.hpp"

namespace rapport::app {

/// An address to listen at. Port 0 lets the system choose.
struct Endpoint {
  std::string address;  ///< IPv4 or IPv6, without brackets
  std::uint16_t port = 0;

  /// "127.0.0.1:8080", "[::1]:8080".
  std::string text() const;
  bool is_loopback() const;
  bool operator==(Endpoint const&) const = default;
};

/// A secret and, where it was named by a file, that file.
struct SecretSource {
  std::filesystem::path file;
  base::Secret value;
};

/// When the server makes a certificate of its own.
enum class SelfSigned : std::uint8_t { when_needed,
                                       always,
                                       never };
enum class LogLevel : std::uint8_t { debug,
                                     info,
                                     warning,
                                     error };
/// `automatic`: text for a terminal, JSON for anything else.
enum class LogFormat : std::uint8_t { automatic,
                                      text,
                                      json };

/// What an administrator decides, one value a key of docs/configuration.md. The initialisers are the
/// defaults; app/setting.hpp says of each key what it means and allows. Spans of `kept` are 0 for
/// ever. A plain value: copied to whoever needs it, never changed while the server runs.
struct Settings {
  std::filesystem::path data;  ///< the data folder; `load` fills in the default, which depends on the user
  std::vector<Endpoint> listen{{"127.0.0.1", 8080}};
  std::string public_url;  ///< empty: derived from the request
  std::vector<std::string> trusted_proxies;
  std::string time_zone = "UTC";
  std::filesystem::path playbook;  ///< empty: the standard one
  base::Millis shutdown_limit = 30 * base::second;

  struct Store {
    base::Secret url{"sqlite"};  ///< a URL of PostgreSQL may hold a password
    SecretSource password;
  } store;

  struct Tls {
    std::filesystem::path certificate;
    std::filesystem::path key;
    SelfSigned self_signed = SelfSigned::when_needed;
  } tls;

  struct Limits {
    std::int64_t connections = 10'000;
    std::int64_t connections_per_address = 1'000;
    std::int64_t requests_per_second = 50;
    std::int64_t request_burst = 200;
    std::int64_t anonymous_requests_per_minute = 120;
    std::int64_t attachment_megabytes = 10;
  } limits;

  struct Sessions {
    base::Millis idle = 1 * base::hour;
    base::Millis absolute = 12 * base::hour;
  } sessions;

  struct Login {
    std::int64_t attempts = 5;
    base::Millis lockout = 15 * base::minute;
  } login;

  struct Oidc {
    std::string issuer;  ///< empty: no OIDC
    std::string name;    ///< of the provider, for people; empty: the issuer's host
    std::string client_id;
    SecretSource client_secret;
    std::string role_claim = "groups";
    std::map<std::string, std::string> roles;  ///< value of the claim → role
  } oidc;

  struct Log {
    LogLevel level = LogLevel::info;
    LogFormat format = LogFormat::automatic;
    std::filesystem::path file;  ///< empty: standard error
  } log;

  struct Metrics {
    SecretSource token;
  } metrics;

  struct Webhooks {
    base::Millis timeout = 10 * base::second;
    std::int64_t attempts = 10;
    base::Millis first_retry = 5 * base::second;
    base::Millis longest_retry = 1 * base::hour;
    std::vector<std::string> networks;  ///< that they may reach beside the public internet
  } webhooks;

  struct Mail {
    std::string smtp_url;  ///< empty: no mail
    std::string from;
    std::string user;
    SecretSource password;
  } mail;

  /// A line to the telephone network.
  struct Trunk {
    std::string name;
    std::string host;       ///< perhaps with a port; empty: it logs in to us
    std::string transport;  ///< udp, tcp, tls; empty: what the host's name says (NAPTR, SRV), else udp
    std::string user;
    SecretSource password;
    bool registers = false;
    bool logs_in = false;  ///< at us, as `user`
    std::string number;    ///< E.164
    std::string queue;     ///< of its calls whose number names none
    bool srtp = true;      ///< by TLS
    bool refer = false;    ///< it moves a call elsewhere where it is asked to
    std::int64_t calls = 30;
    std::int64_t calls_per_second = 5;
  };

  struct Phone {
    std::vector<std::string> sip;      ///< "udp:ADDRESS:PORT", "tcp:…", "tls:…"; empty: no phone
    std::vector<std::string> trusted;  ///< networks of trunks
    std::string external_address;      ///< empty: peers see the address that we have
    std::int64_t first_media_port = 20'000;
    std::int64_t last_media_port = 39'999;
    std::string queue;          ///< of calls that name none; empty: the first by name
    std::vector<Trunk> trunks;  ///< in the order in which calls are placed by them
    std::int64_t sound_threads = 0;
    base::Millis trunk_check = 30 * base::second;
    std::string resolver;               ///< where trunks' names are asked; empty: the system's
    std::filesystem::path authorities;  ///< of trunks' certificates, PEM; empty: the system's
    base::Millis ring_time = 40 * base::second;
    std::string region;                  ///< ISO 3166-1, of brands that name none
    std::vector<std::string> countries;  ///< that may be called; empty: the brand's own
    std::string call_hours = "08:00-20:00";
    std::vector<std::string> zones;    ///< "US=America/Chicago": instead of all of a country's
    std::string emergency = "refuse";  ///< or a trunk's name
    std::int64_t calls_per_agent_hour = 60;
    std::int64_t calls_at_once = 100;
  } phone;

  struct Retention {
    base::Millis interactions = 0;
    base::Millis webhook_failures = 30 * base::day;
  } retention;
};

}  // namespace rapport::app
