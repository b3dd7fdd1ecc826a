// The folder of a long encoding: each part is made under another name, looked at, synced and renamed, and is there for whoever goes on after a crash.
#pragma once
#include <algorithm>
#include <functional>
#include <string>
#include <vector>
#include "base/result.h"
#include "files/durable.h"
#include "media/chunks.h"
#include "media/ffmpeg.h"

namespace confer::media {

/// What is encoded, as ffprobe tells it.
struct Original {
  std::string path;
  Listing picture, sound;  ///< without packets where there is none
  double length() const { return picture.pictures.empty() ? sound.length() : picture.length(); }
};
/// Errors: not_found; invalid – neither picture nor sound, or not media.
Result<Original> look_at_source(const std::string& path, const Stopping& stopping);

class EncodeWork {
 public:
  /// Creates `root`/`key` and keeps others out of it. Errors: conflict – another process makes the same.
  static Result<EncodeWork> open(const std::string& root, const std::string& key);
  void tell_to(std::function<void(double)> progress) { progress_ = std::move(progress); }
  /// Progress is counted in parts: pictures to encode and seconds to copy. How many there will be in all.
  void expect(double parts) { all_ = std::max(parts, 1.0); }

  /// Encodes the source's picture in chunks. `key_frames`: where key frames must be, beside each chunk's first; indices of pictures. Returns the list for
  /// ffmpeg's concat demuxer.
  Result<std::string> encode_picture(const Original& source, const std::string& name, const std::vector<std::string>& settings,
                                     const std::vector<Chunk>& chunks, const std::vector<std::size_t>& key_frames, const Stopping& stopping);
  /// Encodes the source's sound in one piece into a file of this name.
  Result<std::string> encode_sound(const Original& source, const std::string& name, const std::vector<std::string>& settings, const std::string& format,
                                   const Stopping& stopping);
  /// Runs a call, counts its time and its progress.
  Result<FfmpegEnded> run(FfmpegCall call, double parts, const Stopping& stopping);
  void remove();

  const std::string& folder() const { return folder_; }
  int made() const { return made_; }
  int kept() const { return kept_; }
  double cpu_seconds() const { return cpu_seconds_; }

 private:
  EncodeWork(std::string root, std::string folder, files::Descriptor lock) : root_(std::move(root)), folder_(std::move(folder)), lock_(std::move(lock)) {}
  Result<std::string> part(const std::string& name, double parts, const std::function<Result<void>(const std::string& path)>& make);
  void tell(double parts) const;

  std::string root_, folder_;
  files::Descriptor lock_;
  std::function<void(double)> progress_;
  double all_ = 1, done_ = 0;
  int made_ = 0, kept_ = 0;
  double cpu_seconds_ = 0;
};

/// The options with which every result is the same bytes each time, and tells nothing of its source's tags.
std::vector<std::string> repeatable();
/// The same, and the chapters of the input of this number.
std::vector<std::string> repeatable_with_chapters(int input);

}  // namespace confer::media
