// A talk's captions: files come in, the text is edited in the page, what was removed comes back (organiser_pages.h).
#include <algorithm>
#include <cmath>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "files/files.h"
#include "html/template.h"
#include "recordings/organiser_pages.h"
#include "recordings/tracks.h"
#include "talks/talks.h"

namespace confer::recordings {
namespace {

using events::Event;
using events::organiser_path;

struct Loaded {
  Event event;
  talks::Talk talk;
  std::string path;  ///< of the talk's captions
};

Result<Loaded> load(db::Tx& tx, const http::Request& request) {
  Loaded l;
  TRY_ASSIGN(l.event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(l.event)));
  TRY_ASSIGN(l.talk, talks::require_talk(tx, l.event.id, request.param("code")));
  l.path = organiser_path(l.event, "talks/" + l.talk.code + "/captions");
  return l;
}

std::vector<events::Option> kinds(TrackKind chosen) {
  return {{"captions", "Captions: what is said, in its language", chosen == TrackKind::captions},
          {"subtitles", "Subtitles: in another language", chosen == TrackKind::subtitles}};
}
TrackKind kind_in(const http::Fields& form) { return form.get("kind") == "subtitles" ? TrackKind::subtitles : TrackKind::captions; }

std::string language_name(std::string_view tag) { return name_of_language(tag, "en"); }

http::Response framed(const Web& web, const http::Request& request, const Loaded& l, const Error* error, std::string title, std::string content,
                      bool is_below = false) {
  events::OrganiserPage page{.title = std::move(title),
                             .here = "recordings",
                             .content = std::move(content),
                             .trail = {{organiser_path(l.event, "recordings"), "Recordings"}},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  if (is_below) page.trail.push_back({l.path, "Captions of “" + l.talk.title + "”"});
  if (error != nullptr) return events::organiser_rejected(web, request, l.event, std::move(page));
  return events::organiser_response(web, request, l.event, std::move(page));
}

Result<http::Response> show_list(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto l, load(tx, request));
  TRY_ASSIGN(const auto tracks, list_tracks(tx, l.talk.id));
  events::Table table("Captions of this talk", {"Language", "Kind", "Made", "Remove"});
  table.when_empty("There are no captions yet.");
  events::Table removed("Removed captions", {"Language", "Kind", "Bring back"});
  for (const auto& track : tracks) {
    const std::string below = l.path + "/" + track.language;
    if (track.removed_at) {
      removed.row()
          .cell(language_name(track.language))
          .cell(name_of(track.kind))
          .button("Bring back", below + "/restore", "version", std::to_string(track.version));
      continue;
    }
    table.row().link(language_name(track.language), below).cell(name_of(track.kind)).cell(name_of(track.source));
    table.button("Remove", below + "/remove", "version", std::to_string(track.version));
  }
  events::Form form(request, error);
  form.text("language", "Language", l.talk.language.empty() ? l.event.languages.front() : l.talk.language, "As a tag: en, de, pt-BR.");
  form.select("kind", "Kind", kinds(TrackKind::captions));
  form.file("captions", "File", "SubRip (.srt) or WebVTT (.vtt), at most 4 MB.");
  html::View view;
  view.set_html("TRACKS", table.draw()).set_html("FORM", form.draw(l.path, "Take these captions"));
  if (!removed.empty()) view.add("REMOVED").set_html("REMOVED_TRACKS", removed.draw());
  return framed(web, request, l, error, "Captions of “" + l.talk.title + "”", html::render("recordings/organiser/captions.html", view, "en"));
}

Result<http::Response> show_track(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto l, load(tx, request));
  TRY_ASSIGN(const auto track, require_track(tx, l.talk.id, request.param("language")));
  if (track.removed_at) return fail(ErrorCode::not_found, "These captions were removed.");
  events::Form form(request, error);
  form.hidden("version", track.version);
  form.select("kind", "Kind", kinds(track.kind));
  form.area("captions", "Text", track.vtt, "As WebVTT: above each caption when it is shown, as 00:01:02.500 --> 00:01:05.000; an empty line below it.", 30);
  form.text("shift", "Move all by (seconds)", "0", "1.5 is later, -1.5 earlier.");
  html::View view;
  view.set("KIND", name_of(track.source)).set("VTT_HREF", path_of_captions(l.event.slug, l.talk.code) + track.language + ".vtt");
  view.show_if(track.source == TrackSource::recognised, "RECOGNISED").show_if(track.source != TrackSource::recognised, "SHOWN");
  view.set_html("FORM", form.draw(l.path + "/" + track.language, "Save", l.path));
  return framed(web, request, l, error, language_name(track.language) + " captions", html::render("recordings/organiser/caption_text.html", view, "en"), true);
}

