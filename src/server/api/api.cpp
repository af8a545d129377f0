#include "server/api/api.hpp"

#include <utility>

#include "server/api/agents.hpp"
#include "server/api/attachments.hpp"
#include "server/api/calling_lists.hpp"
#include "server/api/cases.hpp"
#include "server/api/customer_brand.hpp"
#include "server/api/customer_chat.hpp"
#include "server/api/customer_survey.hpp"
#include "server/api/customers.hpp"
#include "server/api/drafts.hpp"
#include "server/api/feed_routes.hpp"
#include "server/api/identity_keys.hpp"
#include "server/api/inbox.hpp"
#include "server/api/interaction_commands.hpp"
#include "server/api/interaction_reads.hpp"
#include "server/api/late_events.hpp"
#include "server/api/login.hpp"
#include "server/api/menus.hpp"
#include "server/api/numbers.hpp"
#include "server/api/playbook_routes.hpp"
#include "server/api/recordings.hpp"
#include "server/api/resources.hpp"
#include "server/api/reviews.hpp"
#include "server/api/sounds.hpp"
#include "server/api/trial_routes.hpp"
#include "server/api/users.hpp"
#include "server/api/webhooks.hpp"

namespace rapport::server::api {

void add_routes(Gate& gate, ApiParts parts) {
  add_operating(gate, std::move(parts.operating));
  add_login(gate, parts.people, parts.configuration);
  add_oidc_login(gate, std::move(parts.oidc), parts.configuration);
  add_users(gate, parts.people, parts.configuration);
  add_phone_socket(gate, parts.phone.pages);
  add_menus(gate, parts.phone.menus_changed);
  add_placed_calls(gate, parts.phone.calls);
  add_calling_lists(gate, parts.calling, parts.phone.calls);
  add_previews(gate, parts.calling, parts.phone.calls);
  add_sounds(gate, parts.phone.menus_changed);
  add_resources(gate, parts.configuration, parts.playbooks, parts.phone.menus_changed);
  add_phone_passwords(gate, parts.people.accounts, std::move(parts.phone));
  add_playbooks(gate, parts.playbooks);
  add_trials(gate, parts.playbooks, parts.trials);
  add_agents(gate);
  add_numbers(gate, parts.configuration);
  add_interaction_commands(gate, parts.configuration);
  add_interaction_reads(gate);
  add_customers(gate);
  add_customer_export(gate);
  add_customer_merging(gate, parts.calling);
  add_cases(gate);
  add_promises(gate);
  add_late_events(gate);
  add_reviews(gate);
  add_inbox(gate, parts.publisher);
  add_drafts(gate);
  add_customer_brand(gate);
  add_identity_keys(gate);
  add_customer_chat(gate);
  add_customer_survey(gate);
  add_feed(gate, parts.feed, parts.rights);
  add_webhooks(gate, std::move(parts.webhooks));
  add_attachments(gate, parts.attachment_bytes_max);
  add_recordings(gate, parts.recordings);
}

}  // namespace rapport::server::api
