// How well documents answer a query.
#include "search/rank.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace confer::search {
namespace {

/// What an occurrence counts, by field: title, names, tags, place, body, transcript. Chosen by judgement and measured by bench/search, 2026-11-29.
constexpr std::array<float, fields> field_weights{8, 7, 3, 2, 1, 0.4F};
/// More of the same word counts, but less each time: x / (x + half) is ½ at this.
constexpr float half = 3;
/// A document that answers little of the query's weight keeps this part of its score, and the rest in proportion to what it answers.
constexpr float kept_without_coverage = 0.4F;
/// In units of the query's whole weight: for a title that is the query; for neighbours that are neighbours.
constexpr float title_bonus = 0.9F, neighbours_bonus = 0.25F;
constexpr std::uint32_t farthest = 8;
constexpr std::size_t looked_at_again = 200;

/// What a thread needs while it scores; kept, since it is as long as the index.
struct Desk {
  std::vector<float> occurrences, quality, score, mass;
  std::vector<std::uint32_t> units;
  std::vector<std::uint8_t> excluded;
  std::vector<DocumentId> touched, of_unit;
  std::vector<std::uint8_t> unit_of_word;  ///< + 1

  void prepare(std::size_t documents) {
    if (score.size() >= documents) return;
    for (auto* column : {&occurrences, &quality, &score, &mass}) column->resize(documents, 0);
    units.resize(documents, 0);
    excluded.resize(documents, 0);
  }
};

Desk& desk() {
  thread_local Desk made;
  return made;
}

float counted(const Entry& entry, const Counts& counts, bool heading_only) {
  float sum = 0;
  if (counts[title_field] != 0) sum += field_weights[title_field] * counts[title_field] * entry.title_norm;
  for (const Field field : {names_field, tags_field, place_field}) sum += field_weights[field] * counts[field];
  if (heading_only) return sum;
  return sum + field_weights[body_field] * counts[body_field] * entry.body_norm + field_weights[transcript_field] * counts[transcript_field];
}

/// How often the words follow each other in each field; words that stand in the body alone are read there alone.
Counts phrase_counts(const Index& index, DocumentId document, std::span<const WordId> phrase) {
  Counts counts{};
  std::array<WordId, 32> window{};
  std::size_t filled = 0;
  Field current = title_field;
  const std::size_t size = std::min(phrase.size(), window.size());
  index.each_word(document, [&](Field field, WordId word) {
    if (field != current) {
      current = field;
      filled = 0;
    }
    if (filled == size) {
      std::ranges::copy(window.begin() + 1, window.begin() + static_cast<std::ptrdiff_t>(size), window.begin());
      --filled;
    }
    window[filled++] = word;
    if (filled == size && std::equal(phrase.begin(), phrase.begin() + static_cast<std::ptrdiff_t>(size), window.begin()) && counts[field] < 255)
      ++counts[field];
  });
  return counts;
}

/// Calls `use(document, counts)` for each document with the phrase.
template <class Use>
void each_with_phrase(const Index& index, std::span<const WordId> phrase, Use use) {
  if (phrase.empty() || std::ranges::find(phrase, no_word) != phrase.end()) return;
  const Words& words = index.words();
  const WordId rarest = *std::ranges::min_element(phrase, {}, [&](WordId word) { return words[word].documents; });
  words[rarest].postings.each([&](DocumentId document, const Counts& counts) {
    if (!index[document].there) return;
    if (phrase.size() == 1) {
      use(document, counts);
      return;
    }
    const Counts found = phrase_counts(index, document, phrase);
    if (found != Counts{}) use(document, found);
  });
}

auto tie_break(const Entry& entry, const Index& index) { return std::tuple(-entry.date, -entry.event, index.kind(entry.kind), entry.key); }

void sort_first(std::vector<Scored>& scored, std::size_t wanted, const auto& before) {
  const auto middle = scored.begin() + static_cast<std::ptrdiff_t>(std::min(wanted, scored.size()));
  std::ranges::partial_sort(scored, middle, before);
}

/// What a second look adds.
class SecondLook {
 public:
  SecondLook(const Index& index, std::span<const Unit> units) : index_(index), units_(units), marks_(desk().unit_of_word) {
    if (marks_.size() < index.words().size()) marks_.resize(index.words().size() + 1024, 0);
    for (std::size_t u = 0; u < units.size(); ++u) {
      for (const Alternative& one : units[u].alternatives) mark(one.word, u);
      for (const WordId word : units[u].phrase) mark(word, u);
    }
    // Of compounds and pairs the title shows the parts.
    for (std::size_t u = 0; u < units.size(); ++u) {
      if (units[u].tokens < 2 || !units[u].phrase.empty()) continue;
      for (TokenReader reader(units[u].text); reader.next();) {
        if (const auto word = index.words().find(reader.word())) mark(*word, u);
      }
    }
    whole_ = whole_mass(units);
  }
  ~SecondLook() {
    for (const WordId word : marked_) marks_[word] = 0;
  }
  SecondLook(const SecondLook&) = delete;
  SecondLook& operator=(const SecondLook&) = delete;

