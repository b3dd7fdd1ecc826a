// Cards of an event's videos: pictures with the talk's data before and after it, and one that is shown where there is no recording.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include "cutting/cutting.h"
#include "media/card.h"
#include "media/chapter.h"
#include "talks/talks.h"

namespace confer::cutting {

enum class CardKind : unsigned char { title = 0, end = 1, apology = 2 };
inline constexpr std::array<CardKind, 3> card_kinds{CardKind::title, CardKind::end, CardKind::apology};
std::string_view name_of(CardKind kind);  ///< "title"
std::optional<CardKind> find_card_kind(std::string_view name);

struct CardTemplate {
  std::string svg;
  std::optional<Instant> changed_at;  ///< of the event's own one; empty: the built-in one
};
Result<CardTemplate> card_template(db::Tx& tx, EventId event, CardKind kind);

/// Draws templates; a test has its own.
struct CardArtist {
  /// A PNG. Errors: invalid – it cannot be drawn, with the line.
  std::function<Result<std::string>(const std::string& svg, const media::CardWords& words, int width, int height)> draw;
  /// Whether it can be drawn, and no text runs off. Errors: as above.
  std::function<Result<void>(const std::string& svg, const media::CardWords& words)> check;
};
/// By `confer card` as a process of its own, which reads fonts and its own files in `folder` (made when it is not there) and nothing else.
CardArtist card_artist(std::string folder);

/// An event's own template; it is tried with a short title and with one of 200 characters. Errors: by right (media); invalid – with a sentence at "svg".
Result<void> save_card_template(db::Tx& tx, const Actor& actor, const events::Event& event, CardKind kind, std::string svg, const CardArtist& artist);
/// The built-in one again. Errors: by right (media).
Result<void> remove_card_template(db::Tx& tx, const Actor& actor, const events::Event& event, CardKind kind);

/// What stands in the places of a talk's cards. When and where are told as they were released, else only when the event is. `base_url`: of the site.
Result<media::CardWords> card_words(db::Tx& tx, const events::Event& event, const talks::Talk& talk, const Settings& settings, std::string_view base_url);

/// What is shown before and after a video; a length of 0: nothing.
struct Cards {
  std::string title_svg, end_svg;
  seconds title{}, end{};
  media::CardWords words;
  std::vector<media::Chapter> chapters = {};  ///< written into the file
};
Result<Cards> cards_of(db::Tx& tx, const events::Event& event, const talks::Talk& talk, const Settings& settings, std::string_view base_url);

}  // namespace confer::cutting
