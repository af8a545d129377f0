#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "people/accounts.hpp"
#include "people/api_tokens.hpp"
#include "people/password.hpp"
#include "records/store.hpp"
#include "simulation/phrase_book.hpp"
#include "simulation/simulation.hpp"

namespace rapport::app {

/// Somebody who can log in to a demo centre.
struct DemoLogin {
  std::string login;
  std::string role;  ///< a role's name
  std::string password;
  std::string does;  ///< what there is to do as them
};

/// The logins of a new demo centre: one of each kind, with passwords made at random.
std::vector<DemoLogin> new_demo_logins();

/// Tokens for what is done beside the simulated agents' desks.
struct DemoTelephone {
  std::string recogniser;     ///< reads interactions, adds words
  std::string administrator;  ///< makes passwords for phones; for some minutes
};

/// Makes a demo centre of the phrase book's industries, piece by piece and each only where it is missing,
/// so that one that was cut off is completed by the next run.
class DemoCentre {
 public:
  struct Parts {
    records::Store& store;
    people::Accounts& accounts;
    people::ApiTokens& tokens;
    people::HashCost cost;
    simulation::PhraseBook const& book;
  };
  explicit DemoCentre(Parts parts) : parts_(parts) {}

  /// Brands, skills, queues, canned replies, and who can log in, with these passwords.
  base::Result<void> make(std::vector<DemoLogin> const& logins, base::Instant now);

  /// The simulated agents, made where they are missing, each with a new token; those of before are ended.
  /// Some of them take calls, where there is a `telephone`.
  base::Result<std::vector<simulation::SimulatedAgent>> agents(int count, bool telephone, base::Instant now);
  /// REQUIRES: made.
  base::Result<DemoTelephone> telephone(base::Instant now);

 private:
  records::Batch configuration(base::Instant now) const;
  base::Result<people::User> person(people::NewUser user, base::Instant now);
  base::Result<void> set_password(people::User const& user, std::string const& password, base::Instant now);
  base::Result<std::string> token(people::User const& user, people::PermissionSet scopes, base::Millis life, base::Instant now);
  base::Result<void> commit(std::vector<records::Change> changes, base::Instant now);

  Parts parts_;
};

/// The preset of the standard playbook by which its brands judge.
inline constexpr std::string_view demo_preset = "service";

/// The queue of a brand's team leads.
std::string leads_queue(std::string_view brand);

}  // namespace rapport::app
