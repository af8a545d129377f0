#include "people/permission.hpp"

#include "base/assert.hpp"

namespace rapport::people {

namespace {

using enum Permission;

constexpr std::array<PermissionInfo, permission_count> infos{{
    {presence_own, "presence.own", "set one's own presence"},
    {contacts_handle, "contacts.handle", "answer, refuse, write, hold, transfer and wrap up contacts offered to oneself"},
    {contacts_outbound, "contacts.outbound", "start an outbound contact"},
    {attachments_use, "attachments.use", "send attachments, and open those of interactions that one may read"},
    {drafts_own, "drafts.own", "keep drafts of one's own"},
    {interactions_read_own, "interactions.read.own", "read interactions that one answered"},
    {interactions_read_team, "interactions.read.team", "read interactions that a member of one's teams answered"},
    {interactions_read_all, "interactions.read.all", "read every interaction of one's brands"},
    {interactions_write_any, "interactions.write.any", "add to interactions of others: notes, fields, surveys, late transcripts"},
    {interactions_export, "interactions.export", "export interactions as files"},
    {floor_see, "floor.see", "see who works on what and who waits"},
    {floor_supervise, "floor.supervise", "whisper, take over, move a contact, change its priority"},
    {presence_others, "presence.others", "change the presence of others"},
    {help_ask, "help.ask", "ask for help on one's own contact"},
    {help_answer, "help.answer", "see and answer requests for help"},
    {flags_read, "flags.read", "see and handle the flags inbox"},
    {scorecards_read_own, "scorecards.read.own", "read scorecards of one's own interactions"},
    {scorecards_read_all, "scorecards.read.all", "read scorecards of every interaction of one's brands"},
    {verdicts_override, "verdicts.override", "replace a verdict by one's own, with a reason"},
    {verdicts_calibrate, "verdicts.calibrate", "see how often people agreed with verdicts"},
    {customers_read, "customers.read", "read customers, their history and promises"},
    {customers_write, "customers.write", "change what is known of a customer"},
    {customers_merge, "customers.merge", "merge customers and take them apart"},
    {customers_export, "customers.export", "hand out all that is kept of a customer"},
    {customers_erase, "customers.erase", "erase a customer for good"},
    {customers_block, "customers.block", "block and unblock customers"},
    {cases_read, "cases.read", "read cases"},
    {cases_write, "cases.write", "open, change and close cases"},
    {configuration_read, "configuration.read", "read queues, skills, hours, brands, dispositions and canned replies"},
    {replies_write, "replies.write", "change canned replies"},
    {queues_write, "queues.write", "change queues, with their hours and dispositions"},
    {skills_write, "skills.write", "change skills, and who has them"},
    {brands_write, "brands.write", "change brands, their retention and secrets"},
    {playbooks_read, "playbooks.read", "read playbooks"},
    {playbooks_write, "playbooks.write", "add and activate playbook versions"},
    {playbooks_trial, "playbooks.trial", "score past interactions by a playbook that is not active"},
    {users_read, "users.read", "read users and teams"},
    {users_write, "users.write", "create, change, import and deactivate users"},
    {teams_write, "teams.write", "change teams"},
    {tokens_own, "tokens.own", "make and end API tokens of one's own"},
    {webhooks_write, "webhooks.write", "change webhooks, see their dead letters"},
    {audit_read, "audit.read", "read the audit log"},
    {numbers_read, "numbers.read", "read the numbers of the floor"},
    {operate_metrics, "operate.metrics", "read metrics and health from elsewhere than loopback"},
    {conversation_own, "conversation.own", "take part in one's own conversation, as a customer"},
    {recordings_listen, "recordings.listen", "listen to the recordings of interactions that one may read"},
    {calls_listen, "calls.listen", "listen in on calls, speak to the agent alone, or join them"},
    {calls_place, "calls.place", "call customers by the trunks"},
    {calls_forbid, "calls.forbid", "see and change the list of numbers that are not called"},
    {lists_write, "lists.write", "make and change lists of numbers to be called, fill them, see what came of them"},
}};

constexpr bool in_order() {
  for (std::size_t i = 0; i < permission_count; ++i) {
    if (static_cast<std::size_t>(infos[i].permission) != i) return false;
  }
  return true;
}
static_assert(in_order());

// Everybody who works here may have tokens: a token never does more than its owner.
constexpr PermissionSet agent{presence_own, contacts_handle, contacts_outbound, calls_place, attachments_use, drafts_own,
                              interactions_read_own, help_ask, scorecards_read_own, customers_read, customers_write,
                              cases_read, cases_write, configuration_read, tokens_own};

constexpr PermissionSet supervisor = agent | PermissionSet{interactions_read_team, interactions_read_all,
                                                           interactions_write_any, recordings_listen, calls_listen, floor_see, floor_supervise,
                                                           presence_others, help_answer, flags_read, calls_forbid, lists_write,
                                                           scorecards_read_all, customers_merge, customers_export, customers_block,
                                                           replies_write, playbooks_read, users_read, numbers_read};

constexpr PermissionSet quality{interactions_read_all, recordings_listen, attachments_use, scorecards_read_all, verdicts_override,
                                verdicts_calibrate, flags_read, customers_read, cases_read, configuration_read,
                                playbooks_read, playbooks_trial, users_read, numbers_read, tokens_own};

constexpr PermissionSet trainer{interactions_read_team, recordings_listen, attachments_use, scorecards_read_all, verdicts_calibrate,
                                configuration_read, replies_write, playbooks_read, playbooks_write, playbooks_trial,
                                users_read, tokens_own};

// What was said and the numbers, not what is known of customers.
constexpr PermissionSet analyst{interactions_read_all, interactions_export, scorecards_read_all, configuration_read,
                                playbooks_read, playbooks_trial, numbers_read, tokens_own};

// Runs the centre; does not read what customers said unless given another role as well.
constexpr PermissionSet administrator{floor_see, presence_others, customers_merge, customers_erase, customers_block,
                                      configuration_read, replies_write, queues_write, skills_write, brands_write, calls_forbid, lists_write,
                                      playbooks_read, playbooks_write, users_read, users_write, teams_write, tokens_own,
                                      webhooks_write, audit_read, numbers_read, operate_metrics};

constexpr std::array<std::string_view, all_roles.size()> role_names{"agent", "supervisor", "quality",
                                                                    "trainer", "analyst", "administrator"};

}  // namespace

std::span<PermissionInfo const, permission_count> all_permissions() { return infos; }

std::string_view name(Permission permission) { return infos[static_cast<std::size_t>(permission)].name; }

std::optional<Permission> parse_permission(std::string_view name) {
  for (PermissionInfo const& info : infos) {
    if (info.name == name) return info.permission;
  }
  return std::nullopt;
}

std::string_view name(Role role) { return role_names[static_cast<std::size_t>(role)]; }

std::optional<Role> parse_role(std::string_view name) {
  for (Role const role : all_roles) {
    if (people::name(role) == name) return role;
  }
  return std::nullopt;
}

PermissionSet permissions(Role role) {
  switch (role) {
    case Role::agent:
      return agent;
    case Role::supervisor:
      return supervisor;
    case Role::quality:
      return quality;
    case Role::trainer:
      return trainer;
    case Role::analyst:
      return analyst;
    case Role::administrator:
      return administrator;
  }
  RAPPORT_ASSERT(false);
  return {};
}

}  // namespace rapport::people
