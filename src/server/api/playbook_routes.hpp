#pragma once

#include <optional>
#include <string>

#include "server/api/gate.hpp"
#include "server/api/playbook_versions.hpp"
#include "server/api/playbooks.hpp"

namespace rapport::server::api {

/// The stored version, if the asker may know of it; nothing for a built-in playbook. Blocks. Problems: 404
/// for what is not there or not theirs to know of; the store's.
base::Result<std::optional<PlaybookVersion>, http::Problem> find_version(Services& services, Asked const& asked, std::string const& id);

/// Versions of playbooks: checking, adding, reading, comparing, and letting a brand be judged by one from
/// its next interaction on.
void add_playbooks(Gate& gate, Playbooks& playbooks);

}  // namespace rapport::server::api
