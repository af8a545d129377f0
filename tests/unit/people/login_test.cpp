#include "fixture.hpp"

#include "people/secret.hpp"
#include "people/totp.hpp"

namespace rapport::people {
namespace {

class LoginTest : public PeopleTest {
 protected:
  std::string code_now(std::string const& key) { return hotp(*from_base32(key), static_cast<std::uint64_t>(totp_step_of(now)), 6); }
  /// Sets a second factor for the user; the key.
  std::string with_second_factor(User const& user, std::vector<std::string>* recovery = nullptr) {
    Principal const self = principal_of(user);
    auto const offer = second.offer({self, ""}, now);
    EXPECT_TRUE(offer);
    auto const codes = second.confirm({self, ""}, code_now(offer->key), now);
    EXPECT_TRUE(codes);
    if (recovery != nullptr) *recovery = *codes;
    now = now + totp_step;  // the code of the setting up is used
    return offer->key;
  }
};

TEST_F(LoginTest, GivesASessionForTheRightPassword) {
  User const ana = create_with_password("ana");
  auto const session = log_in("ANA", password);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->principal, principal_of(ana));
  EXPECT_EQ((*sessions.authenticate(session->secret, now))->principal, principal_of(ana));
  EXPECT_EQ(audited("session.begin"), 1U);
}

TEST_F(LoginTest, SaysTheSameOfWrongPasswordsAndUnknownLogins) {
  create_with_password("ana");
  create("invited");
  User const gone = create_with_password("gone");
  ASSERT_TRUE(accounts.change(by_root(), gone.id, {.active = false}, gone.version, now));
  auto const wrong = log_in("ana", "not the right password");
  for (auto const& outcome : {log_in("nobody", password), log_in("invited", password), log_in("gone", password), log_in("", ""),
                              log_in(std::string(200, 'x'), password), log_in("ana", std::string(1'000, 'x'))}) {
    ASSERT_FALSE(outcome);
    EXPECT_EQ(outcome.error(), wrong.error());
  }
  EXPECT_EQ(wrong.error(), Failure{Refusal::wrong_credentials});
}

TEST_F(LoginTest, LocksOutAccountsWhetherTheyExistOrNot) {
  create_with_password("ana");
  for (std::string const user : {"ana", "nobody"}) {
    for (int i = 0; i < 5; ++i) EXPECT_EQ(refusal_of(log_in(user, "not the right password")), Refusal::wrong_credentials);
    auto const locked = log_in(user, password);
    EXPECT_EQ(refusal_of(locked), Refusal::locked_out);
    EXPECT_EQ(locked.error().retry_after, 15 * base::second);
  }
  now = now + 15 * base::second;
  EXPECT_TRUE(log_in("ana", password));
}

TEST_F(LoginTest, AsksForTheSecondFactor) {
  User const ana = create_with_password("ana");
  std::string const key = with_second_factor(ana);
  EXPECT_EQ(refusal_of(log_in("ana", password)), Refusal::second_factor_needed);
  EXPECT_EQ(refusal_of(log_in("ana", "not the right password")), Refusal::wrong_credentials);
  EXPECT_EQ(refusal_of(log_in("ana", password, "000000")), Refusal::wrong_credentials);
  EXPECT_TRUE(log_in("ana", password, code_now(key)));
  EXPECT_EQ(refusal_of(log_in("ana", password, code_now(key))), Refusal::wrong_credentials) << "a code works once";
}

TEST_F(LoginTest, ARecoveryCodeWorksOnce) {
  User const ana = create_with_password("ana");
  std::vector<std::string> recovery;
  with_second_factor(ana, &recovery);
  EXPECT_TRUE(log_in("ana", password, recovery.front()));
  EXPECT_EQ(refusal_of(log_in("ana", password, recovery.front())), Refusal::wrong_credentials);
  EXPECT_TRUE(log_in("ana", password, recovery.back()));
}

TEST_F(LoginTest, TheSecondFactorIsConfirmedBeforeItCounts) {
  User const ana = create_with_password("ana");
  Principal const self = principal_of(ana);
  ASSERT_TRUE(second.offer({self, ""}, now));
  EXPECT_EQ(refusal_of(second.confirm({self, ""}, "000000", now)), Refusal::wrong_credentials);
  EXPECT_TRUE(log_in("ana", password));
}

TEST_F(LoginTest, TheSecondFactorIsRemovedWithACodeOrByTheAdministrator) {
  User const ana = create_with_password("ana");
  User const ben = create_with_password("ben");
  std::string const key = with_second_factor(ana);
  Principal const self = principal_of(ana);
  Principal const other = principal_of(ben);
  EXPECT_EQ(refusal_of(second.remove({self, ""}, ana.id, "000000", now)), Refusal::wrong_credentials);
  EXPECT_EQ(refusal_of(second.remove({other, ""}, ana.id, code_now(key), now)), Refusal::not_permitted);
  EXPECT_TRUE(second.remove({self, ""}, ana.id, code_now(key), now));
  EXPECT_TRUE(log_in("ana", password));
  with_second_factor(ana);
  EXPECT_EQ(refusal_of(second.offer({self, ""}, now)), Refusal::invalid) << "one at a time";
  EXPECT_TRUE(second.remove(by_root(), ana.id, "", now));
  EXPECT_TRUE(log_in("ana", password));
  EXPECT_EQ(audited("second-factor.remove"), 2U);
}

TEST_F(LoginTest, HashesAgainWhenTheCostRises) {
  User const ana = create_with_password("ana");
  HashCost const dearer{.passes = 2, .memory_bytes = 8'192};
  Login raised{store, sessions, lockout, dearer};
  EXPECT_TRUE(raised.log_in({.login = "ana", .password = password, .address = ""}, now));
  EXPECT_FALSE(needs_rehash(read_credential(store, ana.id)->password_hash, dearer));
  EXPECT_TRUE(log_in("ana", password));
}

TEST_F(LoginTest, NotesRefusalsWithoutWhatWasTyped) {
  EXPECT_FALSE(log_in("my-password-in-the-wrong-field", "x"));
  records::AuditQuery query;
  query.action = "session.refuse";
  auto const rows = store.audit(query);
  ASSERT_EQ(rows->size(), 1U);
  EXPECT_EQ(rows->front().entry.subject, "");
  EXPECT_EQ(rows->front().entry.detail, "");
  EXPECT_EQ(rows->front().entry.address, "10.0.0.2");
}

TEST_F(LoginTest, AResetLinkWorksOnceForAnHour) {
  User const ana = create_with_password("ana");
  auto const session = log_in("ana", password);
  now = now + 2 * base::minute;
  ASSERT_TRUE(links.request_reset("Ana", "10.0.0.9", now));
  ASSERT_EQ(mails.size(), 2U) << "the invitation, the reset";
  LinkMail const mail = mails.back();
  EXPECT_FALSE(mail.invitation);
  EXPECT_EQ(mail.to, "ana@example.org");
  EXPECT_EQ(mail.expires_at, now + base::hour);
  EXPECT_EQ(refusal_of(links.set_by_link(mail.secret, "short", "", now)), Refusal::password_unfit);
  EXPECT_EQ(refusal_of(links.set_by_link(mail.secret + "x", "another good password", "", now)), Refusal::link_expired);
  EXPECT_EQ(refusal_of(links.set_by_link(mail.secret, "another good password", "", mail.expires_at)), Refusal::link_expired);
  EXPECT_TRUE(links.set_by_link(mail.secret, "another good password", "", now));
  EXPECT_EQ(refusal_of(links.set_by_link(mail.secret, "yet another password", "", now)), Refusal::link_expired);
  EXPECT_TRUE(is_over(session->secret));
  EXPECT_FALSE(log_in("ana", password));
  EXPECT_TRUE(log_in("ana", "another good password"));
  EXPECT_EQ(refusal_of(links.set_by_link("", "another good password", "", now)), Refusal::link_expired);
}

TEST_F(LoginTest, AResetForNobodySendsNothing) {
  create("ana");
  EXPECT_TRUE(links.request_reset("nobody", "", now));
  EXPECT_TRUE(links.request_reset("root", "", now)) << "has no address";
  EXPECT_TRUE(mails.empty());
  EXPECT_TRUE(links.request_reset("ana", "", now));
  EXPECT_TRUE(links.request_reset("ana", "", now));
  EXPECT_EQ(mails.size(), 1U) << "one a minute";
  now = now + base::minute;
  EXPECT_TRUE(links.request_reset("ana", "", now));
  ASSERT_EQ(mails.size(), 2U);
  EXPECT_EQ(refusal_of(links.set_by_link(mails.front().secret, "another good password", "", now)), Refusal::link_expired) << "replaced";
}

TEST_F(LoginTest, ALinkOfADeactivatedUserIsOver) {
  User const ana = create("ana");
  auto const mail = links.invite(by_root(), ana.id, now);
  ASSERT_TRUE(mail);
  EXPECT_TRUE(mail->invitation);
  ASSERT_TRUE(accounts.change(by_root(), ana.id, {.active = false}, ana.version, now));
  EXPECT_EQ(refusal_of(links.set_by_link(mail->secret, password, "", now)), Refusal::link_expired);
  EXPECT_EQ(refusal_of(links.invite(by_root(), ana.id, now + base::hour)), Refusal::invalid);
  Principal const agent = principal_of(ana);
  EXPECT_EQ(refusal_of(links.invite({agent, ""}, root_user.id, now)), Refusal::not_permitted);
}

TEST_F(LoginTest, OnesOwnPasswordChangesWithTheOldOne) {
  User const ana = create_with_password("ana");
  Principal const self = principal_of(ana);
  auto const session = log_in("ana", password);
  EXPECT_EQ(refusal_of(links.change_own({self, ""}, "not the right password", "another good password", now)), Refusal::wrong_credentials);
  EXPECT_EQ(refusal_of(links.change_own({self, ""}, password, "password1234", now)), Refusal::password_unfit);
  EXPECT_FALSE(is_over(session->secret));
  EXPECT_TRUE(links.change_own({self, ""}, password, "another good password", now));
  EXPECT_TRUE(is_over(session->secret));
  EXPECT_TRUE(log_in("ana", "another good password"));
  EXPECT_EQ(audited("password.set"), 2U);
}

}  // namespace
}  // namespace rapport::people
