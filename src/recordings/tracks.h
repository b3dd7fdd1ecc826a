// The captions of a talk's videos: one track a language, kept as WebVTT, searched, shown in the player.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "recordings/captions.h"
#include "recordings/recordings.h"

namespace confer::recordings {

/// Who made it. What a program recognised is shown to nobody before a person has saved it.
enum class TrackSource : unsigned char { uploaded = 0, edited = 1, recognised = 2 };
std::string_view name_of(TrackSource source);
std::string_view name_of(TrackKind kind);

struct Track : ShownTrack {
  TrackSource source = TrackSource::uploaded;
  std::string vtt;
  Instant updated_at{};
  std::optional<Instant> removed_at;
  std::int64_t version = 0;  ///< 0: not stored yet
};

/// "/{event}/talks/{code}/captions/": with "de.vtt" behind it a track's address.
std::string path_of_captions(std::string_view event_slug, std::string_view talk_code);

/// All of a talk, by language, removed ones too.
Result<std::vector<Track>> list_tracks(db::Tx& tx, TalkId talk);
/// Errors: not_found.
Result<Track> require_track(db::Tx& tx, TalkId talk, std::string_view language);
/// What viewers may have of these talks, as WebVTT: (talk, text) by talk and language. The caller asks whether the recordings may be shown.
Result<std::vector<std::pair<TalkId, std::string>>> shown_texts(db::Tx& tx, std::span<const TalkId> talks);

/// Adds or changes; `version` as read. A new track of a language whose track was removed takes its place.
/// Errors: by right (media); invalid – no language; conflict – changed by someone else meanwhile, or there is one of this language.
Result<void> save_track(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, Track track);
/// All of a talk come later by `by`, earlier where it is negative: its video begins elsewhere now. One of which nothing would be left stays as it is.
/// Errors: by right (media).
Result<void> move_tracks(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, TalkId talk, milliseconds by);
/// Errors: by right (media); not_found; conflict – changed meanwhile.
Result<void> remove_track(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, const Track& track);
Result<void> restore_track(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view talk_code, const Track& track);

}  // namespace confer::recordings
