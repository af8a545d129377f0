#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"
#include "server/http/request.hpp"

namespace rapport::server::api {

/// Reads the JSON object of a request's body, field by field, and remembers the first thing that is
/// wrong: which field, what was found, what was expected. Read all fields, then ask `problem`.
class Body {
 public:
  /// At most limits::json_depth_max deep.
  explicit Body(std::string_view text);
  explicit Body(boost::json::object object) : object_(std::move(object)) {}

  std::string text(std::string_view field, std::size_t bytes_max = 1'000);  ///< required, not empty
  std::string text_or(std::string_view field, std::string other, std::size_t bytes_max = 1'000);
  /// The same of what people write, without the card numbers that may be in it (centre::mask_cards).
  std::string words(std::string_view field, std::size_t bytes_max);
  std::string words_or(std::string_view field, std::string other, std::size_t bytes_max);
  std::optional<std::int64_t> whole(std::string_view field, std::int64_t least, std::int64_t most);
  bool flag_or(std::string_view field, bool other);
  std::vector<std::string> texts(std::string_view field, std::size_t count_max = 100);
  std::optional<base::Instant> instant(std::string_view field);
  /// One of these words; required.
  std::string one_of(std::string_view field, std::initializer_list<std::string_view> words);
  /// Null where it is absent or of another type (which is then wrong).
  boost::json::object const* object(std::string_view field);
  boost::json::array const* array(std::string_view field);
  /// The field may be there and means nothing.
  void ignore(std::string_view field) { read_.emplace_back(field); }
  /// There, and not null.
  bool has(std::string_view field) const;

  /// Fields that nobody read are unknown: a misspelt one must not pass for a default.
  void expect_no_more();
  void wrong(std::string detail);
  std::optional<std::string> const& problem() const { return problem_; }
  bool is_json() const { return is_json_; }
  boost::json::object const& all() const { return object_; }

 private:
  boost::json::value const* find(std::string_view field);

  boost::json::object object_;
  std::vector<std::string> read_;
  std::optional<std::string> problem_;
  bool is_json_ = true;
};

/// A query parameter as text; nothing where it is absent.
std::optional<std::string> query_text(http::Request const& request, std::string_view name);

/// A query parameter as a whole number within bounds; `other` where it is absent; nothing where wrong.
std::optional<std::int64_t> query_whole(http::Request const& request, std::string_view name, std::int64_t least,
                                        std::int64_t most, std::int64_t other);

}  // namespace rapport::server::api
