#include "signals/detectors/word_lists.hpp"

#include <array>
#include <vector>

namespace rapport::signals::detectors {
namespace {

using enum Trait;

constexpr auto word_lists_by_name = std::to_array<TraitList>({
    // Grammar.
    {{question_word, stop}, "what which who whom whose where when why how whatever whichever"},
    {{modal, stop}, "can could will would shall should may might must"},
    {{do_form, stop}, "do does did"},
    {{be_form, stop}, "is are was were am be been being"},
    {{have_form, stop}, "have has had having"},
    {{subject, stop}, "i you he she it we they there this that these those"},
    {{stop},
     "me him them us myself yourself yourselves itself ourselves themselves himself herself mine yours ours theirs "
     "someone somebody anyone anybody everyone everybody something anything everything"},
    {{determiner, stop}, "the a an my your our their his her its any some every each another this that these those"},
    {{stop},
     "all both either such same other others own few several more most much many lot lots bit little less enough "
     "else only even still yet already ever again too very quite rather almost"},
    {{conjunction, stop}, "and but or because if so then although though while than unless whether plus"},
    {{preposition, stop},
     "in on at by for with about from to of into onto over under through after before until till since "
     "during between within without around via per as against off up down out upon regarding"},
    {{negation, stop}, "not no never nothing none nobody nowhere neither nor without hardly"},
    {{filler, stop},
     "um uh er erm ah oh eh hm hmm mm mhm so okay well right yeah yes yep yup no nope now then and but or "
     "also just actually basically all like great perfect lovely good fine sure cool excellent brilliant "
     "wonderful alrighty fantastic super awesome sorry please hello hi hey thanks first firstly second lastly "
     "finally last next anyway only otherwise look listen indeed absolutely certainly correct true sir maam madam"},
    {{courtesy, stop},
     "hello hi hey hiya thanks thank sorry please welcome goodbye bye cheers morning afternoon evening "
     "apologise apologies apology pardon excuse greetings"},
    {{past},
     "was were did had been came went said told got sent arrived happened ordered bought called rang received "
     "spoke asked tried paid gave took made left started stopped yesterday ago became broke found"},
    {{future}, "will going shall would can could should may might"},
    // Words that say too little of a matter to count when two sides' words are compared.
    {{stop},
     "say says said saying tell tells told know knows knew think thought mean means meant see sees saw seen look "
     "looks looking looked get gets got getting gotten go goes going went gone come comes came coming let lets make "
     "makes made making take takes took taking taken give gives gave giving given put puts want wants wanted need "
     "needs needed like likes would try trying tried keep keeps kept use thing things way ways kind sort stuff "
     "really actually maybe perhaps probably exactly basically obviously honestly literally possibly "
     "here there where now then today day time moment second minute while ago back "
     "one ones able happy glad great good nice fine sure course okay wonderful perfect lovely right "
     "help helps helping assist assistance call calls calling called contact contacting contacted speak "
     "speaking spoke talk talking ask asking asked answer question questions please thank thanks appreciate "
     "yes no yeah nope hello hi hey bye goodbye sir madam maam mr mrs ms miss dr customer "
     "having been being doing done does did happen happens happened happening "
     "bear hold wait waiting check checking checked confirm confirming understand understood sound sounds "
     "big whole okay am pm etc"},
    // Time.
    {{month, time_word},
     "january february march april june july august september october november december "
     "jan feb mar apr jun jul aug sep sept oct nov dec"},
    {{month, also_a_word, time_word}, "may"},
    {{weekday, time_word},
     "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays "
     "saturdays sundays mon tue tues wed weds thu thur thurs fri sat sun"},
    {{time_unit, time_word},
     "second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks wk wks month months "
     "year years yr yrs fortnight fortnights weekend weekends"},
    {{time_word},
     "today tomorrow tonight morning afternoon evening night noon midday midnight lunchtime oclock within by "
     "before until till next this following end close half quarter in on at up takes take allow tmrw tomorrows later"},
    {{ordinal},
     "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
     "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth thirtieth"},
    {{number},
     "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
     "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
     "billion double triple treble nought naught"},
    // Leads.
    {{time_name},
     "january february march april may june july august september october november december jan feb mar apr jun jul aug "
     "sep sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays "
     "fridays saturdays sundays mon tue tues wed weds thu thur thurs fri sat sun "
     "second seconds sec secs minute minutes min mins hour hours hr hrs day days week weeks wk wks month months year years "
     "yr yrs fortnight fortnights weekend weekends "
     "today tomorrow tomorrows tonight tmrw morning afternoon evening night noon midday midnight lunchtime lunch oclock "
     "cob eod arvo close end half quarter "
     "first third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
     "seventeenth eighteenth nineteenth twentieth thirtieth "
     "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
     "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand"},
    {{asking_verb, request_lead},
     "need require get take have grab give provide confirm verify spell share send state enter ask supply repeat mention "
     "furnish quote type advise forward"},
    {{request_lead}, "tell walk talk describe explain if i we let please kindly"},
    {{self_lead}, "my the name am is this it i speaking here"},
    {{promise_lead}, "will shall going promise guarantee word ill"},
    // Organisations.
    {{organisation},
     "bank airlines airline airways insurance energy telecom telecommunications broadband communications "
     "electric electricity utilities pharmacy clinic hospital hotel hotels hospitality university college motors "
     "electronics solutions systems technologies technology financial finance credit union mutual building "
     "society group holdings limited ltd inc incorporated corporation corp llc plc gmbh co company logistics "
     "couriers travel tours holidays rentals foods stores supermarket mart council water gas fiber fiber wireless "
     "networks mobile media entertainment rail railways trust associates partners services ferries theater "
     "museum cinema academy school surgery dental garage lettings estates gym parcels freight cruises coaches taxis "
     "vets opticians housing assurance"},
    {{service_word},
     "customer support service services care technical tech billing sales help helpdesk helpline desk accounts "
     "team department dept line reception repairs faults claims returns complaints collections orders inquiries "
     "inquiries bookings reservations retention disputes fraud it pharmacy emergency agent operator switchboard "
     "holding waiting patience"},
    {{title, stop}, "mr mrs ms miss dr sir madam maam doctor prof professor"},
});

}  // namespace

std::span<TraitList const> trait_lists() {
  static std::vector<TraitList> const all = [] {
    std::vector<TraitList> joined(word_lists_by_name.begin(), word_lists_by_name.end());
    auto const names = name_lists();
    joined.insert(joined.end(), names.begin(), names.end());
    return joined;
  }();
  return all;
}

}  // namespace rapport::signals::detectors
