#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "app/setting.hpp"
#include "app/setting_checks.hpp"
#include "app/settings_load.hpp"
#include "unit/app/temporary_folder.hpp"

namespace rapport::app {
namespace {

using Environment = std::map<std::string, std::string>;

LoadedSettings load_text(std::string text, Environment environment = {{"HOME", "/home/centre"}}) {
  SettingsSources sources;
  sources.file = playbook::SourceFile{"/etc/rapport/r.yaml", std::move(text)};
  sources.environment = std::move(environment);
  return load_settings(sources);
}

std::string problems_of(LoadedSettings const& loaded) {
  std::string lines;
  for (std::string const& problem : loaded.problems) lines += problem + '\n';
  return lines;
}

TEST(Settings, AreTheDefaultsWhereNothingIsSaid) {
  LoadedSettings const loaded = load_text("");
  EXPECT_TRUE(loaded);
  EXPECT_EQ(loaded.settings.data, "/home/centre/.local/share/rapport");
  EXPECT_EQ(loaded.settings.listen, (std::vector<Endpoint>{{"127.0.0.1", 8080}}));
  EXPECT_TRUE(loaded.settings.store.url.is("sqlite"));
  EXPECT_TRUE(loaded.origins.empty());
}

TEST(Settings, FollowTheXdgFolders) {
  EXPECT_EQ(load_text("", {{"HOME", "/h"}, {"XDG_DATA_HOME", "/x"}}).settings.data, "/x/rapport");
  EXPECT_EQ(load_text("", {{"HOME", "/h"}, {"XDG_DATA_HOME", "relative"}}).settings.data, "/h/.local/share/rapport");
  EXPECT_EQ(problems_of(load_text("", {})),
            "data: there is no default without HOME or XDG_DATA_HOME; expected a folder by --data, RAPPORT_DATA or in the configuration\n");
}

TEST(Settings, ReadEveryKindOfValue) {
  LoadedSettings const loaded = load_text(
      "data: data\n"
      "listen: [0.0.0.0:443, '[::1]:0', localhost:9]\n"
      "trusted_proxies: 10.0.0.0/8\n"
      "public_url: https://centre.example.com\n"
      "time_zone: Europe/London\n"
      "store: {url: 'postgresql://a:b@h/x'}\n"
      "tls: {self_signed: never}\n"
      "limits: {connections: 2000}\n"
      "sessions:\n  idle: 90 min\n  absolute: 1.5 d\n"
      "oidc: {issuer: https://login.example.com/x, client_id: rapport, roles: {staff: agent, leads: supervisor}}\n"
      "retention: {interactions: 400 d, webhook_failures: forever}\n"
      "log:\n");
  EXPECT_EQ(problems_of(loaded), "");
  Settings const& settings = loaded.settings;
  EXPECT_EQ(settings.data, "/etc/rapport/data");
  EXPECT_EQ(settings.listen, (std::vector<Endpoint>{{"0.0.0.0", 443}, {"::1", 0}, {"127.0.0.1", 9}}));
  EXPECT_EQ(settings.trusted_proxies, std::vector<std::string>{"10.0.0.0/8"});
  EXPECT_EQ(settings.store.url.reveal(), "postgresql://a:b@h/x");
  EXPECT_EQ(settings.tls.self_signed, SelfSigned::never);
  EXPECT_EQ(settings.limits.connections, 2'000);
  EXPECT_EQ(settings.sessions.idle, 90 * base::minute);
  EXPECT_EQ(settings.sessions.absolute, 36 * base::hour);
  EXPECT_EQ(settings.oidc.roles, (std::map<std::string, std::string>{{"staff", "agent"}, {"leads", "supervisor"}}));
  EXPECT_EQ(settings.retention.interactions, 400 * base::day);
  EXPECT_EQ(settings.retention.webhook_failures, 0);
  EXPECT_EQ(loaded.origins.at("sessions.absolute"), "/etc/rapport/r.yaml:11:13");
}

struct Mistake {
  std::string text;
  std::string problem;
};

TEST(Settings, TellEveryMistakeWithItsPlace) {
  std::vector<Mistake> const mistakes{
      {"dta: x", "1:1: \"dta\" is no key of the configuration; did you mean \"data\"?"},
      {"limits:\n  conections: 5", "2:3: \"conections\" is no key of \"limits\"; did you mean \"connections\"?"},
      {"idle: 3 h", "1:1: \"idle\" is no key of the configuration; did you mean \"idle\" in the section \"sessions\"?"},
      {"store:\n  time_zone: UTC", "2:3: \"time_zone\" is no key of \"store\"; \"time_zone\" stands at the left margin, in no section"},
      {"metrics: {x: 1}", "1:11: \"x\" is no key of \"metrics\"; expected token_file"},
      {"limits.connections: 50", "1:1: \"limits.connections\" is no key of the configuration; expected"},
      {"limits: {connections: 2}", "1:23: \"2\" for \"limits.connections\"; expected a whole number from 16 to 1000000"},
      {"limits: {connections: 99999999999999999999}", "expected a whole number from 16 to 1000000"},
      {"limits: {connections: [20]}", "1:23: a list for \"limits.connections\"; expected a whole number from 16 to 1000000"},
      {"limits: 5", "1:9: \"5\" for \"limits\"; expected a map of its keys"},
      {"data:", "1:1: nothing for \"data\"; expected a path"},
      {"- data", "1:1: a list for the configuration; expected a map of its keys"},
      {"listen: [127.0.0.1:80, nowhere:99]", "1:24: \"nowhere:99\" for \"listen\"; expected ADDRESS:PORT such as 127.0.0.1:8080 or [::]:443, or a list of them"},
      {"listen: []", "1:9: an empty list for \"listen\""},
      {"listen: 127.0.0.1:65536", "1:9: \"127.0.0.1:65536\" for \"listen\""},
      {"log: {level: infos}", "1:14: \"infos\" for \"log.level\"; expected debug, info, warning or error; did you mean \"info\"?"},
      {"sessions: {idle: 1 parsec}", "1:18: \"1 parsec\" for \"sessions.idle\"; expected a time from 1 min to 30 d in ms, s, min, h or d"},
      {"sessions: {idle: forever}", "expected a time from 1 min to 30 d"},
      {"sessions: {idle: 999999999 d}", "expected a time from 1 min to 30 d"},
      {"retention: {interactions: 1 h}", "expected a time from 1 d to 36500 d in ms, s, min, h or d, or forever"},
      {"oidc: {roles: {a: agnet}}", "1:19: \"agnet\" for \"oidc.roles\"; expected a map from values to one of agent"},
      {"oidc: {issuer: http://x}", "1:16: \"http://x\" for \"oidc.issuer\"; expected a URL that begins with https://"},
      {"trusted_proxies: [10.0.0.0/33]", "1:19: \"10.0.0.0/33\" for \"trusted_proxies\""},
      {"tls: {certificate: a.crt}", "1:20: a certificate without its key; expected \"tls.key\", too"},
      {"tls: {key: a.key}", "1:12: a key without its certificate; expected \"tls.certificate\", too"},
      {"sessions: {idle: 2 d}", "1:18: \"sessions.idle\" is longer than \"sessions.absolute\", 12 h; expected at most as long"},
      {"oidc: {issuer: https://x, client_id: y, roles: {a: agent}}", "1:16: an issuer that does not know the way back"},
      {"public_url: https://y\noidc: {issuer: https://x, client_id: y}", "2:16: an issuer without roles would let nobody in"},
      {"mail: {smtp_url: smtps://x}", "1:18: mail without a sender; expected \"mail.from\", too"},
      {"data: a\ndata: b", "2:1: \"data\" stands twice here, first on line 1; expected it once"},
      {"data: \"a\\x01\"", "for \"data\"; expected a path"},
  };
  for (Mistake const& mistake : mistakes) {
    std::string const problems = problems_of(load_text(mistake.text));
    EXPECT_NE(problems.find(mistake.problem), std::string::npos) << mistake.text << "\n"
                                                                 << problems;
    EXPECT_EQ(problems.find("/etc/rapport/r.yaml:"), 0U) << mistake.text << "\n"
                                                         << problems;
    EXPECT_EQ(std::count(problems.begin(), problems.end(), '\n'), 1) << mistake.text << "\n"
                                                                     << problems;
  }
}

TEST(Settings, NeverShowTheStoresPassword) {
  std::string const problems = problems_of(load_text("store: {url: 'mysql://a:sekret@h/x'}"));
  EXPECT_EQ(problems, "/etc/rapport/r.yaml:1:14: the value of \"store.url\" is none; expected sqlite, or a URL that begins with postgresql://\n");
  EXPECT_EQ(without_password("postgresql://a:sekret@h:5432/x"), "postgresql://a:***@h:5432/x");
  EXPECT_EQ(without_password("postgresql://a:se@kr/et@h/x"), "postgresql://a:***@h/x");
  EXPECT_EQ(without_password("postgresql://h/x?password=sekret&sslpassword=sekret"), "postgresql://h/x?password=***&sslpassword=***");
  EXPECT_EQ(without_password("postgresql://a@h:5432/x"), "postgresql://a@h:5432/x");
  EXPECT_EQ(without_password("sqlite"), "sqlite");
}

TEST(Settings, LaterSourcesWin) {
  SettingsSources sources;
  sources.file = playbook::SourceFile{"r.yaml", "time_zone: Europe/Rome\nlog: {level: debug, format: json}\nplaybook: p\n"};
  sources.environment = {{"HOME", "/h"}, {"RAPPORT_LOG_LEVEL", "warning"}, {"RAPPORT_LISTEN", "127.0.0.1:1, [::1]:2"}, {"RAPPORT_OIDC_ROLES", "a=agent, b=c=quality"}, {"RAPPORT_CONFIG", "r.yaml"}};
  sources.command_line = {{"log.level", "error"}, {"data", "here"}};
  LoadedSettings const loaded = load_settings(sources);
  EXPECT_EQ(problems_of(loaded), "");
  EXPECT_TRUE(loaded.warnings.empty());
  EXPECT_EQ(loaded.settings.time_zone, "Europe/Rome");
  EXPECT_EQ(loaded.settings.log.level, LogLevel::error);
  EXPECT_EQ(loaded.settings.log.format, LogFormat::json);
  EXPECT_EQ(loaded.settings.listen, (std::vector<Endpoint>{{"127.0.0.1", 1}, {"::1", 2}}));
  EXPECT_EQ(loaded.settings.oidc.roles, (std::map<std::string, std::string>{{"a", "agent"}, {"b=c", "quality"}}));
  EXPECT_EQ(loaded.origins.at("log.level"), "--set log.level");
  EXPECT_EQ(loaded.origins.at("data"), "--data");
  EXPECT_EQ(loaded.origins.at("listen"), "RAPPORT_LISTEN");
  EXPECT_EQ(loaded.origins.at("time_zone"), "r.yaml:1:12");
}

TEST(Settings, TellMistakesOfVariablesAndOptions) {
  SettingsSources sources;
  sources.environment = {{"HOME", "/h"}, {"RAPPORT_LOG_LEVEL", "loud"}, {"RAPPORT_LOG_LEVLE", "info"}};
  sources.command_line = {{"log.levle", "info"}, {"store.url", "postgres://a:sekret@h/x"}};
  LoadedSettings const loaded = load_settings(sources);
  EXPECT_EQ(problems_of(loaded),
            "RAPPORT_LOG_LEVEL: \"loud\" for \"log.level\"; expected debug, info, warning or error\n"
            "--set: \"log.levle\" is no key; did you mean \"log.level\"?\n");
  ASSERT_EQ(loaded.warnings.size(), 2U);
  EXPECT_EQ(loaded.warnings[0], "RAPPORT_LOG_LEVLE: stands for no key and is ignored; did you mean RAPPORT_LOG_LEVEL?");
  EXPECT_EQ(loaded.warnings[1].find("--store: a password on the command line"), 0U);
  EXPECT_EQ(loaded.warnings[1].find("sekret"), std::string::npos);
}

TEST(Settings, TakeSecretsFromFilesOrTheEnvironment) {
  testing::TemporaryFolder const folder;
  folder.write("token", "t0ken\r\n");
  folder.write("empty", "\n");
  SettingsSources sources;
  sources.file = playbook::SourceFile{(folder / "r.yaml").native(), "metrics: {token_file: token}\nmail: {password_file: empty}\nstore: {password_file: none}\n"};
  sources.environment = {{"HOME", "/h"}, {"RAPPORT_OIDC_CLIENT_SECRET", "s3cret"}};
  LoadedSettings loaded = load_settings(sources);
  EXPECT_TRUE(loaded);
  complete_settings(loaded);
  EXPECT_TRUE(loaded.settings.metrics.token.value.is("t0ken"));
  EXPECT_TRUE(loaded.settings.oidc.client_secret.value.is("s3cret"));
  EXPECT_EQ(show(*find_setting("oidc.client_secret_file"), loaded.settings), "(hidden)");
  std::string const file = (folder / "r.yaml").native();
  EXPECT_EQ(problems_of(loaded), file + ":3:24: the file named by \"store.password_file\" cannot be read: No such file or directory\n" +
                                     file + ":2:23: the file named by \"mail.password_file\" is empty; expected a secret\n");

  sources.environment["RAPPORT_OIDC_CLIENT_SECRET_FILE"] = "token";
  EXPECT_NE(problems_of(load_settings(sources)).find("RAPPORT_OIDC_CLIENT_SECRET: RAPPORT_OIDC_CLIENT_SECRET_FILE is given, too; expected one of them"), std::string::npos);
}

TEST(Settings, KnowTheTimeZonesOfThisMachine) {
  LoadedSettings loaded = load_text("time_zone: Europe/Londn");
  EXPECT_TRUE(loaded);
  complete_settings(loaded);
  EXPECT_EQ(problems_of(loaded).find("/etc/rapport/r.yaml:1:12: there is no time zone \"Europe/Londn\" on this machine"), 0U);
}

TEST(SettingsTable, NamesEveryKeyOnceAndInASection) {
  std::set<std::string> seen;
  std::set<std::string> variables;
  std::set<std::string_view> names;
  for (SettingSection const& section : settings_sections()) names.insert(section.name);
  for (Setting const& setting : settings_table()) {
    EXPECT_TRUE(seen.insert(std::string(setting.path)).second) << setting.path;
    EXPECT_TRUE(variables.insert(environment_name(setting.path)).second) << setting.path;
    std::string const secret = secret_variable(setting);
    EXPECT_TRUE(secret.empty() || variables.insert(secret).second) << setting.path;
    EXPECT_TRUE(names.contains(section_of(setting.path))) << setting.path;
    EXPECT_FALSE(names.contains(setting.path)) << setting.path;
    EXPECT_TRUE(setting.meaning.ends_with('.')) << setting.path;
    EXPECT_EQ(show(setting, Settings{}).empty(), !setting.unset.empty()) << setting.path;
    EXPECT_FALSE(show(setting, Settings{}).empty() && setting.example.empty()) << setting.path;
  }
}

TEST(SettingsTrunks, AreReadFromFileAndEnvironmentAndTheirPasswordsNeverShown) {
  LoadedSettings const loaded = load_text(
      "phone:\n  trunks:\n    - {name: carrier, host: 'sip.example.com:5062', transport: tcp, user: rapport, password: sekret-1, register: yes, calls: 4}\n    - {name: other, host: 192.0.2.1, number: '+442079460000'}\n"
      "  emergency: other\n");
  ASSERT_TRUE(loaded) << problems_of(loaded);
  auto const& trunks = loaded.settings.phone.trunks;
  ASSERT_EQ(trunks.size(), 2U);
  EXPECT_TRUE(trunks[0].transport == "tcp" && trunks[0].registers && trunks[0].password.value.is("sekret-1"));
  EXPECT_EQ(trunks[0].calls, 4);
  EXPECT_EQ(trunks[1].number, "+442079460000");
  std::string const shown = show(*find_setting("phone.trunks"), loaded.settings);
  EXPECT_EQ(shown.find("sekret-1"), std::string::npos);
  EXPECT_NE(shown.find("(hidden)"), std::string::npos);
  Settings settings;
  EXPECT_FALSE(assign_text(*find_setting("phone.trunks"), "name=a host=127.0.0.1:5060 user=x password=y register=yes, name=b host=b.example.com", settings));
  EXPECT_EQ(settings.phone.trunks.size(), 2U);
  EXPECT_EQ(settings.phone.trunks[0].user, "x");
}

TEST(SettingsTrunks, SpeakTlsAndLogInToUs) {
  LoadedSettings const loaded = load_text(
      "phone:\n  sip: ['tls:127.0.0.1:0']\n  resolver: 192.0.2.53:53\n  trunks:\n    - {name: safe, host: sip.example.com, transport: tls, srtp: no, queue: sales}\n"
      "    - {name: six, host: '[2001:db8::7]:5070', refer: yes}\n    - {name: branch, logs_in: yes, user: branch, password: sekret-1}\n");
  ASSERT_TRUE(loaded) << problems_of(loaded);
  std::string const shown = show(*find_setting("phone.trunks"), loaded.settings);
  EXPECT_EQ(shown,
            "[{name: safe, host: sip.example.com, transport: tls, srtp: no, queue: sales}, {name: six, host: \"[2001:db8::7]:5070\", refer: yes}, "
            "{name: branch, user: branch, password: \"(hidden)\", logs_in: yes}]");
  EXPECT_FALSE(load_text("phone:\n  sip: ['udp:127.0.0.1:0']\n  trunks:\n    - {name: safe, host: sip.example.com, transport: tls}\n")) << "nowhere to speak it from";
  EXPECT_FALSE(load_text("phone:\n  resolver: 192.0.2.53\n")) << "no port";
}

TEST(SettingsTrunks, WhatIsWrongIsRefusedWithoutItsPassword) {
  Setting const& trunks = *find_setting("phone.trunks");
  for (std::string_view const text : {"name=a", "host=b", "name=a host=b,name=a host=c", "name=a host=b register=yes", "name=a host=b calls=0", "name=a host=b number=020", "name=a host=b transport=tcpip", "name=a logs_in=yes user=x", "name=a logs_in=yes host=b user=x password=y", "name=a logs_in=yes password=y", "name=a host=b password=sekret colour=red"}) {
    Settings settings;
    auto const wrong = assign_text(trunks, text, settings);
    ASSERT_TRUE(wrong) << text;
    EXPECT_EQ(wrong->find("sekret"), std::string::npos) << *wrong;
    EXPECT_TRUE(settings.phone.trunks.empty());
  }
  EXPECT_FALSE(load_text("phone:\n  emergency: nobody\n"));
}

TEST(SettingsTable, ReadsBackWhatItShows) {
  for (Setting const& setting : settings_table()) {
    std::string shown = show(setting, Settings{});
    if (shown.empty()) shown = setting.example;
    std::string const section(section_of(setting.path));
    std::string const text = section.empty() ? fmt::format("{}: {}\n", setting.path, shown) : fmt::format("{}:\n  {}: {}\n", section, key_of(setting.path), shown);
    LoadedSettings const loaded = load_text(text);
    ASSERT_TRUE(loaded.origins.contains(setting.path)) << text << problems_of(loaded);
    EXPECT_EQ(show(setting, loaded.settings), shown) << text;
  }
}

TEST(SettingChecks, TellAddressesApart) {
  EXPECT_EQ(parse_endpoint("[2001:db8::1]:443"), (Endpoint{"2001:db8::1", 443}));
  EXPECT_EQ(Endpoint({"2001:db8::1", 443}).text(), "[2001:db8::1]:443");
  for (char const* text : {"", ":", "8080", "127.0.0.1", "127.0.0.1:", "::1:80", "[127.0.0.1]:80", "[::1]80", "127.0.0.1:-1", "127.0.0.1: 80", "300.0.0.1:80", "[]:80"}) {
    EXPECT_FALSE(parse_endpoint(text)) << text;
  }
  EXPECT_TRUE(Endpoint({"127.0.0.2", 1}).is_loopback() && Endpoint({"::1", 1}).is_loopback());
  EXPECT_FALSE(Endpoint({"0.0.0.0", 1}).is_loopback() || Endpoint({"::", 1}).is_loopback());
}

TEST(SettingChecks, KnowUrlsNetworksAndAddresses) {
  EXPECT_TRUE(is_web_url("https://desk.example.com") && is_web_url("http://[::1]:8080/rapport/"));
  for (char const* text : {"https://", "https://a b", "ftp://x", "https://u:p@x", "https://x?y", "https://x:99999", "https://[::1", "https:///x"}) EXPECT_FALSE(is_web_url(text)) << text;
  EXPECT_TRUE(is_smtp_url("smtp://mail:25") && is_smtp_url("smtps://mail.example.com"));
  EXPECT_FALSE(is_smtp_url("smtp://mail/x") || is_smtp_url("https://mail"));
  EXPECT_TRUE(is_network("10.0.0.1") && is_network("10.0.0.0/8") && is_network("fd00::/8"));
  EXPECT_FALSE(is_network("10.0.0.0/33") || is_network("10.0.0/8") || is_network("fd00::/129") || is_network("10.0.0.0/") || is_network("any"));
  EXPECT_TRUE(is_mail_address("desk@example.com"));
  EXPECT_FALSE(is_mail_address("desk") || is_mail_address("@x") || is_mail_address("a b@x") || is_mail_address("a@x\r\nBcc: b@y"));
  EXPECT_TRUE(is_zone_name("Etc/GMT+1") && is_zone_name("America/Port-au-Prince"));
  EXPECT_FALSE(is_zone_name("../../etc/passwd") || is_zone_name("") || is_zone_name("/etc"));
}

}  // namespace
}  // namespace rapport::app
