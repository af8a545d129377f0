#include "server/api/menus.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <optional>
#include <utility>

#include "base/limits.hpp"
#include "centre/menu_document.hpp"
#include "server/api/document_body.hpp"
#include "server/api/problems.hpp"
#include "server/api/resource.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

/// A body's fields without those that belong to the document.
json::object menu_fields(Body& body) {
  json::object fields = body.all();
  for (json::key_value_pair const& field : body.all()) body.ignore({field.key().data(), field.key().size()});
  for (char const* const outside : {"id", "brand", "version", "changed_at"}) fields.erase(outside);
  return fields;
}

/// That the menu's brand and queues are there, and its numbers lead to no other menu; else that is wrong in
/// the body. A problem: the store's.
std::optional<http::Problem> check(records::Store& store, Body& body, std::string const& id, std::string const& brand, centre::Menu const& menu) {
  auto const known = store.document("brand", brand);
  if (!known) return problem_of(known.error());
  if (!*known) body.wrong(fmt::format("brand: found \"{}\", expected the id of a brand", brand));
  for (auto const& [name, step] : menu.steps) {
    auto const sound = step.sound.empty() ? records::Stored<std::optional<records::Document>>{std::nullopt} : store.document("sound", step.sound);
    if (!sound) return problem_of(sound.error());
    bool const heard = step.sound.empty() || (*sound && (**sound).brand == brand);
    if (!heard) body.wrong(fmt::format("steps.{}.sound: found \"{}\"; expected a sound of the same brand", name, step.sound));
    if (step.queue.empty()) continue;
    auto const queue = store.document("queue", step.queue);
    if (!queue) return problem_of(queue.error());
    bool const theirs = *queue && (**queue).brand == brand;
    if (!theirs) body.wrong(fmt::format("steps.{}.queue: found \"{}\"; expected a queue of the same brand", name, step.queue));
  }
  for (std::string const& number : menu.numbers) {  // a call to a queue's name is that queue's
    auto const queue = store.document("queue", number);
    if (!queue) return problem_of(queue.error());
    if (*queue && (**queue).brand != brand) body.wrong(fmt::format("numbers: found \"{}\", which leads elsewhere", number));
  }
  auto const others = all_documents(store, menu_kind);
  if (!others) return problem_of(others.error());
  for (records::Document const& other : *others) {
    auto const fields = body_of(other);
    json::value const* const numbers = fields ? fields->if_contains("numbers") : nullptr;
    if (other.id == id || numbers == nullptr || !numbers->is_array()) continue;
    for (std::string const& number : menu.numbers) {
      if (std::ranges::find(numbers->get_array(), json::value(number)) != numbers->get_array().end()) body.wrong(fmt::format("numbers: found \"{}\", which leads elsewhere", number));
    }
  }
  return std::nullopt;
}

}  // namespace

records::Stored<std::vector<records::Document>> all_documents(records::Store& store, std::string_view kind) {
  std::vector<records::Document> all;
  for (;;) {
    auto page = store.documents(kind, std::nullopt, all.empty() ? std::string{} : all.back().id, limits::page_max);
    if (!page) return page.error();
    std::ranges::move(page->documents, std::back_inserter(all));
    if (!page->more) return all;
  }
}

std::string language_of(records::Document const& brand) {
  auto const fields = body_of(brand);
  return fields ? text_or(*fields, "language", "en") : std::string{"en"};
}

void add_menus(Gate& gate, std::function<void()> changed) {
  Resource menu;
  menu.kind = menu_kind;
  menu.path = "/api/v1/menus";
  menu.write = people::Permission::queues_write;
  menu.take = [&gate](Body& body, Asked const& asked, std::optional<records::Document> const& before) {
    std::string const id = before ? before->id : body.text_or("id", {});
    std::string const brand = body.text_or("brand", {});
    json::object const fields = menu_fields(body);
    if (body.problem()) return Resource::Wanted{};
    auto const read = centre::read_menu(json::value(fields), asked.now);
    if (!read) {
      body.wrong(read.error().message);
      return Resource::Wanted{};
    }
    if (auto problem = check(gate.services().store, body, id, brand, *read)) return Resource::Wanted{.body = {}, .failed = std::move(problem)};
    return Resource::Wanted{centre::menu_json(*read)};
  };
  menu.changed = [changed = std::move(changed)](records::Document const&, bool) {
    if (changed) changed();
  };
  add_resource(gate, std::move(menu));
}

}  // namespace rapport::server::api
