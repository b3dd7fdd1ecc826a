// A query answered from an index.
#include "search/answer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace confer::search {
namespace {

/// A document is found when what it answers weighs this part of what the best one answers: with all words for two equally rare ones, with most words for
/// many, and never without the rare word that others have.
constexpr float found_from = 0.6F;
/// A mistyped word that is a word as well: its neighbour must make the best answer so much better.
constexpr float better_by = 1.15F;

struct Round {
  std::vector<Scored> found, nearly;  ///< `nearly`: kept back by filters on one facet, for its counts
  float best_mass = 0;
};

Round look(const Index& index, const std::vector<Unit>& units, const std::vector<std::vector<WordId>>& without, const Sieve& sieve, bool count) {
  Round round;
  auto scored = score_all(index, units, without, [&](DocumentId document) {
    const std::uint32_t missing = sieve.missing(index[document]);
    return missing == 0 || (count && (missing & Sieve::out) == 0 && sieve.only_column(missing) >= 0);
  });
  for (const Scored& one : scored) {
    if (sieve.open() || sieve.missing(index[one.document]) == 0) {
      round.best_mass = std::max(round.best_mass, one.mass);
      round.found.push_back(one);
    } else {
      round.nearly.push_back(one);
    }
  }
  const auto too_little = [&](const Scored& one) { return one.mass < found_from * round.best_mass; };
  std::erase_if(round.found, too_little);
  std::erase_if(round.nearly, too_little);
  return round;
}

Round look_at_all(const Index& index, const Sieve& sieve, const std::vector<std::vector<WordId>>& without, bool count) {
  Round round;
  std::vector<DocumentId> excluded;
  if (!without.empty()) {
    // Only words that are not there are asked for besides filters: those that have them are few or many, but must be known.
    for (const auto& phrase : without) {
      Unit unit;
      unit.phrase = phrase;
      unit.weight = 1;
      for (const Scored& one : score_all(index, {&unit, 1}, {}, [](DocumentId) { return true; })) excluded.push_back(one.document);
    }
    std::ranges::sort(excluded);
  }
  for (DocumentId document = 0; document < index.size(); ++document) {
    const std::uint32_t missing = sieve.missing(index[document]);
    if ((missing & Sieve::out) != 0 || std::ranges::binary_search(excluded, document)) continue;
    if (missing == 0)
      round.found.push_back({document});
    else if (count && sieve.only_column(missing) >= 0)
      round.nearly.push_back({document});
  }
  return round;
}

/// Says in `hits` what was looked for instead: each word that the best document answers only by another one is replaced by that, and so is a likely slip.
void say_respelt(const Index& index, const Answer& answer, std::string_view text, Hits& hits) {
  if (answer.found.empty()) return;
  const DocumentId best = answer.found.front().document;
  std::vector<WordId> words;
  index.each_word(best, [&](Field, WordId word) { words.push_back(word); });
  index.each_extra(best, [&](WordId word) { words.push_back(word); });
  std::ranges::sort(words);
  std::string respelt(text), exact(text);
  bool changed = false, somebody_has_it = true;
  for (auto unit = answer.units.rbegin(); unit != answer.units.rend(); ++unit) {
    const Alternative* found = nullptr;
    for (const Alternative& one : unit->alternatives) {
      if (std::ranges::binary_search(words, one.word) && (found == nullptr || one.quality > found->quality)) found = &one;
    }
    const bool is_other = found != nullptr && found->corrected;
    if ((!is_other && unit->meant == no_word) || unit->tokens != 1) continue;
    const Token& token = answer.parsed.wanted[unit->token];
    respelt.replace(token.begin, token.end - token.begin, index.words()[is_other ? found->word : unit->meant].text);
    exact.insert(token.end, "\"").insert(token.begin, "\"");
    const auto own = index.words().find(unit->text);
    somebody_has_it = somebody_has_it && own && index.words()[*own].documents > 0;
    changed = true;
  }
  if (!changed) return;
  hits.did_you_mean = std::move(respelt);
  hits.corrected = true;
  if (somebody_has_it) hits.exact = std::move(exact);
}

void count_facets(const Index& index, const Query& query, const Sieve& sieve, const Round& round, Hits& hits) {
  if (query.facets.empty()) return;
  Tally tally(index);
  for (const Scored& one : round.found) tally.add(index[one.document]);
  for (const Scored& one : round.nearly) tally.add_only(index[one.document], sieve.only_column(sieve.missing(index[one.document])));
  for (const Wanted& wanted : query.facets) hits.facets.push_back(tally.counts(wanted, sieve));
}

}  // namespace

