// A recorder: its settings, its files, and uploading more of them (organiser_pages.h).
#include <algorithm>
#include <filesystem>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "footage/look.h"
#include "footage/organiser_pages.h"
#include "footage/pages/picture.h"
#include "html/assets.h"
#include "html/template.h"
#include "talks/file_types.h"
#include "talks/files.h"

namespace confer::footage {
namespace {

using events::Event;
using events::organiser_path;

constexpr std::int64_t ms_per_s = 1000;

struct Loaded {
  Event event;
  Recorder recorder;  ///< id 0: a new one
  std::vector<events::Room> rooms;
  std::vector<MediaFile> files;
};

Result<Loaded> load(db::Tx& tx, const http::Request& request) {
  Loaded l;
  TRY_ASSIGN(l.event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(l.event)));
  TRY_ASSIGN(l.rooms, events::list_rooms(tx, l.event));
  if (request.param("recorder") == "new") return l;
  TRY_ASSIGN(const auto id, events::number_of_route(request, "recorder"));
  TRY_ASSIGN(l.recorder, require_recorder(tx, l.event, RecorderId{id}));
  TRY_ASSIGN(l.files, list_files(tx, l.event));
  std::erase_if(l.files, [&](const MediaFile& f) { return f.recorder != l.recorder.id; });
  return l;
}

Result<Loaded> load(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return load(tx, request);
}

std::string path_of(const Loaded& l, std::string_view below = {}) {
  std::string path = organiser_path(l.event, "footage/recorders/" + (l.recorder.id ? std::to_string(l.recorder.id.value) : std::string("new")));
  if (!below.empty()) path.append("/").append(below);
  return path;
}

std::string draw_files(const Loaded& l, const Places& places) {
  events::Table table("Files of this recorder", {"File", "Began", "Told by", "Length", "State", "Remove"});
  table.when_empty("There are no files yet.");
  const auto zone = events::zone_of(l.event);
  for (const auto& file : l.files) {
    table.row().cell(short_path(file.path, places));
    const Instant at = file.told_at ? *file.told_at + l.recorder.offset : Instant{};
    const Zone shown = zone ? *zone : Zone();
    table
        .cell(file.told_at ? to_text(std::chrono::floor<std::chrono::days>(shown.to_wall(at))) + " " + clock_with_seconds(at, shown) : std::string("not known"))
        .cell(in_words(file.source))
        .cell(file.length ? duration_in_words(*file.length) : "not known")
        .badge(name_of(file.state), file.state == FileState::whole     ? "good"
                                    : file.state == FileState::growing ? ""
                                                                       : "error")
        .button("Take off the list", path_of(l, "files/" + std::to_string(file.id.value) + "/remove"), "file", std::to_string(file.id.value));
  }
  return table.draw();
}

std::string draw_form(const http::Request& request, const Loaded& l, const Error* error) {
  const Recorder& r = l.recorder;
  std::vector<events::Option> rooms, streams;
  for (const auto& room : l.rooms) rooms.push_back({std::to_string(room.id.value), room.name.in(l.event.languages.front()), room.id == r.room});
  for (const Stream stream : all_streams) streams.push_back({std::string(name_of(stream)), std::string(name_of(stream)), stream == r.stream});
  events::Form form(request, error);
  form.hidden("version", r.version);
  form.text("name", "Name", r.name, "Such as “camera at the back”.").select("room", "Room", std::move(rooms)).select("stream", "Stream", std::move(streams));
  form.text("folder", "Watched folder (optional)", r.folder,
            "Below the folder that the admin has set for this, such as " + l.event.slug + "/mixer. Uploads go elsewhere.");
  form.text("zone", "Time zone of its clock (optional)", r.zone, "Of the times in names. Empty: " + l.event.zone + ".");
  form.input("text", "offset", "Seconds to add to its clock", std::to_string(r.offset.count() / ms_per_s),
             "-3600 when it is an hour ahead. Now it counts as " + clock_error_in_words(r.offset) + ".");
  form.area("patterns", "Patterns of its names (optional)", r.patterns,
            "One a line, such as {room}-{year}-{month}-{day}_{hour}-{minute}-{second}*. Empty: what C3VOC, veyepar, OBS, Zoom and SReview write.", 3);
  return form.draw(path_of(l), "Save", organiser_path(l.event, "footage"));
}

http::Response show(const Web& web, const http::Request& request, const Loaded& l, const Error* error, bool is_upload = false) {
  html::View view;
  if (!l.recorder.folder_note.empty()) view.add("FOLDER_WRONG").set("FOLDER_NOTE", l.recorder.folder_note);
  if (l.recorder.id) {
    const auto most = web.recordings != nullptr ? web.recordings->rules().max_bytes : web.max_file_bytes;
    auto& upload = view.add("UPLOAD");
    upload.set("UPLOAD_ACTION", path_of(l, "upload"))
        .set("PIECES", path_of(l, "pieces"))
        .set("DONE", path_of(l) + "?done=recording_uploaded")
        .set("MAX_BYTES", std::to_string(most))
        .set("LIMIT", talks::size_in_words(most))
        .set("PLAIN_LIMIT", talks::size_in_words(web.max_file_bytes))
        .set_html("FILES", draw_files(l, places_of(web)));
    if (is_upload && error != nullptr) upload.add("WRONG").set("WRONG_TEXT", error->message);
    if (l.files.empty())
      view.set_html("REMOVE",
                    events::confirm_button(path_of(l, "remove"), "Remove…", "The recorder and its settings are gone; it has no files.", "Remove the recorder"));
  }
  view.set_html("FORM", draw_form(request, l, is_upload ? nullptr : error));
  events::OrganiserPage page{.title = l.recorder.id ? l.recorder.name : "New recorder",
                             .here = "footage",
                             .content = html::render("footage/organiser/recorder.html", view, "en"),
                             .trail = {{organiser_path(l.event, "footage"), "Footage"}},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  if (l.recorder.id && html::find_asset_by_name("talk_files.js") != nullptr) page.scripts = {"talk_files.js"};
  if (error != nullptr) return events::organiser_rejected(web, request, l.event, std::move(page));
  return events::organiser_response(web, request, l.event, std::move(page));
}

Result<Recorder> recorder_in(const http::Fields& form, Recorder recorder) {
  recorder.version = events::number_in(form.get("version")).value_or(0);
  recorder.name = form.get("name");
  recorder.room = RoomId{events::number_in(form.get("room")).value_or(0)};
  recorder.stream = stream_named(form.get("stream")).value_or(recorder.stream);
  recorder.folder = form.get("folder");
  recorder.zone = form.get("zone");
  recorder.patterns = form.get("patterns");
  const std::string typed = replace_all(std::string(trim(form.get("offset"))), "−", "-");
  const auto seconds = typed.empty() ? std::optional<std::int64_t>(0) : events::number_in(typed);
  constexpr std::int64_t most = 1'000'000'000;
  if (!seconds || *seconds > most || *seconds < -most)
    return fail(Error{
        ErrorCode::invalid, "Some fields need another look.", {}, {}, {{"offset", "“" + ellipsis(typed, 40) + "” is not a number of seconds such as -3600."}}});
  // Parts of a second that a guess brought stay when the field was not touched.
  if (*seconds != recorder.offset.count() / ms_per_s) recorder.offset = std::chrono::seconds(*seconds);
  return recorder;
}

const events::Room* room_of(const Loaded& l) {
  const auto found = std::ranges::find(l.rooms, l.recorder.room, &events::Room::id);
  return found == l.rooms.end() ? nullptr : &*found;
}

/// Moves it to its place, looks into it, and registers it.
Result<void> take(const Web& web, const http::Request& request, std::string_view name, const std::string& from, std::uint64_t size) {
  TRY_ASSIGN(const Loaded l, load(web, request));
  const auto* room = room_of(l);
  if (!l.recorder.id || room == nullptr) return fail(ErrorCode::not_found, "There is no such recorder at this event.");
  TRY_ASSIGN(const auto path, take_upload(places_of(web), l.event, *room, l.recorder, name, from, size));
  TRY_ASSIGN(const auto found, find_file(path));
  // All of it has come: it does not grow.
  const auto looked = look(found, {}, media::probe, found.modified_at + still_growing);
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY(keep_files(tx, actor_of(request), l.event, l.recorder, {looked}));
  return tx.commit();
}

}  // namespace

Result<http::Response> organiser_recorder(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Loaded l, load(web, request));
  return show(web, request, l, nullptr);
}

