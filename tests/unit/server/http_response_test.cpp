#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "server/http/client_address.hpp"
#include "server/http/problem.hpp"
#include "server/http/reply.hpp"
#include "server/http/response_head.hpp"
#include "server/http/security_headers.hpp"
#include "server/http/text.hpp"
#include "server/http/websocket.hpp"

namespace rapport::server::http {
namespace {

class KeptReply final : public ReplySink {
 public:
  void answer(Response&& response) override { answers.push_back(std::move(response)); }
  std::vector<Response> answers;
};

TEST(Reply, AnswersOnceAndAlways) {
  auto const kept = std::make_shared<KeptReply>();
  {
    Reply first{kept};
    Reply second = std::move(first);
    second(Response::text("yes"));
  }
  ASSERT_EQ(kept->answers.size(), 1U);
  EXPECT_EQ(kept->answers[0].body, "yes");
  {
    Reply const forgotten{kept};
  }
  ASSERT_EQ(kept->answers.size(), 2U);
  EXPECT_EQ(kept->answers[1].status, 500);
}

TEST(ReplyDeathTest, IsUsedOnce) {
  Reply reply{std::make_shared<KeptReply>()};
  reply(Response::empty());
  EXPECT_DEATH(reply(Response::empty()), "");
}

TEST(Problem, IsProblemDetails) {
  Problem problem{409, "queue_full", {}, "the queue holds 50", "/api/v1/queues/7", {{"limit", 50}, {"status", "not this"}}};
  Response const response = problem.response();
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.content_type, "application/problem+json");
  auto const json = boost::json::parse(response.body).as_object();
  EXPECT_EQ(json.at("type"), "urn:rapport:problem:queue_full");
  EXPECT_EQ(json.at("title"), "Conflict");
  EXPECT_EQ(json.at("status"), 409);
  EXPECT_EQ(json.at("code"), "queue_full");
  EXPECT_EQ(json.at("detail"), "the queue holds 50");
  EXPECT_EQ(json.at("instance"), "/api/v1/queues/7");
  EXPECT_EQ(json.at("limit"), 50);
}

TEST(ResponseHead, SaysWhatEveryAnswerSays) {
  Response response = Response::json("{}");
  HeadFacts facts;
  facts.date = "Sun, 06 Nov 1994 08:49:37 GMT";
  facts.request_id = "7";
  EXPECT_EQ(response_head(response, facts),
            "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nContent-Type: application/json\r\nContent-Length: 2\r\n"
            "Connection: keep-alive\r\nX-Request-Id: 7\r\nX-Content-Type-Options: nosniff\r\nReferrer-Policy: no-referrer\r\n"
            "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'; base-uri 'none'\r\nCache-Control: no-store\r\n\r\n");
  EXPECT_EQ(http_date({784'111'777'000}), "Sun, 06 Nov 1994 08:49:37 GMT");
}

TEST(ResponseHead, KeepsWhatTheHandlerSet) {
  Response response = Response::text("page").with("cache-control", "max-age=60");
  HeadFacts facts;
  facts.secure = true;
  std::string const head = response_head(response, facts);
  EXPECT_NE(head.find("cache-control: max-age=60\r\n"), std::string::npos);
  EXPECT_EQ(head.find("no-store"), std::string::npos);
  EXPECT_NE(head.find("Strict-Transport-Security: "), std::string::npos);
}

TEST(ResponseHead, NothingOfTheOutsideForgesAHeader) {
  for (Response response : {Response::text("x").with("Location", "/a\r\nSet-Cookie: b"), Response::text("x").with("A b", "c"),
                            Response::text("x", 42)}) {
    std::string const head = response_head(response, {});
    EXPECT_TRUE(head.starts_with("HTTP/1.1 500 ")) << head;
    EXPECT_EQ(head.find("Set-Cookie"), std::string::npos);
    EXPECT_TRUE(response.body.empty());
  }
}

Request request_with(std::vector<Fields::Entry> const& headers) {
  Request request;
  for (auto const& [name, value] : headers) request.headers.add(name, value);
  return request;
}

TEST(SameOrigin, ComparesOriginWithHostAndScheme) {
  EXPECT_TRUE(same_origin(request_with({{"host", "desk.example"}})));
  EXPECT_TRUE(same_origin(request_with({{"host", "desk.example:8080"}, {"origin", "http://Desk.example:8080"}})));
  EXPECT_FALSE(same_origin(request_with({{"host", "desk.example"}, {"origin", "https://desk.example"}})));
  EXPECT_FALSE(same_origin(request_with({{"host", "desk.example"}, {"origin", "http://desk.example.evil"}})));
  EXPECT_FALSE(same_origin(request_with({{"host", "desk.example"}, {"origin", "null"}})));
  EXPECT_FALSE(same_origin(request_with({{"origin", "http://desk.example"}})));
}

TEST(Cookie, IsFoundByItsWholeName) {
  Request const request = request_with({{"cookie", "sid2=no; sid=yes; other"}, {"cookie", "last=1"}});
  EXPECT_EQ(cookie(request, "sid"), "yes");
  EXPECT_EQ(cookie(request, "last"), "1");
  EXPECT_FALSE(cookie(request, "other"));
}

TEST(ClientAddress, BelievesTrustedProxiesOnly) {
  Fields headers;
  headers.add("x-forwarded-for", "203.0.113.9, 198.51.100.4");
  headers.add("x-forwarded-for", "10.0.0.2");
  headers.add("x-forwarded-proto", "https");
  std::vector<std::string> const trusted{"10.0.0.1", "10.0.0.2"};
  Client const through = client_of("10.0.0.1", false, headers, trusted);
  EXPECT_EQ(through.address, "198.51.100.4");  // what stands before it, the client may have written
  EXPECT_TRUE(through.secure);
  Client const direct = client_of("192.0.2.1", false, headers, trusted);
  EXPECT_EQ(direct.address, "192.0.2.1");
  EXPECT_FALSE(direct.secure);
}

TEST(ClientAddress, GroupsSixByNetwork) {
  EXPECT_EQ(address_group("192.0.2.7"), "192.0.2.7");
  EXPECT_EQ(address_group("2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64");
}

TEST(Tokens, AreListedWithoutRegardToCase) {
  EXPECT_TRUE(lists_token("keep-alive , UPGRADE", "upgrade"));
  EXPECT_FALSE(lists_token("upgrades", "upgrade"));
  EXPECT_FALSE(lists_token("", "upgrade"));
}

}  // namespace
}  // namespace rapport::server::http
