// All words of all documents.
#include "search/words.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>

#include "search/slips.h"
#include "search/stems.h"

namespace confer::search {
namespace {

std::uint64_t hash_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash ^ hash >> 29U;
}

/// One bit for each letter of a to z, for digits together, and for all other characters by their value: two words within d edits differ in at most 2 d bits.
std::uint32_t letters_of(std::string_view text) {
  std::uint32_t set = 0;
  for (const char c : text) {
    if (c >= 'a' && c <= 'z')
      set |= 1U << static_cast<unsigned>(c - 'a');
    else if (static_cast<unsigned char>(c) >= 0x80)
      set |= 1U << (27 + static_cast<unsigned char>(c) % 5U);
    else
      set |= 1U << 26U;
  }
  return set;
}

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool has_letters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; });
}

}  // namespace

WordId Words::add(std::string_view text) {
  if (words_.size() * 2 >= table_.size()) rehash();
  const std::uint64_t hash = hash_of(text);
  const std::size_t mask = table_.size() - 1;
  std::size_t at = hash & mask;
  for (; table_[at] != no_word; at = (at + 1) & mask) {
    const Word& word = words_[table_[at]];
    if (word.hash == hash && word.text == text) return table_[at];
  }
  table_[at] = static_cast<WordId>(words_.size());
  Word word;
  word.text = texts_.keep(text);
  word.hash = hash;
  words_.push_back(std::move(word));
  return table_[at];
}

std::optional<WordId> Words::find(std::string_view text) const {
  if (table_.empty()) return std::nullopt;
  const std::uint64_t hash = hash_of(text);
  const std::size_t mask = table_.size() - 1;
  for (std::size_t at = hash & mask; table_[at] != no_word; at = (at + 1) & mask) {
    const Word& word = words_[table_[at]];
    if (word.hash == hash && word.text == text) return table_[at];
  }
  return std::nullopt;
}

void Words::rehash() {
  table_.assign(std::max<std::size_t>(1024, table_.size() * 2), no_word);
  const std::size_t mask = table_.size() - 1;
  for (std::size_t id = 0; id < words_.size(); ++id) {
    std::size_t at = words_[id].hash & mask;
    while (table_[at] != no_word) at = (at + 1) & mask;
    table_[at] = static_cast<WordId>(id);
  }
}

unsigned Words::language(std::string_view base) {
  constexpr std::size_t most = 32;
  const auto found = std::ranges::find(languages_, base);
  if (found != languages_.end()) return static_cast<unsigned>(found - languages_.begin());
  if (languages_.size() < most) languages_.emplace_back(base);
  return static_cast<unsigned>(languages_.size() - 1);
}

void Words::stems_of(WordId id, std::uint32_t languages, std::vector<Stem>& into) const {
  const Word& word = words_[id];
  if (!has_letters(word.text)) return;
  for (std::uint32_t left = languages; left != 0; left &= left - 1) {
    for (const std::uint64_t key : stem_keys(word.text, languages_[static_cast<std::size_t>(std::countr_zero(left))])) into.push_back({key, id});
  }
}

