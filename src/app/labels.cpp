#include "app/labels.hpp"

#include <fmt/format.h>
#include <simdjson.h>

#include <fstream>

#include "base/limits.hpp"

namespace rapport::app {
namespace {

using simdjson::dom::element;

/// Adds one line's labels; the error is without file and line.
base::Result<void> read_line(simdjson::dom::parser& parser, std::string const& line, Labels& labels) {
  element root;
  if (auto const failure = parser.parse(line).get(root)) {
    return base::Error{fmt::format("no JSON ({}); expected an object with id and verdicts", simdjson::error_message(failure))};
  }
  std::string_view id;
  simdjson::dom::object verdicts;
  if (root["id"].get(id) != simdjson::SUCCESS || id.empty()) return base::Error{"\"id\" is missing; expected the interaction's id"};
  if (root["verdicts"].get(verdicts) != simdjson::SUCCESS) {
    return base::Error{"\"verdicts\" is missing; expected an object of practice and verdict"};
  }
  auto [entry, fresh] = labels.try_emplace(std::string{id});
  if (!fresh) return base::Error{fmt::format("a second line for \"{}\"", id)};
  for (auto const& [practice, value] : verdicts) {
    std::string_view word;
    if (value.get(word) != simdjson::SUCCESS) word = {};
    auto const verdict = evaluation::parse_verdict(word);
    if (!verdict) {
      return base::Error{fmt::format("\"{}\" of {}: expected met, missed, not_applicable or not_assessed", word, practice)};
    }
    entry->second.emplace(practice, *verdict);
  }
  return {};
}

}  // namespace

base::Result<Labels> read_labels(std::string const& path) {
  std::ifstream stream{path, std::ios::binary};
  if (!stream) return base::Error{fmt::format("{}: no such file, or not readable", path)};
  Labels labels;
  simdjson::dom::parser parser{limits::interaction_bytes_max};
  std::size_t number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto const read = read_line(parser, line, labels);
    if (!read) return base::Error{fmt::format("{}:{}: {}", path, number, read.error().message)};
  }
  return labels;
}

}  // namespace rapport::app
