#include "people/api_tokens.hpp"

#include "fixture.hpp"

namespace rapport::people {
namespace {

class ApiTokensTest : public PeopleTest {
 protected:
  Outcome<IssuedToken> issue(Principal const& owner, PermissionSet scopes, std::string brand = {}) {
    return tokens.issue({owner, "10.0.0.2"}, {.name = "export", .scopes = scopes, .brand = std::move(brand), .expires_at = now + base::day}, now);
  }
  static constexpr PermissionSet metrics{Permission::operate_metrics};
};

TEST_F(ApiTokensTest, StandForTheirOwnerWithinTheirScopes) {
  auto const issued = issue(root, metrics);
  ASSERT_TRUE(issued);
  EXPECT_TRUE(issued->secret.starts_with("rap_"));
  EXPECT_EQ(issued->token.hint, issued->secret.substr(0, 8));
  auto const authenticated = tokens.authenticate(issued->secret, now);
  ASSERT_TRUE(authenticated);
  Principal const& principal = (*authenticated)->principal;
  EXPECT_EQ(principal.kind, Principal::Kind::token);
  EXPECT_EQ(principal.permissions, metrics);
  EXPECT_EQ(principal.user, root.id);
  EXPECT_EQ(who(principal), "token:" + issued->token.id);
  EXPECT_TRUE(principal.brands.all);
  EXPECT_EQ(audited("token.issue"), 1U);
}

TEST_F(ApiTokensTest, AreNotIssuedBeyondTheirOwner) {
  Principal const agent = principal_of(create("ana"));
  EXPECT_EQ(refusal_of(issue(agent, metrics)), Refusal::not_permitted);
  EXPECT_EQ(refusal_of(issue(agent, {Permission::cases_read}, "acme")), Refusal::not_permitted);
  EXPECT_TRUE(issue(agent, {Permission::cases_read}));
  EXPECT_EQ(refusal_of(issue(system_principal(), metrics)), Refusal::not_permitted) << "belongs to nobody";
}

TEST_F(ApiTokensTest, OfATokenAreNotMoreThanTheToken) {
  auto const issued = issue(root, {Permission::tokens_own, Permission::operate_metrics}, "acme");
  Principal const token = (*tokens.authenticate(issued->secret, now))->principal;
  EXPECT_EQ(token.brands, (BrandSet{.all = false, .names = {"acme"}}));
  EXPECT_TRUE(token.narrowed) << "root has every brand";
  EXPECT_FALSE((*tokens.authenticate(issue(root, metrics)->secret, now))->principal.narrowed);
  EXPECT_EQ(refusal_of(issue(token, {Permission::users_write})), Refusal::not_permitted);
  auto const child = issue(token, metrics);
  ASSERT_TRUE(child);
  EXPECT_EQ(child->token.brand, "acme");
}

TEST_F(ApiTokensTest, LoseWhatTheirOwnerLoses) {
  User const ben = create("ben", {Role::administrator});
  auto const issued = issue(principal_of(ben), metrics);
  ASSERT_TRUE(tokens.authenticate(issued->secret, now));
  auto const changed = accounts.change(by_root(), ben.id, {.roles = std::vector{Role::agent}}, ben.version, now);
  ASSERT_TRUE(changed);
  auto const lesser = tokens.authenticate(issued->secret, now);
  ASSERT_TRUE(lesser);
  EXPECT_TRUE((*lesser)->principal.permissions.empty());
  ASSERT_TRUE(accounts.change(by_root(), ben.id, {.active = false}, changed->version, now));
  EXPECT_EQ(refusal_of(tokens.authenticate(issued->secret, now)), Refusal::unauthenticated);
}

TEST_F(ApiTokensTest, EndByTimeAndByHand) {
  auto const one = issue(root, metrics);
  auto const two = issue(root, metrics);
  ASSERT_TRUE(tokens.authenticate(one->secret, now));
  ASSERT_TRUE(tokens.end(by_root(), root.id, one->token.id, now));
  EXPECT_EQ(refusal_of(tokens.authenticate(one->secret, now)), Refusal::unauthenticated);
  EXPECT_TRUE(tokens.authenticate(two->secret, now + (base::day - 1)));
  EXPECT_EQ(refusal_of(tokens.authenticate(two->secret, now + base::day)), Refusal::unauthenticated);
}

TEST_F(ApiTokensTest, RememberTheirLastUse) {
  auto const issued = issue(root, metrics);
  ASSERT_TRUE(tokens.authenticate(issued->secret, now));
  now = now + base::hour;
  ASSERT_TRUE(tokens.authenticate(issued->secret, now));
  EXPECT_EQ(tokens.list(root.id, now)->front().last_used, now);
}

TEST_F(ApiTokensTest, AreCheckedBeforeTheyAreIssued) {
  Actor const actor = by_root();
  EXPECT_EQ(refusal_of(tokens.issue(actor, {.name = "", .scopes = metrics, .brand = {}, .expires_at = now + 1}, now)), Refusal::invalid);
  EXPECT_EQ(refusal_of(tokens.issue(actor, {.name = "x", .scopes = {}, .brand = {}, .expires_at = now + 1}, now)), Refusal::invalid);
  EXPECT_EQ(refusal_of(tokens.issue(actor, {.name = "x", .scopes = metrics, .brand = {}, .expires_at = now}, now)), Refusal::invalid);
  EXPECT_EQ(refusal_of(tokens.issue(actor, {.name = "x", .scopes = metrics, .brand = {}, .expires_at = now + 367 * base::day}, now)), Refusal::invalid);
}

TEST_F(ApiTokensTest, ASessionIsNoToken) {
  auto const session = log_in("root", password);
  EXPECT_EQ(refusal_of(tokens.authenticate(session->secret, now)), Refusal::unauthenticated);
  EXPECT_EQ(refusal_of(sessions.authenticate(issue(root, metrics)->secret, now)), Refusal::unauthenticated);
}

}  // namespace
}  // namespace rapport::people
