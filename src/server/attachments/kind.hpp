#pragma once

#include <optional>
#include <string_view>

namespace rapport::server::attachments {

/// A kind of file that may be attached, known by its content alone.
struct Kind {
  std::string_view media_type;
  std::string_view extension;  ///< with its dot; what a name of this kind ends in

  bool operator==(Kind const&) const = default;
};

/// What the bytes are: pictures (PNG, JPEG, GIF, WebP), PDF, sound (MP3, Ogg, WAV), MP4, documents of
/// Office Open XML without macros, and plain text in UTF-8. Nothing for all else: HTML, SVG and other
/// markup, programs, archives, what only claims to be one of these.
std::optional<Kind> kind_of(std::string_view bytes);

}  // namespace rapport::server::attachments
