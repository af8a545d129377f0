#include "app/command_line.hpp"

#include <CLI/CLI.hpp>

#include <functional>

#include "app/agree_command.hpp"
#include "app/backup_command.hpp"
#include "app/config_command.hpp"
#include "app/convert_command.hpp"
#include "app/demo_command.hpp"
#include "app/doctor.hpp"
#include "app/evaluate_command.hpp"
#include "app/exit_status.hpp"
#include "app/load_command.hpp"
#include "app/playbook_command.hpp"
#include "app/serve_command.hpp"
#include "app/standard_output.hpp"
#include "base/limits.hpp"

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
  command->footer(
      "Exit status: 0 all were read, 1 some could not be (each named on standard error), 2 wrong usage.\n"
      "Example: rapport agree --truth labels.jsonl calls.jsonl");
  command->callback([&chosen, &options] { chosen = [&options] { return agree(options); }; });
}

void add_convert(CLI::App& app, std::function<int()>& chosen, ConvertOptions& options) {
  CLI::App* command = app.add_subcommand("convert", "Write interactions in another format");
  command->add_option("PATH", options.paths, paths_help)->required();
  command->add_option("--to", options.to, "interaction, vcon or text")->required()->check(CLI::IsMember({"interaction", "vcon", "text"}));
  command->add_option("--out", options.out, "folder, a file an interaction (default: standard output, one after another)");
  command->footer(
      "Exit status: 0 all were read, 1 some could not be (each named on standard error), 2 wrong usage.\n"
      "Example: rapport convert --to vcon calls/ --out vcons");
  command->callback([&chosen, &options] { chosen = [&options] { return convert(options); }; });
}

void add_playbook_commands(CLI::App& app, std::function<int()>& chosen, PlaybookChoice& choice, std::string& argument) {
  CLI::App* command = app.add_subcommand("playbook", "Check or explain a playbook");
  command->require_subcommand(1);
  CLI::App* check = command->add_subcommand("check", "Print every mistake of a playbook: file, line, column, what was found, what was expected");
  check->add_option("DIR", argument, "the playbook's folder")->required();
  check->footer("Exit status: 0 no mistakes, 1 mistakes, 2 no such folder.\nExample: rapport playbook check my-playbook");
  check->callback([&chosen, &argument] { chosen = [&argument] { return check_playbook(argument); }; });
  CLI::App* explain = command->add_subcommand("explain", "Say in plain words what a practice or a signal means");
  explain->add_option("ID", argument, "a practice (hold.ask-first) or a signal (agent.apologises)")->required();
  add_playbook(*explain, choice);
  explain->footer("Exit status: 0 explained, 2 no such id or playbook.\nExample: rapport playbook explain hold.ask-first");
  explain->callback([&chosen, &choice, &argument] { chosen = [&choice, &argument] { return explain_playbook(choice, argument); }; });
}

/// The options by which a server's settings are given.
void add_settings(CLI::App& command, SettingsChoice& choice) {
  command.add_option("--config", choice.config, "the configuration, a YAML file (default: RAPPORT_CONFIG, ~/.config/rapport/rapport.yaml or /etc/rapport/rapport.yaml)");
  command.add_option("--data", choice.data, "the data folder (default: $XDG_DATA_HOME/rapport)");
  command.add_option("--listen", choice.listen, "ADDRESS:PORT; may be given several times (default: 127.0.0.1:8080)")->allow_extra_args(false);
  command.add_option("--sip", choice.sip, "udp:ADDRESS:PORT, tcp:… or tls:…, where calls come in; may be given several times (default: no phone)")->allow_extra_args(false);
  command.add_option("--store", choice.store, "sqlite, or a URL of PostgreSQL: postgresql://user@host/database (default: sqlite)");
  command.add_option("--set", choice.set, "KEY=VALUE for any key of the configuration, e.g. --set log.level=debug; may be given several times")->allow_extra_args(false);
}

