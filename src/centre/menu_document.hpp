#pragma once

#include <boost/json.hpp>

#include <string_view>

#include "base/result.hpp"
#include "base/time.hpp"
#include "centre/json_reading.hpp"
#include "centre/menu.hpp"

/// A menu as administrators write it:
///   {"label": "Main menu", "numbers": ["+442079460000"], "language": "en", "start": "welcome", "steps": {
///     "welcome": {"do": "say", "text": "Welcome to Northwind.", "next": "hours"},
///     "hours": {"do": "hours", "hours": {…}, "next": "choose", "otherwise": "closed"},
///     "choose": {"do": "menu", "text": "For billing, press one.", "wrong": "Sorry?", "keys": {"1": "account"},
///                "patience_seconds": 5, "tries": 3, "otherwise": "support"},
///     "account": {"do": "ask", "text": "Please key in your account number.", "field": "account_number",
///                 "digits_min": 4, "digits_max": 10, "secret": false, "next": "support", "otherwise": "support"},
///     "support": {"do": "queue", "queue": "support", "otherwise": "closed"},
///     "closed": {"do": "hang_up", "text": "We are closed. Goodbye."}}}
/// `hours`: hours_document.hpp. Every step must be reached from the first, and every name be a step's.
namespace rapport::centre {

/// Error: where, what was found, what was expected. Whether queues are there is not looked at.
base::Result<Menu> read_menu(json::value const& document, base::Instant now);
base::Result<Menu> parse_menu(std::string_view text, base::Instant now);

/// The same menu as a document; reading it gives it again.
json::object menu_json(Menu const& menu);

}  // namespace rapport::centre
