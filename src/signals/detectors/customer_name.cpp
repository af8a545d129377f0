#include "signals/detectors/customer_name.hpp"

#include <algorithm>

#include "signals/detectors/analysis.hpp"
#include "signals/detectors/phrase_table.hpp"
#include "signals/detectors/tokenised_text.hpp"

namespace rapport::signals::detectors {
namespace {

using domain::EventKind;
using domain::Role;

bool is_name_field(std::string_view field) {
  return field == "name" || field == "customer_name" || field == "full_name" || field == "first_name" || field == "last_name";
}

/// Questions for a name that need not be the speaker's own, as names of data go, yet is what they are called by.
bool asks_whom_it_is_for(TokenView view, Question const& question) {
  static PhraseTable const phrases{
      "name on the | name on your | name on it | name on this | name on that | whose name | passenger's name | passenger name\n"
      "guest's name | guest name | patient's name | patient name | holder's name | account holder | policy holder | policyholder\n"
      "and you are | call you | address you | address you as"};
  Sentence const& sentence = view.words().sentences[view.tokens()[question.first].sentence];
  return phrases.occurs(view.tokens(), sentence.first_token, std::size_t{question.last} + 1);
}

/// Whether any question of the event asks for the customer's name.
bool asks_for_name(Moment const& moment) {
  TokenView const view = moment.analysis.view(moment.words);
  return std::ranges::any_of(moment.analysis.questions(moment.words), [view](Question const& question) {
    return question.items.has(DataItem::name) || question.items.has(DataItem::surname) || asks_whom_it_is_for(view, question);
  });
}

}  // namespace

bool CustomerName::learn(std::string_view name) {
  std::size_t const before = parts_.size();
  TokenisedText const text{name, *vocabulary_};
  parts_.add(text.view());
  known_before_.add(text.view());
  return parts_.size() > before;
}

CustomerName::News CustomerName::read(Moment const& moment) {
  News news = News::none;
  if (!head_read_) {
    head_read_ = true;
    news = read_head(moment.head);
  }
  switch (moment.event.kind) {
    case EventKind::context:
    case EventKind::fact_known:
    case EventKind::field_captured: {
      News const recorded = read_record(moment.event);
      return news == News::none ? recorded : news;
    }
    default:
      break;
  }
  if (!moment.step.words) return news;
  News const heard = listen(moment);
  return news == News::none ? heard : news;
}

CustomerName::News CustomerName::read_head(domain::Interaction const& head) {
  bool learnt = false;
  for (domain::Participant const& participant : head.participants) {
    if (participant.role != Role::customer) continue;
    if (!participant.name.empty()) learnt = learn(participant.name) || learnt;
    for (domain::Attribute const& fact : participant.known) {
      if (is_name_field(fact.name) && fact.value.kind == domain::Value::Kind::text) learnt = learn(fact.value.text) || learnt;
    }
  }
  return learnt ? News::known_before : News::none;
}

CustomerName::News CustomerName::read_record(domain::Event const& event) {
  bool learnt = false;
  if (event.kind == EventKind::context) {
    for (domain::Attribute const& attribute : event.attributes) {
      bool const known = attribute.group == "known" && is_name_field(attribute.name);
      bool const top = attribute.group.empty() && attribute.name == "customer_name";
      if ((known || top) && attribute.value.kind == domain::Value::Kind::text) learnt = learn(attribute.value.text) || learnt;
    }
  } else if (is_name_field(event.text_of("name"))) {
    learnt = learn(event.text_of("value"));
  }
  return learnt ? News::recorded : News::none;
}

CustomerName::News CustomerName::listen(Moment const& moment) {
  if (moment.step.role != Role::customer) {
    asked_ = asked_ || moment.analysis.name_asked([&] { return asks_for_name(moment); });
    return News::none;
  }
  TokenView const view = moment.analysis.view(moment.words);
  auto name = moment.analysis.own_name(moment.words, false);
  if (asked_) name = answered_name(view, name);
  if (!name && moment.head.channel == domain::Channel::email) name = signed_name(view);
  if (!name) return News::none;
  asked_ = false;
  std::size_t const before = parts_.size();
  parts_.add(view, name->first, name->last);
  spoken_ = *name;
  return parts_.size() > before ? News::said : News::none;
}

}  // namespace rapport::signals::detectors