void Words::prepare() {
  constexpr std::size_t late = 4096;  // so many are looked at one by one
  const bool everything = words_.size() - sorted_ > late || late_stems_.size() > late;
  std::vector<Stem> more;
  stemmed_in_.resize(words_.size(), 0);
  letters_.reserve(words_.size());
  for (std::size_t id = 0; id < words_.size(); ++id) {
    if (id >= prepared_) {
      letters_.push_back(letters_of(words_[id].text));
      lengths_.push_back(static_cast<std::uint8_t>(characters_of(words_[id].text)));
    }
    const std::uint32_t missing = words_[id].languages & ~stemmed_in_[id];
    if (missing == 0) continue;
    stems_of(static_cast<WordId>(id), missing, more);
    stemmed_in_[id] |= missing;
  }
  prepared_ = words_.size();
  if (!everything) {
    late_stems_.insert(late_stems_.end(), more.begin(), more.end());
    return;
  }
  stems_.insert(stems_.end(), more.begin(), more.end());
  stems_.insert(stems_.end(), late_stems_.begin(), late_stems_.end());
  late_stems_.clear();
  std::ranges::sort(stems_);
  stems_.shrink_to_fit();
  // By the first eight bytes as a number, which decides nearly always.
  std::vector<std::pair<std::uint64_t, WordId>> order;
  order.reserve(words_.size());
  for (std::size_t id = 0; id < words_.size(); ++id) {
    std::uint64_t first = 0;
    for (std::size_t i = 0; i < 8; ++i) first = first << 8U | (i < words_[id].text.size() ? static_cast<unsigned char>(words_[id].text[i]) : 0U);
    order.emplace_back(first, static_cast<WordId>(id));
  }
  std::ranges::sort(order, [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    return words_[a.second].text < words_[b.second].text;
  });
  by_text_.clear();
  by_text_.reserve(order.size());
  for (const auto& [first, id] : order) by_text_.push_back(id);
  sorted_ = words_.size();
}

namespace {

/// The `most` best of the words by a number that must not depend on how the words are numbered: ties by text.
void keep_most_frequent(const Words& words, std::vector<WordId>& ids, std::size_t most) {
  const auto more = [&](WordId a, WordId b) {
    if (words[a].documents != words[b].documents) return words[a].documents > words[b].documents;
    return words[a].text < words[b].text;
  };
  if (ids.size() > most) {
    std::ranges::nth_element(ids, ids.begin() + static_cast<std::ptrdiff_t>(most), more);
    ids.resize(most);
  }
  std::ranges::sort(ids, more);
}

}  // namespace

std::vector<WordId> Words::beginning(std::string_view prefix, std::size_t most) const {
  std::vector<WordId> found;
  const auto take = [&](WordId id) {
    if (words_[id].documents > 0 && words_[id].text.size() > prefix.size()) found.push_back(id);
  };
  const auto text_of = [&](WordId id) { return words_[id].text; };
  for (auto at = std::ranges::lower_bound(by_text_, prefix, {}, text_of); at != by_text_.end() && words_[*at].text.starts_with(prefix); ++at) take(*at);
  for (std::size_t id = sorted_; id < prepared_; ++id) {
    if (words_[id].text.starts_with(prefix)) take(static_cast<WordId>(id));
  }
  keep_most_frequent(*this, found, most);
  return found;
}

