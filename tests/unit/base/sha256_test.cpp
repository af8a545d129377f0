#include "base/sha256.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "base/hash.hpp"

namespace rapport::base {
namespace {

RC_GTEST_PROP(Sha256, PiecesMakeTheHashOfTheWhole, (std::vector<std::string> const& pieces)) {
  Sha256 hash;
  std::string whole;
  for (std::string const& piece : pieces) {
    hash.add({reinterpret_cast<std::uint8_t const*>(piece.data()), piece.size()});
    whole += piece;
  }
  RC_ASSERT(hash.finish_hex() == sha256_hex(whole));
}

TEST(Sha256, OfNothingIsKnown) {
  EXPECT_EQ(Sha256{}.finish_hex(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

}  // namespace
}  // namespace rapport::base
