#include <fmt/format.h>

#include <algorithm>

#include "base/limits.hpp"
#include "timeline/formats/content.hpp"
#include "timeline/formats/vcon.hpp"
#include "timeline/formats/vcon_kept.hpp"
#include "timeline/formats/vcon_speakers.hpp"
#include "timeline/formats/vcon_telephony.hpp"
#include "timeline/formats/vcon_transcripts.hpp"

namespace rapport::timeline::formats {
namespace {

using base::Millis;
using domain::Channel;
using domain::Event;
using domain::EventKind;
using domain::Role;
using domain::Source;
using simdjson::SUCCESS;

/// A transcript's lines and the party of each.
struct Conversed {
  std::size_t dialog = 0;
  std::vector<SpokenLine> lines;
  std::vector<std::size_t> party_of;
};

class VconReader {
 public:
  VconReader(Findings& findings, Where const& where, JsonObject vcon, Imported& imported)
      : findings_(findings), where_(where), vcon_(vcon), head_(imported.head), imported_(imported) {}

  bool read(std::string_view fallback_id) {
    head_.id = vcon_text(vcon_, "uuid");
    if (head_.id.empty()) head_.id = fallback_id;
    if (vcon_["payload"].error() == SUCCESS || vcon_["ciphertext"].error() == SUCCESS) {
      return findings_.fail(where_, "a signed or encrypted vCon; expected an unsigned one");
    }
    std::vector<VconParty> parties;
    if (!read_parties(parties) || !read_dialogs(parties.size())) return false;
    party_count_ = parties.size();
    VconSpeakers speakers{std::move(parties)};
    read_transcripts(speakers);
    decide_head();
    speakers.decide_roles(everything_said(), originator(), head_.direction == domain::Direction::outbound);
    parties_ = speakers.parties();
    for (VconParty const& party : parties_) head_.participants.push_back(party.participant);
    if (auto kept = read_vcon_kept(findings_, vcon_)) take_kept(std::move(*kept));
    if (head_.participants.size() > limits::participants_max) {
      return findings_.fail(where_.field("parties"), fmt::format("more than participants_max, {}", limits::participants_max));
    }
    return add_events();
  }

 private:
  bool read_parties(std::vector<VconParty>& parties) {
    JsonElement element;
    if (vcon_["parties"].get(element) != SUCCESS || is_null(element)) return true;
    JsonArray list;
    Where const at = where_.field("parties");
    if (!read_list(findings_, at, element, limits::participants_max, "participants_max", list)) return false;
    for (JsonElement const item : list) {
      JsonObject party;
      if (!read_object(findings_, at.item(parties.size()), item, party)) return false;
      parties.push_back(read_vcon_party(party, parties.size()));
    }
    return true;
  }

  bool read_dialogs(std::size_t party_count) {
    JsonElement element;
    if (vcon_["dialog"].get(element) != SUCCESS || is_null(element)) return true;
    JsonObject alone;
    Where const at = where_.field("dialog");
    if (element.get(alone) == SUCCESS) {
      dialogs_.push_back(read_vcon_dialog(findings_, alone, 0, party_count));
      return true;
    }
    JsonArray list;
    if (!read_list(findings_, at, element, limits::events_max + 1, "events_max and a recording", list)) return false;
    for (JsonElement const item : list) {
      JsonObject dialog;
      if (!read_object(findings_, at.item(dialogs_.size()), item, dialog)) return false;
      dialogs_.push_back(read_vcon_dialog(findings_, dialog, dialogs_.size(), party_count));
    }
    return true;
  }

  void read_transcripts(VconSpeakers& speakers) {
    for (VconTranscript const& transcript : read_vcon_transcripts(findings_, vcon_, dialogs_.size())) {
      if (dialogs_.empty()) dialogs_.emplace_back().type = "recording";
      VconDialog const& dialog = dialogs_[transcript.dialog];
      auto lines = lines_of(transcript.shape, dialog.start.value_or(base::Instant{}), dialog.duration);
      auto party_of = speakers.match(lines, dialog);
      std::size_t const unnamed = static_cast<std::size_t>(std::ranges::count(party_of, no_party));
      if (unnamed > 0) findings_.warn(fmt::format("the transcript of dialog {} names no speaker for {} of {} lines; left out", transcript.dialog, unnamed, lines.size()));
      if (head_.language == "en" && !transcript.shape.language.empty()) head_.language = transcript.shape.language;
      conversed_.push_back({transcript.dialog, std::move(lines), std::move(party_of)});
    }
  }

