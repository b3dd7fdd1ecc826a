// Every id and code type on one page, each with its sentence.
#pragma once
#include <string>
#include "base/id.h"

namespace confer {

struct PersonKind;       ///< a human being we know of, with or without a login
struct SeriesKind;       ///< a conference over the years: "PyCon Examplia"
struct EventKind;        ///< an edition, a summit inside one, or one that is only archived
struct RoomKind;         ///< a place where slots happen
struct TrackKind;        ///< a thread through the programme, with a colour
struct SessionTypeKind;  ///< talk, keynote, tutorial, …, with a default length
struct TalkKind;         ///< one contribution, from submission to archive
struct TalkFileKind;     ///< a file that was uploaded to a talk: its slides
struct SlotKind;         ///< a talk, break or blocker at a place and time
struct ReleaseKind;      ///< a named, immutable schedule
struct PageKind;         ///< an organiser's information page
struct RecorderKind;     ///< what records one stream of a room at an event
struct MediaFileKind;    ///< a file that a recorder wrote
struct CutKind;          ///< what becomes of a slot's recording, from the proposal to the published video
struct VideoKind;        ///< one place where a talk's recording can be seen or heard
struct SpeakerKind;      ///< a printed name in the archive, with an address of its own
struct TagKind;          ///< a word that talks of the archive are filed under
struct VideoListKind;    ///< a list of videos that was matched to an event's talks
struct ImportRunKind;    ///< one import into the archive, with its report
struct KeeperCaseKind;   ///< one thing that waits for the archive's keeper, or was decided

using PersonId = Id<PersonKind>;
using SeriesId = Id<SeriesKind>;
using EventId = Id<EventKind>;
using RoomId = Id<RoomKind>;
using TrackId = Id<TrackKind>;
using SessionTypeId = Id<SessionTypeKind>;
using TalkId = Id<TalkKind>;
using TalkFileId = Id<TalkFileKind>;
using SlotId = Id<SlotKind>;
using ReleaseId = Id<ReleaseKind>;
using PageId = Id<PageKind>;
using RecorderId = Id<RecorderKind>;
using MediaFileId = Id<MediaFileKind>;
using CutId = Id<CutKind>;
using VideoId = Id<VideoKind>;
using SpeakerId = Id<SpeakerKind>;
using TagId = Id<TagKind>;
using VideoListId = Id<VideoListKind>;
using ImportRunId = Id<ImportRunKind>;
using KeeperCaseId = Id<KeeperCaseKind>;

}  // namespace confer
