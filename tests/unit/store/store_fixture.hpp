#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>

#include "store/open.hpp"
#include "support/postgres_cluster.hpp"

/// Both real stores for tests: a folder or a database each, made anew.
namespace rapport::store {

enum class Kind : std::uint8_t { sqlite,
                                 postgres };

/// The cluster of this run, started when the first test needs it.
test::PostgresCluster& cluster();

Key master_key(unsigned char byte = 7);

/// A folder that goes with its owner.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(TemporaryFolder const&) = delete;
  TemporaryFolder& operator=(TemporaryFolder const&) = delete;
  std::string path() const { return path_; }

 private:
  std::string path_;
};

/// Where a store of this kind can be made.
class Place {
 public:
  explicit Place(Kind kind);
  std::string const& where() const { return where_; }
  /// A connection beside the store, to look and to damage.
  std::unique_ptr<Connection> connect() const;

 private:
  Kind kind_;
  std::unique_ptr<TemporaryFolder> folder_;
  std::string where_;
};

class EachStore : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override;
  void open(OpenOptions const& options = {});
  void close() { store_.reset(); }
  void reopen() {
    close();
    open();
  }
  /// The outcome of a batch of these changes.
  records::Stored<records::Nothing> commit(std::vector<records::Change> changes, base::Instant at = {1'000});
  /// Expects it to become durable.
  void put(std::vector<records::Change> changes, base::Instant at = {1'000});
  records::StoreError refusal(std::vector<records::Change> changes);

  std::unique_ptr<Place> place_;
  std::unique_ptr<records::Store> store_;
};

inline std::string kind_name(testing::TestParamInfo<Kind> const& info) { return info.param == Kind::sqlite ? "Sqlite" : "Postgres"; }

/// The value of a read that goes well.
template <typename T>
T got(records::Stored<T> result) {
  EXPECT_TRUE(result) << (result ? "" : records::name(result.error()));
  return result ? *std::move(result) : T{};
}

/// A closed interaction with the little that most tests need.
records::InteractionRow make_row(std::string id, base::Millis started_at = 1'000);
records::CloseInteraction make_closing(records::InteractionRow row, std::string words = {});

}  // namespace rapport::store

#define RAPPORT_ON_EACH_STORE(suite) \
  INSTANTIATE_TEST_SUITE_P(Stores, suite, testing::Values(Kind::sqlite, Kind::postgres), kind_name)
