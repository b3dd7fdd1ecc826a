// Names that may be one person's (likeness.h).
#include "keeping/likeness.h"
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include "base/text.h"

namespace confer::keeping {
namespace {

bool is_separator(char c) { return c == ' ' || c == '.' || c == '-' || c == '_' || c == '"' || c == '\'' || c == ',' || c == '`'; }

/// Folded words; of "J.R.R." three. Punctuation beyond ASCII counts as blanks too.
std::vector<std::string> words_in(std::string_view text) {
  std::string plain = fold(text);
  for (const std::string_view mark : {"‘", "’", "“", "”", "–", "—", "‐", "·", "´"}) plain = replace_all(std::move(plain), mark, " ");
  std::vector<std::string> words(1);
  for (const char c : plain) {
    if (!is_separator(c))
      words.back() += c;
    else if (!words.back().empty())
      words.emplace_back();
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// "Ada Lovelace (she/her) [Analytical Engines]" → "Ada Lovelace".
std::string without_parentheses(std::string_view name) {
  std::string out;
  int depth = 0;
  for (const char c : name) {
    if (c == '(' || c == '[') ++depth;
    if (depth == 0) out += c;
    if ((c == ')' || c == ']') && depth > 0) --depth;
  }
  return tidy_line(out);
}

bool is_title(std::string_view word) {
  static const std::set<std::string_view> titles{"dr", "prof", "professor", "mr", "mrs", "ms", "phd", "ph", "d", "jr", "sr"};
  return titles.contains(word);
}

/// A character of its own, in bytes of UTF-8.
bool is_initial(std::string_view word) {
  return !word.empty() && static_cast<std::size_t>(std::ranges::count_if(word, [](char c) { return (c & 0xC0) != 0x80; })) == 1;
}
std::string_view first_character(std::string_view word) {
  std::size_t end = 1;
  while (end < word.size() && (word[end] & 0xC0) == 0x80) ++end;
  return word.substr(0, end);
}

/// A name taken apart, once in the order it is printed and, with one comma in it, the other way round.
struct Taken {
  const PrintedName* name = nullptr;
  std::vector<std::string> words;
  std::string spelling;  ///< all its words without blanks: the key that makes names equal
  bool has_addition = false, is_turned = false;
};

Taken taken_apart(const PrintedName& printed) {
  Taken t{.name = &printed, .words = {}, .spelling = {}};
  std::string bare = without_parentheses(printed.name);
  t.has_addition = bare != tidy_line(printed.name) && !bare.empty();
  if (bare.empty()) bare = printed.name;
  if (const auto comma = bare.find(','); comma != std::string::npos && bare.find(',', comma + 1) == std::string::npos) {
    const auto after = words_in(std::string_view(bare).substr(comma + 1));
    const bool only_titles = std::ranges::all_of(after, is_title);
    if (!only_titles) {
      bare = bare.substr(comma + 1) + " " + bare.substr(0, comma);
      t.is_turned = true;
    }
  }
  t.words = words_in(bare);
  const auto titles = [&](auto first, auto last) {
    auto at = first;
    while (at != last && is_title(*at)) ++at;
    return at;
  };
  if (t.words.size() > 2) {
    // At the front "Dr. Ada", at the end "Ada, PhD"; what is left must still be a name.
    auto begin = titles(t.words.begin(), t.words.end() - 2);
    t.has_addition = t.has_addition || begin != t.words.begin();
    t.words.erase(t.words.begin(), begin);
    while (t.words.size() > 2 && is_title(t.words.back()) && t.words.back().size() > 1) {
      t.words.pop_back();
      t.has_addition = true;
    }
  }
  t.spelling = join(t.words, "");
  return t;
}

/// "a. lovelace" and "ada lovelace"; "ada k. lovelace" and "ada lovelace"; "ada k. lovelace" and "ada king lovelace".
bool fits_by_initials(const Taken& a, const Taken& b) {
  if (a.words.size() < 2 || b.words.size() < 2 || a.words.back() != b.words.back() || is_initial(a.words.back())) return false;
  const auto fits = [](const std::string& x, const std::string& y) {
    return x == y || (is_initial(x) && first_character(y) == x) || (is_initial(y) && first_character(x) == y);
  };
  if (!fits(a.words.front(), b.words.front())) return false;
  const std::span<const std::string> between_a = std::span(a.words).subspan(1, a.words.size() - 2);
  const std::span<const std::string> between_b = std::span(b.words).subspan(1, b.words.size() - 2);
  if (between_a.size() == between_b.size()) return std::ranges::equal(between_a, between_b, fits);
  // Names in the middle may be left out where they are initials.
  const auto& more = between_a.size() > between_b.size() ? between_a : between_b;
  const auto& fewer = between_a.size() > between_b.size() ? between_b : between_a;
  return fewer.empty() && std::ranges::all_of(more, is_initial);
}

/// The order of who stays.
auto weight(const Taken& t) {
  return std::tuple(t.is_turned || t.has_addition, -t.name->talks, -static_cast<std::int64_t>(t.name->name.size()), t.name->id.value);
}

LikelyPair pair_of(const Taken& a, const Taken& b, Likeness why) {
  const bool a_stays = weight(a) < weight(b);
  return a_stays ? LikelyPair{a.name->id, b.name->id, why} : LikelyPair{b.name->id, a.name->id, why};
}

Likeness likeness_of(const Taken& a, const Taken& b) {
  if (a.is_turned != b.is_turned) return Likeness::order;
  return a.has_addition != b.has_addition ? Likeness::addition : Likeness::spelling;
}

using Group = std::vector<const Taken*>;

/// Of one last name, who is spelt differently: each with those whose initials it fits.
void pair_by_initials(const Group& group, std::vector<LikelyPair>& pairs) {
  std::vector<std::pair<const Taken*, const Taken*>> fitting;
  std::map<const Taken*, std::size_t> counts;
  for (std::size_t i = 0; i < group.size(); ++i)
    for (std::size_t j = i + 1; j < group.size(); ++j)
      if (fits_by_initials(*group[i], *group[j])) {
        fitting.emplace_back(group[i], group[j]);
        ++counts[group[i]];
        ++counts[group[j]];
      }
  for (const auto& [a, b] : fitting)
    if (counts[a] <= most_for_an_initial && counts[b] <= most_for_an_initial) pairs.push_back(pair_of(*a, *b, Likeness::initials));
}

}  // namespace

std::string_view words_of(Likeness likeness) {
  switch (likeness) {
    case Likeness::spelling:
      return "the same but for case, accents or punctuation";
    case Likeness::addition:
      return "the same but for an addition";
    case Likeness::order:
      return "the same in another order";
    case Likeness::initials:
      return "the initials fit";
  }
  return "";
}

bool is_nobody(std::string_view name) {
  static const std::set<std::string, std::less<>> nobody{"all",
                                                         "all speakers",
                                                         "and others",
                                                         "anonymous",
                                                         "attendees",
                                                         "audience",
                                                         "community",
                                                         "et al",
                                                         "everybody",
                                                         "everyone",
                                                         "guest",
                                                         "guests",
                                                         "lightning talks",
                                                         "lightning talk",
                                                         "many",
                                                         "many speakers",
                                                         "moderator",
                                                         "multiple",
                                                         "na",
                                                         "n a",
                                                         "n/a",
                                                         "no speaker",
                                                         "none",
                                                         "null",
                                                         "organisers",
                                                         "organizers",
                                                         "others",
                                                         "panel",
                                                         "panel discussion",
                                                         "panelists",
                                                         "panellists",
                                                         "participants",
                                                         "presenter",
                                                         "presenters",
                                                         "several",
                                                         "several speakers",
                                                         "speaker",
                                                         "speakers",
                                                         "sponsor",
                                                         "sponsors",
                                                         "staff",
                                                         "tba",
                                                         "tbc",
                                                         "tbd",
                                                         "team",
                                                         "to be announced",
                                                         "to be confirmed",
                                                         "to be determined",
                                                         "unknown",
                                                         "unknown speaker",
                                                         "unknown speakers",
                                                         "various",
                                                         "volunteers",
                                                         "multiple speakers",
                                                         "the audience",
                                                         "nobody"};
  const auto words = words_in(without_parentheses(name).empty() ? name : without_parentheses(name));
  const std::string text = join(words, " ");
  if (nobody.contains(text)) return true;
  constexpr std::string_view various = "various ";
  if (text.starts_with(various)) return true;
  // "???", "-", "*": no letter at all.
  return std::ranges::none_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c & 0x80) != 0; });
}

std::vector<LikelyPair> likely_same(std::span<const PrintedName> names) {
  std::vector<Taken> all;
  all.reserve(names.size());
  for (const auto& name : names)
    if (!is_nobody(name.name)) all.push_back(taken_apart(name));
  std::ranges::sort(all, {}, [](const Taken& t) { return weight(t); });
  std::vector<LikelyPair> pairs;
  std::map<std::string, Group, std::less<>> by_spelling, by_last_name;
  for (const auto& one : all) by_spelling[one.spelling].push_back(&one);
  for (const auto& [spelling, group] : by_spelling) {
    for (std::size_t i = 1; i < group.size(); ++i) pairs.push_back(pair_of(*group.front(), *group[i], likeness_of(*group.front(), *group[i])));
    // The others of the group are reached by their first one.
    by_last_name[group.front()->words.empty() ? spelling : group.front()->words.back()].push_back(group.front());
  }
  for (auto& [last, group] : by_last_name) pair_by_initials(group, pairs);
  std::ranges::sort(pairs, {}, [](const LikelyPair& p) { return std::pair(p.stays.value, p.goes.value); });
  return pairs;
}

}  // namespace confer::keeping
