// The index in memory: words with their documents, documents with their words, facets. Made of rows, and of nothing else.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/arena.h"
#include "search/columns.h"
#include "search/postings.h"
#include "search/words.h"

namespace confer::search {

/// A document as its row has it.
struct Row {
  std::int64_t id = 0;
  std::string kind, key;
  std::int64_t event = 0;
  std::string language, title, names, tags, place, body, transcript, facets;
  std::int64_t date = 0;
};

/// Documents are numbered in the order in which they came; a changed one gets a new number.
using DocumentId = std::uint32_t;

struct Entry {
  std::int64_t id = 0, event = 0, date = 0;
  std::string_view key;
  std::uint16_t kind = 0;
  bool there = true;                    ///< not removed
  float title_norm = 1, body_norm = 1;  ///< what an occurrence counts there: less in long ones
  std::span<const std::uint8_t> words;  ///< see Index::each_word
  std::span<const ValueId> values;
};

class Index {
 public:
  /// Replaces the document with that id.
  void put(const Row& row);
  void remove(std::int64_t id);
  /// After changes, before questions.
  void prepare() { words_.prepare(); }

  std::size_t size() const { return entries_.size(); }       ///< numbers given
  std::size_t documents() const { return numbers_.size(); }  ///< documents there
  const Entry& operator[](DocumentId number) const { return entries_[number]; }
  const Words& words() const { return words_; }
  const Columns& columns() const { return columns_; }
  std::string_view kind(std::uint16_t id) const { return kinds_[id]; }
  std::optional<std::uint16_t> find_kind(std::string_view kind) const;
  std::optional<DocumentId> find(std::string_view kind, std::string_view key) const;
  /// Calls `use(field, word)` for the words of all fields but the transcript, in order; a field ends before the next begins.
  template <class Use>
  void each_word(DocumentId number, Use use) const;
  /// And for what is made of neighbours (compounds, pairs), without order.
  template <class Use>
  void each_extra(DocumentId number, Use use) const;
  /// How much says that a word is there: ln(1 + (N - n + ½) / (n + ½)), Robertson and Sparck Jones as in Lucene.
  float weight(std::size_t documents_with_it) const;
  /// So much was removed that it is worth making anew.
  bool is_worn() const { return entries_.size() > 1000 && documents() * 3 < entries_.size() * 2; }
  std::size_t bytes() const;

 private:
  struct Seen {
    WordId word;
    Counts counts;
  };
  void note(WordId word, Field field, std::uint32_t languages);
  std::vector<Entry> entries_;
  std::unordered_map<std::int64_t, DocumentId> numbers_;
  std::vector<std::string> kinds_;
  Words words_;
  Columns columns_;
  Arena arena_;
  // While a document is put in:
  std::vector<Seen> seen_;
  std::vector<std::uint32_t> place_;  ///< by word, its place in seen_ + 1
};

template <class Use>
void Index::each_word(DocumentId number, Use use) const {
  const std::uint8_t* at = entries_[number].words.data();
  for (unsigned field = 0; field < transcript_field; ++field) {
    for (std::uint32_t left = read_number(at); left > 0; --left) use(static_cast<Field>(field), WordId{read_number(at)});
  }
}

template <class Use>
void Index::each_extra(DocumentId number, Use use) const {
  const std::uint8_t* at = entries_[number].words.data();
  for (unsigned field = 0; field < transcript_field; ++field) {
    for (std::uint32_t left = read_number(at); left > 0; --left) read_number(at);
  }
  for (std::uint32_t left = read_number(at); left > 0; --left) use(WordId{read_number(at)});
}

}  // namespace confer::search
