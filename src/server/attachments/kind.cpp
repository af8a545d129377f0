#include "server/attachments/kind.hpp"

#include <algorithm>
#include <array>

#include "records/check.hpp"

namespace rapport::server::attachments {
namespace {

using std::string_view_literals::operator""sv;

constexpr Kind plain_text{"text/plain; charset=utf-8", ".txt"};
constexpr std::size_t markup_looked_at = 4U << 10U;  ///< browsers look for markup in less

struct Signature {
  std::size_t at;
  std::string_view bytes;
};

/// A kind that is known by signatures at fixed places; the second may be empty.
struct Signed {
  Signature first;
  Signature second;
  Kind kind;
};

constexpr std::array signed_kinds{
    Signed{{0, "\x89PNG\r\n\x1a\n"sv}, {12, "IHDR"sv}, {"image/png", ".png"}},
    Signed{{0, "\xff\xd8\xff"sv}, {}, {"image/jpeg", ".jpg"}},
    Signed{{0, "GIF87a"sv}, {}, {"image/gif", ".gif"}},
    Signed{{0, "GIF89a"sv}, {}, {"image/gif", ".gif"}},
    Signed{{0, "RIFF"sv}, {8, "WEBPVP8"sv}, {"image/webp", ".webp"}},
    Signed{{0, "RIFF"sv}, {8, "WAVEfmt "sv}, {"audio/wav", ".wav"}},
    Signed{{0, "%PDF-1."sv}, {}, {"application/pdf", ".pdf"}},
    Signed{{0, "%PDF-2."sv}, {}, {"application/pdf", ".pdf"}},
    Signed{{0, "ID3"sv}, {}, {"audio/mpeg", ".mp3"}},
    Signed{{0, "\xff\xfb"sv}, {}, {"audio/mpeg", ".mp3"}},
    Signed{{0, "OggS\0"sv}, {}, {"audio/ogg", ".ogg"}},
    Signed{{4, "ftypisom"sv}, {}, {"video/mp4", ".mp4"}},
    Signed{{4, "ftypmp4"sv}, {}, {"video/mp4", ".mp4"}},
    Signed{{4, "ftypM4A "sv}, {}, {"audio/mp4", ".m4a"}},
};

/// Documents of Office Open XML (ECMA-376) are ZIP archives with one of these parts.
struct Document {
  std::string_view part;
  Kind kind;
};
constexpr std::array documents{
    Document{"word/document.xml", {"application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"}},
    Document{"xl/workbook.xml", {"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"}},
    Document{"ppt/presentation.xml", {"application/vnd.openxmlformats-officedocument.presentationml.presentation", ".pptx"}},
};

bool has(std::string_view bytes, Signature const& signature) {
  return bytes.size() >= signature.at + signature.bytes.size() && bytes.substr(signature.at, signature.bytes.size()) == signature.bytes;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Names of an archive's parts stand in it as they are.
std::optional<Kind> document_of(std::string_view bytes) {
  auto const holds = [bytes](std::string_view name) { return bytes.find(name) != std::string_view::npos; };
  if (!bytes.starts_with("PK\x03\x04"sv) || !holds("[Content_Types].xml") || holds("vbaProject.bin")) return std::nullopt;
  auto const found = std::ranges::find_if(documents, [&](Document const& one) { return holds(one.part); });
  if (found == documents.end()) return std::nullopt;
  return found->kind;
}

/// Whether something may take it for HTML, SVG or XML: "<" and a letter, "!", "/" or "?".
bool looks_like_markup(std::string_view text) {
  std::string_view const begin = text.substr(0, markup_looked_at);
  for (std::size_t at = begin.find('<'); at != std::string_view::npos && at + 1 < begin.size(); at = begin.find('<', at + 1)) {
    char const next = lower(begin[at + 1]);
    if ((next >= 'a' && next <= 'z') || next == '!' || next == '/' || next == '?') return true;
  }
  return false;
}

bool is_control(char c) {
  auto const byte = static_cast<unsigned char>(c);
  return (byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || byte == 0x7F;
}

bool is_readable_text(std::string_view bytes) {
  return !bytes.empty() && records::is_plain_text(bytes) && std::ranges::none_of(bytes, is_control) && !bytes.starts_with("#!") && !looks_like_markup(bytes);
}

}  // namespace

std::optional<Kind> kind_of(std::string_view bytes) {
  for (Signed const& one : signed_kinds) {
    if (has(bytes, one.first) && has(bytes, one.second)) return one.kind;
  }
  if (auto const document = document_of(bytes)) return document;
  if (is_readable_text(bytes)) return plain_text;
  return std::nullopt;
}

}  // namespace rapport::server::attachments
