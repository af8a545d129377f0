#include "server/http/listener.hpp"

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <atomic>
#include <future>
#include <mutex>
#include <thread>

#include "http_client.hpp"
#include "server/http/certificate.hpp"
#include "support/eventually.hpp"

namespace rapport::server::http {
namespace {

using test::eventually;
using testing::Client;
using testing::Server;
using testing::test_options;

/// Says what it saw, so that a test can tell what arrived.
void echo(Request&& request, Reply reply) {
  std::string text = std::string{name(request.method)} + " " + request.path + " [" + request.body + "]";
  for (auto const& [key, value] : request.path_parameters.entries()) text += " " + key + "=" + value;
  for (auto const& [key, value] : request.query.entries()) text += " ?" + key + "=" + value;
  reply(Response::text(std::move(text)));
}

/// Holds replies until the test lets them go.
class Holding {
 public:
  Handler handler() {
    return [this](Request&&, Reply reply) {
      std::lock_guard const lock{mutex_};
      replies_.push_back(std::move(reply));
    };
  }
  std::size_t held() const {
    std::lock_guard const lock{mutex_};
    return replies_.size();
  }
  void release() {
    std::vector<Reply> replies;
    {
      std::lock_guard const lock{mutex_};
      replies.swap(replies_);
    }
    for (Reply& reply : replies) reply(Response::text("late"));
  }

