// The built binary, run as a user runs it: output contracts, exit status, order at any number of jobs.
#include <gtest/gtest.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

std::string const binary = RAPPORT_BINARY;
fs::path const source = RAPPORT_SOURCE_DIR;
std::string const harper = (source / "samples/harper-valley/transcript").string();
std::string const star = (source / "samples/star/dialogues.jsonl").string();

struct Outcome {
  int status = -1;
  std::string out;
  std::string err;
};

std::string read_file(fs::path const& path) {
  std::ifstream stream{path, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A folder of this test's own, emptied before and removed after.
class CommandTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string const name = ::testing::UnitTest::GetInstance()->current_test_info()->name();
    folder_ = fs::temp_directory_path() / ("rapport-command-" + std::to_string(::getpid()) + "-" + name);
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// `before`: what the shell does before it runs the binary.
  Outcome run(std::string const& arguments, std::string const& before = {}) const {
    fs::path const err = folder_ / "stderr";
    std::string const line = before + binary + " " + arguments + " 2>" + err.string();
    Outcome outcome;
    FILE* pipe = popen(line.c_str(), "r");
    std::array<char, 65'536> block{};
    for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), pipe)) > 0;) outcome.out.append(block.data(), got);
    int const status = pclose(pipe);
    outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128;
    outcome.err = read_file(err);
    return outcome;
  }

  fs::path write(std::string const& name, std::string const& text) const {
    std::ofstream{folder_ / name, std::ios::binary} << text;
    return folder_ / name;
  }

  fs::path folder_;
};

std::vector<std::string> lines_of(std::string const& text) {
  std::vector<std::string> lines;
  std::istringstream stream{text};
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

/// What was said but for the progress, which a run shows when it takes long.
std::vector<std::string> complaints_of(std::string const& said) {
  auto lines = lines_of(said);
  std::erase_if(lines, [](std::string const& line) { return line.ends_with(" a second"); });
  return lines;
}

std::string interaction(std::string const& id, std::string const& words) {
  return R"({"id":")" + id + R"(","channel":"chat","started_at":"2026-03-02T09:15:00Z","agent":{"id":"a","name":"Dana"},)" +
         R"("customer":{"id":"c"},"events":[{"at_ms":0,"kind":"message","by":"customer","text":")" + words +
         R"("},{"at_ms":5000,"kind":"message","by":"agent","text":"Hello, how can I help?"}]})";
}

TEST_F(CommandTest, EvaluateGivesOneJsonLineForEachSampleWithEveryPractice) {
  Outcome const outcome = run("evaluate " + harper + " " + star + " --format json");
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  auto const lines = lines_of(outcome.out);
  ASSERT_EQ(lines.size(), 15U);
  simdjson::dom::parser parser;
  for (std::string const& line : lines) {
    simdjson::dom::element ledger = parser.parse(line);
    EXPECT_EQ(std::int64_t(ledger["format"]), 1);
    simdjson::dom::array practices = ledger["practices"];
    EXPECT_EQ(practices.size(), 89U);
    EXPECT_EQ(std::string_view(practices.at(0)["id"]), "opening.greet");
    for (simdjson::dom::element practice : practices) {
      std::string_view const verdict = practice["verdict"];
      EXPECT_TRUE(verdict == "met" || verdict == "missed" || verdict == "not_applicable" || verdict == "not_assessed");
      if (verdict == "not_assessed") {
        EXPECT_FALSE(std::string_view(practice["why"]).empty());
      }
    }
  }
}

