#include <benchmark/benchmark.h>
#include <opus.h>

#include <cmath>
#include <memory>
#include <numbers>
#include <vector>

#include "base/assert.hpp"
#include "media/bridge.hpp"

/// What the sound of one call costs in 20 ms, without sockets: two legs of G.711 that speak, jitter buffers,
/// mixing and the recording's frame. The peer's figure is rtpengine's in user space: 1,110 to 1,220 calls a
/// core with its system calls and without recording (8 to 9 microseconds a packet); aim 1,200 with recording.
namespace rapport::media {
namespace {

using Bytes = std::vector<std::uint8_t>;

/// A second of a tone in packets.
std::vector<Bytes> packets_of(double hertz, Codec codec) {
  std::vector<Bytes> packets;
  for (std::uint32_t number = 0; number < 50; ++number) {
    Bytes packet(rtp_header_bytes + frame_samples);
    std::vector<Sample> sound(frame_samples);
    for (std::size_t i = 0; i < frame_samples; ++i) {
      double const at = static_cast<double>(number * frame_samples + i) / sample_rate;
      sound[i] = static_cast<Sample>(8'000 * std::sin(2 * std::numbers::pi * hertz * at));
    }
    encode(codec, sound, std::span{packet}.subspan(rtp_header_bytes));
    packets.push_back(std::move(packet));
  }
  return packets;
}

/// Ten seconds of something like speech: a gliding voice in syllables, from a peer whose encoder works at 16 kHz, as
/// those of browsers do, or at 8.
std::vector<Bytes> opus_packets(std::uint32_t rate) {
  std::size_t const samples = rate * frame_ms / 1'000;
  std::unique_ptr<OpusEncoder, decltype(&opus_encoder_destroy)> const encoder{opus_encoder_create(static_cast<opus_int32>(rate), 1, OPUS_APPLICATION_VOIP, nullptr), &opus_encoder_destroy};
  RAPPORT_ASSERT(encoder != nullptr);
  opus_encoder_ctl(encoder.get(), OPUS_SET_BITRATE(24'000));
  opus_encoder_ctl(encoder.get(), OPUS_SET_INBAND_FEC(1));
  opus_encoder_ctl(encoder.get(), OPUS_SET_PACKET_LOSS_PERC(10));
  std::vector<Bytes> packets;
  double phase = 0;
  for (std::size_t number = 0; number < 500; ++number) {
    std::vector<Sample> frame(samples);
    for (std::size_t i = 0; i < samples; ++i) {
      double const at = static_cast<double>(number * samples + i) / rate;
      phase += 2 * std::numbers::pi * (150 + 40 * std::sin(4.4 * at)) / rate;
      double sum = 0;
      for (std::uint32_t overtone = 1; overtone * 200 < rate / 2; ++overtone) sum += std::sin(overtone * phase) / overtone;
      frame[i] = static_cast<Sample>(5'000 * (0.55 + 0.45 * std::sin(22 * at)) * sum);
    }
    Bytes packet(frame_samples);
    int const written = opus_encode(encoder.get(), frame.data(), static_cast<int>(samples), packet.data(), static_cast<opus_int32>(packet.size()));
    RAPPORT_ASSERT(written > 0);
    packet.resize(static_cast<std::size_t>(written));
    packets.push_back(std::move(packet));
  }
  return packets;
}

struct Party {
  Bridge::Place place = 0;
  Codec codec = Codec::pcmu;
  std::vector<Bytes> packets{};
};

void send(Bridge& bridge, Party& party, std::uint32_t number) {
  Bytes& packet = party.packets[number % party.packets.size()];
  write_rtp({payload_type(party.codec), false, static_cast<std::uint16_t>(number), number * static_cast<std::uint32_t>(frame_samples), 9}, std::span{packet}.first<rtp_header_bytes>());
  RAPPORT_ASSERT(bridge.receive(party.place, packet, number * static_cast<std::uint32_t>(frame_samples)) == Bridge::Received::sound);
}

void two_legs_recorded(benchmark::State& state) {
  auto const music = std::make_shared<HoldMusic const>();
  struct Call {
    Bridge bridge;
    Party customer;
    Party agent;
  };
  std::vector<std::unique_ptr<Call>> calls;
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    auto call = std::make_unique<Call>(Call{Bridge{music}, {0, Codec::pcma, packets_of(400, Codec::pcma)}, {0, Codec::pcmu, packets_of(1'000, Codec::pcmu)}});
    call->customer.place = *call->bridge.add({{Codec::pcma, 101}, Side::customer, 1, 0, 0});
    call->agent.place = *call->bridge.add({{Codec::pcmu, 101}, Side::agents, 2, 0, 0});
    call->bridge.connect(call->customer.place, call->agent.place);
    calls.push_back(std::move(call));
  }
  std::uint32_t number = 0;
  for (auto _ : state) {
    for (auto const& call : calls) {
      send(call->bridge, call->customer, number);
      send(call->bridge, call->agent, number);
      call->bridge.tick();
      benchmark::DoNotOptimize(call->bridge.recorded());
    }
    ++number;
  }
  auto const ticks = static_cast<double>(state.iterations()) * static_cast<double>(state.range(0));
  state.counters["calls_a_core_rtpengine_1200"] = benchmark::Counter{ticks / 50, benchmark::Counter::kIsRate};
  state.counters["us_a_call_and_tick"] = benchmark::Counter{ticks / 1e6, benchmark::Counter::kIsRate | benchmark::Counter::kInvert};
}
BENCHMARK(two_legs_recorded)->Arg(1)->Arg(500)->Unit(benchmark::kMicrosecond);

/// Calls of a browser in Opus with a trunk in G.711. There is no peer's figure for these; at 48 kHz a leg costs 300 us.
void opus_with_a_law_recorded(benchmark::State& state) {
  Bridge bridge{std::make_shared<HoldMusic const>()};
  Format opus;
  opus.opus = OpusTerms{111, true};
  Party customer{0, Codec::pcma, packets_of(400, Codec::pcma)};
  customer.place = *bridge.add({{Codec::pcma, 101}, Side::customer, 1, 0, 0});
  auto const agent = *bridge.add({opus, Side::agents, 2, 0, 0});
  bridge.connect(customer.place, agent);
  auto const speech = opus_packets(static_cast<std::uint32_t>(state.range(0)));
  std::uint32_t number = 0;
  for (auto _ : state) {
    send(bridge, customer, number);
    Bytes packet(rtp_header_bytes);
    write_rtp({111, false, static_cast<std::uint16_t>(number), number * 960, 9}, std::span{packet}.first<rtp_header_bytes>());
    Bytes const& said = speech[number % speech.size()];
    packet.insert(packet.end(), said.begin(), said.end());
    RAPPORT_ASSERT(bridge.receive(agent, packet, number * static_cast<std::uint32_t>(frame_samples)) == Bridge::Received::sound);
    bridge.tick();
    benchmark::DoNotOptimize(bridge.recorded());
    ++number;
  }
  auto const ticks = static_cast<double>(state.iterations());
  state.counters["opus_legs_a_core"] = benchmark::Counter{ticks / 50, benchmark::Counter::kIsRate};
  state.counters["us_a_call_and_tick"] = benchmark::Counter{ticks / 1e6, benchmark::Counter::kIsRate | benchmark::Counter::kInvert};
}
BENCHMARK(opus_with_a_law_recorded)->Arg(sample_rate)->Arg(wide_rate)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace rapport::media

BENCHMARK_MAIN();
