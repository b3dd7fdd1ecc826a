// Colours and their contrast.
#include "html/theme.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

namespace confer::html {
namespace {

using Rgb = std::array<int, 3>;

/// The least favourable papers of web/styles/tokens.css: --paper-sunk in light, --paper-raised in dark, each tinted as by --accent-wash.
constexpr std::string_view light_paper = "#e7e4dd", dark_paper = "#2b2927";
constexpr double text_ratio = 4.6, bar_ratio = 3.1;

std::optional<Rgb> parse(std::string_view text) {
  if (text.size() != 7 || text[0] != '#') return std::nullopt;
  Rgb result{};
  for (std::size_t i = 0; i < 6; ++i) {
    const char c = text[i + 1];
    int digit = 0;
    if (c >= '0' && c <= '9')
      digit = c - '0';
    else if (c >= 'a' && c <= 'f')
      digit = c - 'a' + 10;
    else if (c >= 'A' && c <= 'F')
      digit = c - 'A' + 10;
    else
      return std::nullopt;
    result[i / 2] = result[i / 2] * 16 + digit;
  }
  return result;
}

/// WCAG 2.2, "relative luminance".
double luminance(const Rgb& colour) {
  std::array<double, 3> linear{};
  std::ranges::transform(colour, linear.begin(), [](int channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  });
  return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
}

double ratio_of(const Rgb& one, const Rgb& other) {
  const auto a = luminance(one), b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

/// The colour at another lightness (HSL, 0 to 1): hue and saturation stay, so that it is still recognised.
Rgb at_lightness(const Rgb& colour, double lightness) {
  const double high = *std::ranges::max_element(colour) / 255.0, low = *std::ranges::min_element(colour) / 255.0;
  const double middle = (high + low) / 2, spread = high - low;
  const double saturation = spread == 0 ? 0 : spread / (1 - std::abs(2 * middle - 1));
  const double new_spread = (1 - std::abs(2 * lightness - 1)) * saturation, new_low = lightness - new_spread / 2;
  Rgb result{};
  std::ranges::transform(colour, result.begin(), [=](int channel) {
    const double share = spread == 0 ? 0 : (channel / 255.0 - low) / spread;
    return static_cast<int>(std::lround(255 * std::clamp(new_low + share * new_spread, 0.0, 1.0)));
  });
  return result;
}

bool is_code(std::string_view code) {
  return !code.empty() &&
         std::ranges::all_of(code, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_'; });
}

}  // namespace

std::optional<double> contrast_ratio(std::string_view one, std::string_view other) {
  const auto a = parse(one), b = parse(other);
  if (!a || !b) return std::nullopt;
  return ratio_of(*a, *b);
}

std::string readable_colour(std::string_view colour, std::string_view background, double ratio) {
  const auto chosen = parse(colour).value_or(Rgb{0x5b, 0x57, 0x4f});
  const auto paper = parse(background).value_or(Rgb{255, 255, 255});
  const bool darker = luminance(paper) > 0.18;
  const double start = (*std::ranges::max_element(chosen) + *std::ranges::min_element(chosen)) / 510.0;
  Rgb result = chosen;
  for (int step = 1; step <= 100 && ratio_of(result, paper) < ratio; ++step)
    result = at_lightness(chosen, darker ? start * (100 - step) / 100 : start + (1 - start) * step / 100);
  return fmt::format("#{:02x}{:02x}{:02x}", result[0], result[1], result[2]);
}

std::string theme_css(std::string_view accent, std::span<const NamedColour> tracks) {
  std::string css;
  if (parse(accent))
    css += fmt::format(":root{{--accent-light:{};--accent-dark:{}}}\n", readable_colour(accent, light_paper, text_ratio),
                       readable_colour(accent, dark_paper, text_ratio));
  for (const auto& track : tracks)
    if (is_code(track.code) && parse(track.colour))
      css += fmt::format(".track-{}{{--track-light:{};--track-dark:{}}}\n", track.code, readable_colour(track.colour, light_paper, bar_ratio),
                         readable_colour(track.colour, dark_paper, bar_ratio));
  return css;
}

}  // namespace confer::html
