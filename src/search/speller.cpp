// Which word may have been meant.
#include "search/speller.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace confer::search {
namespace {

/// Our words are at most 64 bytes.
constexpr std::size_t longest = 64;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

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

Speller::Speller(const std::unordered_map<std::string, std::int64_t>& words) : words_(words.begin(), words.end()) { std::ranges::sort(words_); }

bool Speller::knows(std::string_view word) const {
  const auto found = std::ranges::lower_bound(words_, word, {}, [](const auto& entry) { return std::string_view(entry.first); });
  return found != words_.end() && found->first == word;
}

bool Speller::knows_prefix(std::string_view prefix) const {
  const auto found = std::ranges::lower_bound(words_, prefix, {}, [](const auto& entry) { return std::string_view(entry.first); });
  return found != words_.end() && found->first.starts_with(prefix);
}

std::optional<std::string> Speller::nearest(std::string_view word) const {
  const std::size_t length = characters(word);
  if (length < 3) return std::nullopt;
  int most = length <= 4 ? 1 : 2;
  const std::pair<std::string, std::int64_t>* best = nullptr;
  for (const auto& entry : words_) {
    const int distance = edit_distance(word, entry.first, most);
    if (distance > most || distance == 0) continue;
    if (best == nullptr || distance < most || entry.second > best->second) best = &entry;
    most = distance;  // from here on only as near ones are of interest
  }
  if (best == nullptr) return std::nullopt;
  return best->first;
}

}  // namespace confer::search
