// A query in terms of an index.
#include "search/units.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

namespace confer::search {
namespace {

/// How well another form answers for the word itself. Chosen by judgement and measured by bench/search, 2026-11-29.
constexpr float inflected_quality = 0.9F, joined_quality = 0.95F, begun_quality = 0.8F, begun_but_known_quality = 0.65F, part_quality = 0.5F,
                near_quality[]{0, 0.8F, 0.55F}, neighbour_quality = 0.5F;
/// A consonant once or twice before an ending: "planing" for "planning". Both may be words; it says a little more than "planes", which shares the stem.
constexpr float doubled_quality = 0.92F;
constexpr std::size_t most_begun = 100, most_parts = 32, most_near = 10, shortest_part = 4;
/// Parts of words are looked for when so few documents have the word itself: "datenbank" in "Vektordatenbanken".
constexpr std::size_t few_documents = 3;
/// A word that so few documents have may be a slip of a frequent one. What was meant answers nearly as well as what was typed.
constexpr std::size_t few_for_a_slip = 20, most_meant = 3;
constexpr float meant_quality = 0.95F;
/// A last word that begins so many is likely being typed, and no slip.
constexpr std::size_t many_begun = 20;
/// A pair of neighbouring characters says less than a word of the same rarity: the next pair shares one of them.
constexpr float pair_factor = 0.6F, part_of_compound_factor = 0.4F;

/// "party planing": the same word with its last consonant doubled, or once only; empty when there is no such ending.
std::string with_other_consonant(std::string_view text) {
  for (const std::string_view ending : {"ing", "ings", "ed", "er", "ers"}) {
    if (!text.ends_with(ending)) continue;
    const std::string_view stem = text.substr(0, text.size() - ending.size());
    const auto is_consonant = [](char c) { return c >= 'b' && c <= 'z' && !std::string_view("eiouwxy").contains(c); };
    if (stem.size() < 3 || !is_consonant(stem.back())) return {};
    const std::size_t last = stem.size() - 1;
    if (stem[last - 1] == stem[last]) return std::string(stem.substr(0, last)) + std::string(ending);
    if (!std::string_view("aeiou").contains(stem[last - 1])) return {};
    return std::string(stem) + stem[last] + std::string(ending);
  }
  return {};
}

/// "part 2", "second part", "part two" and "part II" are one: only beside a word that is counted.
constexpr std::array<std::array<std::string_view, 4>, 6> numbers{{{"1", "one", "first", "i"},
                                                                  {"2", "two", "second", "ii"},
                                                                  {"3", "three", "third", "iii"},
                                                                  {"4", "four", "fourth", "iv"},
                                                                  {"5", "five", "fifth", "v"},
                                                                  {"6", "six", "sixth", "vi"}}};
constexpr std::array<std::string_view, 7> counted{"part", "teil", "parte", "partie", "day", "session", "volume"};

class Builder {
 public:
  explicit Builder(const Index& index) : index_(index), words_(index.words()) {}

  void add_term(const Term& term, const Parsed& parsed, std::string_view text) {
    if (term.quoted) {
      Unit unit = made(term.words.front(), term.first);
      unit.tokens = term.words.size();
      unit.phrase = phrase_of(index_, term.words);
      for (const WordId word : unit.phrase) {
        if (word == no_word || words_[word].documents == 0) {
          unit.phrase.assign(1, no_word);
          unit.weight = 0;
          break;
        }
        unit.weight += index_.weight(words_[word].documents);
      }
      push(std::move(unit));
      return;
    }
    if (term.words.size() == 1) {
      add_word(term.words.front(), term.first, term.prefix);
      return;
    }
    add_several(term, parsed, text);
  }

  /// "web sockets" for "websockets": both words are answered by the one.
  void join_neighbours() {
    for (std::size_t i = 0; i + 1 < units.size(); ++i) {
      Unit &a = units[i], &b = units[i + 1];
      if (!a.phrase.empty() || !b.phrase.empty() || a.factor != 1 || b.factor != 1 || a.token + 1 != b.token) continue;
      const auto joined = words_.find(a.text + b.text);
      if (!joined || words_[*joined].documents == 0) continue;
      a.alternatives.push_back({*joined, joined_quality});
      b.alternatives.push_back({*joined, joined_quality});
      a.unknown = b.unknown = false;
    }
  }

