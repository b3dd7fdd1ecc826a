// Two ways to find a clock error: votes for an exact offset, and whole hours (clock_guess.h).
#include "footage/clock_guess.h"
#include <algorithm>
#include <array>
#include <cmath>
#include <set>

namespace confer::footage {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

constexpr seconds one_recording{60};  ///< files that follow each other within this
constexpr seconds exact{5};           ///< a machine starts and stops by the schedule
constexpr hours furthest{14};         ///< zones lie between −12 and +14 hours
constexpr seconds near_enough{1800};  ///< people start and stop by hand
constexpr std::size_t fewest_votes = 3, most_looked_at = 200;
constexpr double least_confidence = 0.2;
constexpr seconds same_sound{2};  ///< starts that names tell are whole seconds
constexpr double once_heard = 0.75, twice_heard = 0.95;

std::vector<Span> joined(std::vector<Span> spans) {
  std::ranges::sort(spans, {}, &Span::from);
  std::vector<Span> out;
  for (const auto& span : spans) {
    if (!out.empty() && span.from - out.back().to <= one_recording)
      out.back().to = std::max(out.back().to, span.to);
    else
      out.push_back(span);
  }
  if (out.size() > most_looked_at) out.erase(out.begin(), out.end() - most_looked_at);
  return out;
}

/// The slots around the recordings.
std::vector<Span> around(const std::vector<Span>& recordings, std::vector<Span> slots) {
  const Instant from = recordings.front().from - furthest - hours(2);
  Instant to = from;
  for (const auto& r : recordings) to = std::max<Instant>(to, r.to + furthest + hours(2));
  std::erase_if(slots, [&](const Span& s) { return s.to <= from || s.from >= to || s.to <= s.from; });
  std::ranges::sort(slots, {}, &Span::from);
  return slots;
}

/// How far the nearest of sorted `times` is.
milliseconds nearest(const std::vector<Instant>& times, Instant at) {
  const auto next = std::ranges::lower_bound(times, at);
  milliseconds best = milliseconds::max();
  if (next != times.end()) best = *next - at;
  if (next != times.begin()) best = std::min<milliseconds>(best, at - *std::prev(next));
  return best;
}

struct Edges {
  std::vector<Instant> starts, ends;
  explicit Edges(const std::vector<Span>& slots) {
    for (const auto& s : slots) {
      starts.push_back(s.from);
      ends.push_back(s.to);
    }
    std::ranges::sort(ends);
  }
};

/// Recordings that begin and end with a slot to within seconds under this offset.
int votes(const std::vector<Span>& recordings, const Edges& edges, milliseconds offset) {
  int count = 0;
  for (const auto& r : recordings)
    if (nearest(edges.starts, r.from + offset) <= exact && nearest(edges.ends, r.to + offset) <= exact) ++count;
  return count;
}

std::optional<ClockGuess> by_votes(const std::vector<Span>& recordings, const std::vector<Span>& slots, const Edges& edges) {
  if (recordings.size() < fewest_votes) return std::nullopt;
  std::set<milliseconds> candidates;
  for (const auto& r : recordings)
    for (const auto& s : slots) {
      const milliseconds by_start = s.from - r.from;
      if (std::chrono::abs(by_start) <= furthest && std::chrono::abs((s.to - r.to) - by_start) <= exact)
        candidates.insert(std::chrono::round<seconds>(by_start));
    }
  int best_votes = 0, second_votes = 0;
  milliseconds best{0};
  for (const auto candidate : candidates) {
    const int n = votes(recordings, edges, candidate);
    if (n > best_votes || (n == best_votes && std::chrono::abs(candidate) < std::chrono::abs(best))) {
      best_votes = n;
      best = candidate;
    }
  }
  if (static_cast<std::size_t>(best_votes) < fewest_votes || best_votes * 2 < static_cast<int>(recordings.size())) return std::nullopt;
  // The middle of what the voters say, not what the first of them said.
  std::vector<milliseconds> said;
  for (const auto& r : recordings)
    for (const auto& s : slots)
      if (std::chrono::abs((s.from - r.from) - best) <= exact && std::chrono::abs((s.to - r.to) - best) <= exact) said.push_back(s.from - r.from);
  std::ranges::sort(said);
  for (const auto candidate : candidates)
    if (std::chrono::abs(candidate - best) > 2 * exact) second_votes = std::max(second_votes, votes(recordings, edges, candidate));
  const double all = static_cast<double>(recordings.size()), ratio = static_cast<double>(second_votes) / best_votes;
  // Talks at every full hour fit an hour later almost as well: the squares keep a lead of one talk in eight from looking like certainty.
  return ClockGuess{.offset = std::chrono::round<seconds>(said.empty() ? best : said[said.size() / 2]),
                    .confidence = best_votes / all * (1 - ratio * ratio),
                    .agreeing = best_votes,
                    .heard_with = {}};
}

double score(const std::vector<Span>& recordings, const std::vector<Span>& slots, const Edges& edges, milliseconds offset) {
  double common = 0, all = 0, closeness = 0;
  for (const auto& s : slots) all += static_cast<double>(s.length().count());
  for (const auto& r : recordings) {
    all += static_cast<double>(r.length().count());
    for (const auto& s : slots) {
      const auto both = std::min<Instant>(s.to, r.to + offset) - std::max<Instant>(s.from, r.from + offset);
      if (both.count() > 0) common += static_cast<double>(both.count());
    }
    const auto close = [](milliseconds d) {
      return std::max(0.0, 1 - static_cast<double>(d.count()) / static_cast<double>(milliseconds(near_enough).count()));
    };
    closeness += close(nearest(edges.starts, r.from + offset)) + close(nearest(edges.ends, r.to + offset));
  }
  return common / all + closeness / (4 * static_cast<double>(recordings.size()));
}

std::optional<ClockGuess> by_hours(const std::vector<Span>& recordings, const std::vector<Span>& slots, const Edges& edges) {
  constexpr double as_good = 1e-6;
  const double unmoved = score(recordings, slots, edges, milliseconds(0));
  double best = unmoved, second = 0;
  milliseconds offset{0};
  for (auto h = -furthest; h <= furthest; ++h) {
    const double s = score(recordings, slots, edges, h);
    if (s > best + as_good || (s > best - as_good && std::chrono::abs(milliseconds(h)) < std::chrono::abs(offset))) {
      best = s;
      offset = h;
    }
  }
  for (auto h = -furthest; h <= furthest; ++h)
    if (h != offset) second = std::max(second, score(recordings, slots, edges, h));
  if (offset.count() == 0) return std::nullopt;
  return ClockGuess{.offset = offset, .confidence = std::clamp(2 * (best - second) / best, 0.0, 0.95), .agreeing = 0, .heard_with = {}};
}

}  // namespace

