// Writes coded pictures and sound into a container.
#pragma once
#include <string>
#include <vector>
#include "media/av.h"
#include "media/chapter.h"
#include "media/sound.h"
#include "media/video_reader.h"

namespace confer::media {

/// Errors: invalid – a file of this name would be in no container that is written here.
Result<void> check_container(const std::string& path);

/// Sound alone, as .m4a, whole or not at all. Errors: unavailable – disk.
Result<void> write_sound(const std::string& path, const Sound& sound);

class Muxer {
 public:
  /// `headers`: H.264: the parameter sets of all pictures, with start codes. HEVC: of one of them; all stand before their pictures as well. Else empty. `sound`
  /// must live as long. Of `chapters` each lasts until the next one, the last until `length` seconds. Errors: invalid – the container does not take this;
  /// unavailable – disk.
  static Result<Muxer> open(const std::string& path, const AVStream& picture, AVRational base, const AVCodecParameters& parameters,
                            const std::vector<std::uint8_t>& headers, const Sound* sound, const std::vector<Chapter>& chapters = {}, double length = 0);
  Muxer(Muxer&& other) noexcept;
  Muxer& operator=(Muxer&&) = delete;
  ~Muxer();  ///< removes the unfinished file
  /// Times count `base`, in the order of decoding. Sound goes beside it.
  Result<void> write(const AVPacket& packet, const Placed& placed);
  /// Whole and synced, as `part()`; the caller renames it when it has proved itself.
  Result<void> finish();
  const std::string& part() const { return part_; }

 private:
  Muxer() = default;
  void set_chapters(const std::vector<Chapter>& chapters, double length);
  Result<void> write_sound(double until_seconds);
  Result<void> give(AVPacket& packet);

  std::string part_;
  bool has_lengths_ = false;
  AVFormatContext* context_ = nullptr;
  AVRational base_{1, 1};
  const Sound* sound_ = nullptr;
  std::size_t next_sound_ = 0;
  bool is_finished_ = false;
};

}  // namespace confer::media
