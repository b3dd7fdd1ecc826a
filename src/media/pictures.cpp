// Chooses key frames, makes them small, puts them on sheets.
#include "media/pictures.h"
#include <fmt/format.h>
#include <sys/resource.h>
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include "base/json_writer.h"
#include "files/durable.h"
#include "media/key_frames.h"
#include "media/scaling.h"
#include "media/times.h"

namespace confer::media {

namespace {

constexpr int gray_width = 320, gray_height = 180;
constexpr int poster_quality = 3, sheet_quality = 5;
constexpr std::size_t most_thumbnails = 10000;

double cpu_now() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) + static_cast<double>(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

class Photographer {
 public:
  explicit Photographer(const PicturesWish& wish) : wish_(wish) {}

  Result<Pictures> run() {
    const double cpu = cpu_now();
    TRY(check());
    TRY_ASSIGN(const auto extent, extent_of(wish_.path));
    TRY_ASSIGN(auto frames, KeyFrames::open(wish_.path, wish_.threads));
    out_.every = wish_.every;
    out_.ends = std::min(wish_.whole.to, extent.to - frames.zero_seconds());
    if (out_.ends <= wish_.whole.from) return fail(ErrorCode::invalid, "“" + wish_.path + "” ends before " + time_text(wish_.whole.from) + ".");
    if ((out_.ends - wish_.whole.from) / wish_.every > most_thumbnails) return fail(ErrorCode::invalid, "These are more than 10000 pictures.");
    next_at_ = wish_.whole.from;
    TRY(files::ensure_folder(wish_.folder));
    // Every second at most: a key frame a second is enough to choose from.
    TRY(frames.each({wish_.whole.from, out_.ends}, 1, [&](const AVFrame& frame, double at) { return take(frame, at); }));
    if (last_ == nullptr) return fail(ErrorCode::invalid, "No frame of “" + wish_.path + "” can be shown there.");
    TRY(place_until(out_.ends));
    TRY(write_sheet());
    TRY(write_poster());
    TRY(write("storyboard.vtt", to_vtt(out_)));
    out_.cpu = cpu_now() - cpu;
    TRY(write("storyboard.json", to_json(out_) + "\n"));
    return std::move(out_);
  }

 private:
  Result<void> check() const {
    if (!(wish_.whole.from >= 0) || wish_.whole.from >= wish_.whole.to) return fail(ErrorCode::invalid, "The end is not after the beginning.");
    if (!(wish_.every >= 1)) return fail(ErrorCode::invalid, "A storyboard has a picture every second at most.");
    if (wish_.thumbnail_width < 32 || wish_.thumbnail_width > 640 || wish_.thumbnail_width % 2 != 0 || wish_.poster_width < 32 || wish_.poster_width > 8192)
      return fail(ErrorCode::invalid, "Thumbnails are 32 to 640 pixels wide, an even number; posters 32 to 8192.");
    return {};
  }

  Result<void> take(const AVFrame& frame, double at) {
    TRY(place_until(at));
    if (out_.width == 0) {
      out_.width = wish_.thumbnail_width;
      out_.height = height_for(frame, out_.width);
    }
    TRY_ASSIGN(last_, scaled(frame, out_.width, out_.height, jpeg_format));
    last_at_ = at;
    return consider(frame, at);
  }

  /// The times before `at` that are still without a picture get the last one.
  Result<void> place_until(double at) {
    // What the file shows before its first key frame is that one.
    while (last_ != nullptr && next_at_ < at) {
      TRY(place(next_at_));
      ++placed_;
      next_at_ = wish_.whole.from + static_cast<double>(placed_) * wish_.every;
    }
    return {};
  }

  Result<void> place(double at) {
    constexpr std::size_t on_a_sheet = std::size_t{sheet_columns} * sheet_rows;
    const std::size_t index = out_.thumbnails.size();
    if (index % on_a_sheet == 0) {
      TRY(write_sheet());
      const std::size_t expected = static_cast<std::size_t>(std::ceil((out_.ends - wish_.whole.from) / wish_.every - 1e-9)) - index;
      const int columns = static_cast<int>(std::min<std::size_t>(sheet_columns, expected)),
                rows = static_cast<int>(std::min<std::size_t>(sheet_rows, (expected + sheet_columns - 1) / sheet_columns));
      TRY_ASSIGN(sheet_, black(std::max(1, columns) * out_.width, std::max(1, rows) * out_.height));
      out_.sheets.push_back(fmt::format("storyboard-{}.jpg", out_.sheets.size() + 1));
    }
    const auto on_sheet = static_cast<int>(index % on_a_sheet);
    const Thumbnail thumbnail{at, last_at_, static_cast<int>(out_.sheets.size()) - 1, on_sheet % sheet_columns * out_.width,
                              on_sheet / sheet_columns * out_.height};
    if (thumbnail.x + out_.width <= sheet_->width && thumbnail.y + out_.height <= sheet_->height) paste(*last_, *sheet_, thumbnail.x, thumbnail.y);
    out_.thumbnails.push_back(thumbnail);
    return {};
  }

  Result<void> write_sheet() {
    if (sheet_ == nullptr) return {};
    TRY_ASSIGN(const auto bytes, to_jpeg(*sheet_, sheet_quality));
    sheet_.reset();
    return write(out_.sheets.back(), bytes);
  }

  Result<void> consider(const AVFrame& frame, double at) {
    double value = 0;
    if (wish_.poster_at) {
      value = at <= *wish_.poster_at || best_ == nullptr ? at + 1 : 0;  // the last one at or before that time
    } else {
      TRY_ASSIGN(const auto gray, shrink(frame, gray_width, gray_height));
      // Before the first tenth rooms fill and titles are shown.
      const bool is_early = at < wish_.whole.from + (out_.ends - wish_.whole.from) / 10;
      value = worth(gray) * (is_early ? 0.01 : 1);
    }
    if (best_ != nullptr && value <= best_worth_) return {};
    best_.reset(av_frame_clone(&frame));
    ASSERT(best_ != nullptr);
    best_worth_ = value;
    out_.poster_at = at;
    return {};
  }

  Result<void> write_poster() {
    out_.poster = "poster.jpg";
    const int shown_width = best_->sample_aspect_ratio.num > 0 && best_->sample_aspect_ratio.den > 0
                                ? static_cast<int>(std::lround(best_->width * av_q2d(best_->sample_aspect_ratio)))
                                : best_->width;
    out_.poster_width = std::max(2, std::min(wish_.poster_width, shown_width) / 2 * 2);
    out_.poster_height = height_for(*best_, out_.poster_width);
    TRY_ASSIGN(const Frame poster, scaled(*best_, out_.poster_width, out_.poster_height, jpeg_format));
    TRY_ASSIGN(const auto bytes, to_jpeg(*poster, poster_quality));
    return write(out_.poster, bytes);
  }

  Result<void> write(const std::string& name, std::string_view bytes) const { return files::write_durably(wish_.folder + "/" + name, bytes); }

  const PicturesWish& wish_;
  Pictures out_;
  Frame last_ = nullptr, sheet_ = nullptr, best_ = nullptr;
  double last_at_ = 0, next_at_ = 0, best_worth_ = 0;
  std::size_t placed_ = 0;
};

std::string clock(double seconds) {
  const auto ms = static_cast<std::int64_t>(std::llround(seconds * 1000));
  return fmt::format("{:02}:{:02}:{:02}.{:03}", ms / 3600000, ms / 60000 % 60, ms / 1000 % 60, ms % 1000);
}

}  // namespace

double worth(const Gray& gray) {
  double sum = 0, squares = 0, edges = 0;
  for (const auto pixel : gray.pixels) {
    sum += pixel;
    squares += static_cast<double>(pixel) * pixel;
  }
  const auto count = static_cast<double>(gray.pixels.size());
  const double mean = sum / count, contrast = std::sqrt(std::max(0.0, squares / count - mean * mean));
  if (mean < 20 || mean > 235 || contrast < 8) return 0;
  // Blurred pictures have contrast, but no edges (the Laplacian's mean).
  const auto at = [&](int x, int y) { return static_cast<int>(gray.pixels[static_cast<std::size_t>(y * gray.width + x)]); };
  for (int y = 1; y + 1 < gray.height; ++y)
    for (int x = 1; x + 1 < gray.width; ++x) edges += std::abs(4 * at(x, y) - at(x - 1, y) - at(x + 1, y) - at(x, y - 1) - at(x, y + 1));
  return edges / count * std::min(contrast, 60.0) / 60;
}

Result<Pictures> take_pictures(const PicturesWish& wish) { return Photographer(wish).run(); }

std::string to_json(const Pictures& pictures) {
  const auto rounded = [](double value) { return std::round(value * 1000) / 1000; };
  JsonWriter w;
  w.begin_object().key("poster").begin_object().field("file", pictures.poster).field("at", rounded(pictures.poster_at));
  w.field("width", pictures.poster_width).field("height", pictures.poster_height).end_object();
  w.field("every", pictures.every).field("width", pictures.width).field("height", pictures.height).key("sheets").begin_array();
  for (const auto& sheet : pictures.sheets) w.value(sheet);
  w.end_array().key("thumbnails").begin_array();
  for (const auto& one : pictures.thumbnails)
    w.begin_object()
        .field("at", rounded(one.at))
        .field("shown_at", rounded(one.shown_at))
        .field("sheet", one.sheet)
        .field("x", one.x)
        .field("y", one.y)
        .end_object();
  return w.end_array().end_object().take();
}

std::string to_vtt(const Pictures& pictures) {
  std::string out = "WEBVTT\n";
  for (std::size_t i = 0; i < pictures.thumbnails.size(); ++i) {
    const Thumbnail& one = pictures.thumbnails[i];
    const double ends = i + 1 < pictures.thumbnails.size() ? pictures.thumbnails[i + 1].at : pictures.ends;
    out += fmt::format("\n{} --> {}\n{}#xywh={},{},{},{}\n", clock(one.at), clock(ends), pictures.sheets[static_cast<std::size_t>(one.sheet)], one.x, one.y,
                       pictures.width, pictures.height);
  }
  return out;
}

}  // namespace confer::media
