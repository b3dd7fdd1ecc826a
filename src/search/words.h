// All words of all documents: exact, begun, inflected, misspelt, and as parts of others.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "search/arena.h"
#include "search/postings.h"

namespace confer::search {

using WordId = std::uint32_t;
constexpr WordId no_word = 0xFFFFFFFF;

struct Word {
  std::string_view text;
  std::uint64_t hash = 0;
  std::uint32_t documents = 0;  ///< that have it and were not removed
  std::uint32_t languages = 0;  ///< bit set: by index in Words::languages
  Postings postings;
};

/// Like a map from texts to words. Reading is for any thread while nobody adds.
class Words {
 public:
  WordId add(std::string_view text);
  std::optional<WordId> find(std::string_view text) const;
  Word& operator[](WordId id) { return words_[id]; }
  const Word& operator[](WordId id) const { return words_[id]; }
  std::size_t size() const { return words_.size(); }

  /// The bit of a language (two letters); 32 and more share the last one.
  unsigned language(std::string_view base);

  /// After words or their languages were added: makes them known to what follows here. Costs much for the first, little for few.
  void prepare();
  /// Words of which documents remain and that begin so, the most frequent first, without the text itself.
  std::vector<WordId> beginning(std::string_view prefix, std::size_t most) const;
  /// Words with the same stem in some language that they occur in; without the text itself.
  std::vector<WordId> inflected(std::string_view text) const;
  /// Words that contain it elsewhere than at the beginning or go on after it; the most frequent first.
  std::vector<WordId> containing(std::string_view part, std::size_t most) const;
  struct Near {
    WordId word;
    int distance;
  };
  /// Words within `most_distance` edits, best first: near, with the same first letter, in many documents.
  std::vector<Near> near(std::string_view text, int most_distance, std::size_t most) const;
  /// Words that `text`, which so many documents have, is likely a slip of (slips.h), the most frequent first.
  std::vector<WordId> meant_by(std::string_view text, std::size_t documents, std::size_t most) const;
  /// The word stands among names or tags of some document: it is one, however rare.
  bool is_name_or_tag(WordId id) const;
  std::size_t bytes() const;

 private:
  struct Stem {
    std::uint64_t key;
    WordId word;
    auto operator<=>(const Stem&) const = default;
  };
  void rehash();
  void stems_of(WordId id, std::uint32_t languages, std::vector<Stem>& into) const;
  std::vector<Word> words_;
  std::vector<WordId> table_;  ///< open addressing; its size is a power of two
  Arena texts_;
  std::vector<std::string> languages_;
  // Made by prepare(), for the first `prepared_` words:
  std::size_t prepared_ = 0, sorted_ = 0;
  std::vector<WordId> by_text_;            ///< the first `sorted_` words by text
  std::vector<Stem> stems_, late_stems_;   ///< sorted; those of words that came later
  std::vector<std::uint32_t> stemmed_in_;  ///< by word, the languages whose stems are there
  std::vector<std::uint32_t> letters_;     ///< by word, a set of its letters
  std::vector<std::uint8_t> lengths_;      ///< by word, characters
};

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) between two texts, by characters; more than `most` is `most + 1`.
int edit_distance(std::string_view a, std::string_view b, int most);
/// How many edits a word of so many characters may be away: 0 below 3, 1 up to 4, 2 from 5.
int edits_for(std::size_t characters);
std::size_t characters_of(std::string_view text);

}  // namespace confer::search
