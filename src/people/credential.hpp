#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "records/document.hpp"

namespace rapport::people {

inline constexpr std::string_view credential_kind = "credential";

/// What a user proves themselves by. Apart from the user, so that nothing that shows users can show
/// it; its version changes with logins, the user's does not.
struct Credential {
  std::string user = {};
  std::string password_hash = {};  ///< empty: none set yet
  std::string totp_key = {};       ///< raw; empty: no second factor
  std::string totp_pending = {};   ///< raw; shown, not yet confirmed by a code
  std::int64_t totp_last_step = 0;
  std::vector<std::string> recovery = {};  ///< hashes of the codes not used yet
  std::int64_t version = 0;

  bool operator==(Credential const&) const = default;
};

records::PutDocument to_document(Credential const& credential, std::optional<std::int64_t> expected);
std::optional<Credential> to_credential(records::Document const& document);

}  // namespace rapport::people
