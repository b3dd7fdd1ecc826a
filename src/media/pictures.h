// Pictures of a recording: a poster, and a storyboard for its time line.
#pragma once
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>
#include "base/result.h"
#include "media/line.h"

namespace confer::media {

struct Gray;  // key_frames.h

struct PicturesWish {
  std::string path;
  std::string folder;                                       ///< where they are written; made when it is not there
  Piece whole{0, std::numeric_limits<double>::infinity()};  ///< seconds from the file's zero
  double every = 10;                                        ///< seconds between the storyboard's pictures
  int thumbnail_width = 160, poster_width = 1280;           ///< the poster is never larger than the recording
  std::optional<double> poster_at;                          ///< of that time instead of a good one
  int threads = 1;
};

/// One picture of the storyboard.
struct Thumbnail {
  double at = 0;                ///< the time that it stands for
  double shown_at = 0;          ///< when the recording shows it: a key frame
  int sheet = 0, x = 0, y = 0;  ///< pixels
  bool operator==(const Thumbnail&) const = default;
};

struct Pictures {
  std::string poster;  ///< file names within the folder
  std::vector<std::string> sheets;
  double poster_at = 0;
  int poster_width = 0, poster_height = 0;
  double every = 0, ends = 0;
  int width = 0, height = 0;  ///< of a thumbnail
  std::vector<Thumbnail> thumbnails;
  double cpu = 0;  ///< seconds
};

constexpr int sheet_columns = 10, sheet_rows = 10;

/// Writes poster.jpg, storyboard-1.jpg, … (10 by 10 thumbnails each), storyboard.json and storyboard.vtt; the same bytes for the same file and wish. The poster
/// is a key frame that is neither dark, blown out nor blurred, after the first tenth where there is one. Errors: not_found; invalid – no picture, no frame
/// there.
Result<Pictures> take_pictures(const PicturesWish& wish);

std::string to_json(const Pictures& pictures);
/// WebVTT of media fragments ("storyboard-1.jpg#xywh=…"), as players take it.
std::string to_vtt(const Pictures& pictures);

/// How good a poster a picture would be, from its brightness: 0 for one that is dark, blown out or plain, more the more there is to see.
double worth(const Gray& gray);

}  // namespace confer::media
