#include "reader_check.hpp"

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  rapport::fuzz::check_reading(data, size, "t.txt");
  return 0;
}
