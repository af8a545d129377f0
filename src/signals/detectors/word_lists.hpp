#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "signals/detectors/word_traits.hpp"

namespace rapport::signals::detectors {

/// Words in the tokeniser's normalised spelling, separated by white space, that share traits. A
/// word may stand in several lists.
struct TraitList {
  Traits traits;
  std::string_view words;
};

/// All lists: grammar, time, people, organisations.
std::span<TraitList const> trait_lists();
/// Of these, the names of people (name_lists.cpp).
std::span<TraitList const> name_lists();

/// Calls `visit` with every word of a list.
template <typename Visit>
void for_each_word(std::string_view list, Visit visit) {
  constexpr std::string_view space = " \n";
  while (true) {
    std::size_t const begin = list.find_first_not_of(space);
    if (begin == std::string_view::npos) return;
    std::size_t const end = list.find_first_of(space, begin);
    visit(list.substr(begin, end == std::string_view::npos ? end : end - begin));
    if (end == std::string_view::npos) return;
    list.remove_prefix(end);
  }
}

}  // namespace rapport::signals::detectors
