#include "app/standard_output.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "app/exit_status.hpp"

namespace rapport::app {

void print_out(std::string_view text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int finish_output(int status) {
  bool const flushed = std::fflush(stdout) == 0;  // says nothing of buffers that failed before
  if (flushed && std::ferror(stdout) == 0) return status;
  fmt::print(stderr, "standard output: not everything could be written\n");
  return exit_some_failed;
}

}  // namespace rapport::app
