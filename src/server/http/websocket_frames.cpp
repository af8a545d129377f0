#include "server/http/websocket_frames.hpp"

#include <openssl/evp.h>

#include <algorithm>
#include <utility>

#include "base/assert.hpp"
#include "server/http/utf8.hpp"

namespace rapport::server::http {

namespace {

constexpr std::size_t control_max = 125;

char byte(std::uint64_t value) { return static_cast<char>(static_cast<unsigned char>(value & 0xFFU)); }

/// Codes that may stand in a close frame (RFC 6455, section 7.4).
bool may_close_with(CloseCode code) {
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1014) || (code >= 3000 && code <= 4999);
}

bool is_control(Opcode opcode) { return static_cast<std::uint8_t>(opcode) >= 8; }

}  // namespace

FrameHead frame_head(Opcode opcode, std::size_t payload) {
  FrameHead head;
  head.bytes[0] = byte(0x80U | static_cast<std::uint8_t>(opcode));
  if (payload < 126) {
    head.bytes[1] = byte(payload);
    head.size = 2;
    return head;
  }
  std::size_t const length_bytes = payload <= 0xFFFF ? 2 : 8;
  head.bytes[1] = byte(length_bytes == 2 ? 126 : 127);
  for (std::size_t index = 0; index < length_bytes; ++index) {
    head.bytes.at(2 + index) = byte(std::uint64_t{payload} >> (8 * (length_bytes - 1 - index)));
  }
  head.size = 2 + length_bytes;
  return head;
}

std::string close_payload(CloseCode code, std::string_view reason) {
  if (code == close_code::none || code == close_code::abnormal) return {};
  std::string payload{byte(code >> 8U), byte(code)};
  return payload.append(reason);
}

std::size_t FrameReader::head_size() const {
  if (head_taken_ < 2) return 2;
  std::size_t const length = head_[1] & 0x7FU;
  return 2 + (length == 126 ? 2U : length == 127 ? 8U
                                                 : 0U) +
         4U;  // an unmasked frame is refused at its second byte
}

std::optional<BrokenFrame> FrameReader::take_head(std::string_view& bytes) {
  while (head_taken_ < head_size() && !bytes.empty()) {
    head_.at(head_taken_++) = static_cast<std::uint8_t>(bytes.front());
    bytes.remove_prefix(1);
    if (head_taken_ == 2) {
      if ((head_[0] & 0x70U) != 0) return BrokenFrame{close_code::protocol_error, "reserved bits are set"};
      if ((head_[1] & 0x80U) == 0) return BrokenFrame{close_code::protocol_error, "a client's frame must be masked"};
    }
  }
  if (head_taken_ < head_size()) return std::nullopt;
  return begin_payload();
}

std::optional<BrokenFrame> FrameReader::begin_payload() {
  std::uint64_t length = head_[1] & 0x7FU;
  std::size_t const length_bytes = length == 126 ? 2 : length == 127 ? 8
                                                                     : 0;
  if (length_bytes > 0) {
    length = 0;
    for (std::size_t index = 0; index < length_bytes; ++index) length = length << 8U | head_.at(2 + index);
    if (length < 126 || (length_bytes == 8 && length <= 0xFFFF))
      return BrokenFrame{close_code::protocol_error, "a length in more bytes than it needs"};
  }
  std::copy_n(head_.begin() + static_cast<std::ptrdiff_t>(2 + length_bytes), mask_.size(), mask_.begin());
  final_ = (head_[0] & 0x80U) != 0;
  std::uint8_t const code = head_[0] & 0x0FU;
  if ((code > 2 && code < 8) || code > 10) return BrokenFrame{close_code::protocol_error, "an unknown opcode"};
  opcode_ = static_cast<Opcode>(code);
  if (is_control(opcode_)) {
    if (!final_ || length > control_max) return BrokenFrame{close_code::protocol_error, "a fragmented or long control frame"};
  } else {
    if (opcode_ == Opcode::binary) return BrokenFrame{close_code::unsupported, "only text is understood"};
    if ((opcode_ == Opcode::continuation) != in_message_)
      return BrokenFrame{close_code::protocol_error, "a fragment out of order"};
    if (length > message_bytes_max_ - message_.size()) return BrokenFrame{close_code::too_big, "the message is too long"};
    in_message_ = true;
  }
  payload_left_ = static_cast<std::size_t>(length);
  mask_at_ = 0;
  in_payload_ = true;
  return std::nullopt;
}

void FrameReader::take_payload(std::string_view& bytes) {
  std::size_t const count = std::min(payload_left_, bytes.size());
  std::string& target = is_control(opcode_) ? control_ : message_;
  std::size_t const begin = target.size();
  target.append(bytes.substr(0, count));
  for (std::size_t index = 0; index < count; ++index) {
    char& c = target[begin + index];
    c = byte(static_cast<std::uint8_t>(c) ^ static_cast<unsigned>(mask_[(mask_at_ + index) & 3U]));
  }
  mask_at_ = (mask_at_ + count) & 3U;
  payload_left_ -= count;
  bytes.remove_prefix(count);
}

FrameEvent FrameReader::end_close() const {
  if (control_.empty()) return CloseFrame{};
  if (control_.size() == 1) return BrokenFrame{close_code::protocol_error, "a close frame with half a code"};
  auto const high = static_cast<std::uint8_t>(control_[0]);
  auto const low = static_cast<std::uint8_t>(control_[1]);
  auto const code = static_cast<CloseCode>(static_cast<unsigned>(high) << 8U | low);
  if (!may_close_with(code)) return BrokenFrame{close_code::protocol_error, "a close code that may not be sent"};
  std::string reason = control_.substr(2);
  if (!valid_utf8(reason)) return BrokenFrame{close_code::bad_text, "a close reason that is no UTF-8"};
  return CloseFrame{code, std::move(reason)};
}

std::optional<FrameEvent> FrameReader::end_frame() {
  in_payload_ = false;
  head_taken_ = 0;
  switch (opcode_) {
    case Opcode::close:
      return end_close();
    case Opcode::ping:
      return PingFrame{std::exchange(control_, {})};
    case Opcode::pong:
      control_.clear();
      return PongFrame{};
    default:
      break;
  }
  if (!final_) return std::nullopt;
  in_message_ = false;
  if (!valid_utf8(message_)) return BrokenFrame{close_code::bad_text, "the message is no UTF-8"};
  return TextMessage{std::exchange(message_, {})};
}

std::optional<FrameEvent> FrameReader::next(std::string_view& bytes) {
  while (true) {
    if (!in_payload_) {
      if (bytes.empty()) return std::nullopt;
      if (auto const broken = take_head(bytes)) return *broken;
      if (!in_payload_) return std::nullopt;
    }
    take_payload(bytes);
    if (payload_left_ > 0) return std::nullopt;
    if (auto event = end_frame()) return event;
  }
}

std::optional<std::string> accept_key(std::string_view key) {
  constexpr std::string_view guid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  bool const well_formed = key.size() == 24 && key.ends_with("==") && key[21] != '=' &&
                           key.substr(0, 22).find_first_not_of(alphabet) == std::string_view::npos;
  if (!well_formed) return std::nullopt;
  std::string const text = std::string{key}.append(guid);
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  RAPPORT_ASSERT(EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr) == 1);
  std::array<unsigned char, 64> encoded{};
  int const length = EVP_EncodeBlock(encoded.data(), digest.data(), static_cast<int>(size));
  return std::string{encoded.begin(), encoded.begin() + length};
}

}  // namespace rapport::server::http
