// What speakers see of their talks’ cards (card_pages.h), and cards as pictures (card_answer.h).
#include <algorithm>
#include "base/text.h"
#include "cutting/card_pages.h"
#include "cutting/pages/card_answer.h"
#include "html/template.h"

namespace confer::cutting {
namespace {

bool is_credited(const talks::Talk& talk, PersonId person) {
  return person && std::ranges::any_of(talk.credits, [&](const talks::Credit& credit) { return credit.person == person; });
}
bool takes_place(const talks::Talk& talk) { return talk.state == talks::State::accepted || talk.state == talks::State::confirmed; }

std::string speakers_of(const talks::Talk& talk) {
  std::vector<std::string> names;
  for (const auto& credit : talk.credits) names.push_back(credit.name);
  return join(names, ", ");
}

}  // namespace

Result<CardOrder> order_card(db::Tx& tx, const Web& web, const events::Event& event, const talks::Talk& talk, CardKind kind) {
  TRY_ASSIGN(const auto settings, settings_of(tx, event.id));
  TRY_ASSIGN(auto kept, card_template(tx, event.id, kind));
  TRY_ASSIGN(auto words, card_words(tx, event, talk, settings, web.sign_in.base_url));
  return CardOrder{std::move(kept.svg), std::move(words)};
}

CardArtist artist_of(const Web& web) { return card_artist(web.data_dir + "/unfinished/cards"); }

Result<http::Response> card_answer(const Web& web, const CardOrder& order) {
  constexpr int width = 960, height = 540;
  TRY_ASSIGN(auto png, artist_of(web).draw(order.svg, order.words, width, height));
  return http::Response::content("image/png", std::move(png)).with_cache("private, no-cache");
}

Result<http::Response> own_cards(const Web& web, http::Request& request) {
  const PersonId person = actor_of(request).person;
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto own, talks::talks_of(tx, person));
  html::View view;
  bool is_empty = true;
  for (const auto& talk : own) {
    if (!takes_place(talk)) continue;
    TRY_ASSIGN(const auto event, events::find_event(tx, talk.event));
    if (!event) continue;
    TRY_ASSIGN(const auto settings, settings_of(tx, talk.event));
    if (settings.title_card == seconds(0)) continue;
    is_empty = false;
    view.add("TALK")
        .set("TALK_TITLE", talk.title)
        .set("EVENT", event->title.in(request.language))
        .set("PNG", "/account/cards/" + talk.code + ".png")
        .set("ALT", html::translate("%1: %2", request.language, {talk.title, speakers_of(talk)}));
  }
  view.show(is_empty ? "NOTHING" : "SOME");
  html::Page page;
  page.title = html::translate(html::translatable("How your videos begin"), request.language);
  page.body = html::render("cutting/own_cards.html", view, request.language);
  return page_response(web, request, std::move(page));
}

Result<http::Response> own_card(const Web& web, http::Request& request) {
  CardOrder order;
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const auto talk, talks::find_talk(tx, request.param("code")));
    // Whose talk it is not does not hear that there is one.
    if (!talk || !takes_place(*talk) || !is_credited(*talk, actor_of(request).person)) return fail(ErrorCode::not_found, "There is no such talk of yours.");
    TRY_ASSIGN(const auto event, events::find_event(tx, talk->event));
    if (!event) return fail(ErrorCode::not_found, "There is no such talk of yours.");
    TRY_ASSIGN(order, order_card(tx, web, *event, *talk, CardKind::title));
  }
  return card_answer(web, order);
}

Result<http::Response> review_card(const Web& web, http::Request& request) {
  CardOrder order;
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const auto opened, open_link(tx, request.query.get("token")));
    TRY_ASSIGN(const auto talk, talks::require_talk(tx, opened.event.id, opened.cut.talk_code));
    TRY_ASSIGN(order, order_card(tx, web, opened.event, talk, CardKind::title));
  }
  return card_answer(web, order);
}

}  // namespace confer::cutting
