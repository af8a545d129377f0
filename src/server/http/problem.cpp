#include "server/http/problem.hpp"

#include <boost/json/serialize.hpp>

namespace rapport::server::http {

Response Problem::response() const {
  boost::json::object object;
  object["type"] = code.empty() ? "about:blank" : "urn:rapport:problem:" + code;
  object["title"] = title.empty() ? std::string{reason(status)} : title;
  object["status"] = status;
  if (!code.empty()) object["code"] = code;
  if (!detail.empty()) object["detail"] = detail;
  if (!instance.empty()) object["instance"] = instance;
  for (auto const& member : members) {
    if (!object.contains(member.key())) object.emplace(member.key(), member.value());
  }
  return {status, {}, "application/problem+json", boost::json::serialize(object)};
}

}  // namespace rapport::server::http
