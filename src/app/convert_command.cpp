#include "app/convert_command.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>

#include "app/exit_status.hpp"
#include "app/file_names.hpp"
#include "app/intake.hpp"
#include "app/paths.hpp"
#include "app/progress.hpp"
#include "app/standard_output.hpp"
#include "timeline/formats/writer.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

struct Target {
  std::string (*write)(domain::Interaction const&, std::vector<domain::Event> const&);
  std::string_view ending;
};

Target target_named(std::string const& to) {
  if (to == "vcon") return {timeline::formats::write_vcon, ".vcon"};
  if (to == "text") return {timeline::formats::write_text, ".txt"};
  return {timeline::formats::write_interaction, ".json"};
}

bool write_file(fs::path const& path, std::string const& text) {
  std::ofstream stream{path, std::ios::binary};
  stream << text << '\n';
  return stream.good();
}

}  // namespace

int convert(ConvertOptions const& options) {
  auto files = expand_paths(options.paths);
  if (!files) {
    fmt::print(stderr, "{}\n", files.error().message);
    return exit_usage;
  }
  std::error_code failure;
  if (!options.out.empty() && !fs::create_directories(options.out, failure) && failure) {
    fmt::print(stderr, "{}: cannot be made: {}\n", options.out, failure.message());
    return exit_usage;
  }
  Target const target = target_named(options.to);
  if (files->empty()) fmt::print(stderr, "no interactions were found in the folders given\n");
  Intake intake{std::move(*files)};
  Progress progress{"interactions"};
  FileNames names;
  int status = exit_ok;
  while (auto item = intake.next()) {
    progress.advance();
    if (!*item) {
      fmt::print(stderr, "{}\n", item->error().message);
      status = exit_some_failed;
      continue;
    }
    for (std::string const& warning : (*item)->warnings) fmt::print(stderr, "warning: {}:{}: {}\n", (*item)->source, (*item)->line, warning);
    std::string const text = target.write((*item)->head, (*item)->events);
    if (options.out.empty()) {
      print_out(text + '\n');
    } else if (!write_file(fs::path{options.out} / (names.name_for((*item)->head.id) + std::string{target.ending}), text)) {
      fmt::print(stderr, "{}: cannot be written\n", options.out);
      return exit_some_failed;
    }
  }
  return status;
}

}  // namespace rapport::app