 private:
  std::mutex mutable mutex_;
  std::vector<Reply> replies_;
};

Router echo_router() {
  Router router;
  router.add(Method::get, "/echo/{what}", echo);
  router.add(Method::post, "/echo/{what}", echo);
  router.add(Method::get, "/", echo);
  return router;
}

TEST(Listener, KeepsAConnectionAliveAndAnswersInOrder) {
  Server server{echo_router()};
  Client client{server.listener->port()};
  ASSERT_TRUE(client.send(
      "GET /echo/1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /echo/2 HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
      "GET /echo/3?x=%20y HTTP/1.1\r\nHost: a\r\n\r\n"));  // three at once
  EXPECT_EQ(client.answer()->body, "GET /echo/1 [] what=1");
  EXPECT_EQ(client.answer()->body, "POST /echo/2 [abc] what=2");
  EXPECT_EQ(client.answer()->body, "GET /echo/3 [] what=3 ?x= y");
  auto const later = client.get("/echo/a%2Fb");
  ASSERT_TRUE(later);
  EXPECT_EQ(later->body, "GET /echo/a/b [] what=a/b");
  EXPECT_EQ(later->header("Connection"), "keep-alive");
  EXPECT_EQ(later->header("Cache-Control"), "no-store");
  EXPECT_EQ(later->header("X-Request-Id").size(), 36U);
  EXPECT_EQ(later->header("Date"), "Mon, 02 Mar 2026 09:15:00 GMT");
}

TEST(Listener, ReadsARequestByteByByte) {
  Server server{echo_router()};
  Client client{server.listener->port()};
  for (char const c : std::string_view{"\r\nPOST /echo/slow HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                                       "3;note=\"x\"\r\nabc\r\n2\r\nde\r\n0\r\nTrailer: t\r\n\r\n"}) {
    ASSERT_TRUE(client.send({&c, 1}));
  }
  EXPECT_EQ(client.answer()->body, "POST /echo/slow [abcde] what=slow");
}

TEST(Listener, ClosesWhereTheClientAsksForIt) {
  Server server{echo_router()};
  Client asked{server.listener->port()};
  EXPECT_EQ(asked.get("/", "Connection: close\r\n")->header("Connection"), "close");
  EXPECT_TRUE(asked.ended());
  Client old{server.listener->port()};
  ASSERT_TRUE(old.send("GET / HTTP/1.0\r\n\r\n"));
  EXPECT_EQ(old.answer()->status, 200);
  EXPECT_TRUE(old.ended());
}

TEST(Listener, AnswersHeadOptionsAndWhatIsNotThere) {
  Server server{echo_router()};
  Client client{server.listener->port()};
  ASSERT_TRUE(client.send("HEAD /echo/1 HTTP/1.1\r\nHost: a\r\n\r\n"));
  auto const head = client.answer(true);
  EXPECT_EQ(head->status, 200);
  EXPECT_EQ(head->header("Content-Length"), "22");  // as GET's would be: "HEAD /echo/1 [] what=1"
  ASSERT_TRUE(client.send("OPTIONS /echo/1 HTTP/1.1\r\nHost: a\r\n\r\n"));
  auto const options = client.answer();
  EXPECT_EQ(options->status, 204);
  EXPECT_EQ(options->header("Allow"), "GET, HEAD, POST, OPTIONS");
  ASSERT_TRUE(client.send("DELETE /echo/1 HTTP/1.1\r\nHost: a\r\n\r\n"));
  auto const wrong = client.answer();
  EXPECT_EQ(wrong->status, 405);
  EXPECT_EQ(wrong->header("Allow"), "GET, HEAD, POST, OPTIONS");
  auto const missing = client.get("/nowhere");
  EXPECT_EQ(missing->status, 404);
  EXPECT_EQ(missing->header("Content-Type"), "application/problem+json");
  EXPECT_EQ(client.get("/echo/%zz")->status, 400);
  EXPECT_EQ(client.get("/")->status, 200);  // all of it on one connection
}

TEST(Listener, CountsByRouteAndStatus) {
  Server server{echo_router()};
  Client client{server.listener->port()};
  for (int count = 0; count < 3; ++count) ASSERT_TRUE(client.get("/echo/1"));
  ASSERT_TRUE(client.get("/nowhere"));
  ASSERT_TRUE(client.get("/nowhere"));  // the count of an answer stands before the next one is read
  EXPECT_EQ(server.counted("rapport_http_requests_total", {{"method", "GET"}, {"route", "/echo/{what}"}, {"status", "200"}}), 3U);
  EXPECT_GE(server.counted("rapport_http_requests_total", {{"method", "any"}, {"route", "none"}, {"status", "404"}}), 1U);
  EXPECT_EQ(server.connections(), 1);
}

TEST(Listener, ARepliesFromAnotherThreadAndForgottenOnesArrive) {
  Router router;
  std::vector<std::thread> threads;
  router.add(Method::get, "/later", [&threads](Request&&, Reply reply) {
    threads.emplace_back([held = std::make_shared<Reply>(std::move(reply))] { (*held)(Response::text("from a thread")); });
  });
  router.add(Method::get, "/forgotten", [](Request&&, Reply) {});
  router.add(Method::get, "/throws", [](Request&&, Reply) { throw std::runtime_error{"broken"}; });
  router.add(Method::get, "/forged", [](Request&& request, Reply reply) {
    reply(Response::text("x").with("X-Echo", std::string{*request.query.find("v")} + "\r\nX-Forged: 1"));
  });
  Server server{std::move(router)};
  Client client{server.listener->port()};
  EXPECT_EQ(client.get("/later")->body, "from a thread");
  EXPECT_EQ(client.get("/forgotten")->status, 500);
  EXPECT_EQ(client.get("/throws")->status, 500);
  EXPECT_EQ(client.get("/forged?v=a")->status, 500);
  EXPECT_EQ(client.get("/later")->body, "from a thread");
  EXPECT_EQ(server.counted("rapport_http_handler_failures_total"), 1U);
  server.listener.reset();
  for (std::thread& thread : threads) thread.join();
}

TEST(Listener, AReplyMayOutliveTheListener) {
  Holding holding;
  Router router;
  router.add(Method::get, "/held", holding.handler());
  auto server = std::make_unique<Server>(std::move(router));
  Client client{server->listener->port()};
  ASSERT_TRUE(client.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n"));
  ASSERT_TRUE(eventually([&] { return holding.held() == 1; }));
  server.reset();
  holding.release();
  EXPECT_FALSE(client.answer());
}

TEST(Listener, TheGateAnswersBeforeABodyIsRead) {
  ListenerOptions options = test_options();
  options.gate = [](Request const& head, Route const& route) -> std::optional<Response> {
    if (head.header("authorization") || route.method == Method::get) return std::nullopt;
    return Response::empty(401);
  };
  Server server{echo_router(), std::move(options)};
  Client refused{server.listener->port()};
  ASSERT_TRUE(refused.send("POST /echo/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(refused.answer()->status, 401);
  EXPECT_TRUE(refused.ended());
  Client allowed{server.listener->port()};
  ASSERT_TRUE(allowed.send("POST /echo/1 HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"));
  EXPECT_EQ(allowed.answer()->status, 100);
  ASSERT_TRUE(allowed.send("ok"));
  EXPECT_EQ(allowed.answer()->body, "POST /echo/1 [ok] what=1");
  ASSERT_TRUE(allowed.send("POST /echo/1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nno"));
  EXPECT_EQ(allowed.answer()->status, 401);
  EXPECT_EQ(allowed.get("/")->status, 200);  // a small refused body is read, the connection lives on
}

TEST(Listener, SpeaksTls) {
  auto const identity = self_signed_certificate({"localhost", "127.0.0.1"}, {1'772'442'900'000});
  ASSERT_TRUE(identity);
  ListenerOptions options = test_options();
  options.tls = *identity;
  Router router = echo_router();
  std::string const large(3'000'000, 'x');
  router.add(Method::get, "/large", [&large](Request&& request, Reply reply) {
    reply(Response::text(request.secure ? large : "not secure"));
  });
  Server server{std::move(router), std::move(options)};
  Client client{server.listener->port(), true};
  EXPECT_EQ(client.tls_version(), "TLSv1.3");
  EXPECT_EQ(client.get("/echo/1")->body, "GET /echo/1 [] what=1");
  EXPECT_EQ(client.get("/large")->body, large);
  EXPECT_NE(client.get("/")->header("Strict-Transport-Security"), "");
  Client plain{server.listener->port()};
  ASSERT_TRUE(plain.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
  EXPECT_FALSE(plain.answer());
  EXPECT_TRUE(eventually([&] { return server.refused("handshake_failed") == 1; }));
}

TEST(Listener, RefusesToStartWithWhatCannotWork) {
  base::Metrics metrics;
  Server const first{echo_router()};
  ListenerOptions taken = test_options();
  taken.port = first.listener->port();
  EXPECT_FALSE(Listener::start(taken, echo_router(), metrics));
  ListenerOptions nowhere = test_options();
  nowhere.address = "not an address";
  EXPECT_FALSE(Listener::start(nowhere, echo_router(), metrics));
  ListenerOptions broken = test_options();
  broken.tls = TlsIdentity{"none", "none"};
  EXPECT_FALSE(Listener::start(broken, echo_router(), metrics));
  auto const one = self_signed_certificate({"a"}, {0});
  auto const other = self_signed_certificate({"b"}, {0});
  broken.tls = TlsIdentity{one->certificate_pem, other->key_pem};
  EXPECT_FALSE(Listener::start(broken, echo_router(), metrics));
}

TEST(Listener, StopsInTwoStagesAndFinishesWhatRuns) {
  Holding holding;
  Router router = echo_router();
  router.add(Method::get, "/held", holding.handler());
  Server server{std::move(router)};
  Client idle{server.listener->port()};
  ASSERT_TRUE(idle.get("/"));
  Client busy{server.listener->port()};
  ASSERT_TRUE(busy.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n"));
  ASSERT_TRUE(eventually([&] { return holding.held() == 1; }));
  server.listener->stop_accepting();
  EXPECT_TRUE(idle.ended());
  EXPECT_TRUE(eventually([&] {  // nobody new: refused by the system
    try {
      Client const late{server.listener->port()};
      return false;
    } catch (std::runtime_error const&) {
      return true;
    }
  }));
  auto stopped = std::async(std::launch::async, [&] { return server.listener->stop(10'000); });
  holding.release();
  auto const answer = busy.answer();
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->body, "late");
  EXPECT_EQ(answer->header("Connection"), "close");
  EXPECT_TRUE(busy.ended());
  {
    Client const gone = std::move(busy);
  }
  EXPECT_EQ(stopped.get(), 0U);
}

TEST(Listener, CutsWhatDoesNotFinish) {
  Holding holding;
  Router router;
  router.add(Method::get, "/held", holding.handler());
  Server server{std::move(router)};
  Client busy{server.listener->port()};
  ASSERT_TRUE(busy.send("GET /held HTTP/1.1\r\nHost: a\r\n\r\n"));
  ASSERT_TRUE(eventually([&] { return holding.held() == 1; }));
  EXPECT_EQ(server.listener->stop(20), 1U);
  EXPECT_FALSE(busy.answer());
  holding.release();
}

TEST(Certificate, NamesWhatItIsFor) {
  EXPECT_FALSE(self_signed_certificate({}, {0}));
  EXPECT_FALSE(self_signed_certificate({"a,DNS:evil"}, {0}));
  auto const identity = self_signed_certificate({"desk.local", "192.0.2.7", "::1"}, {1'772'442'900'000});
  ASSERT_TRUE(identity);
  auto const fingerprint = certificate_fingerprint(identity->certificate_pem);
  ASSERT_TRUE(fingerprint);
  EXPECT_EQ(fingerprint->size(), 32U * 3 - 1);
  EXPECT_FALSE(certificate_fingerprint("none"));
  std::unique_ptr<BIO, int (*)(BIO*)> const memory{BIO_new_mem_buf(identity->certificate_pem.data(), -1), BIO_free};
  std::unique_ptr<X509, void (*)(X509*)> const certificate{PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr), X509_free};
  ASSERT_TRUE(certificate);
  EXPECT_EQ(X509_check_host(certificate.get(), "desk.local", 0, 0, nullptr), 1);
  EXPECT_EQ(X509_check_host(certificate.get(), "other.local", 0, 0, nullptr), 0);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "192.0.2.7", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "::1", 0), 1);
  EXPECT_EQ(X509_check_ip_asc(certificate.get(), "192.0.2.8", 0), 0);
}

}  // namespace
}  // namespace rapport::server::http
