#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "domain/words.hpp"
#include "signals/model/sentence_model.hpp"
#include "signals/words.hpp"

namespace rapport::signals::model {

/// Judges the words of a conversation event by event under all labels of the speaker's role in one
/// pass, and remembers each side's last words, which tell what the other side's next ones mean.
/// A value: copying it is a checkpoint. One thread at a time; the model must outlive it.
class SentenceJudge {
 public:
  explicit SentenceJudge(SentenceModel const& model) : model_(&model) {}

  /// Judges an event's words. A backchannel is judged but not remembered: it says nothing that an
  /// answer would refer to.
  void read(Words const& words, domain::Role role, bool backchannel);

  /// Of the last event that was read: its windows in order, none for roles without labels.
  std::span<Window const> windows() const { return windows_; }
  /// The scores of a window by label of the role.
  std::span<std::int32_t const> scores(std::size_t window) const {
    return {scores_.data() + window * label_count_, label_count_};
  }

 private:
  /// The end of what one side said last.
  struct Said {
    std::vector<WordCode> codes;  ///< no more than `previous_tokens`
    bool asks = false;
    std::vector<std::int32_t> base;  ///< the scores that they give the other side's answer, by label; empty: not worked out
  };
  void hear(Said& other, domain::Role role);

  SentenceModel const* model_;
  std::array<Said, 2> said_;  ///< agent's and customer's
  std::vector<WordCode> codes_;
  std::vector<Window> windows_;
  std::vector<std::int32_t> scores_;
  std::vector<FeatureKey> keys_;
  std::size_t label_count_ = 0;
};

}  // namespace rapport::signals::model
