#include "evaluation/ledger.hpp"

#include <array>

namespace rapport::evaluation {
namespace {

constexpr std::array<std::string_view, 4> verdict_names = {"met", "missed", "not_applicable", "not_assessed"};

}  // namespace

std::string_view name(Verdict verdict) { return verdict_names[static_cast<std::size_t>(verdict)]; }

std::optional<Verdict> parse_verdict(std::string_view text) {
  for (std::size_t i = 0; i < verdict_names.size(); ++i) {
    if (verdict_names[i] == text) return static_cast<Verdict>(i);
  }
  return std::nullopt;
}

}  // namespace rapport::evaluation
