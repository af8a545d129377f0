#pragma once

#include <cstddef>

#include "signals/detectors/token_view.hpp"
#include "signals/words.hpp"

namespace rapport::signals::detectors {

/// Tells whether the word at a position makes its clause ask, by the words around it. For
/// question_finder.cpp only.
class QuestionHeads {
 public:
  /// No word without one of these asks, unless it begins a request.
  static constexpr Traits heads{Trait::question_word, Trait::modal, Trait::do_form, Trait::be_form, Trait::have_form};

  QuestionHeads(TokenView view, Sentence const& sentence);

  std::size_t first() const { return first_; }
  std::size_t end() const { return end_; }
  bool marked() const { return marked_; }    ///< the sentence ends in a question mark
  bool stopped() const { return stopped_; }  ///< … in a full stop or exclamation mark

  /// A clause may begin here: nothing before it, or a pause, a filler, a conjunction, thanks.
  bool clause_begins(std::size_t at) const;
  /// A question word or an auxiliary before its subject asks here. Any other word never does.
  bool asks_at(std::size_t at) const;
  /// Where the request that begins here ("give me your …", "if i could take your …") has its verb;
  /// end() where none begins, as with any word that is no request_lead.
  std::size_t request_verb(std::size_t at) const;

  bool auxiliary(std::size_t at) const;

 private:
  bool subject(std::size_t at) const;
  bool inverted(std::size_t at) const;
  bool is_pronoun(std::size_t at) const;
  bool question_word(std::size_t at) const;
  bool what(std::size_t next) const;
  bool how(std::size_t next) const;
  bool which(std::size_t next) const;
  bool noun_is_asked_for(std::size_t next) const;
  bool goes_on_as_statement(std::size_t aux) const;
  bool inversion(std::size_t at) const;
  bool inversion_within(std::size_t at) const;
  bool check_within(std::size_t at) const;
  bool question_word_within(std::size_t at) const;
  bool asking_verb(std::size_t at) const;
  bool object_is_item(std::size_t at) const;
  bool last_clause(std::size_t at) const;
  std::size_t opening() const;

  TokenView view_;
  std::size_t first_;
  std::size_t end_;
  bool marked_ = false;
  bool stopped_ = false;
};

}  // namespace rapport::signals::detectors
