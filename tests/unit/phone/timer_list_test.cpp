#include <dlfcn.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <vector>

#include "phone/re.hpp"

extern "C" struct list* tmrl_get(void);

namespace rapport::phone {
namespace {

std::vector<std::uint64_t> times() {
  std::vector<std::uint64_t> all;
  for (le const* each = list_head(tmrl_get()); each != nullptr; each = each->next) all.push_back(static_cast<tmr const*>(each->data)->jfs);
  return all;
}

TEST(TimerList, IsInOrderWhateverIsStartedAndStoppedInIt) {
  ASSERT_EQ(libre_init(), 0);
  std::array<tmr, 200> timers{};
  for (tmr& timer : timers) tmr_init(&timer);
  std::mt19937 random{7};
  std::size_t running = 0;
  for (int step = 0; step < 5'000; ++step) {
    tmr& timer = timers[random() % timers.size()];
    running -= tmr_isrunning(&timer) ? 1U : 0U;
    std::array<std::uint64_t, 5> const delays{0, 50, 500, 32'000, random() % 40'000};
    bool const stops = random() % 4 == 0;
    tmr_start(&timer, delays[random() % delays.size()], stops ? nullptr : +[](void*) {}, nullptr);
    running += stops ? 0U : 1U;
    auto const all = times();
    ASSERT_TRUE(std::ranges::is_sorted(all));
    ASSERT_EQ(all.size(), running);
  }
  for (tmr& timer : timers) tmr_cancel(&timer);
  EXPECT_TRUE(times().empty());
  libre_close();
}

/// Otherwise ours would be called by us alone.
TEST(TimerList, TheLibraryItselfStartsTimersByOurs) {
  EXPECT_EQ(::dlsym(RTLD_DEFAULT, "tmr_start"), reinterpret_cast<void*>(&tmr_start));
  Dl_info where{};
  ASSERT_NE(::dladdr(reinterpret_cast<void*>(&tmr_start), &where), 0);
  EXPECT_EQ(std::string_view{where.dli_fname}.find("libre.so"), std::string_view::npos);
}

}  // namespace
}  // namespace rapport::phone
