#include "server/attachments/name.hpp"

#include <gtest/gtest.h>

#include <string>

#include "base/limits.hpp"
#include "records/check.hpp"

namespace rapport::server::attachments {
namespace {

constexpr Kind pdf{"application/pdf", ".pdf"};
constexpr Kind text{"text/plain; charset=utf-8", ".txt"};
constexpr Kind jpeg{"image/jpeg", ".jpg"};

TEST(AttachmentName, KeepsWhatIsHarmless) {
  EXPECT_EQ(safe_name("Bill March.pdf", pdf), "Bill March.pdf");
  EXPECT_EQ(safe_name("Bill.PDF", pdf), "Bill.PDF");
  EXPECT_EQ(safe_name("photo.jpeg", jpeg), "photo.jpeg");
  EXPECT_EQ(safe_name("readings.csv", text), "readings.csv");
  EXPECT_EQ(safe_name("Z\xc3\xa4hlerstand \xe6\xb0\xb4.txt", text), "Z\xc3\xa4hlerstand \xe6\xb0\xb4.txt");
}

TEST(AttachmentName, EndsInItsKindsExtension) {
  EXPECT_EQ(safe_name("invoice.exe", pdf), "invoice.exe.pdf");
  EXPECT_EQ(safe_name("page.html", text), "page.html.txt");
  EXPECT_EQ(safe_name("readings.csv", pdf), "readings.csv.pdf");
  EXPECT_EQ(safe_name(".pdf", pdf), "pdf.pdf");
  EXPECT_EQ(safe_name("", pdf), "attachment.pdf");
  EXPECT_EQ(safe_name("...", pdf), "attachment.pdf");
}

TEST(AttachmentName, IsWithoutTraps) {
  EXPECT_EQ(safe_name("../../etc/passwd", text), "passwd.txt");
  EXPECT_EQ(safe_name("C:\\Windows\\win.ini", text), "win.ini.txt");
  EXPECT_EQ(safe_name("a\r\nSet-Cookie: x=1.txt", text), "a__Set-Cookie_ x=1.txt");
  EXPECT_EQ(safe_name("a\"; filename=\"b.txt", text), "a__ filename=_b.txt");
  EXPECT_EQ(safe_name("cod\xe2\x80\xae"
                      "fdp.exe",
                      pdf),
            "codfdp.exe.pdf")
      << "the direction of writing cannot be turned";
  EXPECT_EQ(safe_name("x\xe2\x80\x8b\xef\xbb\xbf\xe2\x81\xa6.pdf", pdf), "x.pdf");
  EXPECT_EQ(safe_name("a\xc2\x85"
                      "b.pdf",
                      pdf),
            "ab.pdf");
  EXPECT_EQ(safe_name("  ..hidden.pdf. ", pdf), "hidden.pdf");
  EXPECT_EQ(safe_name("\xff\xfe", pdf), "attachment.pdf");
  EXPECT_EQ(safe_name("card 4111 1111 1111 1111.pdf", pdf).find("1111 1111"), std::string::npos);
}

TEST(AttachmentName, IsBoundedWithoutCuttingACharacter) {
  for (std::string const part : {"a", "\xc3\xa4", "\xe6\xb0\xb4", "\xf0\x9f\x98\x80"}) {
    std::string given;
    while (given.size() < 3 * limits::attachment_name_bytes_max) given += part;
    std::string const name = safe_name(given + ".pdf", pdf);
    EXPECT_LE(name.size(), limits::attachment_name_bytes_max);
    EXPECT_TRUE(name.ends_with(".pdf"));
    EXPECT_TRUE(records::is_plain_text(name)) << name;
  }
}

TEST(AttachmentName, IsSavedUnderItsName) {
  EXPECT_EQ(disposition("Bill March.pdf"), "attachment; filename=\"Bill March.pdf\"; filename*=UTF-8''Bill%20March.pdf");
  EXPECT_EQ(disposition("Z\xc3\xa4hler.txt"), "attachment; filename=\"Z_hler.txt\"; filename*=UTF-8''Z%C3%A4hler.txt");
  EXPECT_EQ(disposition("a'b(c).txt"), "attachment; filename=\"a_b_c_.txt\"; filename*=UTF-8''a%27b%28c%29.txt");
}

}  // namespace
}  // namespace rapport::server::attachments
