// Tells speech, applause and silence apart.
#include "media/listening.h"
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>

namespace confer::media {

namespace {

constexpr std::ptrdiff_t half_window = moments_per_second / 2;

/// So that something that begins once does not look like syllables.
constexpr double most_move = 12;

struct Streak {
  std::ptrdiff_t first = 0, end = 0;
};

/// Runs of moments for which `is` holds.
std::vector<Streak> runs_of(std::ptrdiff_t count, const std::function<bool(std::ptrdiff_t)>& is) {
  std::vector<Streak> out;
  for (std::ptrdiff_t i = 0; i < count; ++i) {
    if (!is(i)) continue;
    if (!out.empty() && out.back().end == i)
      ++out.back().end;
    else
      out.push_back({i, i + 1});
  }
  return out;
}

/// Joins runs that lie closer, and leaves out what is shorter then. Both in moments.
std::vector<Streak> tidy(const std::vector<Streak>& runs, std::ptrdiff_t gap, std::ptrdiff_t least) {
  std::vector<Streak> out;
  for (const Streak& run : runs) {
    if (!out.empty() && run.first - out.back().end < gap)
      out.back().end = std::max(out.back().end, run.end);
    else
      out.push_back(run);
  }
  std::erase_if(out, [&](const Streak& run) { return run.end - run.first < least; });
  return out;
}

/// What a second around a moment is like.
struct Window {
  double active = 0, voiced = 0, bright = 0, spread = 0;
  double moves = 0;  ///< dB that the level changes by from moment to moment, of which one change counts `most_move` at most
};

class Ear {
 public:
  explicit Ear(Listening& listening) : listening_(listening), count_(static_cast<std::ptrdiff_t>(listening.moments.size())) {}

  void run() {
    std::vector<float> levels;
    for (const auto& moment : listening_.moments) levels.push_back(moment.level_db);
    const auto tenth = levels.begin() + static_cast<std::ptrdiff_t>(levels.size() / 10);
    std::ranges::nth_element(levels, tenth);
    listening_.floor_db = std::clamp<double>(*tenth, -75, -40);
    threshold_ = static_cast<float>(std::max(listening_.floor_db + 9, -58.0));
    windows_.resize(static_cast<std::size_t>(count_));
    for (std::ptrdiff_t i = 0; i < count_; ++i) windows_[static_cast<std::size_t>(i)] = window(i);
    const auto clapping = applause();
    const auto is_clapped = [&](std::ptrdiff_t i) { return std::ranges::any_of(clapping, [&](const Streak& run) { return i >= run.first && i < run.end; }); };
    std::vector<bool> clapped(static_cast<std::size_t>(count_));
    for (std::ptrdiff_t i = 0; i < count_; ++i) clapped[static_cast<std::size_t>(i)] = is_clapped(i);
    auto spoken = runs_of(count_, [&](std::ptrdiff_t i) {
      const Window& w = windows_[static_cast<std::size_t>(i)];
      const bool has_syllables = w.spread >= 3 && w.moves >= 1.5 && (w.voiced >= 0.15 || w.spread >= 5);
      return !clapped[static_cast<std::size_t>(i)] && w.active >= 0.25 && has_syllables;
    });
    for (Streak& run : spoken) trim(run, clapped);
    std::erase_if(spoken, [](const Streak& run) { return run.first >= run.end; });
    listening_.speech = told(tidy(spoken, moments_per_second * 3 / 2, moments_per_second * 3 / 5));
    listening_.applause = told(clapping);
    listening_.silences = told(tidy(runs_of(count_, [&](std::ptrdiff_t i) { return !is_active(i); }), 1, std::ptrdiff_t{2} * moments_per_second));
  }

 private:
  const Moment& at(std::ptrdiff_t i) const { return listening_.moments[static_cast<std::size_t>(i)]; }
  bool is_active(std::ptrdiff_t i) const { return at(i).level_db > threshold_; }
  bool is_noise(std::ptrdiff_t i) const { return is_active(i) && at(i).voiced < 0.45F && at(i).bright > 0.3F; }

  Window window(std::ptrdiff_t middle) const {
    Window out;
    const std::ptrdiff_t first = std::max<std::ptrdiff_t>(0, middle - half_window), end = std::min(count_, middle + half_window);
    double sum = 0, squares = 0, active = 0;
    for (std::ptrdiff_t i = first; i < end; ++i) {
      const double level = std::max<double>(at(i).level_db, listening_.floor_db);
      sum += level;
      squares += level * level;
      if (i > first) out.moves += std::min(most_move, std::fabs(level - std::max<double>(at(i - 1).level_db, listening_.floor_db)));
      if (!is_active(i)) continue;
      ++active;
      out.bright += at(i).bright;
      out.voiced += at(i).voiced > 0.6F && at(i).bright < 0.7F ? 1 : 0;
    }
    const auto count = static_cast<double>(end - first);
    out.spread = std::sqrt(std::max(0.0, squares / count - sum / count * sum / count));
    out.moves /= count;
    out.active = active / count;
    out.bright /= std::max(1.0, active);
    out.voiced /= std::max(1.0, active);
    return out;
  }

