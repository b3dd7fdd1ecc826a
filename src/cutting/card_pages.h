// Pages of cards: an event's templates and how they look; what speakers see of their own talks, so that they find wrong names before the event.
#pragma once
#include "people/web.h"

namespace confer::cutting {

Result<http::Response> organiser_cards(const Web& web, http::Request& request);          ///< GET /organise/{event}/cards
Result<http::Response> organiser_cards_submit(const Web& web, http::Request& request);   ///< POST of the same: `do` says what
Result<http::Response> organiser_card(const Web& web, http::Request& request);           ///< GET …/cards/{kind}.png?talk=
Result<http::Response> organiser_card_template(const Web& web, http::Request& request);  ///< GET …/cards/{kind}.svg

Result<http::Response> own_cards(const Web& web, http::Request& request);    ///< GET /account/cards
Result<http::Response> own_card(const Web& web, http::Request& request);     ///< GET /account/cards/{code}.png
Result<http::Response> review_card(const Web& web, http::Request& request);  ///< GET /review/card.png?token=

}  // namespace confer::cutting
