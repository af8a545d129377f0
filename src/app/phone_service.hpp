#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>

#include "app/browser_phones.hpp"
#include "app/log.hpp"
#include "app/phone_accounts.hpp"
#include "app/phone_line.hpp"
#include "app/repeating.hpp"
#include "app/settings.hpp"
#include "base/metrics.hpp"
#include "base/result.hpp"
#include "people/accounts.hpp"
#include "recordings/encoder.hpp"
#include "recordings/shelf.hpp"
#include "records/store.hpp"
#include "server/api/phone_passwords.hpp"

namespace rapport::app {

/// The phone as a part of the server: made of the settings, started and stopped, and told who may log in.
/// Without `phone.sip` there is none, and it does nothing.
class PhoneService {
 public:
  struct Parts {
    Settings const& settings;
    std::filesystem::path recordings;
    recordings::Shelf& shelf;             ///< over that folder
    std::filesystem::path announcements;  ///< the folder of what was spoken
    Log& log;
    records::Store& store;
    people::Accounts& accounts;
    base::Metrics& metrics;
    PhoneLine::Ways line;
  };

  explicit PhoneService(Parts parts);
  ~PhoneService();

  /// What the centre tells of calls; null where there is no phone.
  centre::Listener* listener() { return line_.get(); }
  /// Error: an address that cannot be had, a folder that cannot be made, the store.
  base::Result<void> start();
  void stop();
  /// Where SIP is spoken, once started; empty: there is no phone.
  std::vector<phone::SipAddress> addresses() const { return phone_ == nullptr ? std::vector<phone::SipAddress>{} : phone_->addresses(); }
  /// What the API needs of it; with it or without.
  server::api::PhoneParts api();
  BrowserPhones& pages() { return pages_; }
  /// Who may log in with a phone is read anew. Blocks on the store.
  void users_changed();

 private:
  base::Result<phone::PhoneOptions> options() const;
  base::Result<void> learn_menus();
  base::Result<void> learn_music();
  base::Result<void> remember_calls();
  void tell_trouble(base::Result<void> const& learnt);
  std::vector<phone::Trunk> trunks() const;

  Parts parts_;
  std::unique_ptr<Speaker> speaker_;
  std::unique_ptr<PhoneMenus> menus_;
  std::unique_ptr<PhoneWaiting> waiting_;
  std::unique_ptr<CallRules> rules_;  ///< null: no trunk
  std::unique_ptr<PhoneLine> line_;
  BrowserPhones pages_;
  PhoneAccounts accounts_;
  std::mutex learning_;  ///< of menus; held from reading the store to telling them
  std::unique_ptr<recordings::Encoder> encoder_;
  std::unique_ptr<phone::Phone> phone_;
  Repeating again_{std::chrono::minutes{1}};  ///< reads what could not be read of accounts
};

}  // namespace rapport::app
