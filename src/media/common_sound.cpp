// Correlation of levels: coarse over all lags by FFT, then fine around the best one (common_sound.h).
#include "media/common_sound.h"
#include <algorithm>
#include <cmath>
#include <complex>
#include <memory>
#include <numeric>
extern "C" {
#include <libavutil/tx.h>
}
#include "media/listening.h"

namespace confer::media {
namespace {

constexpr int coarse = 4;  ///< moments in one value: five values a second
constexpr int coarse_per_second = moments_per_second / coarse;
constexpr std::size_t longest = std::size_t{1} << 16U;  ///< values of one recording, 3 h 38 min: the transform of libavutil takes twice as many
constexpr std::size_t least_common = 60 * coarse_per_second;
constexpr std::size_t around = 5 * coarse_per_second;  ///< what is louder than these seconds before and after
constexpr float floor_db = -70, most_db = 20;
constexpr double least_likeness = 0.35, least_score = 8, most_doubt = 0.7;
constexpr int first_character = 33, silent_db = -90;

using Values = std::vector<float>;

/// How far the level is above what it is around there: recorders differ in how loud they are, and rooms hum.
Values movement(const Levels& levels, std::size_t reach, int join) {
  const auto step = static_cast<std::size_t>(join);
  Values values(levels.size() / step);
  for (std::size_t i = 0; i < values.size(); ++i) {
    float sum = 0;
    for (std::size_t k = 0; k < step; ++k) sum += std::max(levels[i * step + k], floor_db);
    values[i] = sum / static_cast<float>(step);
  }
  std::vector<double> until(values.size() + 1, 0);
  for (std::size_t i = 0; i < values.size(); ++i) until[i + 1] = until[i] + values[i];
  Values moves(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::size_t from = i > reach ? i - reach : 0, to = std::min(values.size(), i + reach + 1);
    const double mean = (until[to] - until[from]) / static_cast<double>(to - from);
    moves[i] = std::clamp(static_cast<float>(values[i] - mean), -most_db, most_db);
  }
  return moves;
}

class Transform {
 public:
  Transform(std::size_t size, bool is_inverse) : size_(size) {
    const float scale = 1;
    if (av_tx_init(&context_, &run_, AV_TX_FLOAT_FFT, is_inverse ? 1 : 0, static_cast<int>(size), &scale, AV_TX_UNALIGNED) < 0) run_ = nullptr;
  }
  ~Transform() { av_tx_uninit(&context_); }
  Transform(const Transform&) = delete;
  Transform& operator=(const Transform&) = delete;
  bool is_there() const { return run_ != nullptr; }
  std::vector<std::complex<float>> operator()(std::vector<std::complex<float>> in) const {
    std::vector<std::complex<float>> out(size_);
    run_(context_, out.data(), in.data(), sizeof(std::complex<float>));
    return out;
  }

