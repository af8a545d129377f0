#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "playbook/source.hpp"
#include "simulation/hearing.hpp"

namespace rapport::simulation {

/// Ways to say one thing. `{name}` stands for a fact that is filled in, `|` parts two messages.
using Lines = std::vector<std::string>;
/// By what is said.
using LineSet = std::map<std::string, Lines, std::less<>>;

/// What kind of matter brings a customer.
enum class Matter : std::uint8_t { question,
                                   complaint,
                                   loss,
                                   praise };

/// A matter of an industry, with all that both sides say about it.
struct Topic {
  std::string id;
  std::string queue;
  Matter matter = Matter::question;
  Phrases words;     ///< by which an agent recognises it
  Lines says;        ///< the customer, to begin with
  std::string gist;  ///< the matter in half a sentence, as an agent says it back
  Lines more;        ///< the customer, asked about it
  Lines asks;        ///< the agent, about it
  Lines finds;       ///< the agent, having looked
  Lines solves;
  Lines weak;             ///< what a poor agent says instead
  std::string remedy;     ///< given with the solution; empty: none
  std::string reason;     ///< of the wrap-up
  std::string cause;      ///< root cause
  std::string sensitive;  ///< why a manager must know; empty: no need
};

struct ScriptedQueue {
  std::string id, label, skill;
};
struct ScriptedReply {
  std::string shortcut, title, text;
};

/// One brand, its queues and what its customers come with. The last topic is the one for what nobody recognised.
struct Industry {
  std::string brand, name, time_zone, greeting;
  std::string number;  ///< what an agent asks for: "an account number"
  std::vector<ScriptedQueue> queues;
  std::vector<ScriptedReply> replies;
  std::vector<Topic> topics;

  Topic const& general() const { return topics.back(); }
};

/// Who a customer is.
struct Persona {
  std::string id;
  int share = 0;                ///< so many of a hundred customers
  int mood = 60;                ///< as they come, 0 to 100
  int types = 6;                ///< characters a second
  int patience_s = 60;          ///< of silence, before they ask; twice that before they leave
  std::vector<Matter> matters;  ///< what brings them; empty: any
  Lines opens;
  std::map<std::string, int, std::less<>> does;  ///< habits, so many of a hundred times
  LineSet lines;
};

/// How well an agent works.
struct Level {
  std::string id;
  int does = 0;   ///< so many of a hundred times a thing is done well
  int speed = 6;  ///< characters a second
  int waits = 0;  ///< seconds before each turn, on average
};

struct People {
  Lines first, last, agents;
  LineSet facts;
};

/// All that simulated people say and understand. Read once; immutable, any thread.
struct PhraseBook {
  std::vector<Industry> industries;
  std::vector<Persona> personas;  ///< without `anyone`
  Persona anyone;                 ///< whose lines the others fall back on
  std::vector<Level> levels;
  LineSet good, poor;  ///< an agent's lines
  People people;
  Hearing agents_words;     ///< what an agent's message says to a customer
  Hearing customers_words;  ///< what a customer's message says to an agent

  Industry const* industry(std::string_view brand) const;
  Persona const* persona(std::string_view id) const;
  Level const& level(std::string_view id) const;  ///< REQUIRES: known
};

/// Reads the files of simulation/. Error: the first mistake, with its place.
base::Result<PhraseBook> read_phrase_book(std::vector<playbook::SourceFile> const& files);

/// The one inside the binary.
base::Result<PhraseBook> embedded_phrase_book();

}  // namespace rapport::simulation
