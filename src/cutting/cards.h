// Cards of an event's videos: pictures with the talk's data before and after it, one that says what is wrong with the recording, and the plate with names.
#pragma once
#include <array>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include "cutting/cutting.h"
#include "media/card.h"
#include "media/chapter.h"
#include "talks/talks.h"

namespace confer::cutting {

enum class CardKind : unsigned char { title = 0, end = 1, apology = 2, plate = 3 };
inline constexpr std::array<CardKind, 4> card_kinds{CardKind::title, CardKind::end, CardKind::apology, CardKind::plate};
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

/// What stands in the places of a talk's cards. When and where are told as they were released, else only when the event is. “sorry” is what is wrong with its
/// recording as viewers are told (recordings::Recording::quality_notes), else that there is none. `base_url`: of the site.
Result<media::CardWords> card_words(db::Tx& tx, const events::Event& event, const talks::Talk& talk, const Settings& settings, std::string_view base_url);

/// One that is shown in a video.
struct Card {
  std::string svg;
  seconds lasts{};  ///< 0: it is not shown
};
/// What is shown before, over and after a video.
struct Cards {
  std::array<Card, card_kinds.size()> all;  ///< by kind
  media::CardWords words;
  std::vector<media::Chapter> chapters = {};  ///< written into the file
  const Card& of(CardKind kind) const { return all.at(static_cast<std::size_t>(kind)); }
  Card& of(CardKind kind) { return all.at(static_cast<std::size_t>(kind)); }
  bool is_any_shown() const;
  /// How long it is until what was recorded begins.
  seconds before() const { return of(CardKind::title).lasts + of(CardKind::apology).lasts; }
};
/// The same for what shows the same: they are no part of a plan.
std::string key_of(const Cards& cards);
/// The apology card where viewers are told what is wrong with the recording, the plate where there are names.
Result<Cards> cards_of(db::Tx& tx, const events::Event& event, const talks::Talk& talk, const Settings& settings, std::string_view base_url);

}  // namespace confer::cutting
