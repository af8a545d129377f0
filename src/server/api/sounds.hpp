#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "media/wav.hpp"
#include "records/store.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

inline constexpr std::string_view sound_kind = "sound";

/// Recordings of the centre's own that menus play: list, upload (WAV), hear, remove. `changed` is called after
/// each change, may be empty, and must be quick.
void add_sounds(Gate& gate, std::function<void()> changed);

/// The sound of this id as callers hear it; null: there is none. Blocks.
records::Stored<std::shared_ptr<media::Announcement const>> load_sound(records::Store& store, std::string_view id);

/// The id of the sound that is played to who waits in this queue; empty: none.
std::string music_of(records::Document const& queue);

}  // namespace rapport::server::api
