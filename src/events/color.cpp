// Contrast of colours, after WCAG 2.2 (relative luminance, contrast ratio).
#include <charconv>
#include <cmath>
#include "base/text.h"
#include "events/events.h"

namespace confer::events {
namespace {

/// WCAG 2.2, "relative luminance": sRGB made linear, weighed 0.2126, 0.7152, 0.0722.
double luminance(int red, int green, int blue) {
  auto linear = [](int channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

double contrast(double a, double b) { return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05); }

}  // namespace

Result<Contrast> contrast_of(std::string_view color) {
  unsigned rgb = 0;
  const bool shaped = color.size() == 7 && color[0] == '#';
  if (!shaped || std::from_chars(color.data() + 1, color.data() + 7, rgb, 16).ptr != color.data() + 7)
    return fail(ErrorCode::invalid, "A colour is written as # and six hexadecimal digits, for example #1f5f8b.");
  const double l = luminance(static_cast<int>(rgb >> 16), static_cast<int>(rgb >> 8 & 255), static_cast<int>(rgb & 255));
  // The page backgrounds of web/styles: #ffffff in light, #14181c in dark.
  return Contrast{contrast(l, 1.0), contrast(l, 0.0), contrast(l, 1.0), contrast(l, luminance(0x14, 0x18, 0x1c))};
}

std::string acronym_from(std::string_view text) {
  std::string out;
  for (char c : slugify(text, 40))
    if (c != '-') out += c;
  while (out.size() < 4) out += '_';
  return out;
}

}  // namespace confer::events