TEST_F(CommandTest, AnyNumberOfJobsGivesTheSameBytes) {
  std::string const labelled = (source / "tests/labelled/build").string();
  std::string const paths = harper + " " + star + " " + labelled + "/a.jsonl " + labelled + "/b.jsonl " + (source / "tests/data/ledgers/conversations.jsonl").string();
  for (std::string const& playbook : {std::string{}, " --playbook " + (source / "tests/data/ledgers/playbook").string()}) {
    Outcome const alone = run("evaluate " + paths + " --format json --jobs 1" + playbook);
    ASSERT_EQ(alone.status, 0) << alone.err;
    ASSERT_EQ(lines_of(alone.out).size(), 86U);
    for (std::string const jobs : {"2", "7"}) {
      Outcome const many = run("evaluate " + paths + " --format json --jobs " + jobs + playbook);
      EXPECT_TRUE(alone.out == many.out) << jobs << playbook;
      EXPECT_EQ(complaints_of(alone.err), complaints_of(many.err)) << jobs << playbook;
    }
  }
}

TEST_F(CommandTest, OneBadInteractionIsNamedAndTheRestIsDone) {
  auto const file = write("mixed.jsonl", interaction("one", "hi") + "\n{\"id\": 7}\nnot json\n" + interaction("one", "again") + "\n" +
                                             interaction("two", "my parcel never came") + "\n");
  Outcome const outcome = run("evaluate " + file.string() + " --format json");
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(lines_of(outcome.out).size(), 2U);
  EXPECT_NE(outcome.err.find("mixed.jsonl:2"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("mixed.jsonl:3"), std::string::npos) << outcome.err;
  EXPECT_NE(outcome.err.find("a second interaction with id \"one\""), std::string::npos) << outcome.err;
}

TEST_F(CommandTest, APipeIsReadLikeAFile) {
  auto const lines = write("lines.jsonl", interaction("one", "hi") + "\n" + interaction("two", "my parcel never came") + "\n");
  auto const document = write("document.json", interaction("three", "hello"));
  auto const transcript = write("words.txt", "Agent: Good morning\nCustomer: Hello, my parcel never came\n");
  for (fs::path const& file : {lines, document, transcript}) {
    Outcome const from_file = run("convert --to text " + file.string());
    fs::path const pipe = folder_ / "pipes" / file.filename();
    fs::create_directories(pipe.parent_path());
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    Outcome const from_pipe = run("convert --to text " + pipe.string(), "timeout 60 cat " + file.string() + " >" + pipe.string() + " & ");
    EXPECT_EQ(from_pipe.status, 0) << from_pipe.err;
    EXPECT_FALSE(from_file.out.empty());
    EXPECT_EQ(from_pipe.out, from_file.out);
  }
}

TEST_F(CommandTest, WrongUsageAndMissingPathsExitWithTwo) {
  EXPECT_EQ(run("evaluate /no/such/path").status, 2);
  EXPECT_EQ(run("evaluate").status, 2);
  EXPECT_EQ(run("no-such-command").status, 2);
  EXPECT_EQ(run("evaluate " + star + " --format html").status, 2);
  EXPECT_EQ(run("evaluate " + star + " --preset no-such-preset").status, 2);
  EXPECT_EQ(run("--help").status, 0);
}

TEST_F(CommandTest, TheReportIsOneFileWithoutOutsideResources) {
  auto const hostile = write("hostile.jsonl", interaction("</script><script>alert(1)</script>", "<img src=x onerror=alert(1)>") + "\n");
  Outcome const outcome = run("evaluate " + hostile.string() + " " + star + " --format html --out " + (folder_ / "report").string());
  EXPECT_EQ(outcome.status, 0) << outcome.err;
  std::string const page = read_file(folder_ / "report" / "report.html");
  EXPECT_GT(page.size(), 20'000U);
  EXPECT_EQ(page.find("<script>alert"), std::string::npos);
  EXPECT_EQ(page.find("<img src=x"), std::string::npos);
  for (std::string const outside : {"src=\"http", "href=\"http", "@import", "url(http"}) {
    EXPECT_EQ(page.find(outside), std::string::npos) << outside;
  }
}

TEST_F(CommandTest, ConvertedInteractionsAreJudgedTheSame) {
  for (std::string const to : {"interaction", "vcon"}) {
    fs::path const out = folder_ / to;
    ASSERT_EQ(run("convert --to " + to + " " + star + " --out " + out.string()).status, 0);
    Outcome const direct = run("evaluate " + star + " --format json");
    Outcome const converted = run("evaluate " + out.string() + " --format json");
    auto expected = lines_of(direct.out);
    auto actual = lines_of(converted.out);
    std::sort(expected.begin(), expected.end());
    std::sort(actual.begin(), actual.end());
    EXPECT_EQ(expected, actual) << to;
  }
}

/// A full disk under standard output: the end of what was printed is missing, and that is told.
TEST_F(CommandTest, WhatCannotBePrintedIsNoSuccess) {
  std::string const labels = (source / "tests/labelled/build/a.labels.jsonl").string();
  for (std::string const& command : {"evaluate " + star + " --format json", "convert --to vcon " + star, "agree --truth " + labels + " " + star, std::string{"playbook explain hold.ask-first"},
                                     std::string{"config example"}, std::string{"evaluate --help"}}) {
    Outcome const outcome = run(command + " >/dev/full");
    EXPECT_EQ(outcome.status, 1) << command;
    EXPECT_NE(outcome.err.find("standard output: not everything could be written"), std::string::npos) << outcome.err;
  }
}

TEST_F(CommandTest, AgreeNamesLabelsOfNoPractice) {
  auto const conversation = write("one.jsonl", interaction("one", "hi") + "\n");
  auto const labels = write("labels.jsonl", R"({"id": "one", "verdicts": {"opening.great": "met", "courtesy.polite": "met"}})");
  Outcome const outcome = run("agree --truth " + labels.string() + " " + conversation.string());
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("1 label of \"opening.great\", which is no practice of the playbook; did you mean \"opening.greet\"?"), std::string::npos) << outcome.err;
}

TEST_F(CommandTest, ConvertSaysWhatItLeftOut) {
  auto const mixed = write("mixed.vcon", R"({"vcon": "0.4.0", "uuid": "u", "parties": [{"name": "Pat"}], "dialog": [{"type": "text", "start": "2026-03-02T09:15:00Z", "parties": 0, "body": "hi"}, {"type": "text", "parties": 7, "body": "lost"}]})");
  Outcome const outcome = run("convert --to text " + mixed.string());
  EXPECT_EQ(outcome.status, 0);
  EXPECT_NE(outcome.err.find("warning: " + mixed.string() + ":1: dialog[1] is a text without a party; left out"), std::string::npos) << outcome.err;
}

TEST_F(CommandTest, AgreePrintsTheTableOverLabelledConversations) {
  std::string const build = (source / "tests/labelled/build").string();
  Outcome const outcome = run("agree --truth " + build + "/a.labels.jsonl " + build + "/a.jsonl --format json");
  ASSERT_EQ(outcome.status, 0) << outcome.err;
  simdjson::dom::parser parser;
  simdjson::dom::element table = parser.parse(outcome.out);
  EXPECT_EQ(simdjson::dom::array(table["practices"]).size(), 89U);
}

TEST_F(CommandTest, PlaybooksAreCheckedAndExplained) {
  EXPECT_EQ(run("playbook check " + (source / "playbooks/standard").string()).status, 0);
  fs::create_directories(folder_ / "broken/practices");
  write("broken/playbook.yaml", "name: broken\nversion: 1.0.0\n");
  write("broken/practices/hold.yaml", "hold.ask-first:\n  say: Ask first\n  must: agent.asks\n");
  Outcome const broken = run("playbook check " + (folder_ / "broken").string());
  EXPECT_EQ(broken.status, 1);
  EXPECT_NE(broken.out.find("practices/hold.yaml:3:"), std::string::npos) << broken.out;
  Outcome const explained = run("playbook explain hold.ask-first");
  EXPECT_EQ(explained.status, 0);
  EXPECT_NE(explained.out.find("Ask before putting the customer on hold"), std::string::npos);
  EXPECT_EQ(run("playbook explain hold.ask-frist").status, 2);
}

}  // namespace
