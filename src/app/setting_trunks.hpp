#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/settings.hpp"
#include "playbook/yaml.hpp"

namespace rapport::app {

/// What a value of `phone.trunks` must be, for errors and the page.
inline constexpr std::string_view trunks_expected =
    "a list of maps with `name` and `host`, or for one that registers at us `logs_in: yes` with `user` and a password; and perhaps `transport` (udp, tcp or tls), `srtp` (yes or no), `refer` (yes: it moves a call elsewhere where it is asked to), `user`, `password_file` or `password`, `register` (yes or no), `queue`, `number`, `calls` (30) and `calls_per_second` (5)";

/// One of them as the file writes it; nothing where it is none. Paths stand below `folder`.
std::optional<Settings::Trunk> read_trunk(playbook::Node const& node, std::filesystem::path const& folder);
/// As the environment writes it: "name=carrier host=sip.example.com".
playbook::Node trunk_node(std::string_view text);
/// Never with a password.
std::string show_trunks(std::vector<Settings::Trunk> const& trunks);

}  // namespace rapport::app
