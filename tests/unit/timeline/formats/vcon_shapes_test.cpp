#include <gtest/gtest.h>

#include <fmt/format.h>

#include <array>

#include "support/imports.hpp"

/// Transcripts of the shapes that recognisers write. Each says the same: the agent, from 0.1 to
/// 0.9 s, "hi there."; the customer, from 1.5 to 1.9 s, "hello."
namespace rapport::timeline::formats {
namespace {

using domain::Role;

struct Transcript {
  char const* what;
  char const* analysis;  ///< the fields of the analysis
};

std::string vcon_of(std::string_view analysis) {
  return fmt::format(R"({{"vcon": "0.0.1", "uuid": "u", "parties": [{{"name": "Dana Reed", "role": "agent"}}, {{"name": "Pat Brown", "role": "customer"}}],
    "dialog": [{{"type": "recording", "start": "2024-01-01T10:00:00Z", "duration": 30, "parties": [0, 1]}}], "analysis": [{{"type": "transcript", "dialog": 0, {}}}]}})",
                     analysis);
}

std::string plain(std::string_view text) {
  std::string result;
  for (char const c : text) {
    if (c >= 'A' && c <= 'Z') result += static_cast<char>(c + 32);
    if ((c >= 'a' && c <= 'z') || c == ' ') result += c;
  }
  return result;
}

class ATranscript : public testing::TestWithParam<Transcript> {};

