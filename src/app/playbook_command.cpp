#include "app/playbook_command.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

#include "app/exit_status.hpp"
#include "app/standard_output.hpp"
#include "playbook/explain.hpp"

namespace rapport::app {

int check_playbook(std::string const& folder) {
  auto const files = read_playbook_folder(folder);
  if (!files) {
    fmt::print(stderr, "{}\n", files.error().message);
    return exit_usage;
  }
  playbook::Loaded const loaded = playbook::load(*files);
  for (playbook::Problem const& problem : loaded.problems) print_out(fmt::format("{}\n", playbook::to_text(problem)));
  if (!loaded) {
    print_out(fmt::format("{} mistake{}\n", loaded.problems.size(), loaded.problems.size() == 1 ? "" : "s"));
    return exit_some_failed;
  }
  playbook::Playbook const& playbook = *loaded.playbook;
  auto const judged = std::count_if(playbook.practices.begin(), playbook.practices.end(),
                                    [](playbook::Practice const& practice) { return !practice.patterns.empty(); });
  print_out(fmt::format("{} {}: no mistakes. {} practices ({} judged), {} signals, {} phrases, {} frameworks.\n", playbook.name,
                        playbook.version, playbook.practices.size(), judged, playbook.lexicon->size(),
                        playbook.lexicon->phrase_count(), playbook.frameworks.size()));
  return exit_ok;
}

int explain_playbook(PlaybookChoice const& choice, std::string const& id) {
  auto const playbook = load_playbook(choice);
  if (!playbook) {
    fmt::print(stderr, "{}\n", playbook.error().message);
    return exit_usage;
  }
  auto const text = playbook::explain(**playbook, id);
  if (!text) {
    fmt::print(stderr, "{}\n", text.error().message);
    return exit_usage;
  }
  print_out(*text);
  return exit_ok;
}

}  // namespace rapport::app
