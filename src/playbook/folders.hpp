#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "playbook/source.hpp"
#include "playbook/yaml.hpp"

namespace rapport::playbook {

/// What a file of a playbook holds, told by its top folder.
enum class Content : std::uint8_t { practices,
                                    signals,
                                    classes,
                                    glossary,
                                    scripts,
                                    frameworks,
                                    manifest,
                                    accuracy };
inline constexpr std::size_t folder_count = 6;  ///< contents that have a folder: all but the last two
inline constexpr std::string_view manifest_path = "playbook.yaml";
inline constexpr std::string_view accuracy_path = "accuracy.yaml";

/// One file of a playbook, as far as YAML.
struct Document {
  Content content = Content::practices;
  SourceFile const* file = nullptr;
  std::optional<Node> root;  ///< nothing where it could not be read; null or a map otherwise
};

/// Sorts the files by the bytes of their paths, leaves out those that are none of a playbook's, and
/// reads the rest as YAML. Tells misplaced, missing, repeated and unreadable ones and too many or
/// too large ones. The files must outlive the documents.
std::vector<Document> read_documents(std::span<SourceFile const> files, Problems& problems);

}  // namespace rapport::playbook
