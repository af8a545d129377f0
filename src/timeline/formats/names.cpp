#include "timeline/formats/names.hpp"

#include <date/tz.h>

#include <algorithm>
#include <array>
#include <exception>
#include <set>
#include <string>

namespace rapport::timeline::formats {
namespace {

using domain::Role;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool digit(char c) { return c >= '0' && c <= '9'; }

/// All names of the zone data; empty where the machine has none.
std::set<std::string, std::less<>> load_zone_names() {
  std::set<std::string, std::less<>> names;
  try {
    date::tzdb const& zones = date::get_tzdb();
    for (auto const& zone : zones.zones) names.insert(zone.name());
  } catch (std::exception const&) {
    names.clear();  // no zone data on this machine: the form has to do
  }
  return names;
}

struct RoleWord {
  std::string_view word;
  Role role;
};

constexpr auto role_words = std::to_array<RoleWord>({
    {"agent", Role::agent},
    {"advisor", Role::agent},
    {"adviser", Role::agent},
    {"rep", Role::agent},
    {"representative", Role::agent},
    {"csr", Role::agent},
    {"operator", Role::agent},
    {"associate", Role::agent},
    {"employee", Role::agent},
    {"staff", Role::agent},
    {"support", Role::agent},
    {"internal", Role::agent},
    {"consultant", Role::agent},
    {"specialist", Role::agent},
    {"helpdesk", Role::agent},
    {"wizard", Role::agent},
    {"dispatcher", Role::agent},
    {"salesperson", Role::agent},
    {"customer", Role::customer},
    {"caller", Role::customer},
    {"client", Role::customer},
    {"user", Role::customer},
    {"consumer", Role::customer},
    {"external", Role::customer},
    {"contact", Role::customer},
    {"guest", Role::customer},
    {"visitor", Role::customer},
    {"member", Role::customer},
    {"patient", Role::customer},
    {"subscriber", Role::customer},
    {"enduser", Role::customer},
    {"lead", Role::customer},
    {"prospect", Role::customer},
    {"supervisor", Role::supervisor},
    {"manager", Role::supervisor},
    {"teamlead", Role::supervisor},
    {"bot", Role::bot},
    {"ivr", Role::bot},
    {"assistant", Role::bot},
    {"chatbot", Role::bot},
    {"voicebot", Role::bot},
    {"virtual", Role::bot},
    {"automated", Role::bot},
    {"system", Role::bot},
});

}  // namespace

bool is_time_zone(std::string_view name) {
  if (name == "UTC") return true;
  static std::set<std::string, std::less<>> const names = load_zone_names();
  if (!names.empty()) return names.contains(name);
  return !name.empty() && std::ranges::all_of(name, [](char c) { return is_letter(c) || digit(c) || c == '/' || c == '_' || c == '-' || c == '+'; });
}

bool is_language_tag(std::string_view text) {
  constexpr std::size_t subtag_length_max = 8;
  std::size_t length = 0;
  bool first = true;
  for (char const c : text) {
    if (c == '-') {
      if (length == 0 || (first && length < 2)) return false;
      length = 0;
      first = false;
    } else if (!(is_letter(c) || (digit(c) && !first)) || ++length > subtag_length_max) {
      return false;
    }
  }
  return length > (first ? 1U : 0U);
}

/// "Customer service", "support for customers": who serves customers is no customer.
std::optional<Role> role_of_label(std::string_view label) {
  std::optional<Role> role;
  bool serves = false;
  std::string word;
  auto const end_word = [&] {
    auto const found = std::ranges::find(role_words, word, &RoleWord::word);
    if (found != role_words.end() && (!role || found->role == Role::agent)) role = found->role;
    serves = serves || word == "service" || word == "care";
    word.clear();
  };
  for (char const c : label) {
    if (is_letter(c)) {
      word += c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
    } else {
      end_word();
    }
  }
  end_word();
  return role == Role::customer && serves ? Role::agent : role;
}

}  // namespace rapport::timeline::formats
