#pragma once

#include <string_view>

/// What commands print as their result. A full disk or a closed file is found at the end, and told.
namespace rapport::app {

/// Appends to standard output, buffered. Never throws; what fails is remembered by the stream.
void print_out(std::string_view text);

/// Writes out what is buffered. `status`, or exit_some_failed with a complaint on standard error
/// where anything printed since the start could not be written.
int finish_output(int status);

}  // namespace rapport::app