  /// "part two" asks for what "part 2" and "second part" ask for.
  void count_parts() {
    for (std::size_t i = 0; i < units.size(); ++i) {
      const auto* group = std::ranges::find_if(numbers, [&](const auto& one) { return std::ranges::find(one, units[i].text) != one.end(); });
      if (group == numbers.end() || !units[i].phrase.empty() || units[i].factor != 1) continue;
      const auto is_counted = [&](std::size_t at) {
        return at < units.size() && (units[at].token + 1 == units[i].token || units[i].token + 1 == units[at].token) &&
               std::ranges::find(counted, units[at].text) != counted.end();
      };
      if (!is_counted(i + 1) && (i == 0 || !is_counted(i - 1))) continue;
      units[i].alternatives.clear();
      std::size_t documents = 0;
      for (const auto number : *group) {
        const auto id = known(number);
        if (!id) continue;
        units[i].alternatives.push_back({*id});
        documents += words_[*id].documents;
      }
      units[i].unknown = documents == 0;
      units[i].weight = documents > 0 ? index_.weight(std::min(documents, index_.documents())) : 0;
    }
  }

  std::vector<Unit> units;

 private:
  static Unit made(const std::string& text, std::size_t token) {
    Unit unit;
    unit.text = text;
    unit.token = token;
    return unit;
  }
  void push(Unit unit) {
    if (units.size() < most_units) units.push_back(std::move(unit));
  }
  std::optional<WordId> known(std::string_view text) const {
    const auto id = words_.find(text);
    return id && words_[*id].documents > 0 ? id : std::nullopt;
  }

  /// Of its first so many alternatives.
  std::size_t documents_of(const Unit& unit, std::size_t alternatives) const {
    std::size_t documents = 0;
    for (std::size_t i = 0; i < alternatives; ++i) documents += words_[unit.alternatives[i].word].documents;
    return documents;
  }

  /// The word itself, as a unit of full weight.
  Unit plain(const std::string& text, std::size_t token) const {
    Unit unit = made(text, token);
    std::size_t documents = 0;
    const auto id = known(text);
    if (id) {
      unit.alternatives.push_back({*id});
      documents = words_[*id].documents;
    }
    for (const WordId form : words_.inflected(text)) {
      unit.alternatives.push_back({form, inflected_quality});
      documents += words_[form].documents;
    }
    if (documents > 0) unit.weight = index_.weight(documents);
    return unit;
  }

