#include "signals/tokeniser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace rapport::signals {
namespace {

/// The words of a text, sentences divided by "/" and those that ask ended by "?".
std::string read(std::string_view text) {
  WordTable table;
  Words words;
  tokenise_and_learn(text, words, table);
  std::string out;
  for (std::size_t index = 0; index < words.sentences.size(); ++index) {
    Sentence const& sentence = words.sentences[index];
    if (index > 0) out += " / ";
    for (std::uint32_t at = 0; at < sentence.token_count; ++at) {
      Token const& token = words.tokens[sentence.first_token + at];
      EXPECT_EQ(token.sentence, index);
      EXPECT_EQ(token.hash, word_hash(table.spelling(token.word)));
      if (at > 0) out += ' ';
      out += table.spelling(token.word);
    }
    if (sentence.asks) out += '?';
  }
  return out;
}

struct Sentence {
  std::string_view text;
  std::string_view words;
};

void expect(std::vector<Sentence> const& cases) {
  for (Sentence const& each : cases) EXPECT_EQ(read(each.text), each.words) << each.text;
}

TEST(Tokeniser, CutsPlainWordsAndLowersThem) {
  expect({{"", ""},
          {"  \t ", ""},
          {"Hello THERE", "hello there"},
          {"hello, (there) \"you\"", "hello there you"},
          {"extraordinarily internationalisation eightlet", "extraordinarily internationalisation eightlet"},
          {"a b c d e f g", "a b c d e f g"},
          {"follow-up and/or x_y", "follow up and or x y"},
          {"E-mail me", "email me"},
          {"I-I can", "i i can"},
          {"100% of AT&T", "100 percent of at and t"},
          {"*sigh* #1 ~ok~", "sigh 1 okay"}});
}

TEST(Tokeniser, SpellsContractionsOut) {
  expect({{"I'm sure you're right, they've gone", "i am sure you are right they have gone"},
          {"I\u2019m", "i am"},
          {"im ive youre thats dont cant wont didnt", "i am i have you are that is do not can not will not did not"},
          {"don't can't won't couldn't shan't ain't cannot",
           "do not can not will not could not shall not is not can not"},
          {"we'll he'd wouldn't've", "we will he would would not have"},
          {"let's see what's there", "let us see what is there"},
          {"John's account, the customers' names", "john account the customers names"},
          {"my name's Dana", "my name is dana"},
          {"the agent'll call", "the agent will call"},
          {"gonna wanna gotta lemme kinda dunno", "going to want to got to let me kind of do not know"},
          {"i 'm here do n't tell 'em", "i am here do not tell them"},
          {"O'Brien, five o'clock, ma'am", "obrien five oclock maam"},
          {"l'adresse d'Anna", "l adresse d anna"},
          {"'quoted' words", "quoted words"}});
}

TEST(Tokeniser, LeavesWordsOfTheirOwnAlone) {
  expect({{"its ill well were wed hell shell id lets", "its ill well were wed hell shell id lets"}});
}

TEST(Tokeniser, MakesBritishAndAmericanSpellingsOne) {
  EXPECT_EQ(read("I apologize, I realized"), read("I apologise, I realised"));
  EXPECT_EQ(read("organization colour favourite cancelled centre"), read("organisation color favorite canceled center"));
  EXPECT_EQ(read("analyze licence enquiry grey"), read("analyse license inquiry gray"));
  expect({{"size prize seized citizen", "size prize seized citizen"}});
}

TEST(Tokeniser, KeepsNumbers) {
  expect({{"it is 3.50 or $1,250.50", "it is 3.50 or 1250.50"},
          {"1,2,3", "1 2 3"},
          {"2,345,678 and 88123,456", "2345678 and 88123 456"},
          {"at 3pm, 10:30am, 24/7, 12/05/2024", "at 3 pm 10:30 am 24/7 12/05/2024"},
          {"the 4th of 100mbps, AB123 and 3G", "the 4th of 100 mbps ab123 and 3g"},
          {"5-7 days", "5 7 days"},
          {"4111-1111 +15550100", "4111 1111 15550100"}});
}

TEST(Tokeniser, KnowsNumbersOutsideTheVocabulary) {
  WordTable table;
  Words words;
  Tokeniser{table}.tokenise("88123 ab12 7", words);
  ASSERT_EQ(words.tokens.size(), 3U);
  EXPECT_EQ(words.tokens[0].word, WordTable::number_word);
  EXPECT_EQ(words.tokens[1].word, unknown_word);
  EXPECT_EQ(words.tokens[2].word, WordTable::number_word);
  EXPECT_NE(words.tokens[0].hash, words.tokens[2].hash);
}

TEST(Tokeniser, TakesAddressesAsOneWord) {
  expect({{"mail john.smith+x@mail.Example.com.", "mail john.smith+x@mail.example.com"},
          {"see https://example.com/a?b=c, or www.example.org", "see https://example.com/a?b=c or www.example.org"},
          {"go to example.co.uk/help. Thanks", "go to example.co.uk/help / thanks"},
          {"99bob@x.com bob_2@my-site.de", "99bob@x.com bob_2@my-site.de"},
          {"call.me tell.us", "call / me tell / us"}});
}

TEST(Tokeniser, DropsNoiseMarks) {
  expect({{"[noise] hi <unk> [background noise]", "hi"},
          {"[laughter]", ""},
          {"<b>bold</b> [12] a < b", "bold 12 a b"},
          {"[this bracket is much too long for a mark of noise]", "this bracket is much too long for a mark of noise"}});
}

TEST(Tokeniser, SplitsSentences) {
  expect({{"One. Two! Three; four\nfive", "one / two / three / four / five"},
          {"Pay 3.50 to Mr. Smith, e.g. at 5 p.m. today", "pay 3.50 to mr smith eg at 5 pm today"},
          {"hold on... okay", "hold on / okay"},
          {"well\u2026 fine", "well / fine"},
          {"ok.next", "okay / next"}});
}

TEST(Tokeniser, ReadsOtherScripts) {
  expect({{"Grüß GOTT, ÉCOLE", "grüß gott école"},
          {"ПРИВЕТ Ёлка ΣΩ Łódź ŽIŽKOV", "привет ёлка σω łódź žižkov"},
          {"«bonjour» – ¿qué?", "bonjour qué?"},
          {"謝謝。再見", "謝謝 / 再見"},
          {"thanks😀you", "thanks you"},
          {"non\xC2\xA0"
           "breaking",
           "non breaking"}});
}

TEST(Tokeniser, SeparatesAtBytesThatAreNoUtf8) {
  expect({{"a\xFF\xFE"
           "b",
           "a b"},
          {"\xC3", ""},
          {"x\xE2\x80", "x"},
          {"\xC0\xAF y", "y"},
          {"\xED\xA0\x80z", "z"}});
}

TEST(Tokeniser, PointsIntoTheOriginalText) {
  WordTable table;
  Words words;
  std::string const text = "Well, I'm Zoë (88,123)";
  Tokeniser{table}.tokenise(text, words);
  std::vector<std::string> quotes;
  for (Token const& token : words.tokens) quotes.push_back(text.substr(token.begin, token.end - token.begin));
  EXPECT_EQ(quotes, (std::vector<std::string>{"Well", "I'm", "I'm", "Zoë", "88,123"}));
}

TEST(Tokeniser, MarksTokensThatBeginWithAStem) {
  WordTable table;
  WordId const stem = table.intern_stem("refund");
  WordId const longer = table.intern_stem("refundab");
  Words words;
  Tokeniser{table}.tokenise("Refunding refund refundable fund REFUNDÉ", words);
  std::vector<WordId> ids;
  for (Token const& token : words.tokens) ids.push_back(token.word);
  EXPECT_EQ(ids, (std::vector<WordId>{stem, stem, longer, unknown_word, stem}));
}

TEST(Tokeniser, KeepsTheRestInTheLastSentenceBeyondTheLimit) {
  std::string text;
  for (int index = 0; index < 70'000; ++index) text += "a. ";
  WordTable table;
  Words words;
  Tokeniser{table}.tokenise(text, words);
  EXPECT_EQ(words.tokens.size(), 70'000U);
  ASSERT_EQ(words.sentences.size(), 65'536U);
  EXPECT_EQ(words.tokens.back().sentence, 65'535U);
  EXPECT_EQ(words.sentences.back().token_count, 70'000U - 65'535U);
}

TEST(Questions, AskByTheirMark) {
  expect({{"Your name?", "your name?"},
          {"Your name.", "your name"},
          {"Really?! Yes!", "really? / yes"},
          {"Can you tell me.", "can you tell me"}});
}

TEST(Questions, AskByTheirBuildWhereThereIsNoMark) {
  for (std::string_view const text :
       {"what is your name", "okay so what's your name", "how much is it", "how long have you had it",
        "which account is it", "can you repeat that please", "do you have an account", "is there anything else",
        "um and are you at home", "may i have your number", "would you like that", "why not", "what",
        "thank you can i get your name", "hello this is harper valley how can i help you today",
        "i can do that for you do you need anything else", "sure is there anything else", "don't you see",
        "what time is it", "will the card arrive", "okay thanks what is your phone number", "who am i speaking with"}) {
    EXPECT_EQ(read(text).back(), '?') << text;
  }
}

TEST(Questions, DoNotAskWhereOnlyTheWordsLookLikeIt) {
  for (std::string_view const text :
       {"what a day", "which is fine", "what i can do is call them", "when you get it call me", "do the following",
        "have a nice day", "should you need anything call us", "how nice of you", "as i said i do you know",
        "thank you", "i will call you", "you can do it", "who knows", "that is what i need", "the problem is there",
        "where i live it rains", "may 5th", "can do"}) {
    EXPECT_NE(read(text).back(), '?') << text;
  }
}

}  // namespace
}  // namespace rapport::signals
