#include <fmt/format.h>

#include "domain/words.hpp"
#include "store/interaction_number.hpp"
#include "store/reads.hpp"
#include "store/words.hpp"

namespace rapport::store {
namespace {

/// Builds the statement of one search. SQLite does not know how many rows a condition leaves, so the
/// table to begin with is chosen here: the one of the narrowest condition, walked by number from the
/// newest on, so that a page costs what it shows. PostgreSQL plans by its own statistics.
class SearchStatement {
 public:
  /// `words` as the index is asked; `after`: numbers below this one.
  SearchStatement(records::InteractionQuery const& query, Dialect dialect, std::string words, std::optional<std::int64_t> after)
      : query_(query), dialect_(dialect), words_(std::move(words)), after_(after) {
    bool const narrow = query.customer || query.case_id || (query.live && *query.live);
    std::string_view const first = narrow            ? "i"
                                   : !words_.empty() ? "w"
                                   : query.agent     ? "a"
                                   : query.missed    ? "m"
                                                     : "i";
    order_ = first == "i" ? "i.number" : first == "w" ? "w.rowid"
                                                      : fmt::format("{}.interaction", first);
    std::string_view const table = first == "w" ? "words w" : first == "a" ? "interaction_agents a"
                                                                           : "interaction_missed m";
    sql_ = first == "i" ? fmt::format("SELECT {} FROM interactions i WHERE 1 = 1", row_columns)
                        : fmt::format("SELECT {} FROM {} CROSS JOIN interactions i WHERE i.number = {}", row_columns, table, order_);
    others(first);
    columns();
    times();
    values_.emplace_back(page_rows(query.limit) + 1);
    sql_ += fmt::format(" ORDER BY {} DESC LIMIT ${}", order_, values_.size());
  }

  /// The statement points to the query and to itself: it must stay where it is.
  SearchStatement(SearchStatement const&) = delete;
  SearchStatement& operator=(SearchStatement const&) = delete;

  std::string const& sql() const { return sql_; }
  std::vector<Value> const& values() const { return values_; }

 private:
  std::string parameter(Value value) {
    values_.push_back(value);
    return fmt::format("${}", values_.size());
  }

  /// Conditions of the other tables; `first` is joined already.
  void others(std::string_view first) {
    if (!words_.empty()) {
      std::string const match = dialect_ == Dialect::sqlite ? "words MATCH " + parameter(words_)
                                                            : "w.tokens @@ " + parameter(words_) + "::text::tsquery";
      sql_ += first == "w" ? " AND " + match : fmt::format(" AND EXISTS (SELECT 1 FROM words w WHERE w.rowid = i.number AND {})", match);
    }
    if (query_.agent) {
      std::string const same = "a.agent = " + parameter(*query_.agent);
      sql_ += first == "a" ? " AND " + same : fmt::format(" AND EXISTS (SELECT 1 FROM interaction_agents a WHERE a.interaction = i.number AND {})", same);
    }
    if (query_.missed) {
      std::string const same = "m.practice = " + parameter(*query_.missed);
      sql_ += first == "m" ? " AND " + same : fmt::format(" AND EXISTS (SELECT 1 FROM interaction_missed m WHERE m.interaction = i.number AND {})", same);
    }
    indexed_ = first != "i";
  }

  /// The first condition may use its index; `+` keeps SQLite from choosing another one's.
  std::string column(std::string_view name) {
    bool const hide = dialect_ == Dialect::sqlite && indexed_;
    indexed_ = true;
    return fmt::format(" AND {}i.{}", hide ? "+" : "", name);
  }
  void equal(std::string_view name, std::optional<std::string> const& wanted) {
    if (wanted) sql_ += column(name) + " = " + parameter(*wanted);
    // An index that leaves out empty ones is only used where that is said.
    if (wanted && !wanted->empty() && (name == "customer" || name == "case_id" || name == "disposition")) sql_ += fmt::format(" AND i.{} <> ''", name);
  }
  void columns() {
    if (query_.live && *query_.live) sql_ += column("closed_at") + " IS NULL";
    equal("case_id", query_.case_id);
    equal("customer", query_.customer);
    equal("queue", query_.queue);
    equal("disposition", query_.disposition);
    if (query_.brands.size() > 1) indexed_ = true;  // several brands by their index would have to be sorted
    if (!query_.brands.empty()) {
      std::string list = column("brand") + " IN (";
      for (std::string const& brand : query_.brands) list += (list.back() == '(' ? "" : ", ") + parameter(brand);
      sql_ += list + ")";
    }
    indexed_ = true;
    equal("outcome", query_.outcome);
    if (query_.live && !*query_.live) sql_ += column("closed_at") + " IS NOT NULL";
    if (query_.channel) sql_ += column("channel") + " = " + parameter(domain::name(*query_.channel));
    if (query_.score_below) sql_ += column("score") + " < " + parameter(std::int64_t{*query_.score_below});
  }
  void times() {
    if (query_.from) sql_ += fmt::format(" AND {} >= {}", order_, parameter(first_number(*query_.from)));
    if (query_.to) sql_ += fmt::format(" AND {} < {}", order_, parameter(first_number(*query_.to)));
    if (after_) sql_ += fmt::format(" AND {} < {}", order_, parameter(*after_));
  }

  records::InteractionQuery const& query_;
  Dialect dialect_;
  std::string words_;
  std::optional<std::int64_t> after_;
  std::string sql_, order_;
  std::vector<Value> values_;
  bool indexed_ = false;
};

}  // namespace

records::InteractionPage Reads::search(records::InteractionQuery const& query) {
  records::InteractionPage page;
  std::string words;
  if (!query.words.empty()) {
    std::string const hashed = hashed_words(keys_, query.words);
    if (hashed.empty()) return page;  // asks for words and names none
    words = words_query(dialect_, hashed);
  }
  std::optional<std::int64_t> after;
  if (query.after) {
    auto const rows = connection_.query("SELECT number FROM interactions WHERE id = $1", {query.after->id});
    after = rows->next() ? rows->integer(0) : first_number(query.after->started_at);
  }
  SearchStatement const statement{query, dialect_, std::move(words), after};
  auto const rows = connection_.query(statement.sql(), std::span<Value const>{statement.values()});
  std::int64_t const most = page_rows(query.limit);
  while (rows->next()) {
    page.more = std::ssize(page.rows) == most;
    if (!page.more) page.rows.push_back(row_of(*rows));
  }
  return page;
}

}  // namespace rapport::store
