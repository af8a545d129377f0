#pragma once

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "people/bearer_cache.hpp"
#include "people/principal.hpp"
#include "people/user.hpp"
#include "server/api/body.hpp"

/// The API's JSON of people. Nothing of it holds a secret.
namespace rapport::server::api {

boost::json::object render(people::User const& user);
boost::json::object render(people::Team const& team);
boost::json::object render(people::Principal const& principal);
/// A session or token.
boost::json::object render(people::Bearer const& bearer);

/// Lists of names; what is unknown stands in the body as wrong. "*" is every brand.
std::vector<people::Role> read_roles(Body& body);
people::BrandSet read_brands(Body& body);
people::PermissionSet read_scopes(Body& body);

}  // namespace rapport::server::api
