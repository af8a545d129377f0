#include "centre/menu_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/limits.hpp"
#include "centre/document_fields.hpp"

namespace rapport::centre {
namespace {

constexpr std::array<std::string_view, 10> actions{"say", "menu", "ask", "hours", "consent", "queue", "hang_up", "callback", "voicemail", "transfer"};
constexpr std::uint8_t callback_digits_min = 3;  // of a number to be called
constexpr std::string_view all_keys = "0123456789*#";

std::string_view text_view(json::string_view text) { return {text.data(), text.size()}; }

bool is_called(std::string_view number) {
  return !number.empty() && number.size() <= limits::name_bytes_max && std::ranges::none_of(number, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '@'; });
}

/// E.164: which country's it is, is looked at when it is called.
bool is_outside(std::string_view number) {
  bool const fits = number.starts_with('+') && number.size() >= 4 && number.size() <= 16;
  return fits && std::ranges::all_of(number.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

class MenuReader {
 public:
  MenuReader(Trouble& trouble, base::Instant now, Menu& out) : trouble_(trouble), now_(now), menu_(out) {}

  bool read(json::value const& document) {
    DocumentFields fields{trouble_, root_, document};
    fields.text("label", limits::name_bytes_max, menu_.label);
    fields.text("language", 35, menu_.language);
    fields.other("numbers", [&](Place const& place, json::value const& value) { return read_numbers(place, value); });
    fields.text("callback_key", 1, menu_.callback_key);
    need(fields, "start", menu_.start);
    fields.required("steps", [&](Place const& place, json::value const& value) { return read_steps(place, value); });
    return fields.close() && check();
  }

 private:
  void need(DocumentFields& fields, std::string_view name, std::string& out) {
    fields.required(name, [&](Place const& place, json::value const& value) {
      if (!read_text(trouble_, place, value, out)) return false;
      return (!out.empty() && out.size() <= limits::name_bytes_max) || trouble_.wrong(place, value, fmt::format("a name of 1 to {} bytes", limits::name_bytes_max));
    });
  }

  bool read_numbers(Place const& place, json::value const& value) {
    auto const* const list = value.if_array();
    if (list == nullptr) return trouble_.wrong(place, value, "a list of numbers such as \"+442079460000\"");
    if (list->size() > limits::menu_numbers_max) return trouble_.fail(place, fmt::format("more than menu_numbers_max, {}, numbers", limits::menu_numbers_max));
    for (std::size_t i = 0; i < list->size(); ++i) {
      Place const at = place.item(i);
      std::string& number = menu_.numbers.emplace_back();
      if (!read_text(trouble_, at, (*list)[i], number)) return false;
      if (!is_called(number)) return trouble_.wrong(at, (*list)[i], "a number as callers' trunks send it");
    }
    return true;
  }

  bool read_steps(Place const& place, json::value const& value) {
    auto const* const object = value.if_object();
    if (object == nullptr) return trouble_.wrong(place, value, "steps by their names");
    if (object->size() > limits::menu_steps_max) return trouble_.fail(place, fmt::format("more than menu_steps_max, {}, steps", limits::menu_steps_max));
    for (auto const& [name, step] : *object) {
      Place const at = place.field(text_view(name));
      if (name.empty() || name.size() > limits::name_bytes_max) return trouble_.fail(at, fmt::format("expected a name of 1 to {} bytes", limits::name_bytes_max));
      if (!read_step(at, step, menu_.steps[std::string{text_view(name)}])) return false;
    }
    return true;
  }

  bool read_step(Place const& at, json::value const& value, MenuStep& step) {
    DocumentFields fields{trouble_, at, value};
    fields.required("do", [&](Place const& place, json::value const& action) {
      std::string name;
      if (!read_text(trouble_, place, action, name)) return false;
      auto const found = std::ranges::find(actions, name);
      if (found == actions.end()) return trouble_.wrong(place, action, fmt::format("one of {}", fmt::join(actions, ", ")));
      step.action = static_cast<MenuAction>(found - actions.begin());
      return true;
    });
    if (!fields.good()) return false;
    switch (step.action) {
      case MenuAction::say:
        read_spoken(fields, step);
        need(fields, "next", step.next);
        break;
      case MenuAction::menu:
        fields.required("keys", [&](Place const& place, json::value const& keys) { return read_keys(place, keys, step); });
        read_question(fields, step);
        break;
      case MenuAction::ask:
        need(fields, "field", step.field);
        fields.whole("digits_min", 1, limits::menu_digits_max, step.digits_min);
        step.digits_max = std::max(step.digits_max, step.digits_min);
        fields.whole("digits_max", step.digits_min, limits::menu_digits_max, step.digits_max);
        fields.boolean("secret", step.secret);
        need(fields, "next", step.next);
        read_question(fields, step);
        break;
      case MenuAction::hours:
        fields.required("hours", [&](Place const& place, json::value const& hours) { return read_hours(trouble_, place, hours, now_, step.hours); });
        need(fields, "next", step.next);
        need(fields, "otherwise", step.otherwise);
        break;
      case MenuAction::consent:
        need(fields, "next", step.next);
        read_question(fields, step);
        break;
      case MenuAction::queue:
        need(fields, "queue", step.queue);
        fields.text("otherwise", limits::name_bytes_max, step.otherwise);
        break;
      case MenuAction::hang_up:
        read_spoken(fields, step);
        break;
      case MenuAction::message:
        read_spoken(fields, step);
        need(fields, "queue", step.queue);
        fields.seconds("longest_seconds", limits::message_ms_min, limits::message_ms_max, false, step.longest_ms);
        break;
      case MenuAction::transfer:
        read_spoken(fields, step);
        fields.required("to", [&](Place const& place, json::value const& to) {
          if (!read_text(trouble_, place, to, step.to)) return false;
          return is_outside(step.to) || trouble_.wrong(place, to, "a number with its country such as \"+442079460200\"");
        });
        fields.text("otherwise", limits::name_bytes_max, step.otherwise);
        break;
      case MenuAction::callback:
        need(fields, "queue", step.queue);
        step.digits_min = callback_digits_min;
        step.digits_max = limits::callback_digits_max;
        read_question(fields, step);
        break;
    }
    return fields.close();
  }

  void read_spoken(DocumentFields& fields, MenuStep& step) {
    fields.text("text", limits::menu_text_bytes_max, step.text);
    fields.text("sound", limits::name_bytes_max, step.sound);
  }

  /// What menu and ask have in common.
  void read_question(DocumentFields& fields, MenuStep& step) {
    read_spoken(fields, step);
    fields.text("wrong", limits::menu_text_bytes_max, step.wrong);
    fields.whole("tries", 1, limits::menu_tries_max, step.tries);
    fields.seconds("patience_seconds", limits::menu_patience_min, limits::menu_patience_max, false, step.patience_ms);
    need(fields, "otherwise", step.otherwise);
  }

  bool read_keys(Place const& place, json::value const& value, MenuStep& step) {
    auto const* const object = value.if_object();
    if (object == nullptr || object->empty()) return trouble_.wrong(place, value, "keys with their steps such as {\"1\": \"billing\"}");
    for (auto const& [key, target] : *object) {
      Place const at = place.field(text_view(key));
      if (key.size() != 1 || all_keys.find(key[0]) == std::string_view::npos) return trouble_.fail(at, fmt::format("expected one of the keys {}", all_keys));
      if (!read_text(trouble_, at, target, step.keys[key[0]])) return false;
    }
    return true;
  }

  // What holds between steps.

  bool is_step(Place const& place, std::string const& name) {
    return menu_.steps.contains(name) || trouble_.fail(place, fmt::format("found \"{}\"; expected the name of a step", name));
  }

  bool check() {
    bool const is_key = menu_.callback_key.empty() || all_keys.find(menu_.callback_key[0]) != std::string_view::npos;
    if (!is_key) return trouble_.fail(root_.field("callback_key"), fmt::format("expected one of the keys {}", all_keys));
    if (!is_step(root_.field("start"), menu_.start)) return false;
    Place const steps = root_.field("steps");
    for (auto const& [name, step] : menu_.steps) {
      Place const at = steps.field(name);
      if (!step.next.empty() && !is_step(at.field("next"), step.next)) return false;
      if (!step.otherwise.empty() && !is_step(at.field("otherwise"), step.otherwise)) return false;
      bool const says_nothing = step.action == MenuAction::say && step.text.empty() && step.sound.empty();
      if (says_nothing) return trouble_.fail(at.field("text"), "missing; expected text, or the id of a sound in \"sound\"");
      Place const keys = at.field("keys");
      for (auto const& [key, target] : step.keys) {
        if (!is_step(keys.field({&key, 1}), target)) return false;
      }
    }
    std::set<std::string_view> const found = reached();
    for (auto const& [name, step] : menu_.steps) {
      if (!found.contains(name)) return trouble_.fail(steps.field(name), fmt::format("no way leads here from \"{}\"; expected every step to be reached", menu_.start));
    }
    return true;
  }

  std::set<std::string_view> reached() const {
    std::set<std::string_view> found{menu_.start};
    std::vector<std::string_view> next{menu_.start};
    auto const to = [&](std::string const& name) {
      if (!name.empty() && found.insert(name).second) next.push_back(name);
    };
    while (!next.empty()) {
      MenuStep const& step = menu_.steps.find(next.back())->second;
      next.pop_back();
      to(step.next);
      to(step.otherwise);
      for (auto const& [key, target] : step.keys) to(target);
    }
    return found;
  }

  Trouble& trouble_;
  base::Instant now_;
  Menu& menu_;
  Place root_;
};

json::object step_json(MenuStep const& step) {
  json::object out{{"do", std::string{actions[static_cast<std::size_t>(step.action)]}}};
  auto const add = [&](char const* name, std::string const& text) {
    if (!text.empty()) out[name] = text;
  };
  out["text"] = step.text;
  if (step.action == MenuAction::hours || step.action == MenuAction::queue) out.erase("text");
  add("sound", step.sound);
  add("wrong", step.wrong);
  add("field", step.field);
  add("queue", step.queue);
  add("to", step.to);
  add("next", step.next);
  add("otherwise", step.otherwise);
  if (step.action == MenuAction::hours) out["hours"] = hours_json(step.hours);
  if (step.action == MenuAction::menu) {
    json::object& keys = out["keys"].emplace_object();
    for (auto const& [key, target] : step.keys) keys[{&key, 1}] = target;
  }
  if (step.action == MenuAction::ask) {
    out["digits_min"] = step.digits_min;
    out["digits_max"] = step.digits_max;
    out["secret"] = step.secret;
  }
  if (step.action == MenuAction::message) out["longest_seconds"] = seconds_json(step.longest_ms);
  bool const asks = step.action == MenuAction::menu || step.action == MenuAction::ask || step.action == MenuAction::consent || step.action == MenuAction::callback;
  if (asks) {
    out["tries"] = step.tries;
    out["patience_seconds"] = seconds_json(step.patience_ms);
  }
  return out;
}

}  // namespace

base::Result<Menu> read_menu(json::value const& document, base::Instant now) {
  Trouble trouble;
  Menu menu;
  if (!MenuReader{trouble, now, menu}.read(document)) return trouble.error();
  return menu;
}

base::Result<Menu> parse_menu(std::string_view text, base::Instant now) {
  auto const document = parse_json(text, "menu");
  if (!document) return document.error();
  return read_menu(*document, now);
}

json::object menu_json(Menu const& menu) {
  json::object out{{"label", menu.label}, {"language", menu.language}, {"start", menu.start}};
  json::array& numbers = out["numbers"].emplace_array();
  for (std::string const& number : menu.numbers) numbers.emplace_back(number);
  if (!menu.callback_key.empty()) out["callback_key"] = menu.callback_key;
  json::object& steps = out["steps"].emplace_object();
  for (auto const& [name, step] : menu.steps) steps[name] = step_json(step);
  return out;
}

}  // namespace rapport::centre
