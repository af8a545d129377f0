#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "phone/switchboard.hpp"

/// Phones and trunks that log in (RFC 3261, sections 10.3 and 22.4).
namespace rapport::phone {
namespace {

std::uint32_t number_of(std::string_view digits, int base, std::uint32_t otherwise) {
  std::uint32_t number = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
  return error == std::errc{} && end == digits.data() + digits.size() && !digits.empty() ? number : otherwise;
}

/// What was proved is what is asked for (RFC 7616, section 3.4.6): the same user at the same host. A port or a
/// parameter may differ, for some name it in one of the two alone.
bool same_place(pl const& proved, uri const& asked) {
  uri read{};
  return uri_decode(&read, &proved) == 0 && pl_cmp(&read.user, &asked.user) == 0 && pl_casecmp(&read.host, &asked.host) == 0;
}

/// For how long the phone wants to be found, in milliseconds; 0: it logs out.
base::Millis wanted_span(sip_msg const& message, sip_addr const& contact) {
  constexpr std::uint32_t seconds_default = 3'600;
  pl value{};
  bool const own = msg_param_decode(&contact.params, "expires", &value) == 0;
  std::string_view const digits = own ? view(value) : view(message.expires);
  base::Millis const span = base::second * number_of(digits, 10, seconds_default);
  return std::min(span, limits::registration_ms_max);
}

}  // namespace

void Switchboard::registered(sip_msg const& message) {
  Address const source = address_of(message.src);
  base::Instant const now = options_.clock();
  // A trunk's name is its operator's choice; an agent of the same name has to yield.
  Account const* const of_trunk = trunks_.logins().account(view(message.to.uri.user));
  Account const* const account = of_trunk != nullptr ? of_trunk : registrations_.account(view(message.to.uri.user));
  if (account == nullptr) {
    counters_.failed_logins.add();
    trust_.failed(source, now);
    // Whoever is not known to us learns nothing, not even that we are there.
    if (trust_.trusts(source)) sip_treply(nullptr, stack_.get(), &message, 404, "Not Found");
    return;
  }
  if (prove(message, *account) != Proved::yes) return;
  counters_.logins.add();
  bind(message, *account, of_trunk != nullptr ? trunks_.logins() : registrations_);
  if (of_trunk != nullptr) trunks_.logins_changed(account->agent);
}

/// A call of an unknown source is a trunk's that logs in, if it says so and proves it. Nobody else gets an answer.
bool Switchboard::stops_stranger(sip_msg const& message) {
  bool const begins = view(message.met) == "INVITE" && message.to.tag.l == 0;
  Account const* account = begins ? trunks_.logins().account(view(message.from.uri.user)) : nullptr;
  if (sip_hdr const* const header = sip_msg_hdr(&message, SIP_HDR_AUTHORIZATION); begins && header != nullptr) {
    httpauth_digest_resp response{};
    bool const read = httpauth_digest_response_decode(&response, &header->val) == 0;
    account = read ? trunks_.logins().account(view(response.username)) : nullptr;
  }
  if (account == nullptr) {
    counters_.unknown.add();
    return true;
  }
  if (prove(message, *account) != Proved::yes) return true;
  trunks_.proved(account->agent, address_of(message.src));
  return false;
}

/// Whoever has not proved it is answered here.
Switchboard::Proved Switchboard::prove(sip_msg const& message, Account const& account) {
  Address const source = address_of(message.src);
  bool stale = false;
  bool const says_nothing = sip_msg_hdr(&message, SIP_HDR_AUTHORIZATION) == nullptr;
  if (!says_nothing && proves(message, account, stale)) {
    trust_.succeeded(source);
    return Proved::yes;
  }
  if (says_nothing || stale) {
    challenge(message, stale);
    return Proved::asked;
  }
  counters_.failed_logins.add();
  trust_.failed(source, options_.clock());
  sip_treply(nullptr, stack_.get(), &message, 403, "Forbidden");
  return Proved::no;
}

void Switchboard::challenge(sip_msg const& message, bool stale) {
  std::string const nonce = nonces_.make(address_of(message.src).host(), options_.clock());
  std::string const realm{digest_realm};
  sip_treplyf(nullptr, nullptr, stack_.get(), &message, false, 401, "Unauthorized",
              "WWW-Authenticate: Digest realm=\"%s\", nonce=\"%s\", qop=\"auth\", algorithm=MD5%s\r\nContent-Length: 0\r\n\r\n", realm.c_str(), nonce.c_str(),
              stale ? ", stale=true" : "");
}

bool Switchboard::proves(sip_msg const& message, Account const& account, bool& stale) {
  httpauth_digest_resp response{};
  sip_hdr const* const header = sip_msg_hdr(&message, SIP_HDR_AUTHORIZATION);
  if (httpauth_digest_response_decode(&response, &header->val) != 0) return false;
  if (view(response.username) != account.login || view(response.realm) != digest_realm || !same_place(response.uri, message.uri)) return false;
  std::array<std::uint8_t, MD5_SIZE> secret{};
  if (account.secret.size() != 2 * secret.size() || str_hex(secret.data(), static_cast<int>(secret.size()), account.secret.c_str()) != 0) return false;
  if (httpauth_digest_response_auth(&response, &message.met, secret.data()) != 0) return false;
  auto const found = nonces_.use(view(response.nonce), number_of(view(response.nc), 16, 0), address_of(message.src).host(), options_.clock());
  stale = found != Nonces::Found::good;  // whoever knows the password may ask again
  return found == Nonces::Found::good;
}

void Switchboard::bind(sip_msg const& message, Account const& account, Registrations& book) {
  Address const source = address_of(message.src);
  base::Instant const now = options_.clock();
  sip_hdr const* const header = sip_msg_hdr(&message, SIP_HDR_CONTACT);
  if (header == nullptr) return answer_registration(message, account.agent, book);  // it asks what is bound
  if (view(header->val) == "*") {
    book.remove(account.agent, std::nullopt);
    return answer_registration(message, account.agent, book);
  }
  sip_addr contact{};
  if (sip_addr_decode(&contact, &header->val) != 0) {
    sip_treply(nullptr, stack_.get(), &message, 400, "Bad Contact");
    return;
  }
  base::Millis const span = wanted_span(message, contact);
  if (span > 0 && span < limits::registration_ms_min) {
    sip_treplyf(nullptr, nullptr, stack_.get(), &message, false, 423, "Interval Too Brief", "Min-Expires: %d\r\nContent-Length: 0\r\n\r\n",
                static_cast<int>(limits::registration_ms_min / base::second));
    return;
  }
  if (span == 0) {
    book.remove(account.agent, source);
    return answer_registration(message, account.agent, book);
  }
  Transport const transport = message.tp == SIP_TRANSP_UDP ? Transport::udp : message.tp == SIP_TRANSP_TLS ? Transport::tls
                                                                                                           : Transport::tcp;
  if (!book.add(account.agent, {text(contact.uri.user), source, transport, now + span, of_browser(message)}, now)) {
    sip_treply(nullptr, stack_.get(), &message, 503, "Service Unavailable");
    return;
  }
  answer_registration(message, account.agent, book);
}

void Switchboard::answer_registration(sip_msg const& message, std::string const& agent, Registrations const& book) {
  base::Instant const now = options_.clock();
  std::string contacts;
  for (Binding const& binding : book.bindings(agent, now)) {
    contacts += fmt::format("Contact: <sip:{}@{}>;expires={}\r\n", binding.user, binding.source.text(), (binding.until - now) / base::second);
  }
  sip_treplyf(nullptr, nullptr, stack_.get(), &message, false, 200, "OK", "%sContent-Length: 0\r\n\r\n", contacts.c_str());
}

}  // namespace rapport::phone
