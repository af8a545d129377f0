#include "media/bridge.hpp"

#include <algorithm>
#include <utility>

#include "base/assert.hpp"

namespace rapport::media {
namespace {

constexpr std::size_t key_down_frames = 5;  // events come at least every 50 ms (RFC 4733, section 2.5.1.2), and one may be lost

Frame add(Frame const& one, Frame const& other) {
  Frame sum;
  for (std::size_t i = 0; i < frame_samples; ++i) sum[i] = saturate(one[i] + other[i]);
  return sum;
}

}  // namespace

Bridge::Leg& Bridge::leg(Place place) {
  RAPPORT_ASSERT(place < legs_.size() && legs_[place] != nullptr);
  return *legs_[place];
}

std::optional<Bridge::Place> Bridge::add(LegOptions const& options) {
  auto const free = std::ranges::find_if(legs_, [](auto const& one) { return one == nullptr; });
  if (free == legs_.end()) return std::nullopt;
  *free = std::make_unique<Leg>();
  (*free)->options = options;
  set_up_opus(**free);
  return static_cast<Place>(free - legs_.begin());
}

void Bridge::remove(Place place) {
  leg(place);
  legs_[place].reset();
  gains_.clear(place);
}

/// Where there is no memory for it the leg is silent both ways.
void Bridge::set_up_opus(Leg& leg) {
  leg.opus_in.reset();
  leg.opus_out.reset();
  leg.buffer.carry_upper(leg.options.format.opus.has_value());
  if (!leg.options.format.opus) return;
  leg.opus_in = OpusReceiver::make();
  leg.opus_out = OpusSender::make(*leg.options.format.opus);
}

void Bridge::change(Place place, Format const& format) {
  Leg& changed = leg(place);
  Format const before = std::exchange(changed.options.format, format);
  if (before.opus == format.opus) return;
  set_up_opus(changed);
  changed.mended_before = missed(changed);
  changed.source.reset();  // its clock is another one from now on
  changed.first = true;
}

void Bridge::hear(Place listener, Place speaker, Gain gain) { gains_.set(listener, speaker, gain); }

void Bridge::connect(Place one, Place other) {
  hear(one, other, gain_full);
  hear(other, one, gain_full);
}

void Bridge::record_as(Place place, Side side) { leg(place).options.side = side; }

void Bridge::play(Place place, Sound sound) {
  Leg& played = leg(place);
  if (played.sound == sound) return;
  played.sound = sound;
  played.played = 0;
}

void Bridge::announce(Place place, std::shared_ptr<Announcement const> announcement) {
  Leg& to = leg(place);
  to.announcement = std::move(announcement);
  to.announced = 0;
}

bool Bridge::announcing(Place place) const { return leg(place).announcement != nullptr; }

void Bridge::mute(Place place, bool muted) { leg(place).muted = muted; }

void Bridge::take_key(Leg& leg, std::uint32_t timestamp, std::span<std::uint8_t const> payload) {
  // Sound that came with it is heard only after what the jitter buffer holds.
  leg.key_frames = key_down_frames + leg.buffer.depth() / frame_samples;
  auto const key = leg.key_reader.read(timestamp, payload);
  if (key && leg.keys_held < keys_held_max) leg.keys[leg.keys_held++] = *key;
}

std::optional<char> Bridge::next_key(Place place) {
  Leg& pressed = leg(place);
  if (pressed.keys_held == 0) return std::nullopt;
  char const key = pressed.keys[0];
  std::copy(pressed.keys.begin() + 1, pressed.keys.begin() + static_cast<std::ptrdiff_t>(pressed.keys_held), pressed.keys.begin());
  --pressed.keys_held;
  return key;
}

Bridge::Received Bridge::receive(Place place, std::span<std::uint8_t const> datagram, std::uint32_t arrival) {
  Leg& from = leg(place);
  auto const packet = read_rtp(datagram);
  if (!packet) return Received::refused;
  Format const& format = from.options.format;
  bool const is_key = format.keys == packet->header.payload_type;
  bool const is_sound = format.opus ? format.opus->payload_type == packet->header.payload_type : codec_of(packet->header.payload_type).has_value();
  if (!is_sound && !is_key) return Received::foreign;
  if (from.source != packet->header.ssrc) {
    from.source = packet->header.ssrc;
    from.reception = Reception{};
    from.key_reader = KeyReader{};
    from.buffer.restart();
    if (from.opus_in) from.opus_in->restart();
    from.bye = false;
  }
  if (!from.reception.received(packet->header.sequence, packet->header.timestamp, arrival * (format.clock_rate() / sample_rate))) return Received::refused;
  if (is_key) {
    take_key(from, packet->header.timestamp, packet->payload);
    return Received::key;
  }
  return take_sound(from, *packet);
}

Bridge::Received Bridge::take_sound(Leg& from, RtpPacket const& packet) {
  if (from.options.format.opus) return from.opus_in && from.opus_in->put(packet.header.timestamp, packet.payload) ? Received::sound : Received::refused;
  std::array<Sample, limits::packet_samples_max> samples;
  std::size_t const count = std::min(packet.payload.size(), samples.size());
  decode(*codec_of(packet.header.payload_type), packet.payload.first(count), std::span{samples}.first(count));
  from.buffer.put(packet.header.timestamp, std::span<Sample const>{samples}.first(count));
  return Received::sound;
}

void Bridge::tick() {
  for (auto const& one : legs_) {
    if (one == nullptr) continue;
    if (one->opus_in) one->opus_in->decode_into(one->buffer);
    one->buffer.take(one->said);
    ++one->frames;
    if (one->muted) one->said.fill(0);
  }
  for (Place place = 0; place < legs_.size(); ++place) {
    if (legs_[place] != nullptr) make_packet(place);
  }
  make_recorded();
}

/// The next frame of what is played to it.
Frame Bridge::played_to(Leg& leg) const {
  Frame frame{};
  if (leg.announcement != nullptr) {
    std::size_t const count = std::min(frame_samples, leg.announcement->size() - leg.announced);
    std::copy_n(leg.announcement->begin() + static_cast<std::ptrdiff_t>(leg.announced), count, frame.begin());
    leg.announced += count;
    if (leg.announced == leg.announcement->size()) leg.announcement.reset();
    return frame;
  }
  if (leg.sound == Sound::music) frame = music_->frame(leg.played);
  if (leg.sound == Sound::ringing) frame = ringing_tone(leg.played);
  ++leg.played;
  return frame;
}

Frame Bridge::heard_by(Place place) const {
  Leg& to = *legs_[place];
  std::array<Frame const*, GainMatrix::size> spoken{};
  for (Place speaker = 0; speaker < legs_.size(); ++speaker) spoken[speaker] = legs_[speaker] == nullptr ? nullptr : &legs_[speaker]->said;
  Frame heard;
  mix(gains_, place, spoken, heard);
  bool const plays = to.sound != Sound::none || to.announcement != nullptr;
  if (plays) heard = media::add(heard, played_to(to));
  return heard;
}

/// An event in the place of this packet's sound. Its payload's bytes.
std::size_t Bridge::write_key(Leg& to, KeySender::Step const& step) {
  if (step.first) to.key_pressed_at = to.options.timestamp;
  TelephoneEvent event = *step.event;
  event.duration = static_cast<std::uint16_t>(event.duration * (to.options.format.keys_rate / sample_rate));
  std::span<std::uint8_t, packet_bytes> const bytes{to.packet};
  write_rtp({*to.options.format.keys, step.first, to.options.sequence, to.key_pressed_at, to.options.ssrc}, bytes.first<rtp_header_bytes>());
  write_telephone_event(event, bytes.subspan<rtp_header_bytes, telephone_event_bytes>());
  return telephone_event_bytes;
}

/// The bytes of its payload; 0: there is none.
std::size_t Bridge::write_sound(Leg& to, Frame const& heard) {
  Format const& format = to.options.format;
  std::span<std::uint8_t, packet_bytes> const bytes{to.packet};
  std::uint8_t const type = format.opus ? format.opus->payload_type : payload_type(format.codec);
  write_rtp({type, to.first, to.options.sequence, to.options.timestamp, to.options.ssrc}, bytes.first<rtp_header_bytes>());
  if (format.opus) return to.opus_out ? to.opus_out->encode(heard, bytes.subspan<rtp_header_bytes>()) : 0;
  encode(format.codec, heard, bytes.subspan<rtp_header_bytes>());
  return frame_samples;
}

void Bridge::make_packet(Place place) {
  Leg& to = *legs_[place];
  Frame heard = heard_by(place);
  auto const key = to.key_sender.next();
  bool const by_event = key && key->event && to.options.format.keys;
  if (key && !key->event) heard.fill(0);
  if (key && key->event && !by_event && !key->event->end) heard = key_tones(key->event->code, key->event->duration / frame_samples - 1);
  std::size_t const payload = by_event ? write_key(to, *key) : write_sound(to, heard);
  to.packet_size = payload == 0 ? 0 : rtp_header_bytes + payload;
  to.first = false;
  ++to.options.sequence;
  to.options.timestamp += static_cast<std::uint32_t>(frame_samples) * (to.options.format.clock_rate() / sample_rate);
  ++to.sent;
  to.sent_octets += static_cast<std::uint32_t>(payload);
}

void Bridge::make_recorded() {
  Tape::Side customer;
  Tape::Side agents;
  for (auto const& one : legs_) {
    if (one == nullptr || one->options.side == Side::nowhere) continue;
    Tape::Side& side = one->options.side == Side::customer ? customer : agents;
    side.sound = media::add(side.sound, one->said);
    side.key = side.key || one->key_frames > 0;
    if (one->key_frames > 0) --one->key_frames;
  }
  recorded_ = tape_.take(customer, agents);
}

bool Bridge::press(Place place, char key) { return leg(place).key_sender.push(key); }
std::span<std::uint8_t const> Bridge::packet(Place place) const { return std::span{leg(place).packet}.first(leg(place).packet_size); }
Frame const& Bridge::spoken(Place place) const { return leg(place).said; }

Bands Bridge::spoken_wide(Place place) const {
  Leg const& of = leg(place);
  Bands bands{of.said};
  if (!of.opus_in || of.muted) return bands;
  bands.upper = of.buffer.taken_upper();
  bands.wide = true;
  return bands;
}

bool Bridge::bye(Place place) const { return leg(place).bye; }

bool Bridge::receive_rtcp(Place place, std::span<std::uint8_t const> datagram, std::uint64_t now) {
  Leg& from = leg(place);
  auto const report = read_rtcp(datagram);
  if (!report) return false;
  if (report->sender) {
    from.last_report = report->sender->compact_time();
    from.last_report_at = now;
  }
  for (std::size_t i = 0; i < report->block_count; ++i) {
    if (report->blocks[i].ssrc != from.options.ssrc) continue;
    from.loss_away = report->blocks[i].fraction_lost * std::uint32_t{1'000} / 256;
    if (auto const time = round_trip_ms(report->blocks[i], static_cast<std::uint32_t>(now >> 16U))) from.round_trip_ms = time;
  }
  from.bye = from.bye || report->bye;
  return true;
}

/// Samples that were not there in time. What came by repetition was.
std::uint64_t Bridge::missed(Leg const& leg) { return leg.buffer.counts().mended + (leg.opus_in ? leg.opus_in->guessed() : 0); }

std::size_t Bridge::write_report(Place place, std::uint64_t now, std::string_view canonical_name, std::span<std::uint8_t, rtcp_bytes_max> bytes) {
  Leg& about = leg(place);
  // What was heard counts: sound that came too late is lost, too.
  std::uint64_t const samples = (about.frames - about.frames_before) * frame_samples;
  std::uint64_t const mended = missed(about) - about.mended_before;
  about.loss_thousandths = samples == 0 ? 0 : static_cast<std::uint32_t>(std::min<std::uint64_t>(mended * 1'000 / samples, 1'000));
  about.frames_before = about.frames;
  about.mended_before = missed(about);
  std::optional<ReportBlock> block;
  if (about.source) {
    block = about.reception.report(*about.source);
    block->last_report = about.last_report;
    block->since_report = about.last_report == 0 ? 0 : static_cast<std::uint32_t>((now - about.last_report_at) >> 16U);
  }
  std::optional<SenderReport> sender;
  if (about.sent > 0) sender = SenderReport{now, about.options.timestamp, about.sent, about.sent_octets};
  return write_rtcp(about.options.ssrc, sender, block, canonical_name, bytes);
}

LineState Bridge::line(Place place) const {
  Leg const& of = leg(place);
  constexpr std::uint32_t per_ms = sample_rate / 1'000;
  LineState state;
  state.packets = of.reception.packets();
  state.lost = of.reception.lost();
  state.loss = of.loss_thousandths;
  state.loss_away = of.loss_away;
  state.jitter_ms = of.reception.jitter() / (of.options.format.clock_rate() / 1'000);
  state.buffered_ms = static_cast<std::uint32_t>(of.buffer.depth()) / per_ms;
  state.round_trip_ms = of.round_trip_ms;
  std::uint32_t const one_way = of.round_trip_ms.value_or(0) / 2 + state.buffered_ms + frame_ms;
  state.score = mean_opinion_score(std::max(of.loss_thousandths, of.loss_away.value_or(0)), one_way);
  return state;
}

}  // namespace rapport::media
