#pragma once

#include <optional>
#include <string>
#include <string_view>

/// SIP between a WebSocket, where a message is a frame (RFC 7118), and TCP, where it ends by its
/// Content-Length (RFC 3261, section 18.3). Pure; any thread.
namespace rapport::phone {

/// A browser's message as it goes on by TCP: with the length that its body has, and with `contact`
/// ("127.0.0.1:40000;transport=tcp") as host of its contacts, for browsers invent one that nobody can
/// reach. Nothing where it is no SIP message, or above limits::sip_message_bytes_max.
std::optional<std::string> for_stream(std::string_view message, std::string_view contact);

/// "\r\n\r\n" of a browser that asks whether we are there (RFC 5626, section 4.4.1).
bool is_keep_alive(std::string_view message);

/// Cuts a stream into messages. A value.
class SipStream {
 public:
  /// False where it is no SIP, or a message is above limits::sip_message_bytes_max: it cannot go on.
  bool put(std::string_view bytes);
  /// The next whole message; nothing: more must come.
  std::optional<std::string> next();

 private:
  std::string bytes_;
  bool broken_ = false;
};

}  // namespace rapport::phone
