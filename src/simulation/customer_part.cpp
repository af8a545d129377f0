#include "simulation/customer_part.hpp"

#include <algorithm>

namespace rapport::simulation {
namespace {

using enum Saying;

int mood_of(Persona const& persona, Topic const& topic) {
  bool const bad = topic.matter == Matter::complaint || topic.matter == Matter::loss;
  return std::max(5, persona.mood - (bad ? 15 : 0));
}

}  // namespace

CustomerPart::CustomerPart(PhraseBook const& book, Industry const& industry, Persona const& persona, Topic const& topic, std::string_view name, std::uint64_t seed)
    : Party(book, facts_of(book, name), seed, persona.types), industry_(industry), persona_(persona), topic_(&topic), mood_(mood_of(persona, topic)) {
  facts_["company"] = industry.name;
  facts_["agent"] = "";
}

std::string CustomerPart::line(std::string_view key) {
  auto const own = persona_.lines.find(key);
  return random_.pick(own != persona_.lines.end() ? own->second : book_.anyone.lines.find(key)->second);
}

bool CustomerPart::does(std::string_view habit) {
  auto const found = persona_.does.find(habit);
  return found != persona_.does.end() && random_.chance(found->second);
}

void CustomerPart::tell_matter(Topic const& topic) {
  topic_ = &topic;
  facts_["problem"] = fill(random_.pick(topic.says), facts_);
  detail_ = 0;
}

void CustomerPart::begins(base::Millis now) {
  tell_matter(*topic_);
  be_patient(persona_.patience_s * base::second);
  if (random_.chance(20)) {  // waits to be greeted
    told_ = Told::hello;
    return say(line("hello"), now);
  }
  told_ = Told::matter;
  say(random_.pick(persona_.opens), now);
}

void CustomerPart::is_answered(std::string_view agent, base::Millis now) {
  if (told_ == Told::nothing) {
    tell_matter(*topic_);
    be_patient(persona_.patience_s * base::second);
    told_ = Told::hello;
  }
  hears({}, now);  // from here their patience counts
  joined(agent, now);
}

void CustomerPart::joined(std::string_view agent, base::Millis now) {
  joined_ = true;
  silences_ = 0;
  facts_["agent"] = agent;
  if (told_ == Told::nothing) begins(now);
}

void CustomerPart::ended() {
  forget_plans();
  leave();
}

void CustomerPart::go(std::string_view last_words, base::Millis now) {
  leaving_ = true;
  say(last_words, now);
  plan({.kind = Deed::Kind::end}, 1'500, now);
  leave();
}

void CustomerPart::feel(Heard const& heard) {
  if (heard.says(apology)) mood_ += 7;
  if (heard.says(empathy)) mood_ += 9;
  if (heard.says(back)) mood_ += 2;
  if (heard.says(dismissive)) mood_ -= 16;
  if (heard.says(hold) && does("minds_hold")) mood_ -= 4;
  mood_ = std::clamp(mood_, 0, 100);
}

void CustomerPart::answer(std::string const& text, base::Millis now) {
  Heard const heard = book_.agents_words.hear(text);
  silences_ = 0;
  feel(heard);
  bool const parting = heard.says(farewell) && !heard.says(question);
  if (parting) return go(settled_ || mood_ > 50 ? line("farewell") : line("cold_farewell"), now);
  std::string made = reply(heard);
  if (refused_) return go(made, now);
  if (!made.empty()) say(made, now);
}

std::string CustomerPart::reply(Heard const& heard) {
  if (told_ != Told::matter) {
    told_ = Told::matter;
    bool const asked = heard.says(asks_name) || heard.says(asks_account) || heard.says(asks_address);
    return fill("{problem}", facts_) + (asked ? ' ' + reply_to_question(heard) : std::string{});
  }
  bool const stung = heard.says(dismissive) && !heard.says(solution);
  if (stung && mood_ < 60) {
    ++objections_;
    refused_ = objections_ > 3;
    return refused_ ? line("gives_up") : line("rude");
  }
  if (heard.says(asks_feedback) || heard.says(anything_else)) return reply_to_ending(heard);
  if (heard.says(transfer)) return line("transfer");
  if (heard.says(solution)) return reply_to_solution(heard);
  if (heard.says(paraphrase)) return line("paraphrase");
  if (settled_ && heard.says(checks)) return line("confirm");
  if (heard.says(asks_account) || heard.says(asks_address) || heard.says(asks_name) || heard.says(question)) return reply_to_question(heard);
  if (heard.says(hold)) return random_.chance(70) ? line("hold") : std::string{};
  return small_talk(heard);
}

std::string CustomerPart::reply_to_ending(Heard const& heard) {
  if (heard.says(asks_feedback)) {
    asked_feedback_ = true;
    return line(mood_ >= 50 ? "feedback_good" : "feedback_bad");
  }
  if (!settled_ && objections_ < 2) {
    ++objections_;
    return line("objects");
  }
  bool const more = further_ == 0 && does("another");
  if (more && industry_.topics.size() > 2) {
    ++further_;
    settled_ = false;
    Topic const* other = topic_;
    while (other == topic_ || other->matter == Matter::loss) other = &industry_.topics[random_.below(industry_.topics.size() - 1)];
    tell_matter(*other);
    return line("another");
  }
  if (does("suggests") && once_.insert("suggests").second) return line("suggests");
  settled_ = true;
  return line("nothing_else");
}

std::string CustomerPart::reply_to_solution(Heard const& heard) {
  if (settled_) return heard.says(checks) || heard.says(question) ? line("confirm") : line("accepts");
  if (does("confused") && once_.insert("confused").second) return line("confused");
  if (does("demands_supervisor") && once_.insert("supervisor").second) return line("demands_supervisor");
  int const taken = mood_ + static_cast<int>(random_.between(-15, 35)) + 12 * objections_;
  if (taken < 45 && objections_ < 2) {
    ++objections_;
    mood_ = std::max(0, mood_ - 3);
    return line("objects");
  }
  settled_ = true;
  bool const glad = mood_ >= 40;
  mood_ = std::min(100, mood_ + (glad ? 18 : 10));
  return line(glad ? "accepts" : "grudging");
}

std::string CustomerPart::reply_to_question(Heard const& heard) {
  if (objections_ == 0 && random_.chance(35) && does("demands_supervisor")) {
    ++objections_;
    return line("demands_supervisor");
  }
  std::string made;
  auto const add = [&made](std::string const& part) { made += (made.empty() ? "" : " ") + part; };
  if (heard.says(asks_name)) add(line("name"));
  if (heard.says(asks_account)) add(line("account"));
  if (heard.says(asks_address)) add(line("address"));
  if (!made.empty()) return made;
  if (heard.says(checks) && !heard.says(hold)) return line("paraphrase");
  if (heard.says(hold)) return line("hold");
  if (detail_ < topic_->more.size())
    add(topic_->more[detail_++]);
  else
    add(line("no_more_details"));
  if (does("chats")) add(line("chats"));
  if (does("grieves")) add(line("grieves"));
  return made;
}

/// Nothing was asked and nothing offered.
std::string CustomerPart::small_talk(Heard const& heard) {
  if (settled_) return random_.chance(30) ? line("back") : std::string{};
  bool const kind = heard.says(apology) || heard.says(empathy);
  if (kind && once_.insert("moved").second) return line(heard.says(empathy) ? "empathy" : "apology");
  if (heard.says(back) || heard.says(greeting)) return {};
  if (++idle_turns_ % 2 == 1) return {};
  mood_ = std::max(0, mood_ - 4);
  return line("prompts");
}

void CustomerPart::on_silence(base::Millis now) {
  ++silences_;
  if (settled_ || asked_feedback_) return go(line("farewell"), now);
  int const bears = joined_ ? 2 : 4;  // a queue is expected to take its time
  if (silences_ > bears) return go(line("gives_up"), now);
  if (!joined_) return;
  mood_ = std::max(0, mood_ - 8);
  if (told_ == Told::hello)
    told_ = Told::matter, say("{problem}", now);
  else
    say(line("waiting"), now);
}

Cast draw(PhraseBook const& book, Industry const& industry, base::Random& random) {
  int total = 0;
  for (Persona const& persona : book.personas) total += persona.share;
  auto left = random.between(0, std::max(0, total - 1));
  Cast cast{&book.personas.front(), nullptr};
  for (Persona const& persona : book.personas) {
    cast.persona = &persona;
    left -= persona.share;
    if (left < 0) break;
  }
  std::vector<Topic const*> fitting;
  for (Topic const& topic : industry.topics) {
    bool const general = &topic == &industry.general();
    bool const brings = cast.persona->matters.empty() ? topic.matter != Matter::loss : std::ranges::find(cast.persona->matters, topic.matter) != cast.persona->matters.end();
    if (brings && !general) fitting.push_back(&topic);
  }
  cast.topic = fitting.empty() ? &industry.general() : random.pick(fitting);
  return cast;
}

std::string draw_name(PhraseBook const& book, base::Random& random) {
  std::string name = random.pick(book.people.first);
  return name + ' ' + random.pick(book.people.last);
}

}  // namespace rapport::simulation
