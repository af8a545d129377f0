#include "playbook/explain_words.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "playbook/quantity.hpp"
#include "playbook/yaml_text.hpp"

namespace rapport::playbook {

std::string joined(std::vector<std::string> const& parts, std::string_view last_joint) {
  std::string text;
  for (std::size_t index = 0; index < parts.size(); ++index) {
    if (index > 0) text += index + 1 == parts.size() ? fmt::format(" {} ", last_joint) : ", ";
    text += parts[index];
  }
  return text;
}

std::string counted(std::int64_t count, std::string_view noun) { return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s"); }

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

std::string wrapped(std::string_view text, std::size_t indent) {
  constexpr std::size_t width = 96;
  std::string lines;
  std::string line;
  std::size_t used = 0;
  for (std::size_t at = text.find_first_not_of(' '); at < text.size(); at = text.find_first_not_of(' ', at)) {
    std::size_t const end = std::min(text.find(' ', at), text.size());
    std::string_view const word = text.substr(at, end - at);
    auto const length = static_cast<std::size_t>(count_characters(word));
    if (!line.empty() && indent + used + 1 + length > width) {
      lines += fmt::format("{:{}}{}\n", "", indent, std::exchange(line, {}));
      used = 0;
    }
    used += length + (line.empty() ? 0 : 1);
    line += line.empty() ? "" : " ";
    line += word;
    at = end;
  }
  return line.empty() ? lines : lines + fmt::format("{:{}}{}\n", "", indent, line);
}

std::string described(domain::Source source) {
  switch (source) {
    case domain::Source::words:
      return "what was said or written";
    case domain::Source::timing:
      return "when each side spoke";
    case domain::Source::telephony:
      return "the telephone system's events (answers, holds, transfers)";
    case domain::Source::desk:
      return "what the agent did at the desk (notes, remedies, dispositions)";
    case domain::Source::journey:
      return "the customer's history and what the centre knew";
    case domain::Source::audio:
      return "measures of the sound";
    case domain::Source::survey:
      return "the survey";
  }
  return {};
}

std::string language_name(std::string_view tag) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> names{{{"en", "English"}, {"de", "German"}, {"fr", "French"}, {"es", "Spanish"}, {"it", "Italian"}, {"pt", "Portuguese"}, {"nl", "Dutch"}, {"pl", "Polish"}, {"sv", "Swedish"}, {"da", "Danish"}, {"tr", "Turkish"}, {"ja", "Japanese"}}};
  for (auto const& [known, name] : names) {
    if (known == tag) return std::string(name);
  }
  return std::string(tag);
}

std::string described(Bound const& bound) {
  std::vector<std::string> ways;
  if (bound.time_ms) ways.push_back(write_millis(*bound.time_ms));
  if (bound.agent_turns) ways.push_back(counted(*bound.agent_turns, "agent turn"));
  if (bound.customer_turns) ways.push_back(counted(*bound.customer_turns, "customer turn"));
  if (bound.speech_ms) ways.push_back(write_millis(*bound.speech_ms) + " of speech");
  if (bound.due_of_trigger) ways.emplace_back("the time it names itself");
  return ways.empty() ? std::string() : "within " + joined(ways, "or");
}

std::string described_band(std::string_view band) {
  std::size_t const dots = band.find("..");
  auto const end = [&](std::string_view text) {
    std::size_t const first = text.find_first_not_of(' ');
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
  };
  if (dots == std::string_view::npos) return std::string(band);
  std::string const low = end(band.substr(0, dots));
  std::string const high = end(band.substr(dots + 2));
  if (low.empty()) return "at most " + high;
  if (high.empty()) return "at least " + low;
  return fmt::format("between {} and {}", low, high);
}

}  // namespace rapport::playbook