  void add_word(const std::string& text, std::size_t token, bool prefix) {
    Unit unit = plain(text, token);
    const std::size_t length = characters_of(text);
    const std::size_t plain_forms = unit.alternatives.size();
    std::size_t begun = 0;
    if (prefix) {
      const bool is_known = plain_forms > 0;
      std::size_t documents = 0;
      for (const WordId word : words_.beginning(text, most_begun)) {
        if (std::ranges::any_of(unit.alternatives, [&](const Alternative& a) { return a.word == word; })) continue;
        // What a word is only the beginning of answers well, and still well enough when it is a word itself: while one types, the list must not jump.
        unit.alternatives.push_back({word, is_known ? begun_but_known_quality : begun_quality});
        documents += words_[word].documents;
      }
      begun = documents;
      // A quarter of the weight of what was typed, the rest of what it may become: "mig" in one talk must not outweigh the "django" before it.
      if (documents > 0) unit.weight = is_known ? (unit.weight + 3 * index_.weight(documents + documents_of(unit, plain_forms))) / 4 : index_.weight(documents);
    }
    const std::size_t documents = documents_of(unit, plain_forms);
    if (plain_forms > 0 && documents <= few_for_a_slip && begun < many_begun) add_meant(unit, prefix);
    bool part = false;
    if (unit.meant == no_word && documents < few_documents && length >= shortest_part) {
      for (const WordId word : words_.containing(text, most_parts)) {
        if (std::ranges::any_of(unit.alternatives, [&](const Alternative& a) { return a.word == word; })) continue;
        unit.alternatives.push_back({word, part_quality, true});
        part = true;
      }
    }
    if (const auto other = known(with_other_consonant(text)); other && plain_forms > 0) {
      if (std::ranges::none_of(unit.alternatives, [&](const Alternative& a) { return a.word == *other && a.quality > doubled_quality; })) {
        unit.alternatives.push_back({*other, doubled_quality, false, true});
        for (const WordId form : words_.inflected(words_[*other].text))
          if (std::ranges::none_of(unit.alternatives, [&](const Alternative& a) { return a.word == form; }))
            unit.alternatives.push_back({form, doubled_quality * inflected_quality, false, true});
      }
    }
    if (unit.alternatives.empty() || (plain_forms == 0 && unit.weight == 0)) {
      unit.unknown = true;
      std::size_t near_documents = 0;
      for (const auto& near : words_.near(text, edits_for(length), most_near)) {
        unit.alternatives.push_back({near.word, near_quality[near.distance], false, true});
        near_documents = std::max<std::size_t>(near_documents, words_[near.word].documents);
        for (const WordId form : words_.inflected(words_[near.word].text)) {
          if (std::ranges::any_of(unit.alternatives, [&](const Alternative& a) { return a.word == form; })) continue;
          unit.alternatives.push_back({form, near_quality[near.distance] * inflected_quality, false, true});
        }
      }
      if (!unit.alternatives.empty()) unit.weight = index_.weight(std::max<std::size_t>(near_documents, part ? 10 : 1));
      if (unit.alternatives.empty() && split_in_two(text, token)) return;
    }
    const bool hangul = add_hangul(unit, token);
    if (!hangul || !unit.alternatives.empty()) push(std::move(unit));
  }

  /// "pyhton", which two talks have: the talks on Python are meant.
  void add_meant(Unit& unit, bool prefix) const {
    const auto own = known(unit.text);
    if (own && words_.is_name_or_tag(*own)) return;
    for (const WordId word : words_.meant_by(unit.text, own ? words_[*own].documents : 0, most_meant)) {
      if (prefix && words_[word].text.starts_with(unit.text)) continue;
      if (std::ranges::any_of(unit.alternatives, [&](const Alternative& a) { return a.word == word && a.quality >= meant_quality; })) continue;
      std::erase_if(unit.alternatives, [&](const Alternative& a) { return a.word == word; });
      unit.alternatives.push_back({word, meant_quality, false, true});
      for (const WordId form : words_.inflected(words_[word].text)) {
        if (std::ranges::any_of(unit.alternatives, [&](const Alternative& a) { return a.word == form; })) continue;
        unit.alternatives.push_back({form, meant_quality * inflected_quality, false, true});
      }
      if (unit.meant != no_word) continue;
      unit.meant = word;
      unit.weight = index_.weight(words_[word].documents);
    }
  }

  /// "machinelearning": two words that exist, the rarer of them as frequent as can be.
  bool split_in_two(const std::string& text, std::size_t token) {
    constexpr std::size_t shortest = 3;
    std::size_t best = 0, most = 0;
    for (std::size_t at = shortest; at + shortest <= text.size(); ++at) {
      const auto a = known(std::string_view(text).substr(0, at)), b = known(std::string_view(text).substr(at));
      if (!a || !b) continue;
      const std::size_t documents = std::min(words_[*a].documents, words_[*b].documents);
      if (documents > most) {
        most = documents;
        best = at;
      }
    }
    if (best == 0) return false;
    push(plain(text.substr(0, best), token));
    push(plain(text.substr(best), token));
    return true;
  }

  /// Korean words carry their particles at the end: pairs of syllables are looked for beside the whole.
  bool add_hangul(Unit& unit, std::size_t token) {
    std::vector<Unit> pairs;
    each_hangul_pair(unit.text, [&](std::string_view pair) {
      Unit one = made(std::string(pair), token);
      if (const auto id = known(pair)) {
        one.alternatives.push_back({*id});
        one.weight = index_.weight(words_[*id].documents);
        one.factor = pair_factor;
        pairs.push_back(std::move(one));
      }
    });
    if (pairs.empty()) return false;
    if (unit.unknown) unit.alternatives.clear();
    unit.factor = pair_factor;
    for (Unit& pair : pairs) push(std::move(pair));
    return true;
  }

