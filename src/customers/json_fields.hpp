#pragma once

#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/time.hpp"

namespace rapport::customers {

/// Reads the fields of one JSON object, each once, and keeps the first problem, by its path
/// ("identifiers[2].type: expected text"). Whoever reads goes on as if all were well and asks at the end.
class JsonFields {
 public:
  /// `problem` and `value` must outlive this. `path` is empty at the top.
  JsonFields(boost::json::value const& value, std::string path, std::optional<base::Error>& problem);

  /// A field that is absent is empty, 0, false or nothing, unless it is required.
  std::string text(std::string_view field, std::size_t bytes_max);
  std::string required_text(std::string_view field, std::size_t bytes_max);
  bool boolean(std::string_view field);
  std::uint32_t count(std::string_view field);
  std::optional<std::int64_t> integer(std::string_view field);
  std::optional<base::Instant> instant(std::string_view field);
  base::Instant required_instant(std::string_view field);
  /// Reads each item with its path.
  void list(std::string_view field, std::size_t most, std::function<void(boost::json::value const&, std::string const& path)> const& read);
  std::vector<std::string> texts(std::string_view field, std::size_t most, std::size_t bytes_max);
  /// The value itself, or null where it is absent.
  boost::json::value const* take(std::string_view field);

  void refuse(std::string_view field, std::string_view what);
  /// To be called last: refuses the first field that nobody asked for, by name.
  void finish();

 private:
  boost::json::object const* object_ = nullptr;
  std::string path_;
  std::optional<base::Error>& problem_;
  std::vector<std::string_view> asked_;
};

/// The text as JSON, or an error that names the document's kind. At most `bytes_max`.
base::Result<boost::json::value> parse_document(std::string_view text, std::string_view kind, std::size_t bytes_max);

}  // namespace rapport::customers
