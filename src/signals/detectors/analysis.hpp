#pragma once

#include <span>
#include <vector>

#include "signals/detectors/question_finder.hpp"
#include "signals/detectors/stems.hpp"
#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// What the words of one event come to, each part worked out when a detector first asks for it and
/// kept for the others. One per reader; `begin_event()` before each event. Its answers hold until
/// the next. The words must be the same from one begin_event() to the next.
class Analysis {
 public:
  void begin_event() { traits_ready_ = stems_ready_ = questions_ready_ = false; }

  TokenView view(Words const& words);
  /// Parallel to the tokens; 0 for words without content.
  std::span<Stem const> stems(Words const& words);
  std::span<Question const> questions(Words const& words);

 private:
  bool traits_ready_ = false;
  bool stems_ready_ = false;
  bool questions_ready_ = false;
  std::vector<Traits> traits_;
  std::vector<Stem> stems_;
  std::vector<Question> questions_;
};

}  // namespace rapport::signals::detectors
