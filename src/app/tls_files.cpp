#include "app/tls_files.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <sstream>

#include "server/http/certificate.hpp"

namespace rapport::app {
namespace {

namespace fs = std::filesystem;
using server::http::TlsIdentity;

base::Result<std::string> read_pem(fs::path const& path) {
  std::ifstream stream{path, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  if (!stream) return base::Error{fmt::format("{}: cannot be read", path.string())};
  return std::move(text).str();
}

/// A file that only the server may read.
base::Result<void> write_pem(fs::path const& path, std::string const& text) {
  int const file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return base::Error{fmt::format("{}: cannot be written", path.string())};
  bool const written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  bool const closed = ::close(file) == 0;
  if (!written || !closed) return base::Error{fmt::format("{}: cannot be written", path.string())};
  return {};
}

base::Result<TlsIdentity> read_identity(fs::path const& certificate, fs::path const& key) {
  auto chain = read_pem(certificate);
  if (!chain) return chain.error();
  auto secret = read_pem(key);
  if (!secret) return secret.error();
  return TlsIdentity{std::move(*chain), std::move(*secret)};
}

/// The names by which people reach this machine.
std::vector<std::string> own_names(Endpoint const& endpoint) {
  std::vector<std::string> names;
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) == 0 && host[0] != '\0') names.emplace_back(host.data());
  names.emplace_back("localhost");
  if (endpoint.address != "0.0.0.0" && endpoint.address != "::") names.push_back(endpoint.address);
  return names;
}

base::Result<TlsIdentity> own_identity(Settings const& settings, Endpoint const& endpoint, base::Instant now) {
  fs::path const certificate = settings.data / "tls.crt";
  fs::path const key = settings.data / "tls.key";
  if (fs::exists(certificate) && fs::exists(key)) return read_identity(certificate, key);
  auto made = server::http::self_signed_certificate(own_names(endpoint), now);
  if (!made) return made.error();
  if (auto written = write_pem(key, made->key_pem); !written) return written.error();
  if (auto written = write_pem(certificate, made->certificate_pem); !written) return written.error();
  return std::move(*made);
}

}  // namespace

base::Result<std::optional<TlsIdentity>> tls_identity(Settings const& settings, Endpoint const& endpoint, base::Instant now) {
  bool const named = !settings.tls.certificate.empty();
  bool const own = settings.tls.self_signed == SelfSigned::always ||
                   (settings.tls.self_signed == SelfSigned::when_needed && !endpoint.is_loopback());
  if (!named && !own) return std::optional<TlsIdentity>{};
  if (named && endpoint.is_loopback() && settings.tls.self_signed != SelfSigned::always && settings.listen.size() > 1) return std::optional<TlsIdentity>{};
  auto identity = named ? read_identity(settings.tls.certificate, settings.tls.key) : own_identity(settings, endpoint, now);
  if (!identity) return identity.error();
  return std::optional{std::move(*identity)};
}

base::Result<TlsIdentity> phone_identity(Settings const& settings, base::Instant now) {
  if (!settings.tls.certificate.empty()) return read_identity(settings.tls.certificate, settings.tls.key);
  return own_identity(settings, {"0.0.0.0", 0}, now);
}

}  // namespace rapport::app