  /// Start, channel and direction, from the dialogs.
  void decide_head() {
    std::optional<base::Instant> start;
    for (VconDialog const& dialog : dialogs_) {
      if (dialog.start && (!start || *dialog.start < *start)) start = dialog.start;
      if (dialog.direction.starts_with("out")) head_.direction = domain::Direction::outbound;
    }
    JsonElement created;
    if (!start && vcon_["created_at"].get(created) == SUCCESS) start = read_vcon_date(created);
    head_.started_at = start.value_or(base::Instant{});
    head_.channel = channel();
    JsonElement subject;
    if (vcon_["subject"].get(subject) == SUCCESS && !is_null(subject)) append_attribute(findings_, where_.field("subject"), "subject", subject, head_.extra);
  }

  Channel channel() const {
    bool const all_text = !dialogs_.empty() && std::ranges::all_of(dialogs_, [](VconDialog const& dialog) { return dialog.type == "text"; });
    if (!all_text || !conversed_.empty()) return Channel::voice;
    std::string const& media_type = dialogs_.front().media_type;
    if (media_type.starts_with("message/") || media_type.starts_with("multipart/")) return Channel::email;
    std::string const& application = dialogs_.front().application;
    if (application.find("sms") != std::string::npos || application.find("whatsapp") != std::string::npos) return Channel::message;
    return text_channel_of_parties();
  }

  /// Where nothing else tells: parties with nothing but telephone numbers text, with nothing but
  /// addresses of mail they mail.
  Channel text_channel_of_parties() const {
    JsonArray parties;
    if (vcon_["parties"].get(parties) != SUCCESS || parties.size() == 0) return Channel::chat;
    bool tel = true;
    bool mail = true;
    for (JsonElement const item : parties) {
      JsonObject party;
      if (item.get(party) != SUCCESS) return Channel::chat;
      bool const has_tel = !vcon_text(party, "tel").empty();
      bool const has_mail = !vcon_text(party, "mailto").empty();
      tel = tel && has_tel && !has_mail;
      mail = mail && has_mail && !has_tel;
    }
    return tel ? Channel::message : mail ? Channel::email
                                         : Channel::chat;
  }

  std::vector<Spoken> everything_said() const {
    std::vector<Spoken> spoken;
    for (Conversed const& conversed : conversed_) {
      for (std::size_t line = 0; line < conversed.lines.size(); ++line) {
        if (conversed.party_of[line] != no_party) spoken.push_back({conversed.lines[line].text, conversed.party_of[line]});
      }
    }
    for (VconDialog const& dialog : dialogs_) {
      if (!dialog.text.empty() && dialog.originator != no_party) spoken.push_back({dialog.text, dialog.originator});
    }
    return spoken;
  }

  std::size_t originator() const { return dialogs_.empty() ? no_party : dialogs_.front().originator; }

  /// Our own attachment knows the head; names are the vCon's, which may have been redacted since.
  void take_kept(VconKept kept) {
    if (kept.head.participants.size() != party_count_) {
      findings_.warn(fmt::format("the attachment of purpose \"{}\" has {} participants and the vCon {} parties; the attachment is left out",
                                 vcon_purpose, kept.head.participants.size(), party_count_));
      return;
    }
    for (std::size_t index = 0; index < party_count_; ++index) kept.head.participants[index].name = head_.participants[index].name;
    head_ = std::move(kept.head);
    kept_events_ = std::move(kept.events);
    has_kept_ = true;
  }

  Millis offset_of(VconDialog const& dialog) const {
    return dialog.start ? std::clamp<Millis>(*dialog.start - head_.started_at, 0, limits::interaction_span_max) : 0;
  }

  bool add_events() {
    for (std::size_t index = 0; index < dialogs_.size(); ++index) {
      if (dialogs_[index].type == "text" && !add_message(index)) return false;
      if (!has_kept_) add_call(index);
    }
    for (Conversed const& conversed : conversed_) {
      if (!add_lines(conversed)) return false;
    }
    if (has_kept_) {
      imported_.events = merge_kept(std::move(words_), std::move(kept_events_));
    } else {
      for (KeptWords& word : words_) imported_.events.push_back(std::move(word.event));
      std::ranges::stable_sort(imported_.events, {}, &Event::at_ms);
      observe();
    }
    if (imported_.events.size() <= limits::events_max) return true;
    return findings_.fail(where_, fmt::format("more than events_max, {}", limits::events_max));
  }

  bool fits(Where const& where, std::string const& text) {
    return text.size() <= limits::text_bytes_max ||
           findings_.fail(where, fmt::format("{} bytes of text are more than text_bytes_max, {}", text.size(), limits::text_bytes_max));
  }

