// Words of titles, and when two of them are nearly one. Rules, for matching.h.
#pragma once
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace confer::recordings {

/// Words that every title has: they say little.
const std::set<std::string_view>& small_words();
/// The words of a text: folded; in scripts without spaces, pairs of characters.
std::vector<std::string> words_of(std::string_view text);
bool has_digit(std::string_view word);
/// How much a word of a video says a talk's word: 1 for the same one, less for one that is almost it.
double likeness(std::string_view a, std::string_view b);

}  // namespace confer::recordings
