#include "people/sessions.hpp"

#include <algorithm>

#include "base/limits.hpp"
#include "people/secret.hpp"
#include "records/check.hpp"

namespace rapport::people {

namespace {

/// What a client says of itself, as far as it can be shown.
std::string shown(std::string_view client) {
  std::size_t length = std::min(client.size(), limits::person_name_bytes_max);
  auto const continues = [&](std::size_t at) { return (static_cast<unsigned char>(client[at]) & 0xc0U) == 0x80U; };
  while (length > 0 && length < client.size() && continues(length)) --length;
  std::string const text{client.substr(0, length)};
  return records::is_plain_text(text) ? text : std::string{};
}

}  // namespace

Sessions::Sessions(records::Store& store, SessionLimits limits)
    : Bearers(store, {.kind = session_kind,
                      .removed_as = "session.end",
                      .idle_max = limits.idle,
                      .write_every = std::min(base::minute, limits.idle / 4),  // what an open feed keeps is written between two looks at it
                      .per_user_max = limits::sessions_per_user_max,
                      .of_one_epoch = true}),
      store_(store),
      absolute_(limits.absolute) {}

Outcome<NewSession> Sessions::begin(User const& user, std::string_view client, std::string_view address,
                                    std::vector<records::Change> with, base::Instant now) {
  auto const running = list(user.id, now);
  if (!running) return running.error();
  records::Batch batch{.changes = std::move(with), .at = now};
  NewSession session{.secret = random_secret(), .csrf = {}, .principal = principal_of(user), .expires_at = now + absolute_};
  session.csrf = csrf_token(session.secret);
  Bearer const bearer{.id = id_of(session.secret),
                      .user = user.id,
                      .label = shown(client),
                      .address = std::string{address},
                      .epoch = user.epoch,
                      .created_at = now,
                      .expires_at = session.expires_at,
                      .last_used = now};
  batch.changes.emplace_back(to_document(bearer, 0));
  auto const committed = store_.commit(std::move(batch));
  if (!committed) return failure_of(committed.error());
  for (std::size_t i = 0; i + rules().per_user_max <= running->size(); ++i) remove((*running)[i].id, now);
  return session;
}

std::string csrf_token(std::string_view session_secret) { return base64url(hmac_sha256(session_secret, "csrf")); }

bool csrf_token_fits(std::string_view session_secret, std::string_view presented) {
  return equal_in_constant_time(csrf_token(session_secret), presented);
}

}  // namespace rapport::people
