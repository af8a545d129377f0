#include "server/api/brand_rules.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "server/api/document_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

void BrandRules::use(records::Document const& brand) {
  auto const body = body_of(brand);
  if (!body) return;
  Rule rule{text_or(*body, "region", {}), {}};
  json::value const* const linked = body->if_contains("linked_brands");
  if (linked != nullptr && linked->is_array()) {
    for (json::value const& name : linked->get_array()) {
      if (name.is_string()) rule.names.emplace(name.get_string());
    }
  }
  std::lock_guard const lock{mutex_};
  rules_.insert_or_assign(brand.id, std::move(rule));
  std::vector<std::vector<std::string>> groups;
  for (auto const& [one, wants] : rules_) {
    for (std::string const& other : wants.names) {
      auto const back = rules_.find(other);
      if (one < other && back != rules_.end() && back->second.names.contains(one)) groups.push_back({one, other});
    }
  }
  links_ = std::make_shared<customers::BrandLinks const>(std::move(groups));
}

std::string BrandRules::region(std::string_view brand) const {
  std::lock_guard const lock{mutex_};
  auto const found = rules_.find(brand);
  return found == rules_.end() ? std::string{} : found->second.region;
}

std::shared_ptr<customers::BrandLinks const> BrandRules::links() const {
  std::lock_guard const lock{mutex_};
  return links_;
}

bool BrandRules::within(people::BrandSet const& brands, std::string_view brand) const {
  if (brands.has(brand)) return true;
  auto const links = this->links();
  return std::ranges::any_of(brands.names, [&](std::string const& own) { return links->linked(own, brand); });
}

}  // namespace rapport::server::api
