#pragma once

#include <optional>
#include <string>
#include <string_view>

/// Decoding of contents that stand inside other documents.
namespace rapport::timeline::formats {

/// Base64 or base64url (RFC 4648), padding optional, white space ignored; nothing where it is none.
std::optional<std::string> decode_base64(std::string_view text);

/// The text, with U+FFFD for every byte that is no UTF-8.
std::string valid_utf8(std::string_view text);

/// The words of an HTML text: tags dropped, a line's end for every block, the usual entities.
std::string text_of_html(std::string_view html);

/// A written answer without what it quotes: lines that begin with ">", the line or two before them
/// in which a mail program says who wrote it and when ("On 19 April 2024 Pat wrote:"), and everything
/// from "-----Original Message-----" on, unless nothing stands above. The whole text where nothing
/// else would be left. Takes time in proportion to the text.
std::string without_mail_quotes(std::string_view text);

/// The words of an e-mail (RFC 5322) or of multipart content: its first text/plain part, without
/// headers and quoted lines ("> …"); of a text/html part where there is no plain one.
std::string text_of_mail(std::string_view content);

}  // namespace rapport::timeline::formats