  std::vector<Streak> applause() const {
    auto runs = runs_of(count_, [&](std::ptrdiff_t i) {
      const Window& w = windows_[static_cast<std::size_t>(i)];
      return w.active >= 0.9 && w.voiced <= 0.1 && w.bright >= 0.35 && w.spread <= 3.5 && at(i).level_db > listening_.floor_db + 12;
    });
    // Windows at its ends hold what was before and after.
    for (Streak& run : runs) {
      while (run.first > 0 && is_noise(run.first - 1)) --run.first;
      while (run.end < count_ && is_noise(run.end)) ++run.end;
    }
    return tidy(runs, moments_per_second, moments_per_second * 3 / 2);
  }

  /// To the first and behind the last moment at which something is heard.
  void trim(Streak& run, const std::vector<bool>& clapped) const {
    const auto is_heard = [&](std::ptrdiff_t i) { return is_active(i) && !clapped[static_cast<std::size_t>(i)]; };
    while (run.first < run.end && !is_heard(run.first)) ++run.first;
    while (run.end > run.first && !is_heard(run.end - 1)) --run.end;
    if (run.first >= run.end) return;
    while (run.first > 0 && is_heard(run.first - 1)) --run.first;
    while (run.end < count_ && is_heard(run.end)) ++run.end;
  }

  std::vector<Heard> told(const std::vector<Streak>& runs) const {
    std::vector<Heard> out;
    const auto time = [&](std::ptrdiff_t i) { return listening_.from + static_cast<double>(i) / moments_per_second; };
    for (const Streak& run : runs) out.push_back({time(run.first), std::min(listening_.to, time(run.end))});
    return out;
  }

  Listening& listening_;
  std::ptrdiff_t count_;
  float threshold_ = -58;
  std::vector<Window> windows_;
};

}  // namespace

void understand(Listening& listening) {
  if (!listening.moments.empty()) Ear(listening).run();
}

void append(Listening& line, const Listening& part, double begins) {
  constexpr double border = 0.5;  // seconds: nearer pieces are one
  const double from = part.from + begins, to = part.to + begins;
  const bool is_first = line.to <= line.from;
  if (is_first) line.from = from;
  const auto moments_to = [&](double time) {
    return static_cast<std::size_t>(std::max<std::int64_t>(0, std::llround((time - line.from) * moments_per_second)));
  };
  const double before = is_first ? 0 : line.to - line.from, after = to - from, share = after / std::max(1e-9, before + after);
  const auto power = [](double db) { return std::pow(10, db / 10); };
  const auto mixed = [&](double one, double other) {
    return std::max(-120.0, 10 * std::log10(std::max(1e-12, (1 - share) * power(one) + share * power(other))));
  };
  line.level_left = mixed(line.level_left, part.level_left);
  line.level_right = mixed(line.level_right, part.level_right);
  line.correlation += share * (part.correlation - line.correlation);
  line.floor_db = is_first ? part.floor_db : line.floor_db + share * (part.floor_db - line.floor_db);
  line.has_sound = line.has_sound || part.has_sound;
  line.moments.resize(moments_to(from));
  line.moments.insert(line.moments.end(), part.moments.begin(), part.moments.end());
  line.moments.resize(moments_to(to));
  const auto add = [&](std::vector<Heard>& list, const std::vector<Heard>& more) {
    for (const auto& one : more) {
      if (!list.empty() && one.from + begins - list.back().to < border)
        list.back().to = one.to + begins;
      else
        list.push_back({one.from + begins, one.to + begins});
    }
  };
  add(line.speech, part.speech);
  add(line.applause, part.applause);
  add(line.silences, part.silences);
  for (const auto& one : part.changes) line.changes.push_back({one.after + begins, one.at + begins, one.share});
  line.cpu_sound += part.cpu_sound;
  line.cpu_picture += part.cpu_picture;
  line.to = to;
}

std::vector<Change> find_changes(const std::vector<KeyLook>& looks) {
  std::vector<double> shares;
  for (std::size_t i = 1; i < looks.size(); ++i) shares.push_back(looks[i].share);
  if (shares.empty()) return {};
  const auto middle = shares.begin() + static_cast<std::ptrdiff_t>(shares.size() / 2);
  std::ranges::nth_element(shares, middle);
  // A speaker who walks changes some of the picture all the time.
  const double least = std::clamp(3 * *middle, 0.1, 0.6);
  std::vector<Change> out;
  for (std::size_t i = 1; i < looks.size(); ++i)
    if (looks[i].share >= least) out.push_back({looks[i - 1].at, looks[i].at, looks[i].share});
  return out;
}

}  // namespace confer::media