  /// Words with signs between them, or characters without spaces.
  void add_several(const Term& term, const Parsed& parsed, std::string_view text) {
    const std::size_t count = term.words.size();
    for (std::size_t i = 0; i < count;) {
      const Token& token = parsed.wanted[term.first + i];
      std::size_t end = i + 1;
      if (token.alone) {
        while (end < count && parsed.wanted[term.first + end].alone) ++end;
        if (end == i + 1) push(plain(token.word, term.first + i));
        for (std::size_t k = i; k + 1 < end; ++k) {
          Unit pair = plain(term.words[k] + term.words[k + 1], term.first + k);
          pair.tokens = 2;
          pair.factor = end - i > 2 ? pair_factor : 1;
          // A run that nobody has as it stands is still asked for by its characters.
          if (pair.alternatives.empty()) {
            for (const std::size_t one : {k, k + 1}) {
              Unit single = plain(term.words[one], term.first + one);
              single.factor = pair_factor / 2;
              push(std::move(single));
            }
            continue;
          }
          push(std::move(pair));
        }
        i = end;
        continue;
      }
      while (end < count && !parsed.wanted[term.first + end].alone) ++end;
      add_compound(term, parsed, text, i, end);
      i = end;
    }
  }

  void add_compound(const Term& term, const Parsed& parsed, std::string_view text, std::size_t from, std::size_t to) {
    const std::size_t begin = parsed.wanted[term.first + from].begin;
    const std::string_view written = text.substr(begin, parsed.wanted[term.first + to - 1].end - begin);
    std::string whole;
    read_words(written, [](std::string_view) {}, [&](std::string_view joined) { whole = joined; });
    const bool last_is_prefix = term.prefix && to == term.words.size();
    const bool found = to - from > 1 && known(whole).has_value();
    if (found) {
      Unit unit = plain(whole, term.first + from);
      unit.tokens = to - from;
      push(std::move(unit));
    }
    for (std::size_t i = from; i < to; ++i) {
      const std::string& word = term.words[i];
      constexpr std::size_t says_nothing_alone = 2;
      if (found && word.size() <= says_nothing_alone) continue;
      const std::size_t before = units.size();
      add_word(word, term.first + i, last_is_prefix && i + 1 == to && !found);
      for (std::size_t k = before; k < units.size() && found; ++k) units[k].factor = part_of_compound_factor;
    }
  }

  const Index& index_;
  const Words& words_;
};

}  // namespace

std::vector<WordId> phrase_of(const Index& index, const std::vector<std::string>& words) {
  std::vector<WordId> phrase;
  for (const std::string& word : words) phrase.push_back(index.words().find(word).value_or(no_word));
  return phrase;
}

std::vector<Unit> units_of(const Index& index, const Parsed& parsed, std::string_view text) {
  Builder builder(index);
  for (const Term& term : parsed.terms) {
    if (!term.excluded) builder.add_term(term, parsed, text);
  }
  builder.join_neighbours();
  builder.count_parts();
  return std::move(builder.units);
}

bool add_neighbours(const Index& index, Unit& unit) {
  constexpr std::size_t shortest = 4;
  const std::size_t length = characters_of(unit.text);
  if (!unit.phrase.empty() || unit.unknown || unit.meant != no_word || length < shortest) return false;
  const auto own = index.words().find(unit.text);
  const std::size_t documents = own ? index.words()[*own].documents : 0;
  bool added = false;
  for (const auto& near : index.words().near(unit.text, 1, most_near)) {
    // A word that is rarer than what was typed is hardly meant.
    if (index.words()[near.word].documents < documents) continue;
    if (std::ranges::any_of(unit.alternatives, [&](const Alternative& a) { return a.word == near.word; })) continue;
    unit.alternatives.push_back({near.word, neighbour_quality, false, true});
    added = true;
  }
  return added;
}

}  // namespace confer::search
