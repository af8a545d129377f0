#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/cipher.hpp"
#include "store/database.hpp"

/// Full text. The words are told apart and hashed here (with a key), so that both databases find the
/// same and neither keeps what was said.
namespace rapport::store {

/// The words of a text, each once, in order: runs of letters and digits without regard to case; an
/// apostrophe within one is skipped; a Chinese or Japanese character is a word by itself.
std::vector<std::string> words_of(std::string_view text);

/// As they stand in the search index: hashed, with a space between.
std::string hashed_words(Keys const& keys, std::string_view text);

/// Puts the words of an interaction into the index, beside those that are there.
void add_words(Connection& connection, Dialect dialect, std::int64_t interaction, std::string const& hashed);
/// The same for one that has none there yet: need not look.
void put_words(Connection& connection, Dialect dialect, std::int64_t interaction, std::string const& hashed);
void drop_words(Connection& connection, std::int64_t interaction);
/// What the index is asked by for all of these words.
std::string words_query(Dialect dialect, std::string const& hashed);

}  // namespace rapport::store
