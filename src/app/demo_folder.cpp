#include "app/demo_folder.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <fstream>
#include <sstream>

namespace rapport::app {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;

std::string text_of(json::object const& object, std::string_view name) {
  json::value const* const found = object.if_contains(name);
  return found != nullptr && found->is_string() ? std::string{found->get_string()} : std::string{};
}

base::Result<DemoFolder> read(fs::path const& path) {
  std::ifstream stream{path};
  std::ostringstream text;
  text << stream.rdbuf();
  boost::system::error_code broken;
  json::value const parsed = json::parse(text.str(), broken);
  json::object const* const object = broken ? nullptr : parsed.if_object();
  json::value const* const logins = object == nullptr ? nullptr : object->if_contains("logins");
  if (logins == nullptr || !logins->is_array()) return base::Error{fmt::format("{}: cannot be read; expected who can log in to the demo", path.string())};
  DemoFolder folder;
  for (json::value const& one : logins->get_array()) {
    if (json::object const* const login = one.if_object()) folder.logins.push_back({text_of(*login, "login"), text_of(*login, "role"), text_of(*login, "password"), text_of(*login, "does")});
  }
  json::value const* const complete = object->if_contains("complete");
  folder.complete = complete != nullptr && complete->is_bool() && complete->get_bool();
  return folder;
}

}  // namespace

base::Result<DemoFolder> DemoFolder::find(fs::path const& data) {
  std::error_code failed;
  if (fs::exists(data / file_name, failed)) return read(data / file_name);
  bool const used = fs::exists(data, failed) && !fs::is_empty(data, failed);
  if (failed) return base::Error{fmt::format("{}: {}", data.string(), failed.message())};
  if (used) return base::Error{fmt::format("{}: is no demo's folder; expected one that `rapport demo` made, or an empty one: name it by --data", data.string())};
  return DemoFolder{new_demo_logins(), false};
}

base::Result<void> DemoFolder::write(fs::path const& data) const {
  json::array all;
  for (DemoLogin const& one : logins) all.push_back(json::object{{"login", one.login}, {"role", one.role}, {"password", one.password}, {"does", one.does}});
  json::object const body{{"logins", std::move(all)}, {"complete", complete}};
  fs::path const next = data / fmt::format("{}.new", file_name);
  std::ofstream file{next};
  file << json::serialize(body) << '\n';
  file.close();
  std::error_code failed;
  if (file) fs::rename(next, data / file_name, failed);
  if (!file || failed) return base::Error{fmt::format("{}: cannot be written", (data / file_name).string())};
  return {};
}

}  // namespace rapport::app
