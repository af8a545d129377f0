#include "server/api/playbook_versions.hpp"

#include <boost/json.hpp>
#include <utility>

#include "base/hash.hpp"
#include "people/json_body.hpp"
#include "server/api/document_body.hpp"

namespace rapport::server::api {
namespace json = boost::json;

std::vector<records::Change> changes_of(PlaybookVersion& version, std::vector<playbook::SourceFile> const& files) {
  std::vector<records::Change> changes;
  json::object paths;
  for (playbook::SourceFile const& file : files) {
    std::string hash = base::sha256_hex(file.text);
    records::PutDocument kept;
    kept.kind = playbook_file_kind;
    kept.id = hash;
    kept.body = json::serialize(json::object{{"text", file.text}});
    changes.emplace_back(std::move(kept));
    paths[file.path] = hash;
    version.files[file.path] = std::move(hash);
  }
  json::array presets;
  for (std::string const& preset : version.presets) presets.emplace_back(preset);
  json::object const body{{"name", version.name}, {"version", version.version}, {"hash", version.hash}, {"based_on", version.based_on}, {"note", version.note}, {"by", version.by}, {"at", base::format_rfc3339(version.at)}, {"presets", std::move(presets)}, {"files", std::move(paths)}};
  records::PutDocument document;
  document.kind = playbook_version_kind;
  document.id = version.id;
  document.brand = version.brand;
  document.body = json::serialize(body);
  document.expected = 0;
  changes.emplace_back(std::move(document));
  return changes;
}

std::optional<PlaybookVersion> playbook_version(records::Document const& document) {
  auto const body = body_of(document);
  if (!body) return std::nullopt;
  PlaybookVersion version;
  version.id = document.id;
  version.brand = document.brand;
  version.name = text_or(*body, "name", {});
  version.version = text_or(*body, "version", {});
  version.hash = text_or(*body, "hash", {});
  version.based_on = text_or(*body, "based_on", {});
  version.note = text_or(*body, "note", {});
  version.by = text_or(*body, "by", {});
  version.at = document.changed_at;
  version.presets = people::texts_of(*body, "presets");
  json::value const* const files = body->if_contains("files");
  if (files == nullptr || !files->is_object()) return std::nullopt;
  for (json::key_value_pair const& file : files->get_object()) {
    if (file.value().is_string()) version.files.emplace(file.key(), file.value().get_string().c_str());
  }
  return version;
}

records::Stored<std::vector<playbook::SourceFile>> files_of(records::Store& store, PlaybookVersion const& version) {
  std::vector<playbook::SourceFile> files;
  for (auto const& [path, hash] : version.files) {
    auto const document = store.document(playbook_file_kind, hash);
    if (!document) return document.error();
    auto const body = *document ? body_of(**document) : std::nullopt;
    if (!body) return records::StoreError::broken;
    files.push_back({path, text_or(*body, "text", {})});
  }
  return files;
}

}  // namespace rapport::server::api
