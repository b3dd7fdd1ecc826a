// Templates of cards, and what stands in them (cards.h).
#include "cutting/cards.h"
#include <algorithm>
#include "base/embedded.h"
#include "base/random.h"
#include "base/text.h"
#include "cutting/store.h"
#include "html/template.h"
#include "html/theme.h"
#include "journal/journal.h"
#include "people/who.h"
#include "programme/programme.h"
#include "recordings/recordings.h"

namespace confer::cutting {
namespace {

using html::translatable;

constexpr std::string_view paper_white = "#ffffff";

std::string built_in_card(CardKind kind) {
  const std::string path = std::string(name_of(kind)) + ".svg";
  const auto all = embedded::cards();
  const auto found = std::ranges::find(all, path, &embedded::File::path);
  ASSERT(found != all.end());
  return std::string(found->bytes);
}

/// "2027-05-04 · Aula": as it was released; else the days of the event.
Result<std::string> when_and_where(db::Tx& tx, const events::Event& event, const talks::Talk& talk, const std::string& language) {
  if (event.kind != events::EventKind::archived) {
    TRY_ASSIGN(const auto released, programme::current_programme(tx, event, ""));
    if (released) {
      // A part stands in its block's slot.
      TRY_ASSIGN(const auto block, talks::find_talk(tx, talk.part_of ? talk.part_of : talk.id));
      const auto slot = std::ranges::find(released->slots, block ? block->code : talk.code, &programme::Slot::talk);
      if (slot != released->slots.end()) {
        const auto* room = released->room(slot->room);
        return to_text(day_of(slot->start, event.day_start_hour)) + (room == nullptr ? "" : " · " + room->name.in(language));
      }
    }
  }
  if (event.start) return to_text(*event.start) + (event.end && *event.end != *event.start ? " – " + to_text(*event.end) : "");
  return std::string();
}

std::unexpected<Error> wrong_template(const Error& error) {
  return std::unexpected(Error{ErrorCode::invalid, std::string(translatable("Some fields need another look.")), error.detail, {}, {{"svg", error.message}}});
}

}  // namespace

std::string_view name_of(CardKind kind) {
  switch (kind) {
    case CardKind::title:
      return "title";
    case CardKind::end:
      return "end";
    case CardKind::plate:
      return "plate";
    case CardKind::apology:
      break;
  }
  return "apology";
}

std::optional<CardKind> find_card_kind(std::string_view name) {
  for (const auto kind : card_kinds)
    if (name_of(kind) == name) return kind;
  return std::nullopt;
}

Result<CardTemplate> card_template(db::Tx& tx, EventId event, CardKind kind) {
  TRY_ASSIGN(auto own, store::card_template(tx, event, kind));
  if (own) return std::move(*own);
  return CardTemplate{.svg = built_in_card(kind), .changed_at = {}};
}

Result<media::CardWords> card_words(db::Tx& tx, const events::Event& event, const talks::Talk& talk, const Settings& settings, std::string_view base_url) {
  const std::string language = talk.language.empty() ? event.languages.front() : talk.language;
  std::vector<std::string> speakers;
  for (const auto& credit : talk.credits)
    if (!credit.name.empty()) speakers.push_back(credit.name);
  TRY_ASSIGN(const auto when, when_and_where(tx, event, talk, language));
  TRY_ASSIGN(const auto recording, recordings::find_recording(tx, talk.id));
  const bool is_flawed = recording && !recording->quality_notes.empty();
  constexpr double readable = 7;  // WCAG 2.2 § 1.4.6: a video is also watched small
  const std::string license = settings.license.empty() ? talk.license : settings.license;
  return media::CardWords{
      {"title", talk.title},
      {"subtitle", talk.subtitle},
      {"speakers", join(speakers, ", ")},
      {"event", event.title.in(language)},
      {"when", when},
      {"license", license},
      {"url", std::string(base_url) + "/" + event.slug + "/talks/" + talk.code},
      {"code", talk.code},
      {"thanks", std::string(html::translate(translatable("Thank you for watching"), language))},
      {"sorry",
       is_flawed ? recording->quality_notes : std::string(html::translate(translatable("We are sorry: there is no recording of this talk."), language))},
      {"color", html::readable_colour(event.color, paper_white, readable)},
      {"ink", std::string(paper_white)},
  };
}

bool Cards::is_any_shown() const {
  return std::ranges::any_of(all, [](const Card& card) { return card.lasts > seconds(0); });
}

std::string key_of(const Cards& cards) {
  std::string said = media::to_json(cards.words) + "\n" + media::to_json(cards.chapters);
  for (const auto& card : cards.all) said += "\n" + card.svg + "\n" + std::to_string(card.lasts.count());
  return sha256_hex(said);
}

Result<Cards> cards_of(db::Tx& tx, const events::Event& event, const talks::Talk& talk, const Settings& settings, std::string_view base_url) {
  Cards cards;
  cards.of(CardKind::title).lasts = settings.title_card;
  cards.of(CardKind::end).lasts = settings.end_card;
  if (settings.apology_card > seconds(0)) {
    TRY_ASSIGN(const auto recording, recordings::find_recording(tx, talk.id));
    if (recording && !recording->quality_notes.empty()) cards.of(CardKind::apology).lasts = settings.apology_card;
  }
  if (std::ranges::any_of(talk.credits, [](const auto& credit) { return !credit.name.empty(); })) cards.of(CardKind::plate).lasts = settings.name_plate;
  if (!cards.is_any_shown()) return cards;
  for (const auto kind : card_kinds) {
    if (cards.of(kind).lasts == seconds(0)) continue;
    TRY_ASSIGN(auto kept, card_template(tx, event.id, kind));
    cards.of(kind).svg = std::move(kept.svg);
  }
  TRY_ASSIGN(cards.words, card_words(tx, event, talk, settings, base_url));
  return cards;
}

Result<void> save_card_template(db::Tx& tx, const Actor& actor, const events::Event& event, CardKind kind, std::string svg, const CardArtist& artist) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  if (const auto fits = check_text(svg, "svg", media::largest_card); !fits) return wrong_template(fits.error());
  talks::Talk sample;
  sample.code = "SAMPLE";
  for (const auto* title :
       {"Sheep and Types",
        "A title of two hundred characters, as somebody will hand one in sooner or later: it has a colon, several commas, and goes on after "
        "them, until nobody who reads it knows any more how it began, or why"}) {
    sample.title = title;
    sample.credits = {{.person = {}, .person_code = {}, .name = "Ada Example", .role = {}, .guid = {}, .biography = {}, .avatar_url = {}, .extra = {}},
                      {.person = {},
                       .person_code = {},
                       .name = "Wolfeschlegelsteinhausenbergerdorff-Beispiel",
                       .role = {},
                       .guid = {},
                       .biography = {},
                       .avatar_url = {},
                       .extra = {}}};
    TRY_ASSIGN(const auto words, card_words(tx, event, sample, {}, "https://conference.example.org"));
    if (const auto drawn = artist.check(svg, words); !drawn) {
      if (drawn.error().code == ErrorCode::invalid) return wrong_template(drawn.error());
      return std::unexpected(drawn.error());
    }
  }
  TRY(store::put_card_template(tx, event.id, kind, svg));
  return journal::record(tx, who(actor), "cuts.card_changed", event.series.value, event.id.value, "event:" + event.slug);
}

Result<void> remove_card_template(db::Tx& tx, const Actor& actor, const events::Event& event, CardKind kind) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY(store::remove_card_template(tx, event.id, kind));
  return journal::record(tx, who(actor), "cuts.card_changed", event.series.value, event.id.value, "event:" + event.slug);
}

}  // namespace confer::cutting
