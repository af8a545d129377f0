#include "report/page.hpp"

#include <fmt/format.h>

#include <charconv>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "base/hash.hpp"
#include "embedded/report_page.hpp"

namespace rapport::report {
namespace {

/// All files of the page with that ending, in order of their paths.
std::string joined(std::string_view ending) {
  std::string all;
  for (base::EmbeddedFile const& file : embedded::report_page) {
    if (file.path.ends_with(ending)) all += file.bytes;
  }
  return all;
}

std::string page_html() {
  for (base::EmbeddedFile const& file : embedded::report_page) {
    if (file.path == "page.html") return std::string(file.bytes);
  }
  RAPPORT_ASSERT(false);
  return {};
}

/// SHA-256 in base64, as a content security policy names what it allows.
std::string policy_hash(std::string_view content) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string const hex = base::sha256_hex(content);
  std::string bytes;
  for (std::size_t at = 0; at < hex.size(); at += 2) {
    unsigned value = 0;
    std::from_chars(hex.data() + at, hex.data() + at + 2, value, 16);
    bytes += static_cast<char>(value);
  }
  std::string text = "sha256-";
  for (std::size_t at = 0; at < bytes.size(); at += 3) {
    auto const byte = [&](std::size_t place) { return place < bytes.size() ? static_cast<unsigned char>(bytes[place]) : 0U; };
    std::uint32_t const group = byte(at) << 16U | byte(at + 1) << 8U | byte(at + 2);
    for (std::size_t digit = 0; digit < 4; ++digit) {
      text += at + digit > bytes.size() ? '=' : digits[group >> (18 - 6 * digit) & 63U];
    }
  }
  return text;
}

void replace(std::string& page, std::string_view mark, std::string_view by) {
  std::size_t const at = page.find(mark);
  RAPPORT_ASSERT(at != std::string::npos);
  page.replace(at, mark.size(), by);
}

}  // namespace

Page make_page() {
  std::string const style = joined(".css");
  std::string const script = "\"use strict\";\n(() => {\n" + joined(".js") + "})();\n";
  RAPPORT_ASSERT(script.find("</") == std::string::npos);
  std::string html = page_html();
  replace(html, "<!--policy-->",
          fmt::format("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src '{}'; script-src '{}'; "
                      "base-uri 'none'; form-action 'none'\">",
                      policy_hash(style), policy_hash(script)));
  replace(html, "<!--style-->", "<style>" + style + "</style>");
  replace(html, "<!--script-->", "<script>" + script + "</script>");
  constexpr std::string_view data = "<!--data-->";
  std::size_t const at = html.find(data);
  RAPPORT_ASSERT(at != std::string::npos);
  return {html.substr(0, at), html.substr(at + data.size())};
}

}  // namespace rapport::report
