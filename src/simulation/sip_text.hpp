#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// SIP as simulated callers and agents' phones write and read it (RFC 3261): what a call over UDP needs, and
/// nothing of the server's own stack, so that one is heard by the other. Pure.
namespace rapport::simulation {

struct SipText {
  std::string start;                                         ///< the first line
  std::vector<std::pair<std::string, std::string>> headers;  ///< in their order; names written in full
  std::string body;

  /// "INVITE" of a request; empty for an answer.
  std::string_view method() const;
  /// 200 of an answer; 0 for a request.
  int status() const;
  /// The first of this name, in either case; empty where there is none.
  std::string_view header(std::string_view name) const;
  void add(std::string name, std::string value) { headers.emplace_back(std::move(name), std::move(value)); }
  /// As it is sent, with its length.
  std::string text() const;
};

/// Nothing for what is no SIP.
std::optional<SipText> read_sip(std::string_view datagram);

/// `tag` of "<sip:a@b>;tag=7", `realm` of "Digest realm=\"x\", …": without quotes; empty where it is missing.
std::string_view parameter(std::string_view value, std::string_view name);
/// What stands between "sip:" and "@"; empty where there is none.
std::string_view user_of(std::string_view value);

/// The Authorization that answers a challenge (RFC 2617: MD5, qop=auth, its first use).
std::string digest_answer(std::string_view challenge, std::string_view method, std::string_view uri, std::string_view login, std::string_view password, std::string_view nonce_of_ours);

/// Where somebody takes their sound, in IPv4.
struct SoundPlace {
  std::string host;
  std::uint16_t port = 0;
};
/// Of a session description with audio in PCMU; nothing otherwise.
std::optional<SoundPlace> read_sound_place(std::string_view description);
/// PCMU, both ways.
std::string describe_sound(SoundPlace const& place);

}  // namespace rapport::simulation
