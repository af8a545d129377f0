#pragma once

#include <string_view>
#include <vector>

#include "signals/detector.hpp"
#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// A text from outside the events (a name, a fact's value), tokenised by the same rules. Borrows
/// the text.
class TokenisedText {
 public:
  TokenisedText(std::string_view text, Vocabulary const& vocabulary) {
    vocabulary.tokenise(text, words_);
    read_traits(words_, traits_);
  }

  TokenView view() const { return {words_, traits_}; }
  Words const& words() const { return words_; }

 private:
  Words words_;
  std::vector<Traits> traits_;
};

}  // namespace rapport::signals::detectors
