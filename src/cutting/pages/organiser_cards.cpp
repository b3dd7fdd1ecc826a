// An event's cards: how they look for a talk, and its own templates (card_pages.h).
#include <algorithm>
#include "base/text.h"
#include "cutting/card_pages.h"
#include "cutting/pages/card_answer.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "files/files.h"
#include "html/template.h"

namespace confer::cutting {
namespace {

struct ShownCard {
  CardKind kind;
  std::string_view title, hint;
  seconds Settings::* lasts;
};
constexpr std::array<ShownCard, card_kinds.size()> shown_cards{{
    {CardKind::title, "Title card", "Shown before a talk.", &Settings::title_card},
    {CardKind::end, "End card", "Shown after it.", &Settings::end_card},
    {CardKind::apology, "Apology card", "Shown after the title, of talks of which viewers are told what is wrong with the recording.", &Settings::apology_card},
    {CardKind::plate, "Name plate",
     "Laid over the picture from the third second on. What its template leaves empty stays as it was recorded; here it is black.", &Settings::name_plate},
}};

struct CardRoom {
  events::Event event;
  std::vector<talks::Talk> talks;
  Settings settings;
  std::array<CardTemplate, card_kinds.size()> templates;
  const talks::Talk* talk = nullptr;  ///< the one that is shown
};

Result<CardRoom> load_cards(db::Tx& tx, const http::Request& request) {
  CardRoom room;
  TRY_ASSIGN(room.event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(room.event)));
  TRY_ASSIGN(room.talks, talks::list_talks(tx, room.event.id));
  std::erase_if(room.talks, [](const talks::Talk& talk) { return talk.state == talks::State::draft || talk.state == talks::State::submitted; });
  TRY_ASSIGN(room.settings, settings_of(tx, room.event.id));
  for (const auto kind : card_kinds) {
    TRY_ASSIGN(room.templates.at(static_cast<std::size_t>(kind)), card_template(tx, room.event.id, kind));
  }
  const std::string wanted = request.query.get("talk").empty() ? request.form.get("talk") : request.query.get("talk");
  const auto found = std::ranges::find(room.talks, wanted, &talks::Talk::code);
  if (found != room.talks.end())
    room.talk = &*found;
  else if (!room.talks.empty())
    room.talk = &room.talks.front();
  return room;
}

std::string time_of_card(seconds lasts) { return lasts == seconds(0) ? "It is not shown." : "It is shown for " + std::to_string(lasts.count()) + " seconds."; }

/// Each card has its own field: there are several such forms on the page.
std::string field_of(CardKind kind) { return "svg_" + std::string(name_of(kind)); }

http::Response show_cards(const Web& web, const http::Request& request, const CardRoom& room, const Error* error) {
  const std::string path = events::organiser_path(room.event, "cards");
  html::View view;
  view.set("ACTION", path).set("CUTS", events::organiser_path(room.event, "cuts") + "#settings");
  if (room.talk != nullptr) {
    auto& chooser = view.add("CHOOSER");
    for (const auto& talk : room.talks) chooser.add("TALK").set("CODE", talk.code).set("TALK_TITLE", talk.title).show_if(&talk == room.talk, "CHOSEN");
  } else {
    view.show("NOTHING");
  }
  for (const auto& card : shown_cards) {
    const auto& kept = room.templates.at(static_cast<std::size_t>(card.kind));
    auto& shown = view.add("CARD");
    shown.set("CARD_TITLE", card.title)
        .set("HINT", std::string(card.hint) + " " + time_of_card(room.settings.*card.lasts))
        .set("SVG", path + "/" + std::string(name_of(card.kind)) + ".svg");
    if (room.talk != nullptr)
      shown.add("PICTURE")
          .set("PNG", path + "/" + std::string(name_of(card.kind)) + ".png?talk=" + room.talk->code)
          .set("ALT", std::string(card.title) + " of “" + room.talk->title + "”");
    const bool is_meant = error != nullptr && request.form.get("kind") == name_of(card.kind);
    events::Form form(request, is_meant ? error : nullptr);
    form.hidden("kind", name_of(card.kind)).hidden("talk", room.talk == nullptr ? "" : room.talk->code);
    form.file(field_of(card.kind), "Another template", "An SVG file of at most 4 MB, with places such as {{title}}.");
    shown.set("STATE", kept.changed_at ? "A template of your own." : "The built-in template.").set_html("FORM", form.draw(path, "Use this file"));
    if (kept.changed_at) shown.add("OWN").set("KIND", name_of(card.kind));
  }
  events::OrganiserPage page{.title = "Cards",
                             .here = "cuts",
                             .content = html::render("cutting/organiser/cards.html", view, "en"),
                             .trail = {{events::organiser_path(room.event, "cuts"), "Cuts"}},
                             .lead = {},
                             .scripts = {},
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, room.event, std::move(page));
  return events::organiser_response(web, request, room.event, std::move(page));
}

Result<CardKind> kind_of_text(std::string_view text) {
  const auto kind = find_card_kind(text);
  if (!kind) return fail(ErrorCode::not_found, "There is no such card.");
  return *kind;
}

Result<void> take_template(const Web& web, const http::Request& request) {
  TRY_ASSIGN(const auto kind, kind_of_text(request.form.get("kind")));
  if (request.form.get("do") == "built_in") {
    return events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
      TRY_ASSIGN(const auto event, events::event_of_route(tx, request));
      return remove_card_template(tx, actor_of(request), event, kind);
    });
  }
  const auto upload = std::ranges::find(request.uploads, field_of(kind), &http::Upload::field);
  if (upload == request.uploads.end() || upload->size_bytes == 0)
    return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{field_of(kind), "Choose a file."}}});
  TRY_ASSIGN(const auto svg, files::read_file(upload->path, media::largest_card));
  return events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const auto event, events::event_of_route(tx, request));
    auto saved = save_card_template(tx, actor_of(request), event, kind, svg, artist_of(web));
    if (!saved)
      for (auto& problem : saved.error().problems) problem.field = field_of(kind);
    return saved;
  });
}

}  // namespace

Result<http::Response> organiser_cards(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto room, load_cards(tx, request));
  return show_cards(web, request, room, nullptr);
}

Result<http::Response> organiser_cards_submit(const Web& web, http::Request& request) {
  const auto taken = take_template(web, request);
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto room, load_cards(tx, request));
  if (!taken) {
    if (!events::belongs_into_form(taken.error())) return std::unexpected(taken.error());
    return show_cards(web, request, room, &taken.error());
  }
  const std::string shown = room.talk == nullptr ? "" : "?talk=" + room.talk->code;
  return events::organiser_done(events::organiser_path(room.event, "cards") + shown, "saved");
}

Result<http::Response> organiser_card(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto kind, kind_of_text(request.param("kind")));
  CardOrder order;
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const auto event, events::event_of_route(tx, request));
    TRY(require(actor_of(request), Right::media, events::scope_of(event)));
    TRY_ASSIGN(const auto talk, talks::require_talk(tx, event.id, request.query.get("talk")));
    TRY_ASSIGN(order, order_card(tx, web, event, talk, kind));
  }
  return card_answer(web, order);
}

Result<http::Response> organiser_card_template(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto kind, kind_of_text(request.param("kind")));
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(event)));
  TRY_ASSIGN(auto kept, card_template(tx, event.id, kind));
  // As text, to be kept: nothing that somebody uploaded is shown as a page of this site.
  return http::Response::content("text/plain; charset=utf-8", std::move(kept.svg)).as_download(std::string(name_of(kind)) + ".svg");
}

}  // namespace confer::cutting
