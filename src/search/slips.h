// Slips of the keyboard that make another word which some document happens to have: pure.
#pragma once
#include <cstddef>
#include <string_view>

namespace confer::search {

/// How many times as many documents must have `meant` as have `typed` before the one is taken for a slip of the other; 0: it is none. Both are folded words.
/// A letter is missing, doubled, another, or stands at another place; the first is right, and endings are left to inflection.
std::size_t times_as_frequent(std::string_view typed, std::string_view meant);

}  // namespace confer::search
