#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "base/hash.hpp"
#include "signals/model/sentence_model.hpp"

namespace rapport::signals::model {
namespace {

constexpr std::string_view magic = "RAPMODEL";
constexpr std::uint32_t version = 2;

// What a file may claim, so that a damaged one costs no memory.
constexpr std::size_t knots_max = 64;
constexpr std::size_t name_max = 64;
constexpr std::int32_t bias_max = 1'000'000'000;  ///< either way; leaves room for what features add

/// Numbers little-endian, one after the other.
class Writer {
 public:
  template <typename T>
  void number(T value) {
    auto bits = static_cast<std::uint64_t>(value);
    for (std::size_t index = 0; index < sizeof(T); ++index, bits >>= 8U) out_.push_back(static_cast<char>(bits & 0xFFU));
  }
  void text(std::string_view text) { out_ += text; }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

/// Reads what Writer wrote. After the first read beyond the end everything is zero and `good` false.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}

  template <typename T>
  T number() {
    std::string_view const bytes = text(sizeof(T));
    std::uint64_t bits = 0;
    for (std::size_t index = 0; index < bytes.size(); ++index) {
      bits |= std::uint64_t{static_cast<unsigned char>(bytes[index])} << 8U * index;
    }
    return static_cast<T>(bits);
  }
  std::string_view text(std::size_t size) {
    if (size > rest_.size()) {
      good_ = false;
      rest_ = {};
      return {};
    }
    std::string_view const taken = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return taken;
  }
  bool good() const { return good_; }
  std::size_t left() const { return rest_.size(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

void write_role(Writer& out, RoleModel const& role) {
  out.number(static_cast<std::uint16_t>(role.labels.size()));
  for (Label const& label : role.labels) {
    out.number(static_cast<std::uint8_t>(label.name.size()));
    out.text(label.name);
    out.number(label.threshold);
    out.number(label.bias);
    out.number(static_cast<std::uint8_t>(label.calibration.knots.size()));
    for (Calibration::Knot const& knot : label.calibration.knots) {
      out.number(knot.score);
      out.number(static_cast<std::uint16_t>(knot.thousandths));
    }
  }
  out.number(static_cast<std::uint32_t>(role.keys.size()));
  for (FeatureKey const key : role.keys) out.number(key);
  for (std::int8_t const weight : role.weights) out.number(weight);
  for (std::int16_t const weight : role.pooled_weights) out.number(weight);
}

void write_convolution(Writer& out, ConvolutionData const& data) {
  out.number(data.filters);
  out.number(static_cast<std::uint32_t>(data.words.size()));
  for (std::uint64_t const word : data.words) out.number(word);
  for (std::int8_t const value : data.vectors) out.number(value);
  for (std::int8_t const tap : data.taps) out.number(tap);
  for (std::int16_t const bias : data.biases) out.number(bias);
}

base::Result<Label> read_label(Cursor& in) {
  Label label;
  auto const size = in.number<std::uint8_t>();
  if (size == 0 || size > name_max) return base::Error{"a label's name of " + std::to_string(size) + " bytes"};
  label.name = in.text(size);
  label.threshold = in.number<std::int32_t>();
  label.bias = in.number<std::int32_t>();
  if (label.bias < -bias_max || label.bias > bias_max) return base::Error{"a bias of " + std::to_string(label.bias)};
  auto const knots = in.number<std::uint8_t>();
  if (knots == 0 || knots > knots_max) return base::Error{"a calibration of " + std::to_string(knots) + " knots"};
  for (std::size_t index = 0; index < knots; ++index) {
    auto const score = in.number<std::int32_t>();
    Calibration::Knot const knot{score, in.number<std::uint16_t>()};
    auto const& before = label.calibration.knots;
    bool const rising = before.empty() || (before.back().score < knot.score && before.back().thousandths <= knot.thousandths);
    if (!rising || knot.thousandths > 1'000) return base::Error{"a calibration that does not rise"};
    label.calibration.knots.push_back(knot);
  }
  return label;
}

std::vector<std::int8_t> read_bytes(Cursor& in, std::size_t count) {
  std::vector<std::int8_t> values;
  for (char const value : in.text(count)) values.push_back(static_cast<std::int8_t>(value));
  return values;
}

base::Result<ConvolutionData> read_convolution(Cursor& in) {
  ConvolutionData data;
  data.filters = in.number<std::uint16_t>();
  if (data.filters > filters_max || data.filters % filter_block != 0) return base::Error{std::to_string(data.filters) + " filters"};
  std::size_t const words = in.number<std::uint32_t>();
  if (words > in.left() / (sizeof(std::uint64_t) + dimensions)) return base::Error{"more vectors than bytes"};
  if (data.filters == 0 && words != 0) return base::Error{"vectors without filters"};
  for (std::size_t index = 0; index < words; ++index) {
    auto const word = in.number<std::uint64_t>();
    if (word == 0 || (index > 0 && data.words.back() >= word)) return base::Error{"words of vectors out of order"};
    data.words.push_back(word);
  }
  data.vectors = read_bytes(in, words * dimensions);
  data.taps = read_bytes(in, dimensions * run_words * data.filters);
  for (std::size_t filter = 0; filter < data.filters; ++filter) {
    data.biases.push_back(in.number<std::int16_t>());
    if (std::abs(data.biases.back()) > filter_bias_max) return base::Error{"a filter's bias out of range"};
  }
  if (!in.good()) return base::Error{"filters that are cut short"};
  return data;
}

/// The weights of what filters find, where scores cannot pass their range with them.
base::Result<std::vector<std::int16_t>> read_pooled_weights(Cursor& in, std::size_t filters, std::size_t labels) {
  std::vector<std::int16_t> weights;
  if (2 * filters * labels > in.left() / sizeof(std::int16_t)) return base::Error{"more weights of filters than bytes"};
  std::vector<std::int32_t> sums(labels);
  for (std::size_t at = 0; at < 2 * filters * labels; ++at) {
    weights.push_back(in.number<std::int16_t>());
    sums[at % labels] += std::abs(weights.back());
  }
  if (std::ranges::any_of(sums, [](std::int32_t sum) { return sum > pooled_weights_max; })) return base::Error{"weights of filters out of range"};
  return weights;
}

base::Result<RoleModel> read_role(Cursor& in, std::size_t filters) {
  RoleModel role;
  auto const labels = in.number<std::uint16_t>();
  if (labels > labels_max) return base::Error{std::to_string(labels) + " labels"};
  for (std::size_t index = 0; index < labels; ++index) {
    auto label = read_label(in);
    if (!label) return label.error();
    role.labels.push_back(*std::move(label));
  }
  std::size_t const keys = in.number<std::uint32_t>();
  if (keys > in.left() / (sizeof(FeatureKey) + labels)) return base::Error{"more features than bytes"};
  for (std::size_t index = 0; index < keys; ++index) {
    role.keys.push_back(in.number<FeatureKey>());
    if (index > 0 && role.keys[index - 1] >= role.keys[index]) return base::Error{"features out of order"};
  }
  role.weights = read_bytes(in, keys * labels);
  auto pooled = read_pooled_weights(in, filters, labels);
  if (!pooled) return pooled.error();
  role.pooled_weights = *std::move(pooled);
  return role;
}

base::Result<std::vector<WordCode>> read_words(Cursor& in) {
  std::vector<WordCode> words;
  std::size_t const count = in.number<std::uint32_t>();
  if (count > in.left() / 18) return base::Error{"more words than bytes"};
  for (std::size_t index = 0; index < count; ++index) {
    WordCode code;
    code.word = in.number<std::uint64_t>();
    code.stem = in.number<std::uint64_t>();
    for (GroupId& group : code.groups) group = in.number<GroupId>();
    if (code.word == 0 || (index > 0 && words.back().word >= code.word)) return base::Error{"words out of order"};
    words.push_back(code);
  }
  return words;
}

}  // namespace

std::string write_model(ModelData const& data) {
  Writer body;
  body.number(data.reading);
  body.number(static_cast<std::uint32_t>(data.words.size()));
  for (WordCode const& code : data.words) {
    body.number(code.word);
    body.number(code.stem);
    for (GroupId const group : code.groups) body.number(group);
  }
  write_convolution(body, data.convolution);
  write_role(body, data.agent);
  write_role(body, data.customer);
  std::string const bytes = body.take();
  Writer out;
  out.text(magic);
  out.number(version);
  out.number(static_cast<std::uint32_t>(bytes.size()));
  out.number(base::fnv1a(bytes));
  out.text(bytes);
  return out.take();
}

base::Result<ModelData> read_model(std::string_view bytes) {
  Cursor head{bytes};
  if (head.text(magic.size()) != magic) return base::Error{"no sentence model: it does not begin with \"RAPMODEL\""};
  auto const found = head.number<std::uint32_t>();
  if (found != version) {
    return base::Error{"a sentence model of version " + std::to_string(found) + ", expected " + std::to_string(version)};
  }
  auto const size = head.number<std::uint32_t>();
  auto const sum = head.number<std::uint64_t>();
  if (!head.good() || head.left() != size) return base::Error{"a sentence model that is cut short or has more at its end"};
  std::string_view const body = head.text(size);
  if (base::fnv1a(body) != sum) return base::Error{"a damaged sentence model: its check sum differs"};
  Cursor in{body};
  ModelData data;
  data.reading = in.number<std::uint64_t>();
  auto words = read_words(in);
  if (!words) return base::Error{"a sentence model with " + words.error().message};
  data.words = *std::move(words);
  auto convolution = read_convolution(in);
  if (!convolution) return base::Error{"a sentence model with " + convolution.error().message};
  data.convolution = *std::move(convolution);
  for (RoleModel* const role : {&data.agent, &data.customer}) {
    auto read = read_role(in, data.convolution.filters);
    if (!read) return base::Error{"a sentence model with " + read.error().message};
    *role = *std::move(read);
  }
  if (!in.good() || in.left() != 0) return base::Error{"a sentence model whose sizes do not add up"};
  return data;
}

}  // namespace rapport::signals::model
