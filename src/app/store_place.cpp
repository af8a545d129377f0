#include "app/store_place.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "store/open.hpp"

namespace rapport::app {

std::string store_place(Settings const& settings) {
  std::string const url{settings.store.url.reveal()};
  return store::is_url(url) ? url : settings.data.string();
}

store::Key store_key(base::Secret const& secret) {
  store::Key key{};
  std::string_view const bytes = secret.reveal();
  RAPPORT_ASSERT(bytes.size() == key.size());
  std::ranges::copy(bytes, key.begin());
  return key;
}

}  // namespace rapport::app
