// Tries sizes, largest first (card_text.h).
#include "media/card_text.h"
#include <pango/pangocairo.h>
#include <algorithm>
#include <charconv>
#include <memory>
#include "base/text.h"

#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
/// libfontconfig refers to what it keeps by distances, which LeakSanitizer does not follow; libx265 keeps some thousand bytes for ever. Here, because every
/// program that cuts has this file.
extern "C" const char* __lsan_default_suppressions();  // NOLINT: the name is the sanitizer's
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig.so\nleak:libx265.so\n"; }
#endif

namespace confer::media {

namespace {

struct FreeObject {
  void operator()(void* object) const { g_object_unref(object); }
};
struct FreeDescription {
  void operator()(PangoFontDescription* description) const { pango_font_description_free(description); }
};
using Layout = std::unique_ptr<PangoLayout, FreeObject>;

/// "sans-serif" is Pango's "sans"; quotes are CSS's.
std::string family_of(std::string family) {
  std::erase_if(family, [](char c) { return c == '"' || c == '\''; });
  return replace_all(replace_all(std::move(family), "sans-serif", "sans"), "monospace", "mono");
}

PangoWeight weight_of(const std::string& weight) {
  if (weight == "bold") return PANGO_WEIGHT_BOLD;
  int number = PANGO_WEIGHT_NORMAL;
  std::from_chars(weight.data(), weight.data() + weight.size(), number);
  return static_cast<PangoWeight>(std::clamp(number, 100, 1000));
}

class TextMeasure {
 public:
  explicit TextMeasure(const TextStyle& style) : description_(pango_font_description_new()) {
    const std::unique_ptr<PangoContext, FreeObject> context(pango_font_map_create_context(pango_cairo_font_map_get_default()));
    // A unit of the picture is a point here, and widths are those of outlines, not of pixels: the picture may be drawn in any size.
    pango_cairo_context_set_resolution(context.get(), 72);
    pango_context_set_round_glyph_positions(context.get(), FALSE);
    layout_.reset(pango_layout_new(context.get()));
    pango_font_description_set_family(description_.get(), family_of(style.family).c_str());
    pango_font_description_set_weight(description_.get(), weight_of(style.weight));
    if (style.slant == "italic" || style.slant == "oblique") pango_font_description_set_style(description_.get(), PANGO_STYLE_ITALIC);
  }

  void set(const std::string& words, double size, double width, PangoWrapMode wrap) {
    pango_font_description_set_absolute_size(description_.get(), size * PANGO_SCALE);
    pango_layout_set_font_description(layout_.get(), description_.get());
    pango_layout_set_text(layout_.get(), words.data(), static_cast<int>(words.size()));
    pango_layout_set_width(layout_.get(), width <= 0 ? -1 : static_cast<int>(width * PANGO_SCALE));
    pango_layout_set_wrap(layout_.get(), wrap);
  }
  double width() const {
    PangoRectangle ink{}, logical{};
    pango_layout_get_extents(layout_.get(), &ink, &logical);
    double most = 0;
    for (GSList* line = pango_layout_get_lines_readonly(layout_.get()); line != nullptr; line = line->next) {
      pango_layout_line_get_extents(static_cast<PangoLayoutLine*>(line->data), &ink, &logical);
      most = std::max({most, static_cast<double>(logical.width), static_cast<double>(ink.x + ink.width)});
    }
    return most / PANGO_SCALE;
  }
  int count() const { return pango_layout_get_line_count(layout_.get()); }
  int missing() const { return pango_layout_get_unknown_glyphs_count(layout_.get()); }

  std::vector<TextLine> lines() const {
    std::vector<TextLine> out;
    const std::string_view text = pango_layout_get_text(layout_.get());
    for (GSList* at = pango_layout_get_lines_readonly(layout_.get()); at != nullptr; at = at->next) {
      const auto& line = *static_cast<const PangoLayoutLine*>(at->data);
      const auto words = trim(text.substr(static_cast<std::size_t>(line.start_index), static_cast<std::size_t>(line.length)));
      if (!words.empty()) out.push_back({std::string(words), line.resolved_dir == PANGO_DIRECTION_RTL});
    }
    return out;
  }

 private:
  std::unique_ptr<PangoFontDescription, FreeDescription> description_;
  Layout layout_;
};

constexpr double torn_below = 0.5, least_part = 1.0 / 3, step = 0.95;

bool fits(TextMeasure& measure, const std::string& words, double size, const TextBox& box, PangoWrapMode wrap) {
  measure.set(words, size, box.has_lines ? box.width : 0, wrap);
  return measure.width() <= box.width + 0.5 && measure.count() * line_height * size <= box.height + 0.5;
}

}  // namespace

FittedText fit_text(const std::string& words, const TextStyle& style, const TextBox& box) {
  TextMeasure measure(style);
  FittedText out;
  const auto take = [&](double size) {
    out.lines = measure.lines();
    out.size = size;
    out.missing = measure.missing();
    return out;
  };
  double part = 1;
  for (; part >= torn_below; part *= step)
    if (fits(measure, words, style.size * part, box, PANGO_WRAP_WORD)) return take(style.size * part);
  for (; part >= least_part; part *= step)
    if (fits(measure, words, style.size * part, box, PANGO_WRAP_WORD_CHAR)) return take(style.size * part);
  // As many of its characters as there is room for.
  out.is_shortened = true;
  const double size = style.size * least_part;
  std::size_t most = words.size(), least = 0;
  while (least + 1 < most) {
    const std::size_t middle = (least + most) / 2;
    (fits(measure, ellipsis(words, middle), size, box, PANGO_WRAP_WORD_CHAR) ? least : most) = middle;
  }
  fits(measure, ellipsis(words, std::max<std::size_t>(least, 1)), size, box, PANGO_WRAP_WORD_CHAR);
  return take(size);
}

}  // namespace confer::media
