// Documents like a document.
#include <algorithm>
#include <array>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "search/live.h"
#include "search/rank.h"
#include "search/search.h"
#include "search/store.h"

namespace confer::search {
namespace {

/// What a word says about a document, by field: title, names, tags, place, body. The place does not count: everything of an edition would be related.
constexpr std::array<float, transcript_field> says{3, 4, 3, 0, 1};
constexpr std::size_t most_words = 24;

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

}  // namespace

Result<std::vector<Hit>> related(db::Tx& tx, std::string_view kind, std::string_view key, std::size_t most) {
  std::vector<Hit> hits;
  TRY_ASSIGN(const auto reading, live_of(tx.database())->read(tx));
  const Index& index = *reading;
  const auto self = index.find(kind, key);
  if (!self) return hits;
  const auto units = telling_words(index, *self);
  auto scored = score_all(index, units, {}, [&](DocumentId document) { return document != *self && index[document].kind == index[*self].kind; });
  constexpr std::size_t twins = 20;
  const std::size_t wanted = std::min(scored.size(), most + twins);
  std::ranges::partial_sort(scored, scored.begin() + static_cast<std::ptrdiff_t>(wanted), [&](const Scored& a, const Scored& b) {
    if (a.score != b.score) return a.score > b.score;
    const Entry &x = index[a.document], &y = index[b.document];
    return std::tuple(-x.date, -x.event, x.key) < std::tuple(-y.date, -y.event, y.key);
  });
  scored.resize(wanted);
  // A talk given twice is shown once, and this one not at all.
  std::vector<std::vector<WordId>> titles{title_of(index, *self)};
  std::vector<std::int64_t> ids;
  for (const Scored& one : scored) {
    auto title = title_of(index, one.document);
    if (std::ranges::find(titles, title) != titles.end()) continue;
    titles.push_back(std::move(title));
    const Entry& entry = index[one.document];
    hits.push_back({std::string(index.kind(entry.kind)), std::string(entry.key), "", entry.event, one.score, "", ""});
    ids.push_back(entry.id);
    if (hits.size() == most) break;
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
