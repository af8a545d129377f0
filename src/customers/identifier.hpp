#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/interaction.hpp"

namespace rapport::customers {

/// One writing for one handle, by its type:
/// - "tel": E.164, national writing read by `region` (see PhoneNumber);
/// - "email": without spaces around it or "mailto:", the domain in lower case;
/// - "account": without spaces around it;
/// - any other type, a name of lower-case letters, digits, '_', '-' and '.': an id of another system,
///   taken as it is, without spaces around it.
/// `verified` stays, `extra` goes: it belongs to the interaction that brought it.
/// Error: names type and value, and says what was expected.
base::Result<domain::Identifier> normalised(domain::Identifier const& identifier, std::string_view region);

/// What two identifiers must share to mean the same customer: "tel:+442079460958". E-mail addresses are
/// compared without regard to case, account numbers also without spaces and hyphens, for people write
/// them so; all else exactly. REQUIRES: normalised.
std::string match_key(domain::Identifier const& identifier);

/// Brands whose customers may be matched with each other. By default none may.
class BrandLinks {
 public:
  /// Brands of one group are linked; a brand may be in several groups, and links do not chain.
  explicit BrandLinks(std::vector<std::vector<std::string>> groups = {}) : groups_(std::move(groups)) {}

  /// True for a brand and itself.
  bool linked(std::string_view one, std::string_view other) const;
  /// The brand itself first, then all linked with it by name, each once: where to look for a customer.
  std::vector<std::string> within_reach(std::string_view brand) const;

 private:
  std::vector<std::vector<std::string>> groups_;
};

}  // namespace rapport::customers
