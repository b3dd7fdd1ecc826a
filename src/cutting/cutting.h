// Cuts: what becomes of a slot's recording, from the proposal over the speaker's look to the published video. The stage of a cut is what people decide; whether
// a job works on it just now, and how far it is, is the jobs' matter.
#pragma once
#include <array>
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"
#include "cutting/propose.h"
#include "db/database.h"
#include "events/events.h"
#include "footage/footage.h"
#include "ids/ids.h"
#include "media/chapter.h"
#include "media/profiles.h"
#include "media/sound.h"
#include "people/people.h"
#include "people/rights.h"

namespace confer::cutting {

enum class Stage : unsigned char {
  proposed = 0,    ///< its times are known; nobody has asked for it to be cut
  making = 1,      ///< is cut, for people to look at
  review = 2,      ///< waits for somebody's look
  wrong = 3,       ///< somebody looked, or the machine did, and it is not as it must be
  publishing = 4,  ///< was found good: is cut exactly, and checked
  published = 5,
  stopped = 6,  ///< will not be published: not allowed, or somebody decided so
};
std::string_view name_of(Stage stage);
/// "Waits for a look", and what comes next: "The speaker looks at it, or one of you." In English, for translation.
std::string_view in_words(Stage stage);
std::string_view what_comes_next(Stage stage);
/// The machine's turn: nobody has to do anything.
constexpr bool moves_by_itself(Stage stage) { return stage == Stage::making || stage == Stage::publishing; }

/// A file of the footage, and when it began by the clock that was believed when the cut was planned: a clock that is corrected later moves no cut.
struct Source {
  MediaFileId file;
  Instant begins{};
  bool operator==(const Source&) const = default;
};
/// What is to be cut out of what, and how it sounds.
struct Plan {
  footage::Stream stream = footage::Stream::main;
  std::vector<Source> sources;  ///< in order
  footage::Span span;
  std::vector<footage::Span> dropped;  ///< in its middle
  media::Channels channels = media::Channels::automatic;
  milliseconds sound_offset{};  ///< the sound comes so much later than it was recorded
  /// Nobody has set the ends yet: before it is cut, what lies around the slot is listened to for them.
  struct Guess {
    footage::Span slot, around;
    bool operator==(const Guess&) const = default;
  };
  std::optional<Guess> guess;
  bool is_guessed = false;  ///< the ends came out of such a guess, and no person has set them or found them good since
  bool operator==(const Plan&) const = default;
};
std::string to_json(const Plan& plan);
/// Errors: internal.
Result<Plan> plan_of_json(std::string_view json);
/// The same plan has the same key: what is made is kept under it, so that nothing is made twice.
std::string key_of(const Plan& plan);

/// Chapters of a cut count the recorders' clock, as a plan does: so they move with it, with what goes out of it, and with its title card.
struct Chapters {
  struct Change {
    Instant at{};
    double share = 0;  ///< of the picture
    bool operator==(const Change&) const = default;
  };
  struct Mark {
    Instant at{};
    std::string title;
    bool operator==(const Mark&) const = default;
  };
  std::vector<Change> seen;              ///< the picture became another one: slides
  std::optional<std::vector<Mark>> own;  ///< as people have set them; nothing: they follow from the parts, or from what was seen
  bool operator==(const Chapters&) const = default;
};

/// What people look at: the cut with more before and after it, so that its ends can be moved.
struct Preview {
  std::string key;   ///< of the plan that it was made for; empty: there is none yet
  std::string hash;  ///< in files/
  footage::Span span;
  double frame_rate = 0;
};
/// How much more a preview has at each end, where there is footage.
inline constexpr seconds preview_margin{60};

struct Cut {
  CutId id;
  EventId event;
  std::int64_t slot = 0;  ///< as in exports
  TalkId talk;            ///< the slot's; of a part of a block the part's own (programme/parts.h)
  // Read only, of the talk:
  std::string talk_code, title;
  TalkId block;          ///< that it is a part of; 0: it is the whole of its slot
  bool is_gone = false;  ///< it was removed: a part that is not in the schedule any more
  Stage stage = Stage::proposed;
  int revision = 1;  ///< a correction after publication is the next one; the former stays online until it is done
  Plan plan;
  Chapters chapters;
  std::string doubts;   ///< of the proposal, a sentence a line
  std::string problem;  ///< of the last attempt to make it; empty: none
  Preview preview;
  std::string sound;           ///< what was done to the sound, JSON of the cut's report
  std::string wave;            ///< of the preview's sound: peaks in dBFS, equally long each, as a JSON array; empty: not known
  std::string poster_hash;     ///< of what is published, in files/; empty: none
  std::string published_hash;  ///< in files/; empty: nothing is online
  std::optional<Instant> published_at;
  std::optional<Instant> online_from;  ///< of what is online: when its first recorded frame was
  milliseconds online_title{};         ///< and how long after the video’s beginning that is shown
  Instant changed_at{};
  std::int64_t version = 1;
};

/// A card is shown no longer than this.
inline constexpr seconds longest_card{60};

struct Look {
  int revision = 1;
  std::string plan_key, name;
  PersonId person;
  bool is_speaker = false, is_good = false;
  std::string note;
  Instant at{};
};
struct Settings {
  Padding padding;
  bool is_automatic = true;                ///< what is whole is cut as soon as the talk is over
  bool needs_two = false;                  ///< two people must find it good
  std::string license;                     ///< of what is published
  seconds title_card{}, end_card{};        ///< shown before and after it; 0: none
  seconds apology_card{};                  ///< after the title, where something is wrong with the recording; 0: none
  seconds name_plate{};                    ///< over its beginning: who speaks; 0: none
  std::optional<Instant> embargoed_until;  ///< what is published before is shown from then on
  std::vector<media::Profile> profiles;    ///< what else is made of it, besides the cut itself
  std::int64_t version = 0;                ///< 0: nobody has set any
};

// ---- reading

Result<std::vector<Cut>> list_cuts(db::Tx& tx, const events::Event& event);
/// The content hash of one of the files that were made of what is online of a talk: "360p.mp4" of HLS. Nothing when there is none.
Result<std::optional<std::string>> find_file(db::Tx& tx, TalkId talk, media::Profile profile, std::string_view name);
/// What was made beside a cut's preview: "storyboard.json" and its sheets, "samples.json" and a sound each. The content hash. Nothing when there is none.
Result<std::optional<std::string>> find_beside_preview(db::Tx& tx, const Cut& cut, std::string_view name);
/// What one of them says, of those that are small texts; empty: nothing, or it is in the file alone.
Result<std::string> told_beside_preview(db::Tx& tx, const Cut& cut, std::string_view name);
/// The cut of a talk that is online; of several slots the newest.
Result<std::optional<Cut>> find_published(db::Tx& tx, TalkId talk);
/// Of a slot as a whole, or of one of its parts, by the code of that one's talk. Errors: not_found.
Result<Cut> require_cut(db::Tx& tx, const events::Event& event, std::int64_t slot, std::string_view part = {});
Result<std::vector<Look>> looks_at(db::Tx& tx, CutId id);
Result<Settings> settings_of(db::Tx& tx, EventId event);
Result<Settings> save_settings(db::Tx& tx, const Actor& actor, const events::Event& event, Settings settings);
/// What is proposed as the footage stands now. Nothing when there is none of it. A part keeps its padding where another part begins, since parts are seldom
/// in time; it does not reach into what was planned before and after its block.
std::optional<Proposal> proposal_for(const footage::EventFootage& all, std::int64_t slot, std::string_view part, const Padding& padding);
/// The sources of a span of one stream of the slot's room, as clocks stand now.
std::vector<Source> sources_for(const footage::EventFootage& all, std::int64_t slot, footage::Stream stream, footage::Span span);

/// Whether the speakers allow it to be published, as far as people have looked: of "review first" a speaker must have found this plan good; of a block as a
/// whole, those of each part their part.
Result<bool> may_be_published(db::Tx& tx, const Cut& cut);

// ---- deciding. Errors of all: by right (media); conflict – the cut has changed since `version`.

/// Makes the cut of what has none, with what is proposed. Errors: invalid – there is no footage of it; forbidden – its speakers do not allow it, of the whole
/// of a block: those of one of its parts.
Result<Cut> begin_cut(db::Tx& tx, const Actor& actor, const events::Event& event, const footage::EventFootage& all, std::int64_t slot,
                      std::string_view part = {});
/// Has it made by this plan. Of a published one this begins the next revision. Errors: invalid – times that are none; forbidden – not allowed.
Result<Cut> ask_for(db::Tx& tx, const Actor& actor, const events::Event& event, Cut cut, Plan plan);
/// It will not be published, with the reason; what is online of it goes. Not published ones can be asked for again.
Result<Cut> stop(db::Tx& tx, const Actor& actor, const events::Event& event, Cut cut, std::string note);

/// What the speakers take back after the cut, by what a talk's consent is now: what is online goes, with all its forms, what is not yet is not cut any further,
/// and the team is told. Nothing where they allow it, or where it was done already. Viewers are shown nothing from the moment on in which the consent changed
/// (recordings::may_be_shown).
Result<void> follow_consent(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, std::string_view talk_code);

/// Parts whose talks are there again after they had gone: what was to be made of them is made.
Result<void> follow_returned(db::Tx& tx, const events::Event& event, std::span<const TalkId> parts);

/// Who looks: somebody of the team, or whoever holds a link.
struct Viewer {
  PersonId person;
  std::string name;
  bool is_speaker = false;
};
struct Verdict {
  bool is_good = false;
  bool saw_beginning = false, saw_end = false;
  footage::Span span;                       ///< with its ends where the viewer put them; within the preview
  std::optional<media::Channels> channels;  ///< as they were heard to be right; nothing: as they are
  std::string note;                         ///< what is wrong
};
/// Errors: conflict – it changed meanwhile, or waits for no look; invalid – both ends were not looked at, nothing is said to be wrong, times outside the
/// preview; forbidden – not allowed.
Result<Cut> judge(db::Tx& tx, const events::Event& event, Cut cut, const Viewer& viewer, const Verdict& verdict);

// ---- chapters (chapters.h: where they lie)

/// As people have set them; else of the whole of a block its parts, of a single talk what was seen.
Result<std::vector<Chapters::Mark>> marks_of(db::Tx& tx, const events::Event& event, const Cut& cut);
/// As its video has them, `title_card` before it.
Result<std::vector<media::Chapter>> chapters_of(db::Tx& tx, const events::Event& event, const Cut& cut, milliseconds title_card);
/// `lines`: a chapter each, "2:05 Title", by the time since the cut's beginning; none: as they are found by themselves. Of what is online pages and feeds have
/// them at once, the file when it is cut again. Errors: invalid – the line; forbidden – it was stopped.
Result<Cut> set_chapters(db::Tx& tx, const events::Event& event, Cut cut, const Viewer& viewer, std::string_view lines);

// ---- links for a look, without an account

struct ReviewLink {
  std::int64_t id = 0;
  CutId cut;
  Viewer viewer;
  Instant created_at{}, expires_at{};
  std::optional<Instant> revoked_at;
};
inline constexpr std::chrono::hours link_lifetime{24 * 30};
/// The secret part of the address; only its hash is kept. Errors: by right (media).
Result<std::string> add_link(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut, const Viewer& viewer);
Result<std::vector<ReviewLink>> links_of(db::Tx& tx, CutId cut);
/// Errors: by right (media); not_found.
Result<void> revoke_link(db::Tx& tx, const Actor& actor, const events::Event& event, const Cut& cut, std::int64_t link);
struct Opened {
  ReviewLink link;
  Cut cut;
  events::Event event;
};
/// Errors: not_found – there is no such link; gone is told as not_found with a sentence: expired, or taken back.
Result<Opened> open_link(db::Tx& tx, std::string_view token);

// ---- people

Result<std::string> export_person(db::Tx& tx, PersonId person);
/// Their looks stay, without a name; their links go.
Result<void> erase_person(db::Tx& tx, PersonId person);
/// The content hashes that `files/` must keep for cuts.
Result<std::vector<std::string>> named_hashes(db::Tx& tx);
Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::cutting
