#include "app/doctor.hpp"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/json/parse.hpp>
#include <memory>

#include "app/data_folder.hpp"
#include "app/playbook_choice.hpp"
#include "unit/app/temporary_folder.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

base::Instant const now = *base::parse_rfc3339("2026-06-01T12:00:00Z");

/// A key and a certificate for desk.example.com that it signed itself, valid from and to days from `now`.
void write_certificate(testing::TemporaryFolder const& folder, std::string const& name, int from_day, int to_day) {
  std::unique_ptr<EVP_PKEY, void (*)(EVP_PKEY*)> const key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  std::unique_ptr<X509, void (*)(X509*)> const certificate(X509_new(), X509_free);
  time_t moment = now.since_epoch / base::second;
  X509_time_adj_ex(X509_getm_notBefore(certificate.get()), from_day, 0, &moment);
  X509_time_adj_ex(X509_getm_notAfter(certificate.get()), to_day, 0, &moment);
  X509_set_pubkey(certificate.get(), key.get());
  X509_NAME* const subject = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_ASC, reinterpret_cast<unsigned char const*>("desk.example.com"), -1, -1, 0);
  X509_set_issuer_name(certificate.get(), subject);
  ASSERT_NE(X509_sign(certificate.get(), key.get(), EVP_sha256()), 0);
  std::FILE* const certificate_file = std::fopen((folder / (name + ".crt")).c_str(), "wb");
  PEM_write_X509(certificate_file, certificate.get());
  static_cast<void>(std::fclose(certificate_file));
  std::FILE* const key_file = std::fopen((folder / (name + ".key")).c_str(), "wb");
  PEM_write_PrivateKey(key_file, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  static_cast<void>(std::fclose(key_file));
}

Settings with_certificate(testing::TemporaryFolder const& folder, std::string const& certificate, std::string const& key) {
  Settings settings;
  settings.tls.certificate = folder / (certificate + ".crt");
  settings.tls.key = folder / (key + ".key");
  return settings;
}

struct FakeStore : StoreProbe {
  explicit FakeStore(base::Result<StoreState> state) : answer(std::move(state)) {}
  base::Result<StoreState> look(Settings const&) override { return answer; }
  base::Result<StoreState> answer;
};

TEST(Doctor, LooksAtTheDataFolder) {
  testing::TemporaryFolder const place;
  Settings settings;
  settings.data = place / "data";
  EXPECT_EQ(check_data_folder(settings).said, settings.data.native() + " does not exist; the first start makes it");
  fs::create_directory(settings.data);
  for (auto const& [mode, health] : {std::pair{0700U, Health::ok}, {0755U, Health::warn}, {0770U, Health::fail}, {0702U, Health::fail}}) {
    ASSERT_EQ(::chmod(settings.data.c_str(), mode), 0);
    EXPECT_EQ(check_data_folder(settings).health, health) << mode;
  }
  settings.data = place.write("file", "x");
  EXPECT_EQ(check_data_folder(settings).health, Health::fail);
  settings.data = place / "file/below";
  EXPECT_EQ(check_data_folder(settings).health, Health::fail);
  settings.data = place / "x/y/z";
  EXPECT_EQ(check_free_space(settings).said.find(" MB at " + place.path().native()) != std::string::npos, true);
}

TEST(Doctor, SaysWhoHoldsTheLock) {
  testing::TemporaryFolder const place;
  Settings settings;
  settings.data = place / "data";
  EXPECT_EQ(check_lock(settings).said, "no server runs on the data folder");
  auto const folder = DataFolder::open(settings.data);
  EXPECT_EQ(check_lock(settings).said, "a server runs on the data folder (process " + std::to_string(::getpid()) + "); no second one can");
}

TEST(Doctor, LooksAtTheStore) {
  Settings settings;
  settings.store.url = base::Secret("postgresql://a:sekret@h/x");
  auto const health = [&](base::Result<StoreState> answer) {
    FakeStore store(std::move(answer));
    Finding const finding = check_store(settings, store);
    EXPECT_EQ(finding.said.find("sekret"), std::string::npos);
    return finding.health;
  };
  EXPECT_EQ(health(base::Error{"connection refused"}), Health::fail);
  EXPECT_EQ(health(StoreState{"PostgreSQL 15.3", 5, 4}), Health::fail);
  EXPECT_EQ(health(StoreState{"PostgreSQL 15.3", 3, 4}), Health::warn);
  EXPECT_EQ(health(StoreState{"PostgreSQL 15.3", 0, 4}), Health::ok);
  EXPECT_EQ(health(StoreState{"PostgreSQL 15.3", 4, 4}), Health::ok);
}

TEST(Doctor, DoubtsAClockBehindTheData) {
  testing::TemporaryFolder const place;
  Settings settings;
  settings.data = place.path();
  EXPECT_EQ(check_clock(settings, base::Instant{0}).health, Health::fail);
  EXPECT_NE(check_clock(settings, *base::parse_rfc3339("2090-01-01T00:00:00Z")).health, Health::fail);
  place.write("file", "x");
  EXPECT_EQ(check_clock(settings, base::Instant{1'767'225'600'000}).health, Health::fail);  // written years after
}

