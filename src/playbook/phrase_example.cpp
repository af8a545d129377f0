#include "playbook/phrase_example.hpp"

#include <algorithm>

namespace rapport::playbook {
namespace {

constexpr std::string_view anything = "…";
constexpr int nesting_max = 8;  // of classes in classes, and of brackets

/// Walks a phrase once. A phrase that the lexicon would refuse gives some example, never a fault.
class Walk {
 public:
  Walk(std::string_view phrase, std::vector<signals::WordClass> const& classes, int nesting)
      : phrase_(phrase), classes_(classes), nesting_(nesting) {}

  /// The first alternative up to the bracket `closing` (0: the end), which is taken.
  std::string alternatives(char closing) {
    std::string first = sequence(closing);
    while (at_ < phrase_.size() && phrase_[at_] == '|') {
      ++at_;
      sequence(closing);
    }
    if (at_ < phrase_.size() && phrase_[at_] == closing) ++at_;
    return first;
  }

 private:
  std::string sequence(char closing) {
    std::string words;
    while (at_ < phrase_.size() && phrase_[at_] != '|' && phrase_[at_] != closing) add(words, item());
    return words;
  }

  std::string item() {
    char const c = phrase_[at_];
    if (c == '(') return group();
    if (c == '[') return optional();
    if (c == '<') return word_class();
    if (std::string_view(" ^$)]>?").find(c) != std::string_view::npos) {
      ++at_;
      return {};
    }
    std::size_t const end = std::min(phrase_.find_first_of(" ()[]<>|^$", at_), phrase_.size());
    std::string word(phrase_.substr(at_, end - at_));
    at_ = end;
    if (word.ends_with('*')) word.replace(word.size() - 1, 1, anything);
    return word;
  }

  std::string group() {
    ++at_;
    if (++depth_ > nesting_max) return skip();
    std::string words = alternatives(')');
    --depth_;
    if (at_ >= phrase_.size() || phrase_[at_] != '?') return words;
    ++at_;
    return {};
  }

  std::string optional() {
    ++at_;
    if (++depth_ > nesting_max) return skip();
    std::string const words = alternatives(']');
    --depth_;
    return words.find("..") == std::string::npos ? std::string() : std::string(anything);  // a gap is [2..4]
  }

  std::string word_class() {
    std::size_t const end = std::min(phrase_.find('>', at_), phrase_.size());
    std::string_view const name = phrase_.substr(at_ + 1, end - at_ - 1);
    at_ = std::min(end + 1, phrase_.size());
    if (name == "number") return "3";
    auto const known = std::find_if(classes_.begin(), classes_.end(), [&](signals::WordClass const& one) { return one.name == name; });
    if (known == classes_.end() || known->alternatives.empty() || nesting_ >= nesting_max) return std::string(anything);
    return Walk(known->alternatives.front(), classes_, nesting_ + 1).alternatives(0);
  }

  std::string skip() {
    at_ = phrase_.size();
    return std::string(anything);
  }

  static void add(std::string& words, std::string const& more) {
    if (more.empty() || (more == anything && words.ends_with(anything))) return;
    if (!words.empty()) words += ' ';
    words += more;
  }

  std::string_view phrase_;
  std::vector<signals::WordClass> const& classes_;
  int nesting_;
  int depth_ = 0;
  std::size_t at_ = 0;
};

std::size_t openings(std::string const& example) {
  std::size_t count = 0;
  for (std::size_t at = example.find(anything); at != std::string::npos; at = example.find(anything, at + 1)) ++count;
  return count;
}

}  // namespace

std::string phrase_example(std::string_view phrase, std::vector<signals::WordClass> const& classes) {
  return Walk(phrase, classes, 0).alternatives(0);
}

std::vector<std::string> phrase_examples(std::vector<std::string> const& phrases, std::vector<signals::WordClass> const& classes,
                                         std::size_t count) {
  std::vector<std::string> examples;
  for (std::string const& phrase : phrases) {
    std::string example = phrase_example(phrase, classes);
    if (example.empty() || std::find(examples.begin(), examples.end(), example) != examples.end()) continue;
    examples.push_back(std::move(example));
  }
  std::stable_sort(examples.begin(), examples.end(), [](std::string const& left, std::string const& right) { return openings(left) < openings(right); });
  if (examples.size() > count) examples.resize(count);
  return examples;
}

}  // namespace rapport::playbook
