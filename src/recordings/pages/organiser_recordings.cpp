// An event's recordings: what talks have videos, and where a list of videos comes in (organiser_pages.h).
#include <algorithm>
#include <map>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "html/template.h"
#include "programme/import_files.h"
#include "programme/organiser_words.h"
#include "recordings/organiser_pages.h"
#include "recordings/video_lists.h"
#include "talks/talks.h"

namespace confer::recordings {
namespace {

using events::Event;
using events::organiser_path;

Zone zone_or_utc(const Event& event) {
  const auto zone = events::zone_of(event);
  return zone ? *zone : Zone();
}

/// The sentence of a talk that has no video, as visitors read it.
std::string_view state_in_words(const Recording* recording) {
  const Status status = recording == nullptr ? Status::unknown : shown_status(*recording);
  return status == Status::unknown ? "" : name_of(status);
}

void show_talks(html::View& view, const Event& event, const std::vector<talks::Talk>& talks, const std::map<TalkId, const Recording*>& recordings) {
  events::Table table("Talks and their videos", {"Talk", "People", "State", "Videos", "Captions"});
  table.when_empty("There are no talks yet.");
  std::int64_t with_video = 0, gone = 0, shown = 0;
  for (const auto& talk : talks) {
    if (talk.state == talks::State::cancelled || talk.state == talks::State::draft) continue;
    ++shown;
    const auto found = recordings.find(talk.id);
    const Recording* recording = found == recordings.end() ? nullptr : found->second;
    std::vector<std::string> names, places;
    for (const auto& credit : talk.credits) names.push_back(credit.name);
    bool is_there = false, is_gone = false;
    if (recording != nullptr)
      for (const auto& video : recording->videos) {
        if (video.kind == MediaKind::captions) continue;
        const bool dead = video.health == Health::dead;
        (dead ? is_gone : is_there) = true;
        std::string place = std::string(place_in_words(video.place)) + (dead ? " (gone)" : "");
        if (std::ranges::find(places, place) == places.end()) places.push_back(std::move(place));
      }
    with_video += is_there ? 1 : 0;
    gone += is_gone ? 1 : 0;
    table.row().link(talk.title, organiser_path(event, "talks/" + talk.code)).cell(join(names, ", "));
    const auto state = state_in_words(recording);
    table.link(state.empty() ? "Say" : state, organiser_path(event, "talks/" + talk.code + "/recording"));
    if (places.empty())
      table.badge("no video", "warning");
    else
      table.cell(join(places, ", "));
    std::vector<std::string> languages;
    if (recording != nullptr)
      for (const auto& track : recording->tracks) languages.push_back(track.language);
    table.link(languages.empty() ? "Add" : join(languages, ", "), organiser_path(event, "talks/" + talk.code + "/captions"));
  }
  auto& figures = view.add("FIGURES");
  const auto figure = [&](std::string_view name, std::int64_t value) { figures.add("FIGURE").set("FIGURE_NAME", name).set("FIGURE_VALUE", value); };
  figure("Talks", shown);
  figure("With a video", with_video);
  figure("Without", shown - with_video);
  figure("With a video that is gone", gone);
  view.set_html("TALKS", table.draw());
}

Result<http::Response> show(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const Event event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(event)));
  TRY_ASSIGN(auto talks, talks::list_talks(tx, event.id));
  TRY_ASSIGN(auto parts, talks::list_parts(tx, event.id));
  TRY_ASSIGN(const auto recordings, recordings_of(tx, event.id));
  TRY_ASSIGN(const auto lists, list_video_lists(tx, event));
  std::map<TalkId, const Recording*> by_talk;
  for (const auto& recording : recordings) by_talk[recording.talk] = &recording;
  // Parts of blocks that have one.
  for (auto& part : parts)
    if (by_talk.contains(part.id)) talks.push_back(std::move(part));
  html::View view;
  events::Form form(request, error);
  form.area("list", "List of videos", "", "One address a line, or any of the forms below.", 8);
  form.file("file", "… or a file", "At most 8 MB.");
  view.set_html("FORM", form.draw(organiser_path(event, "recordings/match"), "Look at what fits"));
  if (!lists.empty()) {
    auto& section = view.add("LISTS");
    const Zone zone = zone_or_utc(event);
    for (const auto& list : lists) {
      auto& row = section.add("LIST");
      row.set("LIST_AT", programme::day_and_time(zone.to_wall(list.taken_at))).set("LIST_VIDEOS", list.videos).set("LIST_TALKS", list.talks);
      if (list.undone_at)
        row.add("UNDONE").set("UNDONE_AT", programme::day_and_time(zone.to_wall(*list.undone_at)));
      else
        row.add("UNDO").set("UNDO_ACTION", organiser_path(event, "recordings/taken/" + std::to_string(list.id.value) + "/undo"));
    }
  }
  show_talks(view, event, talks, by_talk);
  events::OrganiserPage page{.title = "Recordings",
                             .here = "recordings",
                             .content = html::render("recordings/organiser/recordings.html", view, "en"),
                             .trail = {},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, event, std::move(page));
  return events::organiser_response(web, request, event, std::move(page));
}

}  // namespace

Result<http::Response> organiser_recordings(const Web& web, http::Request& request) { return show(web, request, nullptr); }

Result<http::Response> organiser_list_upload(const Web& web, http::Request& request) {
  std::string here;
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const Event event, events::event_of_route(tx, request));
    TRY(require(actor_of(request), Right::media, events::scope_of(event)));  // before anything is stored
    here = organiser_path(event, "recordings/match/");
  }
  std::string text = request.form.get("list"), field = "list";
  const auto upload = std::ranges::find(request.uploads, "file", &http::Upload::field);
  if (upload != request.uploads.end() && upload->size_bytes > 0) {
    TRY_ASSIGN(text, files::read_file(upload->path, upload->size_bytes));
    field = "file";
  }
  if (trim(text).empty()) {
    const Error error{ErrorCode::invalid, "There is no list.", {}, {}, {{"list", "Paste a list, or choose a file."}}};
    return show(web, request, &error);
  }
  if (auto read = read_video_list(text); !read) {
    const Error error{ErrorCode::invalid, "The list was not taken.", {}, {}, {{field, read.error().message}}};
    return show(web, request, &error);
  }
  TRY_ASSIGN(const auto hash, programme::keep_import_file(web.data_dir, text));
  return http::Response::see_other(here + hash.hex);
}

Result<http::Response> organiser_list_undo(const Web& web, http::Request& request) {
  std::string here;
  TRY(events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const Event event, events::event_of_route(tx, request));
    here = organiser_path(event, "recordings");
    TRY_ASSIGN(const auto list, events::number_of_route(request, "list"));
    TRY(undo_video_list(tx, actor_of(request), event, VideoListId{list}));
    return {};
  }));
  return events::organiser_done(here, "list_undone");
}

}  // namespace confer::recordings
