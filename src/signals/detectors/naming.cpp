#include "signals/detectors/naming.hpp"

#include <vector>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/customer_name.hpp"
#include "signals/detectors/phrase_table.hpp"
#include "signals/detectors/tokenised_text.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;
using domain::Role;

bool staff_words(Moment const& moment) { return moment.step.words && moment.step.role != Role::customer; }

/// Words right before a name by which somebody asks how it is.
PhraseTable const& asking_for_name() {
  static PhraseTable const phrases{"name is | name was | name as | surname | last name | first name | spell | spelled"};
  return phrases;
}

class NamesCustomer final : public Detector {
 public:
  explicit NamesCustomer(Vocabulary const& vocabulary) : name_(vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<NamesCustomer>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody, .kinds = CustomerName::records}; }

  void read(Moment const& moment, Emitter& emit) override {
    name_.read(moment);
    if (!staff_words(moment) || name_.parts().empty()) return;
    TokenView const view = moment.analysis.view(moment.words);
    for (std::size_t at = 0; at < view.size(); ++at) {
      if (!name_.parts().named_at(view, at)) continue;
      std::size_t last = at;
      while (last + 1 < view.size() && name_.parts().holds(view.hash(last + 1))) ++last;
      if (!asked_for(moment, view, at)) emit.fire(moment, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(last));
      at = last;
    }
  }

 private:
  static bool asked_for(Moment const& moment, TokenView view, std::size_t at) {
    for (Question const& question : moment.analysis.questions(moment.words)) {
      bool const inside = question.first <= at && at <= question.last;
      if (inside && (question.items.has(DataItem::name) || question.items.has(DataItem::surname))) return true;
    }
    if (at == 0 || view.pause_before(at)) return false;
    for (std::size_t length = 1; length <= 2 && length <= at; ++length) {
      auto const match = asking_for_name().match(view.tokens(), at - length, at);
      if (match && match.length == length) return true;
    }
    return false;
  }

  CustomerName name_;
};

class NameKnown final : public Detector {
 public:
  explicit NameKnown(Vocabulary const& vocabulary) : name_(vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<NameKnown>(*this); }

  void read(Moment const& moment, Emitter& emit) override {
    if (fired_) return;
    switch (name_.read(moment)) {
      case CustomerName::News::none:
        return;
      case CustomerName::News::known_before:
        emit.fire_at(0, 0, Role::customer, moment.index);
        break;
      case CustomerName::News::recorded:
        emit.fire(moment);
        break;
      case CustomerName::News::said:
        emit.fire(moment, name_.spoken().first, name_.spoken().last);
        break;
    }
    fired_ = true;
  }

 private:
  CustomerName name_;
  bool fired_ = false;
};

class NamesSelf final : public Detector {
 public:
  explicit NamesSelf(Vocabulary const& vocabulary) : vocabulary_(&vocabulary) {}
  std::unique_ptr<Detector> clone() const override { return std::make_unique<NamesSelf>(*this); }
  Attention attention() const override { return {.speakers = Attention::words_of({domain::Role::agent, domain::Role::supervisor, domain::Role::bot})}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!staff_words(moment)) return;
    Speaker& speaker = speaker_of(moment);
    bool const introducing = speaker.events < introducing_events;
    ++speaker.events;
    TokenView const view = moment.analysis.view(moment.words);
    for (std::size_t at = 0; at < view.size(); ++at) {
      if (!speaker.name.named_at(view, at)) continue;
      emit.fire(moment, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at));
      return;
    }
    auto name = moment.analysis.own_name(moment.words, introducing);
    if (!name && moment.head.channel == domain::Channel::email) name = signed_name(view);
    if (name) emit.fire(moment, name->first, name->last);
  }

 private:
  static constexpr std::int32_t introducing_events = 3;

  struct Speaker {
    domain::ParticipantIndex participant = domain::nobody;
    NameParts name;
    std::int32_t events = 0;
  };

  Speaker& speaker_of(Moment const& moment) {
    domain::ParticipantIndex const participant = moment.event.participant;
    for (Speaker& speaker : speakers_) {
      if (speaker.participant == participant) return speaker;
    }
    Speaker& speaker = speakers_.emplace_back();
    speaker.participant = participant;
    if (participant >= moment.head.participants.size()) return speaker;
    TokenisedText const name{moment.head.participants[participant].name, *vocabulary_};
    for (std::size_t at = 0; at < name.view().size(); ++at) {
      if (!name.view().has_any(at, {Trait::service_word, Trait::organisation})) speaker.name.add(name.view(), at, at);  // "Agent 7"
    }
    return speaker;
  }

  Vocabulary const* vocabulary_;
  std::vector<Speaker> speakers_;
};

template <typename Kind>
base::Result<std::unique_ptr<Detector>> make_with(Vocabulary const& vocabulary) {
  return std::unique_ptr<Detector>{std::make_unique<Kind>(vocabulary)};
}

}  // namespace

base::Result<std::unique_ptr<Detector>> make_names_customer(Parameters const&, Vocabulary const& vocabulary) {
  return make_with<NamesCustomer>(vocabulary);
}
base::Result<std::unique_ptr<Detector>> make_names_self(Parameters const&, Vocabulary const& vocabulary) {
  return make_with<NamesSelf>(vocabulary);
}
base::Result<std::unique_ptr<Detector>> make_name_known(Parameters const&, Vocabulary const& vocabulary) {
  return make_with<NameKnown>(vocabulary);
}

}  // namespace rapport::signals
