#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "signals/phrase_notation.hpp"
#include "signals/phrase_program.hpp"
#include "signals/word_table.hpp"
#include "signals/words.hpp"

namespace rapport::signals::test {

/// A signal's phrases as trees.
struct PhraseTrees {
  SignalId signal = 0;
  std::vector<Expression> phrases;
  std::vector<Expression> but_not;
};

/// What PhraseProgram::find promises, done in the plainest way: backtracking over the tree from
/// every token, then the rules for overlaps one by one.
std::vector<PhraseMatch> find_slowly(std::vector<PhraseTrees> const& signals, Words const& words, WordTable const& table);

}  // namespace rapport::signals::test
