#include "server/http/worker_pool.hpp"

#include <gtest/gtest.h>

#include <future>

namespace rapport::server::http {
namespace {

class Kept final : public ReplySink {
 public:
  void answer(Response&& response) override { answered.set_value(std::move(response)); }
  std::promise<Response> answered;
};

TEST(WorkerPool, RefusesWhatItsQueueCannotHold) {
  base::Metrics metrics;
  std::promise<void> begun;
  std::promise<void> release;
  auto const gate = release.get_future().share();
  WorkerPool pool{"store", 1, metrics, 2};
  ASSERT_TRUE(pool.submit([&] {
    begun.set_value();
    gate.wait();
  }));
  begun.get_future().wait();  // the thread is taken; two more may wait
  ASSERT_TRUE(pool.submit([] {}));
  ASSERT_TRUE(pool.submit([] {}));
  EXPECT_EQ(pool.waiting(), 2U);
  EXPECT_FALSE(pool.submit([] {}));

  auto const kept = std::make_shared<Kept>();
  auto answered = kept->answered.get_future();
  pool.serve({}, Reply{kept}, [](Request const&, Reply reply) { reply(Response::empty()); });
  Response const refusal = answered.get();
  EXPECT_EQ(refusal.status, 503);
  EXPECT_EQ(refusal.header("Retry-After"), "1");
  EXPECT_EQ(metrics.counter("rapport_worker_refused_total", "", {{"pool", "store"}}).value(), 2U);
  release.set_value();
}

TEST(WorkerPool, ServesARequestOnItsThreads) {
  base::Metrics metrics;
  WorkerPool pool{"store", 2, metrics};
  auto const kept = std::make_shared<Kept>();
  auto answered = kept->answered.get_future();
  Request request;
  request.path = "/a";
  std::thread::id thread;
  blocking(pool, [&thread](Request const& one, Reply reply) {
    thread = std::this_thread::get_id();
    reply(Response::text(one.path));
  })(std::move(request), Reply{kept});
  EXPECT_EQ(answered.get().body, "/a");
  EXPECT_NE(thread, std::this_thread::get_id());
}

TEST(WorkerPool, AJobThatThrowsAnswersAndEndsAlone) {
  base::Metrics metrics;
  WorkerPool pool{"store", 1, metrics};
  auto const kept = std::make_shared<Kept>();
  auto answered = kept->answered.get_future();
  pool.serve({}, Reply{kept}, [](Request const&, Reply) { throw std::runtime_error{"broken"}; });
  EXPECT_EQ(answered.get().status, 500);
  std::promise<void> alive;
  ASSERT_TRUE(pool.submit([&alive] { alive.set_value(); }));
  alive.get_future().wait();
  EXPECT_EQ(metrics.counter("rapport_worker_failed_total", "", {{"pool", "store"}}).value(), 1U);
}

TEST(WorkerPool, FinishRunsWhatWaits) {
  base::Metrics metrics;
  WorkerPool pool{"store", 1, metrics};
  std::atomic<int> done{0};
  for (int index = 0; index < 50; ++index) ASSERT_TRUE(pool.submit([&done] { ++done; }));
  pool.finish();
  EXPECT_EQ(done, 50);
  EXPECT_FALSE(pool.submit([] {}));
}

}  // namespace
}  // namespace rapport::server::http
