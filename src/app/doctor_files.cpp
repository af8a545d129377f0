#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <memory>
#include <optional>
#include <system_error>

#include "app/data_folder.hpp"
#include "app/doctor.hpp"
#include "app/playbook_choice.hpp"
#include "app/setting.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t mebibyte = 1U << 20U;
constexpr std::uint64_t free_bytes_fail = 256 * mebibyte;
constexpr std::uint64_t free_bytes_warn = 2'048 * mebibyte;
constexpr int certificate_days_warn = 21;

template <typename T, void (*release)(T*)>
struct Releaser {
  void operator()(T* held) const { release(held); }
};
using Certificate = std::unique_ptr<X509, Releaser<X509, X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY, EVP_PKEY_free>>;
struct FileCloser {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using File = std::unique_ptr<std::FILE, FileCloser>;

std::string system_words() { return std::generic_category().message(errno); }

/// The folder itself, or the nearest one above it that exists.
fs::path existing_part(fs::path path) {
  std::error_code ignored;
  while (!path.empty() && path.has_relative_path() && !fs::exists(path, ignored)) path = path.parent_path();
  return path.empty() ? fs::path(".") : path;
}

/// The host of a URL.
std::string host_named(std::string_view url) {
  std::size_t const start = url.find("://");
  if (start == std::string_view::npos) return {};
  std::string_view const rest = url.substr(start + 3);
  if (rest.starts_with('[')) return std::string(rest.substr(1, rest.find(']') - 1));
  return std::string(rest.substr(0, rest.find_first_of(":/")));
}

Finding judge_certificate(Settings const& settings, X509* certificate, EVP_PKEY* key, base::Instant now) {
  std::string const name = "certificate";
  auto const file = settings.tls.certificate.native();
  if (X509_check_private_key(certificate, key) != 1) {
    ERR_clear_error();
    return {name, Health::fail, fmt::format("{} and {} do not belong together", file, settings.tls.key.native()), "name the key with which the certificate was asked for"};
  }
  time_t moment = static_cast<time_t>(now.since_epoch / base::second);
  if (X509_cmp_time(X509_get0_notBefore(certificate), &moment) > 0) return {name, Health::fail, fmt::format("{} is not valid yet", file), "check the clock, or wait"};
  if (X509_cmp_time(X509_get0_notAfter(certificate), &moment) < 0) return {name, Health::fail, fmt::format("{} has expired", file), "renew it and restart the server"};
  std::string const host = host_named(settings.public_url);
  bool const fits = host.empty() || X509_check_host(certificate, host.data(), host.size(), 0, nullptr) == 1 || X509_check_ip_asc(certificate, host.c_str(), 0) == 1;
  ERR_clear_error();
  if (!fits) return {name, Health::warn, fmt::format("{} is not for {}, which public_url names", file, host), "browsers will warn: get one for that name"};
  time_t soon = moment + certificate_days_warn * static_cast<time_t>(base::day / base::second);
  if (X509_cmp_time(X509_get0_notAfter(certificate), &soon) < 0) return {name, Health::warn, fmt::format("{} expires within {} days", file, certificate_days_warn), "renew it and restart the server"};
  return {name, Health::ok, fmt::format("{} is valid and its key fits", file), ""};
}

}  // namespace

Finding check_data_folder(Settings const& settings) {
  std::string const name = "data folder";
  fs::path const& path = settings.data;
  struct stat state{};
  if (::stat(path.c_str(), &state) != 0) {
    if (errno != ENOENT) return {name, Health::fail, fmt::format("{}: {}", path.native(), system_words()), "name a folder that this user may use"};
    fs::path const above = existing_part(path);
    if (::access(above.c_str(), W_OK | X_OK) == 0) return {name, Health::ok, fmt::format("{} does not exist; the first start makes it", path.native()), ""};
    return {name, Health::fail, fmt::format("{} does not exist and cannot be made: {} is not writable", path.native(), above.native()), "make it, owned by the server's user, with mode 700"};
  }
  if (!S_ISDIR(state.st_mode)) return {name, Health::fail, fmt::format("{} is no folder", path.native()), "name a folder by --data or in the configuration"};
  if (::access(path.c_str(), R_OK | W_OK | X_OK) != 0) return {name, Health::fail, fmt::format("{}: this user may not use it", path.native()), "run as the server's user: sudo -u rapport rapport doctor"};
  if ((state.st_mode & 022U) != 0) return {name, Health::fail, fmt::format("{}: others may write into it", path.native()), fmt::format("chmod 700 {}", path.native())};
  if ((state.st_mode & 055U) != 0) return {name, Health::warn, fmt::format("{}: others may look into it", path.native()), fmt::format("chmod 700 {}", path.native())};
  return {name, Health::ok, fmt::format("{}: only its owner may use it", path.native()), ""};
}

