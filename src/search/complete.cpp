// What may be meant while it is being typed.
#include <algorithm>
#include <optional>
#include <utility>

#include "base/text.h"
#include "search/answer.h"
#include "search/live.h"
#include "search/search.h"

namespace confer::search {
namespace {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// What stands at the cursor: from the last space outside quotes to the end of the word.
struct Place {
  std::size_t begin = 0, end = 0;
};
Place place_of(std::string_view text, std::size_t cursor) {
  cursor = std::min(cursor, text.size());
  Place place;
  bool quoted = false;
  for (std::size_t i = 0; i < cursor; ++i) {
    if (text[i] == '"') quoted = !quoted;
    if (is_space(text[i]) && !quoted) place.begin = i + 1;
  }
  place.end = cursor;
  while (place.end < text.size() && (quoted ? text[place.end] != '"' : !is_space(text[place.end]))) ++place.end;
  if (quoted && place.end < text.size()) ++place.end;
  return place;
}

/// `speaker:raymond h` before the cursor, without quotes: where the name begins, when some value has all these words and nothing else stands between.
std::optional<Place> several_words_at(const Index& index, std::string_view text, const Place& last) {
  const std::string_view before = text.substr(0, last.begin);
  const std::size_t colon = before.rfind(':');
  if (colon == std::string_view::npos || colon + 1 == before.size() || text.substr(colon, last.end - colon).find('"') != std::string_view::npos ||
      text.substr(0, colon).contains('"'))
    return std::nullopt;
  std::size_t begin = colon;
  while (begin > 0 && !is_space(text[begin - 1])) --begin;
  std::string_view name = text.substr(begin, colon - begin);
  if (name.starts_with('-')) name.remove_prefix(1);
  const auto column = index.columns().find(ascii_lower(name));
  if (!column || is_space(text[colon + 1]) || index.columns().begun(*column, text.substr(colon + 1, last.end - colon - 1)).empty()) return std::nullopt;
  return Place{begin, last.end};
}

/// Lengths to choose from, as they are typed; both ends count.
constexpr std::string_view usual_lengths[] = {"<10", "10-30", "30-60", ">60"};

/// False when what was begun is none of them.
bool add_lengths(const Index& index, const Tally& tally, const Place& place, std::string_view minus, ColumnId column, std::string_view begun,
                 std::vector<Completion>& out) {
  bool any = false;
  for (const std::string_view length : usual_lengths) {
    const auto range = range_of(length);
    if (!length.starts_with(begun) || !range) continue;
    any = true;
    std::int64_t count = 0;
    for (const ValueId id : index.columns().of(column)) {
      if (const auto number = index.columns()[id].number; number && *number >= range->from && *number <= range->to) count += tally[id];
    }
    if (count > 0)
      out.push_back({Completion::Kind::value, place.begin, place.end, std::string(minus) + "length:" + std::string(length), std::string(length), count});
  }
  return any;
}

void add_values(const Index& index, const Tally& tally, const Place& place, std::string_view minus, ColumnId column, std::string_view begun, std::size_t most,
                std::vector<Completion>& out) {
  auto values = index.columns().begun(column, begun);
  std::erase_if(values, [&](ValueId id) { return tally[id] == 0; });
  std::ranges::sort(values, [&](ValueId a, ValueId b) {
    if (tally[a] != tally[b]) return tally[a] > tally[b];
    return index.columns()[a].value < index.columns()[b].value;
  });
  if (values.size() > most) values.resize(most);
  for (const ValueId id : values) {
    const ColumnValue& value = index.columns()[id];
    out.push_back(
        {Completion::Kind::value, place.begin, place.end, std::string(minus) + as_typed(index.columns().name(column), value.value), value.label, tally[id]});
  }
}

}  // namespace

Result<std::vector<Completion>> complete(db::Tx& tx, std::string_view raw, std::size_t cursor, std::span<const std::string> names, std::size_t most,
                                         std::string_view kind) {
  std::vector<Completion> out;
  if (!is_valid_utf8(raw)) return out;
  const std::string_view text = start_of(raw, 500);
  Place place = place_of(text, cursor);
  std::string_view word = text.substr(place.begin, place.end - place.begin);
  std::string_view minus;
  if (word.starts_with('-')) {
    minus = "-";
    word.remove_prefix(1);
  }
  if (word.empty()) return out;
  TRY_ASSIGN(const auto reading, live_of(tx.database())->read(tx));
  const Index& index = *reading;
  if (const auto several = several_words_at(index, text, place)) {
    place = *several;
    word = text.substr(place.begin, place.end - place.begin);
    minus = word.starts_with('-') ? "-" : "";
    word.remove_prefix(minus.size());
  }
  // Counted among what the rest of the text finds.
  Tally tally(index);
  const std::string rest = std::string(text.substr(0, place.begin)) + " " + std::string(text.substr(place.end));
  const Query query{.text = rest, .kind = std::string(kind), .everything = true};
  std::vector<DocumentId> documents;
  if (const auto answered = answer(index, query, rest)) {
    for (const Scored& one : answered->found) {
      tally.add(index[one.document]);
      documents.push_back(one.document);
    }
  }
  const std::size_t colon = word.find(':');
  if (colon != std::string_view::npos) {
    const std::string name = ascii_lower(word.substr(0, colon));
    const auto column = index.columns().find(name);
    if (column && std::ranges::find(names, name) != names.end()) {
      const std::string_view begun = word.substr(colon + 1);
      if (name != "length" || !add_lengths(index, tally, place, minus, *column, begun, out)) add_values(index, tally, place, minus, *column, begun, most, out);
      return out;
    }
  }
  const std::string folded = fold(word);
  for (const std::string& name : names) {
    if (name.starts_with(folded) && index.columns().find(name))
      out.push_back({Completion::Kind::name, place.begin, place.end, std::string(minus) + name + ":", name + ":", 0});
  }
  const std::vector<std::string> words = tokens(word);
  if (words.empty()) return out;
  std::vector<Completion> found;
  // A single letter begins a thousand names: words and names of facets do for a start.
  if (folded.size() > 1) {
    for (const std::string& name : names) {
      if (const auto column = index.columns().find(name)) add_values(index, tally, place, minus, *column, word, most, found);
    }
  }
  if (words.size() == 1 && !word.starts_with('"')) {
    std::vector<std::uint32_t> counts;
    const auto begun = index.words().beginning(words.front(), most * 4);
    std::vector<std::pair<WordId, std::int64_t>> sorted;
    for (const WordId id : begun) sorted.emplace_back(id, 0);
    std::ranges::sort(sorted);
    for (const DocumentId document : documents) {
      std::vector<WordId> seen;
      index.each_word(document, [&](Field field, WordId id) {
        // What only bodies have is seldom looked for, and reading them all would take milliseconds.
        if (field == body_field) return;
        const auto at = std::ranges::lower_bound(sorted, id, {}, &std::pair<WordId, std::int64_t>::first);
        if (at == sorted.end() || at->first != id || std::ranges::find(seen, id) != seen.end()) return;
        seen.push_back(id);
        ++at->second;
      });
    }
    for (const auto& [id, count] : sorted) {
      const std::string_view there = index.words()[id].text;
      if (count > 0) found.push_back({Completion::Kind::word, place.begin, place.end, std::string(minus) + std::string(there), std::string(there), count});
    }
  }
  std::ranges::sort(found, [](const Completion& a, const Completion& b) {
    if (a.count != b.count) return a.count > b.count;
    return std::tie(a.kind, a.text) < std::tie(b.kind, b.text);
  });
  out.insert(out.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  if (out.size() > most) out.resize(most);
  return out;
}

}  // namespace confer::search
