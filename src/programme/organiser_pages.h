// The organisers' pages of the programme: what to do next, quick changes, slots, import, rules, release.
#pragma once
#include "events/events.h"
#include "people/people_pages.h"
#include "people/web.h"

namespace confer::programme {

Result<http::Response> organiser_dashboard(const Web& web, http::Request& request);  ///< GET /organise/{event}
Result<http::Response> organiser_restore(const Web& web, http::Request& request);    ///< POST /organise/{event}/restore: what was removed, by "talk:12"

// ---- quick changes to what is released
Result<http::Response> organiser_now(const Web& web, http::Request& request);              ///< GET /organise/{event}/now
Result<http::Response> organiser_now_slot(const Web& web, http::Request& request);         ///< GET /organise/{event}/now/{slot}
Result<http::Response> organiser_now_slot_submit(const Web& web, http::Request& request);  ///< POST there: `what` is cancel, reinstate, move or swap
Result<http::Response> organiser_now_room(const Web& web, http::Request& request);         ///< GET /organise/{event}/now/rooms/{room}
Result<http::Response> organiser_now_room_submit(const Web& web, http::Request& request);  ///< POST there: closes the room

// ---- talks
Result<http::Response> organiser_talks(const Web& web, http::Request& request);         ///< GET /organise/{event}/talks
Result<http::Response> organiser_talks_change(const Web& web, http::Request& request);  ///< POST there: track, type or state of the ticked ones
/// Takes a bulk change back; `before` is what its notice offered to undo. Errors: as `save_talk`; invalid.
Result<void> undo_talks_change(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view before);

// ---- speakers
Result<http::Response> organiser_speakers(const Web& web, http::Request& request);           ///< GET /organise/{event}/speakers
Result<http::Response> organiser_speakers_change(const Web& web, http::Request& request);    ///< POST there: sessions' state and times of the ticked ones
Result<http::Response> organiser_speaker_addresses(const Web& web, http::Request& request);  ///< GET /organise/{event}/speakers/addresses
Result<http::Response> organiser_speaker_add(const Web& web, http::Request& request);        ///< POST /organise/{event}/speakers/times: a name becomes a person
/// Takes a bulk change back; `before` is what its notice offered to undo. Errors: as `save_talk` and `set_availability`; invalid; conflict – something of it
/// was changed since.
Result<void> undo_speakers_change(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view before);
Result<http::Response> organiser_speaker(const Web& web, http::Request& request);         ///< GET /organise/{event}/speakers/{person}
Result<http::Response> organiser_speaker_submit(const Web& web, http::Request& request);  ///< POST there: when they are there

// ---- slots of the draft
Result<http::Response> organiser_slots(const Web& web, http::Request& request);         ///< GET /organise/{event}/slots
Result<http::Response> organiser_slots_change(const Web& web, http::Request& request);  ///< POST there: room, state or time of the ticked ones
/// Takes a bulk change back; `before` is what its notice offered to undo. Errors: as `save_slot`; invalid.
Result<void> undo_slots_change(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view before);
Result<http::Response> organiser_swap(const Web& web, http::Request& request);         ///< POST /organise/{event}/slots/swap
Result<http::Response> organiser_new_slot(const Web& web, http::Request& request);     ///< GET /organise/{event}/slots/new
Result<http::Response> organiser_slot(const Web& web, http::Request& request);         ///< GET /organise/{event}/slots/{slot}
Result<http::Response> organiser_slot_submit(const Web& web, http::Request& request);  ///< POST to either of the two
Result<http::Response> organiser_slot_remove(const Web& web, http::Request& request);  ///< POST /organise/{event}/slots/{slot}/remove
/// POST /organise/{event}/rooms/{id}/remove: as of events, but refused while slots of the draft stand there.
Result<http::Response> organiser_room_remove(const Web& web, http::Request& request);
Result<http::Response> organiser_slot_check(const Web& web,
                                            http::Request& request);  ///< GET /organise/{event}/slots/check: clashes of a form as it is filled in, HTML

// ---- files of a talk
Result<http::Response> organiser_files(const Web& web, http::Request& request);          ///< GET /organise/{event}/talks/{code}/files
Result<http::Response> organiser_files_submit(const Web& web, http::Request& request);   ///< POST there: titles, order, `remove` one
Result<http::Response> organiser_file_upload(const Web& web, http::Request& request);    ///< POST …/files/upload: a form with the file
Result<http::Response> organiser_files_publish(const Web& web, http::Request& request);  ///< POST …/files/publish: as they stand here, by a correction
Result<http::Response> organiser_file_erase(const Web& web, http::Request& request);     ///< POST …/files/{file}/erase
/// The same by pieces: what http/uploads.h asks of a mount on …/files/pieces.
Result<std::string> owner_of_pieces(const Web& web, const http::Request& request);
Result<void> pieces_begin(const Web& web, const http::Request& request, const http::UploadState& upload);
Result<void> pieces_finished(const Web& web, http::Request& request, const http::UploadState& upload);

// ---- release
Result<http::Response> organiser_release(const Web& web, http::Request& request);         ///< GET /organise/{event}/release
Result<http::Response> organiser_release_submit(const Web& web, http::Request& request);  ///< POST there
Result<http::Response> organiser_reset_submit(const Web& web, http::Request& request);    ///< POST /organise/{event}/release/reset

// ---- rules and import
Result<http::Response> organiser_rules(const Web& web, http::Request& request);           ///< GET /organise/{event}/rules
Result<http::Response> organiser_rules_submit(const Web& web, http::Request& request);    ///< POST there
Result<http::Response> organiser_follow(const Web& web, http::Request& request);          ///< GET /organise/{event}/follow
Result<http::Response> organiser_follow_submit(const Web& web, http::Request& request);   ///< POST there: sets the address and looks at a new one
Result<http::Response> organiser_follow_now(const Web& web, http::Request& request);      ///< POST /organise/{event}/follow/now: fetch, or `look` only
Result<http::Response> organiser_follow_remove(const Web& web, http::Request& request);   ///< POST /organise/{event}/follow/remove
Result<http::Response> organiser_import(const Web& web, http::Request& request);          ///< GET /organise/{event}/import
Result<http::Response> organiser_import_upload(const Web& web, http::Request& request);   ///< POST there: keeps the file, leads to its preview
Result<http::Response> organiser_import_preview(const Web& web, http::Request& request);  ///< GET /organise/{event}/import/{file}
Result<http::Response> organiser_import_submit(const Web& web, http::Request& request);   ///< POST there: imports what was previewed

// What is kept of a credited person. Exporting and erasing need the right `people` in every event that credits them, and are not for who has an account.
Result<http::Response> organiser_person(const Web& web, http::Request& request);         ///< GET /organise/{event}/speakers/{person}/details
Result<http::Response> organiser_person_submit(const Web& web, http::Request& request);  ///< POST there
Result<http::Response> organiser_person_export(const Web& web, const people::AccountActions& actions, http::Request& request);  ///< GET …/export
Result<http::Response> organiser_person_erase(const Web& web, const people::AccountActions& actions, http::Request& request);   ///< POST …/erase

}  // namespace confer::programme
