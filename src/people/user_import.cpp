#include "people/user_import.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "records/check.hpp"

namespace rapport::people {

namespace {

enum Column : std::size_t { login_column,
                            name_column,
                            roles_column,
                            email_column,
                            brands_column,
                            teams_column };
constexpr std::array<std::string_view, 6> column_names{"login", "name", "roles", "email", "brands", "teams"};
constexpr std::size_t needed_columns = 3;
/// Where each column stands in the file; nothing: it is not there.
using Columns = std::array<std::optional<std::size_t>, column_names.size()>;

std::string_view trimmed(std::string_view text) {
  auto const first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::vector<std::string> listed(std::string_view text) {
  std::vector<std::string> items;
  for (bool more = true; more;) {
    auto const end = text.find(';');
    more = end != std::string_view::npos;
    auto const item = trimmed(text.substr(0, end));
    if (!item.empty()) items.emplace_back(item);
    if (more) text.remove_prefix(end + 1);
  }
  return items;
}

base::Result<Columns, CsvError> read_columns(CsvRecord const& head) {
  Columns columns;
  for (std::size_t i = 0; i < head.size(); ++i) {
    auto const found = std::find(column_names.begin(), column_names.end(), trimmed(head[i].text));
    if (found == column_names.end()) {
      return CsvError{head[i].place, "no such column; there are " + fmt::format("{}", fmt::join(column_names, ", "))};
    }
    auto& column = columns[static_cast<std::size_t>(found - column_names.begin())];
    if (column) return CsvError{head[i].place, fmt::format("\"{}\" is there twice", *found)};
    column = i;
  }
  for (std::size_t i = 0; i < needed_columns; ++i) {
    if (!columns[i]) return CsvError{head.front().place, fmt::format("column \"{}\" is missing", column_names[i])};
  }
  return columns;
}

class Import {
 public:
  Import(records::Store& store, Columns const& columns) : store_(store), columns_(columns) {}

  /// The user that a line asks for.
  Outcome<NewUser> user_of(CsvRecord const& record) {
    NewUser user{.login = text(record, login_column), .name = text(record, name_column), .email = text(record, email_column)};
    for (std::string const& item : listed(text(record, roles_column))) {
      auto const role = parse_role(item);
      if (!role) return Failure{Refusal::invalid, fmt::format("roles: there is no \"{}\"", item)};
      if (*role == Role::administrator) return Failure{Refusal::not_permitted, "roles: administrators are not imported"};
      if (std::find(user.roles.begin(), user.roles.end(), *role) == user.roles.end()) user.roles.push_back(*role);
    }
    user.brands.names = listed(text(record, brands_column));
    if (user.brands.names == std::vector<std::string>{"*"}) user.brands = BrandSet::every();
    for (std::string const& item : listed(text(record, teams_column))) {
      auto const team = store_.document_by_name(team_kind, "", item);
      if (!team) return failure_of(team.error());
      if (!*team) return Failure{Refusal::invalid, fmt::format("teams: there is no \"{}\"", item)};
      user.teams.push_back((*team)->id);
    }
    return user;
  }

  std::string text(CsvRecord const& record, Column column) const {
    auto const& at = columns_[column];
    return at ? std::string{trimmed(record[*at].text)} : std::string{};
  }

 private:
  records::Store& store_;
  Columns columns_;
};

}  // namespace

base::Result<ImportReport, CsvError> import_users(records::Store& store, Accounts& accounts, Actor const& actor,
                                                  std::string_view csv, bool dry_run, base::Instant now) {
  if (!records::is_plain_text(csv)) return CsvError{{}, "the file is not UTF-8"};
  auto const records = read_csv(csv);
  if (!records) return records.error();
  if (records->empty()) return CsvError{{}, "the file is empty"};
  auto const columns = read_columns(records->front());
  if (!columns) return columns.error();

  Import import{store, *columns};
  ImportReport report{.lines = {}, .accepted = 0, .dry_run = dry_run};
  std::set<std::string> logins;
  for (auto record = records->begin() + 1; record != records->end(); ++record) {
    ImportLine& line = report.lines.emplace_back();
    line.place = record->front().place;
    line.login = normal_login(import.text(*record, login_column));
    auto asked = import.user_of(*record);
    if (!asked) {
      line.refused = asked.error();
    } else if (!logins.insert(line.login).second) {
      line.refused = Failure{Refusal::login_taken, "by an earlier line"};
    } else if (dry_run) {
      line.refused = accounts.problem(actor, *asked);
    } else {
      auto const user = accounts.create(actor, *std::move(asked), now);
      if (user) line.user = user->id;
      if (!user) line.refused = user.error();
    }
    if (!line.refused) ++report.accepted;
  }
  return report;
}

}  // namespace rapport::people