Finding check_free_space(Settings const& settings) {
  std::string const name = "free space";
  fs::path const path = existing_part(settings.data);
  struct statvfs state{};
  if (::statvfs(path.c_str(), &state) != 0) return {name, Health::fail, fmt::format("{}: {}", path.native(), system_words()), "name a folder that this user may use"};
  std::uint64_t const bytes = std::uint64_t{state.f_bavail} * state.f_frsize;
  std::string const said = fmt::format("{} MB at {}", bytes / mebibyte, path.native());
  std::string const advice = "make room, keep less (retention), or move the data folder; with a full disk the server refuses commands";
  if (bytes < free_bytes_fail) return {name, Health::fail, said, advice};
  if (bytes < free_bytes_warn) return {name, Health::warn, said, advice};
  return {name, Health::ok, said, ""};
}

Finding check_lock(Settings const& settings) {
  auto const user = user_of_data_folder(settings.data);
  if (user) return {"lock", Health::ok, fmt::format("a server runs on the data folder (process {}); no second one can", *user), ""};
  return {"lock", Health::ok, "no server runs on the data folder", ""};
}

Finding check_certificate(Settings const& settings, base::Instant now) {
  std::string const name = "certificate";
  if (settings.tls.certificate.empty() || settings.tls.key.empty()) {
    bool beyond = false;
    for (Endpoint const& endpoint : settings.listen) beyond = beyond || !endpoint.is_loopback();
    if (!beyond) return {name, Health::ok, "none is named; only this machine can connect", ""};
    if (settings.tls.self_signed == SelfSigned::never) {
      return {name, Health::warn, "none is named and tls.self_signed is never: passwords cross the network in the clear", "only do this behind a proxy that speaks TLS, on a network of its own"};
    }
    return {name, Health::warn, "none is named; the server makes one of its own, of which browsers warn", "fine for a first run on a LAN; name a real one in tls.certificate and tls.key"};
  }
  File const certificate_file(std::fopen(settings.tls.certificate.c_str(), "rb"));
  if (!certificate_file) return {name, Health::fail, fmt::format("{}: {}", settings.tls.certificate.native(), system_words()), "name a file that the server's user may read"};
  File const key_file(std::fopen(settings.tls.key.c_str(), "rb"));
  if (!key_file) return {name, Health::fail, fmt::format("{}: {}", settings.tls.key.native(), system_words()), "name a file that the server's user may read"};
  Certificate const certificate(PEM_read_X509(certificate_file.get(), nullptr, nullptr, nullptr));
  auto const no_passphrase = [](char*, int, int, void*) { return -1; };
  PrivateKey const key(PEM_read_PrivateKey(key_file.get(), nullptr, no_passphrase, nullptr));
  ERR_clear_error();
  if (!certificate) return {name, Health::fail, fmt::format("{} holds no certificate in PEM", settings.tls.certificate.native()), "name a file that begins with -----BEGIN CERTIFICATE-----"};
  if (!key) return {name, Health::fail, fmt::format("{} holds no private key in PEM without a passphrase", settings.tls.key.native()), "name a file that begins with -----BEGIN PRIVATE KEY-----"};
  return judge_certificate(settings, certificate.get(), key.get(), now);
}

Finding check_secret_files(Settings const& settings) {
  std::string open;
  auto look = [&](fs::path const& path) {
    struct stat state{};
    if (!path.empty() && ::stat(path.c_str(), &state) == 0 && (state.st_mode & 007U) != 0) open += (open.empty() ? "" : ", ") + path.native();
  };
  auto& from = const_cast<Settings&>(settings);  // an accessor only says where the value stands
  for (Setting const& setting : settings_table()) {
    if (auto const* const kind = std::get_if<SecretFileKind>(&setting.kind)) look(kind->in(from).file);
  }
  look(settings.tls.key);
  for (Settings::Trunk const& trunk : settings.phone.trunks) look(trunk.password.file);
  if (open.empty()) return {"secrets", Health::ok, "no file that holds a secret is open to everybody", ""};
  return {"secrets", Health::warn, fmt::format("every user of this machine may read {}", open), "chmod 640, with the group of the server's user"};
}

Finding check_playbook(Settings const& settings) {
  auto const playbook = load_playbook({settings.playbook.native(), ""});
  if (!playbook) return {"playbook", Health::fail, playbook.error().message, "correct what is named: rapport playbook check DIR"};
  return {"playbook", Health::ok, fmt::format("{} {}, {} practices", (*playbook)->name, (*playbook)->version, (*playbook)->practices.size()), ""};
}

}  // namespace rapport::app
