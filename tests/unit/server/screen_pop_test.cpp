#include "server/api/screen_pop.hpp"

#include <gtest/gtest.h>

namespace rapport::server::api {
namespace {

std::string trouble(std::string_view text) {
  auto const checked = check_screen_pop(text);
  return checked ? std::string{} : checked.error().message;
}

TEST(ScreenPop, TakesUrlsWithPlaceholdersBehindTheHost) {
  for (char const* const text : {
           "",
           "https://crm.example",
           "http://crm.example:8080/find?phone={customer.phone}&case={case.id}&interaction={interaction.id}",
           "https://[2001:db8::1]:443/{customer.own_id}/{customer.name}#{channel}",
           "https://crm.example?of=100%25&by={agent.id}",
       }) {
    EXPECT_EQ(trouble(text), "") << text;
  }
}

TEST(ScreenPop, NamesThePlaceholderThatItDoesNotKnow) {
  std::string const told = trouble("https://crm.example/?a={case.id}&b={customer.fon}");
  EXPECT_NE(told.find("\"{customer.fon}\""), std::string::npos) << told;
  EXPECT_NE(told.find("{customer.phone}"), std::string::npos) << told;
}

TEST(ScreenPop, RefusesWhateverCouldLeadElsewhere) {
  for (char const* const text : {
           "crm.example/find",
           "javascript:alert(1)//{case.id}",
           "HTTPS://crm.example/",
           "ftp://crm.example/",
           "https://",
           "https:///find",
           "https://{customer.name}/",
           "https://crm.example{customer.name}/",
           "https://crm.example:{case.id}/",
           "https://ana:secret@crm.example/",
           "https://crm.example:0/",
           "https://crm.example:70000/",
           "https://[::1/",
           "https://crm.example\\@evil.example/",
           "https://crm.example/{",
           "https://crm.example/}",
           "https://crm.example/{}",
           "https://crm.example/{customer.{case.id}}",
           "https://crm.example/a b",
           "https://crm.example/%",
           "https://crm.example/%2",
           "https://crm.example/%zz",
           "https://crm.example/\n",
           "https://crm.example/\xc3\xa4",
           "https://crm.example/\"",
           "https://crm.example/<",
           " https://crm.example/",
       }) {
    EXPECT_NE(trouble(text), "") << text;
  }
}

}  // namespace
}  // namespace rapport::server::api
