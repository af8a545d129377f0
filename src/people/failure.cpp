#include "people/failure.hpp"

#include "base/assert.hpp"

namespace rapport::people {

std::string_view name(Refusal refusal) {
  switch (refusal) {
    case Refusal::invalid:
      return "invalid";
    case Refusal::not_found:
      return "not_found";
    case Refusal::not_permitted:
      return "not_permitted";
    case Refusal::version_conflict:
      return "version_conflict";
    case Refusal::login_taken:
      return "login_taken";
    case Refusal::name_taken:
      return "name_taken";
    case Refusal::already_set_up:
      return "already_set_up";
    case Refusal::last_administrator:
      return "last_administrator";
    case Refusal::password_unfit:
      return "password_unfit";
    case Refusal::wrong_credentials:
      return "wrong_credentials";
    case Refusal::second_factor_needed:
      return "second_factor_needed";
    case Refusal::locked_out:
      return "locked_out";
    case Refusal::link_expired:
      return "link_expired";
    case Refusal::too_many:
      return "too_many";
    case Refusal::unauthenticated:
      return "unauthenticated";
    case Refusal::store_unavailable:
      return "store_unavailable";
    case Refusal::store_broken:
      return "store_broken";
  }
  RAPPORT_ASSERT(false);
  return {};
}

Failure failure_of(records::StoreError error) {
  switch (error) {
    case records::StoreError::conflict:
      return {Refusal::version_conflict};
    case records::StoreError::name_taken:
      return {Refusal::name_taken};
    case records::StoreError::not_found:
      return {Refusal::not_found};
    case records::StoreError::malformed:
      return {Refusal::invalid, "not UTF-8, or with a NUL"};
    case records::StoreError::too_large:
      return {Refusal::invalid, "larger than the store takes"};
    case records::StoreError::busy:
    case records::StoreError::unavailable:
      return {Refusal::store_unavailable};
    case records::StoreError::broken:
      return {Refusal::store_broken};
  }
  RAPPORT_ASSERT(false);
  return {};
}

}  // namespace rapport::people
