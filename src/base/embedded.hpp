#pragma once

#include <string_view>

namespace rapport::base {

/// A file that was compiled into the binary (cmake/embed.cmake): its path below the embedded
/// folder, with '/' between names, and its bytes. Both live as long as the program.
struct EmbeddedFile {
  std::string_view path;
  std::string_view bytes;
};

}  // namespace rapport::base
