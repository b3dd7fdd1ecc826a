// The files of a talk: uploading, arranging, removing, erasing, and putting them online at once (organiser_pages.h).
#include <algorithm>
#include <fstream>
#include <map>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "html/assets.h"
#include "html/template.h"
#include "programme/organiser_pages.h"
#include "programme/programme.h"
#include "talks/file_types.h"
#include "talks/files.h"

namespace confer::programme {
namespace {

using events::Event;
using events::organiser_path;
using talks::StoredFile;

constexpr std::size_t looked_at = 1024;  ///< bytes of a file that tell what it is

struct Loaded {
  Event event;
  talks::Talk talk;
  std::vector<StoredFile> files;              ///< removed ones last
  std::optional<std::vector<Link>> released;  ///< what the current release says of the talk; none: it is not in it
};

Result<Loaded> load(db::Tx& tx, const http::Request& request) {
  Loaded l;
  TRY_ASSIGN(l.event, events::event_of_route(tx, request));
  TRY_ASSIGN(l.talk, talks::require_talk(tx, l.event.id, request.param("code")));
  TRY_ASSIGN(l.files, talks::list_files(tx, l.talk.id));
  TRY_ASSIGN(const auto current, current_programme(tx, l.event, ""));
  if (const Talk* talk = current ? current->talk(l.talk.code) : nullptr; talk != nullptr) l.released = talk->attachments;
  return l;
}

std::string path_of(const Event& event, std::string_view code, std::string_view below = {}) {
  std::string path = organiser_path(event, "talks/" + std::string(code) + "/files");
  if (!below.empty()) path.append("/").append(below);
  return path;
}

bool is_released(const Loaded& l, const StoredFile& file) {
  return l.released && std::ranges::any_of(*l.released, [&](const Link& link) { return talks::file_code_of(link.url) == file.code; });
}

/// Whether the release says of the uploaded files what the draft says.
bool is_as_released(const Loaded& l) {
  std::vector<std::pair<std::string, std::string>> here, there;
  for (const auto& file : l.files)
    if (!file.removed_at) here.emplace_back(file.code, file.title);
  for (const Link& link : *l.released)
    if (auto code = talks::file_code_of(link.url); code && link.url.starts_with('/')) there.emplace_back(*std::move(code), link.title);
  return here == there;
}

/// Where a file stands on its way to the public.
std::pair<std::string_view, std::string_view> badge_of(const Loaded& l, const StoredFile& file) {
  if (l.event.kind == events::EventKind::archived) return {"public", "badge-good"};
  if (is_released(l, file)) return {"public", "badge-good"};
  return {"waits for a release", ""};
}

void list_files(html::View& view, const Loaded& l) {
  html::View* list = nullptr;
  int place = 0;
  for (const auto& file : l.files) {
    if (file.removed_at) continue;
    if (list == nullptr) list = &view.add("LIST");
    const auto [state, kind] = badge_of(l, file);
    list->add("FILE")
        .set("PLACE", ++place)
        .set("FILE_CODE", file.code)
        .set("FILE_TITLE", file.title)
        .set("FILE_NAME", file.name)
        .set("FILE_HREF", talks::address_of(file))
        .set("SIZE", talks::size_in_words(file.size_bytes))
        .set("STATE", state)
        .set("STATE_CLASS", kind);
  }
  if (list == nullptr) {
    view.show("NO_FILES");
    return;
  }
  list->set("ARRANGE_ACTION", path_of(l.event, l.talk.code));
}

void list_removed(html::View& view, const Loaded& l) {
  html::View* list = nullptr;
  for (const auto& file : l.files) {
    if (!file.removed_at) continue;
    if (list == nullptr) list = &view.add("REMOVED");
    list->add("FILE")
        .set("FILE_TITLE", file.title)
        .set("FILE_NAME", file.name)
        .set("FILE_HREF", talks::address_of(file))
        .set("SIZE", talks::size_in_words(file.size_bytes))
        .set("RESTORE_ACTION", organiser_path(l.event, "restore"))
        .set("WHAT", "file:" + file.code)
        .set_html("ERASE", events::confirm_button(path_of(l.event, l.talk.code, file.code + "/erase"), "Erase for good…",
                                                  "The file is deleted from this server and from every release that names it. This cannot be undone.",
                                                  "Erase “" + file.title + "”"))
        .show_if(is_released(l, file), "STILL_PUBLIC");
  }
}

std::string explained(const Loaded& l) {
  if (l.event.kind == events::EventKind::archived) return "They appear on the talk’s public page at once.";
  if (!l.released) return "They appear on the talk’s public page with the first release that has the talk.";
  return "They appear on the talk’s public page with the next release, or at once by “Put online now”.";
}

http::Response show(const Web& web, const http::Request& request, const Loaded& l, const Error* error) {
  html::View view;
  view.set("EXPLAINED", explained(l)).set("TALK_HREF", organiser_path(l.event, "talks/" + l.talk.code));
  list_files(view, l);
  list_removed(view, l);
  const std::string limit = talks::size_in_words(web.max_file_bytes);
  view.set("UPLOAD_ACTION", path_of(l.event, l.talk.code, "upload"))
      .set("PIECES", path_of(l.event, l.talk.code, "pieces"))
      .set("DONE", path_of(l.event, l.talk.code) + "?done=uploaded")
      .set("ACCEPT", talks::accepted_endings())
      .set("MAX_BYTES", std::to_string(web.max_file_bytes))
      .set("LIMIT", limit)
      .set("TYPED_TITLE", error != nullptr ? request.form.get("title") : "");
  if (error != nullptr) view.add("WRONG").set("WRONG_TEXT", error->problems.empty() ? error->message : error->problems.front().message);
  if (l.released && !is_as_released(l)) view.add("PUBLISH").set("PUBLISH_ACTION", path_of(l.event, l.talk.code, "publish"));
  if (!l.talk.attachments.empty()) {
    auto& elsewhere = view.add("ELSEWHERE");
    for (const auto& link : l.talk.attachments) elsewhere.add("LINK").set("HREF", link.url).set("TEXT", link.title.empty() ? link.url : link.title);
  }
  events::OrganiserPage page{.title = "Files of “" + l.talk.title + "”",
                             .here = "talks",
                             .content = html::render("programme/organiser/files.html", view, "en"),
                             .trail = {{organiser_path(l.event, "talks"), "Talks"}, {organiser_path(l.event, "talks/" + l.talk.code), l.talk.title}},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  if (html::find_asset_by_name("talk_files.js") != nullptr) page.scripts = {"talk_files.js"};
  if (error != nullptr) return events::organiser_rejected(web, request, l.event, std::move(page));
  return events::organiser_response(web, request, l.event, std::move(page));
}

/// Takes over what lies at `path`. The row is written after the bytes are on disk.
Result<void> take_file(const Web& web, const http::Request& request, std::string_view title, std::string_view name, const std::string& path,
                       std::uint64_t size) {
  if (size > web.max_file_bytes)
    return fail(ErrorCode::invalid,
                "The file is too large: at most " + talks::size_in_words(web.max_file_bytes) + " are taken. Make the pictures in it smaller, or give a link.");
  std::string beginning(looked_at, '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  beginning.resize(static_cast<std::size_t>(std::max<std::streamsize>(in.gcount(), 0)));
  TRY(talks::require_file_type(name, beginning));
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const Event event, events::event_of_route(tx, request));
    TRY_ASSIGN(const auto talk, talks::require_talk(tx, event.id, request.param("code")));
    TRY(talks::require_change_of_talk(tx, actor_of(request), event, talk.id));
    TRY(talks::require_place_for_file(tx, talk.id));
  }
  TRY_ASSIGN(auto hash, web.files.put_file(path));
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(const Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(const auto talk, talks::require_talk(tx, event.id, request.param("code")));
  TRY(talks::add_file(tx, actor_of(request), event, talk.id, {.title = std::string(title), .name = std::string(name), .hash = hash, .size_bytes = size}));
  // Somebody may have erased the same bytes from another talk in between.
  if (!web.files.has(hash)) return fail(ErrorCode::unavailable, "The file could not be stored just now. Please upload it again.");
  return tx.commit();
}

Result<Loaded> loaded(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return load(tx, request);
}

}  // namespace

Result<http::Response> organiser_files(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Loaded l, loaded(web, request));
  return show(web, request, l, nullptr);
}

Result<http::Response> organiser_files_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(const Loaded l, load(tx, request));
  const auto codes = request.form.every("file_code"), titles = request.form.every("file_title"), places = request.form.every("file_place");
  std::multimap<std::int64_t, talks::FilePlace> in_order;
  for (std::size_t i = 0; i < codes.size() && i < titles.size(); ++i)
    in_order.emplace(i < places.size() ? events::number_in(trim(places[i])).value_or(1000) : 1000, talks::FilePlace{codes[i], titles[i]});
  std::vector<talks::FilePlace> order;
  for (auto& [place, file] : in_order) order.push_back(std::move(file));
  const std::string removed = request.form.get("remove");
  auto done = [&]() -> Result<void> {
    TRY(talks::arrange_files(tx, actor_of(request), l.event, l.talk.id, order));
    if (!removed.empty()) TRY(talks::remove_file(tx, actor_of(request), l.event, removed));
    return tx.commit();
  }();
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, l, &done.error());
  }
  if (!removed.empty()) return events::organiser_done(path_of(l.event, l.talk.code), "removed", "file:" + removed);
  return events::organiser_done(path_of(l.event, l.talk.code), "saved");
}

