#include "signals/model/sentence_judge.hpp"

#include <algorithm>

namespace rapport::signals::model {

void SentenceJudge::read(Words const& words, domain::Role role, bool backchannel) {
  windows_.clear();
  std::span<Label const> const labels = model_->labels(role);
  label_count_ = labels.size();
  bool const agent = role == domain::Role::agent;
  if (words.tokens.empty() || (!agent && role != domain::Role::customer)) return;
  Said const& other = said_[agent ? 1 : 0];
  model_->words().codes(words, codes_);

  base_.clear();
  for (Label const& label : labels) base_.push_back(label.bias);
  keys_.clear();
  previous_context_features(other.codes, other.asks, keys_);
  model_->add_words(role, true, other.codes, keys_, base_);
  model_->add(role, keys_, base_);
  model_->add_filters(role, true, other.codes, base_);

  if (!labels.empty()) cut_windows(words, windows_);
  scores_.resize(windows_.size() * label_count_);
  for (std::size_t index = 0; index < windows_.size(); ++index) {
    std::span<std::int32_t> const own{scores_.data() + index * label_count_, label_count_};
    std::ranges::copy(base_, own.begin());
    keys_.clear();
    Window const& window = windows_[index];
    context_features(words, codes_, window, keys_);
    model_->add_words(role, false, std::span{codes_}.subspan(window.first_token, window.token_count), keys_, own);
    model_->add(role, keys_, own);
    model_->add_filters(role, false, std::span{codes_}.subspan(window.first_token, window.token_count), own);
  }

  if (backchannel) return;
  Said& self = said_[agent ? 0 : 1];
  std::size_t const kept = std::min<std::size_t>(codes_.size(), previous_tokens);
  self.codes.assign(codes_.end() - static_cast<std::ptrdiff_t>(kept), codes_.end());
  self.asks = words.sentences.back().asks;
}

}  // namespace rapport::signals::model
