#include "server/attachments/kept.hpp"

#include <fmt/format.h>

#include <boost/json.hpp>

#include "base/hash.hpp"

namespace rapport::server::attachments {
namespace json = boost::json;

namespace {

constexpr std::size_t part_bytes = 512U << 10U;

std::string part_id(std::string const& id, std::size_t part) { return fmt::format("{}.{}", id, part); }

std::size_t parts_of(std::uint64_t bytes) { return static_cast<std::size_t>((bytes + part_bytes - 1) / part_bytes); }

records::Stored<records::Nothing> put(records::Store& store, records::PutBlob blob, base::Instant now) {
  return store.commit({{std::move(blob)}, now, false});
}

/// What stands in the blob of the attachment's id, written last: then all parts are there.
std::optional<Attachment> read_header(std::string const& id, records::Blob const& blob) {
  json::error_code failed;
  json::value const value = json::parse(blob.bytes, failed);
  if (failed || !value.is_object()) return std::nullopt;
  json::value const* const bytes = value.get_object().if_contains("bytes");
  json::value const* const sha256 = value.get_object().if_contains("sha256");
  if (bytes == nullptr || !bytes->is_int64() || sha256 == nullptr || !sha256->is_string()) return std::nullopt;
  return Attachment{id, blob.name, blob.media_type, static_cast<std::uint64_t>(bytes->get_int64()), std::string{sha256->get_string().data(), sha256->get_string().size()}};
}

}  // namespace

json::object shown(Attachment const& attachment) {
  return {{"id", attachment.id}, {"name", attachment.name}, {"media_type", attachment.media_type}, {"bytes", static_cast<std::int64_t>(attachment.bytes)}, {"sha256", attachment.sha256}};
}

std::string id_of(std::string_view interaction, std::string_view event, std::string_view sha256) {
  return base::sha256_hex(fmt::format("{}\n{}\n{}", interaction, event, sha256)).substr(0, 32);
}

records::Stored<records::Nothing> keep(records::Store& store, std::string const& interaction, std::string const& customer,
                                       Attachment const& attachment, std::string_view bytes, base::Instant now) {
  for (std::size_t part = 0; part < parts_of(bytes.size()); ++part) {
    std::string_view const piece = bytes.substr(part * part_bytes, part_bytes);
    auto const done = put(store, {part_id(attachment.id, part), interaction, customer, {}, attachment.media_type, std::string{piece}}, now);
    if (!done) return done;
  }
  std::string header = json::serialize(json::object{{"bytes", static_cast<std::int64_t>(bytes.size())}, {"sha256", attachment.sha256}});
  return put(store, {attachment.id, interaction, customer, attachment.name, attachment.media_type, std::move(header)}, now);
}

records::Stored<std::optional<Whole>> read(records::Store& store, std::string const& interaction, std::string const& id) {
  if (id.find('.') != std::string::npos) return std::optional<Whole>{};  // a part
  auto const found = store.blob(id);
  if (!found) return found.error();
  if (!*found || (**found).interaction != interaction || (**found).bytes.empty()) return std::optional<Whole>{};
  auto const attachment = read_header(id, **found);
  if (!attachment) return std::optional<Whole>{};
  Whole whole{*attachment, {}};
  whole.bytes.reserve(attachment->bytes);
  for (std::size_t part = 0; part < parts_of(attachment->bytes); ++part) {
    auto const piece = store.blob(part_id(id, part));
    if (!piece) return piece.error();
    if (!*piece || (**piece).bytes.empty()) return std::optional<Whole>{};  // erased meanwhile
    whole.bytes += (**piece).bytes;
  }
  if (base::sha256_hex(whole.bytes) != attachment->sha256) return records::StoreError::broken;
  return std::optional{std::move(whole)};
}

}  // namespace rapport::server::attachments
