#include "phone/sipfrag.hpp"

#include <gtest/gtest.h>

namespace rapport::phone {
namespace {

TEST(Sipfrag, TellsTheStatusOfItsFirstLine) {
  EXPECT_EQ(read_sipfrag("SIP/2.0 100 Trying\r\n"), 100);
  EXPECT_EQ(read_sipfrag("SIP/2.0 200 OK\r\nContact: <sip:a@b>\r\n\r\n"), 200);
  EXPECT_EQ(read_sipfrag("SIP/2.0 603"), 603);
  EXPECT_EQ(read_sipfrag("SIP/2.0 486\nx"), 486);
}

TEST(Sipfrag, IsNothingWhereNoStatusOfSipsIsToldFirst) {
  for (char const* const body : {"", "SIP/2.0", "SIP/2.0 ", "SIP/2.0 20", "SIP/2.0 2000 OK", "SIP/2.0 099 No", "SIP/2.0 700 No", "SIP/2.0 -10 No", "SIP/2.0 +20 No", "SIP/2.0 2x0 No", "SIP/2.0  200 OK",
                                 "SIP/3.0 200 OK", "sip/2.0 200 OK", "\r\nSIP/2.0 200 OK", "HTTP/1.1 200 OK", "200 OK"}) {
    EXPECT_FALSE(read_sipfrag(body)) << body;
  }
}

}  // namespace
}  // namespace rapport::phone
