#include <algorithm>
#include <array>

#include "signals/characters.hpp"
#include "signals/scanner.hpp"

/// E-mail addresses, URLs and host names, each one word.
namespace rapport::signals {
namespace {

constexpr std::size_t address_bytes_max = 254;  // RFC 5321's path; and keeps the search for one short

// Endings that are no common words; "call.me" and "tell.us" are two sentences.
constexpr auto top_level_domains = std::to_array<std::string_view>(
    {"au", "biz", "ca", "com", "de", "edu", "eu", "fr", "gov", "ie", "info", "io", "net", "nl", "nz", "org", "uk"});

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool is_local_part(char c) { return is_alnum(c) || c == '.' || c == '_' || c == '%' || c == '+' || c == '-'; }
bool is_host(char c) { return is_alnum(c) || c == '.' || c == '-'; }

template <typename Predicate>
std::size_t prefix_length(std::string_view text, Predicate belongs) {
  auto const end = std::ranges::find_if_not(text, belongs);
  return static_cast<std::size_t>(end - text.begin());
}

std::string lower(std::string_view text) {
  std::string copy{text};
  std::ranges::transform(copy, copy.begin(), lower_ascii);
  return copy;
}

/// Length without marks that end the sentence or the bracket around an address.
std::size_t trimmed(std::string_view text) {
  std::size_t const last = text.find_last_not_of(".,!?;:)]}'\"-");
  return last == std::string_view::npos ? 0 : last + 1;
}

/// Up to the first space or bracket.
std::size_t run_length(std::string_view text) {
  auto const belongs = [](char c) { return !is_space(c) && c != '<' && c != '>' && c != '"'; };
  return trimmed(text.substr(0, prefix_length(text, belongs)));
}

bool has_scheme(std::string_view text) {
  std::string const start = lower(text.substr(0, 8));
  return start.starts_with("http://") || start.starts_with("https://") || start.starts_with("ftp://");
}

std::size_t mail_length(std::string_view text, std::size_t local) {
  if (local + 1 >= text.size() || !is_alnum(text[local + 1])) return 0;
  std::string_view const host = text.substr(local + 1, address_bytes_max);
  return trimmed(text.substr(0, local + 1 + prefix_length(host, is_host)));
}

std::size_t host_length(std::string_view text) {
  std::size_t const length = trimmed(text.substr(0, prefix_length(text.substr(0, address_bytes_max), is_host)));
  std::string const host = lower(text.substr(0, length));
  std::size_t const dot = host.rfind('.');
  if (dot == std::string::npos || dot == 0 || host.find("..") != std::string::npos) return 0;
  bool const named = std::ranges::binary_search(top_level_domains, std::string_view{host}.substr(dot + 1));
  if (!named && !host.starts_with("www.")) return 0;
  bool const path = length < text.size() && (text[length] == '/' || text[length] == ':' || text[length] == '?');
  return path ? std::max(length, run_length(text)) : length;
}

std::size_t address_length(std::string_view text) {
  std::size_t const local = prefix_length(text.substr(0, address_bytes_max), is_local_part);
  if (local > 0 && local < text.size() && text[local] == '@') return mail_length(text, local);
  if (local > 0 && local < text.size() && text[local] == ':' && has_scheme(text)) return run_length(text);
  return text.substr(0, local).find('.') != std::string_view::npos ? host_length(text) : 0;
}

}  // namespace

/// Takes an address that begins at `begin`, or returns false and takes nothing.
bool Scanner::address(char const* begin) {
  std::size_t const length = address_length(rest(begin));
  if (length == 0) return false;
  emit_address(begin, begin + length);
  return true;
}

void Scanner::emit_address(char const* begin, char const* end) {
  at_ = end;
  std::string const spelling = lower({begin, static_cast<std::size_t>(end - begin)});
  std::uint64_t const hash = word_hash(spelling);
  WordTable::Entry const* const entry = table_.find(hash);
  if (entry != nullptr && entry->rewrite == 0) return push(entry->word, hash, begin, end);
  push(learn_ != nullptr ? learn_->intern(spelling) : unknown_word, hash, begin, end);
}

}  // namespace rapport::signals
