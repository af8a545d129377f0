// The sentence model's file: a whole file where it begins like one, else what stands behind the
// check sum of one. A model that can be read is written back to the same bytes, and judges.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "base/hash.hpp"
#include "signals/model/sentence_judge.hpp"
#include "signals/model/sentence_model.hpp"
#include "signals/tokeniser.hpp"
#include "signals/word_table.hpp"

namespace {

using namespace rapport;
using namespace rapport::signals;
using namespace rapport::signals::model;

constexpr std::size_t head_bytes = 24;  ///< what a file has before its body: name, version, size, sum

/// The file of which this is the body.
std::string sealed(std::string_view body) {
  std::string file = write_model({}).substr(0, head_bytes);
  std::uint64_t const sum = base::fnv1a(body);
  for (std::size_t byte = 0; byte < 4; ++byte) file[12 + byte] = static_cast<char>(body.size() >> 8U * byte & 0xFFU);
  for (std::size_t byte = 0; byte < 8; ++byte) file[16 + byte] = static_cast<char>(sum >> 8U * byte & 0xFFU);
  return file.append(body);
}

/// Every confidence lies in its bounds, and a score that is said to suffice does.
void check_label(Label const& label, std::int32_t score) {
  std::int32_t const confidence = label.calibration.confidence(score);
  RAPPORT_ASSERT(confidence >= 0 && confidence <= 1'000);
  std::int64_t const least = label.calibration.least_score(confidence);
  RAPPORT_ASSERT(least <= score && label.calibration.confidence(static_cast<std::int32_t>(least)) >= confidence);
}

void check_judging(SentenceModel const& model) {
  static constexpr std::array<std::string_view, 4> texts = {"my phone is broken, i called twice.", "So sorry! I will send order 40917 by Friday, is that all right?",
                                                            "", "yes"};
  static WordTable const table;
  SentenceJudge judge{model};
  Words words;
  for (std::size_t index = 0; index < texts.size(); ++index) {
    auto const role = index % 2 == 0 ? domain::Role::customer : domain::Role::agent;
    Tokeniser{table}.tokenise(texts[index], words);
    judge.read(words, role, index == 2);
    auto const labels = model.labels(role);
    for (std::size_t window = 0; window < judge.windows().size(); ++window) {
      RAPPORT_ASSERT(judge.scores(window).size() == labels.size());
      for (std::size_t label = 0; label < labels.size(); ++label) check_label(labels[label], judge.scores(window)[label]);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const bytes{reinterpret_cast<char const*>(data), size};
  std::string const file = bytes.starts_with("RAPMODEL") ? std::string{bytes} : sealed(bytes);
  auto const read = read_model(file);
  if (!read) {
    RAPPORT_ASSERT(!read.error().message.empty());
    return 0;
  }
  RAPPORT_ASSERT(write_model(*read) == file);
  SentenceModel const model{*read};
  RAPPORT_ASSERT(model.reading() == read->reading);
  reading_mark(model.words());
  check_judging(model);
  return 0;
}