void add_serve(CLI::App& app, std::function<int()>& chosen, SettingsChoice& choice) {
  CLI::App* command = app.add_subcommand("serve", "Run the server: interactions, routing, the API and the live feed");
  add_settings(*command, choice);
  command->footer(
      "Plain HTTP on loopback; elsewhere TLS, with a certificate of its own where none is configured.\n"
      "Stops in order on SIGTERM or SIGINT. Exit status: 0 after that, 1 it could not start, 2 wrong configuration.\n"
      "Example: rapport serve --data centre --listen 127.0.0.1:8080");
  command->callback([&chosen, &choice] { chosen = [&choice] { return serve(choice); }; });
}

void add_demo(CLI::App& app, std::function<int()>& chosen, DemoOptions& options) {
  CLI::App* command = app.add_subcommand("demo", "Run a demo centre in which simulated customers and agents live, to watch and to join");
  add_settings(*command, options.settings);
  command->add_option("--seed", options.seed, "what is said follows from it")->capture_default_str();
  command->add_option("--pace", options.pace, "times as fast as life, 0.25 to 50")->check(CLI::Range(0.25, 50.0))->capture_default_str();
  command->add_option("--agents", options.agents, "simulated agents; customers come as many as they can serve")->check(CLI::Range(1, limits::demo_agents_max))->capture_default_str();
  command->footer(
      "On an empty folder it makes three brands with queues, skills and canned replies, people of every role, and a week of\n"
      "judged conversations; then, and whenever it runs on that folder again, it serves them and prints who can log in. A\n"
      "folder of another centre is refused. More: docs/demo.md. Exit status: 0 after Ctrl-C, 1 it could not start, 2 wrong configuration.\n"
      "Example: rapport demo --data demo --listen 127.0.0.1:8080 --seed 1");
  command->callback([&chosen, &options] { chosen = [&options] { return demo(options); }; });
}

