#include "app/mail_sender.hpp"

#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>

#include "base/limits.hpp"

namespace rapport::app {
namespace {

constexpr int attempts = 3;
constexpr std::chrono::seconds between_attempts{5};
constexpr long mail_seconds = 20;

/// A header's value: no line may begin in it.
std::string one_line(std::string text) {
  std::ranges::replace_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

/// What curl reads the mail from.
struct Upload {
  std::string_view rest;

  static std::size_t read(char* to, std::size_t size, std::size_t count, void* self) {
    auto& upload = *static_cast<Upload*>(self);
    std::size_t const bytes = std::min(size * count, upload.rest.size());
    std::memcpy(to, upload.rest.data(), bytes);
    upload.rest.remove_prefix(bytes);
    return bytes;
  }
};

struct Session {
  CURL* curl = curl_easy_init();
  curl_slist* to = nullptr;
  ~Session() {
    curl_slist_free_all(to);
    curl_easy_cleanup(curl);
  }
};

bool deliver(Settings const& settings, people::LinkMail const& mail) {
  Session session;
  if (session.curl == nullptr) return false;
  std::string const text = mail_text(mail, settings.mail.from, settings.public_url);
  std::string const from = "<" + settings.mail.from + ">";
  std::string const password{settings.mail.password.value.reveal()};
  session.to = curl_slist_append(nullptr, ("<" + one_line(mail.to) + ">").c_str());
  Upload upload{text};
  curl_easy_setopt(session.curl, CURLOPT_URL, settings.mail.smtp_url.c_str());
  bool const plain = settings.mail.smtp_url.starts_with("smtp://");
  // A mail that carries a secret goes over a line that nobody reads: but to this very machine.
  bool const local = settings.mail.smtp_url.starts_with("smtp://127.0.0.1") || settings.mail.smtp_url.starts_with("smtp://localhost");
  curl_easy_setopt(session.curl, CURLOPT_USE_SSL, static_cast<long>(plain && local ? CURLUSESSL_TRY : CURLUSESSL_ALL));
  if (!settings.mail.user.empty()) {
    curl_easy_setopt(session.curl, CURLOPT_USERNAME, settings.mail.user.c_str());
    curl_easy_setopt(session.curl, CURLOPT_PASSWORD, password.c_str());
  }
  curl_easy_setopt(session.curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(session.curl, CURLOPT_MAIL_RCPT, session.to);
  curl_easy_setopt(session.curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(session.curl, CURLOPT_READFUNCTION, &Upload::read);
  curl_easy_setopt(session.curl, CURLOPT_READDATA, &upload);
  curl_easy_setopt(session.curl, CURLOPT_TIMEOUT, mail_seconds);
  curl_easy_setopt(session.curl, CURLOPT_NOSIGNAL, 1L);
  return curl_easy_perform(session.curl) == CURLE_OK;
}

}  // namespace

std::string mail_text(people::LinkMail const& mail, std::string const& from, std::string const& public_url) {
  std::string const what = mail.invitation ? "Your account at Rapport" : "A new password for Rapport";
  std::string const why = mail.invitation ? "An account was made for you." : "Somebody asked for a new password for your account. If it was not you, leave this mail alone.";
  return fmt::format(
      "From: Rapport <{}>\r\nTo: <{}>\r\nSubject: {}\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
      "Auto-Submitted: auto-generated\r\n\r\n{}\r\n\r\nLogin: {}\r\nChoose a password here until {}:\r\n{}/password#{}\r\n",
      one_line(from), one_line(mail.to), what, why, one_line(mail.login), base::format_rfc3339(mail.expires_at), public_url, mail.secret);
}

class MailSender::Worker {
 public:
  Worker(Settings const& settings, Log& log) : settings_(settings), log_(log), thread_([this](std::stop_token const& stop) { run(stop); }) {}

  void push(people::LinkMail mail) {
    std::lock_guard const lock{mutex_};
    if (waiting_.size() >= limits::mails_waiting_max) return log_.warning("too many mails wait, one is not sent");
    waiting_.push_back(std::move(mail));
    wake_.notify_one();
  }

 private:
  void run(std::stop_token const& stop) {
    std::unique_lock lock{mutex_};
    while (wake_.wait(lock, stop, [this] { return !waiting_.empty(); })) {
      people::LinkMail const mail = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      for (int attempt = 1; !deliver(settings_, mail); ++attempt) {
        log_.warning("a mail could not be sent", {{LogField::attempt, std::int64_t{attempt}}});
        if (attempt == attempts || stop.stop_requested()) break;
        std::unique_lock pause{mutex_};
        wake_.wait_for(pause, stop, between_attempts, [] { return false; });
      }
      lock.lock();
    }
  }

  Settings const& settings_;
  Log& log_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  std::deque<people::LinkMail> waiting_;
  std::jthread thread_;  ///< last: it uses the rest
};

MailSender::MailSender(Settings const& settings, Log& log) {
  if (!settings.mail.smtp_url.empty()) worker_ = std::make_unique<Worker>(settings, log);
}

MailSender::~MailSender() = default;

void MailSender::send(people::LinkMail mail) {
  if (worker_) worker_->push(std::move(mail));
}

}  // namespace rapport::app
