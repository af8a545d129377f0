#include "signals/builtin_words.hpp"

#include <algorithm>
#include <array>

namespace rapport::signals {
namespace {

constexpr auto flagged = std::to_array<FlaggedWords>({
    {WordFlag::number,
     "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
     "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand "
     "million billion double triple"},
    {WordFlag::number_inside, "oh and point"},
    {WordFlag::abbreviation, "mr mrs ms dr prof st vs approx dept ext jr sr"},
    {WordFlag::filler,
     "so okay and um uh er erm oh ah well hi hello hey right yeah yes yep no now then but or great perfect "
     "sorry please sure sir maam all also just thanks thank actually good fine cool excellent"},
    {WordFlag::question_word, "what when where who whose whom why which how"},
    {WordFlag::auxiliary,
     "can could will would may might shall should do does did is are was were am have has had"},
    {WordFlag::asks_anywhere, "can could would may will do did have are is"},
    {WordFlag::pronoun, "i you we they he she it this that there these those anyone anybody someone"},
    {WordFlag::determiner, "the your my our his her their any"},
    {WordFlag::measure, "much many long often far old soon big large about come quickly late early"},
});

// Spelling, a colon, what it stands for.
constexpr auto irregular = std::to_array<std::string_view>({"can't:can not", "cant:can not", "cannot:can not", "won't:will not", "wont:will not",
                                                            "shan't:shall not", "ain't:is not", "aint:is not", "y'all:you all", "yall:you all", "let's:let us",
                                                            "c'mon:come on", "d'you:do you", "ma'am:maam", "o'clock:oclock", "'em:them", "'cause:because",
                                                            "'til:until", "til:until", "'m:am", "'re:are", "'ve:have", "'ll:will", "'d:would", "'s:is", "n't:not",
                                                            "im:i am", "ive:i have", "youre:you are", "youve:you have", "youll:you will", "youd:you would",
                                                            "theyre:they are", "theyve:they have", "theyll:they will", "theyd:they would", "weve:we have",
                                                            "itll:it will", "thatll:that will", "whatll:what will", "thered:there would", "whatre:what are",
                                                            "gonna:going to", "wanna:want to", "gotta:got to", "lemme:let me", "gimme:give me", "kinda:kind of",
                                                            "sorta:sort of", "dunno:do not know", "hafta:have to", "outta:out of", "coulda:could have",
                                                            "shoulda:should have", "woulda:would have", "whilst:while", "thankyou:thank you", "ok:okay",
                                                            "alright:all right", "mister:mr", "grey:gray", "programme:program",
                                                            "programmes:programs", "enrol:enroll", "enrols:enrolls", "fulfil:fulfill", "fulfils:fulfills",
                                                            "instalment:installment", "instalments:installments", "judgement:judgment", "learnt:learned",
                                                            "practise:practice", "practised:practiced", "practises:practices", "practising:practicing",
                                                            "enquiry:inquiry", "enquiries:inquiries", "enquire:inquire", "enquired:inquired",
                                                            "enquiring:inquiring", "licence:license", "licences:licenses", "defence:defense",
                                                            "offence:offense", "pretence:pretense", "catalogue:catalog", "catalogues:catalogs",
                                                            "dialogue:dialog", "dialogues:dialogs", "analogue:analog", "analyze:analyse",
                                                            "analyzed:analysed", "analyzes:analyses", "analyzing:analysing", "analyzer:analyser",
                                                            "paralyzed:paralysed", "jewellery:jewelry", "aeroplane:airplane", "cosy:cozy", "sceptical:skeptical",
                                                            "centred:centered"});

struct Family {
  std::string_view stems;    ///< separated by spaces
  std::string_view endings;  ///< separated by spaces, "-" for none
  std::string_view british;  ///< between stem and ending
  std::string_view american;
};

constexpr auto families = std::to_array<Family>({
    {"col fav hon behavi neighb lab flav hum rum harb od endeav vap sav arm",
     "- s ed ing able ably ite ites al hood less ful er ers ation", "our", "or"},
    {"cance trave labe mode signa tota fue channe counse leve dia initia refue tunne quarre",
     "ed ing er ers", "ll", "l"},
    {"cent met lit theat kilomet centimet fib calib", "-", "re", "er"},
    {"cent met lit theat kilomet centimet fib calib", "s", "re", "er"},
});

constexpr std::string_view negatable =
    "do does did is are was were has have had would could should must need might";
constexpr std::string_view before_is =
    "it that what who where when why how there here he she everything something nothing anything "
    "everyone someone everybody somebody nobody name";
// Without its apostrophe "its" is a word, as are "hes" and "shes" hardly.
constexpr std::string_view before_bare_s = "that what who where when why how there here he she";

template <typename Visit>
void for_each(std::string_view list, Visit visit) {
  while (!list.empty()) {
    std::size_t const space = list.find(' ');
    visit(std::string{list.substr(0, space)});
    list = space == std::string_view::npos ? std::string_view{} : list.substr(space + 1);
  }
}

void add_family(Family const& family, std::vector<Respelling>& out) {
  for_each(family.stems, [&](std::string const& stem) {
    for_each(family.endings, [&](std::string const& ending) {
      std::string const tail = ending == "-" ? "" : ending;
      out.push_back({stem + std::string{family.british} + tail, stem + std::string{family.american} + tail});
    });
  });
}

constexpr auto ize_endings = std::to_array<std::string_view>(
    {"e", "ed", "es", "ing", "er", "ers", "ation", "ations", "able"});
constexpr auto no_ize_verbs = std::to_array<std::string_view>(
    {"siz", "resiz", "downsiz", "upsiz", "oversiz", "outsiz", "capsiz", "priz", "seiz", "maiz", "baiz", "assiz"});

}  // namespace

std::span<FlaggedWords const> flagged_words() { return flagged; }

std::vector<Respelling> respellings() {
  std::vector<Respelling> all;
  for (std::string_view const line : irregular) {
    std::size_t const colon = line.find(':');
    all.push_back({std::string{line.substr(0, colon)}, std::string{line.substr(colon + 1)}});
  }
  for_each(negatable, [&](std::string const& word) {
    all.push_back({word + "n't", word + " not"});
    all.push_back({word + "nt", word + " not"});
  });
  for_each(before_is, [&](std::string const& word) { all.push_back({word + "'s", word + " is"}); });
  for_each(before_bare_s, [&](std::string const& word) { all.push_back({word + 's', word + " is"}); });
  for (Family const& family : families) add_family(family, all);
  return all;
}

bool respell_ize(std::string& word) {
  std::size_t const at = word.rfind("iz");
  if (at == std::string::npos || at < 2) return false;
  std::string_view const ending = std::string_view{word}.substr(at + 2);
  bool const verb_like = ending.empty() || std::ranges::find(ize_endings, ending) != ize_endings.end();
  std::string_view const stem = std::string_view{word}.substr(0, at + 2);
  if (!verb_like || std::ranges::find(no_ize_verbs, stem) != no_ize_verbs.end()) return false;
  word[at + 1] = 's';
  return true;
}

}  // namespace rapport::signals
