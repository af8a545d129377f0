#include "server/http/router.hpp"

#include <gtest/gtest.h>

#include "server/http/target.hpp"

namespace rapport::server::http {
namespace {

Handler const nothing = [](Request&&, Reply) {};

Match match(Router const& router, Method method, std::string_view path) {
  auto const target = parse_target(path);
  EXPECT_TRUE(target) << path;
  return router.match(method, target->segments);
}

/// The template that serves the path, or nothing.
std::string served_by(Router const& router, std::string_view path) {
  Match const found = match(router, Method::get, path);
  auto const* route = std::get_if<Found>(&found);
  return route == nullptr ? "" : route->route->path;
}

Router sample() {
  Router router;
  for (std::string_view const path : {"/", "/queues", "/queues/{id}", "/queues/active", "/queues/{id}/agents/{agent}", "/queues/active/x"}) {
    router.add(Method::get, path, nothing);
  }
  router.add(Method::remove, "/queues/{queue}", nothing);
  return router;
}

TEST(Router, FindsLiteralsBeforeParameters) {
  Router const router = sample();
  EXPECT_EQ(served_by(router, "/"), "/");
  EXPECT_EQ(served_by(router, "/queues"), "/queues");
  EXPECT_EQ(served_by(router, "/queues/7"), "/queues/{id}");
  EXPECT_EQ(served_by(router, "/queues/active"), "/queues/active");
  EXPECT_EQ(served_by(router, "/queues/active/x"), "/queues/active/x");
  EXPECT_EQ(served_by(router, "/queues/active/agents/4"), "/queues/{id}/agents/{agent}");  // back from the literal
  for (std::string_view const path : {"/queues/", "/queue", "/queues/7/agents", "/queues//agents/4", "/queues/7/agents/4/5", "/Queues"}) {
    EXPECT_EQ(served_by(router, path), "") << path;
  }
}

TEST(Router, GivesParametersDecodedByTheRoutesOwnNames) {
  Router const router = sample();
  auto const get = std::get<Found>(match(router, Method::get, "/queues/a%2Fb/agents/%C3%A9"));
  EXPECT_EQ(get.parameters.find("id"), "a/b");
  EXPECT_EQ(get.parameters.find("agent"), "é");
  auto const remove = std::get<Found>(match(router, Method::remove, "/queues/7"));
  EXPECT_EQ(remove.parameters.find("queue"), "7");
  EXPECT_FALSE(remove.parameters.find("id"));
}

TEST(Router, TellsWhatIsAllowed) {
  Router const router = sample();
  EXPECT_EQ(std::get<NoSuchMethod>(match(router, Method::post, "/queues/7")).allow, "GET, HEAD, DELETE, OPTIONS");
  EXPECT_EQ(std::get<AskedOptions>(match(router, Method::options, "/queues")).allow, "GET, HEAD, OPTIONS");
  EXPECT_TRUE(std::holds_alternative<NoSuchPath>(match(router, Method::post, "/nowhere")));
  EXPECT_EQ(std::get<Found>(match(router, Method::head, "/queues")).route->method, Method::get);
}

TEST(Router, TellsWhichAddressesPagesOfOtherSitesMayAsk) {
  Router router = sample();
  router.add(Method::post, "/queues", nothing, {.any_origin = true});
  EXPECT_TRUE(std::get<AskedOptions>(match(router, Method::options, "/queues")).any_origin);
  EXPECT_FALSE(std::get<AskedOptions>(match(router, Method::options, "/queues/7")).any_origin);
}

TEST(Router, ListsItsRoutesInOrder) {
  Router const router = sample();
  ASSERT_EQ(router.routes().size(), 7U);
  EXPECT_EQ(router.routes()[4]->parameters, (std::vector<std::string>{"id", "agent"}));
  for (std::size_t index = 0; index < router.routes().size(); ++index) EXPECT_EQ(router.routes()[index]->number, index);
}

TEST(Router, RefusesMalformedTemplates) {
  for (std::string_view const text : {"", "a", "/a/", "//", "/{", "/{}", "/{A}", "/a{b}", "/{a}b", "/{a}/{a}", "/a b", "/..", "/%20"}) {
    EXPECT_FALSE(parse_template(text)) << text;
  }
  EXPECT_EQ(*parse_template("/a/{b_1}"), (std::vector<TemplateSegment>{{false, "a"}, {true, "b_1"}}));
}

TEST(Router, LeavesWhatHasNoRouteToOne) {
  Router router = sample();
  router.otherwise(nothing);
  EXPECT_EQ(served_by(router, "/nowhere/at/all"), "/*");
  EXPECT_EQ(served_by(router, "/queues"), "/queues");
  EXPECT_EQ(std::get<Found>(match(router, Method::post, "/nowhere")).route->path, "/*");
  EXPECT_TRUE(std::holds_alternative<NoSuchMethod>(match(router, Method::post, "/queues/7")));
}

TEST(RouterDeathTest, RefusesARouteTwice) {
  Router router = sample();
  EXPECT_DEATH(router.add(Method::get, "/queues/{other}", nothing), "");
}

}  // namespace
}  // namespace rapport::server::http
