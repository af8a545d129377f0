#include "server/api/brand_rules.hpp"

#include <algorithm>
#include <vector>

#include "people/json_body.hpp"
#include "server/api/document_body.hpp"

namespace rapport::server::api {

void BrandRules::use(records::Document const& brand) {
  auto const body = body_of(brand);
  if (!body) return;
  auto const linked = people::texts_of(*body, "linked_brands");
  Rule rule{text_or(*body, "region", {}), text_or(*body, "caller_number", {}), {linked.begin(), linked.end()}};
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

std::string BrandRules::caller_number(std::string_view brand) const {
  std::lock_guard const lock{mutex_};
  auto const found = rules_.find(brand);
  return found == rules_.end() ? std::string{} : found->second.caller_number;
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