Parsed parse_for(const Index& index, std::string_view text) {
  return parse_query(text, [&](std::string_view name) { return index.columns().find(name).has_value(); });
}

std::string as_typed(std::string_view name, std::string_view value) {
  const std::string plain = replace_all(std::string(value), "\"", " ");
  return std::string(name) + ":" + (plain.find_first_of(" \t\r\n") == std::string::npos ? plain : "\"" + plain + "\"");
}

std::vector<Understood> add_filters(const Index& index, const Parsed& parsed, std::string_view text, Sieve& sieve) {
  std::vector<Understood> understood;
  for (const Named& named : parsed.filters) {
    const auto column = index.columns().find(named.name);
    if (!column) continue;
    const auto values = index.columns().meant(*column, named.value);
    sieve.add(*column, values, named.excluded);
    Understood one{named.name, named.value, named.begin, named.end, std::ssize(values), named.excluded};
    constexpr std::size_t most_like = 3;
    if (values.empty()) {
      for (const ValueId id : index.columns().like(*column, named.value, most_like)) {
        const ColumnValue& value = index.columns()[id];
        const std::string instead = (named.excluded ? "-" : "") + as_typed(named.name, value.label);
        one.like.emplace_back(value.label, std::string(text.substr(0, named.begin)) + instead + std::string(text.substr(named.end)));
      }
    }
    understood.push_back(std::move(one));
  }
  return understood;
}

Result<Answer> answer(const Index& index, const Query& query, std::string_view text) {
  Answer out;
  out.parsed = parse_for(index, text);
  const bool asks = out.parsed.asks();
  const bool filtered = !out.parsed.filters.empty() || !query.filters.empty();
  if (!asks && !filtered && !(query.everything && out.parsed.terms.empty()))
    return fail(ErrorCode::invalid, "There is nothing to look for. Please type at least one word.");
  Sieve sieve(index, query.event, query.kind);
  out.hits.filters = add_filters(index, out.parsed, text, sieve);
  for (const Filter& filter : query.filters) {
    if (filter.values.empty()) continue;
    const auto column = index.columns().find(filter.name);
    if (!column) {
      sieve.close();
      continue;
    }
    std::vector<ValueId> values;
    for (const std::string& value : filter.values) {
      const auto meant = index.columns().meant(*column, value);
      values.insert(values.end(), meant.begin(), meant.end());
    }
    sieve.add(*column, values, false);
  }
  std::vector<std::vector<WordId>> without;
  for (const Term& term : out.parsed.terms) {
    if (term.excluded) without.push_back(phrase_of(index, term.words));
  }

  const bool count = !query.facets.empty();
  Round round;
  constexpr std::int64_t most_shown = 10'000;
  const auto wanted = static_cast<std::size_t>(std::clamp<std::int64_t>(std::int64_t{query.offset} + query.limit, 1, most_shown));
  if (!asks) {
    round = look_at_all(index, sieve, without, count);
    order_by_date(index, round.found, wanted);
  } else {
    out.units = units_of(index, out.parsed, text);
    round = look(index, out.units, without, sieve, count);
    order_by_relevance(index, out.units, round.found, wanted);
    // Words that the best one lacks may be other words mistyped.
    const std::uint32_t best_has = round.found.empty() ? 0 : round.found.front().units;
    std::vector<Unit> others = out.units;
    bool added = false;
    for (std::size_t u = 0; u < others.size(); ++u) {
      if ((best_has >> u & 1U) == 0) added = add_neighbours(index, others[u]) || added;
    }
    if (added) {
      Round other = look(index, others, without, sieve, count);
      order_by_relevance(index, others, other.found, wanted);
      if (!other.found.empty() && (round.found.empty() || other.found.front().score > better_by * round.found.front().score)) {
        round = std::move(other);
        out.units = std::move(others);
      }
    }
  }
  out.hits.total = std::ssize(round.found);
  count_facets(index, query, sieve, round, out.hits);
  out.found = std::move(round.found);
  if (asks) {
    say_respelt(index, out, text, out.hits);
    if (query.order == Order::date) order_by_date(index, out.found, wanted);
  }
  return out;
}

}  // namespace confer::search
