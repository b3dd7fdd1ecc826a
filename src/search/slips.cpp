// Slips of the keyboard.
#include "search/slips.h"

#include <algorithm>
#include <string>

#include "search/words.h"

namespace confer::search {
namespace {

/// Chosen by reading which rare words of 18,774 talks stand beside a frequent one, 2026-11-30: a swap of letters is hardly ever a word of its own, a letter
/// missing seldom, another letter or one more often ("trucks" and "tracks", "clover" and "cover"). The shorter the word, the likelier another one.
constexpr std::size_t shortest_slip = 5, long_from = 7, very_long_from = 9, shortest_moved = 6;
constexpr std::size_t swapped_long = 30, swapped_short = 100, missing_long = 60, missing_short = 150, other_letter = 100, moved_letter = 500;

bool is_plain_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_vowel(char c) { return std::string_view("aeiouy").contains(c); }

/// `longer` without its letter at `at`, and whether that letter stands there twice.
struct Dropped {
  bool fits = false, doubled = false;
};
Dropped dropped_from(std::string_view longer, std::string_view shorter) {
  const auto at = static_cast<std::size_t>(std::ranges::mismatch(longer, shorter).in1 - longer.begin());
  return {longer.substr(at + 1) == shorter.substr(at), at > 0 && longer[at] == longer[at - 1]};
}

std::size_t slip_of_same_length(std::string_view typed, std::string_view meant) {
  const auto first = static_cast<std::size_t>(std::ranges::mismatch(typed, meant).in1 - typed.begin());
  const bool is_long = typed.size() >= long_from;
  if (typed.substr(first + 1) == meant.substr(first + 1)) {
    if (first + 1 == typed.size()) return 0;
    const bool vowels = is_vowel(typed[first]) && is_vowel(meant[first]);
    return typed.size() >= (vowels ? long_from : very_long_from) ? other_letter : 0;
  }
  if (typed[first] == meant[first + 1] && typed[first + 1] == meant[first] && typed.substr(first + 2) == meant.substr(first + 2))
    return is_long ? swapped_long : swapped_short;
  constexpr int moved = 2;
  if (typed.size() < shortest_moved || edit_distance(typed, meant, moved) > moved) return 0;
  std::string a(typed), b(meant);
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b ? moved_letter : 0;
}

}  // namespace

std::size_t times_as_frequent(std::string_view typed, std::string_view meant) {
  if (typed.size() < shortest_slip || typed == meant || typed[0] != meant[0]) return 0;
  if (!std::ranges::all_of(typed, is_plain_letter) || !std::ranges::all_of(meant, is_plain_letter)) return 0;
  if (typed.starts_with(meant) || meant.starts_with(typed)) return 0;
  if (typed.size() == meant.size()) return slip_of_same_length(typed, meant);
  const bool is_long = typed.size() >= long_from;
  if (typed.size() + 1 == meant.size()) return !dropped_from(meant, typed).fits ? 0 : is_long ? missing_long : missing_short;
  if (typed.size() != meant.size() + 1) return 0;
  const auto [fits, doubled] = dropped_from(typed, meant);
  if (!fits) return 0;
  if (doubled) return is_long ? missing_long : missing_short;
  return typed.size() >= very_long_from ? other_letter : 0;
}

}  // namespace confer::search
