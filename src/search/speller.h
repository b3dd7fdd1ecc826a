// Which word may have been meant: edit distance over the words that exist.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace confer::search {

/// The words of all documents. Built once, then only read: any thread.
class Speller {
 public:
  /// Word → in how many documents.
  explicit Speller(const std::unordered_map<std::string, std::int64_t>& words);
  bool knows(std::string_view word) const;
  bool knows_prefix(std::string_view prefix) const;
  /// The nearest word within 2 edits (1 for words of up to 4 characters, none below 3); among equally near ones that of most documents, then by alphabet.
  std::optional<std::string> nearest(std::string_view word) const;
  std::size_t size() const { return words_.size(); }

 private:
  std::vector<std::pair<std::string, std::int64_t>> words_;  ///< sorted
};

/// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment) between two texts, by characters; more than `most` is `most + 1`.
int edit_distance(std::string_view a, std::string_view b, int most);

}  // namespace confer::search
