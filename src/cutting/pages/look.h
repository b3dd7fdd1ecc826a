// What the team's page and the speaker's page have in common: the player with its ends, and a verdict read from a form.
#pragma once
#include <string>
#include "cutting/cutting.h"
#include "people/web.h"

namespace confer::cutting {

/// What was made beside the preview, as JSON; empty: there is none.
struct Beside {
  std::string storyboard, samples;
  std::string href;  ///< where its files are served, with "%1" for the name
};
Beside load_beside(const Web& web, db::Tx& tx, const Cut& cut, std::string href);
/// One of its files, with Range. Errors: not_found.
Result<http::Response> beside_response(const Web& web, db::Tx& tx, const Cut& cut, std::string_view name);

/// The player, its buttons and the form of a verdict. `video` is the preview's address, `action` where the form goes; `hidden` are fields sent with it.
std::string draw_look(const http::Request& request, const Cut& cut, const Beside& beside, std::string_view video, std::string_view action,
                      const std::vector<std::pair<std::string, std::string>>& hidden, const std::string& language, const Error* error);
Verdict verdict_in(const http::Fields& form, const Cut& cut);
/// The preview itself, with Range. Errors: not_found – there is none.
Result<http::Response> preview_response(const Web& web, db::Tx& tx, const Cut& cut);

/// Its chapters can be looked at: it has been listened to, or is cut.
bool has_chapters(const Cut& cut);

}  // namespace confer::cutting
