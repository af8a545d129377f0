#include "app/webhook_sender.hpp"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <map>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "base/limits.hpp"

namespace rapport::app {
namespace {

namespace webhooks = server::webhooks;

constexpr long connections_kept = 32;
constexpr int look_ms = 1'000;

struct Job {
  webhooks::Post post;
  webhooks::Sender::Done done;
};

/// One attempt; curl works with its parts until it is cleaned up.
struct Attempt {
  Attempt() = default;
  ~Attempt() {
    curl_slist_free_all(headers);
    curl_easy_cleanup(curl);
  }
  Attempt(Attempt const&) = delete;
  Attempt& operator=(Attempt const&) = delete;

  CURL* curl = curl_easy_init();
  curl_slist* headers = nullptr;
  Job job;
  std::string url;
  webhooks::TargetPolicy const* policy = nullptr;
  bool tls = true;
  bool refused = false;  ///< an address by the policy
  std::size_t answer_bytes = 0;
};

std::string address_text(curl_sockaddr const& address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  void const* bytes = nullptr;
  if (address.family == AF_INET) bytes = &reinterpret_cast<sockaddr_in const*>(&address.addr)->sin_addr;
  if (address.family == AF_INET6) bytes = &reinterpret_cast<sockaddr_in6 const*>(&address.addr)->sin6_addr;
  if (bytes == nullptr || inet_ntop(address.family, bytes, text.data(), text.size()) == nullptr) return {};
  return text.data();
}

/// Before each connection, with the address that a name has led to: here no name can lead inside.
curl_socket_t open_socket(void* self, curlsocktype, curl_sockaddr* address) {
  auto& attempt = *static_cast<Attempt*>(self);
  if (!attempt.policy->allows(address_text(*address), attempt.tls)) {
    attempt.refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

/// Of the answer nothing is of interest but its status; one without end breaks the attempt off.
std::size_t take_answer(char*, std::size_t size, std::size_t count, void* self) {
  auto& attempt = *static_cast<Attempt*>(self);
  attempt.answer_bytes += size * count;
  return attempt.answer_bytes <= limits::webhook_answer_bytes_max ? size * count : 0;
}

/// Sets the attempt up; false: it cannot be made.
bool prepare(Attempt& attempt, base::Millis timeout) {
  if (attempt.curl == nullptr) return false;
  for (auto const& [name, value] : attempt.job.post.headers) attempt.headers = curl_slist_append(attempt.headers, fmt::format("{}: {}", name, value).c_str());
  attempt.headers = curl_slist_append(attempt.headers, "Expect:");
  CURL* const curl = attempt.curl;
  curl_easy_setopt(curl, CURLOPT_URL, attempt.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(curl, CURLOPT_POST, 1L);
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, attempt.job.post.body.data());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(attempt.job.post.body.size()));
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, attempt.headers);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &take_answer);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &attempt);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, &take_answer);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &attempt);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
  curl_easy_setopt(curl, CURLOPT_OPENSOCKETDATA, &attempt);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(timeout));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PRIVATE, &attempt);
  return true;
}

webhooks::Outcome outcome_of(Attempt const& attempt, CURLcode code) {
  long status = 0;
  curl_easy_getinfo(attempt.curl, CURLINFO_RESPONSE_CODE, &status);
  // An answer that goes on for too long has a status all the same.
  bool const answered = code == CURLE_OK || (code == CURLE_WRITE_ERROR && status >= 200);
  if (answered) return {static_cast<int>(status), {}};
  // A name may have several addresses: that one is refused matters only where no other was reached.
  bool const unreached = code == CURLE_COULDNT_CONNECT && attempt.refused;
  if (unreached) return {0, "that address is not of the public internet, and the configuration does not allow its network"};
  return {0, curl_easy_strerror(code)};
}

}  // namespace

class WebhookSender::Worker {
 public:
  Worker(webhooks::TargetPolicy policy, base::Millis timeout) : policy_(std::move(policy)), timeout_(timeout) {
    curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, connections_kept);
    thread_ = std::jthread{[this](std::stop_token const& stop) { run(stop); }};
  }
  ~Worker() {
    thread_.request_stop();
    curl_multi_wakeup(multi_);
    thread_.join();
    for (auto& [curl, attempt] : under_way_) end(*attempt, {0, "the server stops"});
    for (Job& job : waiting_) job.done({0, "the server stops"});
    under_way_.clear();
    curl_multi_cleanup(multi_);
  }
  Worker(Worker const&) = delete;
  Worker& operator=(Worker const&) = delete;

  void push(Job job) {
    {
      std::lock_guard const lock{mutex_};
      waiting_.push_back(std::move(job));
    }
    curl_multi_wakeup(multi_);
  }

 private:
  void run(std::stop_token const& stop) {
    while (!stop.stop_requested()) {
      std::vector<Job> jobs;
      {
        std::lock_guard const lock{mutex_};
        jobs.swap(waiting_);
      }
      for (Job& job : jobs) begin(std::move(job));
      int running = 0;
      curl_multi_perform(multi_, &running);
      take_finished();
      curl_multi_poll(multi_, nullptr, 0, look_ms, nullptr);
    }
  }

  void begin(Job job) {
    auto const target = webhooks::parse_target(job.post.url, policy_);
    if (!target) return job.done({0, target.error().message});
    auto attempt = std::make_unique<Attempt>();
    attempt->job = std::move(job);
    attempt->url = target->url();
    attempt->tls = target->tls;
    attempt->policy = &policy_;
    if (!prepare(*attempt, timeout_)) return attempt->job.done({0, "out of memory"});
    curl_multi_add_handle(multi_, attempt->curl);
    under_way_.emplace(attempt->curl, std::move(attempt));
  }

  void take_finished() {
    int left = 0;
    while (CURLMsg const* const message = curl_multi_info_read(multi_, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      CURLcode const code = message->data.result;
      auto const found = under_way_.find(message->easy_handle);
      if (found == under_way_.end()) continue;
      end(*found->second, outcome_of(*found->second, code));
      under_way_.erase(found);
    }
  }

  void end(Attempt& attempt, webhooks::Outcome outcome) {
    curl_multi_remove_handle(multi_, attempt.curl);
    attempt.job.done(std::move(outcome));
  }

  webhooks::TargetPolicy policy_;
  base::Millis timeout_;
  CURLM* multi_ = curl_multi_init();
  std::map<CURL*, std::unique_ptr<Attempt>> under_way_;  ///< the thread's
  std::mutex mutex_;
  std::vector<Job> waiting_;  ///< under mutex_
  std::jthread thread_;
};

WebhookSender::WebhookSender(webhooks::TargetPolicy policy, base::Millis timeout) : worker_(std::make_unique<Worker>(std::move(policy), timeout)) {}

WebhookSender::~WebhookSender() = default;

void WebhookSender::send(webhooks::Post post, Done done) { worker_->push({std::move(post), std::move(done)}); }

}  // namespace rapport::app
