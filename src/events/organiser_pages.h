// The organisers' pages of events: what one may work on, rooms, tracks, types, information pages, settings, teams, records.
#pragma once
#include "events/events.h"
#include "people/web.h"

namespace confer::events {

/// GET /organise/{event}/theme.css: the colours as they are set now, also of an event that nobody else may see.
Result<http::Response> organiser_theme(const Web& web, http::Request& request);

Result<http::Response> organiser_home(const Web& web, http::Request& request);  ///< GET /organise

// ---- series, new events
Result<http::Response> organiser_series_list(const Web& web, http::Request& request);       ///< GET /organise/series
Result<http::Response> organiser_series_add(const Web& web, http::Request& request);        ///< POST there
Result<http::Response> organiser_series(const Web& web, http::Request& request);            ///< GET /organise/series/{series}
Result<http::Response> organiser_series_submit(const Web& web, http::Request& request);     ///< POST there
Result<http::Response> organiser_new_event(const Web& web, http::Request& request);         ///< GET /organise/series/{series}/new
Result<http::Response> organiser_new_event_submit(const Web& web, http::Request& request);  ///< POST there: empty, or a copy of an edition

// ---- things of an event
Result<http::Response> organiser_rooms(const Web& web, http::Request& request);          ///< GET /organise/{event}/rooms
Result<http::Response> organiser_rooms_submit(const Web& web, http::Request& request);   ///< POST there: all rows
Result<http::Response> organiser_room(const Web& web, http::Request& request);           ///< GET /organise/{event}/rooms/{id}, and new
Result<http::Response> organiser_room_submit(const Web& web, http::Request& request);    ///< POST there
Result<http::Response> organiser_tracks(const Web& web, http::Request& request);         ///< GET /organise/{event}/tracks
Result<http::Response> organiser_tracks_submit(const Web& web, http::Request& request);  ///< POST there: all rows
Result<http::Response> organiser_track(const Web& web, http::Request& request);          ///< GET /organise/{event}/tracks/{id}, and new
Result<http::Response> organiser_track_submit(const Web& web, http::Request& request);   ///< POST there
Result<http::Response> organiser_track_remove(const Web& web, http::Request& request);   ///< POST /organise/{event}/tracks/{id}/remove
Result<http::Response> organiser_types(const Web& web, http::Request& request);          ///< GET /organise/{event}/types
Result<http::Response> organiser_types_submit(const Web& web, http::Request& request);   ///< POST there: all rows
Result<http::Response> organiser_type(const Web& web, http::Request& request);           ///< GET /organise/{event}/types/{id}, and new
Result<http::Response> organiser_type_submit(const Web& web, http::Request& request);    ///< POST there
Result<http::Response> organiser_type_remove(const Web& web, http::Request& request);    ///< POST /organise/{event}/types/{id}/remove
Result<http::Response> organiser_pages(const Web& web, http::Request& request);          ///< GET /organise/{event}/pages
Result<http::Response> organiser_pages_submit(const Web& web, http::Request& request);   ///< POST there: all rows
Result<http::Response> organiser_page(const Web& web, http::Request& request);           ///< GET /organise/{event}/pages/{id}, and new
Result<http::Response> organiser_page_submit(const Web& web, http::Request& request);    ///< POST there
Result<http::Response> organiser_page_remove(const Web& web, http::Request& request);    ///< POST /organise/{event}/pages/{id}/remove
/// Takes the saving of a list ("rooms", "tracks", "types", "pages") back; `before` is what its notice offered to undo. All rows or none.
/// Errors: as the writers in events.h; conflict – a row was changed since; not_found – one was removed since; invalid.
Result<void> undo_list_change(db::Tx& tx, const Actor& actor, const Event& event, std::string_view list, std::string_view before);

// ---- the event itself
Result<http::Response> organiser_settings(const Web& web, http::Request& request);         ///< GET /organise/{event}/settings
Result<http::Response> organiser_settings_submit(const Web& web, http::Request& request);  ///< POST there
Result<http::Response> organiser_banner(const Web& web, http::Request& request);           ///< GET /organise/{event}/banner
Result<http::Response> organiser_banner_submit(const Web& web, http::Request& request);    ///< POST there

// ---- teams
Result<http::Response> organiser_teams(const Web& web, http::Request& request);          ///< GET /organise/{event}/teams
Result<http::Response> organiser_team_add(const Web& web, http::Request& request);       ///< POST there
Result<http::Response> organiser_team(const Web& web, http::Request& request);           ///< GET /organise/{event}/teams/{id}
Result<http::Response> organiser_team_submit(const Web& web, http::Request& request);    ///< POST there: name and rights
Result<http::Response> organiser_member_add(const Web& web, http::Request& request);     ///< POST /organise/{event}/teams/{id}/members
Result<http::Response> organiser_member_remove(const Web& web, http::Request& request);  ///< POST /organise/{event}/teams/{id}/members/remove
Result<http::Response> organiser_team_remove(const Web& web, http::Request& request);    ///< POST /organise/{event}/teams/{id}/remove

// ---- records
Result<http::Response> organiser_audit(const Web& web, http::Request& request);   ///< GET /organise/{event}/audit
Result<http::Response> organiser_outbox(const Web& web, http::Request& request);  ///< GET /organise/{event}/outbox
Result<http::Response> organiser_mail(const Web& web, http::Request& request);    ///< GET /organise/{event}/outbox/{mail}
/// GET /organise/{event}/outbox/{mail}/{number}: what is attached to it, the first is 1
Result<http::Response> organiser_mail_file(const Web& web, http::Request& request);
Result<http::Response> installation_mail_file(const Web& web, http::Request& request);  ///< GET /admin/outbox/{mail}/{number}
Result<http::Response> installation_outbox(const Web& web, http::Request& request);     ///< GET /admin/outbox
Result<http::Response> installation_mail(const Web& web, http::Request& request);       ///< GET /admin/outbox/{mail}: with its links
Result<http::Response> installation_jobs(const Web& web, http::Request& request);       ///< GET /admin/jobs
Result<http::Response> installation_retry(const Web& web, http::Request& request);      ///< POST /admin/jobs/retry

}  // namespace confer::events
