// What analysers are offered of a call: a peer's wide-band Opus whole, a law without mirror images; and that neither
// changes what the call is mixed of.
#include <gtest/gtest.h>
#include <opus.h>

#include <memory>
#include <vector>

#include "media/bands.hpp"
#include "media/bridge.hpp"
#include "support/tones.hpp"

namespace rapport::media {
namespace {

using tests::peak_at;
using tests::tone;

/// A peer whose encoder works at 16 kHz, as those of browsers do.
class WidePeer {
 public:
  WidePeer(Bridge& bridge, Bridge::Place place) : bridge_(bridge), place_(place) { opus_encoder_ctl(encoder_.get(), OPUS_SET_BITRATE(48'000)); }

  void speak(double low, double high) {
    auto sound = tone(low, wide_samples, number_ * wide_samples, 8'000, wide_rate);
    auto const above = tone(high, wide_samples, number_ * wide_samples, 8'000, wide_rate);
    for (std::size_t i = 0; i < wide_samples; ++i) sound[i] = static_cast<Sample>(sound[i] + above[i]);
    std::vector<std::uint8_t> packet(400);
    write_rtp({111, false, number_, number_ * std::uint32_t{960}, 9}, std::span{packet}.first<rtp_header_bytes>());
    int const written = opus_encode(encoder_.get(), sound.data(), static_cast<int>(wide_samples), packet.data() + rtp_header_bytes, static_cast<opus_int32>(packet.size() - rtp_header_bytes));
    ASSERT_GT(written, 0);
    packet.resize(rtp_header_bytes + static_cast<std::size_t>(written));
    EXPECT_EQ(bridge_.receive(place_, packet, number_ * static_cast<std::uint32_t>(frame_samples)), Bridge::Received::sound);
    ++number_;
  }

 private:
  Bridge& bridge_;
  Bridge::Place place_;
  std::uint16_t number_ = 0;
  std::unique_ptr<OpusEncoder, decltype(&opus_encoder_destroy)> encoder_{opus_encoder_create(static_cast<opus_int32>(wide_rate), 1, OPUS_APPLICATION_VOIP, nullptr), &opus_encoder_destroy};
};

/// What was said on a leg, from when everything has settled.
struct Ear {
  BandJoiner joiner{};
  std::vector<Sample> narrow{};
  std::vector<Sample> wide{};

  void hear(Bridge const& bridge, Bridge::Place place) {
    WideFrame joined;
    joiner.join(bridge.spoken_wide(place), joined);
    wide.insert(wide.end(), joined.begin(), joined.end());
    narrow.insert(narrow.end(), bridge.spoken(place).begin(), bridge.spoken(place).end());
  }
  double wide_peak(double hertz) const { return peak_at(std::span{wide}.subspan(wide.size() / 2), hertz, wide_rate); }
  double narrow_peak(double hertz) const { return peak_at(std::span{narrow}.subspan(narrow.size() / 2), hertz); }
};

void say(Bridge& bridge, Bridge::Place place, std::uint16_t number, double hertz) {
  std::vector<std::uint8_t> packet(rtp_header_bytes + frame_samples);
  write_rtp({0, false, number, number * static_cast<std::uint32_t>(frame_samples), 8}, std::span{packet}.first<rtp_header_bytes>());
  encode(Codec::pcmu, tone(hertz, frame_samples, number * frame_samples), std::span{packet}.subspan(rtp_header_bytes));
  bridge.receive(place, packet, number * static_cast<std::uint32_t>(frame_samples));
}

TEST(WideBand, IsOfferedWholeAndTheMixHasNothingOfIt) {
  Bridge bridge{std::make_shared<HoldMusic const>()};
  Format opus;
  opus.opus = OpusTerms{111, true};
  auto const browser = *bridge.add({opus, Side::agents, 1, 0, 0});
  auto const phone = *bridge.add({{Codec::pcmu, 101}, Side::customer, 2, 0, 0});
  bridge.connect(browser, phone);
  WidePeer peer{bridge, browser};
  Ear of_browser;
  Ear of_phone;
  std::vector<Sample> sent;
  for (std::uint16_t number = 0; number < 150; ++number) {
    peer.speak(1'500, 5'000);
    say(bridge, phone, number, 1'000);
    bridge.tick();
    of_browser.hear(bridge, browser);
    of_phone.hear(bridge, phone);
    auto const packet = read_rtp(bridge.packet(phone));
    ASSERT_TRUE(packet);
    std::vector<Sample> sound(packet->payload.size());
    decode(Codec::pcmu, packet->payload, sound);
    sent.insert(sent.end(), sound.begin(), sound.end());
  }
  EXPECT_GT(of_browser.wide_peak(1'500), 5'000);
  EXPECT_GT(of_browser.wide_peak(5'000), 4'000);
  EXPECT_GT(of_browser.narrow_peak(1'500), 5'000);
  EXPECT_LT(of_browser.narrow_peak(3'000), 150) << "5 kHz is not heard as 3";
  EXPECT_GT(peak_at(std::span{sent}.subspan(sent.size() / 2), 1'500), 5'000);
  EXPECT_LT(peak_at(std::span{sent}.subspan(sent.size() / 2), 3'000), 150);
  EXPECT_GT(of_phone.wide_peak(1'000), 7'000);
  EXPECT_LT(of_phone.wide_peak(7'000), 40) << "nor is there a mirror image of 1 kHz";

  bridge.mute(browser, true);
  Ear muted;
  for (std::uint16_t number = 150; number < 170; ++number) {
    peer.speak(1'500, 5'000);
    bridge.tick();
    muted.hear(bridge, browser);
  }
  EXPECT_EQ(muted.wide_peak(1'500) + muted.wide_peak(5'000), 0) << "who is muted is not offered";
}

TEST(WideBand, StaysInStepWithTheLowerBandOverHolesAndSkips) {
  Bridge bridge{std::make_shared<HoldMusic const>()};
  Format opus;
  opus.opus = OpusTerms{111, false};
  auto const place = *bridge.add({opus, Side::agents, 1, 0, 0});
  WidePeer peer{bridge, place};
  Ear ear;
  // Bursts leave more in hand than is needed, which is skipped; late ones leave holes.
  for (std::uint16_t number = 0; number < 900; ++number) {
    if (number % 300 == 299) {
      for (int i = 0; i < 8; ++i) peer.speak(1'500, 6'000);
    } else if (number % 300 != 150) {
      peer.speak(1'500, 6'000);
    }
    bridge.tick();
    ear.hear(bridge, place);
  }
  std::size_t with_both = 0;
  for (std::size_t at = 0; at + wide_samples <= ear.wide.size(); at += wide_samples) {
    auto const frame = std::span{ear.wide}.subspan(at, wide_samples);
    with_both += peak_at(frame, 1'500, wide_rate) > 3'000 && peak_at(frame, 6'000, wide_rate) > 2'000 ? 1U : 0U;
  }
  EXPECT_GT(with_both, 850U);
}

}  // namespace
}  // namespace rapport::media
