#pragma once

#include <boost/json/object.hpp>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "records/document.hpp"
#include "records/store.hpp"
#include "server/api/body.hpp"
#include "server/api/gate.hpp"

namespace rapport::server::api {

/// What is kept as documents and edited whole: queues, teams, canned replies. Five routes: list, make,
/// read, replace, remove; with ETags, If-Match, pages, brands and audit entries, the same for all.
struct Resource {
  /// A body as somebody wants it kept.
  struct Wanted {
    boost::json::object body;          ///< as it will be kept and shown, without id and version
    std::vector<std::string> names{};  ///< unique within kind and brand
    std::vector<std::string> lookups{};
    std::string forbidden{};                ///< why the asker may not have it so: 403; empty: they may
    std::optional<http::Problem> failed{};  ///< why that cannot be said now
  };

  std::string kind;  ///< of the documents, and in the audit log: "queue"
  std::string path;  ///< "/api/v1/queues"
  people::Permission read = people::Permission::configuration_read;
  people::Permission write = people::Permission::queues_write;
  bool by_brand = true;  ///< each belongs to a brand (field "brand"), and shows only to those who see it
  bool slugs = true;     ///< its id is chosen (field "id", a slug); else a UUID is made
  std::string once{};    ///< a field that is told to whoever made it, and never again; empty: none

  /// Reads the body's fields and says what to keep; what is wrong stands in the body. Blocks.
  /// `before` is the document that is replaced.
  std::function<Wanted(Body&, Asked const&, std::optional<records::Document> const& before)> take;
  /// Whether the asker may know of it, beside what `by_brand` says. May be empty. Blocks.
  std::function<bool(Asked const&, records::Document const&)> visible{};
  /// After a change is durable; `removed`: there is no document any more. May be empty.
  std::function<void(records::Document const&, bool removed)> changed{};
  /// Why it may not be removed; nothing: it may. Error: that cannot be said now. May be empty. Blocks.
  std::function<records::Stored<std::optional<std::string>>(records::Document const&)> keeps{};
};

void add_resource(Gate& gate, Resource resource);

/// A document as the API shows it: its body with id, version and changed_at.
boost::json::object shown(records::Document const& document);

/// A slug: 1 to 64 of a–z, 0–9 and "-", beginning with a letter or digit.
bool is_slug(std::string_view text);

}  // namespace rapport::server::api
