#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "server/http/problem.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace rapport::server::http {

/// Where an answer goes: the listener's side of a Reply, or a test's.
class ReplySink {
 public:
  virtual ~ReplySink() = default;
  /// Called exactly once, on any thread.
  virtual void answer(Response&& response) = 0;
};

/// The right to answer one request. Move-only; used once, on any thread, now or later. Destroyed
/// unused it answers 500, so that no client waits for what was forgotten. Once the client or its
/// time limit is gone the answer goes nowhere.
class Reply {
 public:
  /// REQUIRES: sink is not null.
  explicit Reply(std::shared_ptr<ReplySink> sink);
  Reply(Reply&&) noexcept = default;
  Reply& operator=(Reply&& other) noexcept;
  ~Reply();

  /// REQUIRES: not used yet (a broken invariant of the handler's).
  void operator()(Response response);
  void operator()(Problem const& problem) { (*this)(problem.response()); }

 private:
  void abandon() noexcept;

  std::shared_ptr<ReplySink> sink_;
};

/// Serves a route. Runs on an I/O thread, so it must not block: what blocks goes to a WorkerPool or
/// another thread and takes the Reply along. An exception of it is answered with 500.
using Handler = std::function<void(Request&&, Reply)>;

}  // namespace rapport::server::http
