#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Numbers about the running process, for Prometheus. A room asks the registry once for a metric and
/// keeps the reference; counting then is one relaxed atomic addition. No lock anywhere.
namespace rapport::base {

/// Only grows. Any thread.
class Counter {
 public:
  void add(std::uint64_t count = 1) { value_.fetch_add(count, std::memory_order_relaxed); }
  std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::uint64_t> value_{0};
};

/// Goes up and down. Any thread.
class Gauge {
 public:
  void set(std::int64_t value) { value_.store(value, std::memory_order_relaxed); }
  void add(std::int64_t change) { value_.fetch_add(change, std::memory_order_relaxed); }
  std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> value_{0};
};

/// Durations in microseconds, counted in buckets; written in seconds. Any thread.
class Histogram {
 public:
  /// Upper bounds, inclusive: 100 us to 10 s in steps of about 2.5, finest where a desk feels it.
  static constexpr std::array<std::int64_t, 16> bounds_us{100, 250, 500, 1'000, 2'500, 5'000, 10'000, 25'000,
                                                          50'000, 100'000, 250'000, 500'000, 1'000'000, 2'500'000, 5'000'000, 10'000'000};

  /// A negative duration (a clock that stepped back) counts as 0.
  void observe(std::int64_t microseconds);
  std::uint64_t count() const;
  std::uint64_t sum_us() const { return sum_us_.load(std::memory_order_relaxed); }
  /// Of bucket `index` alone; the last, past all bounds, has index bounds_us.size().
  std::uint64_t bucket(std::size_t index) const { return buckets_.at(index).load(std::memory_order_relaxed); }

 private:
  std::array<std::atomic<std::uint64_t>, bounds_us.size() + 1> buckets_{};
  std::atomic<std::uint64_t> sum_us_{0};
};

using Labels = std::vector<std::pair<std::string, std::string>>;

/// The registry. Finding or making a metric walks a list without a lock, so it may be done at any
/// time on any thread, but belongs where it is rare. A metric lives as long as its registry.
class Metrics {
 public:
  Metrics() = default;
  ~Metrics();
  Metrics(Metrics const&) = delete;
  Metrics& operator=(Metrics const&) = delete;

  /// The metric of that name and those labels (in any order), made at the first call. `help` counts
  /// at the first call of a name. REQUIRES: names as Prometheus wants them ([a-zA-Z_][a-zA-Z0-9_]*), no
  /// label twice, one type for a name. Label values may be any UTF-8, and must not be of an open set
  /// (no ids, no addresses): each makes a series that stays.
  Counter& counter(std::string_view name, std::string_view help, Labels labels = {});
  Gauge& gauge(std::string_view name, std::string_view help, Labels labels = {});
  Histogram& histogram(std::string_view name, std::string_view help, Labels labels = {});

  /// All of it in Prometheus' text format 0.0.4 (content type "text/plain; version=0.0.4"), ordered by
  /// name, then by labels.
  std::string text() const;

 private:
  struct Series;
  struct Family;

  template <typename Metric>
  Metric& metric(std::string_view name, std::string_view help, Labels&& labels);

  std::atomic<Family*> families_{nullptr};
};

}  // namespace rapport::base
