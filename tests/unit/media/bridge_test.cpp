#include "media/bridge.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "media/level.hpp"
#include "support/tones.hpp"

namespace rapport::media {
namespace {

using tests::peak_at;
using tests::tone;

/// A party that speaks a tone and keeps what it hears.
struct Party {
  double hertz = 0;
  Codec codec = Codec::pcmu;
  Bridge::Place place = 0;
  std::uint16_t sequence = 0;
  std::vector<Sample> heard{};
};

struct Call {
  Bridge bridge{std::make_shared<HoldMusic const>()};
  std::vector<Party> parties;
  std::vector<std::uint8_t> recording;

  Call() {
    auto const header = recording_header();
    recording.assign(header.begin(), header.end());
  }
  Party& join(double hertz, Side side, Codec codec = Codec::pcmu) {
    Party party{hertz, codec};
    party.place = *bridge.add({{codec, 101}, side, static_cast<std::uint32_t>(hertz), 65'530, 0xFFFF'FF00});
    return parties.emplace_back(party);
  }
  void pass(int frames) {
    for (int i = 0; i < frames; ++i) {
      for (Party& party : parties) {
        if (party.hertz > 0) send(party);
      }
      bridge.tick();
      for (Party& party : parties) listen(party);
      RecordedFrame const& frame = bridge.recorded();
      recording.insert(recording.end(), frame.begin(), frame.end());
    }
  }
  void send(Party& party) {
    std::vector<std::uint8_t> packet(rtp_header_bytes + frame_samples);
    std::uint32_t const timestamp = party.sequence * static_cast<std::uint32_t>(frame_samples);
    write_rtp({payload_type(party.codec), false, party.sequence, timestamp, 9}, std::span{packet}.first<rtp_header_bytes>());
    encode(party.codec, tone(party.hertz, frame_samples, timestamp), std::span{packet}.subspan(rtp_header_bytes));
    ++party.sequence;
    EXPECT_EQ(bridge.receive(party.place, packet, timestamp), Bridge::Received::sound);
  }
  void listen(Party& party) {
    auto const packet = read_rtp(bridge.packet(party.place));
    ASSERT_TRUE(packet);
    ASSERT_EQ(packet->header.payload_type, payload_type(party.codec));
    std::vector<Sample> sound(packet->payload.size());
    decode(party.codec, packet->payload, sound);
    party.heard.insert(party.heard.end(), sound.begin(), sound.end());
  }
};

constexpr double loud_level = 7'000;
constexpr double nothing = 200;

TEST(Bridge, CarriesEachToTheOtherThroughEitherLaw) {
  Call call;
  call.parties.reserve(2);
  Party& customer = call.join(400, Side::customer, Codec::pcma);
  Party& agent = call.join(1'000, Side::agents);
  call.bridge.connect(customer.place, agent.place);
  call.pass(100);
  EXPECT_GT(peak_at(customer.heard, 1'000), loud_level);
  EXPECT_LT(peak_at(customer.heard, 400), nothing) << "nobody hears themselves";
  EXPECT_GT(peak_at(agent.heard, 400), loud_level);
  EXPECT_LT(peak_at(agent.heard, 1'000), nothing);
}

TEST(Bridge, RecordsTheCustomerLeftAndTheAgentsRight) {
  Call call;
  call.parties.reserve(3);
  call.join(400, Side::customer);
  call.join(1'000, Side::agents);
  call.join(1'500, Side::nowhere);
  call.pass(100);
  auto const recorded = read_recording(call.recording);
  ASSERT_TRUE(recorded) << recorded.error().message;
  ASSERT_EQ(recorded->customer.size(), 100 * frame_samples);
  EXPECT_GT(peak_at(recorded->customer, 400), loud_level);
  EXPECT_LT(peak_at(recorded->customer, 1'000), nothing);
  EXPECT_GT(peak_at(recorded->agents, 1'000), loud_level);
  EXPECT_LT(peak_at(recorded->agents, 400), nothing);
  EXPECT_LT(peak_at(recorded->agents, 1'500), nothing);
}

TEST(Bridge, ARecordingCutAnywhereIsReadable) {
  Call call;
  call.join(400, Side::customer);
  call.pass(3);
  for (std::size_t cut = recording_header_bytes; cut <= call.recording.size(); ++cut) {
    auto const recorded = read_recording(std::span{call.recording}.first(cut));
    ASSERT_TRUE(recorded);
    EXPECT_EQ(recorded->customer.size(), (cut - recording_header_bytes) / 2);
  }
  EXPECT_FALSE(read_recording(std::span{call.recording}.first(recording_header_bytes - 1)));
}

TEST(Bridge, MonitorHearsAllAndIsHeardByNobodyWhisperIsHeardByOne) {
  Call call;
  call.parties.reserve(3);
  Party& customer = call.join(400, Side::customer);
  Party& agent = call.join(1'000, Side::agents);
  Party& supervisor = call.join(1'500, Side::nowhere);
  call.bridge.connect(customer.place, agent.place);
  call.bridge.hear(supervisor.place, customer.place, gain_full);
  call.bridge.hear(supervisor.place, agent.place, gain_full);
  call.pass(50);
  EXPECT_GT(peak_at(supervisor.heard, 400), loud_level);
  EXPECT_GT(peak_at(supervisor.heard, 1'000), loud_level);
  EXPECT_LT(peak_at(customer.heard, 1'500), nothing);
  EXPECT_LT(peak_at(agent.heard, 1'500), nothing);
  call.bridge.hear(agent.place, supervisor.place, gain_full / 2);
  customer.heard.clear();
  agent.heard.clear();
  call.pass(50);
  EXPECT_NEAR(peak_at(agent.heard, 1'500), 4'000, 400);
  EXPECT_LT(peak_at(customer.heard, 1'500), nothing);
}

TEST(Bridge, WhoWaitsHearsMusicAndIsRecordedAlone) {
  Call call;
  Party& customer = call.join(0, Side::customer);
  call.bridge.play(customer.place, Sound::music);
  call.pass(50);
  EXPECT_LT(level(customer.heard), 45);
  call.bridge.play(customer.place, Sound::none);
  customer.heard.clear();
  call.pass(5);
  EXPECT_EQ(level(customer.heard), 127);
  auto const recorded = read_recording(call.recording);
  ASSERT_TRUE(recorded);
  EXPECT_EQ(level(recorded->agents), 127);
}

TEST(Bridge, WhoIsMutedReachesNeitherOthersNorTheRecording) {
  Call call;
  call.parties.reserve(2);
  Party& customer = call.join(400, Side::customer);
  Party& agent = call.join(1'000, Side::agents);
  call.bridge.connect(customer.place, agent.place);
  call.bridge.mute(agent.place, true);
  call.pass(50);
  EXPECT_LT(peak_at(customer.heard, 1'000), nothing);
  EXPECT_LT(peak_at(read_recording(call.recording)->agents, 1'000), nothing);
  EXPECT_GT(peak_at(agent.heard, 400), loud_level);
}

TEST(Bridge, TellsKeysApartFromSound) {
  Call call;
  Party& customer = call.join(400, Side::customer);
  std::vector<std::uint8_t> packet(rtp_header_bytes + telephone_event_bytes);
  for (std::uint16_t i = 0; i < 3; ++i) {
    write_rtp({101, i == 0, i, 8'000, 9}, std::span{packet}.first<rtp_header_bytes>());
    write_telephone_event({7, i == 2, 10, static_cast<std::uint16_t>(160 * i)}, std::span{packet}.subspan<rtp_header_bytes, telephone_event_bytes>());
    EXPECT_EQ(call.bridge.receive(customer.place, packet, 0), Bridge::Received::key);
  }
  EXPECT_EQ(call.bridge.next_key(customer.place), '7');
  EXPECT_FALSE(call.bridge.next_key(customer.place));
  write_rtp({18, false, 3, 0, 9}, std::span{packet}.first<rtp_header_bytes>());
  EXPECT_EQ(call.bridge.receive(customer.place, packet, 0), Bridge::Received::foreign);
  EXPECT_EQ(call.bridge.receive(customer.place, std::span{packet}.first(5), 0), Bridge::Received::refused);
}

TEST(Bridge, HasPlaceForSoManyLegs) {
  Call call;
  for (std::size_t i = 0; i < limits::legs_per_bridge_max; ++i) EXPECT_TRUE(call.bridge.add({}));
  EXPECT_FALSE(call.bridge.add({}));
  call.bridge.remove(3);
  EXPECT_EQ(call.bridge.add({}), 3U);
}

TEST(Bridge, ReportsAndIsReportedTo) {
  Call call;
  Party& customer = call.join(400, Side::customer);
  call.pass(100);
  constexpr std::uint64_t one_second = std::uint64_t{1} << 32U;
  std::uint64_t const now = 1'000 * one_second;
  std::array<std::uint8_t, rtcp_bytes_max> bytes{};
  std::size_t const size = call.bridge.write_report(customer.place, now, "here", bytes);
  auto const ours = read_rtcp(std::span{bytes}.first(size));
  ASSERT_TRUE(ours && ours->sender);
  EXPECT_EQ(ours->sender->packets, 100U);
  EXPECT_EQ(ours->blocks[0].ssrc, 9U);
  // The peer answers 100 ms later; it held our report for 50 ms.
  ReportBlock about{400, 64, 0, 0, 0, ours->sender->compact_time(), 65'536 / 20};
  std::size_t const answered = write_rtcp(9, {}, about, "there", bytes);
  EXPECT_TRUE(call.bridge.receive_rtcp(customer.place, std::span{bytes}.first(answered), now + one_second / 10));
  LineState const line = call.bridge.line(customer.place);
  EXPECT_EQ(line.packets, 100U);
  EXPECT_EQ(line.lost, 0);
  EXPECT_NEAR(*line.round_trip_ms, 50, 2);
  EXPECT_EQ(line.loss, 0U);
  EXPECT_EQ(line.loss_away, 250U) << "a quarter of what we sent";
  EXPECT_LT(line.score, 300U) << "the worse way counts";
}

/// What a leg is sent in so many ticks: "." is sound, a key each time that its event says so, "!" its end.
std::string sent(Call& call, Bridge::Place place, int ticks) {
  std::string said;
  for (int i = 0; i < ticks; ++i) {
    call.bridge.tick();
    auto const packet = read_rtp(call.bridge.packet(place));
    EXPECT_TRUE(packet);
    auto const event = packet->header.payload_type == 101 ? read_telephone_event(packet->payload) : std::nullopt;
    said += !event ? '.' : event->end ? '!'
                                      : *key_of(*event);
  }
  return said;
}

TEST(Bridge, PressesKeysAsEventsAndElseAsTones) {
  Call call;
  call.parties.reserve(2);
  Party& customer = call.join(400, Side::customer);
  EXPECT_TRUE(call.bridge.press(customer.place, '4'));
  EXPECT_TRUE(call.bridge.press(customer.place, '#'));
  EXPECT_FALSE(call.bridge.press(customer.place, 'x'));
  EXPECT_EQ(sent(call, customer.place, 24), "44444!!!...#####!!!.....");

  Party& other = call.join(0, Side::customer);
  call.bridge.change(other.place, {Codec::pcmu});
  EXPECT_TRUE(call.bridge.press(other.place, '4'));
  EXPECT_EQ(sent(call, other.place, 5), ".....");
  EXPECT_TRUE(call.bridge.press(other.place, '5'));
  std::vector<Sample> heard;
  for (int i = 0; i < 11; ++i) {
    call.bridge.tick();
    auto const packet = read_rtp(call.bridge.packet(other.place));
    std::vector<Sample> sound(packet->payload.size());
    decode(Codec::pcmu, packet->payload, sound);
    if (i >= 6) heard.insert(heard.end(), sound.begin(), sound.end());
  }
  EXPECT_GT(peak_at(heard, 770), 3'000);
  EXPECT_GT(peak_at(heard, 1'336), 3'000);
}

}  // namespace
}  // namespace rapport::media
