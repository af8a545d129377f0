#include "playbook/folders.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"
#include "base/nearest.hpp"
#include "playbook/values.hpp"

namespace rapport::playbook {
namespace {

constexpr std::array<std::string_view, folder_count> folder_words{"practices", "signals", "classes", "glossary", "scripts", "frameworks"};

bool is_left_alone(std::string_view path) {
  bool const hidden = path.starts_with('.') || path.find("/.") != std::string_view::npos;
  return hidden || path.ends_with(".md") || path.ends_with(".txt");
}

Place whole(SourceFile const& file) { return {file.path.empty() ? "a file without a name" : file.path, 0, 0}; }

/// What the path says about the content; nothing, with a problem, if it says nothing.
std::optional<Content> content_of(SourceFile const& file, Problems& problems) {
  std::string_view const path = file.path;
  if (path == manifest_path) return Content::manifest;
  if (path == accuracy_path) return Content::accuracy;
  if (!path.ends_with(".yaml")) {
    problems.add(whole(file), "this is no file of a playbook; expected names that end in .yaml (.md and .txt are left alone)");
    return std::nullopt;
  }
  std::string_view const top = path.substr(0, path.find('/'));
  auto const folder = std::find(folder_words.begin(), folder_words.end(), top);
  if (folder != folder_words.end()) return static_cast<Content>(folder - folder_words.begin());
  std::string const folders = listed(folder_words, "or");
  if (top == path) {
    constexpr std::size_t ending = std::string_view(".yaml").size();
    constexpr std::array<std::string_view, 1> stem{manifest_path.substr(0, manifest_path.size() - ending)};
    auto const near = base::nearest(path.substr(0, path.size() - ending), stem);
    problems.add(whole(file), near ? fmt::format("this file stands beside the folders; did you mean \"{}\"?", manifest_path)
                                   : fmt::format("this file stands beside the folders; expected it in {}", folders));
    return std::nullopt;
  }
  auto const near = base::nearest(top, folder_words);
  problems.add(whole(file), fmt::format("{} is no folder of a playbook; {}", in_quotes(top),
                                        near ? fmt::format("did you mean \"{}\"?", *near) : "expected " + folders));
  return std::nullopt;
}

std::vector<SourceFile const*> sorted(std::span<SourceFile const> files) {
  std::vector<SourceFile const*> order;
  for (SourceFile const& file : files) {
    if (!is_left_alone(file.path)) order.push_back(&file);
  }
  std::stable_sort(order.begin(), order.end(), [](SourceFile const* left, SourceFile const* right) { return left->path < right->path; });
  return order;
}

bool check_sizes(std::vector<SourceFile const*> const& files, Problems& problems) {
  std::size_t bytes = 0;
  for (SourceFile const* file : files) bytes += file->text.size();
  if (files.size() > limits::playbook_files_max) {
    problems.add({std::string(manifest_path), 0, 0}, fmt::format("the playbook has {} files; expected at most {} (playbook_files_max)",
                                                                 files.size(), limits::playbook_files_max));
  }
  if (bytes > limits::playbook_bytes_max) {
    problems.add({std::string(manifest_path), 0, 0}, fmt::format("the playbook has {} bytes; expected at most {} (playbook_bytes_max)", bytes,
                                                                 limits::playbook_bytes_max));
  }
  return problems.empty();
}

}  // namespace

std::vector<Document> read_documents(std::span<SourceFile const> files, Problems& problems) {
  std::vector<Document> documents;
  std::vector<SourceFile const*> const order = sorted(files);
  if (!check_sizes(order, problems)) return documents;
  std::string_view last;
  for (SourceFile const* file : order) {
    if (!documents.empty() && file->path == last) {
      problems.add(whole(*file), "this file is given twice");
      continue;
    }
    last = file->path;
    auto const content = content_of(*file, problems);
    if (!content) continue;
    Document document{*content, file, read_yaml(*file, problems)};
    bool const shapeless = document.root && !document.root->is_map() && document.root->kind != Node::Kind::null;
    if (shapeless) {
      problems.add(document.root->place(), fmt::format("{} as the whole of the file; expected a map", found(*document.root)));
      document.root.reset();
    }
    documents.push_back(std::move(document));
  }
  bool const manifest = std::any_of(documents.begin(), documents.end(), [](Document const& one) { return one.content == Content::manifest; });
  if (!manifest) problems.add({std::string(manifest_path), 0, 0}, "this file is missing; expected it with name: and version:");
  return documents;
}

}  // namespace rapport::playbook
