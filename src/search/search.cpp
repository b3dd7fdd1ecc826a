// Putting documents in, and finding them.
#include "search/search.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "base/log.h"
#include "base/text.h"
#include "search/score.h"
#include "search/snippet.h"
#include "search/store.h"
#include "search/terms.h"
#include "search/tokens.h"
#include "search/vocabulary.h"

namespace confer::search {
namespace {

/// More are neither scored nor counted.
constexpr int most_candidates = 1000;
/// Below this parts of words are looked for too, and another spelling is offered.
constexpr std::int64_t few_hits = 3;

struct Found {
  Candidate candidate;
  double score = 0;
};

/// All that answer the query, best first.
Result<std::vector<Found>> answers(db::Tx& tx, const Parsed& parsed, const Query& query) {
  const auto index_query = [&](Where where) { return tx.backend() == db::Backend::sqlite ? fts5_query(parsed, where) : tsquery(parsed, where); };
  TRY_ASSIGN(auto all, candidates(tx, index_query(Where::anywhere), query.event, query.kind, most_candidates + 1));
  if (all.size() > most_candidates) {
    // Too many to score. Which ones are must not depend on the database: those with the words in their heading first, then the newest.
    TRY_ASSIGN(auto first, candidates(tx, index_query(Where::heading), query.event, query.kind, most_candidates));
    std::set<std::int64_t> taken;
    for (const Candidate& candidate : first) taken.insert(candidate.id);
    for (Candidate& candidate : all) {
      if (first.size() < most_candidates && taken.insert(candidate.id).second) first.push_back(std::move(candidate));
    }
    all = std::move(first);
  }
  std::vector<Found> found;
  std::set<std::int64_t> seen;
  const auto take = [&](std::vector<Candidate>& from, Parts parts) {
    for (Candidate& candidate : from) {
      if (!seen.insert(candidate.id).second) continue;
      if (const auto scored = score(parsed, candidate, parts)) found.push_back({std::move(candidate), *scored});
    }
  };
  take(all, Parts::no);
  if (std::ssize(found) < few_hits) {
    // The longest word asks the index of parts; the scorer looks at the others. Who was no answer above may be one now.
    std::string longest;
    for (const Token& token : parsed.wanted) {
      if (token.word.size() > longest.size()) longest = token.word;
    }
    if (longest.size() >= 3) {
      if (vocabulary_of(tx.database())->say_once()) {
        TRY_ASSIGN(const bool indexed, has_index_of_parts(tx));
        if (!indexed) log(LogTopic::db, LogLevel::warning, "search without pg_trgm: parts of words are found by reading all headings");
      }
      seen.clear();
      for (const Found& already : found) seen.insert(already.candidate.id);
      TRY_ASSIGN(auto with_part, candidates_with_part(tx, longest, query.event, query.kind, most_candidates));
      take(with_part, Parts::yes);
    }
  }
  // Equal ones: the newer event first, then by name, so that the order is the same everywhere.
  std::ranges::sort(found, [](const Found& a, const Found& b) {
    if (a.score != b.score) return a.score > b.score;
    if (a.candidate.event != b.candidate.event) return a.candidate.event > b.candidate.event;
    return std::tie(a.candidate.kind, a.candidate.key) < std::tie(b.candidate.kind, b.candidate.key);
  });
  return found;
}

/// The query with every word that no document has replaced by the nearest one that exists; empty when there is nothing to replace, or nothing better.
Result<std::string> other_spelling(db::Tx& tx, const Parsed& parsed, const Query& query, std::size_t hits) {
  TRY_ASSIGN(const auto speller, vocabulary_of(tx.database())->speller(tx));
  std::string text = query.text;
  bool changed = false;
  for (auto token = parsed.wanted.rbegin(); token != parsed.wanted.rend(); ++token) {
    const bool last = token == parsed.wanted.rbegin() && !parsed.terms.empty() && parsed.terms.back().prefix;
    if (last ? speller->knows_prefix(token->word) : speller->knows(token->word)) continue;
    const auto nearest = speller->nearest(token->word);
    if (!nearest) continue;
    text.replace(token->begin, token->end - token->begin, *nearest);
    changed = true;
  }
  if (!changed) return std::string();
  // What is offered is tried first: a word may exist, but not in this event.
  TRY_ASSIGN(const auto better, answers(tx, parse_query(text), query));
  return better.size() > hits ? text : std::string();
}

}  // namespace

Result<void> put(db::Tx& tx, const Document& document) {
  Row row;
  row.title_words = joined_words(tokenise(document.title));
  row.names_words = joined_words(tokenise(document.names));
  row.tags_words = joined_words(tokenise(document.tags));
  row.body_words = joined_words(tokenise(document.body));
  for (const std::string* words : {&row.title_words, &row.names_words, &row.tags_words}) {
    if (!row.heading.empty() && !words->empty()) row.heading += ' ';
    row.heading += *words;
  }
  row.terms = terms_of(row.heading, row.body_words, document.language);
  return replace_document(tx, document, row);
}

Result<Hits> find(db::Tx& tx, const Query& asked) {
  Query query = asked;
  query.text = repair_utf8(asked.text);
  const Parsed parsed = parse_query(query.text);
  if (!parsed.asks()) return fail(ErrorCode::invalid, "There is nothing to look for. Please type at least one word.");
  TRY_ASSIGN(const auto found, answers(tx, parsed, query));
  Hits hits;
  hits.total = std::ssize(found);
  const auto from = static_cast<std::size_t>(std::clamp<std::int64_t>(query.offset, 0, hits.total));
  const auto to = std::min(found.size(), from + static_cast<std::size_t>(std::clamp(query.limit, 0, most_candidates)));
  for (std::size_t i = from; i < to; ++i) {
    const auto& [candidate, scored] = found[i];
    TRY_ASSIGN(auto shown, find_shown(tx, candidate.id));
    hits.hits.push_back({candidate.kind, candidate.key, std::move(shown.title), candidate.event, scored, snippet(shown.body, parsed, candidate.language)});
  }
  if (hits.total < few_hits) {
    TRY_ASSIGN(hits.did_you_mean, other_spelling(tx, parsed, query, found.size()));
  }
  return hits;
}

}  // namespace confer::search
