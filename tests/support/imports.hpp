#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "timeline/formats/reader.hpp"

/// Reading of whole files and texts in tests.
namespace rapport::test {

/// What a file held: the interactions that could be read, and the errors in between.
struct Read {
  std::vector<timeline::formats::Imported> interactions;
  std::vector<std::string> errors;
};

inline Read drain(base::Result<timeline::formats::InteractionReader> reader) {
  Read read;
  if (!reader) {
    read.errors.push_back(reader.error().message);
    return read;
  }
  while (auto next = reader->next()) {
    if (*next) {
      read.interactions.push_back(*std::move(*next));
    } else {
      read.errors.push_back(next->error().message);
    }
  }
  return read;
}

inline Read read_bytes(std::string bytes, std::string name) {
  return drain(timeline::formats::InteractionReader::of_bytes(std::move(bytes), std::move(name)));
}

inline Read read_path(std::string const& path) { return drain(timeline::formats::InteractionReader::open(path)); }

/// The one interaction of a text that must be readable.
inline timeline::formats::Imported read_one(std::string bytes, std::string name) {
  Read read = read_bytes(std::move(bytes), std::move(name));
  for (std::string const& error : read.errors) ADD_FAILURE() << error;
  if (read.interactions.size() != 1) {
    ADD_FAILURE() << read.interactions.size() << " interactions, expected one";
    return {};
  }
  return std::move(read.interactions.front());
}

}  // namespace rapport::test
