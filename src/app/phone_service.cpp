#include "app/phone_service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <random>
#include <system_error>
#include <thread>
#include <utility>

#include "app/setting_checks.hpp"
#include "app/system_clock.hpp"
#include "app/tls_files.hpp"
#include "base/phone_limits.hpp"
#include "phone/digest.hpp"
#include "server/api/menus.hpp"
#include "server/api/outside_transfer.hpp"
#include "server/api/sounds.hpp"

namespace rapport::app {
namespace {

phone::SipAddress sip_address(std::string_view text) {
  Endpoint const endpoint = parse_endpoint(text.substr(4)).value();  // settings hold no others
  return {phone::transport_in(text).value(), phone::Address::parse(endpoint.address, endpoint.port).value()};
}

CountryZones country_zones() {
  std::ifstream file{"/usr/share/zoneinfo/zone.tab"};
  return read_country_zones(std::string{std::istreambuf_iterator<char>{file}, {}});
}

/// "sip.example.com:5062": the host and the port, which is 0 where there is none.
std::pair<std::string, std::uint16_t> host_and_port(std::string const& text) {
  std::size_t const colon = text.rfind(':');
  bool const has_port = colon != std::string::npos && !text.ends_with(']');
  std::uint16_t port = 0;
  if (has_port) std::from_chars(text.data() + colon + 1, text.data() + text.size(), port);
  return {text.substr(0, has_port ? colon : text.size()), port};
}

}  // namespace

std::vector<phone::Trunk> PhoneService::trunks() const {
  std::vector<phone::Trunk> all;
  for (Settings::Trunk const& chosen : parts_.settings.phone.trunks) {
    auto const [host, port] = host_and_port(chosen.host);
    all.push_back({chosen.name, host, port, phone::transport_in(chosen.transport), chosen.user, chosen.password.value, chosen.registers, chosen.logs_in, chosen.number, chosen.queue, chosen.srtp, chosen.refer,
                   static_cast<std::size_t>(chosen.calls), static_cast<std::size_t>(chosen.calls_per_second)});
  }
  return all;
}

PhoneService::PhoneService(Parts parts)
    : parts_(std::move(parts)),
      accounts_({[this] { return server::api::phone_logins(parts_.store, parts_.accounts); }, [this](std::vector<phone::Account> accounts) { phone_->set_accounts(std::move(accounts)); }}) {
  if (parts_.settings.phone.sip.empty()) return;
  speaker_ = std::make_unique<Speaker>(parts_.announcements, parts_.metrics, [this](std::string_view why) { parts_.log.warning("an announcement could not be spoken", {{LogField::problem, why}}); });
  menus_ = std::make_unique<PhoneMenus>(PhoneMenus::Ways{
      [submit = parts_.line.submit](centre::Command command, std::function<void(bool)> done) {
        submit({std::move(command), {}, {}, {}, {}, {}}, [done = std::move(done)](centre::Granted<centre::Outcome> const& outcome) { done(bool{outcome}); });
      },
      [this](std::string const& interaction, std::string const& queue, std::string const& number, std::function<void(bool)> done) { line_->call_back(interaction, queue, number, std::move(done)); },
      [this](std::string const& interaction, std::string const& number) { line_->send_outside(interaction, number); },
      [this](std::string const& interaction) { line_->record(interaction); }, *speaker_, parts_.line.clock});
  waiting_ = std::make_unique<PhoneWaiting>(*speaker_, parts_.line.clock);
  parts_.line.region = parts_.settings.phone.region;
  if (!parts_.settings.phone.trunks.empty()) rules_ = std::make_unique<CallRules>(parts_.settings.phone, country_zones(), parts_.metrics);
  parts_.line.rules = rules_.get();
  parts_.line.user_of = [&store = parts_.store](std::string const& login) {
    auto const found = store.document_by_name(people::user_kind, {}, login);
    return found && *found ? (*found)->id : std::string{};
  };
  parts_.line.placed_recording = [&store = parts_.store](std::string const& brand, std::string const& country) { return server::api::placed_recording(store, brand, country); };
  parts_.line.consent_prompt = [&store = parts_.store](std::string const& brand) { return server::api::consent_prompt(store, brand); };
  parts_.line.rights = [&accounts = parts_.accounts](std::string const& user) -> std::optional<people::Principal> {
    auto const found = accounts.find(user);
    if (!found || !found->active) return std::nullopt;
    return people::principal_of(*found);
  };
  parts_.line.prepare = [this](server::api::CallPlan plan) { return server::api::prepare_call(parts_.store, parts_.line.book, api().calls, std::move(plan), parts_.line.clock()); };
  parts_.line.prepare_outside = [this](server::api::OutsidePlan const& plan) { return server::api::prepare_outside(parts_.store, parts_.line.book, api().calls, plan, parts_.line.clock()); };
  parts_.line.menus = menus_.get();
  parts_.line.waiting = waiting_.get();
  line_ = std::make_unique<PhoneLine>(parts_.line, parts_.metrics);
}

PhoneService::~PhoneService() = default;

base::Result<phone::PhoneOptions> PhoneService::options() const {
  Settings::Phone const& chosen = parts_.settings.phone;
  phone::PhoneOptions options;
  for (std::string const& text : chosen.sip) options.listen.push_back(sip_address(text));
  bool const secure = std::ranges::any_of(options.listen, [](phone::SipAddress const& one) { return one.transport == phone::Transport::tls; });
  if (secure) {
    auto identity = phone_identity(parts_.settings, system_now());
    if (!identity) return identity.error();
    options.identity = phone::PhoneIdentity{std::move(identity->certificate_pem), std::move(identity->key_pem)};
  }
  for (std::string const& text : chosen.trusted) options.trusted.push_back(phone::Network::parse(text).value());
  if (!chosen.external_address.empty()) options.external = phone::Address::parse(chosen.external_address, 0);
  bool const usable = chosen.first_media_port % 2 == 0 && chosen.last_media_port - chosen.first_media_port + 1 >= static_cast<std::int64_t>(limits::media_ports_min);
  if (!usable) return base::Error{fmt::format("phone.first_media_port: found {}, expected an even number at least {} below phone.last_media_port", chosen.first_media_port, limits::media_ports_min - 1)};
  options.first_media_port = static_cast<std::uint16_t>(chosen.first_media_port);
  options.last_media_port = static_cast<std::uint16_t>(chosen.last_media_port);
  options.recordings = [&shelf = parts_.shelf](std::string const& interaction) -> std::optional<phone::RecordingPlace> {
    auto const recording = shelf.begin(interaction);
    if (!recording) return std::nullopt;
    return phone::RecordingPlace{recording->name, shelf.raw_path(recording->name), recording->key};
  };
  options.trunks = trunks();
  // One is left to signalling and all else: sound goes before other work and would starve it.
  std::size_t const processors = std::max(2U, std::thread::hardware_concurrency());
  options.sound_threads = chosen.sound_threads > 0 ? static_cast<std::size_t>(chosen.sound_threads) : std::min(processors - 1, limits::sound_threads_max);
  if (auto const [host, port] = host_and_port(chosen.resolver); !host.empty()) options.resolver = phone::Address::parse(host, port);
  options.authorities = chosen.authorities.native();
  options.trunk_check_ms = chosen.trunk_check;
  options.ring_ms = chosen.ring_time;
  options.clock = system_now;
  std::random_device source;
  options.seed = static_cast<std::uint64_t>(source()) << 32U | source();
  return options;
}

base::Result<void> PhoneService::start() {
  if (line_ == nullptr) return {};
  std::error_code failure;
  std::filesystem::create_directories(parts_.recordings, failure);
  if (failure) return base::Error{fmt::format("{}: {}", parts_.recordings.string(), failure.message())};
  auto chosen = options();
  if (!chosen) return chosen.error();
  Log& log = parts_.log;
  encoder_ = std::make_unique<recordings::Encoder>(parts_.shelf, parts_.metrics, [&log](std::string const& name, std::string const& why) {
    log.warning("a recording could not be encoded", {{LogField::interaction, std::string_view{name}}, {LogField::problem, std::string_view{why}}});
  });
  auto finished = [&log, encoder = encoder_.get()](phone::RecordingFinished const& recording) {
    encoder->add(recording.name);
    log.info("recorded", {{LogField::interaction, std::string_view{recording.interaction}}, {LogField::milliseconds, static_cast<std::int64_t>(recording.frames * media::frame_ms)}});
  };
  auto started = phone::Phone::start(std::move(*chosen), *line_, std::move(finished), parts_.metrics);
  if (!started) return started.error();
  phone_ = std::move(*started);
  tell_trouble(accounts_.learn());
  if (auto learnt = learn_menus(); !learnt) {
    phone_->stop();
    return learnt;
  }
  if (auto remembered = remember_calls(); !remembered) {
    phone_->stop();
    return remembered;
  }
  line_->connect(phone_.get());
  pages_.connect(phone_.get());
  menus_->connect(phone_.get());
  waiting_->connect(phone_.get());
  again_.start([this] { tell_trouble(accounts_.learn_what_failed()); });
  for (phone::SipAddress const& address : phone_->addresses()) {
    std::string const where = fmt::format("{}:{}", phone::name(address.transport), address.address.text());
    log.info("listening for calls", {{LogField::address, std::string_view{where}}});
  }
  if (rules_ == nullptr) return {};
  std::string const& emergency = parts_.settings.phone.emergency;
  if (emergency == "refuse")
    log.warning("emergency numbers are refused to agents; they need another telephone", {});
  else
    log.info("emergency numbers are called by a trunk", {{LogField::address, std::string_view{emergency}}});
  return {};
}

void PhoneService::stop() {
  if (phone_ == nullptr) return;
  again_.stop();
  line_->connect(nullptr);
  pages_.connect(nullptr);
  menus_->connect(nullptr);
  waiting_->connect(nullptr);
  speaker_->stop();
  phone_->stop();
  encoder_->stop();
}

base::Result<void> PhoneService::learn_menus() {
  std::lock_guard const lock{learning_};
  std::map<std::string, PhoneMenus::Brand> voices;
  auto brands = server::api::all_documents(parts_.store, "brand");
  auto menus = server::api::all_documents(parts_.store, server::api::menu_kind);
  if (!brands || !menus) return base::Error{fmt::format("the store: {}", records::name(brands ? menus.error() : brands.error()))};
  for (records::Document const& brand : *brands) voices.emplace(brand.id, PhoneMenus::Brand{server::api::language_of(brand), server::api::prompt_sound_of(brand)});
  auto const load = [this](std::string const& id) {
    auto const sound = server::api::load_sound(parts_.store, id);
    return sound ? *sound : nullptr;
  };
  if (auto learnt = learn_music(); !learnt) return learnt;
  for (std::string const& trouble : menus_->learn(*menus, voices, load)) parts_.log.warning("a menu or a sound could not be read", {{LogField::problem, std::string_view{trouble}}});
  return {};
}

base::Result<void> PhoneService::learn_music() {
  auto const queues = server::api::all_documents(parts_.store, "queue");
  if (!queues) return base::Error{fmt::format("the store: {}", records::name(queues.error()))};
  std::map<std::string, PhoneLine::Music> by_sound;
  std::map<std::string, PhoneLine::Music, std::less<>> by_queue;
  for (records::Document const& queue : *queues) {
    std::string const id = server::api::music_of(queue);
    if (id.empty()) continue;
    if (!by_sound.contains(id)) {
      auto const sound = server::api::load_sound(parts_.store, id);
      by_sound[id] = sound && *sound != nullptr ? std::make_shared<media::HoldMusic const>(**sound) : nullptr;
    }
    if (by_sound[id] != nullptr) by_queue.emplace(queue.id, by_sound[id]);
  }
  line_->use_music(std::move(by_queue));
  return {};
}

/// Agents' calls of the last hour count after a start, too. Who had it first placed it.
base::Result<void> PhoneService::remember_calls() {
  if (rules_ == nullptr) return {};
  records::InteractionQuery query;
  query.channel = domain::Channel::voice;
  query.from = system_now() + -base::hour;
  query.limit = limits::page_max;
  for (;;) {
    auto const page = parts_.store.search(query);
    if (!page) return base::Error{fmt::format("the store: {}", records::name(page.error()))};
    for (records::InteractionRow const& row : page->rows) {
      if (row.direction == domain::Direction::outbound && !row.agents.empty()) rules_->remember(row.agents.front(), row.started_at);
    }
    if (!page->more) return {};
    query.after = records::InteractionQuery::After{page->rows.back().started_at, page->rows.back().id};
  }
}

void PhoneService::users_changed() {
  if (phone_ != nullptr) tell_trouble(accounts_.learn());
}

void PhoneService::tell_trouble(base::Result<void> const& learnt) {
  if (!learnt) parts_.log.warning("phones' logins could not be read; that is tried again each minute", {{LogField::problem, std::string_view{learnt.error().message}}});
}

server::api::PhoneParts PhoneService::api() {
  server::api::PhoneParts api;
  api.realm = phone::digest_realm;
  api.digest = phone::digest_secret;
  api.changed = [this] { users_changed(); };
  api.pages = {[this] { return pages_.available(); }, [this](server::api::PhonePage page) { return pages_.listener(std::move(page)); }};
  if (rules_ != nullptr) {
    api.calls.look = [rules = rules_.get()](server::api::CallWish const& wish, std::string const& region, base::Instant now) { return rules->look(wish, region, now); };
    api.calls.check = [rules = rules_.get()](std::string_view number, std::string const& region) { return rules->check(number, region); };
    api.calls.open = [rules = rules_.get()](std::string_view country, base::Instant now, base::Millis from, base::Millis to) { return rules->within(country, now, from, to); };
    api.calls.expect = [line = line_.get()](std::string const& interaction, server::api::CallGranted const& granted, std::string const& caller) { line->expect(interaction, granted, caller); };
    api.calls.expect_outside = [line = line_.get()](std::string const& interaction, server::api::CallGranted const& granted, std::string const& caller) { return line->expect_outside(interaction, granted, caller); };
  }
  api.menus_changed = [this] {
    if (phone_ == nullptr) return;
    if (auto const learnt = learn_menus(); !learnt) parts_.log.warning("menus could not be read", {{LogField::problem, std::string_view{learnt.error().message}}});
  };
  return api;
}

}  // namespace rapport::app
