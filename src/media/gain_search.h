// Which gain makes sound as loud as is wanted, where a limiter takes away again what it cannot let through (rules).
#pragma once
#include <optional>

namespace confer::media {

/// Tries gains, and hears how loud each made it. What few and loud moments decide (claps over a quiet voice) hardly gets louder at first: the limiter holds
/// them, until the rest has come up to them.
class GainSearch {
 public:
  /// In dB and LUFS; `most`: no gain is above it.
  GainSearch(double wanted, double first, double most);
  double gain() const { return gain_; }
  /// How loud the gain made it. True: another should be tried, and `gain` is that now. False: it is near enough, or no gain brings it nearer.
  bool try_after(double loudness);

  static constexpr int most_attempts = 8;        ///< each reads all of the sound; none is needed nearly always
  static constexpr double near = 0.5;            ///< LU
  static constexpr double most_further_db = 24;  ///< than the first: beyond, only the room's noise gets louder

 private:
  struct Tried {
    double gain = 0, loudness = 0;
  };
  double wanted_, gain_, most_;
  std::optional<Tried> last_;
  std::optional<double> too_little_, too_much_;  ///< gains
};

}  // namespace confer::media
