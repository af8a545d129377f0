#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "customers/phone_number.hpp"

namespace rapport::customers {

/// What a number is that somebody wants to call, as far as libphonenumber's plans tell.
struct Callee {
  enum class Kind : std::uint8_t { ordinary,
                                   premium,   ///< costs the caller more than a call: premium rate, shared cost, personal numbers, pagers
                                   unknown,   ///< the country's plan does not know it
                                   emergency  ///< or would be answered as one
  };
  Kind kind = Kind::ordinary;
  std::string number;  ///< E.164; of emergency numbers the digits as they are dialled
  std::string region;  ///< ISO 3166-1; empty: of no country, or of emergency numbers
};

/// `region`: as of PhoneNumber::parse.
base::Result<Callee, PhoneRefusal> read_callee(std::string_view text, std::string_view region);

}  // namespace rapport::customers
