#include "recordings/shelf.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>
#include <system_error>
#include <utility>

#include "base/limits.hpp"
#include "records/check.hpp"

namespace rapport::recordings {
namespace json = boost::json;

namespace {

std::string digits_of(std::vector<std::uint8_t> const& bytes) {
  std::string digits;
  digits.reserve(2 * bytes.size());
  for (std::uint8_t const byte : bytes) fmt::format_to(std::back_inserter(digits), "{:02x}", byte);
  return digits;
}

std::vector<std::uint8_t> bytes_of(std::string_view digits) {
  auto const value = [](char digit) { return static_cast<std::uint8_t>(digit <= '9' ? digit - '0' : digit - 'a' + 10); };
  std::vector<std::uint8_t> bytes(digits.size() / 2);
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(value(digits[2 * i]) << 4U | value(digits[2 * i + 1]));
  return bytes;
}

std::string body_of(Recording const& recording) {
  json::object body{{"key", hex(recording.key)}, {"started_at", recording.started_at.since_epoch}};
  if (recording.encoded) {
    body["sha256"] = recording.sha256;
    body["bytes"] = recording.bytes;
    body["frames"] = recording.frames;
    body["frames_each"] = recording.peaks.frames_each;
    body["customer"] = digits_of(recording.peaks.customer);
    body["agents"] = digits_of(recording.peaks.agents);
  }
  return json::serialize(body);
}

/// Nothing: the body is empty, for its person was erased.
std::optional<Recording> recording_of(records::Document const& document) {
  if (document.body.empty()) return std::nullopt;
  json::object const body = json::parse(document.body).as_object();  // nobody writes them but `body_of`
  auto const key = key_of(std::string{body.at("key").as_string()});
  if (!key) return std::nullopt;
  Recording recording{document.id, *key, base::Instant{body.at("started_at").as_int64()}};
  recording.encoded = body.contains("sha256");
  if (!recording.encoded) return recording;
  recording.sha256 = body.at("sha256").as_string();
  recording.bytes = body.at("bytes").to_number<std::uint64_t>();
  recording.frames = body.at("frames").to_number<std::uint64_t>();
  recording.peaks.frames_each = body.at("frames_each").to_number<std::size_t>();
  recording.peaks.customer = bytes_of(std::string_view{body.at("customer").as_string()});
  recording.peaks.agents = bytes_of(std::string_view{body.at("agents").as_string()});
  return recording;
}

/// Ids of the phone's own are UUIDs of version 7, which begin with the moment: whatever is not before this
/// text began at or after it.
std::string id_at(base::Instant at) {
  std::string const digits = fmt::format("{:012x}", static_cast<std::uint64_t>(std::max<std::int64_t>(at.since_epoch, 0)));
  return digits.substr(0, 8) + "-" + digits.substr(8);
}

}  // namespace

std::string interaction_of(std::string_view name) { return std::string{name.substr(0, name.find('.'))}; }

std::string name_of(std::string const& interaction, std::size_t part) { return part <= 1 ? interaction : fmt::format("{}.{}", interaction, part); }

/// Names come from ids that the phone made; anything else leads to no file.
std::filesystem::path Shelf::path(std::string_view name, std::string_view extension) const {
  auto const plain = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.'; };
  bool const safe = !name.empty() && name.front() != '.' && std::ranges::all_of(name, plain);
  return folder_ / fmt::format("{}{}", safe ? name : "no-such-recording", extension);
}

records::Batch Shelf::batch_of(Recording const& recording) {
  std::string const interaction = interaction_of(recording.name);
  records::PutDocument put{std::string{recording_kind}, recording.name, {}, records::person_of({}, interaction), body_of(recording), std::nullopt, {}, {}};
  // Where the interaction cannot be looked up now, it is when the recording is encoded.
  if (auto const row = store_.row(interaction); row && *row) {
    put.brand = (*row)->brand;
    put.person = records::person_of((*row)->customer, interaction);
  }
  return {{std::move(put)}, clock_(), false};
}

std::optional<Recording> Shelf::begin(std::string const& interaction) {
  for (std::size_t part = 1; part <= parts_max; ++part) {
    std::string const name = name_of(interaction, part);
    std::error_code failure;
    bool const taken = std::filesystem::exists(raw_path(name), failure) || std::filesystem::exists(encoded_path(name), failure);
    if (taken) continue;
    Recording const recording{name, random_key(), clock_()};
    records::Batch batch = batch_of(recording);
    batch.must_last = true;  // the sound is written from now on
    return store_.submit(std::move(batch), [](records::Stored<records::Nothing>) {}) ? std::optional{recording} : std::nullopt;
  }
  return std::nullopt;
}

records::Stored<std::optional<Recording>> Shelf::find(std::string_view name) {
  auto const found = store_.document(recording_kind, name);
  if (!found) return found.error();
  return *found ? recording_of(**found) : std::optional<Recording>{};
}

records::Stored<records::Nothing> Shelf::put(Recording const& recording) { return store_.commit(batch_of(recording)); }

records::Stored<records::Nothing> Shelf::remove(std::string const& name) {
  std::error_code failure;
  std::filesystem::remove(raw_path(name), failure);
  std::filesystem::remove(encoded_path(name), failure);
  auto removed = store_.commit({{records::RemoveDocument{std::string{recording_kind}, name, std::nullopt}}, clock_(), false});
  if (!removed && removed.error() == records::StoreError::not_found) return records::Nothing{};
  return removed;
}

records::Stored<std::size_t> Shelf::sweep(std::string_view brand, base::Instant before) {
  std::size_t removed = 0;
  std::string const end = id_at(before);
  std::string after;
  for (bool more = true; more;) {
    auto const page = store_.documents(recording_kind, brand, after, limits::page_max);
    if (!page) return page.error();
    for (records::Document const& document : page->documents) {
      if (document.id >= end) return removed;
      auto const row = store_.row(interaction_of(document.id));
      if (!row) return row.error();
      if (!*row && remove(document.id)) ++removed;
    }
    more = page->more;
    if (more) after = page->documents.back().id;
  }
  return removed;
}

base::Result<std::string> Shelf::read(Recording const& recording, std::uint64_t first, std::uint64_t count) const {
  auto reader = SealedReader::open(encoded_path(recording.name), recording.key);
  if (!reader) return reader.error();
  std::string bytes;
  bytes.reserve(count);
  std::uint64_t at = 0;  // of the next chunk
  while (bytes.size() < count) {
    auto chunk = reader->next();
    if (!chunk) return chunk.error();
    if (!*chunk) return base::Error{"the recording is shorter than the store says"};
    std::uint64_t const size = (*chunk)->size();
    std::uint64_t const from = first > at ? std::min(first - at, size) : 0;
    std::uint64_t const take = std::min(size - from, count - bytes.size());
    bytes.append(reinterpret_cast<char const*>((*chunk)->data()) + from, take);
    at += size;
  }
  return bytes;
}

std::vector<std::string> Shelf::raw_names() const {
  std::vector<std::string> names;
  std::error_code failure;
  for (auto const& entry : std::filesystem::directory_iterator{folder_, failure}) {
    if (entry.path().extension() == ".raw") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace rapport::recordings