std::vector<WordId> Words::inflected(std::string_view text) const {
  std::vector<WordId> found;
  if (!has_letters(text)) return found;
  const auto take = [&](WordId id) {
    if (words_[id].documents > 0 && words_[id].text != text) found.push_back(id);
  };
  for (const std::string& language : languages_) {
    for (const std::uint64_t key : stem_keys(text, language)) {
      for (auto at = std::ranges::lower_bound(stems_, key, {}, &Stem::key); at != stems_.end() && at->key == key; ++at) take(at->word);
      for (const Stem& stem : late_stems_) {
        if (stem.key == key) take(stem.word);
      }
    }
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  constexpr std::size_t most = 64;
  keep_most_frequent(*this, found, most);
  return found;
}

std::vector<WordId> Words::containing(std::string_view part, std::size_t most) const {
  const std::uint32_t letters = letters_of(part);
  std::vector<WordId> found;
  for (std::size_t id = 0; id < prepared_; ++id) {
    if ((letters & ~letters_[id]) != 0) continue;
    const Word& word = words_[id];
    if (word.documents > 0 && word.text.size() > part.size() && word.text.contains(part)) found.push_back(static_cast<WordId>(id));
  }
  keep_most_frequent(*this, found, most);
  return found;
}

std::vector<Words::Near> Words::near(std::string_view text, int most_distance, std::size_t most) const {
  const std::uint32_t letters = letters_of(text);
  const auto length = static_cast<int>(characters_of(text));
  std::vector<Near> found;
  for (std::size_t id = 0; id < prepared_; ++id) {
    if (std::popcount(letters_[id] ^ letters) > 2 * most_distance || std::abs(lengths_[id] - length) > most_distance) continue;
    const Word& word = words_[id];
    if (word.documents == 0 || word.text == text) continue;
    const int distance = edit_distance(text, word.text, most_distance);
    if (distance <= most_distance) found.push_back({static_cast<WordId>(id), distance});
  }
  const auto rank = [&](const Near& near) {
    const Word& word = words_[near.word];
    // A letter wrong at the beginning is rarer than elsewhere, and a word of one document may be a misspelling itself.
    const int bad = 2 * near.distance + (word.text.substr(0, 1) == text.substr(0, 1) ? 0 : 1) + (word.documents < 2 ? 1 : 0);
    return std::tuple(bad, -static_cast<std::int64_t>(word.documents), word.text);
  };
  std::ranges::sort(found, [&](const Near& a, const Near& b) { return rank(a) < rank(b); });
  if (found.size() > most) found.resize(most);
  return found;
}

std::vector<WordId> Words::meant_by(std::string_view text, std::size_t documents, std::size_t most) const {
  const std::uint32_t letters = letters_of(text);
  const auto length = static_cast<int>(characters_of(text));
  std::vector<WordId> found;
  for (std::size_t id = 0; id < prepared_; ++id) {
    if (std::popcount(letters_[id] ^ letters) > 2 || std::abs(lengths_[id] - length) > 1) continue;
    const Word& word = words_[id];
    if (word.documents <= documents) continue;
    const std::size_t times = times_as_frequent(text, word.text);
    if (times > 0 && word.documents >= times * std::max<std::size_t>(documents, 1)) found.push_back(static_cast<WordId>(id));
  }
  keep_most_frequent(*this, found, most);
  return found;
}

bool Words::is_name_or_tag(WordId id) const {
  bool found = false;
  words_[id].postings.each([&](std::uint32_t, const Counts& counts) { found = found || counts[names_field] != 0 || counts[tags_field] != 0; });
  return found;
}

std::size_t Words::bytes() const {
  std::size_t bytes = words_.capacity() * sizeof(Word) + (table_.capacity() + by_text_.capacity() + letters_.capacity() + stemmed_in_.capacity()) * 4 +
                      (stems_.capacity() + late_stems_.capacity()) * sizeof(Stem) + lengths_.capacity() + texts_.bytes();
  for (const Word& word : words_) bytes += word.postings.bytes();
  return bytes;
}

// ---- distance

namespace {

/// Our words are at most 64 bytes.
constexpr std::size_t longest = 64;

/// Code points, so that "é" is one character wherever it was not folded away.
std::size_t code_points(std::string_view text, char32_t (&out)[longest]) {
  std::size_t count = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte & 0xC0U) != 0x80U) {
      if (count == longest) break;
      out[count++] = byte;
    } else if (count > 0) {
      out[count - 1] = out[count - 1] << 8U | byte;
    }
  }
  return count;
}

}  // namespace

std::size_t characters_of(std::string_view text) {
  if (is_ascii(text)) return text.size();
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

int edits_for(std::size_t characters) {
  if (characters < 3) return 0;
  return characters <= 4 ? 1 : 2;
}

int edit_distance(std::string_view a, std::string_view b, int most) {
  char32_t x[longest], y[longest];
  const std::size_t n = code_points(a, x), m = code_points(b, y);
  const int too_far = most + 1;
  if (std::abs(static_cast<int>(n) - static_cast<int>(m)) > most) return too_far;
  int rows[3][longest + 1];
  for (std::size_t j = 0; j <= m; ++j) rows[0][j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= n; ++i) {
    int* row = rows[i % 3];
    const int* above = rows[(i + 2) % 3];
    const int* above_that = rows[(i + 1) % 3];
    row[0] = static_cast<int>(i);
    int least = row[0];
    for (std::size_t j = 1; j <= m; ++j) {
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1)});
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1]) row[j] = std::min(row[j], above_that[j - 2] + 1);
      least = std::min(least, row[j]);
    }
    if (least > most) return too_far;
  }
  return std::min(rows[n % 3][m], too_far);
}

}  // namespace confer::search
