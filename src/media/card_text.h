// Breaks words into lines that fit into a box, measured by Pango as librsvg draws them.
#pragma once
#include <string>
#include <vector>

namespace confer::media {

struct TextStyle {
  std::string family = "sans-serif", weight, slant;  ///< as in CSS: "bold", "600"; "italic"
  double size = 16;
};
struct TextBox {
  double width = 0, height = 0;  ///< in the units of `TextStyle::size`
  bool has_lines = true;         ///< else it is one line
};
struct TextLine {
  std::string words;
  bool is_right_to_left = false;
};
struct FittedText {
  std::vector<TextLine> lines;
  double size = 0;
  int missing = 0;  ///< characters that no font has
  bool is_shortened = false;
};
/// From one line's top to the next one's, and from there to its base line, in parts of the size.
constexpr double line_height = 1.25, base_line = 0.95;

/// As large as fits, at least a third of the style's size. Words are only torn where they are wider than the box at half the size.
FittedText fit_text(const std::string& words, const TextStyle& style, const TextBox& box);

}  // namespace confer::media
