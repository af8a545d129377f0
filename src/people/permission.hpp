#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace rapport::people {

/// One thing that somebody may do. Routes, token scopes and documentation use the name, which never
/// changes once released; the number is of this program alone.
enum class Permission : std::uint8_t {
  presence_own,
  contacts_handle,
  contacts_outbound,
  attachments_use,
  drafts_own,
  interactions_read_own,
  interactions_read_team,
  interactions_read_all,
  interactions_write_any,
  interactions_export,
  floor_see,
  floor_supervise,
  presence_others,
  help_ask,
  help_answer,
  flags_read,
  scorecards_read_own,
  scorecards_read_all,
  verdicts_override,
  verdicts_calibrate,
  customers_read,
  customers_write,
  customers_merge,
  customers_export,
  customers_erase,
  customers_block,
  cases_read,
  cases_write,
  configuration_read,
  replies_write,
  queues_write,
  skills_write,
  brands_write,
  playbooks_read,
  playbooks_write,
  playbooks_trial,
  users_read,
  users_write,
  teams_write,
  tokens_own,
  webhooks_write,
  audit_read,
  numbers_read,
  operate_metrics,
  conversation_own,
  recordings_listen,
  calls_listen,
  calls_place,
  calls_forbid,
  lists_write,
};
inline constexpr std::size_t permission_count = static_cast<std::size_t>(Permission::lists_write) + 1;
static_assert(permission_count <= 64);  // PermissionSet is one word

/// Its name and what it lets one do, in one line.
struct PermissionInfo {
  Permission permission;
  std::string_view name;
  std::string_view meaning;
};
/// All of them, in the order of the enumeration.
std::span<PermissionInfo const, permission_count> all_permissions();
std::string_view name(Permission permission);
std::optional<Permission> parse_permission(std::string_view name);

/// A set of permissions; a value of one word.
class PermissionSet {
 public:
  constexpr PermissionSet() = default;
  constexpr PermissionSet(std::initializer_list<Permission> permissions) {
    for (Permission const permission : permissions) add(permission);
  }

  constexpr void add(Permission permission) { bits_ |= bit(permission); }
  constexpr bool has(Permission permission) const { return (bits_ & bit(permission)) != 0; }
  constexpr bool has_all(PermissionSet other) const { return (other.bits_ & ~bits_) == 0; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::size_t size() const { return static_cast<std::size_t>(std::popcount(bits_)); }
  constexpr PermissionSet operator|(PermissionSet other) const { return PermissionSet{bits_ | other.bits_}; }
  constexpr PermissionSet operator&(PermissionSet other) const { return PermissionSet{bits_ & other.bits_}; }
  constexpr bool operator==(PermissionSet const&) const = default;

 private:
  explicit constexpr PermissionSet(std::uint64_t bits) : bits_(bits) {}
  static constexpr std::uint64_t bit(Permission permission) { return std::uint64_t{1} << static_cast<unsigned>(permission); }

  std::uint64_t bits_ = 0;
};

/// What somebody is in the centre. A user has one or more.
enum class Role : std::uint8_t { agent,
                                 supervisor,
                                 quality,
                                 trainer,
                                 analyst,
                                 administrator };
inline constexpr std::array all_roles{Role::agent, Role::supervisor, Role::quality,
                                      Role::trainer, Role::analyst, Role::administrator};

std::string_view name(Role role);
std::optional<Role> parse_role(std::string_view name);
/// What the role lets one do: the one table of rights (docs/people.md shows it).
PermissionSet permissions(Role role);

}  // namespace rapport::people
