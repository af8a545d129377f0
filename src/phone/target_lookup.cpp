#include "phone/target_lookup.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <tuple>
#include <utility>

#include "base/phone_limits.hpp"

namespace rapport::phone {
namespace {

std::uint16_t usual_port(Transport transport) { return transport == Transport::tls ? 5'061 : 5'060; }

/// Whether it is an address; IPv6 in brackets.
std::optional<Address> written_address(std::string const& host, std::uint16_t port) {
  bool const bracketed = host.starts_with('[') && host.ends_with(']');
  return Address::parse(bracketed ? std::string_view{host}.substr(1, host.size() - 2) : std::string_view{host}, port);
}

std::string service_name(Transport transport, std::string const& host) {
  std::string_view const prefix = transport == Transport::udp ? "_sip._udp." : transport == Transport::tcp ? "_sip._tcp."
                                                                                                           : "_sips._tcp.";
  return std::string{prefix} + host;
}

/// RFC 3263, section 4.1: what a NAPTR record offers.
std::optional<Transport> offered_transport(std::string_view service) {
  if (service == "SIP+D2U") return Transport::udp;
  if (service == "SIP+D2T") return Transport::tcp;
  if (service == "SIPS+D2T") return Transport::tls;
  return std::nullopt;
}

/// What this machine's own file says of a name: a few lines, read where the system's resolver would, too.
std::vector<Address> in_hosts_file(std::string const& name, std::uint16_t port) {
  std::vector<Address> found;
  std::ifstream file{"/etc/hosts"};
  for (std::string line; std::getline(file, line);) {
    std::istringstream words{line.substr(0, line.find('#'))};
    std::string address;
    words >> address;
    for (std::string word; words >> word;) {
      auto const read = word == name ? Address::parse(address, port) : std::nullopt;
      if (read) found.push_back(*read);
    }
  }
  return found;
}

/// Whether the server knows: the records, or that there are none of that name or type.
bool knows(dnshdr const& header) {
  bool const unheard_of = header.rcode == DNS_RCODE_FMT_ERR || header.rcode == DNS_RCODE_NOT_IMPL;  // a type such as NAPTR
  return header.rcode == DNS_RCODE_OK || header.rcode == DNS_RCODE_NAME_ERR || unheard_of;
}

char const* text_of(char const* text) { return text == nullptr ? "" : text; }

}  // namespace

struct TargetLookup::Question {
  TargetLookup* lookup;
  std::function<void(list const*)> then;
  dns_query* query = nullptr;  ///< libre's; it makes it null when it is over
};

TargetLookup::TargetLookup(dnsc* asks, Wish wish, Speaks speaks) : asks_(asks), wish_(std::move(wish)), speaks_(std::move(speaks)) {}

TargetLookup::~TargetLookup() { stop(); }

void TargetLookup::stop() {
  for (auto const& question : questions_) mem_deref(std::exchange(question->query, nullptr));
  questions_.clear();
  found_ = nullptr;
}

void TargetLookup::start(std::function<void(Found)> found) {
  stop();
  found_ = std::move(found);
  result_ = Found{{}, limits::trunk_name_ms_max};
  Transport const transport = wish_.transport.value_or(Transport::udp);
  std::uint16_t const port = wish_.port == 0 ? usual_port(transport) : wish_.port;
  if (auto const address = written_address(wish_.host, port)) {
    result_.targets.push_back({*address, transport});
  } else if (wish_.port != 0) {
    ask_addresses(transport, {wish_.host, wish_.port});
  } else if (wish_.transport) {
    ask_service(transport);
  } else {
    ask(wish_.host, DNS_TYPE_NAPTR, [this](list const* answers) { services(answers); });
  }
  finish_if_done();
}

void TargetLookup::ask(std::string const& name, std::uint16_t type, std::function<void(list const*)> then) {
  auto question = std::make_unique<Question>(Question{this, std::move(then)});
  Question* const raw = question.get();
  questions_.push_back(std::move(question));
  if (asks_ != nullptr && dnsc_query(&raw->query, asks_, name.c_str(), type, DNS_CLASS_IN, true, on_answer, raw) == 0) return;
  auto const unsaid = std::move(raw->then);
  questions_.pop_back();
  if (asks_ != nullptr) result_.in_part = true;
  unsaid(nullptr);
}

void TargetLookup::on_answer(int error, dnshdr const* header, list* answers, list*, list*, void* question) {
  auto* const raw = static_cast<Question*>(question);
  TargetLookup& lookup = *raw->lookup;
  auto const then = std::move(raw->then);
  raw->query = nullptr;
  std::erase_if(lookup.questions_, [raw](auto const& one) { return one.get() == raw; });
  if (error != 0 || header == nullptr || !knows(*header)) lookup.result_.in_part = true;
  bool const said = error == 0 && header != nullptr && header->rcode == DNS_RCODE_OK;
  then(said ? answers : nullptr);
  lookup.finish_if_done();
}

/// Those of a type; what was found is good for no longer than they are.
std::vector<dnsrr const*> TargetLookup::records(list const* answers, std::uint16_t type) {
  std::vector<dnsrr const*> found;
  for (le const* at = answers == nullptr ? nullptr : list_head(answers); at != nullptr; at = at->next) {
    auto const* const record = static_cast<dnsrr const*>(at->data);
    if (record->dnsclass != DNS_CLASS_IN) continue;
    result_.good_for = std::min(result_.good_for, base::Millis{record->ttl} * base::second);
    if (record->type == type && found.size() < limits::trunk_targets_max) found.push_back(record);
  }
  return found;
}

/// The first service that we speak; without any the transports are tried by turns.
void TargetLookup::services(list const* answers) {
  auto found = records(answers, DNS_TYPE_NAPTR);
  std::ranges::sort(found, {}, [](dnsrr const* one) { return std::tuple{one->rdata.naptr.order, one->rdata.naptr.pref}; });
  for (dnsrr const* const one : found) {
    std::string_view const flags = text_of(one->rdata.naptr.flags);
    auto const transport = offered_transport(text_of(one->rdata.naptr.services));
    bool const usable = (flags == "s" || flags == "S") && transport && (speaks_(*transport, AF_INET) || speaks_(*transport, AF_INET6));
    if (!usable) continue;
    return ask(text_of(one->rdata.naptr.replace), DNS_TYPE_SRV, [this, by = *transport](list const* list) { hosts(by, true, list); });
  }
  ask_service(Transport::udp);
}

void TargetLookup::ask_service(Transport transport) {
  ask(service_name(transport, wish_.host), DNS_TYPE_SRV, [this, transport](list const* answers) { hosts(transport, wish_.transport.has_value(), answers); });
}

/// `named`: the configuration or NAPTR says that it is this transport; no other is tried then.
void TargetLookup::hosts(Transport transport, bool named, list const* answers) {
  auto const found = records(answers, DNS_TYPE_SRV);
  std::vector<Host> all;
  for (dnsrr const* const one : found) {
    auto const& service = one->rdata.srv;
    std::string const name = text_of(service.target);
    if (!name.empty() && name != ".") all.push_back({name, service.port, service.pri, service.weight});
  }
  bool const refused = !found.empty() && all.empty();  // "." says that there is no such service
  if (refused) return;
  if (all.empty() && !named && transport == Transport::udp && (speaks_(Transport::tcp, AF_INET) || speaks_(Transport::tcp, AF_INET6))) return ask_service(Transport::tcp);
  Transport const without = named ? transport : Transport::udp;
  if (all.empty()) return ask_addresses(without, {wish_.host, usual_port(without)});
  for (Host const& host : all) ask_addresses(transport, host);
}

void TargetLookup::ask_addresses(Transport transport, Host const& host) {
  auto const known = in_hosts_file(host.name, host.port);
  for (Address const& address : known) add(transport, host, address);
  if (!known.empty()) return;
  if (speaks_(transport, AF_INET)) {
    ask(host.name, DNS_TYPE_A, [this, transport, host](list const* answers) {
      for (dnsrr const* const one : records(answers, DNS_TYPE_A)) {
        sa address{};
        sa_set_in(&address, one->rdata.a.addr, host.port);
        add(transport, host, address_of(address));
      }
    });
  }
  if (!speaks_(transport, AF_INET6)) return;
  ask(host.name, DNS_TYPE_AAAA, [this, transport, host](list const* answers) {
    for (dnsrr const* const one : records(answers, DNS_TYPE_AAAA)) {
      sa address{};
      sa_set_in6(&address, one->rdata.aaaa.addr, host.port);
      add(transport, host, address_of(address));
    }
  });
}

void TargetLookup::add(Transport transport, Host const& host, Address const& address) {
  Target const target{address, transport, host.priority, host.weight};
  bool const room = result_.targets.size() < limits::trunk_targets_max;
  bool const known = std::ranges::any_of(result_.targets, [&](Target const& one) { return one.address == address && one.transport == transport; });
  if (room && !known && speaks_(transport, address.family())) result_.targets.push_back(target);
}

void TargetLookup::finish_if_done() {
  if (!questions_.empty() || !found_) return;
  result_.good_for = result_.targets.empty() || result_.in_part ? limits::trunk_name_ms_min : std::max(result_.good_for, limits::trunk_name_ms_min);
  std::exchange(found_, nullptr)(std::move(result_));
}

}  // namespace rapport::phone