Result<http::Response> organiser_recorder_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(const Loaded l, load(tx, request));
  auto saved = [&]() -> Result<Recorder> {
    TRY_ASSIGN(auto recorder, recorder_in(request.form, l.recorder));
    TRY_ASSIGN(auto kept, save_recorder(tx, actor_of(request), l.event, std::move(recorder)));
    TRY(tx.commit());
    return kept;
  }();
  if (!saved) {
    if (!events::belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show(web, request, l, &saved.error());
  }
  return events::organiser_done(organiser_path(l.event, "footage/recorders/" + std::to_string(saved->id.value)), l.recorder.id ? "saved" : "added");
}

Result<http::Response> organiser_clock(const Web& web, http::Request& request) {
  std::string here;
  TRY(events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const Loaded l, load(tx, request));
    here = organiser_path(l.event, "footage");
    const auto by = events::number_in(request.form.get("by_ms")), version = events::number_in(request.form.get("version"));
    constexpr std::int64_t most = 1'000'000'000'000;
    if (!by || !version || *by > most || *by < -most) return fail(ErrorCode::invalid, "There is no clock error to be put right.");
    TRY(correct_clock(tx, actor_of(request), l.event, l.recorder.id, *version, milliseconds(*by)));
    return {};
  }));
  return events::organiser_done(here, "clock_set");
}

