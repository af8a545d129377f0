#include "signals/model/shipped.hpp"

#include <algorithm>

#include "base/assert.hpp"
#include "embedded/models.hpp"

namespace rapport::signals::model {

std::string_view shipped_model_bytes() {
  auto const found = std::ranges::find(embedded::models, "sentences.bin", &base::EmbeddedFile::path);
  RAPPORT_ASSERT(found != embedded::models.end());
  return found->bytes;
}

SentenceModel const& shipped_model() {
  static SentenceModel const model = [] {
    auto const data = read_model(shipped_model_bytes());
    RAPPORT_ASSERT(static_cast<bool>(data));  // made by our build from our file
    return SentenceModel{*data};
  }();
  return model;
}

}  // namespace rapport::signals::model