 private:
  AVTXContext* context_ = nullptr;
  av_tx_fn run_ = nullptr;
  std::size_t size_;
};

std::vector<std::complex<float>> padded(const Values& values, std::size_t size) {
  std::vector<std::complex<float>> out(size);
  std::ranges::copy(values, out.begin());
  return out;
}

/// Energy until each value.
std::vector<double> energy(const Values& values) {
  std::vector<double> until(values.size() + 1, 0);
  for (std::size_t i = 0; i < values.size(); ++i) until[i + 1] = until[i] + static_cast<double>(values[i]) * values[i];
  return until;
}

struct Fit {
  std::ptrdiff_t lag = 0;
  double likeness = 0, score = 0;  ///< score: likeness in its standard deviations, were they not alike
  std::size_t common = 0;
};

/// `other` moved by `lag` lies on `one` from here to there (in values of `one`).
std::pair<std::size_t, std::size_t> overlap(std::size_t one, std::size_t other, std::ptrdiff_t lag) {
  const auto from = std::max<std::ptrdiff_t>(0, lag);
  const auto to = std::min(static_cast<std::ptrdiff_t>(one), static_cast<std::ptrdiff_t>(other) + lag);
  return {static_cast<std::size_t>(from), static_cast<std::size_t>(std::max(from, to))};
}

/// The fits of all lags, in any order.
std::vector<Fit> fits(const Values& one, const Values& other) {
  const std::size_t size = std::size_t{2} * longest;
  const Transform forward(size, false), back(size, true);
  if (!forward.is_there() || !back.is_there()) return {};
  auto product = forward(padded(one, size));
  const auto second = forward(padded(other, size));
  for (std::size_t i = 0; i < size; ++i) product[i] *= std::conj(second[i]);
  const auto sums = back(std::move(product));
  const auto energy_one = energy(one), energy_other = energy(other);
  std::vector<Fit> found;
  for (auto lag = 1 - static_cast<std::ptrdiff_t>(other.size()); lag < static_cast<std::ptrdiff_t>(one.size()); ++lag) {
    const auto [from, to] = overlap(one.size(), other.size(), lag);
    if (to - from < least_common) continue;
    const auto in_other = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(from) - lag);
    const double power = (energy_one[to] - energy_one[from]) * (energy_other[in_other + (to - from)] - energy_other[in_other]);
    if (power <= 0) continue;
    const double sum = sums[lag < 0 ? size - static_cast<std::size_t>(-lag) : static_cast<std::size_t>(lag)].real() / static_cast<double>(size);
    const double likeness = sum / std::sqrt(power);
    found.push_back({.lag = lag, .likeness = likeness, .score = likeness * std::sqrt(static_cast<double>(to - from)), .common = to - from});
  }
  return found;
}

double likeness_at(const Values& one, const Values& other, std::ptrdiff_t lag) {
  const auto [from, to] = overlap(one.size(), other.size(), lag);
  double sum = 0, power_one = 0, power_other = 0;
  for (std::size_t i = from; i < to; ++i) {
    const double a = one[i], b = other[static_cast<std::size_t>(static_cast<std::ptrdiff_t>(i) - lag)];
    sum += a * b;
    power_one += a * a;
    power_other += b * b;
  }
  return power_one > 0 && power_other > 0 ? sum / std::sqrt(power_one * power_other) : 0;
}

Levels shortened(const Levels& levels) { return {levels.begin(), levels.begin() + static_cast<std::ptrdiff_t>(std::min(levels.size(), longest * coarse))}; }

}  // namespace

std::optional<CommonSound> find_common_sound(const Levels& one_told, const Levels& other_told) {
  const Levels one = shortened(one_told), other = shortened(other_told);
  const Values coarse_one = movement(one, around, coarse), coarse_other = movement(other, around, coarse);
  if (std::min(coarse_one.size(), coarse_other.size()) < least_common) return std::nullopt;
  const auto all = fits(coarse_one, coarse_other);
  if (all.empty()) return std::nullopt;
  const Fit best = *std::ranges::max_element(all, {}, &Fit::score);
  if (best.likeness < least_likeness || best.score < least_score) return std::nullopt;
  constexpr std::ptrdiff_t beside = 2 * coarse_per_second;
  for (const auto& fit : all)
    if (std::abs(fit.lag - best.lag) > beside && fit.score > most_doubt * best.score) return std::nullopt;
  // To a twentieth of a second.
  const Values fine_one = movement(one, around * coarse, 1), fine_other = movement(other, around * coarse, 1);
  std::ptrdiff_t lag = best.lag * coarse;
  double likeness = -1;
  for (auto tried = (best.lag - 1) * coarse; tried <= (best.lag + 1) * coarse; ++tried)
    if (const double now = likeness_at(fine_one, fine_other, tried); now > likeness) {
      likeness = now;
      lag = tried;
    }
  return CommonSound{
      .lag = static_cast<double>(lag) / moments_per_second, .likeness = best.likeness, .common = static_cast<double>(best.common) / coarse_per_second};
}

std::string to_text(const Levels& levels) {
  std::string text;
  text.reserve(levels.size());
  for (const float level : levels) text += static_cast<char>(first_character + std::lround(std::clamp(level, static_cast<float>(silent_db), 0.0F)) - silent_db);
  return text;
}

Levels read_levels(std::string_view text) {
  Levels levels;
  levels.reserve(text.size());
  for (const char c : text) levels.push_back(static_cast<float>(std::clamp(static_cast<int>(c) - first_character + silent_db, silent_db, 0)));
  return levels;
}

}  // namespace confer::media
