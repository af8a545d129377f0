#pragma once

#include <boost/json/object.hpp>

#include "base/result.hpp"
#include "server/api/customer_book.hpp"
#include "server/http/problem.hpp"
#include "server/http/response.hpp"

/// Customers, cases and promises as the API shows them.
namespace rapport::server::api {

/// The customer over all parts; `home` is the region by which telephone numbers are shown.
boost::json::object shown(KeptCustomer const& customer, std::string_view home);
boost::json::object shown(KeptCase const& matter);
boost::json::object shown(KeptPromise const& promise, base::Instant now);

/// The customer with active cases and promises that are owed, as an answer with its ETag. Blocks.
http::Response show_customer(CustomerBook const& book, KeptCustomer const& customer, base::Instant now, int status = http::status::ok);
/// The case with its promises, as an answer with its ETag. Blocks.
http::Response show_case(CustomerBook const& book, KeptCase const& matter, base::Instant now, int status = http::status::ok);
http::Response show_promise(KeptPromise const& promise, base::Instant now);

}  // namespace rapport::server::api