void add_load(CLI::App& app, std::function<int()>& chosen, LoadCommandOptions& options) {
  CLI::App* command = app.add_subcommand("load", "Put a running server under load, and print how it bore it");
  command->add_option("--url", options.url, "the server, http://HOST:PORT")->capture_default_str();
  command->add_option("--token", options.token, "an administrator's API token (default: RAPPORT_TOKEN)");
  command->add_option("--login", options.login, "an administrator, NAME:PASSWORD (or NAME, and the password in RAPPORT_PASSWORD)");
  command->add_option("--agents", options.load.agents, "agents who work, 20 conversations at once each at the most")->check(CLI::Range(1, limits::load_agents_max))->capture_default_str();
  command->add_option("--rate", options.load.rate, "interactions begun a second, whether or not the server keeps up")->check(CLI::Range(1, limits::load_rate_max))->capture_default_str();
  command->add_option("--feeds", options.load.feeds, "connected feeds in all, at most 19 an agent")->check(CLI::Range(1, limits::load_feeds_max))->capture_default_str();
  command->add_option("--seconds", options.load.seconds, "how long")->check(CLI::Range(1, 86'400))->capture_default_str();
  command->add_option("--seed", options.load.seed, "of what is said, and in which queue")->capture_default_str();
  command->footer(
      "Each interaction is started, gets 12 commands (answer, four messages, hold, resume, four messages, end) and is closed by\n"
      "its wrap-up. Makes a brand \"load\" with two queues, and agents load-1, load-2…, who stay: use a server for trying things.\n"
      "Prints the rate achieved, the API's p50 and p99, the p99 from a command sent to its event on the agent's feed, what went\n"
      "wrong, and this process's own CPU. Above 1,000 feeds the server needs --set limits.connections_per_address=N.\n"
      "Exit status: 0 all was answered well, 1 something was not, 2 wrong usage.\n"
      "Example: rapport load --login admin:PASSWORD --agents 50 --rate 100 --feeds 500 --seconds 30");
  command->callback([&chosen, &options] { chosen = [&options] { return load(options); }; });
}

void add_backup_commands(CLI::App& app, std::function<int()>& chosen, SettingsChoice& choice, std::string& file) {
  CLI::App* backup = app.add_subcommand("backup", "Write the whole centre into a file, while a server may go on serving");
  add_settings(*backup, choice);
  backup->add_option("FILE", file, "the backup, a new file; its key goes beside it, into FILE.key")->required();
  backup->footer("Exit status: 0 done, 1 it failed, 2 wrong configuration.\nExample: rapport backup --data centre centre.backup");
  backup->callback([&chosen, &choice, &file] { chosen = [&choice, &file] { return back_up(choice, file); }; });
  CLI::App* back = app.add_subcommand("restore", "Bring a backup into an empty data folder, or an empty database");
  add_settings(*back, choice);
  back->add_option("FILE", file, "the backup; its key is read from FILE.key")->required();
  back->footer("Exit status: 0 done, 1 it failed, 2 wrong configuration.\nExample: rapport restore centre.backup --data other-centre");
  back->callback([&chosen, &choice, &file] { chosen = [&choice, &file] { return restore(choice, file); }; });
  CLI::App* forward = app.add_subcommand("migrate", "Bring the store to this program's version, without serving");
  add_settings(*forward, choice);
  forward->callback([&chosen, &choice] { chosen = [&choice] { return migrate(choice); }; });
}

void add_config_commands(CLI::App& app, std::function<int()>& chosen, SettingsChoice& choice, std::string& format) {
  CLI::App* command = app.add_subcommand("config", "Show, check or begin the server's configuration");
  command->require_subcommand(1);
  command->footer("Later wins: default, file, environment (RAPPORT_STORE_URL for store.url), command line. Every key: docs/configuration.md");
  CLI::App* show = command->add_subcommand("show", "Print every key's value and where it came from; secrets are hidden");
  add_settings(*show, choice);
  format = "text";
  show->add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  show->footer("Exit status: 0 no mistakes, 1 mistakes (each named on standard error), 2 the file cannot be read.");
  show->callback([&chosen, &choice, &format] { chosen = [&choice, &format] { return show_config(choice, format); }; });
  CLI::App* check = command->add_subcommand("check", "Print every mistake of a configuration: file, line, column, what was found, what was expected");
  check->add_option("FILE", choice.config, "the configuration")->required();
  check->footer("Exit status: 0 no mistakes, 1 mistakes, 2 the file cannot be read.");
  check->callback([&chosen, &choice] { chosen = [&choice] { return check_config(choice.config); }; });
  CLI::App* example = command->add_subcommand("example", "Print a configuration with every key explained and commented out");
  example->add_option("--set", choice.set, "KEY=VALUE that shall stand in it; may be given several times")->allow_extra_args(false);
  example->footer("Example: rapport config example --set data=/srv/rapport > rapport.yaml");
  example->callback([&chosen, &choice] { chosen = [&choice] { return print_config_example(choice); }; });
}

void add_doctor(CLI::App& app, std::function<int()>& chosen, SettingsChoice& choice, std::string& format) {
  CLI::App* command = app.add_subcommand("doctor", "Look whether a server can run here, and say what to do where it cannot");
  add_settings(*command, choice);
  format = "text";
  command->add_option("--format", format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();
  command->footer(
      "Looks at the configuration, the data folder, free space, the store, the clock, the certificate, secrets' files,\n"
      "ports, the playbook, time zones and file descriptors. Changes nothing; run it as the server's user.\n"
      "Exit status: 0 all is well, 1 something to look at, 2 something fails.\n"
      "Example: sudo -u rapport rapport doctor --config /etc/rapport/rapport.yaml");
  command->callback([&chosen, &choice, &format] { chosen = [&choice, &format] { return doctor(choice, format, nullptr); }; });
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
  SettingsChoice settings_choice;
  std::string settings_format;
  std::string backup_file;
  DemoOptions demo_options;
  LoadCommandOptions load_options;
  std::string doctor_format;
  add_evaluate(app, chosen, evaluate_options);
  add_agree(app, chosen, agree_options);
  add_convert(app, chosen, convert_options);
  add_playbook_commands(app, chosen, choice, argument);
  add_serve(app, chosen, settings_choice);
  add_demo(app, chosen, demo_options);
  add_load(app, chosen, load_options);
  add_backup_commands(app, chosen, settings_choice, backup_file);
  add_config_commands(app, chosen, settings_choice, settings_format);
  add_doctor(app, chosen, settings_choice, doctor_format);

  try {
    app.parse(argc, argv);
  } catch (CLI::ParseError const& error) {
    return finish_output(app.exit(error) == 0 ? exit_ok : exit_usage);
  }
  return finish_output(chosen());
}

}  // namespace rapport::app
