// A still picture from an SVG file with places for words (“{{title}}”): what is shown before and after a talk.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"
#include "media/av.h"

namespace confer::media {

/// What stands for each place; a place that is in no list is refused. Lines are parted by \n.
using CardWords = std::map<std::string, std::string, std::less<>>;

/// A card to be shown for a while.
struct CardWish {
  std::string path;  ///< .svg with places for `words`, or .png
  CardWords words;
  double seconds = 0;
};
constexpr double longest_card = 60;  ///< seconds

/// A text of the template that has words in it now.
struct CardText {
  std::string id;  ///< of its element
  int line = 0;    ///< of the template
  std::string words;
  int missing = 0;            ///< characters that no font of this machine has
  bool is_shortened = false;  ///< it did not fit at a third of its size: “…” stands at its end
};
struct FilledCard {
  std::string svg;
  std::vector<CardText> texts;
};

/// Puts words into an SVG template. A <text> with places is broken into lines and made smaller until it fits into `data-box="x y width height"`, standing at
/// `data-vertical` top (default), middle or bottom of it; without a box it is one line, made smaller until it fits between its x and the picture's margin.
/// Places may stand in attributes too. Errors: invalid – a sentence with the line: no SVG, a place that there is not, a picture that lies elsewhere.
Result<FilledCard> fill_card(std::string_view svg, const CardWords& words);

/// What a picture is drawn on. On none its pixels say how much they hide (BGRA, the colours weighted by that), else they are BGR0.
enum class Ground : unsigned char { black, none };
/// The SVG as a picture of this size, in its own proportions; nothing that lies outside of it is read. `pixel`: how wide a pixel is shown. Errors: invalid –
/// librsvg cannot draw it, with its reason.
Result<Frame> draw_card(std::string_view svg, int width, int height, AVRational pixel, Ground ground = Ground::black);
/// Fills, draws, and looks whether each text lies within the picture. Errors: as above; invalid – a text runs off, with its line.
Result<void> check_card(std::string_view svg, const CardWords& words);

/// Draws a file: .svg with its words, or .png as it is, scaled into the picture. Errors: as above; not_found; unavailable.
Result<Frame> card_of_file(const std::string& path, const CardWords& words, int width, int height, AVRational pixel, Ground ground = Ground::black);
/// Of a picture of `draw_card` on black.
Result<std::string> to_png(const AVFrame& frame);
std::string to_json(const CardWords& words);
/// {"title": "…"} as words. Errors: invalid.
Result<CardWords> words_of_json(std::string_view json);

/// What a process that draws reads besides: where fonts, and what is known of them, lie.
std::vector<std::string> font_folders();

constexpr std::size_t largest_card = std::size_t{4} << 20U;  ///< bytes of a template, with the pictures in it

}  // namespace confer::media
