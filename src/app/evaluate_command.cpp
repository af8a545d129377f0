#include "app/evaluate_command.hpp"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "app/judge.hpp"
#include "app/standard_output.hpp"
#include "evaluation/scorecard.hpp"
#include "report/report_writer.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

/// Width and colour for the terminal that standard output is, or plain text for a file.
evaluation::TextStyle style_of_output(bool to_file) {
  evaluation::TextStyle style;
  winsize size{};
  if (!to_file && isatty(STDOUT_FILENO) == 1) {
    style.colour = true;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) style.columns = size.ws_col;
  }
  return style;
}

/// Standard output, or a file in the folder `out`.
class Output {
 public:
  /// Error: the folder or the file cannot be made.
  base::Result<void> open(std::string const& out, std::string const& name) {
    if (out.empty()) return {};
    std::error_code failure;
    fs::create_directories(out, failure);
    path_ = fs::path{out} / name;
    file_.open(path_, std::ios::binary | std::ios::trunc);
    if (failure || !file_) return base::Error{fmt::format("{}: cannot be written", path_.string())};
    return {};
  }

  void write(std::string const& text) {
    if (path_.empty()) {
      print_out(text);
    } else {
      file_ << text;
    }
  }

  std::ostream& stream() { return file_; }
  fs::path const& path() const { return path_; }

  /// `status`, or a complaint where not everything was written.
  int close(int status) {
    if (path_.empty()) return status;
    file_.close();
    if (file_.good()) return status;
    fmt::print(stderr, "{}: not everything could be written\n", path_.string());
    return exit_some_failed;
  }

 private:
  fs::path path_;
  std::ofstream file_;
};

int write_report(EvaluateOptions const& options, playbook::Playbook const& playbook, Output& output) {
  report::EntryMaker const maker{playbook};
  report::ReportWriter writer{output.stream(), playbook};
  Judge<report::Entry> judge{
      playbook,
      [&maker](timeline::Timeline const& timeline, evaluation::Ledger const& ledger) { return maker.make(timeline, ledger); },
      [&writer](report::Entry const& entry) { writer.add(entry); },
      [&writer](std::string const& complaint) { writer.refuse(complaint); }};
  int const status = judge.run(options.paths, options.jobs);
  writer.finish();
  return status;
}

int write_lines(EvaluateOptions const& options, playbook::Playbook const& playbook, Output& output) {
  bool const json = options.format == "json";
  auto const models = evaluation::models_of(playbook);
  evaluation::TextStyle const style = style_of_output(!options.out.empty());
  Judge<std::string> judge{
      playbook,
      [&](timeline::Timeline const& timeline, evaluation::Ledger const& ledger) {
        return json ? evaluation::to_json(ledger, timeline, playbook, models) + '\n'
                    : evaluation::to_text(ledger, timeline, playbook, style) + '\n';
      },
      [&output](std::string const& text) { output.write(text); }};
  return judge.run(options.paths, options.jobs);
}

}  // namespace

int evaluate(EvaluateOptions const& options) {
  auto const playbook = load_playbook(options.playbook);
  if (!playbook) {
    fmt::print(stderr, "{}\n", playbook.error().message);
    return exit_usage;
  }
  bool const html = options.format == "html";
  Output output;
  auto const opened = output.open(options.out, html ? "report.html" : options.format == "json" ? "ledgers.jsonl"
                                                                                               : "scorecards.txt");
  if (!opened) {
    fmt::print(stderr, "{}\n", opened.error().message);
    return exit_usage;
  }
  int const read = html ? write_report(options, **playbook, output) : write_lines(options, **playbook, output);
  int const status = output.close(read);
  if (!output.path().empty() && status == read && status != exit_usage) fmt::print(stderr, "written: {}\n", fs::absolute(output.path()).string());
  return status;
}

}  // namespace rapport::app