Result<http::Response> organiser_recorder_remove(const Web& web, http::Request& request) {
  std::string here;
  TRY(events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const Loaded l, load(tx, request));
    here = organiser_path(l.event, "footage");
    return remove_recorder(tx, actor_of(request), l.event, l.recorder.id);
  }));
  return events::organiser_done(here, "removed");
}

Result<http::Response> organiser_file_remove(const Web& web, http::Request& request) {
  std::string here;
  TRY(events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const Loaded l, load(tx, request));
    here = path_of(l);
    TRY_ASSIGN(const auto file, events::number_of_route(request, "file"));
    return remove_file(tx, actor_of(request), l.event, MediaFileId{file});
  }));
  return events::organiser_done(here, "removed");
}

Result<http::Response> organiser_upload(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Loaded l, load(web, request));
  const auto upload = std::ranges::find(request.uploads, "file", &http::Upload::field);
  auto done = [&]() -> Result<void> {
    if (upload == request.uploads.end() || upload->file_name.empty()) return fail(ErrorCode::invalid, "Choose a file first.");
    return take(web, request, upload->file_name, upload->path, upload->size_bytes);
  }();
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, l, &done.error(), true);
  }
  return events::organiser_done(path_of(l), "recording_uploaded");
}

Result<std::string> owner_of_pieces(const Web& web, const http::Request& request) {
  TRY_ASSIGN(const Loaded l, load(web, request));
  if (!l.recorder.id) return fail(ErrorCode::not_found, "There is no such recorder at this event.");
  return "person " + std::to_string(actor_of(request).person.value) + ", recorder " + std::to_string(l.recorder.id.value);
}

Result<void> pieces_begin(const Web& web, const http::Request& request, const http::UploadState& upload) {
  TRY_ASSIGN(const Loaded l, load(web, request));
  const auto* room = room_of(l);
  if (!l.recorder.id || room == nullptr) return fail(ErrorCode::not_found, "There is no such recorder at this event.");
  // Said before 20 GB are sent.
  TRY_ASSIGN(const auto place, place_of_upload(places_of(web), l.event, *room, l.recorder, upload.file_name));
  std::error_code problem;
  if (std::filesystem::exists(place, problem)) return name_is_taken();
  return {};
}

Result<void> pieces_finished(const Web& web, http::Request& request, const http::UploadState& upload) {
  return take(web, request, upload.file_name, upload.path, upload.length);
}

}  // namespace confer::footage
