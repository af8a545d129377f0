#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "routing/ids.hpp"

namespace rapport::centre {

/// How documents' names of queues and skills and the floor's numbers of them belong together. Whoever
/// owns the documents fills it in; the functions must outlive the call that they are handed to.
struct Numbering {
  std::function<std::optional<routing::SkillId>(std::string_view slug)> skill_number;
  std::function<std::optional<routing::QueueId>(std::string_view slug)> queue_number;
  /// The slug; empty where the number has none.
  std::function<std::string(routing::SkillId)> skill_slug;
  std::function<std::string(routing::QueueId)> queue_slug;
};

/// Lower-case letters, digits, `-`, `.` and `_`, at most limits::name_bytes_max, the first a letter or digit.
bool is_slug(std::string_view text);

}  // namespace rapport::centre