Result<http::Response> organiser_file_upload(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Loaded l, loaded(web, request));
  const auto upload = std::ranges::find(request.uploads, "file", &http::Upload::field);
  auto done = [&]() -> Result<void> {
    if (upload == request.uploads.end() || upload->file_name.empty()) return fail(ErrorCode::invalid, "Choose a file first.");
    return take_file(web, request, request.form.get("title"), upload->file_name, upload->path, upload->size_bytes);
  }();
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, l, &done.error());
  }
  return events::organiser_done(path_of(l.event, l.talk.code), "uploaded");
}

Result<std::string> owner_of_pieces(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(const auto talk, talks::require_talk(tx, event.id, request.param("code")));
  const Actor& actor = actor_of(request);
  TRY(talks::require_change_of_talk(tx, actor, event, talk.id));
  return "person " + std::to_string(actor.person.value) + ", talk " + talk.code;
}

Result<void> pieces_begin(const Web& web, const http::Request& request, const http::UploadState& upload) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(const auto talk, talks::require_talk(tx, event.id, request.param("code")));
  TRY(talks::require_place_for_file(tx, talk.id));
  if (talks::find_file_type(upload.file_name) != nullptr) return {};
  TRY(talks::require_file_type(upload.file_name, {}));  // says what is taken
  return {};
}

Result<void> pieces_finished(const Web& web, http::Request& request, const http::UploadState& upload) {
  return take_file(web, request, upload.title, upload.file_name, upload.path, upload.length);
}

Result<http::Response> organiser_files_publish(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Loaded l, loaded(web, request));
  auto done = publish_files(web.db, actor_of(request), l.event.id, l.talk.code, web.sign_in.base_url);
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show(web, request, l, &done.error());
  }
  return events::organiser_done(path_of(l.event, l.talk.code), "corrected");
}

Result<http::Response> organiser_file_erase(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Loaded l, loaded(web, request));
  TRY(erase_file(web.db, web.files, actor_of(request), l.event.id, request.param("file")));
  return events::organiser_done(path_of(l.event, l.talk.code), "erased");
}

}  // namespace confer::programme
