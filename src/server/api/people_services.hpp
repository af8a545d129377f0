#pragma once

#include "people/accounts.hpp"
#include "people/login.hpp"
#include "people/password_links.hpp"
#include "people/teams.hpp"

namespace rapport::server::api {

/// What the routes about people work with; all of it outlives them.
struct PeopleServices {
  people::Accounts& accounts;
  people::Teams& teams;
  people::Login& login;
  people::SecondFactor& second_factor;
  people::PasswordLinks& links;
};

}  // namespace rapport::server::api
