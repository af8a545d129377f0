#include "signals/model/sentence_judge.hpp"

#include <algorithm>

namespace rapport::signals::model {

void SentenceJudge::read(Words const& words, domain::Role role, bool backchannel) {
  windows_.clear();
  std::span<Label const> const labels = model_->labels(role);
  label_count_ = labels.size();
  bool const agent = role == domain::Role::agent;
  if (words.tokens.empty() || (!agent && role != domain::Role::customer)) return;
  model_->words().codes(words, codes_);
  model_->expect(role, codes_);
  Said& other = said_[agent ? 1 : 0];
  if (other.base.empty()) hear(other, role);
  if (!labels.empty()) cut_windows(words, windows_);
  FeatureTable::Found found;
  scores_.resize(windows_.size() * label_count_);
  for (std::size_t index = 0; index < windows_.size(); ++index) {
    std::span<std::int32_t> const own{scores_.data() + index * label_count_, label_count_};
    std::ranges::copy(other.base, own.begin());
    keys_.clear();
    Window const& window = windows_[index];
    context_features(words, codes_, window, keys_);
    std::span<WordCode const> const said = std::span{codes_}.subspan(window.first_token, window.token_count);
    model_->add_words(role, false, said, keys_, own);
    model_->look_up(role, keys_, found);
    model_->add_filters(role, false, said, own);
    model_->add(role, found, own);
  }

  if (backchannel) return;
  Said& self = said_[agent ? 0 : 1];
  std::size_t const kept = std::min<std::size_t>(codes_.size(), previous_tokens);
  self.codes.assign(codes_.end() - static_cast<std::ptrdiff_t>(kept), codes_.end());
  self.asks = words.sentences.back().asks;
  self.base.clear();
}

/// Works out what the other side's last words say of whatever this role answers.
void SentenceJudge::hear(Said& other, domain::Role role) {
  for (Label const& label : model_->labels(role)) other.base.push_back(label.bias);
  keys_.clear();
  previous_context_features(other.codes, other.asks, keys_);
  model_->add_words(role, true, other.codes, keys_, other.base);
  FeatureTable::Found found;
  model_->look_up(role, keys_, found);
  model_->add_filters(role, true, other.codes, other.base);
  model_->add(role, found, other.base);
}

}  // namespace rapport::signals::model
