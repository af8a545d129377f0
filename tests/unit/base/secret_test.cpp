#include "base/secret.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <type_traits>
#include <utility>

namespace rapport::base {
namespace {

template <typename T>
concept Streamable = requires(std::ostream& out, T const& value) { out << value; };

static_assert(!fmt::is_formattable<Secret>::value);
static_assert(!Streamable<Secret>);
static_assert(!std::is_convertible_v<Secret, std::string_view>);
static_assert(!std::is_convertible_v<Secret, std::string>);
static_assert(!std::is_convertible_v<std::string, Secret>);  // becoming one is said, too

TEST(Secret, IsComparedWholly) {
  Secret const secret{"s3cret"};
  EXPECT_TRUE(secret.is("s3cret"));
  EXPECT_FALSE(secret.is("s3creT"));
  EXPECT_FALSE(secret.is("s3cre"));
  EXPECT_FALSE(secret.is(""));
  EXPECT_TRUE(Secret{}.is(""));
}

TEST(Secret, MovesAndCopiesItsBytes) {
  Secret first{"one"};
  Secret second = first;
  Secret const third = std::move(first);
  EXPECT_EQ(second.reveal(), "one");
  EXPECT_EQ(third.reveal(), "one");
  second = Secret{"two"};
  EXPECT_EQ(second.reveal(), "two");
  EXPECT_EQ(third.reveal(), "one");
  EXPECT_TRUE(Secret{}.empty());
}

}  // namespace
}  // namespace rapport::base
