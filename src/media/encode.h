// Files of a cut in other forms, made by the ffmpeg program: in chunks that survive a crash, looked at before they get their name.
#pragma once
#include <cstdint>
#include <functional>
#include <string>
#include "base/result.h"
#include "media/profiles.h"

namespace confer::media {

struct EncodeWish {
  std::string in;   ///< a cut: MP4 with H.264 and AAC; other files where the profile encodes all of it
  std::string out;  ///< a file; for `hls` a folder that is not there yet, with master.m3u8 in it
  Profile profile = Profile::webm_vp9;
  /// Where chunks lie until all are made, in a folder named by the hash of input, settings and the program's version. Empty: beside `out`, as `out` + ".work".
  std::string work;
  double chunk_seconds = 60;
};

struct Encoded {
  std::uint64_t size_bytes = 0;  ///< of all its files
  double length = 0;             ///< seconds
  std::int64_t pictures = 0;
  int chunks = 0, chunks_kept = 0;  ///< kept: made by a call before this one
  double cpu_seconds = 0;           ///< of this call's processes
};

/// Makes `out`, whole or not at all; the same bytes however often it was stopped on the way. Replaces a file, never a folder. Progress goes from 0 to 1;
/// `stopping` is asked several times a second. Errors: not_found; invalid – the input is not fit for the profile; conflict – the folder is there, or somebody
/// else makes this; unavailable – stopped, out of space or time (what was made stays in `work`); internal – the result is not what its source is.
Result<Encoded> encode(const EncodeWish& wish, const std::function<void(double part)>& progress = {}, const std::function<bool()>& stopping = {});

}  // namespace confer::media
