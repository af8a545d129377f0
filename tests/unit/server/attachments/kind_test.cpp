#include "server/attachments/kind.hpp"

#include <gtest/gtest.h>

#include <string>

namespace rapport::server::attachments {
namespace {

using namespace std::string_literals;

std::string type_of(std::string const& bytes) {
  auto const kind = kind_of(bytes);
  return kind ? std::string{kind->media_type} : "none";
}

TEST(AttachmentKind, IsKnownByContent) {
  EXPECT_EQ(type_of("\x89PNG\r\n\x1a\n\0\0\0\rIHDR..."s), "image/png");
  EXPECT_EQ(type_of("\xff\xd8\xff\xe0.."s), "image/jpeg");
  EXPECT_EQ(type_of("GIF89a..."), "image/gif");
  EXPECT_EQ(type_of("RIFF\1\0\0\0WEBPVP8 "s), "image/webp");
  EXPECT_EQ(type_of("RIFF\1\0\0\0WAVEfmt "s), "audio/wav");
  EXPECT_EQ(type_of("%PDF-1.7\n..."), "application/pdf");
  EXPECT_EQ(type_of("OggS\0\2"s), "audio/ogg");
  EXPECT_EQ(type_of("\0\0\0\x18"s + "ftypisom"), "video/mp4");
  EXPECT_EQ(type_of("Meter: 4711\r\nGr\xc3\xbc\xc3\x9f"
                    "e"),
            "text/plain; charset=utf-8");
  EXPECT_EQ(type_of("a < b, 3<4, <> and <<"), "text/plain; charset=utf-8");
}

TEST(AttachmentKind, MarkupProgramsAndArchivesAreNone) {
  for (std::string const& bytes : {""s, "<html><script>alert(1)</script>"s, "<!DOCTYPE html>"s, "  \n<svg onload=alert(1)>"s, "<?xml version=\"1.0\"?><svg/>"s,
                                   "\xef\xbb\xbf<HTML>"s, "text before <IMG src=x onerror=alert(1)>"s, "</script>"s, "MZ\x90\0\3"s,
                                   "\x7f"
                                   "ELF\2\1\1\0"s,
                                   "#!/bin/sh\nrm -rf ~\n"s, "PK\3\4 any archive"s, "Rar!\x1a\7"s, "\x1f\x8b\x08"s, "\0\1\2\3"s, "latin-1: \xe4\xf6\xfc"s,
                                   "half a PNG: \x89PNG"s, "\x89PNG\r\n\x1a\n then nothing of it"s, "RIFF\1\0\0\0AVI LIST"s, "{\\rtf1 \1}"s, "bell \7"s}) {
    EXPECT_EQ(type_of(bytes), "none") << bytes;
  }
}

TEST(AttachmentKind, DocumentsWithoutMacros) {
  std::string const archive = "PK\3\4....[Content_Types].xml....";
  EXPECT_EQ(type_of(archive + "word/document.xml"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
  EXPECT_EQ(type_of(archive + "xl/workbook.xml"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  EXPECT_EQ(type_of(archive + "ppt/presentation.xml"), "application/vnd.openxmlformats-officedocument.presentationml.presentation");
  EXPECT_EQ(type_of(archive + "word/document.xml word/vbaProject.bin"), "none");
  EXPECT_EQ(type_of(archive), "none");
  EXPECT_EQ(type_of("PK\3\4 word/document.xml"), "none");
}

}  // namespace
}  // namespace rapport::server::attachments
