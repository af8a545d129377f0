#include "app/setting_trunks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "app/setting_checks.hpp"

namespace rapport::app {
namespace {

using playbook::Node;

bool read_count(std::string_view text, std::int64_t high, std::int64_t& out) {
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && out >= 1 && out <= high;
}

bool read_flag(std::string_view text, bool& out) {
  bool const yes = text == "yes" || text == "true";
  out = yes;
  return yes || text == "no" || text == "false";
}

/// Of SIP's own letters for the user of an address.
bool is_user(std::string_view text) {
  return !text.empty() && text.size() <= 64 && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || std::string_view{"+-_.*"}.find(c) != std::string_view::npos;
  });
}

bool read_field(std::string_view key, std::string_view text, std::filesystem::path const& folder, Settings::Trunk& trunk) {
  constexpr std::int64_t calls_most = 10'000;
  if (key == "name") return is_slug(trunk.name = text);
  if (key == "host") return is_host_and_port(trunk.host = text);
  if (key == "transport") {
    trunk.transport = text;
    return text == "udp" || text == "tcp" || text == "tls";
  }
  if (key == "user") return is_user(trunk.user = text);
  if (key == "password_file") {
    trunk.password.file = (folder / text).lexically_normal();
    return is_plain_text(text);
  }
  if (key == "password") {
    trunk.password.value = base::Secret(text);
    return !text.empty();
  }
  if (key == "register") return read_flag(text, trunk.registers);
  if (key == "logs_in") return read_flag(text, trunk.logs_in);
  if (key == "refer") return read_flag(text, trunk.refer);
  if (key == "srtp") return read_flag(text, trunk.srtp);
  if (key == "queue") return is_slug(trunk.queue = text);
  if (key == "number") return is_e164(trunk.number = text);
  if (key == "calls") return read_count(text, calls_most, trunk.calls);
  if (key == "calls_per_second") return read_count(text, calls_most, trunk.calls_per_second);
  return false;
}

Node trunk_scalar(std::string_view text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  return node;
}

}  // namespace

std::optional<Settings::Trunk> read_trunk(Node const& node, std::filesystem::path const& folder) {
  if (!node.is_map()) return std::nullopt;
  Settings::Trunk trunk;
  for (playbook::Entry const& entry : node.entries) {
    if (!entry.value.is_scalar() || !read_field(entry.key.text, entry.value.text, folder, trunk)) return std::nullopt;
  }
  bool const nobody = (trunk.registers || trunk.logs_in) && trunk.user.empty();
  bool const no_secret = trunk.logs_in && trunk.password.file.empty() && trunk.password.value.empty();
  bool const both_ways = trunk.logs_in && (trunk.registers || !trunk.host.empty() || !trunk.transport.empty());
  if (trunk.name.empty() || trunk.host.empty() != trunk.logs_in || nobody || no_secret || both_ways) return std::nullopt;
  return trunk;
}

Node trunk_node(std::string_view text) {
  Node node;
  node.kind = Node::Kind::map;
  while (!text.empty()) {
    std::size_t const end = std::min(text.find(' '), text.size());
    std::string_view const field = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::size_t const equals = std::min(field.find('='), field.size());
    if (!field.empty()) node.entries.push_back({trunk_scalar(field.substr(0, equals)), trunk_scalar(field.substr(std::min(equals + 1, field.size())))});
  }
  return node;
}

namespace {

std::string trunk_in_yaml(std::string_view text) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./-";
  return text.find_first_not_of(plain) == std::string_view::npos && !text.starts_with('-') ? std::string{text} : fmt::format("\"{}\"", text);
}

}  // namespace

/// What is as it would be without is left out.
std::string show_trunks(std::vector<Settings::Trunk> const& trunks) {
  std::string out;
  Settings::Trunk const usual;
  for (Settings::Trunk const& trunk : trunks) {
    out += fmt::format("{}{{name: {}", out.empty() ? "" : ", ", trunk.name);
    if (!trunk.host.empty()) out += ", host: " + trunk_in_yaml(trunk.host);
    if (!trunk.transport.empty()) out += ", transport: " + trunk.transport;
    if (!trunk.user.empty()) out += ", user: " + trunk_in_yaml(trunk.user);
    if (!trunk.password.file.empty()) out += ", password_file: " + trunk_in_yaml(trunk.password.file.native());
    if (trunk.password.file.empty() && !trunk.password.value.empty()) out += ", password: \"(hidden)\"";
    if (trunk.registers) out += ", register: yes";
    if (trunk.logs_in) out += ", logs_in: yes";
    if (!trunk.srtp) out += ", srtp: no";
    if (trunk.refer) out += ", refer: yes";
    if (!trunk.queue.empty()) out += ", queue: " + trunk.queue;
    if (!trunk.number.empty()) out += ", number: " + trunk_in_yaml(trunk.number);
    if (trunk.calls != usual.calls) out += fmt::format(", calls: {}", trunk.calls);
    if (trunk.calls_per_second != usual.calls_per_second) out += fmt::format(", calls_per_second: {}", trunk.calls_per_second);
    out += "}";
  }
  return out.empty() ? out : "[" + out + "]";
}

}  // namespace rapport::app
