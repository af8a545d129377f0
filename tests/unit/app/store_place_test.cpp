#include "app/store_place.hpp"

#include <gtest/gtest.h>

namespace rapport::app {
namespace {

Settings at(std::string_view url, std::string_view password = {}) {
  Settings settings;
  settings.data = "/srv/centre";
  settings.store.url = base::Secret{url};
  settings.store.password.value = base::Secret{password};
  return settings;
}

TEST(StorePlace, IsTheDataFolderUnlessADatabaseIsNamed) { EXPECT_EQ(store_place(at("sqlite")), "/srv/centre"); }

TEST(StorePlace, ThePasswordOfAFileGoesIntoTheUrlWhateverItHolds) {
  EXPECT_EQ(store_place(at("postgresql://rapport@db/centre")), "postgresql://rapport@db/centre");
  EXPECT_EQ(store_place(at("postgresql://rapport@db/centre", "a&b=c/ %")), "postgresql://rapport@db/centre?password=a%26b%3Dc%2F%20%25");
  EXPECT_EQ(store_place(at("postgresql://rapport@db/centre?sslmode=require", "x")), "postgresql://rapport@db/centre?sslmode=require&password=x");
}

}  // namespace
}  // namespace rapport::app
