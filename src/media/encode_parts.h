// What the ways to make files share: for encode.cpp and encode_hls.cpp only.
#pragma once
#include "media/encode.h"
#include "media/encode_work.h"

namespace confer::media {

struct Making {
  const EncodeWish& wish;
  const Original& source;
  const std::string& unfinished;  ///< where the result is written
  EncodeWork& work;
  const Stopping& stopping;
  bool has_sound() const { return !source.sound.pictures.empty(); }
};

enum class Holds : unsigned char { picture = 1, sound = 2, both = 3 };

/// Compares what was made with its source: pictures and their times, where the sound begins and how long it is, and decodes its end. `begins_us`: where 0 of
/// the source is in it. Errors: internal – with what differs.
Result<void> check_made(const Making& making, const std::string& path, Holds holds, std::int64_t begins_us = 0);

/// Into the folder `making.unfinished`.
Result<void> make_hls(const Making& making);

void append(std::vector<std::string>& words, const std::vector<std::string>& more);

}  // namespace confer::media
