#include "embedded/openapi.hpp"

#include <boost/json.hpp>

#include "server/api/operating.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// One description of all the parts in api/: their paths, schemas and answers put together.
std::string put_together() {
  json::object whole;
  for (base::EmbeddedFile const& file : embedded::openapi) {
    json::object const part = json::parse({file.bytes.data(), file.bytes.size()}).as_object();
    for (json::key_value_pair const& field : part) {
      bool const joined = field.key() == "paths" || field.key() == "components";
      if (!joined) whole[field.key()] = field.value();
      if (field.key() == "paths") {
        json::object& paths = whole["paths"].is_object() ? whole["paths"].get_object() : whole["paths"].emplace_object();
        for (json::key_value_pair const& path : field.value().as_object()) paths[path.key()] = path.value();
      }
      if (field.key() != "components") continue;
      json::object& components = whole["components"].is_object() ? whole["components"].get_object() : whole["components"].emplace_object();
      for (json::key_value_pair const& kind : field.value().as_object()) {
        json::object& entries = components[kind.key()].is_object() ? components[kind.key()].get_object() : components[kind.key()].emplace_object();
        for (json::key_value_pair const& entry : kind.value().as_object()) entries[entry.key()] = entry.value();
      }
    }
  }
  return json::serialize(whole);
}

}  // namespace

std::string const& openapi() {
  static std::string const text = put_together();
  return text;
}

}  // namespace rapport::server::api
