#pragma once

#include <cstdint>
#include <string_view>

/// What can be told from a text before it is tokenised for signals: whether it has words at all,
/// whether they only say "I am listening", and whether they ask.
namespace rapport::timeline {

/// Number of words; "[noise] <unk>" and "..." have none.
std::int64_t count_words(std::string_view text);

/// Whether the text holds any word at all.
bool has_words(std::string_view text);

/// Whether the text is made of at most six words that only say "I am listening" ("mm-hm", "right,
/// okay"). Lists for English, German, French and Spanish; in other languages nothing is one.
bool is_backchannel(std::string_view text, std::string_view language);

/// Whether the text ends in a question: by its mark or, in an English text without any
/// punctuation (as recognisers write), by how it is built ("and could you tell me the number").
bool ends_in_question(std::string_view text, std::string_view language);

}  // namespace rapport::timeline
