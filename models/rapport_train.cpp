// Makes the sentence model that the product ships, and shows what it is made of. Development only.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <fstream>
#include <iterator>

#include "training/card.hpp"
#include "training/comparison.hpp"
#include "training/data.hpp"
#include "training/making.hpp"

namespace {

using namespace rapport;

int fail(std::string const& message) {
  fmt::print(stderr, "rapport-train: {}\n", message);
  return 1;
}

bool write_file(std::string const& path, std::string_view bytes) {
  std::ofstream file{path, std::ios::binary};
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return static_cast<bool>(file);
}

/// Puts `content` into the named section of the document at `path`.
int fill_section(std::string const& path, std::string_view name, std::string_view content) {
  std::ifstream file{path, std::ios::binary};
  std::string const old{std::istreambuf_iterator<char>{file}, std::istreambuf_iterator<char>{}};
  auto const filled = training::replace_section(old, name, content);
  if (!filled) return fail(path + ": " + filled.error().message);
  return write_file(path, *filled) ? 0 : fail("cannot write " + path);
}

int make(training::Data const& data, std::string const& out, std::string const& card) {
  training::Made const made = training::make_model(data, training::Settings{});
  std::string const bytes = signals::model::write_model(made.model);
  std::string const figures = training::figures_in_markdown(data, made, bytes.size());
  fmt::print("{}", figures);
  if (!write_file(out, bytes)) return fail("cannot write " + out);
  return card.empty() ? 0 : fill_section(card, "figures", figures);
}

int compare(training::Data const& data, std::string const& card) {
  std::string const table = training::comparison_in_markdown(data);
  fmt::print("{}", table);
  return card.empty() ? 0 : fill_section(card, "comparison", table);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Makes the sentence model that the product ships"};
  app.require_subcommand(1);
  std::string folder;
  std::string out;
  std::string card;
  auto add_common = [&](CLI::App* command) {
    command->add_option("--data", folder, "Folder with labels.tsv, word-groups.txt, sentences/ and derived/")->required();
    command->add_option("--card", card, "Document whose section is filled with the figures");
  };
  CLI::App* const making = app.add_subcommand("make", "Learns, measures and writes the model");
  add_common(making);
  making->add_option("--out", out, "The model's file")->required();
  CLI::App* const comparing = app.add_subcommand("compare", "Cross-validates other ways to learn and to read");
  add_common(comparing);
  CLI11_PARSE(app, argc, argv);

  auto const data = training::load_data(folder);
  if (!data) return fail(data.error().message);
  return making->parsed() ? make(*data, out, card) : compare(*data, card);
}
