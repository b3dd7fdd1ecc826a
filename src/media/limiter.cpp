// True peak and limiter: pure arithmetic on samples.
#include "media/limiter.h"
#include <algorithm>
#include <cmath>
#include <numbers>

namespace confer::media {

namespace {

constexpr std::size_t taps = 12, phases = 4;

/// A windowed sinc for the three places between two samples; phase 0 is the sample itself.
std::array<std::array<float, taps>, phases> interpolation() {
  std::array<std::array<float, taps>, phases> out{};
  for (std::size_t p = 0; p < phases; ++p) {
    double sum = 0;
    for (std::size_t t = 0; t < taps; ++t) {
      const double x = static_cast<double>(t) - (taps / 2.0 - 1) - static_cast<double>(p) / phases;
      const double sinc = x == 0 ? 1 : std::sin(std::numbers::pi * x) / (std::numbers::pi * x);
      const double window = 0.5 + 0.5 * std::cos(std::numbers::pi * x / (taps / 2.0));
      out[p][t] = static_cast<float>(sinc * window);
      sum += out[p][t];
    }
    for (auto& value : out[p]) value = static_cast<float>(value / sum);
  }
  return out;
}

}  // namespace

float TruePeak::next_block(const float* samples, std::size_t count, float enough) {
  static const auto weights = interpolation();
  float peak = 0;
  for (std::size_t i = 0; i < count; ++i) peak = std::max(peak, std::fabs(samples[i]));
  std::vector<float> all(before_.begin(), before_.end());
  all.insert(all.end(), samples, samples + count);
  const bool is_loud = peak >= enough || std::ranges::any_of(before_, [&](float v) { return std::fabs(v) >= enough; });
  if (is_loud) {
    for (std::size_t i = 0; i + taps <= all.size(); ++i)
      for (std::size_t p = 1; p < phases; ++p) {
        float value = 0;
        for (std::size_t t = 0; t < taps; ++t) value += weights[p][t] * all[i + t];
        peak = std::max(peak, std::fabs(value));
      }
  }
  std::copy(all.end() - static_cast<std::ptrdiff_t>(before_.size()), all.end(), before_.begin());
  return peak;
}

void Limiter::next(const float* left, const float* right, std::size_t count, float gain, std::array<std::vector<float>, 2>& out) {
  taken_ += count;
  take(left, right, count, gain, out);
}

void Limiter::take(const float* left, const float* right, std::size_t count, float gain, std::array<std::vector<float>, 2>& out) {
  for (std::size_t i = 0; i < count; ++i) {
    pending_[0].push_back(left[i] * gain);
    pending_[1].push_back(right[i] * gain);
    if (pending_[0].size() == block) take_block(out);
  }
}

void Limiter::take_block(std::array<std::vector<float>, 2>& out) {
  float peak = 0;
  for (std::size_t c = 0; c < 2; ++c) peak = std::max(peak, peaks_[c].next_block(pending_[c].data(), block, ceiling_ * 0.6F));
  wanted_.push_back(peak > ceiling_ ? ceiling_ / peak : 1);
  blocks_.push_back(pending_);
  for (auto& channel : pending_) channel.clear();
  if (blocks_.size() > ahead) {
    // The interpolation sees half a block late, so a block answers for its neighbours too.
    give_block(out, *std::ranges::min_element(wanted_));
    blocks_.erase(blocks_.begin());
    if (wanted_.size() > ahead + 1) wanted_.erase(wanted_.begin());
  }
}

void Limiter::give_block(std::array<std::vector<float>, 2>& out, float wanted) {
  if (given_ == 0) gain_ = wanted;
  // Down over this block, which is in time, since peaks are seen `ahead`; up by a fiftieth of the way a block.
  const float target = wanted < gain_ ? wanted : gain_ + (wanted - gain_) * 0.02F;
  least_ = std::min(least_, target);
  for (std::size_t c = 0; c < 2; ++c)
    for (std::size_t i = 0; i < block; ++i)
      out[c].push_back(blocks_.front()[c][i] * (gain_ + (target - gain_) * static_cast<float>(i + 1) / static_cast<float>(block)));
  given_ += block;
  gain_ = target;
}

void Limiter::finish(std::array<std::vector<float>, 2>& out) {
  const std::size_t left = taken_ - given_;
  const std::array<float, block> silence{};
  std::array<std::vector<float>, 2> rest;
  while (given_ < taken_) take(silence.data(), silence.data(), block, 1, rest);
  for (std::size_t c = 0; c < 2; ++c) out[c].insert(out[c].end(), rest[c].begin(), rest[c].begin() + static_cast<std::ptrdiff_t>(left));
  given_ = taken_;
}

}  // namespace confer::media