std::unexpected<Error> wrong_field(std::string_view field, std::string_view sentence) {
  return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{std::string(field), std::string(sentence)}}});
}

/// An error of the text as one of its field.
std::unexpected<Error> of_captions(Error error) {
  if (error.problems.empty()) error.problems = {{"captions", error.message}};
  return std::unexpected(std::move(error));
}

/// "1.5": milliseconds. Errors: invalid.
Result<milliseconds> shift_in(std::string_view text) {
  text = trim(text);
  if (text.empty()) return milliseconds{};
  const std::string number = replace_all(std::string(text), ",", ".");
  char* end = nullptr;
  const double seconds = std::strtod(number.c_str(), &end);
  constexpr double most = 36000;
  if (end != number.c_str() + number.size() || !std::isfinite(seconds) || std::abs(seconds) > most)
    return wrong_field("shift", "Write seconds, such as 1.5 or -0.25, at most 36000.");
  return milliseconds(std::llround(seconds * 1000));
}

Result<void> save_text(const Web& web, const http::Request& request) {
  TRY_ASSIGN(const auto by, shift_in(request.form.get("shift")));
  auto read = read_captions(request.form.get("captions"));
  if (!read) return of_captions(std::move(read).error());
  const auto cues = shifted(read->cues, by);
  if (cues.empty()) return wrong_field("shift", "All captions would be before the beginning.");
  return events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const auto l, load(tx, request));
    TRY_ASSIGN(auto track, require_track(tx, l.talk.id, request.param("language")));
    track.version = events::number_in(request.form.get("version")).value_or(-1);
    track.kind = kind_in(request.form);
    track.source = TrackSource::edited;
    track.vtt = to_vtt(cues);
    return save_track(tx, actor_of(request), l.event, l.talk.code, std::move(track));
  });
}

Result<void> take_file(const Web& web, const http::Request& request) {
  const auto upload = std::ranges::find(request.uploads, "captions", &http::Upload::field);
  if (upload == request.uploads.end() || upload->size_bytes == 0) return wrong_field("captions", "Choose a file.");
  if (upload->size_bytes > largest_captions) return wrong_field("captions", "The captions are larger than 4 MB.");
  TRY_ASSIGN(const auto bytes, files::read_file(upload->path, upload->size_bytes));
  auto read = read_captions(bytes);
  if (!read) return of_captions(std::move(read).error());
  return events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const auto l, load(tx, request));
    Track track;
    track.talk = l.talk.id;
    track.language = std::string(trim(request.form.get("language")));
    track.kind = kind_in(request.form);
    track.vtt = to_vtt(read->cues);
    return save_track(tx, actor_of(request), l.event, l.talk.code, std::move(track));
  });
}

Result<http::Response> put(const Web& web, const http::Request& request, std::string_view done,
                           Result<void> (*action)(db::Tx&, const Actor&, const Event&, std::string_view, const Track&)) {
  std::string here;
  TRY(events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const auto l, load(tx, request));
    here = l.path;
    TRY_ASSIGN(auto track, require_track(tx, l.talk.id, request.param("language")));
    track.version = events::number_in(request.form.get("version")).value_or(-1);
    return action(tx, actor_of(request), l.event, l.talk.code, track);
  }));
  return events::organiser_done(here, done);
}

}  // namespace

Result<http::Response> organiser_captions(const Web& web, http::Request& request) { return show_list(web, request, nullptr); }
Result<http::Response> organiser_caption_text(const Web& web, http::Request& request) { return show_track(web, request, nullptr); }

Result<http::Response> organiser_captions_upload(const Web& web, http::Request& request) {
  if (const auto done = take_file(web, request); !done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(done.error());
    return show_list(web, request, &done.error());
  }
  return events::organiser_done(request.path, "captions_taken");
}

Result<http::Response> organiser_caption_text_submit(const Web& web, http::Request& request) {
  if (const auto done = save_text(web, request); !done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(done.error());
    return show_track(web, request, &done.error());
  }
  return events::organiser_done(request.path, "saved");
}

Result<http::Response> organiser_captions_remove(const Web& web, http::Request& request) { return put(web, request, "captions_removed", remove_track); }
Result<http::Response> organiser_captions_restore(const Web& web, http::Request& request) { return put(web, request, "restored", restore_track); }

}  // namespace confer::recordings
