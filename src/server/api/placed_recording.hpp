#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "records/store.hpp"

namespace rapport::server::api {

/// Whether calls that we place are recorded.
enum class PlacedRecording : std::uint8_t {
  always,    ///< from their answer on
  asked,     ///< once the agent has asked them and they agreed
  prompted,  ///< once they have agreed by a key, after words that are played before the agent is joined
  never,
};

/// A brand's rule, as administrators write it: "record", "ask", "prompt" or "never", and exceptions by country
/// (ISO 3166-1), as in "record, DE ask, FR never". Empty is "record". A value.
class PlacedRecordingRule {
 public:
  /// Error: what was found, what was expected.
  static base::Result<PlacedRecordingRule> parse(std::string_view text);
  PlacedRecording of(std::string_view country) const;

 private:
  PlacedRecording otherwise_ = PlacedRecording::always;
  std::map<std::string, PlacedRecording, std::less<>> countries_;
};

/// What asks those we call, where a key answers. A value.
struct ConsentPrompt {
  std::string text;   ///< spoken; empty: words of ours in the brand's language
  std::string sound;  ///< in its place, where it is there: the id of an uploaded one
};

/// The brand's; where it cannot be read, our words. Blocks.
ConsentPrompt consent_prompt(records::Store& store, std::string_view brand);
/// The id of the sound that the brand asks by; empty: none.
std::string prompt_sound_of(records::Document const& brand);

/// What the brand says of this country; where it cannot be read, nobody is recorded unasked. Blocks.
PlacedRecording placed_recording(records::Store& store, std::string_view brand, std::string_view country);

}  // namespace rapport::server::api
