#include "signals/detectors/jargon.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <vector>

namespace rapport::signals {
namespace {

using domain::Role;
using Hashes = std::vector<std::uint64_t>;

Hashes hashes_of(Vocabulary const& vocabulary, std::string_view text) {
  Words words;
  vocabulary.tokenise(text, words);
  Hashes hashes;
  for (Token const& token : words.tokens) hashes.push_back(token.hash);
  return hashes;
}

bool stands_at(Hashes const& sequence, std::span<Token const> tokens) {
  if (sequence.empty() || sequence.size() > tokens.size()) return false;
  return std::equal(sequence.begin(), sequence.end(), tokens.begin(),
                    [](std::uint64_t hash, Token const& token) { return hash == token.hash; });
}

bool stands_in(Hashes const& sequence, std::span<Token const> tokens) {
  for (std::size_t at = 0; at < tokens.size(); ++at) {
    if (stands_at(sequence, tokens.subspan(at))) return true;
  }
  return false;
}

/// The compiled glossary; shared by clones.
struct Glossary {
  struct Term {
    Hashes words;
    Hashes plain;
    std::uint64_t item = 0;
  };
  std::vector<Term> terms;
  std::unordered_multimap<std::uint64_t, std::size_t> by_first_word;
  std::vector<Hashes> explanations;
};

class Jargon final : public Detector {
 public:
  explicit Jargon(std::shared_ptr<Glossary const> glossary) : glossary_(std::move(glossary)) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<Jargon>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    std::span<Token const> const tokens{moment.words.tokens};
    for (std::size_t at = 0; at < tokens.size(); ++at) {
      auto const [first, last] = glossary_->by_first_word.equal_range(tokens[at].hash);
      for (auto it = first; it != last; ++it) {
        Glossary::Term const& term = glossary_->terms[it->second];
        if (!stands_at(term.words, tokens.subspan(at))) continue;
        if (moment.step.role == Role::customer) {
          used_by_customer_.insert(term.item);
        } else if (moment.step.role == Role::agent && !used_by_customer_.contains(term.item) &&
                   !explained(term, tokens)) {
          auto const end = static_cast<std::uint32_t>(at + term.words.size() - 1);
          emit.fire(moment, static_cast<std::uint32_t>(at), end).item = term.item;
        }
      }
    }
  }

 private:
  bool explained(Glossary::Term const& term, std::span<Token const> tokens) const {
    return stands_in(term.plain, tokens) ||
           std::any_of(glossary_->explanations.begin(), glossary_->explanations.end(),
                       [&](Hashes const& words) { return stands_in(words, tokens); });
  }

  std::shared_ptr<Glossary const> glossary_;
  std::set<std::uint64_t> used_by_customer_;
};

}  // namespace

base::Result<std::unique_ptr<Detector>> make_jargon(Parameters const&, Vocabulary const& vocabulary) {
  auto glossary = std::make_shared<Glossary>();
  for (GlossaryEntry const& entry : vocabulary.glossary()) {
    Glossary::Term term{hashes_of(vocabulary, entry.term), hashes_of(vocabulary, entry.plain), 0};
    if (term.words.empty()) continue;
    for (std::uint64_t const hash : term.words) term.item = term.item * 0x100000001b3ULL ^ hash;
    glossary->by_first_word.emplace(term.words.front(), glossary->terms.size());
    glossary->terms.push_back(std::move(term));
  }
  for (std::string_view const phrase : {"which means", "that means", "which is", "that is", "meaning", "in other words",
                                        "in plain", "short for", "stands for", "basically", "what we call", "known as"}) {
    glossary->explanations.push_back(hashes_of(vocabulary, phrase));
  }
  return std::unique_ptr<Detector>{std::make_unique<Jargon>(std::move(glossary))};
}

}  // namespace rapport::signals
