#include "signals/detectors/word_lists.hpp"

#include <array>

namespace rapport::signals::detectors {
namespace {

using enum Trait;

/// Common given names of many places, in lower case: what tells "this is linda" from "this is
/// ridiculous" in a transcript without capitals. Names that are words too stand apart.
constexpr auto lists = std::to_array<TraitList>({
    {{given_name},
     "aaron abby abdul abdullah abigail adam adrian adriana agnes ahmad ahmed aidan aileen aisha aisling alan alana "
     "albert alberto alejandra alejandro alessandro alex alexa alexander alexandra alexis alfie alfred ali alice "
     "alicia alison alistair allison alyssa amanda amar amber amelia amina amir amit amy ana anand anastasia andre "
     "andrea andreas andrew andy aneesh angela angelica angelina anil anita anjali ankit ann anna anne annette annie "
     "anthony antoine anton antonio anya aoife arjun arlene arnold arthur arun asha ashley ashok ayesha barbara "
     "barry beatrice becky ben benjamin bernadette bernard beth bethany bhavna bianca boris brad bradley brandon "
     "brenda brendan brian brianna bridget brody bronwyn bruce bruno bryan caitlin callum cameron camila carl carla "
     "carlos carly carmen carol carole caroline carolyn carrie catherine cathy cecilia chandra chantal charlene "
     "charles charlie charlotte chelsea cheryl chidi chinedu chloe chris christina christine christopher ciara ciaran "
     "claire clara clare claudia claudio clifford clive colin colleen colm connie connor conor courtney craig cristina "
     "curtis cynthia dan dana daniel daniela danielle danny daphne darren dave david dawid deborah debbie declan deepak "
     "deirdre dennis derek desmond diana diane diego divya dmitri dominic donald donna donovan doris dorothy doug "
     "douglas duncan dylan eamon ed eddie edgar edith edna eduardo edward edwin eileen elaine eleanor elena eli elias "
     "elijah elisabeth elizabeth ella ellen ellie elsa emeka emil emily emma enrique eric erica erik erin esther ethan "
     "eugene eva evan eve evelyn fatima felicity felix fernando fiona florence frances francesca francis francisco "
     "fred freddie frederick gabriel gabriela gail gareth garry gary gavin gemma geoff geoffrey george georgia georgina "
     "gerald geraldine gerard gina giovanni gladys glenn gloria gordon graham greg gregory greta guillermo gurpreet "
     "hamish hannah hans harold harpreet harriet harry harvey hassan hazel heidi helen helena hemi henry hilary hiroshi "
     "howard hugh hugo humphrey ian ibrahim ifeoma ignacio imran ingrid irene isaac isabel isabella isabelle isla ivan "
     "jackie jacob jacqueline jake jamal james jamie jan jane janet janice jared jasmine jason javier jean jeanette "
     "jeff jeffrey jen jenna jennifer jenny jeremy jerome jerry jess jesse jessica jill jim jimmy joan joanna joanne "
     "joaquin jocelyn jodie joe joel johan johannes john johnny jon jonathan jordan jorge jose joseph josephine josh "
     "joshua joyce juan juanita judith judy julia julian julie juliet justin kabir kamal karen karim karl kasia kate "
     "katherine kathleen kathryn kathy katie katrina kavita kayla keisha keith kelly ken kenneth kenny kerry kev kevin "
     "khadija kiran kirsten kirsty krishna kristen kristin kristina kumar kunal kurt kwame kyle lakshmi lara larry "
     "latisha laura lauren laurence lawrence leah leanne lena leo leon leonard leslie lewis liam lindsay lisa linda "
     "liz lloyd lorenzo lorna lorraine louis louisa louise lucas lucia lucy luis luke lydia lynn lynne mackenzie "
     "madeleine madison maeve maggie mahesh malcolm malik manoj manuel marcel marcia marco marcus margaret maria "
     "mariam marie marilyn marina mario marion marjorie marlene marsha martha martin martina marvin mary mateo matt "
     "matteo matthew maureen maurice max maxine maya megan meera meghan mei melanie melissa mercedes mia michael "
     "michaela michelle miguel mihaela mike mikhail mina miranda miriam mitchell mohamed mohammad mohammed mohan moira "
     "molly mona monica monika morgan muhammad mukesh murray mustafa nadia nadine naomi nancy natalia natalie natasha "
     "nathan nathaniel neha neil nell ngozi niall niamh nicholas nick nicola nicole nigel nikhil nina nisha noah noel "
     "nora norma norman octavia oliver olivia olga omar oscar osman owen pablo padraig pamela paola patricia patricio "
     "patrick paul paula pauline pavel pedro peggy peter petra phil philip philippa phillip phoebe phyllis pierre "
     "piotr pooja pradeep prakash priscilla priya qasim rachel rafael raj rajesh rakesh ralph ramesh ramon raquel "
     "rashid raul ravi raymond rebecca regina rekha rhys ricardo richard rick ricky rita robert roberta roberto robin "
     "rochelle rodney rodrigo roger rohan rohit roland ronald ronnie rory rosa rosalind rosemary rosie ross rowan roxanne "
     "roy russell ruth ryan sabrina sachin sahil sally salma sam samantha samir samira samuel sana sandeep sandra sanjay "
     "sanjeev sara sarah saoirse sasha scott sean sebastian sergio seth shane shannon sharon shaun sheila shelley "
     "sheryl shirley shreya sian sibusiso siddharth silvia simon simone sinead siobhan sofia sonia sophia sophie "
     "stacey stacy stan stanley stefan stella stephanie stephen steve steven stuart sunil sunita suresh susan susana "
     "susanna suzanne sven sylvia tamara tanya tara tariq tatiana ted terence teresa terry theo theodore theresa "
     "thomas tim timothy tina toby todd tom tomas tomasz tommy tony tracey tracy travis trevor tristan tyler uchenna "
     "ursula valentina valerie vanessa vera vernon veronica vicky victoria vijay vikram vincent vinod virginia vivian "
     "vivek vladimir walter wanda wayne wendy werner wesley wilfred william winifred xavier yasmin yolanda yusuf "
     "yvette yvonne zachary zainab zara zoe zubair abena arthur aleksander elizabeta kieran orla roisin sinéad ciarán "
     "seán siân chloë zoë renée josé maría jesús andré björn jürgen"},
    // Given names and surnames that are English words too: told by capitals or by where they stand.
    {{also_a_word},
     "will mark may grace rose bill art sue brown long young lamb rich frank jack rob bob drew chase faith hope joy "
     "dawn ray pearl ruby page read price day park parks banks law west north south east white black green gray wood "
     "woods stone fields field hall hill ford king bush fox best good sharp strong small little love cash case cook "
     "baker carter mason miller taylor smith ward wise penny sandy guy gene dean earl duke marshal hunter major "
     "sterling victor summer summers winter winters april june august autumn christian melody harmony destiny lily "
     "daisy heather holly ivy iris violet olive ginger crystal star sky storm an so le do in on my no man can see "
     "you he she sun song tan lee li wu ho ha ma pa ng oh ko mo la al jay kay dee bea bee gay miles brook brooks "
     "cliff dale glen heath reed lane mills moore moody cross bell bird berry barber butler cooper fisher gardener "
     "gardner porter potter sawyer shepherd singer turner walker weaver wright young bright brave noble swift free "
     "keen french england ireland holland paris london jordan georgia carolina sydney austin dallas phoenix chance "
     "chip colt cody dusty forest gale happy honey hunt ice jewel justice june lance lark laurel max merry mercy "
     "more norm nick pat patience peace port post pike pool pope power prince queen rain read reese robin rusty "
     "sage savannah skip sonny stark stern still teal tab trip tiny trinity wade walls waters webb wells weeks "
     "wild wills wing worth york gold silver diamond bond bean beach booth bridge bridges burns burn cane cannon "
     "carver church coffin cole cotton crane day dear drake driver early eve farmer fay fitch flood flower flowers "
     "foot frost gates golden goodman grant graves greer hand hardy harper hart hays head hopes horn house hood "
     "judge kitchen knight lake land light lock lord low lucky march marks marsh martin mead mercer monk moon moss "
     "nail newman night oak oaks pace page paige palmer pepper perry pine pitt plain pond poor pound power pride "
     "rice rivers roads root rush salmon sands savage seal self sellers settle shade share sharpe shields shore "
     "short shore silk simple singer skill slater snow somers speed spring square stamp steel steep street strange "
     "street sweet temple thorn tower town trout tucker tyler vale valley vine waite wall war warner watts weir "
     "whale wheeler whitehead wolf wolfe workman"},
});

}  // namespace

std::span<TraitList const> name_lists() { return lists; }

}  // namespace rapport::signals::detectors