TEST_P(ATranscript, TellsWhoSaidWhatWhen) {
  Imported const imported = rapport::test::read_one(vcon_of(GetParam().analysis), "v.json");
  EXPECT_TRUE(imported.warnings.empty()) << imported.warnings.front();
  ASSERT_EQ(imported.events.size(), 2U);
  EXPECT_EQ(imported.events[0].by, Role::agent);
  EXPECT_EQ(imported.events[0].at_ms, 100);
  EXPECT_EQ(imported.events[0].end_ms, 900);
  EXPECT_EQ(plain(imported.events[0].text), "hi there");
  EXPECT_EQ(imported.events[1].by, Role::customer);
  EXPECT_EQ(imported.events[1].at_ms, 1'500);
  EXPECT_EQ(imported.events[1].end_ms, 1'900);
  EXPECT_EQ(plain(imported.events[1].text), "hello");
  EXPECT_EQ(imported.head.observed, (domain::SourceSet{domain::Source::words, domain::Source::timing}));
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, ATranscript,
    testing::Values(
        Transcript{"segments by party", R"("body": {"segments": [{"party": 0, "start": 0.1, "end": 0.9, "text": "hi there."}, {"party": 1, "start": 1.5, "end": 1.9, "text": "hello."}]})"},
        Transcript{"a list by role, in milliseconds", R"("body": [{"speaker": "Agent", "message": "hi there.", "startMs": 100, "endMs": 900}, {"speaker": "Customer", "message": "hello.", "startMs": 1500, "endMs": 1900}])"},
        Transcript{"by name", R"("body": {"turns": [{"speaker_name": "Dana Reed", "content": "hi there.", "start_time": "0.1", "end_time": "0.9"}, {"speaker_name": "pat", "content": "hello.", "start_time": "1.5", "end_time": "1.9"}]})"},
        Transcript{"letters and whole milliseconds", R"("body": {"text": "all", "utterances": [{"speaker": "A", "start": 100, "end": 900, "text": "hi there."}, {"speaker": "B", "start": 1500, "end": 1900, "text": "hello."}], "words": [{"text": "hi", "start": 100, "end": 300, "speaker": "A"}]})"},
        Transcript{"moments", R"("body": {"messages": [{"from": {"name": "Dana Reed", "userId": "7"}, "text": "hi there.", "startTime": "2024-01-01T10:00:00.100Z", "endTime": "2024-01-01T10:00:00.900Z"}, {"from": {"name": "Pat Brown"}, "text": "hello.", "startTime": "2024-01-01T10:00:01.500Z", "endTime": "2024-01-01T10:00:01.900Z"}]})"},
        Transcript{"offset and duration", R"("body": {"transcripts": [{"phrases": [{"participantPurpose": "internal", "text": "hi there.", "offsetMs": 100, "duration": {"milliseconds": 800}}, {"participantPurpose": "external", "text": "hello.", "offsetMs": 1500, "duration": {"milliseconds": 400}}]}]})"},
        Transcript{"ISO durations, best of several", R"("body": {"recognizedPhrases": [{"channel": 0, "offset": "PT0.1S", "duration": "PT0.8S", "nBest": [{"lexical": "hi there", "display": "hi there."}, {"display": "high there"}]}, {"channel": 1, "offset": "PT1.5S", "duration": "PT0.4S", "nBest": [{"display": "hello."}]}]})"},
        Transcript{"ticks", R"("body": {"phrases": [{"speaker": 1, "offsetInTicks": 1000000, "durationInTicks": 8000000, "text": "hi there."}, {"speaker": 2, "offsetInTicks": 15000000, "durationInTicks": 4000000, "text": "hello."}]})"},
        Transcript{"sentences of a speaker", R"("body": {"transcript": [{"speakerId": "77", "sentences": [{"start": 100, "end": 900, "text": "hi there."}]}, {"speakerId": "88", "sentences": [{"start": 1500, "end": 1900, "text": "hello."}]}]})"},
        Transcript{"paragraphs, words and channels", R"("body": {"results": {"channels": [{"alternatives": [{"transcript": "hi there. hello.", "words": [{"word": "hi", "punctuated_word": "Hi", "start": 0.1, "end": 0.3, "speaker": 0}, {"word": "there", "start": 0.3, "end": 0.9, "speaker": 0}, {"word": "hello", "start": 1.5, "end": 1.9, "speaker": 1}], "paragraphs": {"paragraphs": [{"speaker": 0, "start": 0.1, "end": 0.9, "sentences": [{"text": "hi there.", "start": 0.1, "end": 0.9}]}, {"speaker": 1, "start": 1.5, "end": 1.9, "sentences": [{"text": "hello.", "start": 1.5, "end": 1.9}]}]}}]}]}})"},
        Transcript{"a channel each", R"("body": {"channels": [{"alternatives": [{"words": [{"word": "hi", "start": 0.1, "end": 0.4}, {"word": "there", "start": 0.4, "end": 0.9}]}]}, {"alternatives": [{"words": [{"word": "hello", "start": 1.5, "end": 1.9}]}]}]})"},
        Transcript{"words with tags", R"("body": {"results": [{"alternatives": [{"transcript": "hi there hello", "words": [{"startTime": "0.100s", "endTime": "0.400s", "word": "hi", "speakerTag": 1}, {"startTime": "0.400s", "endTime": "0.900s", "word": "there", "speakerTag": 1}, {"startTime": "1.500s", "endTime": "1.900s", "word": "hello", "speakerTag": 2}]}], "resultEndTime": "2s"}]})"},
        Transcript{"seconds and nanos", R"("body": {"words": [{"startTime": {"seconds": "0", "nanos": 100000000}, "endTime": {"nanos": 400000000, "seconds": 0}, "word": "hi", "speakerTag": 1}, {"startTime": {"seconds": "0", "nanos": 400000000}, "endTime": {"seconds": "0", "nanos": 900000000}, "word": "there", "speakerTag": 1}, {"startTime": {"seconds": "1", "nanos": 500000000}, "endTime": {"seconds": "1", "nanos": 900000000}, "word": "hello", "speakerTag": 2}]})"},
        Transcript{"monologues of elements", R"("body": {"monologues": [{"speaker": 0, "elements": [{"type": "text", "value": "hi", "ts": 0.1, "end_ts": 0.4}, {"type": "punct", "value": " "}, {"type": "text", "value": "there", "ts": 0.4, "end_ts": 0.9}, {"type": "punct", "value": "."}]}, {"speaker": 1, "elements": [{"type": "text", "value": "hello", "ts": 1.5, "end_ts": 1.9}]}]})"},
        Transcript{"items and labels apart", R"("body": {"results": {"transcripts": [{"transcript": "hi there. hello"}], "speaker_labels": {"segments": [{"start_time": "0.0", "end_time": "1.0", "speaker_label": "spk_0", "items": []}, {"start_time": "1.4", "end_time": "2.0", "speaker_label": "spk_1"}]}, "items": [{"start_time": "0.1", "end_time": "0.4", "type": "pronunciation", "alternatives": [{"content": "hi"}]}, {"start_time": "0.4", "end_time": "0.9", "type": "pronunciation", "alternatives": [{"content": "there"}]}, {"type": "punctuation", "alternatives": [{"content": "."}]}, {"start_time": "1.5", "end_time": "1.9", "type": "pronunciation", "alternatives": [{"content": "hello"}]}]}})"},
        Transcript{"words as lists", R"("body": {"results": [{"alternatives": [{"timestamps": [["hi", 0.1, 0.4], ["there", 0.4, 0.9], ["hello", 1.5, 1.9]]}]}], "speaker_labels": [{"from": 0.1, "to": 0.9, "speaker": 0}, {"from": 1.5, "to": 1.9, "speaker": 1}]})"},
        Transcript{"participants with segments of terms", R"("body": {"participants": [{"name": "agent", "transcript": {"segments": [{"start": 0.1, "dur": 0.8, "terms": [{"term": "hi", "start": 0.1, "dur": 0.3}, {"term": "there", "start": 0.4, "dur": 0.5}]}]}}, {"name": "customer", "transcript": {"segments": [{"terms": [{"term": "hello", "start": 1.5, "dur": 0.4}]}]}}]})"},
        Transcript{"timestamps as pairs", R"("body": {"chunks": [{"speaker": "SPEAKER_00", "timestamp": [0.1, 0.9], "text": " hi there."}, {"speaker": "SPEAKER_01", "timestamp": [1.5, 1.9], "text": " hello."}]})"},
        Transcript{"clock times", R"("body": {"transcription": [{"speaker": "0", "timestamps": {"from": "00:00:00,100", "to": "00:00:00,900"}, "offsets": {"from": 100, "to": 900}, "text": " hi there."}, {"speaker": "1", "timestamps": {"from": "00:00:01,500", "to": "00:00:01,900"}, "text": " hello."}]})"},
        Transcript{"moments under a name that says milliseconds", R"("body": {"transcripts": [{"phrases": [{"participantPurpose": "internal", "text": "hi there.", "startTimeMs": 1704103200100, "duration": {"milliseconds": 800}}, {"participantPurpose": "external", "text": "hello.", "startTimeMs": 1704103201500, "duration": {"milliseconds": 400}}]}]})"},
        Transcript{"names that nobody knows", R"("body": {"rows": [{"n": 1, "spkr": "A", "utt": "hi there.", "t0": 0.1, "t1": 0.9, "mood": "good"}, {"n": 2, "spkr": "B", "utt": "hello.", "t0": 1.5, "t1": 1.9, "mood": "bad"}]})"},
        Transcript{"rows without names", R"("body": [["agent", 0.1, 0.9, "hi there."], ["customer", 1.5, 1.9, "hello."]])"},
        Transcript{"rows by number", R"("body": {"0": {"side": "left", "t": "0:00.1", "until": "0:00.9", "heard": "hi there."}, "1": {"side": "right", "t": "0:01.5", "until": "0:01.9", "heard": "hello."}})"},
        Transcript{"a known text beside odd speakers", R"("body": {"lines": [{"spkr": "Dana Reed", "text": "hi there.", "start": 0.1, "end": 0.9}, {"spkr": "Pat Brown", "text": "hello.", "start": 1.5, "end": 1.9}]})"},
        Transcript{"text with dates", R"("encoding": "none", "body": "[2024-01-01 10:00:00.100 - 2024-01-01 10:00:00.900] Agent: hi there.\n[2024-01-01 10:00:01.500 - 2024-01-01 10:00:01.900] Customer: hello.\n")"},
        Transcript{"JSON as text", R"("encoding": "json", "body": "{\"segments\": [{\"speaker\": 0, \"start\": 0.1, \"end\": 0.9, \"text\": \"hi there.\"}, {\"speaker\": 1, \"start\": 1.5, \"end\": 1.9, \"text\": \"hello.\"}]}")"},
        Transcript{"JSON as base64url", R"("encoding": "base64url", "body": "W3sicGFydHkiOjAsInN0YXJ0IjowLjEsImVuZCI6MC45LCJ0ZXh0IjoiaGkgdGhlcmUifSx7InBhcnR5IjoxLCJzdGFydCI6MS41LCJlbmQiOjEuOSwidGV4dCI6ImhlbGxvIn1d")"},
        Transcript{"WebVTT", R"("encoding": "none", "body": "WEBVTT\n\n00:00:00.100 --> 00:00:00.900\n<v Dana Reed>hi there.\n\n00:00:01.500 --> 00:00:01.900\n<v Pat Brown>hello.\n")"},
        Transcript{"text with times", R"("encoding": "none", "body": "[00:00.100 - 00:00.900] Agent: hi there.\n[00:01.500 - 00:01.900] Customer: hello.\n")"}),
    [](auto const& tested) {
      std::string name;
      for (char const* c = tested.param.what; *c != '\0'; ++c) name += std::isalnum(static_cast<unsigned char>(*c)) != 0 ? *c : '_';
      return name;
    });

TEST(VconTranscripts, DecideTheUnitOfBareTimesByTheRecording) {
  auto const at = [](std::string_view body) { return rapport::test::read_one(vcon_of(body), "v.json").events.at(1).at_ms; };
  EXPECT_EQ(at(R"("body": [{"party": 0, "start": 0, "end": 2, "text": "hi there"}, {"party": 1, "start": 3, "end": 5, "text": "hello"}])"), 3'000);
  EXPECT_EQ(at(R"("body": [{"party": 0, "start": 0, "end": 900, "text": "hi there"}, {"party": 1, "start": 1500, "end": 1900, "text": "hello"}])"), 1'500);
  EXPECT_EQ(at(R"("body": [{"party": 0, "start": 0, "text": "hi there"}, {"party": 1, "start": 2.5, "text": "hello"}])"), 2'500);
}

TEST(VconTranscripts, WithoutTimesAreWordsOnly) {
  Imported const imported = rapport::test::read_one(vcon_of(R"("body": [{"speaker": "Agent", "message": "hi"}, {"speaker": "Customer", "message": "hello"}])"), "v.json");
  ASSERT_EQ(imported.events.size(), 2U);
  EXPECT_EQ(imported.events[1].at_ms, 1'000);
  EXPECT_EQ(imported.head.observed, (domain::SourceSet{domain::Source::words}));
}

TEST(VconTranscripts, WithoutSpeakersCannotBeReadUnlessOnePartyIsAlone) {
  std::string const body = R"("body": {"text": "hi there", "segments": [{"start": 0.0, "end": 0.9, "text": "hi there"}]})";
  Imported const mixed = rapport::test::read_one(vcon_of(body), "v.json");
  EXPECT_EQ(mixed.warnings, std::vector<std::string>{"the transcript of dialog 0 names no speaker for 1 of 1 lines; left out"});
  std::string alone = vcon_of(body);
  alone.replace(alone.find("[0, 1]"), 6, "[1]");
  Imported const single = rapport::test::read_one(alone, "v.json");
  ASSERT_EQ(single.events.size(), 1U);
  EXPECT_EQ(single.events[0].by, Role::customer);
}

TEST(VconTranscripts, MayStandInAnAttachmentThatSaysSo) {
  std::string vcon = vcon_of(R"("body": {})");
  vcon.replace(vcon.find(R"("analysis": [)"), 13, R"("attachments": [{"type": "tags", "body": ["a"]}, )");
  std::string const body = R"("body": {"segments": [{"speaker": 0, "start": 0.1, "end": 0.9, "text": "hi there."}, {"speaker": 1, "start": 1.5, "end": 1.9, "text": "hello."}]})";
  vcon.replace(vcon.find(R"("type": "transcript")"), 20, R"("type": "wtf_transcription")");
  vcon.replace(vcon.find(R"("body": {})"), 10, body);
  Imported const imported = rapport::test::read_one(vcon, "v.json");
  ASSERT_EQ(imported.events.size(), 2U);
  EXPECT_EQ(imported.events[1].by, Role::customer);
  EXPECT_EQ(imported.events[1].text, "hello.");
}

/// What recognisers write beside the words is no speaker.
TEST(VconTranscripts, TakeNoMoodOrCounterForASpeaker) {
  for (std::string_view const odd : {R"("sentiment": "POSITIVE")", R"("seek": 0)"}) {
    std::string const other = odd.find("seek") != std::string_view::npos ? R"("seek": 3)" : R"("sentiment": "NEGATIVE")";
    Imported const imported = rapport::test::read_one(
        vcon_of(fmt::format(R"("body": {{"segments": [{{"id": 0, "start": 0.0, "end": 0.9, "text": "hi there", {}}}, {{"id": 1, "start": 1.5, "end": 1.9, "text": "hello", {}}}]}})", odd, other)), "v.json");
    EXPECT_EQ(imported.warnings, std::vector<std::string>{"the transcript of dialog 0 names no speaker for 2 of 2 lines; left out"});
  }
}

/// Six lines of the text, start and end that recognisers write; `fields`: what stands in each beside
/// them.
std::string six_lines(std::array<std::string_view, 6> const& fields) {
  constexpr auto texts = std::to_array<std::string_view>({"thank you for calling", "my bill is wrong", "let me look at that", "it has been weeks", "I found the error", "thank you so much"});
  std::string lines;
  for (std::size_t i = 0; i < 6; ++i) {
    lines += fmt::format(R"({}{{{}, "text": "{}", "start": {}, "end": {}}})", i == 0 ? "" : ", ", fields[i], texts[i], 100 + i * 2'000, 1'900 + i * 2'000);
  }
  return fmt::format(R"("body": {{"segments": [{}]}})", lines);
}

std::string of_the_customer_alone(std::string vcon) { return vcon.replace(vcon.find("[0, 1]"), 6, "[1]"); }

/// Ids, moods, flags and languages are no speakers, however few they are: a recording of one party
/// stays that party's.
TEST(VconTranscripts, TakeOnlySpeakersForSpeakers) {
  using Six = std::array<std::string_view, 6>;
  for (Six const& fields : {Six{R"("id": "seg_0")", R"("id": "seg_1")", R"("id": "seg_2")", R"("id": "seg_3")", R"("id": "seg_4")", R"("id": "seg_5")"},
                            Six{R"("ref": "p1")", R"("ref": "p2")", R"("ref": "p1")", R"("ref": "p2")", R"("ref": "p3")", R"("ref": "p1")"},
                            Six{R"("customer_sentiment": "bad")", R"("customer_sentiment": "good")", R"("customer_sentiment": "bad")", R"("customer_sentiment": "bad")", R"("customer_sentiment": "good")", R"("customer_sentiment": "good")"},
                            Six{R"("agent_mood": 1)", R"("agent_mood": 2)", R"("agent_mood": 1)", R"("agent_mood": 2)", R"("agent_mood": 3)", R"("agent_mood": 3)"},
                            Six{R"("topic_name": "bill")", R"("topic_name": "bill")", R"("topic_name": "error")", R"("topic_name": "bill")", R"("topic_name": "error")", R"("topic_name": "bill")"},
                            Six{R"("lg": "es")", R"("lg": "en")", R"("lg": "en")", R"("lg": "es")", R"("lg": "en")", R"("lg": "es")"},
                            Six{R"("noise": 0)", R"("noise": 1)", R"("noise": 0)", R"("noise": 0)", R"("noise": 1)", R"("noise": 0)"},
                            Six{R"("speaker": "Pat", "talker": "A")", R"("speaker": "Pat", "talker": "B")", R"("speaker": "Pat", "talker": "A")", R"("speaker": "Pat", "talker": "B")", R"("speaker": "Pat", "talker": "A")", R"("speaker": "Pat", "talker": "B")"}}) {
    Imported const imported = rapport::test::read_one(of_the_customer_alone(vcon_of(six_lines(fields))), "v.json");
    ASSERT_EQ(imported.events.size(), 6U) << fields[0];
    EXPECT_TRUE(imported.warnings.empty());
    for (domain::Event const& event : imported.events) EXPECT_EQ(event.by, Role::customer) << fields[0] << ": " << event.text;
  }
}

/// Known names of text and times are believed, whatever stands beside them.
TEST(VconTranscripts, TakeOnlyTheSpeakerFromUnknownNamesWhereTheRestIsKnown) {
  auto const fields = std::to_array<std::string_view>({R"("turn": 1, "spkr": "A", "sure": 0.81, "translation": "gracias por llamar a nuestra casa")", R"("turn": 2, "spkr": "B", "sure": 0.84, "translation": "mi factura no es correcta")",
                                                       R"("turn": 3, "spkr": "A", "sure": 0.85, "translation": "déjeme ver eso un momento")", R"("turn": 4, "spkr": "B", "sure": 0.9, "translation": "ya son varias semanas que espero")",
                                                       R"("turn": 5, "spkr": "A", "sure": 0.93, "translation": "ya he encontrado el error")", R"("turn": 6, "spkr": "B", "sure": 0.97, "translation": "se lo agradezco mucho de verdad")"});
  std::string lines = six_lines(fields);
  lines.replace(lines.find("3900"), 4, "6300");  // speaks on behind the next one, whose end comes first
  Imported const imported = rapport::test::read_one(vcon_of(lines), "v.json");
  ASSERT_EQ(imported.events.size(), 6U);
  EXPECT_TRUE(imported.warnings.empty());
  EXPECT_EQ(imported.events[0].text, "thank you for calling");
  EXPECT_EQ(imported.events[1].end_ms, 6'300);
  for (std::size_t i = 0; i < 6; ++i) {
    EXPECT_EQ(imported.events[i].by, i % 2 == 0 ? Role::agent : Role::customer);
    EXPECT_EQ(imported.events[i].at_ms, 100 + static_cast<base::Millis>(i) * 2'000);
  }
}

/// Where no time has a known name, neither a count of the lines nor a confidence is one.
TEST(VconTranscripts, TakeOnlyTimesForTimes) {
  std::string lines;
  for (int i = 0; i < 6; ++i) {
    lines += fmt::format(R"({}{{"utterance_no": {}, "nth": {}, "sure": {}, "spkr": "{}", "utt": "these are the words of a line", "t0": {}, "t1": {}}})", i == 0 ? "" : ", ", i, i + 1, 0.5 + i / 100.0, i % 2 == 0 ? 'A' : 'B', 0.5 + i * 3, 3.0 + i * 3);
  }
  Imported const imported = rapport::test::read_one(vcon_of(fmt::format(R"("body": [{}])", lines)), "v.json");
  ASSERT_EQ(imported.events.size(), 6U);
  EXPECT_EQ(imported.events[5].at_ms, 15'500);
  EXPECT_EQ(imported.events[5].end_ms, 18'000);
  EXPECT_EQ(imported.events[5].by, Role::customer);
}

/// Labels that come again tell speakers without a hint in their name.
TEST(VconTranscripts, KnowSpeakersByLabelsThatComeAgain) {
  auto const fields = std::to_array<std::string_view>({R"("q": "spk_0")", R"("q": "spk_1")", R"("q": "spk_0")", R"("q": "spk_1")", R"("q": "spk_0")", R"("q": "spk_1")"});
  Imported const imported = rapport::test::read_one(vcon_of(six_lines(fields)), "v.json");
  ASSERT_EQ(imported.events.size(), 6U);
  EXPECT_EQ(imported.events[3].by, Role::customer);
  EXPECT_EQ(imported.events[4].by, Role::agent);
}

TEST(VconTranscripts, OfTwoTheBetterCounts) {
  std::string vcon = vcon_of(R"("body": "Agent: poor\nCustomer: words")");
  vcon.insert(vcon.rfind(']'), R"(, {"type": "transcript", "dialog": 0, "body": [{"party": 0, "start": 0.5, "end": 1.5, "text": "rich"}, {"party": 1, "start": 2.5, "end": 3.5, "text": "words"}]})");
  EXPECT_EQ(rapport::test::read_one(vcon, "v.json").events.at(0).text, "rich");
}

}  // namespace
}  // namespace rapport::timeline::formats
