#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>

#include "base/embedded.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace rapport::server::web {

/// The web pages that the binary carries, by address: the desk at "/" (and at every address of its own
/// that names no file), the chat widget's script at "/widget.js", the API's documentation at "/docs",
/// and the demo's shop at "/shop" where one is wanted. A value; any thread may ask it.
class Pages {
 public:
  enum class Shop { hidden,
                    shown };

  /// `files` are those of web/ as they were built: "desk/index.html", "widget/widget.js",
  /// "shop/index.html", "docs/index.html" and what they load. "X.gz" beside "X" is the same
  /// compressed; "assets/" holds files whose name changes with their content. The bytes are not
  /// copied and must outlive the pages.
  Pages(std::span<base::EmbeddedFile const> files, Shop shop);

  /// Answers GET and HEAD: the file with its ETag (304 where the client has it), gzipped where the
  /// client takes that; 404 for a file that is not there, 405 for other methods.
  http::Response answer(http::Request const& request) const;

 private:
  struct File {
    std::string_view bytes;
    std::string_view gzipped;  ///< empty: only as it is
    std::string_view content_type;
    std::string etag;
    bool lasting = false;  ///< its name changes with its content
  };

  File const* find(std::string_view path) const;
  http::Response serve(http::Request const& request, File const& file) const;

  std::map<std::string, File, std::less<>> files_;  ///< by address, "/assets/index-1a2b.js"
};

}  // namespace rapport::server::web
