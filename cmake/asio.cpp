// Asio and Beast compiled once, for every room that speaks to a network (rapport_asio).
#include <boost/asio/impl/src.hpp>
#include <boost/asio/ssl/impl/src.hpp>
#include <boost/beast/src.hpp>
