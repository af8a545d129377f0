#include "simulation/hearing.hpp"

namespace rapport::simulation {
namespace {

constexpr std::array<std::string_view, saying_count> names{
    "greeting", "apology", "empathy", "asks_name", "asks_account", "asks_address", "question", "hold", "back", "solution", "checks",
    "paraphrase", "anything_else", "asks_feedback", "farewell", "transfer", "dismissive",
    "complaint", "loss", "asks_supervisor", "thanks", "agrees", "disagrees", "nothing_more", "another", "confused", "hurry", "feedback"};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '\'' || (static_cast<unsigned char>(c) & 0x80U) != 0; }

}  // namespace

std::string_view name(Saying saying) { return names[static_cast<std::size_t>(saying)]; }

std::string spoken_words(std::string_view text) {
  std::string words = " ";
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (text.substr(i, 3) == "\u2019") {  // the typographer's apostrophe
      c = '\'';
      i += 2;
    }
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (is_letter(c))
      words += c;
    else if (words.back() != ' ')
      words += ' ';
    if (c == '?') words += "? ";
  }
  if (words.back() != ' ') words += ' ';
  return words;
}

bool mentions(std::string_view words, Phrases const& phrases) {
  for (std::string const& phrase : phrases) {
    bool const open = phrase.back() == '*';
    std::string wanted = " " + phrase;
    if (open)
      wanted.pop_back();
    else
      wanted += ' ';
    if (words.find(wanted) != std::string_view::npos) return true;
  }
  return false;
}

Heard Hearing::hear(std::string_view text) const {
  std::string const words = spoken_words(text);
  Heard heard;
  for (std::size_t i = 0; i < saying_count; ++i) {
    if (mentions(words, phrases_[i])) heard.add(static_cast<Saying>(i));
  }
  return heard;
}

}  // namespace rapport::simulation
