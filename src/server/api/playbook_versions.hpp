#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "playbook/source.hpp"
#include "records/store.hpp"

/// Versions of playbooks that people wrote, in the store. A version never changes; files that several
/// versions share are kept once, by their content's hash.
namespace rapport::server::api {

inline constexpr std::string_view playbook_version_kind = "playbook_version";
inline constexpr std::string_view playbook_file_kind = "playbook_file";

struct PlaybookVersion {
  std::string id;     ///< the newest comes first
  std::string brand;  ///< whose alone it is; empty: any brand may be judged by it
  std::string name;   ///< as its manifest says
  std::string version;
  std::string hash;
  std::string based_on;  ///< id of a version, or name of a built-in playbook; empty: of nothing
  std::string note;
  std::string by;  ///< user's id
  base::Instant at;
  std::vector<std::string> presets;
  std::map<std::string, std::string> files;  ///< path to hash of the text
};

/// Makes the version last: the version itself and those of its files that may be new. `version.files`
/// is filled in from `files`.
std::vector<records::Change> changes_of(PlaybookVersion& version, std::vector<playbook::SourceFile> const& files);
/// Nothing: it is none of ours.
std::optional<PlaybookVersion> playbook_version(records::Document const& document);
/// Its files, read from the store. Blocks.
records::Stored<std::vector<playbook::SourceFile>> files_of(records::Store& store, PlaybookVersion const& version);

}  // namespace rapport::server::api
