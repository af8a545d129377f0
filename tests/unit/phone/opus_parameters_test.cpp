#include "phone/opus_parameters.hpp"

#include <gtest/gtest.h>

namespace rapport::phone {
namespace {

media::OpusTerms read_terms(std::string_view parameters) { return read_opus_parameters(96, parameters); }

TEST(OpusParameters, AreReadInAnyOrderAndSpacing) {
  EXPECT_EQ(read_terms(""), (media::OpusTerms{96, false, 24'000}));
  EXPECT_EQ(read_terms("minptime=10;useinbandfec=1"), (media::OpusTerms{96, true, 24'000}));
  EXPECT_EQ(read_terms(" maxaveragebitrate = 12000 ; useinbandfec=1 ;"), (media::OpusTerms{96, true, 12'000}));
  EXPECT_EQ(read_terms("useinbandfec=0;maxaveragebitrate=510000"), (media::OpusTerms{96, false, 24'000})) << "we never send more";
  EXPECT_EQ(read_terms("maxaveragebitrate=1"), (media::OpusTerms{96, false, 6'000})) << "nor less than it can be";
}

TEST(OpusParameters, WhatCannotBeReadIsPassedOver) {
  EXPECT_EQ(read_terms(";;=;useinbandfec;useinbandfec=;useinbandfec=yes;maxaveragebitrate=-5;maxaveragebitrate=99999999999999;x=1"), (media::OpusTerms{96, false, 24'000}));
}

TEST(OpusParameters, OursAreRead) { EXPECT_EQ(read_terms(opus_parameters()), (media::OpusTerms{96, true, 24'000})); }

}  // namespace
}  // namespace rapport::phone
