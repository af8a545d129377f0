#include <gtest/gtest.h>

#include "support/imports.hpp"
#include "timeline/formats/clock_text.hpp"
#include "timeline/formats/content.hpp"
#include "timeline/formats/names.hpp"
#include "timeline/formats/text_turns.hpp"

namespace rapport::timeline::formats {
namespace {

using domain::Role;
using domain::Source;
using rapport::test::read_bytes;
using rapport::test::read_one;

/// "at-end role: text" of every event.
std::vector<std::string> lines(Imported const& imported) {
  std::vector<std::string> result;
  for (domain::Event const& event : imported.events) {
    std::string const end = event.end_ms ? "-" + std::to_string(*event.end_ms) : "";
    result.push_back(std::to_string(event.at_ms) + end + " " + std::string{name(*event.by)} + ": " + event.text);
  }
  return result;
}

using Lines = std::vector<std::string>;

TEST(TextTranscript, WithoutTimesHasWordsOnly) {
  Imported const imported = read_one("Agent: Good morning.\nCustomer: Hi, my card is lost\n  and I need a new one.\n\nAgent: I am sorry: let me see.\n", "call-7.txt");
  EXPECT_EQ(imported.head.id, "call-7");
  EXPECT_EQ(imported.head.channel, domain::Channel::voice);
  EXPECT_EQ(imported.head.observed, (domain::SourceSet{Source::words}));
  EXPECT_FALSE(imported.head.has_date());
  EXPECT_EQ(lines(imported), (Lines{"0 agent: Good morning.", "1000 customer: Hi, my card is lost and I need a new one.", "2000 agent: I am sorry: let me see."}));
  EXPECT_EQ(imported.events[0].end_ms, std::nullopt);
}

TEST(TextTranscript, TakesTimesInTheirUsualForms) {
  EXPECT_EQ(lines(read_one("[00:12] Customer: Hello\n[00:15.5] Agent: Hi", "f.txt")), (Lines{"12000 customer: Hello", "15500 agent: Hi"}));
  EXPECT_EQ(lines(read_one("00:12 Customer: Hello\n(1:00:15) Agent: Hi", "f.txt")), (Lines{"12000 customer: Hello", "3615000 agent: Hi"}));
  EXPECT_EQ(lines(read_one("Customer (00:12): Hello\nAgent [00:15]: Hi", "f.txt")), (Lines{"12000 customer: Hello", "15000 agent: Hi"}));
  EXPECT_EQ(lines(read_one("[00:12 - 00:14] Customer: Hello\n[00:15 - 00:16] Agent: Hi", "f.txt")), (Lines{"12000-14000 customer: Hello", "15000-16000 agent: Hi"}));
  EXPECT_EQ(lines(read_one("[9:15:00 AM] Customer: Hello\n[9:15:04 AM] Agent: Hi", "f.txt")), (Lines{"0 customer: Hello", "4000 agent: Hi"}));
}

TEST(TextTranscript, TakesDates) {
  Imported const log = read_one("[2026-03-02 23:59:50] Customer: Hello\n[2026-03-03 00:00:05] Agent: Hi", "f.txt");
  EXPECT_EQ(lines(log), (Lines{"0 customer: Hello", "15000 agent: Hi"}));
  EXPECT_EQ(base::format_rfc3339(log.head.started_at), "2026-03-02T23:59:50Z");
  EXPECT_EQ(lines(read_one("2026-03-02T09:15:00+01:00 Customer: Hello\n2026-03-02T08:15:04Z Agent: Hi", "f.txt")), (Lines{"0 customer: Hello", "4000 agent: Hi"}));
  EXPECT_EQ(lines(read_one("[02.03.2026, 09:15] Customer: Hello\n[02.03.2026, 09:17] Agent: Hi", "f.txt")), (Lines{"0 customer: Hello", "120000 agent: Hi"}));
  Imported const headed = read_one("Date: 2026-03-01T00:00:00Z\n[2026-03-02 09:15:00] Customer: Hello\n[09:15:09] Agent: Hi", "f.txt");
  EXPECT_EQ(base::format_rfc3339(headed.head.started_at), "2026-03-01T00:00:00Z") << "and a time without a date beside one with: nobody knows when";
  EXPECT_EQ(lines(headed), (Lines{"0 customer: Hello", "1000 agent: Hi"}));
}

TEST(TextTranscript, TakesRangesWithDates) {
  Lines const expected{"0-60000 customer: Hello", "60000-120000 agent: Hi"};
  EXPECT_EQ(lines(read_one("[2026-03-02 09:15-09:16] Customer: Hello\n[2026-03-02 09:16-09:17] Agent: Hi", "f.txt")), expected);
  EXPECT_EQ(lines(read_one("[2026-03-02 09:15 - 09:16] Customer: Hello\n[2026-03-02 09:16 - 2026-03-02 09:17] Agent: Hi", "f.txt")), expected);
  EXPECT_EQ(lines(read_one("[2026-03-02 09:14-09:15] Customer: Hello\n[2026-03-02 09:15-09:30] Agent: Hi", "f.txt")), (Lines{"0-60000 customer: Hello", "60000-960000 agent: Hi"}));
  EXPECT_EQ(lines(read_one("[2026-03-02 09:15:00 - 09:16:00] Customer: Hello\n[2026-03-02 09:16:00-09:17:00] Agent: Hi", "f.txt")), expected);
  EXPECT_EQ(lines(read_one("2026-03-02 23:59-00:01 Customer: Hello\n2026-03-03 00:01 --> 00:02 Agent: Hi", "f.txt")), (Lines{"0-120000 customer: Hello", "120000-180000 agent: Hi"}));
  EXPECT_EQ(lines(read_one("[2026-03-02 09:15:00 -0800 - 09:16:00] Customer: Hello\n[2026-03-02T17:16:00Z - 17:17:00] Agent: Hi", "f.txt")), expected);
}

TEST(TextTranscript, TakesOffsets) {
  auto const started = [](std::string_view time) {
    std::string const text = "[" + std::string{time} + "] Customer: Hello\n[" + std::string{time} + "] Agent: Hi";
    Imported const imported = read_one(text, "f.txt");
    return lines(imported) == Lines{"0 customer: Hello", "0 agent: Hi"} ? base::format_rfc3339(imported.head.started_at) : "not read";
  };
  EXPECT_EQ(started("2026-03-02 09:15:00 -0800"), "2026-03-02T17:15:00Z");
  EXPECT_EQ(started("2026-03-02 09:15:00-08:00"), "2026-03-02T17:15:00Z");
  EXPECT_EQ(started("2026-03-02T05:15-08:00"), "2026-03-02T13:15:00Z");
  EXPECT_EQ(started("2026-03-02 09:15 +05:45"), "2026-03-02T03:30:00Z");
  std::string_view const begin = "2026-03-02 09:15:00";
  for (std::string_view const behind : {"+1500", "-0916", " +44301234", "-08:00:00", " - 08:00"}) {
    auto const clock = read_dated_clock(std::string{begin} + std::string{behind});
    ASSERT_TRUE(clock) << behind;
    EXPECT_EQ(clock->length, begin.size()) << behind << " is no offset";
  }
}

TEST(TextTranscript, KeepsDatesThatSomebodySays) {
  EXPECT_EQ(lines(read_one("Customer: When?\nAgent: Either\n2026-03-05 10:00 or later,\nor else\n2026-03-06 11:00\nCustomer: Fine\n10:30 would be better", "f.txt")),
            (Lines{"0 customer: When?", "1000 agent: Either 2026-03-05 10:00 or later, or else 2026-03-06 11:00", "2000 customer: Fine 10:30 would be better"}));
  EXPECT_EQ(lines(read_one("[00:02] Customer: When?\n[00:05] I ask.\n[00:09] Agent: At\n10:00", "f.txt")), (Lines{"2000 customer: When? I ask.", "9000 agent: At 10:00"}));
  EXPECT_EQ(lines(read_one("00:02\nCustomer: When?\n00:09\nAgent: Soon", "f.txt")), (Lines{"2000 customer: When?", "9000 agent: Soon"}));
  EXPECT_EQ(lines(read_one("2026-03-02 09:15\nCustomer: When?\nAgent: At\n2026-03-05 10:00\nCustomer: Fine", "f.txt")),
            (Lines{"0 customer: When?", "1000 agent: At 2026-03-05 10:00", "2000 customer: Fine"}));
}

TEST(TextTranscript, TakesNamesInBold) {
  EXPECT_EQ(lines(read_one("**Agent:** Hello\n**Customer**: Hi **there**: it broke", "f.md")), (Lines{"0 agent: Hello", "1000 customer: Hi **there**: it broke"}));
  Imported const timed = read_one("**Dana (00:12):** Thank you for calling.\n**Pat (00:15)**: Hello\n**Dana (00:19):** Hi", "f.md");
  EXPECT_EQ(timed.head.participants.size(), 2U);
  EXPECT_EQ(lines(timed), (Lines{"12000 agent: Thank you for calling.", "15000 customer: Hello", "19000 agent: Hi"}));
}

TEST(TextTranscript, WithEveryEndObservesTiming) {
  EXPECT_EQ(read_one("[00:12] Customer: Hello\n[00:15] Agent: Hi", "f.txt").head.observed, (domain::SourceSet{Source::words}));
  EXPECT_EQ(read_one("[00:12 - 00:14] Customer: Hello\n[00:15 - 00:16] Agent: Hi", "f.txt").head.observed, (domain::SourceSet{Source::words, Source::timing}));
}

TEST(TextTranscript, TakesNamesAsSpeakers) {
  Imported const imported = read_one("Dana Reed: Thank you for calling Northwind.\nPat: Hello.\nNote to self\nDana Reed: How may I help?\nPat: A thing: it broke.", "f.txt");
  ASSERT_EQ(imported.head.participants.size(), 2U);
  EXPECT_EQ(imported.head.participants[0].name, "Dana Reed");
  EXPECT_EQ(imported.head.participants[0].role, Role::agent);
  EXPECT_EQ(imported.head.participants[1].name, "Pat");
  EXPECT_EQ(imported.head.participants[1].role, Role::customer);
  EXPECT_EQ(lines(imported)[1], "1000 customer: Hello. Note to self");
}

TEST(TextTranscript, TellsWhoIsTheAgentByWhatIsSaid) {
  Imported const imported = read_one("Pat: Hello?\nDana: Thanks for calling, how can I help?\nPat: My bill.\nDana: Sure.", "f.txt");
  EXPECT_EQ(imported.head.participants[0].role, Role::customer);
  EXPECT_EQ(imported.head.participants[1].role, Role::agent);
}

TEST(TextTranscript, TakesAColonWithinATurnForWhatItIs) {
  Imported const imported = read_one("Agent: Hello\nCustomer: I tried this:\nError: it failed\nhttp://example.org is where\nAgent: I see", "f.txt");
  EXPECT_EQ(lines(imported)[1], "1000 customer: I tried this: Error: it failed http://example.org is where");
}

TEST(TextTranscript, ReadsAHeader) {
  Imported const imported = read_one("Id: k-9\nChannel: chat\nStarted at: 2026-03-02T09:15:00Z\nLanguage: de\nCompany: Nordwind\n\n[00:00] Customer: Hallo\n[00:30] Agent: Guten Tag", "f.txt");
  EXPECT_EQ(imported.head.id, "k-9");
  EXPECT_EQ(imported.head.channel, domain::Channel::chat);
  EXPECT_EQ(imported.head.started_at.since_epoch, 1'772'442'900'000);
  EXPECT_EQ(imported.head.language, "de");
  EXPECT_EQ(imported.events[0].kind, domain::EventKind::message);
  EXPECT_EQ(imported.head.observed, (domain::SourceSet{Source::words, Source::timing}));
}

TEST(TextTranscript, ReadsWebVttAndSubRip) {
  EXPECT_EQ(lines(read_one("WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\n<v Agent>Hi there</v>\n\n2\n00:00:03.000 --> 00:00:04.500\n<v Customer>Hello\nagain\n", "f.vtt")),
            (Lines{"1000-2000 agent: Hi there", "3000-4500 customer: Hello again"}));
  EXPECT_EQ(lines(read_one("1\n00:00:01,000 --> 00:00:02,000\nAgent: Hi there\n\n2\n00:00:03,000 --> 00:00:04,500\nCustomer: Hello\n", "f.srt")),
            (Lines{"1000-2000 agent: Hi there", "3000-4500 customer: Hello"}));
}

TEST(TextTranscript, BrokenSaysWhy) {
  using Errors = std::vector<std::string>;
  EXPECT_EQ(read_bytes("Dear all, nothing here.", "f.txt").errors,
            Errors{"f.txt:1: no format that we know: expected JSON, or lines such as \"Agent: Good morning\" or \"[00:12] Customer: Hello\""});
  EXPECT_EQ(read_bytes("Agent: hi\nCustomer: \xff\n", "f.txt").errors, Errors{"f.txt:2: found bytes that are no UTF-8; expected UTF-8"});
  EXPECT_EQ(read_bytes("Channel: fax\nAgent: hi\nCustomer: hello\n", "f.txt").errors, Errors{"f.txt:1: channel: found \"fax\"; expected voice, chat, email or message"});
  EXPECT_EQ(read_bytes("[00:10 - 00:05] Agent: hi\n[00:11 - 00:12] Customer: hello", "f.txt").errors, Errors{"f.txt:1: the turn ends before it begins; expected a later end"});
}

TEST(ClockText, ReadsWhatPeopleWrite) {
  auto const millis = [](std::string_view text) {
    auto const clock = read_clock(text);
    return clock && clock->length == text.size() ? clock->millis : -1;
  };
  EXPECT_EQ(millis("0:05"), 5'000);
  EXPECT_EQ(millis("75:05"), 4'505'000);
  EXPECT_EQ(millis("1:02:03.250"), 3'723'250);
  EXPECT_EQ(millis("12:00 AM"), 0);
  EXPECT_EQ(millis("12:30 pm"), 45'000'000);
  EXPECT_EQ(millis("1:5"), -1);
  EXPECT_EQ(millis("1:60"), -1);
  EXPECT_EQ(millis(":05"), -1);
  EXPECT_EQ(millis("9999999999:00"), -1);
}

TEST(Duration, IsThatOfIso8601) {
  EXPECT_EQ(parse_duration("PT1M2.5S"), 62'500);
  EXPECT_EQ(parse_duration("P1DT1H"), 90'000'000);
  EXPECT_EQ(parse_duration("PT"), std::nullopt);
  EXPECT_EQ(parse_duration("5S"), std::nullopt);
  EXPECT_EQ(parse_duration("PT5"), std::nullopt);
  std::string lengthy = "P";
  for (int day = 0; day < 200; ++day) lengthy += "999999999D";
  EXPECT_EQ(parse_duration(lengthy), std::nullopt) << "longer than any interaction";
  EXPECT_EQ(parse_duration("P3651D"), std::nullopt);
}

TEST(Moment, IsReadInEveryUsualForm) {
  constexpr base::Millis expected = 1'772'442'900'000;
  for (char const* text : {"2026-03-02T09:15:00Z", "2026-03-02T09:15:00", "2026-03-02T10:15:00+0100", "2026-03-02 09:15:00.000000", "Mon, 02 Mar 2026 09:15:00 +0000", "2 Mar 2026 09:15:00 GMT"}) {
    auto const moment = parse_moment(text);
    ASSERT_TRUE(moment) << text;
    EXPECT_EQ(moment->since_epoch, expected) << text;
  }
  EXPECT_EQ(parse_moment("soon"), std::nullopt);
  EXPECT_EQ(parse_moment(""), std::nullopt);
}

TEST(RoleLabel, IsReadFromWhateverWords) {
  EXPECT_EQ(role_of_label("Agent 1"), Role::agent);
  EXPECT_EQ(role_of_label("CALLER"), Role::customer);
  EXPECT_EQ(role_of_label("Customer Service"), Role::agent);
  EXPECT_EQ(role_of_label("customer support"), Role::agent);
  EXPECT_EQ(role_of_label("ivr"), Role::bot);
  EXPECT_EQ(role_of_label("Supervisor"), Role::supervisor);
  EXPECT_EQ(role_of_label("Dana"), std::nullopt);
  EXPECT_EQ(role_of_label("agency"), std::nullopt);
}

TEST(Content, IsDecoded) {
  EXPECT_EQ(decode_base64("SGkgdGhlcmU_"), "Hi there?");
  EXPECT_EQ(decode_base64("SGkgdGhlcmU/"), "Hi there?");
  EXPECT_EQ(decode_base64("SGk="), "Hi");
  EXPECT_EQ(decode_base64("S G\nk"), "Hi");
  EXPECT_EQ(decode_base64("S!k"), std::nullopt);
  EXPECT_EQ(text_of_html("<p>Hello &amp; <b>welcome</b><br>back</p>"), "Hello & welcome\nback\n");
}

TEST(Content, OfAMailIsItsPlainTextWithoutQuotes) {
  EXPECT_EQ(text_of_mail("From: a@example.org\r\nSubject: Bill\r\n\r\nHello,\r\nmy bill.\r\n> old words\r\n"), "Hello,\nmy bill.");
  EXPECT_EQ(text_of_mail("Content-Type: multipart/alternative; boundary=\"xx\"\n\n--xx\nContent-Type: text/html\n\n<p>rich</p>\n--xx\n"
                         "Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\nGr=C3=BC=\n=C3=9Fe\n--xx--\n"),
            "Grüße");
  EXPECT_EQ(text_of_mail("Just words"), "Just words");
  EXPECT_EQ(text_of_mail("Subject: Bill\n\nI am sorry.\n\nOn Fri, 19 Apr 2024 at 10:00, Pat Brown\n<pat@example.org> wrote:\n> old words\n> more\n\nDana"), "I am sorry.\n\n\nDana");
  EXPECT_EQ(without_mail_quotes("She wrote:\n\nno, I did.\n\n-----Original Message-----\nFrom: Pat"), "She wrote:\n\nno, I did.");
}

TEST(MailQuotes, LeaveTheWritersOwnWords) {
  EXPECT_EQ(without_mail_quotes("I am furious and want my money back. This is what your colleague wrote:\n> we will refund you"),
            "I am furious and want my money back. This is what your colleague wrote:");
  EXPECT_EQ(without_mail_quotes("On hold again for an hour.\nHere is what you wrote:\n> soon"), "On hold again for an hour.\nHere is what you wrote:");
  EXPECT_EQ(without_mail_quotes("On hold since 9:15.\nHere is what you wrote:\n> soon"), "On hold since 9:15.\nHere is what you wrote:");
  EXPECT_EQ(without_mail_quotes("Bye.\n\nAm 5. März 2026 um 10:00 schrieb:\n> bald"), "Bye.");
  EXPECT_EQ(without_mail_quotes("Bye.\nOn 5 March\nPat <pat@example.org> wrote:\r\n\r\n> soon\n> and\n\nOn 6 March 2026 Dana wrote:\n> well"), "Bye.");
  std::string const lengthy = "On " + std::string(500, 'x') + " 2026 she wrote:";
  EXPECT_EQ(without_mail_quotes(lengthy + "\n> soon"), lengthy);
}

TEST(MailQuotes, LeaveTheWholeWhereNothingElseWouldBeLeft) {
  std::string const below = "-----Original Message-----\nFrom: Dana\n\nWe will refund you.\n\nPat: then do.";
  EXPECT_EQ(without_mail_quotes(below), below);
  EXPECT_EQ(without_mail_quotes("\n\n" + below), "\n\n" + below);
  EXPECT_EQ(without_mail_quotes("> will you?\n> or not?\n"), "> will you?\n> or not?");
  EXPECT_EQ(without_mail_quotes("\n \n"), "");
}

TEST(MailQuotes, OfAHostileMailComeToAnEnd) {
  auto const repeated = [](std::string_view piece) {
    std::string text;
    while (text.size() < 1'000'000) text += piece;
    return text;
  };
  EXPECT_TRUE(without_mail_quotes(repeated("\n>\n")).ends_with('>'));
  EXPECT_EQ(without_mail_quotes("Hi" + repeated("\n>\n")), "Hi");
  EXPECT_EQ(without_mail_quotes(repeated("\n") + repeated("On 5 March 2026 Pat wrote:\n>\n") + "Hi"), repeated("\n") + "Hi");
  EXPECT_EQ(without_mail_quotes(repeated("x") + "\nIt wrote:" + repeated("\n>\n")), repeated("x") + "\nIt wrote:");
}

}  // namespace
}  // namespace rapport::timeline::formats
