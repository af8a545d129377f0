// Clients that are slow, greedy or hostile: each is refused by name, and the others notice nothing.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <vector>

#include "base/limits.hpp"
#include "http_client.hpp"
#include "support/eventually.hpp"

namespace rapport::server::http {
namespace {

using test::eventually;
using testing::Answer;
using testing::Client;
using testing::Server;
using testing::test_options;

constexpr std::size_t large_bytes = 8U << 20U;

Router small_router() {
  Router router;
  Handler const size = [](Request&& request, Reply reply) { reply(Response::text(std::to_string(request.body.size()))); };
  router.add(Method::get, "/", size);
  router.add(Method::post, "/small", size, {100, base::minute});
  router.add(Method::post, "/large", size, {large_bytes, base::minute});
  router.add(Method::get, "/large", [](Request&&, Reply reply) { reply(Response::text(std::string(large_bytes, 'x'))); });
  return router;
}

/// The status of the answer to raw bytes, and whether the connection ended behind it.
int refused_with(Server& server, std::string_view bytes) {
  Client client{server.listener->port()};
  client.send(bytes);
  auto const answer = client.answer();
  if (!answer) return 0;
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(client.ended());
  return answer->status;
}

TEST(HttpLimits, RefuseBrokenRequestsByStatus) {
  Server server{small_router()};
  EXPECT_EQ(refused_with(server, "rubbish\r\n\r\n"), 400);
  EXPECT_EQ(refused_with(server, "GET / HTTP/1.1\r\n\r\n"), 400);                        // no Host
  EXPECT_EQ(refused_with(server, "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400);  // two
  EXPECT_EQ(refused_with(server, "GET / HTTP/1.1\r\nHost: a\r\nBad Name: b\r\n\r\n"), 400);
  EXPECT_EQ(refused_with(server, "GET / HTTP/2.0\r\nHost: a\r\n\r\n"), 505);
  EXPECT_EQ(refused_with(server, "BREW / HTTP/1.1\r\nHost: a\r\n\r\n"), 501);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n"), 501);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n"), 501);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"), 400);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde"), 400);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: -4\r\n\r\n"), 400);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n\r\n"), 411);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"), 400);
  Client fine{server.listener->port()};
  EXPECT_EQ(fine.get("/")->status, 200);
}

