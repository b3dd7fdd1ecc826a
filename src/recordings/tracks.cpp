// Saving and reading captions (tracks.h).
#include "recordings/tracks.h"
#include <algorithm>
#include "base/text.h"
#include "people/who.h"
#include "recordings/store.h"

namespace confer::recordings {

namespace {

Result<void> tell(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, TalkId talk) {
  TRY(store::touch(tx, talk));
  return journal::record(tx, who(actor), "recording.changed", event.series.value, event.id.value, "talk:" + std::string(talk_code));
}

std::unexpected<Error> changed_meanwhile() { return fail(ErrorCode::conflict, "Someone else has changed these captions meanwhile. Load the page again."); }

}  // namespace

std::string_view name_of(TrackSource source) {
  switch (source) {
    case TrackSource::uploaded:
      return "uploaded";
    case TrackSource::edited:
      return "edited here";
    case TrackSource::recognised:
      break;
  }
  return "recognised by a program, not shown yet";
}

std::string_view name_of(TrackKind kind) { return kind == TrackKind::captions ? "captions" : "subtitles"; }

std::string path_of_captions(std::string_view event_slug, std::string_view talk_code) {
  return "/" + std::string(event_slug) + "/talks/" + std::string(talk_code) + "/captions/";
}

Result<std::vector<Track>> list_tracks(db::Tx& tx, TalkId talk) { return store::tracks_of(tx, talk); }

Result<Track> require_track(db::Tx& tx, TalkId talk, std::string_view language) {
  TRY_ASSIGN(auto tracks, store::tracks_of(tx, talk));
  const auto found = std::ranges::find(tracks, language, &Track::language);
  if (found == tracks.end()) return fail(ErrorCode::not_found, "There are no captions in this language.");
  return std::move(*found);
}

Result<std::vector<std::pair<TalkId, std::string>>> shown_texts(db::Tx& tx, std::span<const TalkId> talks) { return store::shown_texts(tx, talks); }

Result<void> save_track(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, Track track) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  if (!is_language_tag(track.language))
    return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{"language", "Write the language as a tag: en, de, pt-BR."}}});
  if (track.version == 0) {
    TRY_ASSIGN(const auto tracks, store::tracks_of(tx, track.talk));
    const auto same = std::ranges::find(tracks, track.language, &Track::language);
    if (same == tracks.end()) {
      TRY(store::add(tx, track));
      return tell(tx, actor, event, talk_code, track.talk);
    }
    if (!same->removed_at)
      return std::unexpected(Error{ErrorCode::invalid,
                                   "Some fields need another look.",
                                   {},
                                   {},
                                   {{"language", "There are captions in this language already: edit them, or remove them first."}}});
    track.version = same->version;
  }
  TRY_ASSIGN(const bool done, store::change(tx, track));
  if (!done) return changed_meanwhile();
  return tell(tx, actor, event, talk_code, track.talk);
}

Result<void> move_tracks(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, TalkId talk, milliseconds by) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(auto tracks, store::tracks_of(tx, talk));
  bool has_moved = false;
  for (auto& track : tracks) {
    const auto read = read_captions(track.vtt);
    const auto cues = read ? shifted(read->cues, by) : std::vector<Cue>{};
    if (cues.empty()) continue;
    track.vtt = to_vtt(cues);
    TRY_ASSIGN(const bool done, store::change(tx, track));
    if (!done) return changed_meanwhile();
    if (track.removed_at) {
      ++track.version;
      TRY_ASSIGN(const bool is_removed, store::set_removed(tx, track, track.removed_at));
      if (!is_removed) return changed_meanwhile();
    }
    has_moved = true;
  }
  if (!has_moved) return {};
  return tell(tx, actor, event, talk_code, talk);
}

Result<void> remove_track(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, const Track& track) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(const bool done, store::set_removed(tx, track, tx.now()));
  if (!done) return changed_meanwhile();
  return tell(tx, actor, event, talk_code, track.talk);
}

Result<void> restore_track(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, const Track& track) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(const bool done, store::set_removed(tx, track, std::nullopt));
  if (!done) return changed_meanwhile();
  return tell(tx, actor, event, talk_code, track.talk);
}

}  // namespace confer::recordings
