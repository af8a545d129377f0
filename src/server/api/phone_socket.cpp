#include "server/api/phone_socket.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <utility>

#include "base/limits.hpp"
#include "server/api/problems.hpp"
#include "server/http/security_headers.hpp"
#include "server/http/text.hpp"

namespace rapport::server::api {
namespace json = boost::json;

namespace {

constexpr std::string_view sip_protocol = "sip";

bool is_page_id(std::string_view id) {
  constexpr std::size_t shortest = 16;  // nobody meets another's by chance
  auto const plain = [](char letter) { return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') || letter == '-'; };
  return id.size() >= shortest && id.size() <= limits::name_bytes_max && std::ranges::all_of(id, plain);
}

void accept(PagePhones const& phones, http::Upgrade upgrade, people::Authenticated const& who, std::string page) {
  people::Principal const& principal = who.principal;
  if (principal.agent.empty() || !people::may(principal, people::Permission::contacts_handle)) return upgrade.refuse(forbidden("needs contacts.handle, of somebody who takes contacts"));
  if (!phones.available()) return upgrade.refuse(not_found());
  upgrade.accept(phones.listener({principal.agent, people::who(principal), who.bearer.id, std::move(page)}), std::string{sip_protocol});
}

}  // namespace

void add_phone_socket(Gate& gate, PagePhones phones) {
  gate.answer(http::Method::get, "/api/v1/me/phone", {{people::Permission::contacts_handle}}, [phones](Asked const& asked) {
    bool const usable = phones.available() && !asked.principal().agent.empty();
    return http::Response::json(json::serialize(json::object{{"available", usable}}));
  });
  gate.router().add_upgrade("/api/v1/me/phone/socket", [&gate, phones](http::Request&& request, http::Upgrade upgrade) {
    if (!http::same_origin(request)) return upgrade.refuse(forbidden("Origin: another site's page"));
    if (!http::lists_token(request.header("sec-websocket-protocol").value_or(""), sip_protocol)) return upgrade.refuse(malformed("Sec-WebSocket-Protocol: expected sip"));
    std::string page{request.query.find("page").value_or("")};
    if (!is_page_id(page)) return upgrade.refuse(malformed("page: expected an id of 16 letters, digits and \"-\" at least"));
    if (auto const who = gate.known(request)) return accept(phones, std::move(upgrade), *who, std::move(page));
    auto const waiting = std::make_shared<http::Upgrade>(std::move(upgrade));
    bool const taken = gate.services().readers.submit([&gate, phones, waiting, page = std::move(page), request = std::move(request)] {
      auto const who = gate.authenticate(request);
      if (!who) return waiting->refuse(who.error());
      accept(phones, std::move(*waiting), **who, page);
    });
    if (!taken) waiting->refuse(http::WorkerPool::busy());
  });
}

}  // namespace rapport::server::api