  float bonus(DocumentId document) const {
    float title = 0, title_found = 0;
    std::uint32_t in_title = 0;
    std::array<std::uint32_t, most_units> last{};
    std::array<float, most_units> near{};  // of unit u with the one before it
    std::uint32_t place = farthest;
    Field current = title_field;
    index_.each_word(document, [&](Field field, WordId word) {
      if (field != current) {
        current = field;
        place += farthest;
      }
      ++place;
      const std::uint8_t mark = marks_[word];
      if (field == title_field) {
        const float weight = index_.weight(index_.words()[word].documents);
        title += weight;
        if (mark != 0) {
          title_found += weight;
          in_title |= 1U << (mark - 1U);
        }
      }
      if (mark == 0) return;
      const std::size_t unit = mark - 1U;
      last[unit] = place;
      const float factor = field == body_field ? 1 : 1.5F;
      if (unit > 0 && last[unit - 1] != 0 && place - last[unit - 1] <= farthest)
        near[unit] = std::max(near[unit], factor / static_cast<float>(place - last[unit - 1]));
      if (unit + 1 < units_.size() && last[unit + 1] != 0 && place > last[unit + 1] && place - last[unit + 1] <= farthest)
        near[unit + 1] = std::max(near[unit + 1], factor / (2 * static_cast<float>(place - last[unit + 1])));
    });
    float asked = 0, neighbours = 0;
    for (std::size_t u = 0; u < units_.size(); ++u) {
      if ((in_title >> u & 1U) != 0) asked += units_[u].weight * units_[u].factor;
      if (u > 0) neighbours += near[u] * std::min(units_[u - 1].weight * units_[u - 1].factor, units_[u].weight * units_[u].factor);
    }
    float sum = neighbours_bonus * neighbours;
    if (title > 0 && whole_ > 0) sum += title_bonus * asked * (title_found / title);
    return sum;
  }
  float whole() const { return whole_; }

 private:
  void mark(WordId word, std::size_t unit) {
    if (word == no_word || word >= marks_.size() || marks_[word] != 0) return;
    marks_[word] = static_cast<std::uint8_t>(unit + 1);
    marked_.push_back(word);
  }
  const Index& index_;
  std::span<const Unit> units_;
  std::vector<std::uint8_t>& marks_;
  std::vector<WordId> marked_;
  float whole_ = 0;
};

}  // namespace

float whole_mass(std::span<const Unit> units) {
  float sum = 0;
  for (const Unit& unit : units) sum += unit.weight * unit.factor;
  return sum;
}

std::vector<Scored> score_all(const Index& index, std::span<const Unit> units, std::span<const std::vector<WordId>> without,
                              const std::function<bool(DocumentId)>& may) {
  Desk& d = desk();
  d.prepare(index.size());
  d.touched.clear();
  std::vector<DocumentId> excluded;
  for (const auto& phrase : without) {
    each_with_phrase(index, phrase, [&](DocumentId document, const Counts&) {
      d.excluded[document] = 1;
      excluded.push_back(document);
    });
  }
  std::uint32_t required = 0;
  for (std::size_t u = 0; u < units.size(); ++u) {
    const Unit& unit = units[u];
    d.of_unit.clear();
    const auto note = [&](DocumentId document, float occurrences, float quality) {
      if (occurrences == 0) return;
      if (d.occurrences[document] == 0) d.of_unit.push_back(document);
      d.occurrences[document] += occurrences * quality;
      d.quality[document] = std::max(d.quality[document], quality);
    };
    if (!unit.phrase.empty()) {
      required |= 1U << u;
      each_with_phrase(index, unit.phrase, [&](DocumentId document, const Counts& counts) { note(document, counted(index[document], counts, false), 1); });
    }
    for (const Alternative& one : unit.alternatives) {
      index.words()[one.word].postings.each(
          [&](DocumentId document, const Counts& counts) { note(document, counted(index[document], counts, one.heading), one.quality); });
    }
    const float weight = unit.weight * unit.factor;
    for (const DocumentId document : d.of_unit) {
      if (d.units[document] == 0) d.touched.push_back(document);
      d.units[document] |= 1U << u;
      // Quality counts for a whole document, not only for its occurrences: many of a bad answer are no good one.
      d.score[document] += weight * d.quality[document] * d.occurrences[document] / (d.occurrences[document] + half);
      d.mass[document] += weight * d.quality[document];
      d.occurrences[document] = d.quality[document] = 0;
    }
  }
  std::vector<Scored> scored;
  const float whole = whole_mass(units);
  for (const DocumentId document : d.touched) {
    if (index[document].there && (d.units[document] & required) == required && d.excluded[document] == 0 && may(document)) {
      const float coverage = whole > 0 ? d.mass[document] / whole : 0;
      scored.push_back({document, d.score[document] * (kept_without_coverage + (1 - kept_without_coverage) * coverage), d.mass[document], d.units[document]});
    }
    d.score[document] = d.mass[document] = 0;
    d.units[document] = 0;
  }
  for (const DocumentId document : excluded) d.excluded[document] = 0;
  return scored;
}

void order_by_relevance(const Index& index, std::span<const Unit> units, std::vector<Scored>& scored, std::size_t wanted) {
  const auto before = [&](const Scored& a, const Scored& b) {
    if (a.score != b.score) return a.score > b.score;
    return tie_break(index[a.document], index) < tie_break(index[b.document], index);
  };
  sort_first(scored, std::max(wanted, looked_at_again), before);
  const SecondLook look(index, units);
  const auto end = scored.begin() + static_cast<std::ptrdiff_t>(std::min(looked_at_again, scored.size()));
  for (auto at = scored.begin(); at != end; ++at) at->score += look.bonus(at->document);
  std::ranges::sort(scored.begin(), end, before);
}

void order_by_date(const Index& index, std::vector<Scored>& scored, std::size_t wanted) {
  sort_first(scored, wanted, [&](const Scored& a, const Scored& b) { return tie_break(index[a.document], index) < tie_break(index[b.document], index); });
}

}  // namespace confer::search