std::optional<ClockGuess> guess_offset(const std::vector<Span>& told, const std::vector<Span>& planned) {
  auto recordings = told;
  std::erase_if(recordings, [](const Span& s) { return s.to <= s.from; });
  recordings = joined(std::move(recordings));
  if (recordings.empty()) return std::nullopt;
  const auto slots = around(recordings, planned);
  if (slots.empty()) return std::nullopt;
  const Edges edges(slots);
  auto guess = by_votes(recordings, slots, edges);
  if (!guess) guess = by_hours(recordings, slots, edges);
  if (!guess || guess->confidence < least_confidence) return std::nullopt;
  if (std::chrono::abs(guess->offset) < seconds(1)) return std::nullopt;
  return guess;
}

std::optional<ClockGuess> guess_offset(std::vector<milliseconds> behind) {
  if (behind.empty()) return std::nullopt;
  std::ranges::sort(behind);
  const milliseconds middle = behind[behind.size() / 2];
  const auto agreeing = std::ranges::count_if(behind, [&](milliseconds one) { return std::chrono::abs(one - middle) <= same_sound; });
  const double share = static_cast<double>(agreeing) / static_cast<double>(behind.size());
  if (share <= 0.5 || std::chrono::abs(middle) < seconds(1)) return std::nullopt;
  return ClockGuess{
      .offset = middle, .confidence = share * (agreeing > 1 ? twice_heard : once_heard), .agreeing = static_cast<int>(agreeing), .heard_with = {}};
}

std::string clock_error_in_words(milliseconds offset) {
  if (offset.count() == 0) return "right";
  return duration_in_words(std::chrono::abs(offset)) + (offset.count() < 0 ? " ahead" : " behind");
}

std::string_view confidence_in_words(double confidence) {
  constexpr double certain = 0.8, likely = 0.5;
  if (confidence >= certain) return "almost certain";
  return confidence >= likely ? "likely" : "a guess";
}

}  // namespace confer::footage
