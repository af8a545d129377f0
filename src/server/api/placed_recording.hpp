#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "records/store.hpp"

namespace rapport::server::api {

/// Whether calls that we place are recorded.
enum class PlacedRecording : std::uint8_t {
  always,  ///< from their answer on
  asked,   ///< once the agent has asked them and they agreed
  never,
};

/// A brand's rule, as administrators write it: "record", "ask" or "never", and exceptions by country
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

/// What the brand says of this country; where it cannot be read, nobody is recorded unasked. Blocks.
PlacedRecording placed_recording(records::Store& store, std::string_view brand, std::string_view country);

}  // namespace rapport::server::api
