#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string>

#include "base/assert.hpp"
#include "base/time.hpp"
#include "evaluation/scorecard.hpp"
#include "evaluation/terminal.hpp"
#include "evaluation/why.hpp"
#include "playbook/chapter.hpp"

namespace rapport::evaluation {
namespace {

constexpr std::size_t narrow_below = 70;

struct LineMark {
  std::string_view sign;
  std::string_view colour;
};
constexpr std::array<LineMark, 4> marks = {{{"✓", "32"}, {"✗", "31"}, {"–", "90"}, {"?", "33"}}};  // by Verdict

std::string tenths(std::int64_t thousandths) { return fmt::format("{}.{}", (thousandths + 50) / 1'000, (thousandths + 50) % 1'000 / 100); }

std::string_view first_part(std::string_view id) { return id.substr(0, id.find('.')); }

class TextScorecard {
 public:
  TextScorecard(Ledger const& ledger, timeline::Timeline const& timeline, playbook::Playbook const& playbook, TextStyle style)
      : ledger_(ledger), timeline_(timeline), playbook_(playbook), style_(style) {}

  std::string write() {
    head();
    for (playbook::Chapter const& chapter : playbook::chapters_of(playbook_)) write_chapter(chapter);
    return std::move(out_);
  }

 private:
  std::size_t count(Verdict verdict) const {
    return static_cast<std::size_t>(std::ranges::count(ledger_.practices, verdict, &PracticeResult::verdict));
  }

  void head() {
    domain::Interaction const& head = timeline_.head();
    std::string title = fmt::format("{}  {}, {}", terminal::one_line(head.id), name(head.channel), name(head.direction));
    if (head.has_date()) title += ", " + base::format_rfc3339(head.started_at);
    if (!head.company.empty()) title += ", " + terminal::one_line(head.company);
    out_ += terminal::shortened(title, style_.columns) + '\n';
    std::string const score = ledger_.score ? tenths(*ledger_.score) + " of 100" : "none";
    std::string const summary =
        fmt::format("Score {}; {} % assessed; {} met, {} missed, {} not applicable, {} not assessed", score,
                    tenths(std::int64_t{ledger_.assessed_share} * 100), count(Verdict::met), count(Verdict::missed),
                    count(Verdict::not_applicable), count(Verdict::not_assessed));
    out_ += terminal::wrapped(summary, style_.columns, "");
  }

  /// Bytes of the first part and dot that all ids of the chapter share; 0 if they do not.
  std::size_t common_bytes(playbook::Chapter const& chapter) const {
    std::string_view const part = first_part(playbook_.practices[chapter.practices.front()].id);
    bool const common = std::ranges::all_of(chapter.practices, [&](std::size_t i) {
      std::string_view const id = playbook_.practices[i].id;
      return first_part(id) == part && id.size() > part.size() + 1;
    });
    return common ? part.size() + 1 : 0;
  }

  void write_chapter(playbook::Chapter const& chapter) {
    std::size_t const common = common_bytes(chapter);
    std::string rows;
    std::array<std::string, 4> others;
    for (std::size_t const i : chapter.practices) {
      Verdict const verdict = ledger_.practices[i].verdict;
      bool const told = verdict == Verdict::met || verdict == Verdict::missed;
      if (told || style_.all) {
        rows += row(static_cast<std::uint16_t>(i));
        continue;
      }
      std::string& list = others[static_cast<std::size_t>(verdict)];
      list += list.empty() ? "" : ", ";
      list += std::string_view(playbook_.practices[i].id).substr(common);
    }
    for (Verdict const verdict : {Verdict::not_assessed, Verdict::not_applicable}) {
      std::string const& list = others[static_cast<std::size_t>(verdict)];
      if (list.empty()) continue;
      std::string_view const words = verdict == Verdict::not_assessed ? "not assessed: " : "not applicable: ";
      std::string lines = terminal::wrapped(std::string(words) + list, style_.columns, "    ");
      rows += "  " + sign(verdict) + " " + lines.substr(4);
    }
    if (!rows.empty()) out_ += fmt::format("\n{}\n{}", terminal::one_line(chapter.name), rows);
  }

  std::string sign(Verdict verdict) const {
    LineMark const& mark = marks[static_cast<std::size_t>(verdict)];
    return style_.colour ? fmt::format("\x1b[{}m{}\x1b[0m", mark.colour, mark.sign) : std::string(mark.sign);
  }

  std::string row(std::uint16_t number) const {
    playbook::Practice const& practice = playbook_.practices[number];
    std::string const say = terminal::one_line(practice.say.empty() ? practice.id : practice.say);
    std::string const detail = detail_of(number);
    std::string line = "  " + sign(ledger_.practices[number].verdict) + " ";
    if (style_.columns < narrow_below) {
      line += terminal::shortened(say, style_.columns - 4) + '\n';
      if (!detail.empty()) line += "      " + terminal::shortened(detail, style_.columns - 6) + '\n';
      return line;
    }
    std::size_t const left = style_.columns * 45 / 100;
    line += detail.empty() ? terminal::shortened(say, style_.columns - 4)
                           : terminal::padded(terminal::shortened(say, left), left) + "  " +
                                 terminal::shortened(detail, style_.columns - left - 6);
    return line + '\n';
  }

  std::string detail_of(std::uint16_t number) const {
    PracticeResult const& result = ledger_.practices[number];
    std::string detail = terminal::one_line(explain(result, playbook_.practices[number], timeline_.head()));
    if (!detail.empty()) return detail;
    auto const evidence = deciding_evidence(ledger_, number);
    bool const missed = result.verdict == Verdict::missed;
    if (missed && result.occasions > 1) detail = fmt::format("{} of {} missed", result.occasions - result.met, result.occasions);
    if (evidence.empty()) return missed && detail.empty() ? "not done" : detail;
    if (!detail.empty()) detail += "; ";
    detail += base::format_clock(evidence.front().at_ms);
    std::string const words = terminal::one_line(quote(timeline_, evidence.front()));
    if (!words.empty()) detail += fmt::format(" {} \"{}\"", name(evidence.front().by), words);
    if (missed && words.empty() && !is_of_its_event(timeline_, evidence.front())) detail += " not done";
    return detail;
  }

  Ledger const& ledger_;
  timeline::Timeline const& timeline_;
  playbook::Playbook const& playbook_;
  TextStyle style_;
  std::string out_;
};

}  // namespace

std::string to_text(Ledger const& ledger, timeline::Timeline const& timeline, playbook::Playbook const& playbook,
                    TextStyle style) {
  RAPPORT_ASSERT(ledger.practices.size() == playbook.practices.size());
  style.columns = std::max<std::size_t>(style.columns, 20);
  return TextScorecard(ledger, timeline, playbook, style).write();
}

}  // namespace rapport::evaluation
