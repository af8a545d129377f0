#pragma once

#include <string>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "people/accounts.hpp"
#include "people/password_links.hpp"
#include "records/store.hpp"

namespace rapport::app {

/// Who can log in to a centre that was made as an example.
struct ExampleLogin {
  std::string login;
  std::string password;
  std::string role;
};

/// Fills a store in which there is nobody yet with a small centre to try things on: a brand, two
/// queues, two skills, an administrator, a supervisor, a quality manager and three agents, each with a
/// password made at random. Nothing where somebody is set up already. Error: the store's, or a refusal.
base::Result<std::vector<ExampleLogin>> make_example_centre(records::Store& store, people::Accounts& accounts,
                                                            people::PasswordLinks& links, base::Instant now);

}  // namespace rapport::app
