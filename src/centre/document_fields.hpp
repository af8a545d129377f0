#pragma once

#include <boost/json.hpp>

#include <cstdint>
#include <string_view>

#include "base/limits.hpp"
#include "base/time.hpp"
#include "centre/json_reading.hpp"
#include "centre/numbering.hpp"
#include "routing/requirement.hpp"

/// The optional fields of documents, each with what stands without it; for the documents of this room.
namespace rapport::centre {

/// Reads fields of one object until one is wrong; the rest is then skipped, and `good` says so.
class DocumentFields {
 public:
  DocumentFields(Trouble& trouble, Place const& place, json::value const& document);

  bool good() const { return good_; }
  /// Good, and no field is left that was not asked for.
  bool close() { return good_ && (good_ = object_.close()); }

  void text(std::string_view name, std::size_t bytes_max, std::string& out);
  void boolean(std::string_view name, bool& out);
  template <typename Whole>
  void whole(std::string_view name, std::int64_t low, std::int64_t high, Whole& out) {
    std::int64_t number = 0;
    if (whole_if_any(name, low, high, number)) out = static_cast<Whole>(number);
  }
  /// Seconds with up to three decimals; `or_off`: 0 is allowed although it is below `low`.
  void seconds(std::string_view name, base::Millis low, base::Millis high, bool or_off, base::Millis& out);
  /// {"billing": 3}; levels from 1.
  void needs(std::string_view name, Numbering const& numbering, routing::Requirement& out);
  void queue(std::string_view name, Numbering const& numbering, std::optional<routing::QueueId>& out);
  /// Calls `read(place, value)` for a field that is there; it says whether it could be read.
  template <typename Read>
  void other(std::string_view name, Read&& read) {
    json::value const* const value = find(name);
    if (value != nullptr) good_ = read(object_.at(name), *value);
  }
  /// The same for a field that must be there.
  template <typename Read>
  void required(std::string_view name, Read&& read) {
    if (!good_) return;
    json::value const* const value = object_.need(name);
    good_ = value != nullptr && read(object_.at(name), *value);
  }

 private:
  json::value const* find(std::string_view name) { return good_ ? object_.find(name) : nullptr; }
  bool whole_if_any(std::string_view name, std::int64_t low, std::int64_t high, std::int64_t& out);

  Trouble& trouble_;
  ObjectReader object_;
  bool good_ = true;
};

/// {"billing": 3, "french": 1}: each skill's number and level, from 1 to limits::proficiency_max, in the
/// document's order.
bool read_skill_levels(Trouble& trouble, Place const& place, json::value const& value, Numbering const& numbering,
                       std::vector<routing::SkillLevel>& out);
/// One skill by its slug.
bool read_skill(Trouble& trouble, Place const& place, json::value const& value, Numbering const& numbering, routing::SkillId& out);
/// Seconds as a number: 20, or 2.5.
json::value seconds_json(base::Millis span);

}  // namespace rapport::centre