  bool add_message(std::size_t index) {
    VconDialog const& dialog = dialogs_[index];
    if (!fits(where_.field("dialog").item(index), dialog.text)) return false;
    if (auto kept = has_kept_ ? read_kept_words(dialog.meta, dialog.text, head_) : std::nullopt) {
      words_.push_back(std::move(*kept));
      return true;
    }
    if (dialog.originator == no_party || !dialog.has_content) {
      findings_.warn(fmt::format("dialog[{}] is a text without {}; left out", index, dialog.has_content ? "a party" : "a body"));
      return true;
    }
    Event event;
    event.kind = EventKind::message;
    event.at_ms = std::min(offset_of(dialog) + dialog.duration.value_or(0), limits::interaction_span_max);
    event.text = head_.channel == Channel::email ? without_mail_quotes(dialog.text) : dialog.text;
    attribute(event, dialog.originator);
    words_.push_back({std::move(event), words_.size()});
    return true;
  }

  void attribute(Event& event, std::size_t party) const {
    event.by = parties_[party].role;
    if (party < head_.participants.size()) event.participant = static_cast<domain::ParticipantIndex>(party);
  }

  bool add_lines(Conversed const& conversed) {
    VconDialog const& dialog = dialogs_[conversed.dialog];
    Millis const offset = offset_of(dialog);
    Millis untimed = offset;
    for (std::size_t index = 0; index < conversed.lines.size(); ++index) {
      SpokenLine const& line = conversed.lines[index];
      if (!fits(where_.field("analysis"), line.text)) return false;
      if (auto kept = has_kept_ ? read_kept_words(line.meta, line.text, head_) : std::nullopt) {
        words_.push_back(std::move(*kept));
        continue;
      }
      if (conversed.party_of[index] == no_party) continue;
      Event event;
      event.kind = EventKind::utterance;
      event.at_ms = std::min(line.at_ms ? offset + *line.at_ms : untimed, limits::interaction_span_max);
      if (line.end_ms) event.end_ms = std::clamp(offset + *line.end_ms, event.at_ms, limits::interaction_span_max);
      event.text = line.text;
      attribute(event, conversed.party_of[index]);
      untimed = event.end() + base::second;
      words_.push_back({std::move(event), words_.size()});
    }
    return true;
  }

  /// What a dialog shows of the call, and that somebody spoke where nobody wrote down what.
  void add_call(std::size_t index) {
    VconDialog const& dialog = dialogs_[index];
    for (Event& event : telephony_of(dialog, parties_, head_.started_at)) {
      telephony_ = true;
      imported_.events.push_back(std::move(event));
    }
    bool const has_words = std::ranges::any_of(conversed_, [&](Conversed const& conversed) { return conversed.dialog == index; });
    if (dialog.type != "recording" || has_words || !dialog.duration) return;
    Event event;
    event.at_ms = offset_of(dialog);
    event.end_ms = std::min(event.at_ms + *dialog.duration, limits::interaction_span_max);
    bool const one_voice = dialog.parties.size() == 1 && !dialog.mixed;
    event.kind = one_voice ? EventKind::speech : EventKind::recording_started;
    if (one_voice) attribute(event, dialog.parties.front());
    imported_.events.push_back(std::move(event));
  }

  /// Words that are there; timing where every one of them is timed; telephony where it was told.
  void observe() {
    domain::SourceSet observed;
    bool timed = !imported_.events.empty();
    bool spans = false;
    for (Event const& event : imported_.events) {
      if (domain::carries_words(event.kind)) observed.add(Source::words);
      if (event.kind == EventKind::utterance) timed = timed && event.end_ms;
      spans = spans || event.kind == EventKind::speech || domain::carries_words(event.kind);
    }
    if (timed && spans) observed.add(Source::timing);
    if (telephony_) observed.add(Source::telephony);
    head_.observed = observed;
  }

  Findings& findings_;
  Where const& where_;
  JsonObject vcon_;
  domain::Interaction& head_;
  Imported& imported_;
  std::size_t party_count_ = 0;     ///< of the vCon itself; speakers may add more
  std::vector<VconParty> parties_;  ///< with their roles
  std::vector<VconDialog> dialogs_;
  std::vector<Conversed> conversed_;
  std::vector<KeptWords> words_;
  std::vector<Event> kept_events_;
  bool has_kept_ = false;
  bool telephony_ = false;
};

}  // namespace

bool read_vcon(Findings& findings, Where const& where, JsonObject vcon, std::string_view fallback_id, Imported& imported) {
  return VconReader{findings, where, vcon, imported}.read(fallback_id);
}

}  // namespace rapport::timeline::formats
