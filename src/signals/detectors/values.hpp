#pragma once

#include <memory>

#include "base/result.hpp"
#include "signals/detector.hpp"

/// Detectors of numbers and amounts in words or figures, by whoever says them.
namespace rapport::signals {

/// `number`: a number, time, date or code (number_reader.hpp). item: its figures. value: thousandths
/// of a quantity.
base::Result<std::unique_ptr<Detector>> make_number(Parameters const& parameters, Vocabulary const& vocabulary);

/// `money`: an amount with its currency. value: thousandths of the currency's main unit.
base::Result<std::unique_ptr<Detector>> make_money(Parameters const& parameters, Vocabulary const& vocabulary);

/// `card_number`: 13 to 19 figures in a row, said or written, with spaces or dashes between, that pass
/// the Luhn check (ISO/IEC 7812-1, annex B). The figures go into no field of the firing.
base::Result<std::unique_ptr<Detector>> make_card_number(Parameters const& parameters, Vocabulary const& vocabulary);

}  // namespace rapport::signals
