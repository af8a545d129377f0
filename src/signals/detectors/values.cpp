#include "signals/detectors/values.hpp"

#include <vector>

#include "base/hash.hpp"
#include "signals/detectors/analysis.hpp"

namespace rapport::signals {
namespace {

using namespace detectors;

class SaysNumber final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<SaysNumber>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    for (NumberReading const& number : moment.analysis.numbers(moment.words)) {
      Occurrence& occurrence = emit.fire(moment, number.first, number.last);
      occurrence.item = base::fnv1a(number.digits);
      occurrence.value = number.thousandths;
    }
  }
};

class SaysMoney final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<SaysMoney>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    std::vector<MoneyReading> amounts;
    find_money(moment.analysis.view(moment.words), moment.analysis.numbers(moment.words), amounts);
    for (MoneyReading const& amount : amounts) emit.fire(moment, amount.first, amount.last).value = amount.thousandths;
  }
};

constexpr std::size_t card_digits_min = 13;
constexpr std::size_t card_digits_max = 19;

/// Luhn's formula over the figures.
bool passes_luhn(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    int const value = (*digit - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

class SaysCardNumber final : public Detector {
 public:
  std::unique_ptr<Detector> clone() const override { return std::make_unique<SaysCardNumber>(*this); }
  Attention attention() const override { return {.speakers = Attention::everybody}; }

  void read(Moment const& moment, Emitter& emit) override {
    if (!moment.step.words) return;
    auto const& numbers = moment.analysis.numbers(moment.words);
    for (std::size_t first = 0; first < numbers.size(); ++first) {
      std::string digits;
      for (std::size_t last = first; last < numbers.size(); ++last) {
        bool const joined = last == first || numbers[last].first == numbers[last - 1].last + 1;
        if (!joined || !plain(numbers[last].digits)) break;
        digits += numbers[last].digits;
        if (digits.size() > card_digits_max) break;
        if (digits.size() < card_digits_min || !passes_luhn(digits)) continue;
        bool const goes_on = last + 1 < numbers.size() && numbers[last + 1].first == numbers[last].last + 1;
        if (goes_on) continue;  // the number is longer
        emit.fire(moment, numbers[first].first, numbers[last].last);
        first = last;
        break;
      }
    }
  }

 private:
  static bool plain(std::string_view digits) { return digits.find_first_not_of("0123456789") == std::string_view::npos; }
};

template <typename Made>
base::Result<std::unique_ptr<Detector>> made() {
  return std::unique_ptr<Detector>{std::make_unique<Made>()};
}

}  // namespace

base::Result<std::unique_ptr<Detector>> make_number(Parameters const&, Vocabulary const&) { return made<SaysNumber>(); }
base::Result<std::unique_ptr<Detector>> make_money(Parameters const&, Vocabulary const&) { return made<SaysMoney>(); }
base::Result<std::unique_ptr<Detector>> make_card_number(Parameters const&, Vocabulary const&) { return made<SaysCardNumber>(); }

}  // namespace rapport::signals
