#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "app/setting.hpp"
#include "app/setting_checks.hpp"
#include "app/setting_trunks.hpp"
#include "base/limits.hpp"
#include "base/nearest.hpp"
#include "base/phone_limits.hpp"
#include "playbook/quantity.hpp"
#include "playbook/values.hpp"

namespace rapport::app {
namespace {

using playbook::Node;
namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> role_words{"agent", "supervisor", "quality", "trainer", "analyst", "administrator"};
constexpr base::Millis days_max = 36'500;
constexpr std::string_view forever = "forever";

template <typename... Ts>
struct Cases : Ts... {
  using Ts::operator()...;
};
template <typename... Ts>
Cases(Ts...) -> Cases<Ts...>;

/// In the largest unit that leaves no fraction.
std::string write_span(base::Millis span) {
  constexpr std::array<std::pair<std::string_view, base::Millis>, 4> units{{{"d", base::day}, {"h", base::hour}, {"min", base::minute}, {"s", base::second}}};
  for (auto const& [unit, millis] : units) {
    if (span != 0 && span % millis == 0) return fmt::format("{} {}", span / millis, unit);
  }
  return fmt::format("{} ms", span);
}

/// A span as a playbook writes it, or in days.
std::optional<base::Millis> parse_span(std::string_view text) {
  auto const quantity = playbook::parse_quantity(text);
  if (!quantity) return std::nullopt;
  if (quantity->unit != "d") return playbook::to_millis(*quantity);
  if (quantity->thousandths < 0 || quantity->thousandths > days_max * 1'000) return std::nullopt;
  return quantity->thousandths * (base::day / 1'000);
}

/// The texts of a list, or the single text itself; nothing if there is anything else among them.
std::optional<std::vector<std::string>> texts_of(Node const& value) {
  if (value.is_scalar()) return std::vector{value.text};
  if (!value.is_sequence() || value.items.size() > limits::settings_list_max) return std::nullopt;
  std::vector<std::string> texts;
  for (Node const& item : value.items) {
    if (!item.is_scalar()) return std::nullopt;
    texts.push_back(item.text);
  }
  return texts;
}

/// Takes one value. Each overload returns whether the value was one of its kind.
class Assigner {
 public:
  Assigner(Node const& value, fs::path const& folder, Settings& settings) : value_(value), folder_(folder), settings_(settings) {}

  bool operator()(CountKind const& kind) const {
    std::int64_t number = 0;
    char const* const end = value_.text.data() + value_.text.size();
    auto const [stop, error] = std::from_chars(value_.text.data(), end, number);
    if (!value_.is_scalar() || error != std::errc() || stop != end || number < kind.low || number > kind.high) return false;
    kind.in(settings_) = number;
    return true;
  }

  bool operator()(SpanKind const& kind) const {
    if (!value_.is_scalar()) return false;
    bool const lasts = kind.may_last && value_.text == forever;
    auto const span = lasts ? std::optional<base::Millis>(0) : parse_span(value_.text);
    if (!span || (!lasts && (*span < kind.low || *span > kind.high))) return false;
    kind.in(settings_) = *span;
    return true;
  }

  bool operator()(WordKind const& kind) const {
    auto const word = std::find(kind.words.begin(), kind.words.end(), value_.text);
    if (!value_.is_scalar() || word == kind.words.end()) return false;
    kind.set(settings_, static_cast<std::size_t>(word - kind.words.begin()));
    return true;
  }

  bool operator()(TextKind const& kind) const {
    if (!value_.is_scalar() || !kind.good(value_.text)) return false;
    kind.in(settings_) = value_.text;
    return true;
  }

  bool operator()(ListKind const& kind) const {
    auto texts = texts_of(value_);
    if (!texts || !std::all_of(texts->begin(), texts->end(), kind.good)) return false;
    kind.in(settings_) = std::move(*texts);
    return true;
  }

  bool operator()(PathKind const& kind) const {
    auto path = read_path();
    if (path) kind.in(settings_) = std::move(*path);
    return path.has_value();
  }

  bool operator()(EndpointsKind const& kind) const {
    auto const texts = texts_of(value_);
    if (!texts || texts->empty()) return false;
    std::vector<Endpoint> endpoints;
    for (std::string const& text : *texts) {
      auto endpoint = parse_endpoint(text);
      if (!endpoint) return false;
      endpoints.push_back(std::move(*endpoint));
    }
    kind.in(settings_) = std::move(endpoints);
    return true;
  }

  bool operator()(RolesKind const& kind) const {
    if (!value_.is_map() || value_.entries.size() > limits::settings_list_max) return false;
    std::map<std::string, std::string> roles;
    for (playbook::Entry const& entry : value_.entries) {
      bool const known = std::find(role_words.begin(), role_words.end(), entry.value.text) != role_words.end();
      if (!entry.value.is_scalar() || !known || !is_plain_text(entry.key.text)) return false;
      roles[entry.key.text] = entry.value.text;
    }
    kind.in(settings_) = std::move(roles);
    return true;
  }

  bool operator()(TrunksKind const& kind) const {
    if (value_.is_map()) return take_trunks(kind, {&value_, 1});
    return value_.is_sequence() && take_trunks(kind, value_.items);
  }

  bool operator()(SecretFileKind const& kind) const {
    auto path = read_path();
    if (path) kind.in(settings_) = {std::move(*path), {}};
    return path.has_value();
  }

  bool operator()(SecretUrlKind const& kind) const {
    if (!value_.is_scalar() || !is_store_url(value_.text)) return false;
    kind.in(settings_) = base::Secret(value_.text);
    return true;
  }

 private:
  bool take_trunks(TrunksKind const& kind, std::span<Node const> nodes) const {
    if (nodes.size() > limits::trunks_max) return false;
    std::vector<Settings::Trunk> trunks;
    for (Node const& node : nodes) {
      auto trunk = read_trunk(node, folder_);
      if (!trunk || std::ranges::find(trunks, trunk->name, &Settings::Trunk::name) != trunks.end()) return false;
      trunks.push_back(std::move(*trunk));
    }
    kind.in(settings_) = std::move(trunks);
    return true;
  }

  std::optional<fs::path> read_path() const {
    if (!value_.is_scalar() || !is_plain_text(value_.text)) return std::nullopt;
    return (folder_ / value_.text).lexically_normal();  // an absolute path stands for itself
  }

  Node const& value_;
  fs::path const& folder_;
  Settings& settings_;
};

/// Where a value of a list or map is wrong, that value alone; else the whole.
Node const& culprit(Setting const& setting, Node const& value) {
  Settings scratch;
  if (value.is_sequence() && value.items.size() <= limits::settings_list_max) {
    for (Node const& item : value.items) {
      bool const of_map = item.is_map() && std::holds_alternative<TrunksKind>(setting.kind);
      if (!(item.is_scalar() || of_map) || !std::visit(Assigner(item, fs::path(), scratch), setting.kind)) return item;
    }
  }
  if (value.is_map() && std::holds_alternative<RolesKind>(setting.kind)) {
    for (playbook::Entry const& entry : value.entries) {
      bool const known = std::find(role_words.begin(), role_words.end(), entry.value.text) != role_words.end();
      if (!entry.value.is_scalar() || !known) return entry.value;
    }
  }
  return value;  // NOLINT(bugprone-return-const-ref-from-parameter): of the file that was read, which outlives this
}

/// Text in a form that YAML reads back as the same text, `listed` among others of a list or map.
std::string in_yaml(std::string_view text, bool listed = false) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./@-+:";
  bool const known = text.find_first_not_of(letters) == std::string_view::npos && !(listed && text.find(':') != std::string_view::npos);
  bool const plain = known && !text.empty() && std::string_view("-@:").find(text.front()) == std::string_view::npos && text.back() != ':';
  if (plain) return std::string(text);
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string list_of(std::vector<std::string> const& texts) {
  std::string out;
  for (std::string const& text : texts) out += (out.empty() ? "" : ", ") + in_yaml(text, true);
  return texts.empty() ? "" : "[" + out + "]";
}

Node scalar(std::string_view text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.text = text;
  return node;
}

/// The parts between commas, without blanks around them.
std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    std::size_t const comma = std::min(text.find(','), text.size());
    std::string_view part = text.substr(0, comma);
    text.remove_prefix(std::min(comma + 1, text.size()));
    std::size_t const first = part.find_first_not_of(' ');
    if (first != std::string_view::npos) parts.push_back(part.substr(first, part.find_last_not_of(' ') - first + 1));
  }
  return parts;
}

}  // namespace

std::string expected_of(Setting const& setting) {
  return std::visit(Cases{
                        [](CountKind const& kind) { return fmt::format("a whole number from {} to {}", kind.low, kind.high); },
                        [](SpanKind const& kind) {
                          return fmt::format("a time from {} to {} in ms, s, min, h or d{}", write_span(kind.low), write_span(kind.high), kind.may_last ? ", or forever" : "");
                        },
                        [](WordKind const& kind) { return playbook::listed(kind.words, "or"); },
                        [](TextKind const& kind) { return std::string(kind.expected); },
                        [](ListKind const& kind) { return fmt::format("{}, or a list of them", kind.expected); },
                        [](PathKind const&) { return std::string("a path"); },
                        [](EndpointsKind const&) { return std::string("ADDRESS:PORT such as 127.0.0.1:8080 or [::]:443, or a list of them"); },
                        [](RolesKind const&) { return fmt::format("a map from values to one of {}", playbook::listed(role_words, "or")); },
                        [](TrunksKind const&) { return std::string(trunks_expected); },
                        [](SecretFileKind const&) { return std::string("the path of a file"); },
                        [](SecretUrlKind const&) { return std::string("sqlite, or a URL that begins with postgresql://"); },
                    },
                    setting.kind);
}

std::optional<WrongValue> assign(Setting const& setting, Node const& value, fs::path const& folder, Settings& settings) {
  if (std::visit(Assigner(value, folder, settings), setting.kind)) return std::nullopt;
  if (std::holds_alternative<SecretUrlKind>(setting.kind)) {  // what was found may hold a password
    return WrongValue{&value, fmt::format("the value of \"{}\" is none; expected {}", setting.path, expected_of(setting))};
  }
  auto const* const words = std::get_if<WordKind>(&setting.kind);
  auto const near = words != nullptr && value.is_scalar() ? base::nearest(value.text, words->words) : std::nullopt;
  Node const& wrong = culprit(setting, value);
  std::string message = fmt::format("{} for \"{}\"; expected {}", playbook::found(wrong), setting.path, expected_of(setting));
  if (near) message += fmt::format("; did you mean \"{}\"?", *near);
  return WrongValue{&wrong, std::move(message)};
}

std::optional<std::string> assign_text(Setting const& setting, std::string_view text, Settings& settings) {
  Node value = scalar(text);
  if (std::holds_alternative<ListKind>(setting.kind) || std::holds_alternative<EndpointsKind>(setting.kind)) {
    value.kind = Node::Kind::sequence;
    for (std::string_view const part : split(text)) value.items.push_back(scalar(part));
  }
  if (std::holds_alternative<TrunksKind>(setting.kind)) {
    value.kind = Node::Kind::sequence;
    for (std::string_view const part : split(text)) value.items.push_back(trunk_node(part));
  }
  if (std::holds_alternative<RolesKind>(setting.kind)) {
    value.kind = Node::Kind::map;
    for (std::string_view const part : split(text)) {
      std::size_t const equals = std::min(part.rfind('='), part.size());
      value.entries.push_back({scalar(part.substr(0, equals)), scalar(part.substr(std::min(equals + 1, part.size())))});
    }
  }
  auto wrong = assign(setting, value, fs::path(), settings);
  return wrong ? std::optional(std::move(wrong->message)) : std::nullopt;
}

std::string show(Setting const& setting, Settings const& settings) {
  auto& from = const_cast<Settings&>(settings);  // an accessor only says where the value stands
  return std::visit(Cases{
                        [&](CountKind const& kind) { return fmt::format("{}", kind.in(from)); },
                        [&](SpanKind const& kind) { return kind.may_last && kind.in(from) == 0 ? std::string(forever) : write_span(kind.in(from)); },
                        [&](WordKind const& kind) { return std::string(kind.words[kind.get(from)]); },
                        [&](TextKind const& kind) { return kind.in(from).empty() ? std::string() : in_yaml(kind.in(from)); },
                        [&](ListKind const& kind) { return list_of(kind.in(from)); },
                        [&](PathKind const& kind) { return kind.in(from).empty() ? std::string() : in_yaml(kind.in(from).native()); },
                        [&](EndpointsKind const& kind) {
                          std::vector<std::string> texts;
                          for (Endpoint const& endpoint : kind.in(from)) texts.push_back(endpoint.text());
                          return list_of(texts);
                        },
                        [&](RolesKind const& kind) {
                          std::string out;
                          for (auto const& [value, role] : kind.in(from)) out += (out.empty() ? "" : ", ") + in_yaml(value, true) + ": " + role;
                          return out.empty() ? out : "{" + out + "}";
                        },
                        [&](TrunksKind const& kind) { return show_trunks(kind.in(from)); },
                        [&](SecretFileKind const& kind) {
                          SecretSource const& source = kind.in(from);
                          if (!source.file.empty()) return in_yaml(source.file.native());
                          return std::string(source.value.empty() ? "" : "(hidden)");
                        },
                        [&](SecretUrlKind const& kind) { return in_yaml(without_password(kind.in(from).reveal())); },
                    },
                    setting.kind);
}

}  // namespace rapport::app
