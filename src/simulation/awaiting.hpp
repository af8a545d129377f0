#pragma once
// How the simulation's coroutines wait: a failure is a value beside the result, never an exception.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rapport::simulation {

inline constexpr auto as_result = boost::asio::as_tuple(boost::asio::use_awaitable);

}  // namespace rapport::simulation
