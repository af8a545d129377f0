#include "media/opus_line.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <random>
#include <vector>

#include "media/bridge.hpp"
#include "support/tones.hpp"

namespace rapport::media {
namespace {

using Packet = std::vector<std::uint8_t>;
using tests::peak_at;
using tests::tone;

constexpr std::uint32_t ticks = frame_samples * opus_ticks_per_sample;  // of a packet
constexpr OpusTerms with_repetitions{111, true};
constexpr OpusTerms without{111, false};

Frame sent_frame(std::vector<Sample> const& sound, std::size_t number) {
  Frame frame;
  std::copy_n(sound.begin() + static_cast<std::ptrdiff_t>(number * frame_samples), frame_samples, frame.begin());
  return frame;
}

std::vector<Packet> encoded(std::vector<Sample> const& sound, OpusTerms const& terms) {
  auto sender = OpusSender::make(terms);
  std::vector<Packet> packets;
  for (std::size_t number = 0; number < sound.size() / frame_samples; ++number) {
    Packet packet(frame_samples);
    packet.resize(sender->encode(sent_frame(sound, number), packet));
    packets.push_back(packet);
  }
  return packets;
}

/// Something like speech: a gliding voice with its overtones, in syllables, over a murmur.
std::vector<Sample> voice(std::size_t frames) {
  std::mt19937 murmur{1};
  std::vector<Sample> sound(frames * frame_samples);
  double phase = 0;
  for (std::size_t i = 0; i < sound.size(); ++i) {
    double const at = static_cast<double>(i) / sample_rate;
    phase += 2 * std::numbers::pi * (150 + 40 * std::sin(2 * std::numbers::pi * 0.7 * at)) / sample_rate;
    double sum = 0;
    for (int overtone = 1; overtone <= 12; ++overtone) sum += std::sin(overtone * phase) / overtone;
    double const syllable = 0.55 + 0.45 * std::sin(2 * std::numbers::pi * 3.5 * at);
    sound[i] = static_cast<Sample>(5'000 * syllable * sum + static_cast<double>(murmur() % 200) - 100);
  }
  return sound;
}

struct OpusCall {
  OpusReceiver receiver = std::move(*OpusReceiver::make());
  JitterBuffer buffer{};
  std::vector<Sample> heard{};

  void tick() {
    Frame frame;
    receiver.decode_into(buffer);
    buffer.take(frame);
    heard.insert(heard.end(), frame.begin(), frame.end());
  }
  /// The first packet a step before its time, so that there is one in hand.
  void ahead(Packet const& first, std::uint32_t from = 0) {
    ASSERT_TRUE(receiver.put(from, first));
    receiver.decode_into(buffer);
  }
};

/// How far two sounds are apart, as a share of the first one's power.
double difference(std::vector<Sample> const& one, std::vector<Sample> const& other) {
  double power = 0;
  double apart = 0;
  for (std::size_t i = 0; i < std::min(one.size(), other.size()); ++i) {
    power += std::pow(one[i], 2);
    apart += std::pow(one[i] - other[i], 2);
  }
  return apart / power;
}

OpusCall carried(std::vector<Packet> const& packets, std::size_t lost_every, std::uint32_t from = 0) {
  OpusCall line;
  line.ahead(packets[0], from);
  for (std::size_t number = 1; number < packets.size(); ++number) {
    bool const lost = lost_every > 0 && number % lost_every == 0;
    EXPECT_TRUE(lost || line.receiver.put(from + static_cast<std::uint32_t>(number) * ticks, packets[number]));
    line.tick();
  }
  return line;
}

TEST(OpusLine, ARepetitionBringsBackWhatWasLost) {
  auto const sound = voice(500);
  auto const repeated = encoded(sound, with_repetitions);
  auto const plain = encoded(sound, without);
  EXPECT_TRUE(std::ranges::any_of(repeated, [](Packet const& packet) { return repeats(packet); }));
  EXPECT_TRUE(std::ranges::none_of(plain, [](Packet const& packet) { return repeats(packet); }));
  OpusCall const mended = carried(repeated, 7);
  OpusCall const guessed = carried(plain, 7);
  EXPECT_GT(mended.receiver.repeated(), 40 * frame_samples) << "of 71 packets: what is no speech is not repeated";
  EXPECT_LT(mended.receiver.guessed(), 30 * frame_samples);
  EXPECT_EQ(guessed.receiver.repeated(), 0U);
  EXPECT_GT(guessed.receiver.guessed(), 60 * frame_samples);
  double const by_repetition = difference(carried(repeated, 0).heard, mended.heard);
  double const by_guess = difference(carried(plain, 0).heard, guessed.heard);
  EXPECT_LT(by_repetition, by_guess / 2) << "guessed: " << by_guess;
  EXPECT_EQ(mended.buffer.counts().mended, 0U) << "nothing was late";
  EXPECT_EQ(mended.buffer.depth(), carried(repeated, 0).buffer.depth()) << "and no delay came of it";
}

TEST(OpusLine, APacketThatWasOvertakenIsHeardInItsPlace) {
  auto const packets = encoded(voice(100), with_repetitions);
  for (std::uint32_t const from : {0U, 0xFFFF'FF00U}) {
    OpusCall line;
    line.ahead(packets[0], from);
    for (std::size_t number = 1; number + 1 < packets.size(); number += 2) {
      auto const at = from + static_cast<std::uint32_t>(number) * ticks;
      line.receiver.put(at + ticks, packets[number + 1]);
      line.tick();
      line.receiver.put(at, packets[number]);
      line.tick();
    }
    EXPECT_EQ(line.receiver.guessed() + line.receiver.repeated(), 0U);
    EXPECT_LT(difference(carried(packets, 0, from).heard, line.heard), 1e-9);
  }
}

TEST(OpusLine, WhatIsNoPacketIsRefusedAndALongHoleIsSilent) {
  OpusCall line;
  EXPECT_FALSE(line.receiver.put(0, {}));
  EXPECT_FALSE(line.receiver.put(0, Packet{0xFF, 0xFF, 0xFF}));
  auto const packets = encoded(voice(30), with_repetitions);
  line.ahead(packets[0]);
  for (int i = 0; i < 39; ++i) line.tick();
  line.receiver.put(40 * ticks, packets[1]);
  for (int i = 0; i < 4; ++i) line.tick();
  EXPECT_EQ(line.receiver.guessed() + line.receiver.repeated(), 0U);
  EXPECT_LT(line.buffer.depth(), 2 * frame_samples) << "what was never sent has passed";
  line.receiver.put(0x8000'0000U, packets[2]);
  line.tick();
  line.receiver.put(0x8000'0000U + ticks, packets[3]);
  line.tick();
  EXPECT_EQ(line.buffer.counts().restarts, 1U);
}

/// A party that speaks Opus by RTP.
struct Party {
  Bridge& bridge;
  Bridge::Place place = 0;
  double hertz = 0;
  std::uint16_t number = 0;
  OpusSender sender = std::move(*OpusSender::make(with_repetitions));
  OpusCall line{};

  void speak() {
    Packet packet(rtp_header_bytes + frame_samples);
    write_rtp({111, false, number, number * ticks, 9}, std::span{packet}.first<rtp_header_bytes>());
    auto const sound = tone(hertz, frame_samples, number * frame_samples);
    packet.resize(rtp_header_bytes + sender.encode(sent_frame(sound, 0), std::span{packet}.subspan(rtp_header_bytes)));
    EXPECT_EQ(bridge.receive(place, packet, number++ * static_cast<std::uint32_t>(frame_samples)), Bridge::Received::sound);
  }
  void hear() {
    auto const packet = read_rtp(bridge.packet(place));
    ASSERT_TRUE(packet);
    ASSERT_EQ(packet->header.payload_type, 111);
    EXPECT_TRUE(line.receiver.put(packet->header.timestamp, packet->payload));
    line.tick();
  }
};

TEST(OpusLine, ALegInOpusTalksWithOneInALaw) {
  Bridge bridge{std::make_shared<HoldMusic const>()};
  Format opus;
  opus.opus = with_repetitions;
  opus.keys = 110;
  opus.keys_rate = opus_clock_rate;
  Party browser{bridge, *bridge.add({opus, Side::agents, 1, 2, 0xFFFF'0000U}), 1'000};
  auto const phone = *bridge.add({{Codec::pcmu, 101}, Side::customer, 3, 4, 5});
  bridge.connect(browser.place, phone);
  std::vector<Sample> phone_heard;
  for (std::uint16_t number = 0; number < 150; ++number) {
    Packet packet(rtp_header_bytes + frame_samples);
    write_rtp({0, false, number, number * static_cast<std::uint32_t>(frame_samples), 8}, std::span{packet}.first<rtp_header_bytes>());
    encode(Codec::pcmu, tone(400, frame_samples, number * frame_samples), std::span{packet}.subspan(rtp_header_bytes));
    EXPECT_EQ(bridge.receive(browser.place, packet, 0), Bridge::Received::foreign) << "a law was not agreed with that one";
    EXPECT_EQ(bridge.receive(phone, packet, number * static_cast<std::uint32_t>(frame_samples)), Bridge::Received::sound);
    browser.speak();
    bridge.tick();
    browser.hear();
    auto const sent = read_rtp(bridge.packet(phone));
    ASSERT_TRUE(sent);
    std::vector<Sample> sound(sent->payload.size());
    decode(Codec::pcmu, sent->payload, sound);
    phone_heard.insert(phone_heard.end(), sound.begin(), sound.end());
  }
  std::span<Sample const> const theirs = std::span<Sample const>{phone_heard}.subspan(50 * frame_samples);
  std::span<Sample const> const ours = std::span<Sample const>{browser.line.heard}.subspan(50 * frame_samples);
  EXPECT_GT(peak_at(theirs, 1'000), 7'000);
  EXPECT_LT(peak_at(theirs, 400), 200);
  EXPECT_GT(peak_at(ours, 400), 7'000);
  EXPECT_LT(peak_at(ours, 1'000), 200);
  EXPECT_EQ(bridge.line(browser.place).jitter_ms, 0U) << "its clock is six times faster";

  bridge.press(browser.place, '5');
  bridge.tick();
  auto const key = read_rtp(bridge.packet(browser.place));
  ASSERT_TRUE(key);
  EXPECT_EQ(key->header.payload_type, 110);
  EXPECT_EQ(read_telephone_event(key->payload)->duration, ticks);
}

TEST(OpusLine, ALegChangesFromALawToOpusAndBack) {
  Bridge bridge{std::make_shared<HoldMusic const>()};
  Format opus;
  opus.opus = with_repetitions;
  Party peer{bridge, *bridge.add({{Codec::pcma}, Side::customer, 1, 2, 3}), 700};
  auto const listener = *bridge.add({});
  bridge.connect(peer.place, listener);
  bridge.tick();
  EXPECT_EQ(read_rtp(bridge.packet(peer.place))->header.payload_type, 8);
  bridge.change(peer.place, opus);
  for (int i = 0; i < 50; ++i) {
    peer.speak();
    bridge.tick();
    peer.hear();
  }
  EXPECT_GT(peak_at(bridge.spoken(peer.place), 700), 6'000);
  bridge.change(peer.place, {Codec::pcma});
  bridge.tick();
  EXPECT_EQ(read_rtp(bridge.packet(peer.place))->header.payload_type, 8);
  EXPECT_EQ(bridge.line(peer.place).loss, 0U);
}

}  // namespace
}  // namespace rapport::media