TEST(Doctor, ReadsTheCertificate) {
  testing::TemporaryFolder const folder;
  write_certificate(folder, "good", -10, 90);
  write_certificate(folder, "old", -90, -1);
  write_certificate(folder, "early", 1, 90);
  write_certificate(folder, "soon", -80, 10);
  folder.write("text.crt", "no certificate");
  folder.write("text.key", "no key");
  auto const said = [&](Settings const& settings) { return check_certificate(settings, now).said; };
  Settings good = with_certificate(folder, "good", "good");
  EXPECT_EQ(check_certificate(good, now).health, Health::ok);
  good.public_url = "https://desk.example.com:8443/x";
  EXPECT_EQ(check_certificate(good, now).health, Health::ok);
  good.public_url = "https://other.example.com";
  EXPECT_EQ(check_certificate(good, now).health, Health::warn);
  EXPECT_NE(said(with_certificate(folder, "good", "old")).find("do not belong together"), std::string::npos);
  EXPECT_NE(said(with_certificate(folder, "old", "old")).find("has expired"), std::string::npos);
  EXPECT_NE(said(with_certificate(folder, "early", "early")).find("is not valid yet"), std::string::npos);
  EXPECT_NE(said(with_certificate(folder, "soon", "soon")).find("expires within"), std::string::npos);
  EXPECT_EQ(check_certificate(with_certificate(folder, "soon", "soon"), now).health, Health::warn);
  EXPECT_NE(said(with_certificate(folder, "text", "good")).find("holds no certificate"), std::string::npos);
  EXPECT_NE(said(with_certificate(folder, "good", "text")).find("holds no private key"), std::string::npos);
  EXPECT_NE(said(with_certificate(folder, "none", "good")).find("No such file"), std::string::npos);
}

TEST(Doctor, WarnsOfPasswordsInTheClear) {
  Settings settings;
  EXPECT_EQ(check_certificate(settings, now).health, Health::ok);
  settings.listen = {{"0.0.0.0", 80}};
  EXPECT_EQ(check_certificate(settings, now).health, Health::warn);
  settings.tls.self_signed = SelfSigned::never;
  EXPECT_NE(check_certificate(settings, now).said.find("in the clear"), std::string::npos);
}

TEST(Doctor, LooksWhoMayReadSecrets) {
  testing::TemporaryFolder const folder;
  Settings settings;
  settings.mail.password.file = folder.write("password", "x");
  ASSERT_EQ(::chmod(settings.mail.password.file.c_str(), 0640), 0);
  EXPECT_EQ(check_secret_files(settings).health, Health::ok);
  ASSERT_EQ(::chmod(settings.mail.password.file.c_str(), 0644), 0);
  EXPECT_EQ(check_secret_files(settings).said, "every user of this machine may read " + settings.mail.password.file.native());
}

TEST(Doctor, TriesThePorts) {
  int const listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(::bind(listener, reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(::listen(listener, 1), 0);
  ASSERT_EQ(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size), 0);
  testing::TemporaryFolder const place;
  Settings settings;
  settings.data = place / "data";
  settings.listen = {{"127.0.0.1", 0}};
  EXPECT_EQ(check_ports(settings).health, Health::ok);
  settings.listen.push_back({"127.0.0.1", ntohs(address.sin_port)});
  EXPECT_EQ(check_ports(settings).health, Health::fail);
  auto const folder = DataFolder::open(settings.data);  // then it is likely that server's
  EXPECT_EQ(check_ports(settings).health, Health::ok);
  settings.listen.push_back({"192.0.2.1", 80});  // an address for documentation, no machine has it
  EXPECT_EQ(check_ports(settings).health, Health::fail);
  ::close(listener);
}

TEST(Doctor, LoadsThePlaybook) {
  testing::TemporaryFolder const folder;
  Settings settings;
  EXPECT_EQ(check_playbook(settings).health, Health::ok);
  folder.write("playbook.yaml", "nonsense: 1\n");
  settings.playbook = folder.path();
  EXPECT_EQ(check_playbook(settings).health, Health::fail);
}

TEST(Doctor, CountsFileDescriptors) {
  rlimit limit{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &limit), 0);
  Settings settings;
  settings.limits.connections = 0;
  EXPECT_EQ(check_descriptors(settings).health, limit.rlim_cur >= 256 ? Health::ok : Health::warn);
  if (limit.rlim_cur == RLIM_INFINITY) return;
  settings.limits.connections = static_cast<std::int64_t>(limit.rlim_cur);
  EXPECT_EQ(check_descriptors(settings).health, Health::warn);
}

TEST(Doctor, TellsAllInWordsAndInJson) {
  testing::TemporaryFolder const place;
  SettingsSources sources;
  sources.file = playbook::SourceFile{"r.yaml", "limits: {connections: 1}\nlog: {level: x}\n"};
  sources.environment = {{"HOME", place.path().native()}};
  sources.command_line = {{"listen", "127.0.0.1:0"}};
  FakeStore store(StoreState{"SQLite 3", 1, 1});
  auto const findings = examine(load_settings(sources), now, &store);
  EXPECT_EQ(findings.size(), 12U);
  std::string const text = findings_text(findings);
  EXPECT_EQ(text.find("fail   configuration: r.yaml:1:23: \"1\" for \"limits.connections\"; expected a whole number from 16 to 1000000\n"
                      "       r.yaml:2:14: \"x\" for \"log.level\"; expected debug, info, warning or error\n"
                      "       → correct what is named; docs/configuration.md lists every key\n"),
            0U)
      << text;
  EXPECT_NE(text.find("ok     store: SQLite 3, version 1\n"), std::string::npos);
  auto const rows = boost::json::parse(findings_json(findings)).as_array();
  EXPECT_EQ(rows.size(), findings.size());
  EXPECT_EQ(rows[0].at("health").as_string(), "fail");
  EXPECT_EQ(examine(load_settings(sources), now, nullptr).size(), 11U);
}

}  // namespace
}  // namespace rapport::app
