#include <algorithm>
#include <array>

#include "app/setting.hpp"
#include "app/setting_checks.hpp"
#include "base/limits.hpp"
#include "base/phone_limits.hpp"

namespace rapport::app {
namespace {

using base::day;
using base::hour;
using base::minute;
using base::second;

constexpr std::array<std::string_view, 3> self_signed_words{"when-needed", "always", "never"};
constexpr std::array<std::string_view, 4> level_words{"debug", "info", "warning", "error"};
constexpr std::array<std::string_view, 3> format_words{"auto", "text", "json"};

/// A kind for an enumeration whose values stand in the order of `words`.
template <auto member>
WordKind words_of(std::span<std::string_view const> words) {
  return {words, [](Settings const& settings) { return static_cast<std::size_t>(member(const_cast<Settings&>(settings))); },
          [](Settings& settings, std::size_t index) {
            auto& value = member(settings);
            value = static_cast<std::remove_reference_t<decltype(value)>>(index);
          }};
}

constexpr auto self_signed_in = [](Settings& s) -> SelfSigned& { return s.tls.self_signed; };
constexpr auto log_level_in = [](Settings& s) -> LogLevel& { return s.log.level; };
constexpr auto log_format_in = [](Settings& s) -> LogFormat& { return s.log.format; };

Setting const table[] = {
    {"data", "The data folder: the SQLite store, in which attachments are, and the server's own key. Only one server at a time may use it.",
     "`$XDG_DATA_HOME/rapport`, or `~/.local/share/rapport`", "/var/lib/rapport",
     PathKind{[](Settings& s) -> std::filesystem::path& { return s.data; }}},
    {"listen", "Where to listen for HTTP and the feed. Port 0 lets the system choose. An address beyond loopback speaks TLS; see `tls`.", "", "",
     EndpointsKind{[](Settings& s) -> std::vector<Endpoint>& { return s.listen; }}},
    {"public_url", "The address that people type, where it differs from `listen`: behind a proxy, or by a name. Links in mails and the OIDC return address are made from it.",
     "made from each request", "https://desk.example.com",
     TextKind{[](Settings& s) -> std::string& { return s.public_url; }, is_web_url, "a URL that begins with https:// or http://, without a user or a query"}},
    {"trusted_proxies", "Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed. From anybody else they are ignored.",
     "nobody's are believed", "[10.0.0.0/8]",
     ListKind{[](Settings& s) -> std::vector<std::string>& { return s.trusted_proxies; }, is_network, "an address or a network such as 10.0.0.0/8"}},
    {"time_zone", "The time zone of brands that name none, by its IANA name. It is taken when a brand is made.", "", "Europe/London",
     TextKind{[](Settings& s) -> std::string& { return s.time_zone; }, is_zone_name, "a name such as Europe/London"}},
    {"playbook", "The folder of the playbook that new brands begin with.", "the standard playbook, built in", "/etc/rapport/playbook",
     PathKind{[](Settings& s) -> std::filesystem::path& { return s.playbook; }}},
    {"shutdown_limit", "How long stopping may take before the server leaves what is not done. What was acknowledged is safe either way.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.shutdown_limit; }, 1 * second, 10 * minute}},

    {"store.url", "`sqlite` keeps everything in the data folder; a URL of PostgreSQL 15 keeps it there.", "", "postgresql://rapport@db.example.com/rapport",
     SecretUrlKind{[](Settings& s) -> base::Secret& { return s.store.url; }}},
    {"store.password_file", "A file that holds PostgreSQL's password, so that the URL need not.", "none", "/etc/rapport/store-password",
     SecretFileKind{[](Settings& s) -> SecretSource& { return s.store.password; }}},

    {"tls.certificate", "The certificate, followed by those that sign it, in PEM.", "none", "/etc/rapport/tls.crt",
     PathKind{[](Settings& s) -> std::filesystem::path& { return s.tls.certificate; }}},
    {"tls.key", "The certificate's private key, in PEM.", "none", "/etc/rapport/tls.key",
     PathKind{[](Settings& s) -> std::filesystem::path& { return s.tls.key; }}},
    {"tls.self_signed", "Whether the server makes a certificate of its own where none is named. `when-needed`: for addresses beyond loopback. `always`: for loopback, too. `never`: plain HTTP; only behind a proxy that speaks TLS.", "", "",
     words_of<self_signed_in>(self_signed_words)},

    {"limits.connections", "Open connections in all; a feed is one for as long as its desk is open. Each needs a file descriptor.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.limits.connections; }, 16, 1'000'000}},
    {"limits.connections_per_address", "Open connections from one address. An office often shares one.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.limits.connections_per_address; }, 1, 1'000'000}},
    {"limits.requests_per_second", "Requests a second of one user or token, in the long run.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.limits.requests_per_second; }, 1, 100'000}},
    {"limits.request_burst", "Requests that one user or token may send at once before that rate holds.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.limits.request_burst; }, 1, 1'000'000}},
    {"limits.anonymous_requests_per_minute", "Requests a minute from one address without credentials.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.limits.anonymous_requests_per_minute; }, 1, 1'000'000}},
    {"limits.attachment_megabytes", "The largest attachment.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.limits.attachment_megabytes; }, 1, static_cast<std::int64_t>(limits::blob_bytes_max >> 20U)}},

    {"sessions.idle", "A session that makes no request and has no feed open for so long must log in again.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.sessions.idle; }, 1 * minute, 30 * day}},
    {"sessions.absolute", "A session must log in again after so long in any case.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.sessions.absolute; }, 5 * minute, 90 * day}},

    {"login.attempts", "Wrong passwords or codes in a row before an account must wait: 15 s at first, twice as long with each further one. An address that many share may be wrong six times as often.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.login.attempts; }, 3, 100}},
    {"login.lockout", "The longest of these waits.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.login.lockout; }, 1 * minute, 1 * day}},

    {"oidc.issuer", "The provider, by the URL below which it publishes `.well-known/openid-configuration`.", "no login by OIDC", "https://login.example.com",
     TextKind{[](Settings& s) -> std::string& { return s.oidc.issuer; }, is_provider_url, "a URL that begins with https:// (http:// to this very machine), without a user or a query"}},
    {"oidc.name", "What the button of the login calls the provider.", "the issuer's host", R"("Example Ltd")",
     TextKind{[](Settings& s) -> std::string& { return s.oidc.name; }, is_plain_text, "a text"}},
    {"oidc.client_id", "The name by which the provider knows this server.", "none", "rapport",
     TextKind{[](Settings& s) -> std::string& { return s.oidc.client_id; }, is_plain_text, "a text"}},
    {"oidc.client_secret_file", "A file that holds the secret agreed with the provider.", "none", "/etc/rapport/oidc-secret",
     SecretFileKind{[](Settings& s) -> SecretSource& { return s.oidc.client_secret; }}},
    {"oidc.role_claim", "The claim of the identity token that says what a user is.", "", "",
     TextKind{[](Settings& s) -> std::string& { return s.oidc.role_claim; }, is_plain_text, "a text"}},
    {"oidc.roles", "Which value of that claim gives which role. A user with none of them may not log in.", "nobody gets a role", "{contact-centre: agent, team-leads: supervisor}",
     RolesKind{[](Settings& s) -> std::map<std::string, std::string>& { return s.oidc.roles; }}},

    {"log.level", "The least that is written.", "", "", words_of<log_level_in>(level_words)},
    {"log.format", "`text` for people, `json` for machines: an object a line. `auto` is text on a terminal.", "", "", words_of<log_format_in>(format_words)},
    {"log.file", "A file to append to.", "standard error", "/var/log/rapport/rapport.log",
     PathKind{[](Settings& s) -> std::filesystem::path& { return s.log.file; }}},

    {"metrics.token_file", "A file that holds the token by which `/metrics`, `/health/*` and the API's description may be read from elsewhere than loopback.", "loopback only", "/etc/rapport/metrics-token",
     SecretFileKind{[](Settings& s) -> SecretSource& { return s.metrics.token; }}},

    {"webhooks.timeout", "How long a receiver may take to answer.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.webhooks.timeout; }, 1 * second, 1 * minute}},
    {"webhooks.attempts", "How often a delivery is tried before it goes to the dead-letter list.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.webhooks.attempts; }, 1, 50}},
    {"webhooks.first_retry", "The wait before the second attempt; it doubles with each further one.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.webhooks.first_retry; }, 1 * second, 1 * hour}},
    {"webhooks.longest_retry", "The longest wait between two attempts.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.webhooks.longest_retry; }, 1 * second, 1 * day}},
    {"webhooks.networks", "Networks that webhooks may reach beside the public internet: systems beside the centre. With loopback's among them, receivers on this machine may do without TLS.",
     "the public internet only", "[10.1.0.0/16]",
     ListKind{[](Settings& s) -> std::vector<std::string>& { return s.webhooks.networks; }, is_network, "an address or a network such as 10.0.0.0/8"}},

    {"mail.smtp_url", "The server that takes mail for password resets: `smtp://` with STARTTLS, or `smtps://`.", "no mail; an administrator resets passwords", "smtps://mail.example.com:465",
     TextKind{[](Settings& s) -> std::string& { return s.mail.smtp_url; }, is_smtp_url, "a URL that begins with smtp:// or smtps://, without a user"}},
    {"mail.from", "The sender of those mails.", "none", "rapport@example.com",
     TextKind{[](Settings& s) -> std::string& { return s.mail.from; }, is_mail_address, "a mail address"}},
    {"mail.user", "The user by whom to log in there.", "no login", "rapport@example.com",
     TextKind{[](Settings& s) -> std::string& { return s.mail.user; }, is_plain_text, "a text"}},
    {"mail.password_file", "A file that holds that user's password.", "none", "/etc/rapport/mail-password",
     SecretFileKind{[](Settings& s) -> SecretSource& { return s.mail.password; }}},

    {"phone.sip", "Where to speak SIP, as `udp:ADDRESS:PORT`, `tcp:ADDRESS:PORT` or `tls:ADDRESS:PORT`: trunks bring their calls there, and agents' phones log in there.",
     "no phone", R"(["udp:127.0.0.1:5060", "tcp:127.0.0.1:5060"])",
     ListKind{[](Settings& s) -> std::vector<std::string>& { return s.phone.sip; }, is_sip_address, "an address such as udp:127.0.0.1:5060"}},
    {"phone.trusted", "Networks whose calls are taken, beside loopback: trunks. Other sources that are no agent's phone get no reply at all.",
     "loopback only", "[192.0.2.0/28]",
     ListKind{[](Settings& s) -> std::vector<std::string>& { return s.phone.trusted; }, is_network, "an address or a network such as 10.0.0.0/8"}},
    {"phone.external_address", "Our IP address as those beyond a router see it that translates addresses; peers in private networks, and in those that this machine is on, are told our own.",
     "the address that we have", "198.51.100.7",
     TextKind{[](Settings& s) -> std::string& { return s.phone.external_address; }, is_ip_address, "an IP address"}},
    {"phone.first_media_port", "The first UDP port of calls' sound, an even one. A call with an agent needs four ports.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.phone.first_media_port; }, 1'024, 65'000}},
    {"phone.last_media_port", "The last of these ports.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.phone.last_media_port; }, 1'027, 65'535}},
    {"phone.sound_threads", "Threads that carry the calls' sound, each call on one of them; 0: one less than there are processors, at least one. Taken at the start.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.phone.sound_threads; }, 0, static_cast<std::int64_t>(limits::sound_threads_max)}},
    {"phone.queue", "The queue that takes calls whose number names no queue, and whose rules calls have that agents dial on their phones.", "the first queue by name", "support",
     TextKind{[](Settings& s) -> std::string& { return s.phone.queue; }, is_slug, "the id of a queue"}},
    {"phone.trunks", "Lines to the telephone network, in the order in which calls are placed by them; where one does not answer, the next one is taken. Their hosts' calls are taken, too; one that logs in has no host. In the environment: `name=carrier host=sip.example.com,name=…`.",
     "no calls are placed", R"([{name: carrier, host: sip.example.com, user: rapport, password_file: /etc/rapport/trunk-password, register: yes, number: "+442079460000"}])",
     TrunksKind{[](Settings& s) -> std::vector<Settings::Trunk>& { return s.phone.trunks; }}},
    {"phone.resolver", "The DNS server that is asked for trunks' names.", "those of /etc/resolv.conf", "192.0.2.53:53",
     TextKind{[](Settings& s) -> std::string& { return s.phone.resolver; }, is_address_and_port, "an IPv4 address with its port"}},
    {"phone.authorities", "A PEM file of those who vouch for the certificates of trunks by TLS.", "those that the system trusts", "/etc/rapport/carrier-ca.pem",
     PathKind{[](Settings& s) -> std::filesystem::path& { return s.phone.authorities; }}},
    {"phone.trunk_check", "How often each trunk is asked whether it is there. One that is down is asked as often.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.phone.trunk_check; }, 1 * second, 1 * hour}},
    {"phone.ring_time", "How long a call that we place may ring.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.phone.ring_time; }, 5 * second, 50 * second}},
    {"phone.region", "The country by which numbers are read that are written without one, where their brand names none.", "numbers must be international", "GB",
     TextKind{[](Settings& s) -> std::string& { return s.phone.region; }, is_country, "a country such as GB"}},
    {"phone.countries", "Countries that may be called.", "the brand's own, or else `phone.region`", "[GB, IE]",
     ListKind{[](Settings& s) -> std::vector<std::string>& { return s.phone.countries; }, is_country, "a country such as GB"}},
    {"phone.call_hours", "When customers may be called, by the clock where they are: in a country of several time zones, when it is so in all of them. Customers who asked to be called back are called at any time.", "", "",
     TextKind{[](Settings& s) -> std::string& { return s.phone.call_hours; }, is_span_of_day, "times of a day such as 08:00-20:00"}},
    {"phone.zones", "The time zone that holds for all of a country where calls are placed.", "all of the country's zones", R"(["US=America/Chicago"])",
     ListKind{[](Settings& s) -> std::vector<std::string>& { return s.phone.zones; }, is_country_zone, "a country and its zone such as US=America/Chicago"}},
    {"phone.emergency", "What becomes of calls to emergency numbers from the desk: `refuse`, or the trunk that takes them. What holds is logged at each start.", "", "",
     TextKind{[](Settings& s) -> std::string& { return s.phone.emergency; }, is_slug, "refuse, or the name of a trunk"}},
    {"phone.calls_per_agent_hour", "Calls that one agent may place in an hour.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.phone.calls_per_agent_hour; }, 1, 1'000}},
    {"phone.calls_at_once", "Calls placed by agents that may live at once.", "", "",
     CountKind{[](Settings& s) -> std::int64_t& { return s.phone.calls_at_once; }, 1, 10'000}},

    {"retention.interactions", "How long closed interactions are kept, from their end, with all that belongs to them: attachments, scorecards, what was flagged. A brand may say otherwise of each channel (`retention_days`).", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.retention.interactions; }, 1 * day, 36'500 * day, true}},
    {"retention.webhook_failures", "How long deliveries stay on the dead-letter list.", "", "",
     SpanKind{[](Settings& s) -> base::Millis& { return s.retention.webhook_failures; }, 1 * day, 3'650 * day, true}},
};

constexpr SettingSection sections[] = {
    {"", "The server."},
    {"store", "Where things are kept."},
    {"tls", "Encryption of connections."},
    {"limits", "What one client may ask for. Beyond it, requests are refused by name."},
    {"sessions", "How long a login lasts."},
    {"login", "Guessing passwords."},
    {"oidc", "Login by an OpenID Connect provider."},
    {"log", "What the server writes about itself. It never writes customers' words or secrets."},
    {"metrics", "Monitoring from other machines."},
    {"webhooks", "Deliveries to other systems."},
    {"mail", "Mail."},
    {"phone", "Calls, by SIP (docs/phone.md)."},
    {"retention", "How long things are kept where a brand says nothing else."},
};

}  // namespace

std::span<Setting const> settings_table() { return table; }

std::span<SettingSection const> settings_sections() { return sections; }

Setting const* find_setting(std::string_view path) {
  auto const* const found = std::find_if(std::begin(table), std::end(table), [&](Setting const& one) { return one.path == path; });
  return found == std::end(table) ? nullptr : found;
}

std::string_view section_of(std::string_view path) {
  std::size_t const dot = path.find('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(0, dot);
}

std::string_view key_of(std::string_view path) {
  std::size_t const dot = path.find('.');
  return dot == std::string_view::npos ? path : path.substr(dot + 1);
}

}  // namespace rapport::app
