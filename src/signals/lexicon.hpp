#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "domain/words.hpp"
#include "signals/occurrence.hpp"
#include "signals/spec.hpp"

namespace rapport::signals {

struct DetectorKind;

/// A mistake in a Specs, to be shown beside the playbook's file and line.
struct SpecError {
  std::string file;
  int line = 0;
  std::string message;      ///< what was found and what was expected
  std::string phrase = {};  ///< the phrase (or alternative of a class) at fault as it was written; else empty
};

/// The compiled signals of a playbook: vocabulary, phrase automaton, detectors, order of
/// evaluation. Immutable and shared by all threads; a Reader per timeline does the reading.
class Lexicon {
 public:
  ~Lexicon();
  Lexicon(Lexicon const&) = delete;
  Lexicon& operator=(Lexicon const&) = delete;

  /// Compiles; on any mistake (unknown signal, class or detector, a bad phrase, a cycle) returns
  /// all of them and no lexicon.
  static std::shared_ptr<Lexicon const> compile(Specs specs, std::vector<SpecError>& errors);
  /// The same with these detectors instead of the built-in ones.
  static std::shared_ptr<Lexicon const> compile(Specs specs, std::vector<SpecError>& errors,
                                                std::vector<DetectorKind> const& kinds);

  std::size_t size() const;  ///< number of signals
  std::optional<SignalId> find(std::string_view name) const;
  Spec const& spec(SignalId signal) const;
  /// Sources whose observation the signal's absence rests on.
  domain::SourceSet needs(SignalId signal) const;
  /// Whether the signal can be read in the language at all (BCP 47; region ignored). A signal
  /// without words can be read in every language.
  bool readable_in(SignalId signal, std::string_view language) const;
  /// Number of compiled phrases, of words known, for the benchmark and `explain`.
  std::size_t phrase_count() const;

  /// Names of all built-in detectors, sorted, and what each means, for the checker and the docs.
  struct DetectorInfo {
    std::string_view name;
    std::string_view meaning;
    std::vector<std::string_view> parameters;
    domain::SourceSet needs;
    bool measure = false;  ///< its occurrences carry a running value
  };
  static std::vector<DetectorInfo> const& detectors();

  struct Impl;
  Impl const& impl() const { return *impl_; }

 private:
  explicit Lexicon(std::unique_ptr<Impl const> impl);
  std::unique_ptr<Impl const> impl_;
};

}  // namespace rapport::signals
