#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "server/http/websocket.hpp"

/// The framing of WebSockets (RFC 6455, section 5), the server's side: pure, without a socket.
namespace rapport::server::http {

enum class Opcode : std::uint8_t { continuation = 0,
                                   text = 1,
                                   binary = 2,
                                   close = 8,
                                   ping = 9,
                                   pong = 10 };

/// The head of an unmasked, unfragmented frame.
struct FrameHead {
  std::array<char, 10> bytes{};
  std::size_t size = 0;

  std::string_view view() const { return {bytes.data(), size}; }
};
FrameHead frame_head(Opcode opcode, std::size_t payload);

/// A close frame's payload.
std::string close_payload(CloseCode code, std::string_view reason);

/// What a client's bytes mean.
struct TextMessage {
  std::string text;
};
struct PingFrame {
  std::string payload;
};
struct PongFrame {};
struct CloseFrame {
  CloseCode code = close_code::none;
  std::string reason;
};
/// The client broke the protocol: close with this code and read no further.
struct BrokenFrame {
  CloseCode code = close_code::protocol_error;
  std::string_view reason;  ///< of static storage
};
using FrameEvent = std::variant<TextMessage, PingFrame, PongFrame, CloseFrame, BrokenFrame>;

/// Puts frames together again from bytes as they come: unmasks, joins fragments, checks UTF-8, limits
/// and every rule that a client must keep. One owner.
class FrameReader {
 public:
  explicit FrameReader(std::size_t message_bytes_max) : message_bytes_max_(message_bytes_max) {}

  /// Takes bytes from the front until there is an event; nothing once all are taken. Not to be asked
  /// again after a CloseFrame or BrokenFrame.
  std::optional<FrameEvent> next(std::string_view& bytes);

 private:
  std::optional<BrokenFrame> take_head(std::string_view& bytes);
  std::optional<BrokenFrame> begin_payload();
  void take_payload(std::string_view& bytes);
  std::optional<FrameEvent> end_frame();
  FrameEvent end_close() const;
  std::size_t head_size() const;

  std::size_t const message_bytes_max_;
  std::array<std::uint8_t, 14> head_{};
  std::size_t head_taken_ = 0;
  bool in_payload_ = false;
  bool final_ = false;
  bool in_message_ = false;  ///< a text's first fragment came, its last did not
  Opcode opcode_ = Opcode::continuation;
  std::array<std::uint8_t, 4> mask_{};
  std::size_t payload_left_ = 0;
  std::size_t mask_at_ = 0;
  std::string message_;
  std::string control_;
};

/// Sec-WebSocket-Accept for a client's Sec-WebSocket-Key (RFC 6455, section 4.2.2); nothing where the
/// key is not 16 bytes in base64.
std::optional<std::string> accept_key(std::string_view key);

}  // namespace rapport::server::http
