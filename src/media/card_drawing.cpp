// Draws cards by librsvg and cairo (card.h).
#include <fmt/format.h>
#include <librsvg/rsvg.h>
#include <cmath>
#include <cstring>
#include <filesystem>
#include <memory>
#include "base/text.h"
#include "files/files.h"
#include "media/card.h"

namespace confer::media {

namespace {

struct FreeSurface {
  void operator()(cairo_surface_t* surface) const { cairo_surface_destroy(surface); }
};
struct FreeCairo {
  void operator()(cairo_t* cairo) const { cairo_destroy(cairo); }
};
struct FreeGlib {
  void operator()(void* object) const { g_object_unref(object); }
};
using Surface = std::unique_ptr<cairo_surface_t, FreeSurface>;
using Cairo = std::unique_ptr<cairo_t, FreeCairo>;
using Svg = std::unique_ptr<RsvgHandle, FreeGlib>;

/// What GLib says went wrong.
struct GlibError {
  GError* error = nullptr;
  GlibError() = default;
  GlibError(const GlibError&) = delete;
  GlibError& operator=(const GlibError&) = delete;
  ~GlibError() { g_clear_error(&error); }
  std::string reason() const { return error == nullptr ? "" : tidy_line(error->message); }
};

/// Without a base address: nothing that lies outside of the text is ever loaded.
Result<Svg> load_svg(std::string_view text) {
  GlibError why;
  Svg handle(rsvg_handle_new_from_data(reinterpret_cast<const guint8*>(text.data()), text.size(), &why.error));
  if (handle == nullptr) return fail(ErrorCode::invalid, "The SVG cannot be drawn: " + why.reason());
  rsvg_handle_set_dpi(handle.get(), 96);
  return handle;
}

/// An empty picture, and a cairo whose units are square and as high as its pixels.
struct Canvas {
  Surface surface;
  Cairo cairo;
  double width = 0, height = 0;
};
Result<Canvas> open_canvas(int width, int height, AVRational pixel, Ground ground) {
  Canvas out;
  out.surface.reset(cairo_image_surface_create(ground == Ground::none ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width, height));
  if (cairo_surface_status(out.surface.get()) != CAIRO_STATUS_SUCCESS) return fail(ErrorCode::unavailable, "There is not enough memory for the picture.");
  out.cairo.reset(cairo_create(out.surface.get()));
  const double wide = pixel.num > 0 && pixel.den > 0 ? av_q2d(pixel) : 1;
  cairo_scale(out.cairo.get(), 1 / wide, 1);
  out.width = width * wide;
  out.height = height;
  return out;
}

Result<Frame> frame_of(const Canvas& canvas) {
  cairo_surface_flush(canvas.surface.get());
  Frame frame = new_frame();
  frame->width = cairo_image_surface_get_width(canvas.surface.get());
  frame->height = cairo_image_surface_get_height(canvas.surface.get());
  // cairo's 32 bits, as they lie in memory
  frame->format = cairo_image_surface_get_format(canvas.surface.get()) == CAIRO_FORMAT_ARGB32 ? AV_PIX_FMT_BGRA : AV_PIX_FMT_BGR0;
  if (av_frame_get_buffer(frame.get(), 0) < 0) return fail(ErrorCode::unavailable, "There is not enough memory for the picture.");
  const int stride = cairo_image_surface_get_stride(canvas.surface.get());
  const unsigned char* const data = cairo_image_surface_get_data(canvas.surface.get());
  for (int y = 0; y < frame->height; ++y)
    std::memcpy(frame->data[0] + static_cast<std::ptrdiff_t>(y) * frame->linesize[0], data + static_cast<std::ptrdiff_t>(y) * stride,
                static_cast<std::size_t>(frame->width) * 4);
  return frame;
}

Result<Frame> draw_png(const std::string& path, int width, int height, AVRational pixel, Ground ground) {
  const Surface png(cairo_image_surface_create_from_png(path.c_str()));
  if (const auto status = cairo_surface_status(png.get()); status != CAIRO_STATUS_SUCCESS)
    return fail(ErrorCode::invalid, "“" + path + "” is no PNG that can be read (" + cairo_status_to_string(status) + ").");
  TRY_ASSIGN(const auto canvas, open_canvas(width, height, pixel, ground));
  const double wide = cairo_image_surface_get_width(png.get()), high = cairo_image_surface_get_height(png.get());
  const double scale = std::min(canvas.width / wide, canvas.height / high);
  cairo_translate(canvas.cairo.get(), (canvas.width - scale * wide) / 2, (canvas.height - scale * high) / 2);
  cairo_scale(canvas.cairo.get(), scale, scale);
  cairo_set_source_surface(canvas.cairo.get(), png.get(), 0, 0);
  cairo_paint(canvas.cairo.get());
  return frame_of(canvas);
}

cairo_status_t append_png(void* to, const unsigned char* bytes, unsigned count) {
  static_cast<std::string*>(to)->append(reinterpret_cast<const char*>(bytes), count);
  return CAIRO_STATUS_SUCCESS;
}

}  // namespace

Result<Frame> draw_card(std::string_view svg, int width, int height, AVRational pixel, Ground ground) {
  TRY_ASSIGN(const auto handle, load_svg(svg));
  TRY_ASSIGN(const auto canvas, open_canvas(width, height, pixel, ground));
  const RsvgRectangle all{0, 0, canvas.width, canvas.height};
  GlibError why;
  if (!rsvg_handle_render_document(handle.get(), canvas.cairo.get(), &all, &why.error))
    return fail(ErrorCode::invalid, "The SVG cannot be drawn: " + why.reason());
  return frame_of(canvas);
}

Result<void> check_card(std::string_view svg, const CardWords& words) {
  TRY_ASSIGN(const auto card, fill_card(svg, words));
  constexpr int width = 1280, height = 720;
  TRY(draw_card(card.svg, width, height, {1, 1}));
  TRY_ASSIGN(const auto handle, load_svg(card.svg));
  // The SVG's own proportions, so that no margin hides what runs off.
  gdouble wide = 0, high = 0;
  RsvgRectangle viewport{0, 0, width, height};
  if (rsvg_handle_get_intrinsic_size_in_pixels(handle.get(), &wide, &high) && wide > 0 && high > 0) {
    viewport = {0, 0, wide, high};
  } else {
    gboolean has_width = FALSE, has_height = FALSE, has_view = FALSE;
    RsvgLength w{}, h{};
    RsvgRectangle view{};
    rsvg_handle_get_intrinsic_dimensions(handle.get(), &has_width, &w, &has_height, &h, &has_view, &view);
    if (has_view) viewport = {0, 0, view.width, view.height};
  }
  for (const auto& text : card.texts) {
    RsvgRectangle ink{}, logical{};
    GlibError why;
    if (text.words.empty() || !rsvg_handle_get_geometry_for_layer(handle.get(), ("#" + text.id).c_str(), &viewport, &ink, &logical, &why.error)) continue;
    const double bearable = viewport.width / 1000;
    if (ink.x < -bearable || ink.y < -bearable || ink.x + ink.width > viewport.width + bearable || ink.y + ink.height > viewport.height + bearable)
      return fail(ErrorCode::invalid,
                  fmt::format("Line {}: the text “{}” runs off the picture: give it data-box=\"x y width height\".", text.line, ellipsis(text.words, 40)));
  }
  return {};
}

Result<Frame> card_of_file(const std::string& path, const CardWords& words, int width, int height, AVRational pixel, Ground ground) {
  if (ascii_lower(std::filesystem::path(path).extension().string()) == ".png") return draw_png(path, width, height, pixel, ground);
  TRY_ASSIGN(const auto svg, files::read_file(path, largest_card));
  TRY_ASSIGN(const auto card, fill_card(svg, words));
  return draw_card(card.svg, width, height, pixel, ground);
}

Result<std::string> to_png(const AVFrame& frame) {
  ASSERT(frame.format == AV_PIX_FMT_BGR0);
  const Surface surface(cairo_image_surface_create_for_data(frame.data[0], CAIRO_FORMAT_RGB24, frame.width, frame.height, frame.linesize[0]));
  std::string out;
  if (cairo_surface_write_to_png_stream(surface.get(), append_png, &out) != CAIRO_STATUS_SUCCESS)
    return fail(ErrorCode::unavailable, "There is not enough memory for the picture.");
  return out;
}

}  // namespace confer::media
