// A recorder's clock error, guessed from when its recordings begin and end and when the schedule says that talks do, or from what another recorder heard as
// well.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "footage/coverage.h"

namespace confer::footage {

struct ClockGuess {
  milliseconds offset{};   ///< to be added to the times that were given
  double confidence = 0;   ///< 0 … 1
  int agreeing = 0;        ///< recordings whose beginning or end fits to within seconds, or that heard the same; 0: only whole hours were compared
  std::string heard_with;  ///< the recorder that heard the same; empty: from the schedule
  bool operator==(const ClockGuess&) const = default;
};

/// `recordings` by the recorder's clock, as far as it is corrected already. Recordings that follow each other within a minute count as one.
/// First offsets are sought under which beginnings and ends fall on those of slots to within 5 s, of three recordings at least; else whole hours are compared
/// by how much of the slots is covered and how near edges lie. Nothing when the clock seems right, or nothing speaks for one offset rather than another.
std::optional<ClockGuess> guess_offset(const std::vector<Span>& recordings, const std::vector<Span>& slots);

/// From how far recordings of this recorder are behind those of another one that heard the same, pair by pair. Nothing when they do not agree to within two
/// seconds mostly, or the clock seems right. `heard_with` is left empty.
std::optional<ClockGuess> guess_offset(std::vector<milliseconds> behind);

/// "1 h 00 m 03 s ahead", "12 s behind", "right".
std::string clock_error_in_words(milliseconds offset);
/// "almost certain", "likely", "a guess".
std::string_view confidence_in_words(double confidence);

}  // namespace confer::footage
