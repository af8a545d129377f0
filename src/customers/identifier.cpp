#include "customers/identifier.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/limits.hpp"
#include "customers/phone_number.hpp"

namespace rapport::customers {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  auto const first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// ASCII only: other letters have no case that all mail systems agree on.
std::string lower(std::string_view text) {
  std::string lowered{text};
  std::ranges::transform(lowered, lowered.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lowered;
}

bool is_printable(char c) { return static_cast<unsigned char>(c) > 0x20 && c != 0x7F; }

bool is_type(std::string_view type) {
  return !type.empty() && type.size() <= limits::identifier_type_bytes_max && std::ranges::all_of(type, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
  });
}

/// The address in one writing, or empty: local part and domain, neither empty, no blanks, no empty
/// label. RFC 5321, section 4.5.3.1: at most 64 and 255 bytes.
std::string email(std::string_view text) {
  constexpr std::string_view scheme = "mailto:";
  if (lower(text.substr(0, scheme.size())) == scheme) text.remove_prefix(scheme.size());
  auto const at = text.rfind('@');
  if (at == std::string_view::npos || at == 0 || at > 64) return {};
  std::string_view domain = text.substr(at + 1);
  if (domain.ends_with('.')) domain.remove_suffix(1);
  bool const has_empty_label = domain.empty() || domain.starts_with('.') || domain.ends_with('.') || domain.find("..") != std::string_view::npos;
  if (has_empty_label || domain.size() > 255 || !std::ranges::all_of(text, is_printable)) return {};
  return std::string{text.substr(0, at + 1)} + lower(domain);
}

}  // namespace

base::Result<domain::Identifier> normalised(domain::Identifier const& identifier, std::string_view region) {
  auto const refused = [&](std::string_view why) {
    return base::Error{fmt::format("identifier {} \"{}\": {}", identifier.type.substr(0, 40), identifier.value.substr(0, 80), why)};
  };
  if (!is_type(identifier.type)) return refused("the type must be a name such as tel, email, account or crm_id");
  if (identifier.value.size() > limits::identifier_bytes_max) {
    return refused(fmt::format("longer than {} bytes", limits::identifier_bytes_max));
  }
  domain::Identifier normal{identifier.type, std::string{trimmed(identifier.value)}, identifier.verified};
  if (normal.value.empty()) return refused("empty");
  if (normal.type == "tel") {
    auto const number = PhoneNumber::parse(normal.value, region);
    if (!number) return refused(describe(number.error()));
    normal.value = number->e164();
  } else if (normal.type == "email") {
    normal.value = email(normal.value);
    if (normal.value.empty()) return refused("no e-mail address; expected one such as \"pat@example.com\"");
  }
  return normal;
}

std::string match_key(domain::Identifier const& identifier) {
  std::string value = identifier.value;
  if (identifier.type == "email" || identifier.type == "account") value = lower(value);
  if (identifier.type == "account") std::erase_if(value, [](char c) { return c == ' ' || c == '-'; });
  return identifier.type + ":" + value;
}

bool BrandLinks::linked(std::string_view one, std::string_view other) const {
  if (one == other) return true;
  return std::ranges::any_of(groups_, [&](auto const& group) {
    return std::ranges::find(group, one) != group.end() && std::ranges::find(group, other) != group.end();
  });
}

std::vector<std::string> BrandLinks::within_reach(std::string_view brand) const {
  std::set<std::string> others;
  for (auto const& group : groups_) {
    if (std::ranges::find(group, brand) == group.end()) continue;
    others.insert(group.begin(), group.end());
  }
  others.erase(std::string{brand});
  std::vector<std::string> reach{std::string{brand}};
  reach.insert(reach.end(), others.begin(), others.end());
  return reach;
}

}  // namespace rapport::customers
