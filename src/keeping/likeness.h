// Which printed names may be one person's: pure rules over all names of the archive. They propose; a person decides.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "ids/ids.h"

namespace confer::keeping {

struct PrintedName {
  SpeakerId id;
  std::string name;
  std::int64_t talks = 0;
};

/// Why two names are proposed.
enum class Likeness : unsigned char {
  spelling = 0,  ///< the same but for case, accents, punctuation and blanks: "Rene Dudfield", "René Dudfield"
  addition = 1,  ///< but for what stands in parentheses, and titles: "Ada Lovelace (she/her)", "Dr. Ada Lovelace"
  order = 2,     ///< but for the order: "Lovelace, Ada"
  initials = 3,  ///< first names are initials, or left out behind the first one: "A. Lovelace", "Ada K. Lovelace"
};
std::string_view words_of(Likeness likeness);

struct LikelyPair {
  SpeakerId stays, goes;  ///< `stays`: a plain name rather than one turned or with additions; else with more talks, the longer, the first
  Likeness why = Likeness::spelling;
  bool operator==(const LikelyPair&) const = default;
};

/// "Various speakers", "Panel", "TBA", "???": nobody's name.
bool is_nobody(std::string_view name);
/// Each pair once, in the order of the ids, whatever the order of the names. Of several names that differ only in spelling each is paired with the
/// one that stays. An initial that would fit more than `most_for_an_initial` people says nothing, and is left out.
std::vector<LikelyPair> likely_same(std::span<const PrintedName> names);
inline constexpr std::size_t most_for_an_initial = 3;

}  // namespace confer::keeping
