#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "recordings/peaks.hpp"
#include "recordings/sealed_file.hpp"
#include "records/store.hpp"

namespace rapport::recordings {

inline constexpr std::string_view recording_kind = "recording";  ///< of its document
inline constexpr std::size_t parts_max = 9;                      ///< of one interaction: it is recorded anew where a customer is called back

/// What the store knows of a recording. Its document is the customer's: once they are erased the key is
/// gone, and with it the sound.
struct Recording {
  std::string name;  ///< the interaction's id; of a further part ID.2, ID.3…
  FileKey key{};
  base::Instant started_at;
  bool encoded = false;  ///< what follows is known, and it can be played
  std::string sha256{};  ///< of the encoded file before sealing
  std::uint64_t bytes = 0;
  std::uint64_t frames = 0;  ///< of 20 ms
  Peaks peaks{};
};

/// Recordings: sealed files in one folder (NAME.raw while a call runs and until it is encoded, NAME.opus from
/// then on), each with a key of its own in a document of the store beside the interaction. Any thread; what
/// reads or writes the store blocks.
class Shelf {
 public:
  using Clock = std::function<base::Instant()>;

  Shelf(records::Store& store, std::filesystem::path folder, Clock clock) : store_(store), folder_(std::move(folder)), clock_(std::move(clock)) {}

  /// A recording begins: its name and key, whose document will last. Nothing: the interaction has parts_max, or the
  /// store takes nothing now.
  std::optional<Recording> begin(std::string const& interaction);
  /// Nothing: there is none, or its person was erased.
  records::Stored<std::optional<Recording>> find(std::string_view name);
  /// False: what began may not be durable yet.
  bool available() const { return store_.available(); }
  /// Replaces what is known of it.
  records::Stored<records::Nothing> put(Recording const& recording);
  /// Its files, then its document.
  records::Stored<records::Nothing> remove(std::string const& name);
  /// Removes those of the brand whose interactions are gone and began before; how many.
  records::Stored<std::size_t> sweep(std::string_view brand, base::Instant before);

  /// Plain bytes of the encoded file, from `first` on. REQUIRES: it is encoded. Error: file or key.
  base::Result<std::string> read(Recording const& recording, std::uint64_t first, std::uint64_t count) const;

  /// Names of those that are not encoded yet, by their files.
  std::vector<std::string> raw_names() const;
  std::filesystem::path raw_path(std::string_view name) const { return path(name, ".raw"); }
  std::filesystem::path encoded_path(std::string_view name) const { return path(name, ".opus"); }

 private:
  std::filesystem::path path(std::string_view name, std::string_view extension) const;
  records::Batch batch_of(Recording const& recording);

  records::Store& store_;
  std::filesystem::path folder_;
  Clock clock_;
};

/// The interaction that a recording is of.
std::string interaction_of(std::string_view name);
/// "ID", "ID.2", …; `part` counts from 1.
std::string name_of(std::string const& interaction, std::size_t part);

}  // namespace rapport::recordings
