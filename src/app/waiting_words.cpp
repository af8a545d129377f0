#include "app/waiting_words.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <utility>

#include "base/assert.hpp"
#include "embedded/announcements.hpp"

namespace rapport::app {
namespace {

namespace json = boost::json;

constexpr base::Millis told_max = base::hour;

std::string with(std::string text, std::string_view mark, std::string_view value) {
  std::size_t const at = text.find(mark);
  return at == std::string::npos ? text : text.replace(at, mark.size(), value);
}
std::string with(std::string text, std::string_view mark, std::size_t number) { return with(std::move(text), mark, std::to_string(number)); }

std::string expected_wait(WaitingWords const& words, base::Millis estimate_ms) {
  auto const minutes = static_cast<std::size_t>((estimate_ms + base::minute / 2) / base::minute);
  if (estimate_ms < base::minute) return words.soon;
  return minutes == 1 ? words.minute : with(words.minutes, "{minutes}", minutes);
}

}  // namespace

base::Result<WaitingWords> read_waiting_words(std::string_view text) {
  boost::system::error_code code;
  json::value const value = json::parse({text.data(), text.size()}, code);
  json::object const* const object = code ? nullptr : value.if_object();
  if (object == nullptr) return base::Error{"expected an object"};
  WaitingWords words;
  for (auto const& [name, out] : {std::pair{"next", &words.next}, {"place", &words.place}, {"soon", &words.soon}, {"minute", &words.minute}, {"minutes", &words.minutes}, {"callback_offer", &words.callback_offer}, {"callback_promise", &words.callback_promise}, {"consent", &words.consent}}) {
    json::value const* const field = object->if_contains(name);
    if (field == nullptr || !field->is_string()) return base::Error{fmt::format("{}: expected a text", name)};
    out->assign(field->get_string().data(), field->get_string().size());
  }
  json::value const* const comfort = object->if_contains("comfort");
  if (comfort == nullptr || !comfort->is_array()) return base::Error{"comfort: expected a list of texts"};
  for (json::value const& one : comfort->get_array()) {
    if (!one.is_string()) return base::Error{"comfort: expected a list of texts"};
    words.comfort.emplace_back(one.get_string().data(), one.get_string().size());
  }
  return words;
}

std::map<std::string, WaitingWords, std::less<>> const& shipped_waiting_words() {
  static auto const all = [] {
    std::map<std::string, WaitingWords, std::less<>> read;
    for (base::EmbeddedFile const& file : embedded::announcements) {
      auto words = read_waiting_words(file.bytes);
      RAPPORT_ASSERT(words);  // a file of ours, read by a test
      read.emplace(std::string{file.path.substr(0, file.path.find('.'))}, *std::move(words));
    }
    return read;
  }();
  return all;
}

WaitingWords const& waiting_words_for(std::string_view language) {
  auto const& all = shipped_waiting_words();
  auto found = all.find(language);
  if (found == all.end()) found = all.find(language.substr(0, language.find('-')));
  return found == all.end() ? all.at("en") : found->second;
}

std::string callback_text(WaitingWords const& words, std::string_view key) { return with(words.callback_offer, "{key}", key); }

std::string waiting_text(WaitingWords const& words, std::size_t position, std::optional<base::Millis> estimate_ms, std::size_t turn) {
  bool const comforts = turn % 2 == 1 && !words.comfort.empty();
  if (comforts) return words.comfort[turn / 2 % words.comfort.size()];
  std::string text = position <= 1 ? words.next : with(words.place, "{place}", position);
  if (estimate_ms && *estimate_ms <= told_max) text += ' ' + expected_wait(words, *estimate_ms);
  return text;
}

}  // namespace rapport::app
