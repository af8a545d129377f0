#include "app/store_place.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/assert.hpp"
#include "store/open.hpp"

namespace rapport::app {

namespace {

/// As a value of a URL's query (RFC 3986, section 2.3): all but unreserved characters as %XX.
std::string escaped(std::string_view text) {
  std::string made;
  for (char const c : text) {
    bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
    if (plain)
      made += c;
    else
      made += fmt::format("%{:02X}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  }
  return made;
}

}  // namespace

std::string store_place(Settings const& settings) {
  std::string url{settings.store.url.reveal()};
  if (!store::is_url(url)) return settings.data.string();
  std::string_view const password = settings.store.password.value.reveal();
  if (!password.empty()) url += (url.find('?') == std::string::npos ? "?password=" : "&password=") + escaped(password);
  return url;
}

store::Key store_key(base::Secret const& secret) {
  store::Key key{};
  std::string_view const bytes = secret.reveal();
  RAPPORT_ASSERT(bytes.size() == key.size());
  std::ranges::copy(bytes, key.begin());
  return key;
}

}  // namespace rapport::app
