#include "simulation/sip_text.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace rapport::simulation {
namespace {

constexpr std::string_view line_end = "\r\n";
constexpr std::string_view version = "SIP/2.0";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool same(std::string_view one, std::string_view other) {
  return std::ranges::equal(one, other, [](char a, char b) { return lower(a) == lower(b); });
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Takes the next line off the text.
std::string_view next_line(std::string_view& text) {
  std::size_t const end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

template <typename Number>
std::optional<Number> number_of(std::string_view digits) {
  Number number = 0;
  auto const [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (wrong != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string md5_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_md5(), nullptr);
  std::string hex;
  for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
  return hex;
}

}  // namespace

std::string_view SipText::method() const {
  if (start.starts_with(version)) return {};
  return std::string_view{start}.substr(0, start.find(' '));
}

int SipText::status() const {
  if (!start.starts_with(version) || start.size() < version.size() + 4) return 0;
  return number_of<int>(std::string_view{start}.substr(version.size() + 1, 3)).value_or(0);
}

std::string_view SipText::header(std::string_view name) const {
  auto const found = std::ranges::find_if(headers, [name](auto const& one) { return same(one.first, name); });
  return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

std::string SipText::text() const {
  std::string all = start + std::string{line_end};
  for (auto const& [name, value] : headers) all += fmt::format("{}: {}{}", name, value, line_end);
  return all + fmt::format("Content-Length: {}{}{}{}", body.size(), line_end, line_end, body);
}

std::optional<SipText> read_sip(std::string_view datagram) {
  SipText read;
  read.start = next_line(datagram);
  bool const ours = read.start.starts_with(version) || read.start.ends_with(version);
  if (!ours || read.start.find(' ') == std::string::npos) return std::nullopt;
  while (!datagram.empty()) {
    std::string_view const line = next_line(datagram);
    if (line.empty()) break;
    std::size_t const colon = line.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    read.add(std::string{trimmed(line.substr(0, colon))}, std::string{trimmed(line.substr(colon + 1))});
  }
  read.body = datagram;
  return read;
}

std::string_view parameter(std::string_view value, std::string_view name) {
  for (std::size_t at = value.find(name); at != std::string_view::npos; at = value.find(name, at + 1)) {
    bool const begins = at == 0 || std::string_view{"; ,"}.find(value[at - 1]) != std::string_view::npos;
    std::string_view found = value.substr(at + name.size());
    if (!begins || !found.starts_with('=')) continue;
    found.remove_prefix(1);
    bool const quoted = found.starts_with('"');
    if (quoted) found.remove_prefix(1);
    return found.substr(0, found.find_first_of(quoted ? "\"" : ";, >"));
  }
  return {};
}

std::string_view user_of(std::string_view value) {
  std::size_t const scheme = value.find("sip:");
  if (scheme == std::string_view::npos) return {};
  std::string_view const rest = value.substr(scheme + 4);
  std::size_t const at = rest.find_first_of("@>;");
  return at == std::string_view::npos || rest[at] != '@' ? std::string_view{} : rest.substr(0, at);
}

std::string digest_answer(std::string_view challenge, std::string_view method, std::string_view uri, std::string_view login, std::string_view password, std::string_view nonce_of_ours) {
  std::string_view const realm = parameter(challenge, "realm");
  std::string_view const nonce = parameter(challenge, "nonce");
  std::string const secret = md5_hex(fmt::format("{}:{}:{}", login, realm, password));
  std::string const asked = md5_hex(fmt::format("{}:{}", method, uri));
  std::string const answer = md5_hex(fmt::format("{}:{}:00000001:{}:auth:{}", secret, nonce, nonce_of_ours, asked));
  return fmt::format(R"(Digest username="{}", realm="{}", nonce="{}", uri="{}", qop=auth, nc=00000001, cnonce="{}", response="{}", algorithm=MD5)", login, realm, nonce, uri, nonce_of_ours,
                     answer);
}

std::optional<SoundPlace> read_sound_place(std::string_view description) {
  constexpr std::string_view host_line = "c=IN IP4 ";
  constexpr std::string_view sound_line = "m=audio ";
  SoundPlace place;
  bool speaks = false;
  while (!description.empty()) {
    std::string_view const line = next_line(description);
    if (line.starts_with(host_line)) place.host = line.substr(host_line.size());
    if (!line.starts_with(sound_line)) continue;
    std::string_view const rest = line.substr(sound_line.size());
    place.port = number_of<std::uint16_t>(rest.substr(0, rest.find(' '))).value_or(0);
    speaks = (std::string{rest} + ' ').find(" 0 ") != std::string::npos;
  }
  if (place.host.empty() || place.port == 0 || !speaks) return std::nullopt;
  return place;
}

std::string describe_sound(SoundPlace const& place) {
  return fmt::format("v=0\r\no=- 1 1 IN IP4 {0}\r\ns=-\r\nc=IN IP4 {0}\r\nt=0 0\r\nm=audio {1} RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n", place.host, place.port);
}

}  // namespace rapport::simulation
