#include "records/check.hpp"

#include <algorithm>

#include "base/limits.hpp"

namespace rapport::records {
namespace {

/// Collects the first thing that is wrong.
class Checker {
 public:
  std::optional<StoreError> wrong() const { return wrong_; }

  void operator()(PutDocument const& change) {
    keys({&change.kind, &change.id, &change.brand, &change.person});
    bytes(change.body, limits::document_bytes_max);
    count(change.names.size(), limits::document_names_max);
    count(change.lookups.size(), limits::document_names_max);
    for (auto const* list : {&change.names, &change.lookups}) {
      for (std::string const& text : *list) bytes(text, limits::document_bytes_max);
    }
  }
  void operator()(RemoveDocument const& change) { keys({&change.kind, &change.id}); }
  void operator()(OpenInteraction const& change) {
    row(change.row);
    content(change.head);
  }
  void operator()(UpdateInteraction const& change) {
    row(change.row);
    content(change.head);
  }
  void operator()(AppendEvent const& change) {
    keys({&change.interaction, &change.person});
    content(change.event);
  }
  void operator()(CloseInteraction const& change) {
    row(change.row);
    content(change.block);
    bytes(change.words, limits::content_bytes_max);
    if (change.ledger) ledger(*change.ledger);
  }
  void operator()(AmendInteraction const& change) {
    keys({&change.interaction});
    content(change.event);
    bytes(change.words, limits::content_bytes_max);
  }
  void operator()(AddLedger const& change) {
    keys({&change.interaction});
    ledger(change.ledger);
  }
  void operator()(AppendFloor const& change) { bytes(change.event, limits::content_bytes_max); }
  void operator()(SaveFloor const& change) { bytes(change.snapshot, limits::content_bytes_max); }
  void operator()(AddCounters const& change) {
    keys({&change.key});
    count(change.values.size(), limits::page_max);
  }
  void operator()(AuditEntry const& change) {
    keys({&change.who, &change.action, &change.subject, &change.brand, &change.address});
    bytes(change.detail, limits::document_bytes_max);
    plain(change.detail);
  }
  void operator()(KeepAnswer const& change) {
    keys({&change.principal, &change.key, &change.request});
    bytes(change.body, limits::content_bytes_max);
  }
  void operator()(PutBlob const& change) {
    keys({&change.id, &change.interaction, &change.person, &change.media_type});
    bytes(change.name, limits::document_bytes_max);
    bytes(change.bytes, limits::blob_bytes_max);
  }

 private:
  void found(StoreError error) {
    if (!wrong_) wrong_ = error;
  }
  void plain(std::string_view text) {
    if (!is_plain_text(text)) found(StoreError::malformed);
  }
  void count(std::size_t number, std::size_t max) {
    if (number > max) found(StoreError::too_large);
  }
  void bytes(std::string_view text, std::size_t max) { count(text.size(), max); }
  void key(std::string_view text) {
    bytes(text, limits::key_bytes_max);
    plain(text);
  }
  void keys(std::initializer_list<std::string const*> texts) {
    for (std::string const* text : texts) key(*text);
  }
  void content(Content const& content) {
    bytes(content.skeleton, limits::content_bytes_max);
    bytes(content.personal, limits::content_bytes_max);
  }
  void row(InteractionRow const& row) {
    keys({&row.id, &row.brand, &row.queue, &row.customer, &row.case_id, &row.disposition, &row.outcome});
    count(row.agents.size(), limits::participants_max);
    count(row.missed.size(), limits::practices_max);
    for (std::string const& agent : row.agents) key(agent);
    for (std::string const& practice : row.missed) key(practice);
  }
  void ledger(LedgerRecord const& ledger) {
    keys({&ledger.engine, &ledger.playbook, &ledger.models});
    count(ledger.missed.size(), limits::practices_max);
    for (std::string const& practice : ledger.missed) key(practice);
    bytes(ledger.body, limits::content_bytes_max);
  }

  std::optional<StoreError> wrong_;
};

/// Bytes of the UTF-8 sequence at the front, 0 if there is none (RFC 3629, section 4).
std::size_t sequence(std::string_view text) {
  auto const byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
  unsigned const first = byte(0);
  if (first < 0x80) return 1;
  std::size_t const length = first >= 0xC2 && first <= 0xDF ? 2 : (first & 0xF0U) == 0xE0      ? 3
                                                              : first >= 0xF0 && first <= 0xF4 ? 4
                                                                                               : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t at = 1; at < length; ++at) {
    if ((byte(at) & 0xC0U) != 0x80) return 0;
  }
  unsigned const second = byte(1);
  bool const overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  bool const beyond = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || beyond ? 0 : length;
}

}  // namespace

bool is_plain_text(std::string_view text) {
  while (!text.empty()) {
    std::size_t const length = text.front() == '\0' ? 0 : sequence(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

Stored<Nothing> check(Batch const& batch) {
  if (batch.changes.size() > limits::batch_changes_max) return StoreError::too_large;
  Checker checker;
  for (Change const& change : batch.changes) std::visit(checker, change);
  if (checker.wrong()) return *checker.wrong();
  return Nothing{};
}

Stored<Nothing> check(Change const& change) {
  Checker checker;
  std::visit(checker, change);
  if (checker.wrong()) return *checker.wrong();
  return Nothing{};
}

std::string person_of(std::string_view customer, std::string_view interaction) {
  return customer.empty() ? "interaction:" + std::string{interaction} : std::string{customer};
}

}  // namespace rapport::records
