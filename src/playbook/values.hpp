#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "domain/words.hpp"
#include "playbook/names.hpp"
#include "playbook/source.hpp"
#include "playbook/yaml.hpp"

/// Reading single values of a playbook. Each function tells what is wrong as a problem at the
/// value's place ("a list for "say"; expected a text") and then returns nothing. `what` is how the
/// message calls the value, ready to print: a key in quotes, or "a phrase".
namespace rapport::playbook {

/// What a file's reader needs beside the file: the names of the whole playbook, and where problems go.
struct Reading {
  Problems& problems;
  Names signals;
  Names practices;
  Names classes;

  explicit Reading(Problems& sink);
};

/// Tells that `node` is not what `what` needs.
void tell_unexpected(Node const& node, std::string_view what, std::string_view expected, Problems& problems);

/// "voice, chat, email or message".
std::string listed(std::span<std::string_view const> words, std::string_view last_joint);

/// Whether the node is a map; if so its keys are checked against `keys`, unknown ones told with a
/// suggestion. `of` is whose keys they are: "a practice".
bool check_map(Node const& node, std::string_view of, std::span<std::string_view const> keys, Problems& problems);

/// Whether the map has no key but these: where it has, a key that seems to be missing may be the one
/// that is misspelt, and is not worth telling.
bool has_only(Node const& map, std::span<std::string_view const> keys);

/// A text that is not empty, with blanks trimmed and line breaks made blanks.
std::optional<std::string> read_text(Node const& node, std::string_view what, Problems& problems);
/// `true` or `false`.
std::optional<bool> read_bool(Node const& node, std::string_view what, Problems& problems);
/// A whole number from `low` to `high`.
std::optional<std::int32_t> read_integer(Node const& node, std::string_view what, std::int32_t low, std::int32_t high, Problems& problems);
/// One of the words, as its position among them.
std::optional<std::size_t> read_word(Node const& node, std::string_view what, std::span<std::string_view const> words, Problems& problems);

/// The items of a list, or the single value itself; empty, with a problem, for nothing or a map.
std::vector<Node const*> one_or_many(Node const& node, std::string_view what, std::string_view expected, Problems& problems);
/// One text or a list of them.
std::vector<std::string> read_texts(Node const& node, std::string_view what, Problems& problems);
/// One word or a list of words, each as its position.
std::vector<std::size_t> read_words(Node const& node, std::string_view what, std::span<std::string_view const> words, Problems& problems);
/// One name or a list of names that `names` holds; unknown ones are told and left out.
std::vector<std::uint16_t> read_names(Node const& node, std::string_view what, Names const& names, Problems& problems);

/// The words of the closed vocabularies, in the order of their enumerations.
std::span<std::string_view const> channel_words();
std::span<std::string_view const> direction_words();
std::span<std::string_view const> role_words();
std::span<std::string_view const> source_words();
std::span<std::string_view const> event_words();

}  // namespace rapport::playbook
