// Documents like a document.
#include <algorithm>
#include <array>
#include <bit>
#include <span>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "search/live.h"
#include "search/rank.h"
#include "search/search.h"
#include "search/store.h"

namespace confer::search {
namespace {

/// What a word says about a document, by field: title, names, tags, place, body. Names are looked at by themselves, and the place does not count:
/// everything of an edition would be related.
constexpr std::array<float, transcript_field> says{3, 0, 3, 0, 1};
constexpr std::size_t most_words = 24;
/// By the same speakers so many are shown, and more only when nothing else is near: when its score is not this part of the best one's by its words.
constexpr std::size_t most_by_the_same = 2;
constexpr float near_from = 0.3F;
/// A block of many short things has a few words of everything.
constexpr float block_factor = 0.2F;

std::vector<WordId> title_of(const Index& index, DocumentId document) {
  std::vector<WordId> words;
  index.each_word(document, [&](Field field, WordId word) {
    if (field == title_field) words.push_back(word);
  });
  return words;
}

/// The words that say most, as a query.
std::vector<Unit> telling_words(const Index& index, DocumentId document) {
  std::unordered_map<WordId, float> weights;
  index.each_word(document, [&](Field field, WordId word) { weights[word] = std::max(weights[word], 0.0F) + says[field]; });
  struct Telling {
    WordId word;
    float factor, weight;
  };
  std::vector<Telling> words;
  for (const auto& [word, sum] : weights) {
    const std::size_t documents = index.words()[word].documents;
    if (documents < 2 || sum == 0) continue;  // nobody else has it
    words.push_back({word, sum / (sum + 2), index.weight(documents)});
  }
  std::ranges::sort(words, [&](const Telling& a, const Telling& b) {
    if (a.factor * a.weight != b.factor * b.weight) return a.factor * a.weight > b.factor * b.weight;
    return index.words()[a.word].text < index.words()[b.word].text;
  });
  if (words.size() > most_words) words.resize(most_words);
  std::vector<Unit> units;
  for (const Telling& word : words) {
    Unit unit;
    unit.alternatives.push_back({word.word});
    unit.weight = word.weight;
    unit.factor = word.factor;
    units.push_back(std::move(unit));
  }
  return units;
}

/// Its speakers' names, as a query: outside of bodies.
std::vector<Unit> speakers_of(const Index& index, DocumentId document) {
  std::vector<Unit> units;
  index.each_word(document, [&](Field field, WordId word) {
    if (field != names_field || units.size() == most_units) return;
    if (std::ranges::any_of(units, [&](const Unit& unit) { return unit.alternatives.front().word == word; })) return;
    Unit unit;
    unit.alternatives.push_back({word, 1, true});
    unit.weight = index.weight(index.words()[word].documents);
    units.push_back(std::move(unit));
  });
  return units;
}

/// "Day 3 Lightning Talks", "Opening", "Welcome to …".
bool is_block(const Index& index, std::span<const WordId> title) {
  constexpr std::array<std::string_view, 7> says_so{"lightning", "lightening", "opening", "closing", "welcome", "remarks", "announcements"};
  return std::ranges::any_of(title, [&](WordId word) { return std::ranges::find(says_so, index.words()[word].text) != says_so.end(); });
}

/// Shares two words of its names with the other one, or the only one that it has.
bool is_by_the_same(const Scored& by_names, std::size_t names) {
  constexpr std::size_t first_and_last = 2;
  return static_cast<std::size_t>(std::popcount(by_names.units)) >= std::min(names, first_and_last);
}

struct Candidate {
  Scored scored;
  bool by_the_same = false;
  std::vector<WordId> title;
};

/// The best first: by words, and by names for what the same people gave.
std::vector<Candidate> candidates_for(const Index& index, DocumentId self, std::size_t most) {
  const auto may = [&](DocumentId document) { return document != self && index[document].kind == index[self].kind; };
  const auto names = speakers_of(index, self);
  std::vector<Scored> the_same = score_all(index, names, {}, may);
  std::erase_if(the_same, [&](const Scored& one) { return !is_by_the_same(one, names.size()); });
  std::ranges::sort(the_same, {}, &Scored::document);
  std::vector<Candidate> candidates;
  std::vector<bool> is_there(the_same.size());
  for (const Scored& one : score_all(index, telling_words(index, self), {}, may)) {
    candidates.push_back({one, false, {}});
    const auto at = std::ranges::lower_bound(the_same, one.document, {}, &Scored::document);
    if (at == the_same.end() || at->document != one.document) continue;
    is_there[static_cast<std::size_t>(at - the_same.begin())] = true;
    candidates.back().by_the_same = true;
    candidates.back().scored.score += at->score;
  }
  for (std::size_t i = 0; i < the_same.size(); ++i) {
    if (!is_there[i]) candidates.push_back({the_same[i], true, {}});
  }
  const auto before = [&](const Candidate& a, const Candidate& b) {
    if (a.scored.score != b.scored.score) return a.scored.score > b.scored.score;
    const Entry &x = index[a.scored.document], &y = index[b.scored.document];
    return std::tuple(-x.date, -x.event, x.key) < std::tuple(-y.date, -y.event, y.key);
  };
  const std::size_t wanted = std::min(candidates.size(), most);
  std::ranges::partial_sort(candidates, candidates.begin() + static_cast<std::ptrdiff_t>(wanted), before);
  candidates.resize(wanted);
  const bool self_is_block = is_block(index, title_of(index, self));
  for (Candidate& one : candidates) {
    one.title = title_of(index, one.scored.document);
    if (!self_is_block && is_block(index, one.title)) one.scored.score *= block_factor;
  }
  std::ranges::sort(candidates, before);
  return candidates;
}

/// Which of the candidates are shown, in their order.
std::vector<const Candidate*> choose(const Index& index, DocumentId self, const std::vector<Candidate>& candidates, std::size_t most) {
  float best = 0;
  for (const Candidate& one : candidates)
    if (!one.by_the_same) best = std::max(best, one.scored.score);
  // A talk given twice is shown once, and this one not at all.
  std::vector<std::vector<WordId>> titles{title_of(index, self)};
  std::vector<const Candidate*> chosen, left;
  std::size_t by_the_same = 0;
  for (const Candidate& one : candidates) {
    if (std::ranges::find(titles, one.title) != titles.end()) continue;
    titles.push_back(one.title);
    const bool fits = one.by_the_same ? by_the_same < most_by_the_same : one.scored.score >= near_from * best;
    (fits && chosen.size() < most ? chosen : left).push_back(&one);
    if (fits && one.by_the_same) ++by_the_same;
  }
  for (const Candidate* one : left) {
    if (chosen.size() >= most) break;
    chosen.push_back(one);
  }
  return chosen;
}

}  // namespace

Result<std::vector<Hit>> related(db::Tx& tx, std::string_view kind, std::string_view key, std::size_t most) {
  std::vector<Hit> hits;
  TRY_ASSIGN(const auto reading, live_of(tx.database())->read(tx));
  const Index& index = *reading;
  const auto self = index.find(kind, key);
  if (!self) return hits;
  constexpr std::size_t looked_at = 100;
  const auto candidates = candidates_for(index, *self, std::max(most, looked_at));
  std::vector<std::int64_t> ids;
  for (const Candidate* one : choose(index, *self, candidates, most)) {
    const Entry& entry = index[one->scored.document];
    hits.push_back({std::string(index.kind(entry.kind)), std::string(entry.key), "", entry.event, one->scored.score, "", ""});
    ids.push_back(entry.id);
  }
  TRY_ASSIGN(auto rows, list_shown(tx, ids));
  for (std::size_t i = 0; i < hits.size(); ++i) {
    const auto row = std::ranges::find(rows, ids[i], &Shown::id);
    if (row != rows.end()) hits[i].title = row->title;
  }
  std::erase_if(hits, [](const Hit& hit) { return hit.title.empty(); });
  return hits;
}

}  // namespace confer::search
