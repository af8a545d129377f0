#pragma once

#include "media/frame.hpp"

namespace rapport::media {

/// Whether these 20 ms are the tones of a key (ITU-T Q.23): one of the low group and one of the high group
/// that together hold most of the sound's power, at levels that telephones have (Q.24: neither more than
/// 10 dB above the other; speech seldom looks so). Of a tone that lasts for less than the frame no word is
/// promised: whoever hides keys hides the frames beside it, too. Pure.
bool is_key_tone(Frame const& frame);

}  // namespace rapport::media
