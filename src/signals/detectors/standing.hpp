#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "signals/detectors/token_view.hpp"

namespace rapport::signals::detectors {

/// How an order, a claim, a payment or an account stands.
enum class Standing : std::uint8_t {
  sent,
  delivered,
  lost,
  delayed,
  pending,
  confirmed,
  approved,
  declined,
  refunded,
  canceled,
  resolved,
  paid,
  unpaid,
  active,
  suspended,
};

/// A clause that states how something stands.
struct Statement {
  std::uint32_t first = 0;  ///< tokens, both inclusive: from its subject to the word of status
  std::uint32_t last = 0;
  Standing standing = Standing::pending;
  bool negated = false;  ///< "has not been sent"
};

/// Finds statements of status: "your order has shipped", "it's still being processed", "the engineer
/// is on the way", "the claim was declined". Not: questions, what will be ("will be refunded"), what
/// the speaker did ("I've cancelled it"), conditions ("if it is delayed", "once it's approved").
void find_statements(TokenView view, std::vector<Statement>& statements);

/// The standing that a record's value names ("in transit", "Lost, investigation opened"), if any.
std::optional<Standing> standing_of(TokenView value);

/// Whether nothing can stand both ways.
bool contradict(Standing one, Standing other);

}  // namespace rapport::signals::detectors
