#include "base/metrics.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <type_traits>
#include <variant>

#include "base/assert.hpp"

namespace rapport::base {

struct Metrics::Series {
  std::string labels;  ///< as written between the braces; the key
  std::variant<Counter, Gauge, Histogram> metric;
  Series* next = nullptr;

  template <typename Metric>
  Series(std::string text, std::in_place_type_t<Metric> type) : labels(std::move(text)), metric(type) {}
};

struct Metrics::Family {
  std::string name;
  std::string help;
  std::size_t type = 0;  ///< the variant's index
  std::atomic<Series*> series{nullptr};
  Family* next = nullptr;
};

namespace {

/// The element that `matches`, or one that `make` makes. Elements are only ever put in front, and a
/// new one only if nothing came in front since the search: so none is made twice.
template <typename Node, typename Matches, typename Make>
Node& find_or_make(std::atomic<Node*>& list, Matches const& matches, Make const& make) {
  std::unique_ptr<Node> fresh;
  Node* first = list.load(std::memory_order_acquire);
  while (true) {
    for (Node* node = first; node != nullptr; node = node->next) {
      if (matches(*node)) return *node;
    }
    if (!fresh) fresh = make();
    fresh->next = first;
    if (list.compare_exchange_weak(first, fresh.get(), std::memory_order_acq_rel, std::memory_order_acquire)) {
      return *fresh.release();
    }
  }
}

bool valid_name(std::string_view name) {
  auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
  auto const digit = [](char c) { return c >= '0' && c <= '9'; };
  return !name.empty() && letter(name.front()) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || digit(c); });
}

std::string escaped(std::string_view text, bool quotes) {
  std::string out;
  for (char const c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && quotes) {
      out += "\\\"";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string labels_text(Labels&& labels) {
  std::sort(labels.begin(), labels.end());
  std::string text;
  for (std::size_t index = 0; index < labels.size(); ++index) {
    auto const& [name, value] = labels[index];
    RAPPORT_ASSERT(valid_name(name) && (index == 0 || labels[index - 1].first != name));
    if (index > 0) text.push_back(',');
    text.append(name).append("=\"").append(escaped(value, true)).push_back('"');
  }
  return text;
}

/// Microseconds as seconds, without a fraction's trailing zeros: 2500 is "0.0025", 10000000 is "10".
std::string seconds_text(std::uint64_t microseconds) {
  std::string text = fmt::format("{}.{:06}", microseconds / 1'000'000, microseconds % 1'000'000);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.ends_with('.')) text.pop_back();
  return text;
}

void append_sample(std::string& out, std::string_view name, std::string_view labels, std::string_view value) {
  out.append(name);
  if (!labels.empty()) out.append("{").append(labels).append("}");
  out.append(" ").append(value).append("\n");
}

void append_histogram(std::string& out, std::string const& name, std::string const& labels, Histogram const& histogram) {
  std::string const before = labels.empty() ? std::string{} : labels + ",";
  std::uint64_t total = 0;
  for (std::size_t index = 0; index <= Histogram::bounds_us.size(); ++index) {
    total += histogram.bucket(index);
    bool const last = index == Histogram::bounds_us.size();
    std::string const bound = last ? "+Inf" : seconds_text(static_cast<std::uint64_t>(Histogram::bounds_us.at(index)));
    append_sample(out, name + "_bucket", before + "le=\"" + bound + "\"", std::to_string(total));
  }
  append_sample(out, name + "_sum", labels, seconds_text(histogram.sum_us()));
  append_sample(out, name + "_count", labels, std::to_string(total));
}

}  // namespace

void Histogram::observe(std::int64_t microseconds) {
  std::int64_t const duration = std::max<std::int64_t>(microseconds, 0);
  auto const bound = std::lower_bound(bounds_us.begin(), bounds_us.end(), duration);
  buckets_.at(static_cast<std::size_t>(bound - bounds_us.begin())).fetch_add(1, std::memory_order_relaxed);
  sum_us_.fetch_add(static_cast<std::uint64_t>(duration), std::memory_order_relaxed);
}

std::uint64_t Histogram::count() const {
  std::uint64_t total = 0;
  for (auto const& bucket : buckets_) total += bucket.load(std::memory_order_relaxed);
  return total;
}

Metrics::~Metrics() {
  for (Family* family = families_.load(); family != nullptr;) {
    std::unique_ptr<Family> const owned{family};
    for (Series* series = family->series.load(); series != nullptr;) {
      std::unique_ptr<Series> const held{series};
      series = series->next;
    }
    family = family->next;
  }
}

template <typename Metric>
Metric& Metrics::metric(std::string_view name, std::string_view help, Labels&& labels) {
  RAPPORT_ASSERT(valid_name(name));
  constexpr std::size_t type = std::is_same_v<Metric, Counter> ? 0 : std::is_same_v<Metric, Gauge> ? 1
                                                                                                   : 2;
  Family& family = find_or_make(
      families_, [&](Family const& one) { return one.name == name; },
      [&] {
        auto fresh = std::make_unique<Family>();
        fresh->name = name;
        fresh->help = help;
        fresh->type = type;
        return fresh;
      });
  RAPPORT_ASSERT(family.type == type);
  std::string const key = labels_text(std::move(labels));
  Series& series = find_or_make(
      family.series, [&](Series const& one) { return one.labels == key; },
      [&] { return std::make_unique<Series>(key, std::in_place_type<Metric>); });
  return std::get<Metric>(series.metric);
}

Counter& Metrics::counter(std::string_view name, std::string_view help, Labels labels) {
  return metric<Counter>(name, help, std::move(labels));
}
Gauge& Metrics::gauge(std::string_view name, std::string_view help, Labels labels) {
  return metric<Gauge>(name, help, std::move(labels));
}
Histogram& Metrics::histogram(std::string_view name, std::string_view help, Labels labels) {
  return metric<Histogram>(name, help, std::move(labels));
}

std::string Metrics::text() const {
  constexpr std::array<std::string_view, 3> type_names{"counter", "gauge", "histogram"};
  std::vector<Family const*> families;
  for (Family* family = families_.load(std::memory_order_acquire); family != nullptr; family = family->next) {
    families.push_back(family);
  }
  std::sort(families.begin(), families.end(), [](Family const* a, Family const* b) { return a->name < b->name; });
  std::string out;
  for (Family const* family : families) {
    out.append(fmt::format("# HELP {} {}\n", family->name, escaped(family->help, false)));
    out.append(fmt::format("# TYPE {} {}\n", family->name, type_names.at(family->type)));
    std::vector<Series const*> all;
    for (Series* series = family->series.load(std::memory_order_acquire); series != nullptr; series = series->next) {
      all.push_back(series);
    }
    std::sort(all.begin(), all.end(), [](Series const* a, Series const* b) { return a->labels < b->labels; });
    for (Series const* series : all) {
      if (auto const* counter = std::get_if<Counter>(&series->metric)) {
        append_sample(out, family->name, series->labels, std::to_string(counter->value()));
      } else if (auto const* gauge = std::get_if<Gauge>(&series->metric)) {
        append_sample(out, family->name, series->labels, std::to_string(gauge->value()));
      } else if (auto const* histogram = std::get_if<Histogram>(&series->metric)) {
        append_histogram(out, family->name, series->labels, *histogram);
      }
    }
  }
  return out;
}

}  // namespace rapport::base
