// The colours that an organiser chooses, made readable in both themes: an event's own small stylesheet.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace confer::html {

/// A track's (or room's) colour: elements with the class `track-CODE` draw with it.
struct NamedColour {
  std::string code;    ///< [A-Za-z0-9_-]; others are left out
  std::string colour;  ///< "#1f63c4"
};

/// WCAG 2.2's contrast ratio of two colours "#rrggbb", 1 to 21; nothing when one is malformed.
std::optional<double> contrast_ratio(std::string_view one, std::string_view other);
/// `colour`, made darker or lighter by just as much as it takes to reach `ratio` on `background`. A grey when malformed.
std::string readable_colour(std::string_view colour, std::string_view background, double ratio);
/// The stylesheet to link after site.css. The accent is text: 4.5:1 on every paper of ours (WCAG 2.2 § 1.4.3); a track's bar 3:1 (§ 1.4.11).
std::string theme_css(std::string_view accent, std::span<const NamedColour> tracks);

}  // namespace confer::html
