#pragma once

#include <cstdint>

#include "phone/centre_side.hpp"

/// What an answer to an INVITE of ours says. Pure.
namespace rapport::phone {

/// The trunk, not the callee, is at fault: another may do better. `status` is of SIP; 0: there was no answer.
bool is_the_trunks(std::uint16_t status);

CentreSide::NotReached not_reached(std::uint16_t status);

}  // namespace rapport::phone
