#include <dlfcn.h>
#include <gtest/gtest.h>

#include <set>
#include <string_view>
#include <thread>

#include "phone/re.hpp"

namespace rapport::phone {
namespace {

TEST(RandomNumbers, AreTheLibrarysOwn) {
  EXPECT_EQ(::dlsym(RTLD_DEFAULT, "rand_u32"), reinterpret_cast<void*>(&rand_u32));
  Dl_info where{};
  ASSERT_NE(::dladdr(reinterpret_cast<void*>(&rand_u32), &where), 0);
  EXPECT_EQ(std::string_view{where.dli_fname}.find("libre.so"), std::string_view::npos);
}

TEST(RandomNumbers, AreNoneTwice) {
  std::set<std::uint64_t> numbers;
  auto const take = [&numbers] {
    for (int i = 0; i < 5'000; ++i) numbers.insert(rand_u64());
  };
  take();
  std::thread{take}.join();
  EXPECT_EQ(numbers.size(), 10'000U);
}

}  // namespace
}  // namespace rapport::phone
