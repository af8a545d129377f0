#include "app/centre_server.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <iterator>
#include <random>
#include <thread>
#include <utility>

#include "app/mail_sender.hpp"
#include "app/oidc_client.hpp"
#include "app/phone_service.hpp"
#include "app/playbook_choice.hpp"
#include "app/repeating.hpp"
#include "app/store_place.hpp"
#include "app/system_clock.hpp"
#include "app/tls_files.hpp"
#include "app/webhook_sender.hpp"
#include "base/hash.hpp"
#include "embedded/web.hpp"
#include "people/accounts.hpp"
#include "server/api/api.hpp"
#include "server/api/drafts.hpp"
#include "server/api/feed_publisher.hpp"
#include "server/api/feed_routes.hpp"
#include "server/api/request_rates.hpp"
#include "server/api/unrouted.hpp"
#include "server/api/upkeep.hpp"
#include "server/http/listener.hpp"
#include "server/web/pages.hpp"
#include "server/webhooks/webhooks.hpp"
#include "store/open.hpp"

namespace rapport::app {
namespace {

std::uint64_t random_seed() {
  std::random_device source;
  return static_cast<std::uint64_t>(source()) << 32U | source();
}

/// Apart from the store's keys: what signs customers' sessions.
std::string signing_key(base::Secret const& secret) { return base::sha256_hex(std::string{secret.reveal()} + "customer sessions"); }

std::size_t judge_threads() { return std::max(1U, std::thread::hardware_concurrency() / 2); }

/// Of a provider's URL, which was checked: "login.example.com:8443".
std::string host_of(std::string_view url) {
  std::size_t const begin = url.find("://") + 3;
  return std::string{url.substr(begin, url.find('/', begin) - begin)};
}

std::map<std::string, people::Role> oidc_roles(Settings const& settings) {
  std::map<std::string, people::Role> roles;
  for (auto const& [value, role] : settings.oidc.roles) roles.emplace(value, people::parse_role(role).value());  // settings hold no others
  return roles;
}

std::vector<playbook::SourceFile> own_playbook(Settings const& settings, base::Result<void>& read) {
  if (settings.playbook.empty()) return {};
  auto files = read_playbook_folder(settings.playbook.string());
  if (!files) {
    read = files.error();
    return {};
  }
  return std::move(*files);
}

}  // namespace

struct CentreServer::Impl {
  Impl(Settings const& chosen, DataFolder const& folder, Log& lines, std::unique_ptr<records::Store> opened, std::vector<playbook::SourceFile> own,
       server::web::Pages::Shop shop)
      : settings(chosen), log(lines), store(std::move(opened)), customers(signing_key(folder.key())), playbooks(*store, std::move(own)), pages(embedded::web, shop), recordings(folder.path() / "recordings") {}

  std::vector<Endpoint> const& endpoints() const { return settings.listen; }
  server::api::Services services();
  base::Result<void> start_webhooks();
  base::Result<void> start_centre();
  /// A command of the judge's, whose answer nobody waits for.
  void submit(centre::Command command) {
    centre->submit({std::move(command), {}, {}, {}, {}, {}}, [](centre::Granted<centre::Outcome> const&) {});
  }
  base::Result<void> start_listening();
  base::Result<void> start_listener(Endpoint const& endpoint);
  server::http::Router routes();
  server::api::OidcParts oidc();
  void keep_up();
  void keep_logins();

