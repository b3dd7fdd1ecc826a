// The index in memory.
#include "search/index.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "search/stems.h"
#include "search/tokens.h"

namespace confer::search {
namespace {

/// A word in a long title or text says less about it. Fixed lengths, not averages: what a document scores must not change with its neighbours.
constexpr float usual_title = 8, usual_body = 120, title_by_length = 0.3F, body_by_length = 0.6F;

float norm(std::size_t length, float usual, float by_length) { return 1 / (1 - by_length + by_length * static_cast<float>(length) / usual); }

void append_number(std::vector<std::uint8_t>& to, std::uint32_t number) {
  std::uint8_t bytes[5];
  to.insert(to.end(), bytes, bytes + write_number(bytes, number));
}

}  // namespace

void Index::note(WordId word, Field field, std::uint32_t languages) {
  if (word >= place_.size()) place_.resize(std::max<std::size_t>(word + 1, place_.size() * 2), 0);
  if (place_[word] == 0) {
    seen_.push_back({word, {}});
    place_[word] = static_cast<std::uint32_t>(seen_.size());
    words_[word].languages |= languages;
  }
  std::uint8_t& count = seen_[place_[word] - 1].counts[field];
  if (count < 255) ++count;
}

void Index::put(const Row& row) {
  remove(row.id);
  const auto number = static_cast<DocumentId>(entries_.size());
  const std::string language = base_language(row.language);
  const std::uint32_t languages = language.empty() ? 0 : 1U << words_.language(language);
  Entry entry;
  entry.id = row.id;
  entry.event = row.event;
  entry.date = row.date;
  entry.key = arena_.keep(row.key);
  auto kind = find_kind(row.kind);
  if (!kind) {
    kind = static_cast<std::uint16_t>(kinds_.size());
    kinds_.push_back(row.kind);
  }
  entry.kind = *kind;

  seen_.clear();
  thread_local std::vector<std::uint8_t> forward, one_field, extras;
  forward.clear();
  extras.clear();
  std::uint32_t extra_count = 0;
  const std::array<const std::string*, transcript_field> texts{&row.title, &row.names, &row.tags, &row.place, &row.body};
  for (unsigned f = 0; f < texts.size(); ++f) {
    const auto field = static_cast<Field>(f);
    one_field.clear();
    std::uint32_t count = 0;
    read_words(
        *texts[f],
        [&](std::string_view text) {
          const WordId word = words_.add(text);
          note(word, field, languages);
          append_number(one_field, word);
          ++count;
        },
        [&](std::string_view text) {
          const WordId word = words_.add(text);
          note(word, field, languages);
          append_number(extras, word);
          ++extra_count;
        });
    append_number(forward, count);
    forward.insert(forward.end(), one_field.begin(), one_field.end());
    if (field == title_field) entry.title_norm = norm(count, usual_title, title_by_length);
    if (field == body_field) entry.body_norm = norm(count, usual_body, body_by_length);
  }
  const auto in_transcript = [&](std::string_view text) {
    const WordId word = words_.add(text);
    const bool known = word < place_.size() && place_[word] != 0;
    note(word, transcript_field, languages);
    if (known) return;
    append_number(extras, word);
    ++extra_count;
  };
  read_words(row.transcript, in_transcript, in_transcript);
  append_number(forward, extra_count);
  forward.insert(forward.end(), extras.begin(), extras.end());

  for (const Seen& seen : seen_) {
    Word& word = words_[seen.word];
    word.postings.add(number, seen.counts);
    ++word.documents;
    place_[seen.word] = 0;
  }
  auto* kept = arena_.allocate(forward.size());
  std::ranges::copy(forward, kept);
  entry.words = {kept, forward.size()};

  std::vector<ValueId> values;
  for (const Facet& facet : read_facets(row.facets)) {
    const auto value = columns_.add(facet);
    if (value && std::ranges::find(values, *value) == values.end()) values.push_back(*value);
  }
  if (!values.empty()) {
    auto* to = reinterpret_cast<ValueId*>(arena_.allocate<alignof(ValueId)>(values.size() * sizeof(ValueId)));
    std::ranges::copy(values, to);
    entry.values = {to, values.size()};
    for (const ValueId value : values) ++columns_[value].documents;
  }
  entries_.push_back(entry);
  numbers_[row.id] = number;
}

void Index::remove(std::int64_t id) {
  const auto found = numbers_.find(id);
  if (found == numbers_.end()) return;
  const DocumentId number = found->second;
  std::vector<WordId> words;
  each_word(number, [&](Field, WordId word) { words.push_back(word); });
  each_extra(number, [&](WordId word) { words.push_back(word); });
  std::ranges::sort(words);
  words.erase(std::unique(words.begin(), words.end()), words.end());
  for (const WordId word : words) --words_[word].documents;
  for (const ValueId value : entries_[number].values) --columns_[value].documents;
  entries_[number].there = false;
  numbers_.erase(found);
}

std::optional<std::uint16_t> Index::find_kind(std::string_view kind) const {
  const auto found = std::ranges::find(kinds_, kind);
  if (found == kinds_.end()) return std::nullopt;
  return static_cast<std::uint16_t>(found - kinds_.begin());
}

std::optional<DocumentId> Index::find(std::string_view kind, std::string_view key) const {
  const auto known = find_kind(kind);
  if (!known) return std::nullopt;
  for (std::size_t number = entries_.size(); number-- > 0;) {
    const Entry& entry = entries_[number];
    if (entry.there && entry.kind == *known && entry.key == key) return static_cast<DocumentId>(number);
  }
  return std::nullopt;
}

float Index::weight(std::size_t documents_with_it) const {
  const auto all = static_cast<float>(documents()), with = static_cast<float>(std::min(documents_with_it, documents()));
  return std::log(1 + (all - with + 0.5F) / (with + 0.5F));
}

std::size_t Index::bytes() const {
  return entries_.capacity() * sizeof(Entry) + numbers_.size() * 32 + words_.bytes() + columns_.bytes() + arena_.bytes() + place_.capacity() * 4;
}

}  // namespace confer::search
