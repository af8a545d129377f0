#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace rapport::app {

/// What is said to callers who wait, in one language (announcements/LANGUAGE.json).
struct WaitingWords {
  std::string next;
  std::string place;  ///< with {place}
  std::string soon;
  std::string minute;
  std::string minutes;           ///< with {minutes}
  std::string callback_offer;    ///< with {key}
  std::string callback_promise;  ///< to who is to be called back
  std::string consent;           ///< to who was called: whether they may be recorded, by key 1 or 2
  std::vector<std::string> comfort;
};

/// Error: which field, what was expected.
base::Result<WaitingWords> read_waiting_words(std::string_view json);
/// Those that belong to the binary, by language.
std::map<std::string, WaitingWords, std::less<>> const& shipped_waiting_words();
/// For a language such as en-GB: its own, its family's, else the English.
WaitingWords const& waiting_words_for(std::string_view language);

/// By which key one is called back.
std::string callback_text(WaitingWords const& words, std::string_view key);
/// What is said the `turn`th time, from 0: place and expected wait, and every other time a comfort message.
/// `position`: 1 is next. An expected wait of more than an hour is not told.
std::string waiting_text(WaitingWords const& words, std::size_t position, std::optional<base::Millis> estimate_ms, std::size_t turn);

}  // namespace rapport::app