TEST(HttpLimits, RefuseWhatIsTooLarge) {
  Server server{small_router()};
  std::string const long_target(limits::http_target_bytes_max, 'a');
  EXPECT_EQ(refused_with(server, "GET /" + long_target + " HTTP/1.1\r\nHost: a\r\n\r\n"), 414);
  EXPECT_EQ(refused_with(server, "GET /" + std::string(100'000, 'a')), 414);
  EXPECT_EQ(refused_with(server, "GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(limits::http_header_bytes_max, 'a') + "\r\n\r\n"), 431);
  std::string many = "GET / HTTP/1.1\r\nHost: a\r\n";
  for (std::size_t count = 0; count < limits::http_headers_max; ++count) many += "X: 1\r\n";
  EXPECT_EQ(refused_with(server, many + "\r\n"), 431);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 101\r\n\r\n"), 413);
  EXPECT_EQ(refused_with(server, "POST /small HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n40\r\n" + std::string(64, 'a') +
                                     "\r\n40\r\n" + std::string(64, 'a') + "\r\n0\r\n\r\n"),
            413);
  EXPECT_EQ(refused_with(server, "POST /large HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;" + std::string(60'000, 'a')), 400);
  EXPECT_EQ(server.refused("body_too_large"), 2U);
}

TEST(HttpLimits, ARouteMayAllowMore) {
  Server server{small_router()};
  Client client{server.listener->port()};
  std::string const body(8U << 20U, 'b');
  ASSERT_TRUE(client.send("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
  EXPECT_EQ(client.answer()->body, std::to_string(body.size()));
  ASSERT_TRUE(client.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n" + std::string(100, 'c')));
  EXPECT_EQ(client.answer()->body, "100");
}

std::string announcement(std::size_t bytes) { return "POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: " + std::to_string(bytes) + "\r\n\r\n"; }

/// The status of the answer to an upload of so many bytes.
int uploaded(Server& server, std::size_t bytes) {
  Client client{server.listener->port()};
  client.send(announcement(bytes) + std::string(bytes, 'b'));
  auto const answer = client.answer();
  return answer ? answer->status : 0;
}

TEST(HttpLimits, UploadsThatAreOnlyAnnouncedHinderNobody) {
  Server server{small_router()};
  std::vector<Client> idle;
  for (std::size_t announced = 0; announced <= limits::attachment_bytes_under_way_max; announced += large_bytes) {
    idle.emplace_back(server.listener->port());
    ASSERT_TRUE(idle.back().send(announcement(large_bytes) + "abc"));
  }
  ASSERT_TRUE(eventually([&] { return server.connections() == static_cast<std::int64_t>(idle.size()); }));
  EXPECT_EQ(uploaded(server, large_bytes), 200);
  Client reader{server.listener->port()};
  auto const answer = reader.get("/");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 200);
}

TEST(HttpLimits, UploadsShareMemoryAndAnswersHaveTheirOwn) {
  Server server{small_router()};
  std::vector<Client> uploads;  // together they take all of it, each but for its last byte
  for (std::size_t taken = 0; taken < limits::attachment_bytes_under_way_max; taken += large_bytes) {
    uploads.emplace_back(server.listener->port());
    ASSERT_TRUE(uploads.back().send(announcement(large_bytes) + std::string(large_bytes - 1, 'b')));
  }
  ASSERT_TRUE(eventually([&] { return server.gauge("rapport_http_large_body_bytes") == limits::attachment_bytes_under_way_max; }));
  EXPECT_EQ(uploaded(server, 2U << 20U), 503);
  Client refused{server.listener->port()};
  ASSERT_TRUE(refused.send(announcement(large_bytes) + std::string(large_bytes / 2, 'b')));
  auto const refusal = refused.answer();
  ASSERT_TRUE(refusal);
  EXPECT_EQ(refusal->status, 503);
  EXPECT_TRUE(refused.ended()) << "what is left of the body must not pass for a request";
  EXPECT_EQ(uploaded(server, limits::http_body_bytes_max), 200);
  Client reader{server.listener->port()};
  auto const large = reader.get("/large");
  ASSERT_TRUE(large);
  EXPECT_EQ(large->status, 200);
  for (Client& upload : uploads) {
    ASSERT_TRUE(upload.send("b"));
    auto const answer = upload.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 200);
  }
  EXPECT_TRUE(eventually([&] { return uploaded(server, large_bytes) == 200; }));
}

TEST(HttpLimits, OtherSitesPagesSeeThatThereIsNoMemoryForAnAnswer) {
  Router router;
  Handler const large = [](Request&&, Reply reply) { reply(Response::text(std::string(limits::attachment_bytes_under_way_max + 1, 'x'))); };
  router.add(Method::get, "/large", large, {.any_origin = true});
  Server server{std::move(router)};
  auto const answer = Client{server.listener->port()}.get("/large");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(answer->header("Access-Control-Allow-Origin"), "*");
}

TEST(HttpLimits, SlowClientsAreCutAndHoldNobodyUp) {
  ListenerOptions options = test_options();
  options.threads = 1;  // whoever held it would hold everybody
  options.header_ms = 3'000;
  options.body_ms = 3'000;
  options.idle_ms = 3'000;
  Server server{small_router(), std::move(options)};
  Client silent{server.listener->port()};
  Client half_head{server.listener->port()};
  ASSERT_TRUE(half_head.send("GET / HTTP/1.1\r\nHo"));
  Client half_body{server.listener->port()};
  ASSERT_TRUE(half_body.send("POST /small HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\nabc"));
  Client half_open{server.listener->port()};
  half_open.end_sending();
  EXPECT_TRUE(half_open.ended());
  Client other{server.listener->port()};
  auto const served = other.get("/");
  ASSERT_TRUE(served);
  EXPECT_EQ(served->status, 200);
  for (Client* half : {&half_head, &half_body}) {
    auto const answer = half->answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 408);
  }
  EXPECT_TRUE(silent.ended());
  EXPECT_TRUE(other.ended());
  EXPECT_EQ(server.refused("request_timeout"), 2U);
  EXPECT_TRUE(eventually([&] { return server.connections() <= 2; }));  // the two refused may still be read
}

TEST(HttpLimits, AHandlerThatTakesTooLongIsAnsweredFor) {
  std::vector<Reply> held;
  Router router;
  router.add(Method::get, "/never", [&held](Request&&, Reply reply) { held.push_back(std::move(reply)); }, {0, 100});
  Server server{std::move(router)};
  Client client{server.listener->port()};
  auto const answer = client.get("/never");
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->status, 503);
  EXPECT_EQ(server.refused("handler_timeout"), 1U);
  server.listener.reset();
  held.clear();  // too late for anybody
}

TEST(HttpLimits, AReaderThatDoesNotReadIsCut) {
  std::string const body(64U << 20U, 'x');
  Router router;
  router.add(Method::get, "/huge", [&body](Request&&, Reply reply) { reply(Response::text(body)); });
  router.add(Method::get, "/", [](Request&&, Reply reply) { reply(Response::text("ok")); });
  ListenerOptions options = test_options();
  options.threads = 1;
  // What the slowest rate allows so large a body is more than a test can wait for.
  options.write_ms = 300 - static_cast<base::Millis>(body.size() / (limits::http_rate_min / 1000));
  Server server{std::move(router), std::move(options)};
  Client stuck{server.listener->port()};
  stuck.shrink_receive_buffer();
  ASSERT_TRUE(stuck.send("GET /huge HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_TRUE(eventually([&] { return server.refused("write_timeout") == 1; }));
  EXPECT_TRUE(eventually([&] { return server.connections() == 0; }));
}

TEST(HttpLimits, ConnectionsAreLimitedInAllAndByAddress) {
  for (bool const by_address : {false, true}) {
    ListenerOptions options = test_options();
    (by_address ? options.connections_per_address_max : options.connections_max) = 3;
    Server server{small_router(), std::move(options)};
    std::vector<Client> clients;
    for (int count = 0; count < 3; ++count) {
      clients.emplace_back(server.listener->port());
      ASSERT_EQ(clients.back().get("/")->status, 200);
    }
    Client more{server.listener->port()};
    auto const answer = more.answer();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->status, 503);
    EXPECT_EQ(server.refused(by_address ? "too_many_connections_of_address" : "too_many_connections"), 1U);
    clients.pop_back();
    EXPECT_TRUE(eventually([&] { return server.connections() == 2; }));
    Client again{server.listener->port()};
    EXPECT_EQ(again.get("/")->status, 200);
  }
}

TEST(HttpLimits, AcceptingPausesWithoutDescriptorsAndGoesOn) {
  // Nothing is swept meanwhile: a sanitizer that looks at an object for the first time needs descriptors itself.
  ListenerOptions options = test_options();
  options.sweep_ms = 10 * base::minute;
  Server server{small_router(), std::move(options)};
  Client before{server.listener->port()};
  ASSERT_EQ(before.get("/")->status, 200);
  rlimit normal{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &normal), 0);
  // The next descriptor is the client's own; the server's side of the connection finds none.
  int const next = ::dup(0);
  ASSERT_GE(next, 0);
  ::close(next);
  rlimit tight = normal;
  tight.rlim_cur = static_cast<rlim_t>(next) + 1;
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &tight), 0);
  std::unique_ptr<Client> waiting;
  try {
    waiting = std::make_unique<Client>(server.listener->port());
  } catch (std::runtime_error const&) {
  }
  bool const paused = waiting && eventually([&] { return server.counted("rapport_http_accept_pauses_total") > 0; });
  auto const meanwhile = before.get("/");
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &normal), 0);
  ASSERT_TRUE(waiting);
  EXPECT_TRUE(paused);
  EXPECT_EQ(meanwhile->status, 200);
  EXPECT_EQ(waiting->get("/")->status, 200);
}

}  // namespace
}  // namespace rapport::server::http
