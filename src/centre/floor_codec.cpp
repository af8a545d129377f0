#include "centre/floor_codec.hpp"

#include <algorithm>
#include <map>
#include <vector>

#include "centre/floor_json.hpp"
#include "centre/snapshot_check.hpp"

namespace rapport::centre {
namespace {

using namespace floor_fields;
using routing::Contact;
using routing::Queue;
using routing::Snapshot;

constexpr std::int64_t snapshot_format = 1;

/// Reads into the alternative of that number.
template <std::size_t... index>
bool read_happening(Trouble& trouble, Place const& place, json::value const& value, std::size_t number,
                    routing::Happening& what, std::index_sequence<index...>) {
  bool good = false;
  ((index == number ? void(good = read(trouble, place, value, what.emplace<index>())) : void()), ...);
  return good;
}

using RulesNumbers = std::map<Queue const*, std::size_t>;

/// Every version of rules that the snapshot names, numbered in order of first mention.
RulesNumbers numbered_rules(Snapshot const& snapshot, std::vector<Queue const*>& in_order) {
  RulesNumbers numbers;
  auto const add = [&](Queue const* rules) {
    if (numbers.try_emplace(rules, in_order.size()).second) in_order.push_back(rules);
  };
  for (auto const& queue : snapshot.queues) add(queue.rules.get());
  for (Contact const& contact : snapshot.contacts) {
    if (!contact.id.nil()) add(contact.rules.get());
  }
  return numbers;
}

using Rules = std::vector<std::shared_ptr<Queue const>>;

bool read_rules(Trouble& trouble, ObjectReader& object, Rules const& rules, std::shared_ptr<Queue const>& out) {
  json::value const* const value = object.need("rules");
  std::int64_t number = 0;
  if (value == nullptr) return false;
  if (!read_whole(trouble, object.at("rules"), *value, 0, static_cast<std::int64_t>(rules.size()) - 1, number)) return false;
  out = rules[static_cast<std::size_t>(number)];
  return true;
}

bool read_queue_entry(Trouble& trouble, Place const& place, json::value const& value, Rules const& rules,
                      Snapshot::QueueEntry& out) {
  ObjectReader object{trouble, place};
  if (!object.open(value) || !read_rules(trouble, object, rules, out.rules)) return false;
  json::value const* const answers = object.need("answers");
  return answers != nullptr && read(trouble, object.at("answers"), *answers, out.answers) && object.close();
}

/// `null` is a number that no contact has.
bool read_contact(Trouble& trouble, Place const& place, json::value const& value, Rules const& rules, Contact& out) {
  if (value.is_null()) return true;
  ObjectReader object{trouble, place};
  return object.open(value) && read_rules(trouble, object, rules, out.rules) && read_fields(trouble, object, out) &&
         object.close();
}

template <typename List, typename Read>
bool read_each(Trouble& trouble, ObjectReader& object, std::string_view name, List& out, Read&& read_one) {
  json::value const* const value = object.need(name);
  if (value == nullptr) return false;
  Place const place = object.at(name);
  auto const* const list = value->if_array();
  if (list == nullptr) return trouble.wrong(place, *value, "a list");
  out.resize(list->size());
  for (std::size_t index = 0; index < list->size(); ++index) {
    if (!read_one(place.item(index), (*list)[index], out[index])) return false;
  }
  return true;
}

bool read_snapshot(Trouble& trouble, json::value const& value, Snapshot& out) {
  Place const root;
  ObjectReader object{trouble, root};
  if (!object.open(value)) return false;
  json::value const* const format = object.need("format");
  std::int64_t number = 0;
  if (format == nullptr || !read_whole(trouble, object.at("format"), *format, snapshot_format, snapshot_format, number)) return false;
  json::value const* const now = object.need("now");
  if (now == nullptr || !read(trouble, object.at("now"), *now, out.now)) return false;
  Rules rules;
  auto const plain = [&](Place const& place, json::value const& item, auto& into) { return read(trouble, place, item, into); };
  return read_each(trouble, object, "rules", rules, plain) &&
         read_each(trouble, object, "queues", out.queues,
                   [&](Place const& place, json::value const& item, auto& into) { return read_queue_entry(trouble, place, item, rules, into); }) &&
         read_each(trouble, object, "agents", out.agents, plain) &&
         read_each(trouble, object, "contacts", out.contacts,
                   [&](Place const& place, json::value const& item, auto& into) { return read_contact(trouble, place, item, rules, into); }) &&
         read_each(trouble, object, "unused", out.unused, plain) && object.close();
}

}  // namespace

std::string encode(routing::Event const& event) {
  std::string out = "[";
  write(out, event.at);
  out += ",\"";
  out += happening_names[event.what.index()];
  out += "\",";
  std::visit([&](auto const& what) { write(out, what); }, event.what);
  out += ']';
  return out;
}

base::Result<routing::Event> decode_floor_event(std::string_view text) {
  auto const value = parse_json(text, "floor event");
  if (!value) return value.error();
  Trouble trouble;
  Place const root;
  auto const* const parts = value->if_array();
  if (parts == nullptr || parts->size() != 3) {
    trouble.wrong(root, *value, "a list of time, kind and what happened");
    return trouble.error();
  }
  routing::Event event;
  std::string kind;
  if (!read(trouble, root.item(0), (*parts)[0], event.at) || !read_text(trouble, root.item(1), (*parts)[1], kind)) return trouble.error();
  auto const number = static_cast<std::size_t>(std::ranges::find(happening_names, kind) - happening_names.begin());
  if (number == happening_names.size()) {
    trouble.wrong(root.item(1), (*parts)[1], "a kind of event such as offered");
    return trouble.error();
  }
  Place const place{&root, kind, Place::no_index};
  bool const good = read_happening(trouble, place, (*parts)[2], number, event.what,
                                   std::make_index_sequence<std::variant_size_v<routing::Happening>>{});
  if (!good) return trouble.error();
  return event;
}

std::string encode(Snapshot const& snapshot) {
  std::vector<Queue const*> rules;
  RulesNumbers const numbers = numbered_rules(snapshot, rules);
  std::string out = fmt::format("{{\"format\":{},\"now\":{},\"rules\":", snapshot_format, snapshot.now.since_epoch);
  timeline::formats::append_json_list(out, rules, [&](Queue const* queue) { write(out, *queue); });
  out += ",\"queues\":";
  timeline::formats::append_json_list(out, snapshot.queues, [&](Snapshot::QueueEntry const& queue) {
    fmt::format_to(std::back_inserter(out), "{{\"rules\":{},\"answers\":", numbers.at(queue.rules.get()));
    write(out, queue.answers);
    out += '}';
  });
  out += ",\"agents\":";
  write(out, snapshot.agents);
  out += ",\"contacts\":";
  timeline::formats::append_json_list(out, snapshot.contacts, [&](Contact const& contact) {
    if (contact.id.nil()) {
      out += "null";
      return;
    }
    fmt::format_to(std::back_inserter(out), "{{\"rules\":{}", numbers.at(contact.rules.get()));
    bool first = false;
    write_fields(out, contact, first);
    out += '}';
  });
  out += ",\"unused\":";
  write(out, snapshot.unused);
  out += '}';
  return out;
}

base::Result<Snapshot> decode_snapshot(std::string_view text) {
  auto const value = parse_json(text, "floor snapshot");
  if (!value) return value.error();
  Trouble trouble;
  Snapshot snapshot;
  if (!read_snapshot(trouble, *value, snapshot)) return trouble.error();
  if (auto const contradiction = contradiction_in(snapshot)) return *contradiction;
  return snapshot;
}

}  // namespace rapport::centre
