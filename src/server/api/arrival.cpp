#include "server/api/arrival.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "customers/journey.hpp"
#include "people/secret.hpp"
#include "server/api/learning.hpp"
#include "server/api/problems.hpp"

namespace rapport::server::api {
namespace {

using customers::Profile;
using domain::Attribute;
using domain::Identifier;

/// Who came, as far as we can tell.
struct Visitor {
  std::optional<KeptCustomer> known;
  std::string part;                     ///< of the customer: whose contact this is
  std::vector<Identifier> identifiers;  ///< those that could be read, in one writing
  std::vector<Identifier> shown;        ///< all that were given
};

domain::Participant& customer_in(domain::Interaction& head) {
  domain::ParticipantIndex const place = head.first_of(domain::Role::customer);
  if (place != domain::nobody) return head.participants[place];
  head.participants.push_back({});
  head.participants.back().id = "p1";
  return head.participants.back();
}

/// The part that holds one of the identifiers, the first of them that any part holds.
std::string part_of(Profile const& profile, std::vector<Identifier> const& came_with) {
  for (Identifier const& identifier : came_with) {
    for (Profile const* const part : customers::parts(profile)) {
      if (std::ranges::find(part->identifiers, customers::match_key(identifier), customers::match_key) != part->identifiers.end()) return part->id;
    }
  }
  return profile.id;
}

/// Whom the brand knows by another id than this is another person, though they share a telephone.
bool is_somebody_else(Profile const& profile, std::vector<Identifier> const& came_with) {
  bool known_by_other = false;
  for (Identifier const& given : came_with) {
    if (given.type != own_id) continue;
    for (Identifier const& held : customers::identifiers(profile)) {
      if (held.type == own_id && held.value == given.value) return false;
      known_by_other = known_by_other || held.type == own_id;
    }
  }
  return known_by_other;
}

base::Result<Visitor, http::Problem> identify(CustomerBook const& book, centre::StartInteraction const& start, std::vector<Identifier> const& given) {
  std::string const& brand = start.head.brand;
  std::string const region = book.rules().region(brand);
  Visitor visitor;
  for (Identifier const& identifier : given) {
    auto normal = customers::normalised(identifier, region);
    visitor.shown.push_back(normal ? *normal : identifier);
    if (normal) visitor.identifiers.push_back(std::move(*normal));
  }
  if (!start.customer.empty()) {
    auto found = book.customer(start.customer);
    if (!found) return problem_of(found.error());
    if (*found && book.rules().links()->linked(brand, (**found).value.brand)) {
      visitor.known = std::move(*found);
      visitor.part = start.customer;
      return visitor;
    }
    // No id of ours: the brand's own, which its systems vouch for.
    auto normal = customers::normalised({std::string{own_id}, start.customer, true}, region);
    if (!normal) return invalid("customer.id: " + normal.error().message);
    visitor.identifiers.insert(visitor.identifiers.begin(), std::move(*normal));
  }
  auto matches = book.matching(brand, visitor.identifiers);
  if (!matches) return problem_of(matches.error());
  std::erase_if(*matches, [&](KeptCustomer const& match) { return is_somebody_else(match.value, visitor.identifiers); });
  if (matches->empty()) return visitor;
  visitor.part = part_of(matches->front().value, visitor.identifiers);
  visitor.known = std::move(matches->front());
  return visitor;
}

/// A customer of whom nothing was known until now; kept at once.
base::Result<KeptCustomer, http::Problem> make_customer(CustomerBook const& book, centre::StartInteraction const& start, domain::Participant const& came,
                                                        std::vector<Identifier> const& identifiers, base::Instant now) {
  Profile profile;
  profile.id = people::make_id(now);
  profile.brand = start.head.brand;
  profile.name = came.name;
  profile.preferred_channel = came.preferred_channel;
  profile.created_at = now;
  for (Identifier const& identifier : identifiers) {
    if (auto const refused = customers::add_identifier(profile, identifier, nullptr)) return problem_of(*refused);
  }
  for (customers::Fact& fact : facts_of(came.known, start.head.id, now)) {
    if (auto const refused = customers::learn(profile, std::move(fact), nullptr)) return problem_of(*refused);
  }
  auto made = book.create(std::move(profile), now);
  if (!made) return problem_of(made.error());
  return std::move(*made);
}

/// 403 where the brand serves nobody by one of the identifiers that they came with or are known by.
std::optional<http::Problem> refuse_blocked(CustomerBook const& book, std::string const& brand, Visitor const& visitor, base::Instant now) {
  std::vector<Identifier> identifiers = visitor.identifiers;
  if (visitor.known) std::ranges::copy(customers::identifiers(visitor.known->value), std::back_inserter(identifiers));
  auto const blocked = book.blocked(brand, identifiers, now);
  if (!blocked) return problem_of(blocked.error());
  if (!*blocked) return std::nullopt;
  http::Problem problem;
  problem.status = http::status::forbidden;
  problem.code = "customer_blocked";
  problem.detail = "the brand does not serve this customer";
  return problem;
}

/// The customer who came, made where nobody was found; of a stranger without identifiers there is none.
base::Result<Visitor, http::Problem> meet(CustomerBook const& book, centre::StartInteraction const& start, domain::Participant const& came, base::Instant now) {
  if (came.identifiers.size() > limits::identifiers_max) return problem_of(customers::ProfileRefusal::too_many_identifiers);
  auto visitor = identify(book, start, came.identifiers);
  if (!visitor) return visitor;
  if (auto problem = refuse_blocked(book, start.head.brand, *visitor, now)) return std::move(*problem);
  if (visitor->known || visitor->identifiers.empty()) return visitor;
  auto made = make_customer(book, start, came, visitor->identifiers, now);
  if (!made) return made.error();
  visitor->part = part_of(made->value, visitor->identifiers);
  visitor->known = std::move(*made);
  return visitor;
}

/// What is known besides what the start says of them itself.
void complete(domain::Participant& came, Profile const& profile) {
  domain::Participant const known = customers::participant(profile, came.id);
  if (came.name.empty()) came.name = known.name;
  if (came.preferred_channel.empty()) came.preferred_channel = known.preferred_channel;
  for (Identifier const& identifier : known.identifiers) {
    auto const same = std::ranges::find_if(came.identifiers, [&](Identifier const& given) { return given.type == identifier.type && given.value == identifier.value; });
    if (same == came.identifiers.end())
      came.identifiers.push_back(identifier);
    else
      same->verified = same->verified || identifier.verified;
  }
  for (Attribute const& fact : known.known) {
    if (std::ranges::find(came.known, fact.name, &Attribute::name) == came.known.end()) came.known.push_back(fact);
  }
}

customers::PastContact past_contact(records::InteractionRow const& row) {
  std::string summary = row.disposition;
  if (!row.outcome.empty()) summary += (summary.empty() ? "" : ": ") + row.outcome;
  return {row.id, row.started_at, row.channel, std::move(summary), row.disposition, row.outcome, row.case_id};
}

/// Earlier contacts; `last_agent` is who served them last.
base::Result<std::vector<domain::HistoryEntry>, http::Problem> read_history(CustomerBook const& book, Profile const& profile, centre::StartInteraction& start, base::Instant now) {
  records::InteractionQuery query;
  query.brands = book.rules().links()->within_reach(start.head.brand);
  query.limit = limits::context_history_max;
  auto const past = book.interactions(profile, query);
  if (!past) return problem_of(past.error());
  std::vector<customers::PastContact> contacts;
  for (records::InteractionRow const& row : past->rows) {
    contacts.push_back(past_contact(row));
    if (start.last_agent.empty() && !row.agents.empty()) start.last_agent = row.agents.back();
  }
  return customers::history(contacts, now);
}

/// The case that the start names or the customer's only active one; nothing if there is none, or several.
base::Result<std::optional<customers::Case>, http::Problem> find_matter(CustomerBook const& book, centre::StartInteraction const& start, Profile const& profile,
                                                                        std::vector<KeptCase> const& active) {
  if (start.head.case_id.empty()) {
    if (active.size() != 1) return std::optional<customers::Case>{};
    return std::optional{active.front().value};
  }
  auto const named = book.matter(start.head.case_id);
  if (!named) return problem_of(named.error());
  if (!*named || customers::find_part(profile, (**named).value.customer) == nullptr) return unknown_case(start.head.case_id);
  return std::optional{(**named).value};
}

Attribute text(std::string group, std::string name, std::string value) { return {std::move(group), std::move(name), domain::Value::of_text(std::move(value))}; }

/// The fields together by group, as the format writes them; what the start gives itself stands.
std::vector<Attribute> joined(std::vector<Attribute> given, std::vector<Attribute> const& known) {
  for (Attribute const& field : known) {
    bool const said = std::ranges::any_of(given, [&](Attribute const& one) { return one.group == field.group && one.name == field.name; });
    if (!said) given.push_back(field);
  }
  std::ranges::stable_sort(given, {}, &Attribute::group);
  return given;
}

/// Case, attempt and all that is known and owed.
base::Result<std::monostate, http::Problem> tell(CustomerBook const& book, centre::StartInteraction& start, Profile const& profile, base::Instant now) {
  auto const owed = book.owed_promises(profile);
  auto const active = book.active_cases(profile);
  if (!owed || !active) return problem_of(!owed ? owed.error() : active.error());
  auto const matter = find_matter(book, start, profile, *active);
  if (!matter) return matter.error();
  std::vector<customers::Promise> promises;
  for (KeptPromise const& one : *owed) promises.push_back(one.value);
  std::vector<Attribute> known = customers::context_fields(profile, promises, now);
  std::erase_if(known, [](Attribute const& field) { return field.group.empty() && field.name == "brand"; });
  known.push_back(text({}, "brand", start.head.brand));
  if (*matter) {
    customers::Case const& one = **matter;
    start.head.case_id = one.id;
    known.push_back(text({}, "case", one.id));
    known.push_back({{}, "attempt", domain::Value::of_thousandths(static_cast<std::int64_t>(customers::attempt(one, start.head.id)) * 1'000)});
  }
  for (KeptCase const& one : *active) known.push_back(text("cases", one.value.id, one.value.title));
  start.context = joined(std::move(start.context), known);
  return std::monostate{};
}

}  // namespace

bool names_customer(centre::StartInteraction const& start) {
  domain::ParticipantIndex const place = start.head.first_of(domain::Role::customer);
  bool const identified = place != domain::nobody && !start.head.participants[place].identifiers.empty();
  return !start.customer.empty() || identified || !start.head.case_id.empty();
}

base::Result<std::string, http::Problem> recognise(CustomerBook const& book, std::string const& brand, std::string const& id, domain::Participant const& told, base::Instant now) {
  centre::StartInteraction start;
  start.head.brand = brand;
  domain::Participant came = told;
  came.identifiers = {{std::string{own_id}, id, true}};
  auto visitor = meet(book, start, came, now);
  if (!visitor) return visitor.error();
  if (!visitor->known) return invalid("an id without letters and digits");
  std::vector<Identifier> more;
  for (Identifier const& identifier : told.identifiers) {
    if (auto normal = customers::normalised(identifier, book.rules().region(brand))) more.push_back(std::move(*normal));
  }
  if (auto const problem = learn(book, {visitor->part, told.name, std::move(more), {}, {}}, {}, now)) return *problem;
  return visitor->part;
}

base::Result<Beside, http::Problem> receive(CustomerBook const& book, centre::StartInteraction& start, base::Instant now) {
  if (start.head.id.empty()) start.head.id = people::make_id(now);  // facts name where they come from
  domain::Participant& came = customer_in(start.head);
  domain::Participant const given = came;
  if (start.customer.empty() && given.identifiers.empty()) {  // the case says whose it is
    auto const matter = book.matter(start.head.case_id);
    if (!matter) return problem_of(matter.error());
    if (!*matter) return unknown_case(start.head.case_id);
    start.customer = (**matter).value.customer;
  }
  auto visitor = meet(book, start, given, now);
  if (!visitor) return visitor.error();
  start.customer = visitor->part;
  if (!visitor->known) {  // a stranger: nothing to know them again by
    if (!start.head.case_id.empty()) return unknown_case(start.head.case_id);
    return Beside{};
  }
  Profile const& profile = visitor->known->value;
  came.person = visitor->part;
  came.identifiers = std::move(visitor->shown);
  complete(came, profile);
  auto history = read_history(book, profile, start, now);
  if (!history) return history.error();
  if (start.head.history.empty()) start.head.history = std::move(*history);
  if (auto const told = tell(book, start, profile, now); !told) return told.error();
  auto const held = customers::lookups(profile);
  std::erase_if(visitor->identifiers, [&](Identifier const& one) { return std::ranges::find(held, customers::lookup_of(profile.brand, one)) != held.end(); });
  Lesson lesson{visitor->part, given.name, std::move(visitor->identifiers), facts_of(given.known, start.head.id, now), start.head.case_id};
  Beside beside;
  beside.afterwards = [&book, lesson = std::move(lesson), now](centre::Outcome const& done) { return learn(book, lesson, done.interaction, now); };
  return beside;
}

}  // namespace rapport::server::api
