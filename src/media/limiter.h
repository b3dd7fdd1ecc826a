// Keeps sound below a true peak without changing what is quieter (rules).
#pragma once
#include <array>
#include <cstddef>
#include <vector>

namespace confer::media {

constexpr int sound_rate = 48000;  ///< samples a second of all sound that is made here

/// The greatest value between and at samples, by four-fold interpolation (ITU-R BS.1770-4 annex 2), of each block of samples in turn.
class TruePeak {
 public:
  /// `samples`: the next of one channel. Below `enough` the samples' own peak is told, since nothing between them can reach much higher.
  float next_block(const float* samples, std::size_t count, float enough);

 private:
  static constexpr std::size_t taps = 12;
  std::array<float, taps - 1> before_{};
};

/// A look-ahead limiter for two channels: one gain for both, down within 2.7 ms before a peak, up again within about 100 ms.
class Limiter {
 public:
  /// `ceiling`: a linear true peak, below 1.
  explicit Limiter(float ceiling) : ceiling_(ceiling) {}
  /// Takes the next samples (times `gain`) and appends to `out` what is ready, some blocks later; in the end as many as were taken.
  void next(const float* left, const float* right, std::size_t count, float gain, std::array<std::vector<float>, 2>& out);
  void finish(std::array<std::vector<float>, 2>& out);
  /// The largest reduction so far, as a factor of at most 1.
  float least_gain() const { return least_; }

  static constexpr std::size_t block = 64;
  static constexpr std::size_t ahead = 2;  ///< blocks

 private:
  void take(const float* left, const float* right, std::size_t count, float gain, std::array<std::vector<float>, 2>& out);
  void take_block(std::array<std::vector<float>, 2>& out);
  void give_block(std::array<std::vector<float>, 2>& out, float wanted);

  float ceiling_, gain_ = 1, least_ = 1;
  std::array<TruePeak, 2> peaks_;
  std::array<std::vector<float>, 2> pending_;              ///< not a whole block yet
  std::vector<std::array<std::vector<float>, 2>> blocks_;  ///< waiting, at most `ahead` + 1
  std::vector<float> wanted_;                              ///< the gain that each waiting block needs
  std::size_t taken_ = 0, given_ = 0;                      ///< samples
};

}  // namespace confer::media
