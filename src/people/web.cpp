// Pages that are drawn for one person (web.h).
#include "people/web.h"

namespace confer {
namespace {

std::string draw(const Web& web, const http::Request& request, html::Page page) {
  if (page.language.empty()) page.language = request.language.empty() ? "en" : request.language;
  page.personal = true;
  page.signed_in_as = actor_of(request).name;
  page.indexable = false;
  return web.chrome(page);
}

}  // namespace

const Actor& actor_of(const http::Request& request) {
  static const Actor anonymous;
  const auto* actor = std::any_cast<std::shared_ptr<const Actor>>(&request.actor);
  return actor != nullptr && *actor ? **actor : anonymous;
}

http::Response page_response(const Web& web, const http::Request& request, html::Page page) {
  return http::Response::html(draw(web, request, std::move(page)));
}

http::Response rejected_response(const Web& web, const http::Request& request, html::Page page) {
  return http::Response::rejected(draw(web, request, std::move(page)));
}

}  // namespace confer
