#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "playbook/playbook.hpp"
#include "playbook/source.hpp"

namespace rapport::playbook {

/// A playbook, or everything that is wrong with it.
struct [[nodiscard]] Loaded {
  std::optional<Playbook> playbook;  ///< absent if there is any problem
  std::vector<Problem> problems;     ///< in order of file, line and column

  explicit operator bool() const { return playbook.has_value(); }
};

/// Reads, checks and compiles a playbook from its files, given in any order. Files whose names
/// begin with a dot, and .md and .txt files, are left alone. `preset` names one of the playbook's
/// presets; empty: none. The language is described in docs/playbook-language.md.
/// Equal files and preset give equal playbooks, `hash` included; files left alone do not count.
Loaded load(std::span<SourceFile const> files, std::string_view preset = {});

}  // namespace rapport::playbook
