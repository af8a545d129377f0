#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>

#include "customers/identifier.hpp"
#include "people/brands.hpp"
#include "records/document.hpp"

namespace rapport::server::api {

/// What the brands' documents say of their customers: how telephone numbers are read, and which brands
/// share them. Two brands are linked while each names the other, so that nobody who may change one brand
/// alone reaches into another. Any thread.
class BrandRules {
 public:
  /// Takes up a brand's document, new or changed.
  void use(records::Document const& brand);

  /// ISO 3166-1; empty: numbers must be international.
  std::string region(std::string_view brand) const;
  /// That callees of the brand see, E.164; empty: the trunk's.
  std::string caller_number(std::string_view brand) const;
  std::shared_ptr<customers::BrandLinks const> links() const;
  /// Whether who works for these brands may know customers of that one.
  bool within(people::BrandSet const& brands, std::string_view brand) const;

 private:
  struct Rule {
    std::string region;
    std::string caller_number;
    std::set<std::string, std::less<>> names;  ///< brands that it wants to be linked with
  };

  mutable std::mutex mutex_;
  std::map<std::string, Rule, std::less<>> rules_;
  std::shared_ptr<customers::BrandLinks const> links_ = std::make_shared<customers::BrandLinks>();
};

}  // namespace rapport::server::api
