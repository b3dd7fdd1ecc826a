// A card as a picture of a page.
#pragma once
#include "cutting/cards.h"
#include "http/message.h"
#include "people/web.h"

namespace confer::cutting {

/// What is drawn, read before it is: no transaction waits for a drawing.
struct CardOrder {
  std::string svg;
  media::CardWords words;
};
Result<CardOrder> order_card(db::Tx& tx, const Web& web, const events::Event& event, const talks::Talk& talk, CardKind kind);
/// A PNG, large enough for names to be read.
Result<http::Response> card_answer(const Web& web, const CardOrder& order);
CardArtist artist_of(const Web& web);

}  // namespace confer::cutting