  Settings const& settings;
  Log& log;
  base::Metrics metrics;
  std::unique_ptr<records::Store> store;
  people::Sessions sessions{*store, {settings.sessions.idle, settings.sessions.absolute}};
  people::ApiTokens tokens{*store};
  people::HashCost cost{};
  people::SharedLockout lockout{limits::lockout_entries_max, {static_cast<std::uint32_t>(settings.login.attempts), settings.login.lockout}};
  people::Accounts accounts{*store, sessions, tokens, cost};
  people::Teams teams{*store, accounts};
  people::Login login{*store, sessions, lockout, cost};
  people::SecondFactor second_factor{*store, lockout, "Rapport"};
  MailSender mail{settings, log};
  people::PasswordLinks links{{*store, sessions, lockout, cost, [this](people::LinkMail one) { mail.send(std::move(one)); }}};
  OidcClient oidc_client{settings};
  people::OidcLogin oidc_login{*store, accounts, sessions, oidc_roles(settings)};
  people::CustomerSessions customers;
  server::api::Playbooks playbooks;
  server::api::Configuration configuration{*store, system_now, settings.time_zone};
  server::api::LiveView live;
  server::api::BrandRules brands;
  server::api::CustomerBook book{*store, brands, metrics};
  server::api::FeedRights rights{live};
  server::webhooks::TargetPolicy webhook_policy;
  std::unique_ptr<server::webhooks::Webhooks> webhooks;
  std::unique_ptr<centre::Judge> judge;
  std::unique_ptr<centre::Centre> centre;
  std::unique_ptr<server::feed::Feed> feed;
  std::unique_ptr<server::api::FeedPublisher> publisher;
  server::http::WorkerPool readers{"readers", 16, metrics};
  server::http::WorkerPool hashers{"hashers", 2, metrics};
  server::http::WorkerPool provider_callers{"provider_callers", 2, metrics};
  std::unique_ptr<server::api::Trials> trials;
  server::api::DraftKeeper drafts{*store, readers, system_now};
  Repeating hourly{std::chrono::hours{1}};
  /// Twice within the time after which an idle session is over.
  Repeating login_looks{std::chrono::seconds{std::min(base::minute, settings.sessions.idle / 2) / base::second}};
  server::web::Pages pages;
  std::filesystem::path recordings;
  recordings::Shelf shelf{*store, recordings, system_now};
  server::api::Upkeep upkeep{*store, shelf, sessions, tokens, settings.retention.interactions};
  PhoneService phone{{settings, recordings, shelf, recordings.parent_path() / "announcements", log, *store, accounts, metrics, {[this](centre::Centre::Request request, centre::Centre::Done done) { centre->submit(std::move(request), std::move(done)); }, readers, book, system_now, settings.phone.queue, {}, nullptr, nullptr}}};
  server::api::CallingDesk calling{{*store, readers, system_now, metrics, phone.api().calls.open}};
  std::vector<std::unique_ptr<server::api::Gate>> gates;  ///< one a listener
  server::api::RequestRates rates{{{settings.limits.request_burst, 60 * settings.limits.requests_per_second},
                                   {settings.limits.anonymous_requests_per_minute, settings.limits.anonymous_requests_per_minute}},
                                  system_now,
                                  metrics};
  std::vector<std::unique_ptr<server::http::Listener>> listeners;
};

server::api::Services CentreServer::Impl::services() {
  bool const plain_loopback = settings.tls.self_signed != SelfSigned::always && settings.tls.certificate.empty() &&
                              std::ranges::all_of(settings.listen, &Endpoint::is_loopback);
  return {*store, *centre, *judge, sessions, tokens, customers, live, brands, book, readers, hashers, metrics, system_now,
          [this](std::string const& bearer) {
            feed->close_login(bearer);
            phone.pages().close_login(bearer);
          },
          [this](std::string const& principal) {
            feed->close_principal(principal);
            phone.pages().close_principal(principal);
            if (principal.starts_with("user:")) phone.users_changed();
          },
          !plain_loopback};
}

base::Result<void> CentreServer::Impl::start_webhooks() {
  auto policy = server::webhooks::TargetPolicy::make(settings.webhooks.networks);
  if (!policy) return base::Error{"webhooks.networks: " + policy.error().message};
  webhook_policy = std::move(*policy);
  server::webhooks::RetryPolicy const retry{static_cast<std::uint32_t>(settings.webhooks.attempts), settings.webhooks.first_retry, settings.webhooks.longest_retry};
  webhooks = std::make_unique<server::webhooks::Webhooks>(*store, std::make_unique<WebhookSender>(webhook_policy, settings.webhooks.timeout), system_now,
                                                          server::webhooks::Webhooks::Options{retry, settings.retention.webhook_failures, random_seed()}, metrics);
  auto const started = webhooks->start();
  if (!started) return base::Error{"webhooks: the store: " + std::string{records::name(started.error())}};
  return {};
}

base::Result<void> CentreServer::Impl::start_centre() {
  auto commands = configuration.load();
  if (!commands) return commands.error();
  judge = std::make_unique<centre::Judge>(
      centre::Judge::Ways{system_now, [this](centre::Publication const& publication) { publisher->on(publication); },
                          [this](centre::CloseJudged close) { submit(std::move(close)); },
                          [this](centre::RaiseMissed misses) { submit(std::move(misses)); }},
      judge_threads());
  for (records::Document const& brand : configuration.brands()) {
    if (auto used = playbooks.use(brand, *judge); !used) return used;
    brands.use(brand);
  }
  feed = std::make_unique<server::feed::Feed>(server::api::feed_sources([this]() -> centre::Centre& { return *centre; }, rights),
                                              server::feed::HubSettings{RAPPORT_VERSION, random_seed() | 1U}, system_now);
  publisher = std::make_unique<server::api::FeedPublisher>(*feed, rights);
  std::vector<centre::Listener*> listening{&live, judge.get(), publisher.get(), &drafts, &calling};
  if (phone.listener() != nullptr) listening.push_back(phone.listener());
  centre = std::make_unique<centre::Centre>(*store, std::move(listening), system_now, random_seed(), metrics,
                                            webhooks.get());
  if (auto loaded = calling.load(); !loaded) return base::Error{fmt::format("calling lists: the store: {}", records::name(loaded.error()))};
  if (auto started = centre->start(*commands); !started) return started;
  calling.settle_interrupted();
  return {};
}

void CentreServer::Impl::keep_up() {
  server::api::Removed const removed = upkeep.run(system_now());
  if (removed.interactions > 0) log.info("interactions removed by retention", {{LogField::count, static_cast<std::int64_t>(removed.interactions)}});
  if (!removed.whole) log.warning("upkeep was not whole; the next run goes on");
}

/// A feed or a browser's phone that is open is use of its login. Of a login that is over, by age or because it
/// was removed, they end.
void CentreServer::Impl::keep_logins() {
  std::vector<std::string> open = phone.pages().logins();
  auto const told = std::make_shared<std::promise<std::vector<std::string>>>();
  if (!feed->tell_logins([told](std::vector<std::string> logins) { told->set_value(std::move(logins)); })) return;  // all logins go
  std::ranges::move(told->get_future().get(), std::back_inserter(open));
  std::ranges::sort(open);
  open.erase(std::ranges::unique(open).begin(), open.end());
  base::Instant const now = system_now();
  for (std::string const& login : open) {
    auto const session = sessions.keep(login, now);
    auto const token = session && !*session ? tokens.keep(login, now) : session;
    if (!token || *token) continue;  // an answer that the store does not give ends nobody's work
    feed->close_login(login);
    phone.pages().close_login(login);
  }
}

server::api::OidcParts CentreServer::Impl::oidc() {
  server::api::OidcParts parts;
  parts.callers = &provider_callers;
  if (settings.oidc.issuer.empty()) return parts;
  parts.login = &oidc_login;
  parts.name = settings.oidc.name.empty() ? host_of(settings.oidc.issuer) : settings.oidc.name;
  parts.provider.begin = [this](people::OidcStart const& start) { return oidc_client.begin(start, system_now()); };
  parts.provider.finish = [this](people::OidcStart const& start, std::string const& code) { return oidc_client.finish(start, code, system_now()); };
  parts.report = [this](std::string const& why) { log.warning("a login by the provider failed", {{LogField::problem, std::string_view{why}}}); };
  return parts;
}

server::http::Router CentreServer::Impl::routes() {
  server::http::Router router;
  server::api::Gate& gate = *gates.emplace_back(std::make_unique<server::api::Gate>(router, services()));
  server::api::Operating operating;
  // What is written may be long ago: readiness asks the store itself, too.
  operating.ready = [this] { return store->available() && bool{store->documents("brand", std::nullopt, {}, 1)}; };
  operating.metrics_token = std::string{settings.metrics.token.value.reveal()};
  server::api::add_routes(gate, {{accounts, teams, login, second_factor, links}, configuration, playbooks, *feed, rights, *publisher, *trials, {*webhooks, webhook_policy}, static_cast<std::size_t>(settings.limits.attachment_megabytes) << 20U, oidc(), std::move(operating), phone.api(), shelf, calling});
  server::api::add_unrouted(gate, pages);
  return router;
}

base::Result<void> CentreServer::Impl::start_listener(Endpoint const& endpoint) {
  server::http::ListenerOptions options;
  options.address = endpoint.address;
  options.port = endpoint.port;
  options.threads = 2;
  options.trusted_proxies = settings.trusted_proxies;
  options.clock = system_now;
  options.gate = [this](server::http::Request const& head, server::http::Route const&) { return rates.refuse(head); };
  options.connections_max = static_cast<std::size_t>(settings.limits.connections);
  options.connections_per_address_max = static_cast<std::size_t>(settings.limits.connections_per_address);
  auto identity = tls_identity(settings, endpoint, system_now());
  if (!identity) return identity.error();
  options.tls = std::move(*identity);
  auto listener = server::http::Listener::start(std::move(options), routes(), metrics);
  if (!listener) return base::Error{fmt::format("{}: {}", endpoint.text(), listener.error().message)};
  listeners.push_back(std::move(*listener));
  std::string const where = endpoint.text();
  log.info("listening", {{LogField::address, std::string_view{where}}});
  return {};
}

base::Result<void> CentreServer::Impl::start_listening() {
  for (Endpoint const& endpoint : settings.listen) {
    if (auto started = start_listener(endpoint); !started) return started;
  }
  return {};
}

CentreServer::CentreServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
CentreServer::~CentreServer() = default;

base::Result<std::unique_ptr<CentreServer>> CentreServer::make(Settings const& settings, DataFolder const& folder, Log& log, server::web::Pages::Shop shop) {
  base::Result<void> read;
  auto own = own_playbook(settings, read);
  if (!read) return read.error();
  store::OpenOptions options;
  options.told = [&log](std::string const& trouble) {
    if (trouble.empty())
      log.info("the store is available again");
    else
      log.error("the store is unavailable", {{LogField::problem, std::string_view{trouble}}});
  };
  options.told_left_out = [&log](store::LeftOut const& one) {
    std::string const what = fmt::format("{}: {}", one.change, records::name(one.why));
    log.error("a change could not be kept and was left out", {{LogField::problem, std::string_view{what}}});
  };
  auto opened = store::open(store_place(settings), store_key(folder.key()), options);
  if (!opened) return base::Error{opened.error().message};
  return std::unique_ptr<CentreServer>{new CentreServer{std::make_unique<Impl>(settings, folder, log, std::move(*opened), std::move(own), shop)}};
}

base::Result<bool> CentreServer::is_set_up() {
  auto const found = impl_->accounts.is_set_up();
  if (!found) return base::Error{found.error().detail};
  return *found;
}

base::Result<void> CentreServer::make_demo(simulation::PhraseBook const& book, std::vector<DemoLogin> const& logins) {
  return DemoCentre{{*impl_->store, impl_->accounts, impl_->tokens, impl_->cost, book}}.make(logins, system_now());
}

base::Result<std::vector<simulation::SimulatedAgent>> CentreServer::simulated_agents(simulation::PhraseBook const& book, int count) {
  return DemoCentre{{*impl_->store, impl_->accounts, impl_->tokens, impl_->cost, book}}.agents(count, !impl_->settings.phone.sip.empty(), system_now());
}

base::Result<DemoTelephone> CentreServer::demo_telephone(simulation::PhraseBook const& book) {
  return DemoCentre{{*impl_->store, impl_->accounts, impl_->tokens, impl_->cost, book}}.telephone(system_now());
}

base::Result<std::optional<DemoHistory>> CentreServer::missing_history(simulation::PhraseBook const& book, std::vector<simulation::SimulatedAgent> const& agents, std::uint64_t seed) {
  Impl& server = *impl_;
  auto const past = server.store->search({});
  if (!past) return base::Error{fmt::format("the store: {}", records::name(past.error()))};
  if (!past->rows.empty()) return std::optional<DemoHistory>{};
  server::api::Configuration configuration{*server.store, system_now};
  auto commands = configuration.load();
  if (!commands) return commands.error();
  auto plan = server.playbooks.plan("standard", std::string{demo_preset});
  if (!plan) return plan.error();
  return std::optional{DemoHistory{*server.store, std::move(*commands), std::move(*plan), book, agents, seed}};
}

void CentreServer::add_to(Lifecycle& parts) {
  Impl& server = *impl_;
  // Stopped last: what it still has to write tells the parts below.
  parts.add({"store", [] { return base::Result<void>{}; }, [&server] { server.store.reset(); }, 10 * base::second});
  parts.add({"webhooks", [&server] { return server.start_webhooks(); }, [&server] { server.webhooks->stop(); }, 10 * base::second});
  parts.add({"centre", [&server] { return server.start_centre(); },
             [&server] {
               server.centre->stop();
               server.judge->stop();
             },
             10 * base::second});
  parts.add({"trials", [&server] {
               server.trials = std::make_unique<server::api::Trials>(*server.store, system_now);
               return base::Result<void>{}; },
             [&server] { server.trials->stop(); }, 10 * base::second});
  parts.add({"upkeep", [&server] {
               server.hourly.start([&server] { server.keep_up(); });
               server.login_looks.start([&server] { server.keep_logins(); });
               return base::Result<void>{}; },
             [&server] {
               server.login_looks.stop();
               server.hourly.stop();
             },
             10 * base::second});
  parts.add({"workers", [] { return base::Result<void>{}; },
             [&server] {
               server.readers.finish();
               server.hashers.finish();
               server.provider_callers.finish();
             },
             10 * base::second});
  parts.add({"phone", [&server] { return server.phone.start(); }, [&server] { server.phone.stop(); }, 10 * base::second});
  parts.add({"listeners", [&server] { return server.start_listening(); },
             [&server] {
               server.feed->stop();
               for (auto const& listener : server.listeners) listener->stop_accepting();
               for (auto const& listener : server.listeners) listener->stop(5 * base::second);
             },
             10 * base::second});
}

bool CentreServer::healthy() const { return impl_->store && impl_->store->available(); }

std::vector<phone::SipAddress> CentreServer::sip_addresses() const { return impl_->phone.addresses(); }

std::vector<Endpoint> CentreServer::addresses() const {
  std::vector<Endpoint> all = impl_->settings.listen;
  for (std::size_t i = 0; i < impl_->listeners.size(); ++i) all[i].port = impl_->listeners[i]->port();
  return all;
}

}  // namespace rapport::app
