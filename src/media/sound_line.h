// The sound of several stretches, one after the other: offsets, and borders between files that nobody hears.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>
#include "media/sound.h"
#include "media/sound_reader.h"

namespace confer::media {

class SoundLine {
 public:
  /// `at`: where these samples stand in their chain of stretches that follow each other, which has `of`.
  using Sink = std::function<Result<void>(const float* left, const float* right, std::size_t count, std::size_t at, std::size_t of)>;
  /// Errors: not_found – none of the files has such a stream; invalid – there is no decoder.
  static Result<SoundLine> open(const std::vector<std::string>& paths, const std::vector<Stretch>& stretches, const SoundWish& wish);
  bool is_mono() const;
  /// All samples, as many as the stretches are long.
  Result<void> read(const Sink& sink);
  /// How many `read` gives.
  std::size_t samples() const;
  /// Of the last `read`: silence where the files have no sound.
  double filled_seconds() const;

 private:
  /// What is read of one file without a break.
  struct Tape {
    std::size_t file = 0;
    double from = 0;  ///< on the file's clock
    std::size_t count = 0;
    bool is_silent = false;
    bool follows = false;  ///< in the same chain as the one before
  };
  struct Excerpt {
    std::vector<float> left, right;
    std::vector<bool> is_there;
  };
  Result<Excerpt> excerpt(std::size_t file, double from, std::size_t count);
  Result<void> read_border(const Tape& before, const Tape& after, std::size_t half,
                           const std::function<Result<void>(const float*, const float*, std::size_t)>& put);

  std::vector<std::optional<SoundReader>> readers_;  ///< of each file; none where it has no sound
  std::vector<Tape> tapes_;
  std::size_t filled_ = 0;
};

}  // namespace confer::media
