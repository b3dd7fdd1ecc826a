// Weighs beginnings and ends.
#include "media/propose.h"
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace confer::media {

namespace {

/// Pauses that a speaker makes within a talk.
constexpr double pause_seconds = 4;
/// Somebody who tests a microphone is done earlier.
constexpr double least_talking = 8;

/// Speech with its pauses.
std::vector<Heard> talking(const Listening& listening) {
  std::vector<Heard> out;
  for (const auto& speech : listening.speech) {
    if (!out.empty() && speech.from - out.back().to < pause_seconds)
      out.back().to = speech.to;
    else
      out.push_back(speech);
  }
  std::erase_if(out, [](const Heard& heard) { return heard.length() < least_talking; });
  return out;
}

struct Candidate {
  double at = 0, score = 0;
  std::vector<std::string> because;
  void add(double points, const char* why) {
    score += points;
    because.emplace_back(why);
  }
};

/// 1 at the plan, 0 at the edge of the search.
double nearness(double at, double planned, const ProposeWish& wish) {
  const double off = at - planned;
  return std::clamp(1 - std::fabs(off) / (off < 0 ? wish.early : wish.late), 0.0, 1.0);
}

bool is_within(double at, double planned, const ProposeWish& wish) { return at >= planned - wish.early && at <= planned + wish.late; }

Proposed choose(const std::vector<Candidate>& candidates, double planned, const char* otherwise, double confidence) {
  const auto best = std::ranges::max_element(candidates, {}, &Candidate::score);
  if (best == candidates.end() || best->score <= confidence) return {planned, confidence, {otherwise}};
  return {best->at, std::clamp(best->score, 0.0, 0.95), best->because};
}

Proposed begin(const Listening& listening, const std::vector<Heard>& talks, const ProposeWish& wish) {
  std::vector<Candidate> candidates;
  double before_ends = -std::numeric_limits<double>::infinity();
  for (const auto& talk : talks) {
    const double quiet = talk.from - std::max(before_ends, listening.from);
    const double lead = std::min(wish.lead, std::max(0.0, quiet / 2));
    before_ends = talk.to;
    if (!is_within(talk.from, wish.begins, wish)) continue;
    Candidate candidate{talk.from - lead, 0.3 + 0.25 * nearness(talk.from, wish.begins, wish), {"Somebody begins to speak."}};
    if (quiet >= 10)
      candidate.add(0.2, "Nobody spoke before.");
    else if (quiet < 1)
      candidate.add(-0.2, "The recording begins there.");
    if (talk.to < wish.begins + 60 && talk.length() < 120)
      candidate.add(-0.3, "It is over soon.");
    else if (talk.length() >= 120)
      candidate.add(0.1, "It goes on.");
    if (std::ranges::any_of(listening.changes, [&](const Change& change) { return change.at >= talk.from - 30 && change.after <= talk.from + 30; }))
      candidate.add(0.1, "The picture changes about then.");
    if (std::ranges::any_of(listening.applause, [&](const Heard& clap) { return clap.from >= talk.from - 10 && clap.from <= talk.from + 120; }))
      candidate.add(0.1, "Applause greets the speaker.");
    candidates.push_back(std::move(candidate));
  }
  const bool goes_on = std::ranges::any_of(talks, [&](const Heard& talk) { return talk.from < wish.begins && talk.to > wish.begins; });
  return choose(candidates, std::clamp(wish.begins, listening.from, listening.to),
                goes_on ? "Somebody speaks from before the planned beginning on." : "Nobody is heard who begins to speak near the planned beginning.",
                goes_on ? 0.3 : 0.1);
}

Proposed end(const Listening& listening, const std::vector<Heard>& talks, double begins, const ProposeWish& wish) {
  std::vector<Candidate> candidates;
  const auto quiet_after = [&](double at) {
    for (const auto& talk : talks)
      if (talk.to > at + pause_seconds) return std::max(0.0, talk.from - at);
    return listening.to - at;
  };
  const auto add = [&](double at, double score, const char* what) {
    if (!is_within(at, wish.ends, wish) || at <= begins + least_talking) return;
    const double quiet = quiet_after(at);
    Candidate candidate{std::min(at + std::min(wish.tail, std::max(0.0, quiet / 2)), listening.to), score + 0.25 * nearness(at, wish.ends, wish), {what}};
    if (quiet >= 10) candidate.add(0.2, "Nobody speaks after.");
    if (std::ranges::any_of(listening.changes, [&](const Change& change) { return change.at >= at - 5 && change.after <= at + 60; }))
      candidate.add(0.05, "The picture changes about then.");
    candidates.push_back(std::move(candidate));
  };
  for (const auto& clap : listening.applause) add(clap.to, 0.5, "Applause ends.");
  for (const auto& talk : talks) {
    if (talk.to > listening.to - 1) continue;  // the recording ends, not the talk
    // Applause that comes at once is the end.
    const bool is_clapped = std::ranges::any_of(listening.applause, [&](const Heard& clap) { return clap.from >= talk.to - 2 && clap.from <= talk.to + 10; });
    if (!is_clapped) add(talk.to, 0.25, "The last words are spoken.");
  }
  const bool goes_on = std::ranges::any_of(talks, [&](const Heard& talk) { return talk.from < wish.ends && talk.to > wish.ends; });
  return choose(candidates, std::clamp(std::max(wish.ends, begins), listening.from, listening.to),
                goes_on ? "Somebody speaks on behind the planned end." : "Nothing is heard that ends near the planned end.", goes_on ? 0.3 : 0.1);
}

}  // namespace

Proposal propose(const Listening& listening, const ProposeWish& wish) {
  const auto talks = talking(listening);
  Proposal out;
  out.begins = begin(listening, talks, wish);
  out.ends = end(listening, talks, out.begins.at, wish);
  return out;
}

}  // namespace confer::media
