#pragma once

#include <memory>
#include <string>

#include "app/log.hpp"
#include "app/settings.hpp"
#include "people/password_links.hpp"

namespace rapport::app {

/// Sends invitations and password resets by SMTP (libcurl), on a thread of its own, so that nobody
/// waits for a mail server. A mail that cannot be sent is tried three times, told in the log (without
/// its content) and given up; without `mail.smtp_url` nothing is sent. Any thread.
class MailSender {
 public:
  /// `public_url` begins the links; both outlive it.
  MailSender(Settings const& settings, Log& log);
  /// Gives up what was not sent yet.
  ~MailSender();
  MailSender(MailSender const&) = delete;
  MailSender& operator=(MailSender const&) = delete;

  void send(people::LinkMail mail);

 private:
  class Worker;
  std::unique_ptr<Worker> worker_;  ///< null without a mail server
};

/// The mail's text as it goes out (RFC 5322): headers, a blank line, words and link.
std::string mail_text(people::LinkMail const& mail, std::string const& from, std::string const& public_url);

}  // namespace rapport::app
