#include "store/words.hpp"

#include <clocale>
#include <cwctype>

#include <algorithm>

#include "base/assert.hpp"

namespace rapport::store {
namespace {

/// Unicode's letters and cases as the C library has them.
locale_t unicode() {
  static locale_t const locale = [] {
    locale_t const made = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    RAPPORT_ASSERT(made != nullptr);
    return made;
  }();
  return locale;
}

/// Takes one code point off the front; one that is not UTF-8 counts as a space.
wint_t take(std::string_view& text) {
  auto const first = static_cast<unsigned char>(text.front());
  std::size_t const length = first < 0x80 ? 1 : first >= 0xF0 ? 4
                                            : first >= 0xE0   ? 3
                                            : first >= 0xC2   ? 2
                                                              : 1;
  wint_t point = length == 1 ? first : first & (0xFFU >> (length + 1));
  bool good = length <= text.size() && (length > 1 || first < 0x80);
  for (std::size_t at = 1; good && at < length; ++at) {
    auto const byte = static_cast<unsigned char>(text[at]);
    good = (byte & 0xC0U) == 0x80;
    point = point << 6U | (byte & 0x3FU);
  }
  text.remove_prefix(good ? length : 1);
  return good ? point : L' ';
}

void append(std::string& word, wint_t point) {
  auto const put = [&](wint_t bits) { word += static_cast<char>(bits); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0U | point >> 6U);
    put(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    put(0xE0U | point >> 12U);
    put(0x80U | (point >> 6U & 0x3FU));
    put(0x80U | (point & 0x3FU));
  } else {
    put(0xF0U | point >> 18U);
    put(0x80U | (point >> 12U & 0x3FU));
    put(0x80U | (point >> 6U & 0x3FU));
    put(0x80U | (point & 0x3FU));
  }
}

/// Written without spaces: kana and the ideographs.
bool stands_alone(wint_t point) {
  return (point >= 0x3040 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFF);
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  auto const end_word = [&] {
    if (!word.empty()) words.push_back(std::exchange(word, {}));
  };
  while (!text.empty()) {
    wint_t const point = take(text);
    bool const apostrophe = point == L'\'' || point == 0x2019;
    if (apostrophe && !word.empty()) continue;
    if (iswalnum_l(point, unicode()) == 0) {
      end_word();
      continue;
    }
    bool const alone = stands_alone(point);
    if (alone) end_word();
    append(word, towlower_l(point, unicode()));
    if (alone) end_word();
  }
  end_word();
  std::sort(words.begin(), words.end());
  words.erase(std::unique(words.begin(), words.end()), words.end());
  return words;
}

std::string hashed_words(Keys const& keys, std::string_view text) {
  std::string hashed;
  for (std::string const& word : words_of(text)) {
    if (!hashed.empty()) hashed += ' ';
    hashed += keys.word(word);
  }
  return hashed;
}

void put_words(Connection& connection, Dialect dialect, std::int64_t interaction, std::string const& hashed) {
  if (hashed.empty()) return;
  if (dialect == Dialect::sqlite) {
    connection.post("INSERT INTO words(rowid, tokens) VALUES ($1, $2)", {interaction, hashed});
  } else {
    connection.post("INSERT INTO words(rowid, tokens) VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))", {interaction, hashed});
  }
}

void add_words(Connection& connection, Dialect dialect, std::int64_t interaction, std::string const& hashed) {
  if (hashed.empty()) return;
  if (dialect == Dialect::sqlite) {
    std::string all = hashed;
    if (auto const rows = connection.query("SELECT tokens FROM words WHERE rowid = $1", {interaction}); rows->next()) {
      all += ' ';
      all += rows->text(0);
    }
    drop_words(connection, interaction);
    put_words(connection, dialect, interaction, all);
  } else {
    connection.post(
        "INSERT INTO words(rowid, tokens) VALUES ($1, array_to_tsvector(string_to_array($2, ' ')))"
        " ON CONFLICT (rowid) DO UPDATE SET tokens = words.tokens || EXCLUDED.tokens",
        {interaction, hashed});
  }
}

void drop_words(Connection& connection, std::int64_t interaction) {
  connection.post("DELETE FROM words WHERE rowid = $1", {interaction});
}

std::string words_query(Dialect dialect, std::string const& hashed) {
  // Hashes are letters and digits, so nothing needs quoting but what might be taken for a number or AND.
  char const quote = dialect == Dialect::sqlite ? '"' : '\'';
  std::string query{quote};
  for (char const c : hashed) {
    if (c != ' ') {
      query += c;
      continue;
    }
    query += quote;
    query += dialect == Dialect::sqlite ? " AND " : " & ";
    query += quote;
  }
  return query + quote;
}

}  // namespace rapport::store
