#pragma once

#include <stdexcept>
#include <string>

#include "records/store_error.hpp"

namespace rapport::store {

/// A database that did not do what it was told. Thrown inside this room only: SQL is on every line of
/// it, and every member of records::Store ends it as a StoreError.
class Failure : public std::runtime_error {
 public:
  Failure(records::StoreError error, std::string const& text, bool connection_lost = false)
      : std::runtime_error(text), error_(error), connection_lost_(connection_lost) {}

  /// `unavailable` (disk full, connection lost: may go well later) or `broken`.
  records::StoreError error() const { return error_; }
  /// The connection is of no use any more.
  bool connection_lost() const { return connection_lost_; }

 private:
  records::StoreError error_;
  bool connection_lost_;
};

/// Another server took the database: this one must not write again.
class Fenced : public Failure {
 public:
  explicit Fenced(std::string const& text) : Failure(records::StoreError::unavailable, text) {}
};

}  // namespace rapport::store
