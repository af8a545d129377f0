#pragma once

#include <cstdint>
#include <string_view>

namespace rapport::signals::detectors {

/// What a content word is compared by: the hash of its stem. 0 stands for a word without content.
using Stem = std::uint64_t;

/// The stem of a normalised lower-case English word. A light stemmer: plural, -ed, -ing and
/// -ment endings, doubled consonants and a final e go ("charges", "charged", "charging" meet;
/// so do "delivery" and "delivered"), the commonest irregular forms have their verb's stem
/// ("paid", "broken"), and a few pairs that callers and agents use for one thing share one
/// ("parcel" and "package", "wifi" and "internet"). Words with a digit in them are left whole.
Stem stem_of(std::string_view word);

}  // namespace rapport::signals::detectors
