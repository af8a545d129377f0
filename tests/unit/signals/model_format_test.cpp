#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/hash.hpp"
#include "signals/model/sentence_model.hpp"

namespace rapport::signals::model {
namespace {

Label label_of(std::string name) { return {std::move(name), 500, -3, {{{-100, 2}, {0, 500}, {100, 990}}}}; }

ModelData small_model() {
  ModelData data;
  data.reading = 77;
  data.words = {{3, 3, {1, 0}}, {9, 3, {1, 2}}};
  data.agent = {{label_of("apology"), label_of("empathy")}, {10, 20, 30}, {1, -1, 127, -127, 5, 0}, {}};
  data.customer = {{label_of("upset")}, {10}, {-8}, {}};
  return data;
}

/// The same with filters.
ModelData model_with_filters() {
  ModelData data = small_model();
  ConvolutionData& filters = data.convolution;
  filters.filters = filter_block;
  filters.words = {3, 5};
  filters.vectors.assign(2 * dimensions, -7);
  filters.taps.assign(dimensions * run_words * filter_block, 9);
  filters.biases.assign(filter_block, -filter_bias_max);
  data.agent.pooled_weights.assign(2 * filter_block * 2, -300);
  data.customer.pooled_weights.assign(2 * filter_block, 300);
  return data;
}

std::string error_of(std::string_view bytes) {
  auto const read = read_model(bytes);
  return read ? "" : read.error().message;
}

TEST(ModelFormat, ReadsBackWhatItWrote) {
  auto const read = read_model(write_model(small_model()));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, small_model());
}

TEST(ModelFormat, ReadsBackFilters) {
  auto const read = read_model(write_model(model_with_filters()));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(*read, model_with_filters());
}

TEST(ModelFormat, RefusesFiltersThatScoresCouldPassTheirRangeWith) {
  ModelData data = model_with_filters();
  data.customer.pooled_weights.assign(2 * filter_block, 23'500);
  EXPECT_EQ(error_of(write_model(data)), "a sentence model with weights of filters out of range");
  data = model_with_filters();
  data.convolution.biases.back() = filter_bias_max + 1;
  EXPECT_EQ(error_of(write_model(data)), "a sentence model with a filter's bias out of range");
  data = model_with_filters();
  data.convolution.filters = filter_block / 2;
  EXPECT_EQ(error_of(write_model(data)), "a sentence model with 16 filters");
  data = model_with_filters();
  std::swap(data.convolution.words[0], data.convolution.words[1]);
  EXPECT_EQ(error_of(write_model(data)), "a sentence model with words of vectors out of order");
}

TEST(ModelFormat, RefusesWhatIsNoModel) {
  EXPECT_NE(error_of("").find("no sentence model"), std::string::npos);
  EXPECT_NE(error_of("RAPMODE").find("no sentence model"), std::string::npos);
  EXPECT_NE(error_of("PK\3\4 something else").find("no sentence model"), std::string::npos);
}

TEST(ModelFormat, RefusesAnotherVersion) {
  std::string bytes = write_model(small_model());
  bytes[8] = 9;
  EXPECT_EQ(error_of(bytes), "a sentence model of version 9, expected 2");
}

TEST(ModelFormat, RefusesAModelThatIsCutShortAnywhere) {
  std::string const bytes = write_model(model_with_filters());
  for (std::size_t size = 0; size < bytes.size(); size += size < 200 ? 1 : 97) EXPECT_NE(error_of(std::string_view{bytes}.substr(0, size)), "") << size;
  EXPECT_NE(error_of(bytes + "x"), "");
}

TEST(ModelFormat, RefusesAChangedByte) {
  std::string bytes = write_model(small_model());
  bytes.back() = static_cast<char>(bytes.back() + 1);
  EXPECT_EQ(error_of(bytes), "a damaged sentence model: its check sum differs");
}

/// The bytes with a check sum that fits, so that what lies behind it is tested.
std::string sealed(std::string body) {
  std::string head = write_model({}).substr(0, 12);
  std::uint64_t size = body.size();
  for (int index = 0; index < 4; ++index, size >>= 8U) head += static_cast<char>(size & 0xFFU);
  std::uint64_t sum = base::fnv1a(body);
  for (int index = 0; index < 8; ++index, sum >>= 8U) head += static_cast<char>(sum & 0xFFU);
  return head + body;
}

TEST(ModelFormat, RefusesFeaturesOutOfOrder) {
  ModelData data = small_model();
  std::swap(data.agent.keys[0], data.agent.keys[1]);
  EXPECT_NE(error_of(write_model(data)).find("features out of order"), std::string::npos);
}

TEST(ModelFormat, RefusesACalibrationThatFalls) {
  ModelData data = small_model();
  data.agent.labels[0].calibration.knots[2].thousandths = 100;
  EXPECT_NE(error_of(write_model(data)).find("calibration"), std::string::npos);
}

TEST(ModelFormat, RefusesABiasThatScoresCouldPassTheirRangeWith) {
  ModelData data = small_model();
  data.customer.labels[0].bias = 1'000'000'000;
  EXPECT_EQ(error_of(write_model(data)), "");
  data.customer.labels[0].bias = 2'147'483'645;
  EXPECT_EQ(error_of(write_model(data)), "a sentence model with a bias of 2147483645");
  data.customer.labels[0].bias = -2'147'483'647;
  EXPECT_EQ(error_of(write_model(data)), "a sentence model with a bias of -2147483647");
}

TEST(ModelFormat, RefusesMoreThanItCanHold) {
  std::string body = write_model(small_model()).substr(24);
  body[8] = '\xFF';  // the number of words
  body[9] = '\xFF';
  EXPECT_NE(error_of(sealed(body)).find("more words than bytes"), std::string::npos);
}

RC_GTEST_PROP(ModelFormat, AnyBytesAreReadOrRefused, (std::string const& body)) {
  auto const read = read_model(sealed(body));
  if (read) RC_ASSERT(write_model(*read) == sealed(body));
}

}  // namespace
}  // namespace rapport::signals::model
