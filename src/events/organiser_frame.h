// What surrounds every page of an event's organisers: navigation, notices, and how a form's answer is given.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "events/events.h"
#include "html/page.h"
#include "people/web.h"

namespace confer::events {

/// "/organise/pycon-2027" and what lies below it: `below` is "talks" or "".
std::string organiser_path(const Event& event, std::string_view below = {});

/// An organiser's page of an event. `content` is HTML by `html::render`; `here` is the navigation's entry ("talks"), `trail` what lies between the area and
/// this page.
struct OrganiserPage {
  std::string title, here, content;
  std::vector<html::Link> trail;
  std::string lead;                       ///< one line below the title
  std::vector<std::string> scripts = {};  ///< islands, by asset name
  std::string button, button_href;        ///< the page's main step: "New talk"
};
/// Draws the frame around it; the notice comes from the request's `done` and `undo`.
http::Response organiser_response(const Web& web, const http::Request& request, const Event& event, OrganiserPage page);
/// The same for a form that comes back: the status tells that nothing was changed.
http::Response organiser_rejected(const Web& web, const http::Request& request, const Event& event, OrganiserPage page);
/// Pages above the events ("/organise", series, jobs).
http::Response organiser_response(const Web& web, const http::Request& request, OrganiserPage page);
http::Response organiser_rejected(const Web& web, const http::Request& request, OrganiserPage page);

/// To `path` with a notice ("saved", "removed"); `undo` ("talk:12") lets the notice offer to bring it back. One that is longer than an address may be is not
/// offered.
http::Response organiser_done(const std::string& path, std::string_view done, std::string_view undo = {});

/// True for an error that a person can correct in the form; others go up.
bool belongs_into_form(const Error& error);

/// The event of the route, when the actor has any part in it. Errors: as `require_event`; forbidden – not a member of any team there.
Result<Event> event_of_route(db::Tx& tx, const http::Request& request);

/// The whole of `text` as a number; nothing when it is none.
std::optional<std::int64_t> number_in(std::string_view text);
/// A number in the path. Errors: not_found.
Result<std::int64_t> number_of_route(const http::Request& request, std::string_view name);

/// What `work` does with one transaction, committed when it succeeds.
template <class Work>
Result<void> in_transaction(const Web& web, Work work) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY(work(tx));
  return tx.commit();
}

}  // namespace confer::events
