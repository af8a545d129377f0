#include "app/command_line.hpp"

#include <CLI/CLI.hpp>

#include <functional>

#include "app/agree_command.hpp"
#include "app/convert_command.hpp"
#include "app/evaluate_command.hpp"
#include "app/exit_status.hpp"
#include "app/playbook_command.hpp"

namespace rapport::app {
namespace {

constexpr char const* paths_help =
    "files or folders of interactions: Rapport's JSON or JSONL, vCon, Harper Valley, STAR or plain text, told apart "
    "by their content";

void add_playbook(CLI::App& command, PlaybookChoice& choice) {
  command.add_option("--playbook", choice.folder, "folder of a playbook (default: the standard one, built in)");
  command.add_option("--preset", choice.preset, "a preset of the playbook: service, sales, complaints or outbound in the standard one");
}

void add_evaluate(CLI::App& app, std::function<int()>& chosen, EvaluateOptions& options) {
  CLI::App* command = app.add_subcommand("evaluate", "Judge interactions by a playbook: every practice met, missed, not applicable or not assessed, with evidence");
  command->add_option("PATH", options.paths, paths_help)->required();
  add_playbook(*command, options.playbook);
  command->add_option("--format", options.format, "text, json (a line an interaction) or html (one report; needs --out)")
      ->check(CLI::IsMember({"text", "json", "html"}))
      ->capture_default_str();
  command->add_option("--out", options.out, "folder to write into, made if missing (default: standard output)");
  command->add_option("--jobs", options.jobs, "threads (default: one a core)")->check(CLI::Range(1, 1'024));
  command->footer(
      "Exit status: 0 all were read, 1 some could not be (each named on standard error), 2 wrong usage.\n"
      "Example: rapport evaluate calls/ --format html --out report");
  command->callback([&chosen, &options] {
    if (options.format == "html" && options.out.empty()) throw CLI::ValidationError("--format html", "needs --out FOLDER for the report");
    chosen = [&options] { return evaluate(options); };
  });
}

void add_agree(CLI::App& app, std::function<int()>& chosen, AgreeOptions& options) {
  CLI::App* command = app.add_subcommand("agree", "Compare our verdicts with people's labels: precision, recall, kappa, with 95 % intervals");
  command->add_option("PATH", options.paths, paths_help)->required();
  command->add_option("--truth", options.truth, "labels: a line {\"id\": …, \"verdicts\": {practice: verdict}} an interaction; may be given several times")
      ->required()
      ->allow_extra_args(false);
  add_playbook(*command, options.playbook);
  command->add_option("--format", options.format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->add_flag("--disagreements", options.disagreements, "list first where label and verdict differ, with the words that decided");
  command->add_option("--jobs", options.jobs, "threads (default: one a core)")->check(CLI::Range(1, 1'024));
  command->footer("Example: rapport agree --truth labels.jsonl calls.jsonl");
  command->callback([&chosen, &options] { chosen = [&options] { return agree(options); }; });
}

void add_convert(CLI::App& app, std::function<int()>& chosen, ConvertOptions& options) {
  CLI::App* command = app.add_subcommand("convert", "Write interactions in another format");
  command->add_option("PATH", options.paths, paths_help)->required();
  command->add_option("--to", options.to, "interaction, vcon or text")->required()->check(CLI::IsMember({"interaction", "vcon", "text"}));
  command->add_option("--out", options.out, "folder, a file an interaction (default: standard output, one after another)");
  command->callback([&chosen, &options] { chosen = [&options] { return convert(options); }; });
}

void add_playbook_commands(CLI::App& app, std::function<int()>& chosen, PlaybookChoice& choice, std::string& argument) {
  CLI::App* command = app.add_subcommand("playbook", "Check or explain a playbook");
  command->require_subcommand(1);
  CLI::App* check = command->add_subcommand("check", "Print every mistake of a playbook: file, line, column, what was found, what was expected");
  check->add_option("DIR", argument, "the playbook's folder")->required();
  check->callback([&chosen, &argument] { chosen = [&argument] { return check_playbook(argument); }; });
  CLI::App* explain = command->add_subcommand("explain", "Say in plain words what a practice or a signal means");
  explain->add_option("ID", argument, "a practice (hold.ask-first) or a signal (agent.apologises)")->required();
  add_playbook(*explain, choice);
  explain->callback([&chosen, &choice, &argument] { chosen = [&choice, &argument] { return explain_playbook(choice, argument); }; });
}

}  // namespace

int run(int argc, char** argv) {
  CLI::App app{"Rapport judges conversations by the dos and don'ts of good call handling, with evidence.", "rapport"};
  app.set_version_flag("--version", std::string{"rapport "} + RAPPORT_VERSION);
  app.require_subcommand(1);
  app.set_help_all_flag("--help-all", "the help of all commands");

  std::function<int()> chosen;
  EvaluateOptions evaluate_options;
  AgreeOptions agree_options;
  ConvertOptions convert_options;
  PlaybookChoice choice;
  std::string argument;
  add_evaluate(app, chosen, evaluate_options);
  add_agree(app, chosen, agree_options);
  add_convert(app, chosen, convert_options);
  add_playbook_commands(app, chosen, choice, argument);

  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return app.exit(error) == 0 ? exit_ok : exit_usage;
  }
  return chosen();
}

}  // namespace rapport::app
