// The archive: every talk of every edition that has taken place, by event, series, speaker, tag, language and year. Imported and programmed here alike.
#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"
#include "db/database.h"
#include "events/events.h"
#include "ids/ids.h"
#include "people/rights.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::archive {

using std::chrono::seconds;

// ---- lists. All of them show what visitors may see, and nothing else: talks of public events, given before today or with a video. A list costs two
// statements and its count one, whatever its length; pages of 21,000 talks are made on demand.

struct SpeakerLink {
  SpeakerId id;
  std::string slug;  ///< of its page; for ever
  std::string name;  ///< as printed for this talk; empty: erased
};
struct TagLink {
  TagId id;
  std::string slug, name;
};

/// A talk as lists show it.
struct Row {
  TalkId id;
  std::string code, slug;  ///< the page: /{event_slug}/talks/{code}-{slug}
  std::string title, subtitle;
  EventId event;
  std::string event_slug;
  LocalizedText event_title;
  SeriesId series;
  std::string series_slug;
  std::optional<Date> day;
  int year = 0;          ///< 0: unknown
  std::string language;  ///< BCP 47; empty: unknown
  seconds length{};      ///< 0: unknown
  bool has_video = false;
  std::string thumbnail_url;
  Instant added_at{};
  std::vector<SpeakerLink> speakers;
};
std::string path_of(const Row& row);

/// One of the first six at most decides which list it is; the others narrow it.
struct Filter {
  EventId event = {};
  SeriesId series = {};
  SpeakerId speaker = {};
  TagId tag = {};
  std::string language = {};  ///< "und": of unknown language
  int year = 0;
  bool only_with_video = false;
};
struct Page {
  int number = 1, size = 50;  ///< from 1; at most 256 a page
};
struct Rows {
  std::vector<Row> rows;
  std::int64_t total = 0;
};
/// An event's talks in the order they were given; all others newest first.
Result<Rows> list_talks(db::Tx& tx, const Filter& filter, Page page = {});
/// The talks that came in last, newest first: for the home page and feeds.
Result<std::vector<Row>> list_newest(db::Tx& tx, int limit);
/// The talks before and after one in its event's list.
struct Neighbour {
  TalkId id;
  std::string code, slug, title;
};
struct Neighbours {
  std::optional<Neighbour> before, after;
};
Result<Neighbours> neighbours_of(db::Tx& tx, EventId event, TalkId talk);
/// In the order of the codes (search's hits); those that are not shown are left out.
Result<std::vector<Row>> rows_of(db::Tx& tx, std::span<const std::string> codes);
/// "Surprise me": a talk with a video; the same number gives the same talk.
Result<std::optional<Row>> any_talk(db::Tx& tx, std::uint64_t number);

struct Sums {
  std::int64_t talks = 0, with_video = 0;
  seconds length{};
};
struct Totals : Sums {
  std::int64_t events = 0, series = 0, speakers = 0, languages = 0;
  int first_year = 0, last_year = 0;
};
Result<Totals> totals(db::Tx& tx);
Result<Sums> sums_of(db::Tx& tx, const Filter& filter);

struct EventCount : Sums {
  EventId id;
  std::string slug;
  LocalizedText title;
  SeriesId series;
  std::optional<Date> first, last;  ///< of its talks
  int year = 0;
};
/// The archive's events, newest first; of one series when `series` is given.
Result<std::vector<EventCount>> count_events(db::Tx& tx, SeriesId series = {});
struct SeriesCount : Sums {
  SeriesId id;
  std::string slug;
  LocalizedText title;
  std::int64_t events = 0;
  int first_year = 0, last_year = 0;
};
/// Most talks first.
Result<std::vector<SeriesCount>> count_series(db::Tx& tx);
struct YearCount : Sums {
  int year = 0;
};
struct LanguageCount : Sums {
  std::string language;  ///< empty: unknown
};
/// By year; most talks first. `filter` chooses the list that is counted (event, series, speaker or tag).
Result<std::vector<YearCount>> count_years(db::Tx& tx, const Filter& filter = {});
Result<std::vector<LanguageCount>> count_languages(db::Tx& tx, const Filter& filter = {});
struct TagCount {
  TagLink tag;
  std::int64_t talks = 0;
};
Result<std::vector<TagCount>> count_tags(db::Tx& tx, const Filter& filter, int limit);
struct SpeakerCount {
  SpeakerLink speaker;
  std::int64_t talks = 0;
  int first_year = 0, last_year = 0;
};
/// By name; `starts` (folded) narrows to an initial or the beginning of a name.
Result<std::vector<SpeakerCount>> list_speakers(db::Tx& tx, std::string_view starts, Page page);
Result<std::int64_t> count_speakers(db::Tx& tx, std::string_view starts);
/// Most talks first.
Result<std::vector<SpeakerCount>> count_most_heard(db::Tx& tx, const Filter& filter, int limit);
/// For charts: talks by (year, what), of the most frequent `what`s.
struct YearShare {
  int year = 0;
  std::string what;  ///< a language, or a tag's name
  std::int64_t talks = 0;
};
Result<std::vector<YearShare>> languages_by_year(db::Tx& tx, SeriesId series = {});
/// Without tags that are no topics: kinds of sessions, the series' own name.
Result<std::vector<YearShare>> tags_by_year(db::Tx& tx, SeriesId series, int most_tags);

// ---- one

struct Speaker {
  SpeakerId id;
  std::string slug, name;
  PersonId person;                       ///< who claimed it
  SpeakerId merged_into;                 ///< redirect there
  std::vector<std::string> other_names;  ///< printed names that were joined with it
};
Result<std::optional<Speaker>> find_speaker(db::Tx& tx, std::string_view slug);
Result<std::optional<Speaker>> find_speaker(db::Tx& tx, SpeakerId id);
Result<std::optional<TagLink>> find_tag(db::Tx& tx, std::string_view slug);

/// Everything a talk's page shows, in a fixed number of statements.
struct Shown {
  talks::Talk talk;
  events::Event event;
  Row row;
  recordings::Recording recording;  ///< version 0: nothing is known
  std::vector<TagLink> tags;
};
/// Errors: not_found – no such talk, or visitors may not see it.
Result<Shown> require_shown(db::Tx& tx, std::string_view code);
/// How a description is written: organisers here write Markdown, PyVideo has reStructuredText, voctoweb plain text.
enum class Markup : unsigned char { markdown = 0, restructured_text = 1, plain = 2 };
Result<Markup> markup_of(db::Tx& tx, TalkId talk);
/// Of all that came from this source (Kept::source); empty: written here.
Markup markup_of_source(std::string_view source);

/// What the source of an imported talk said that our model has no word for.
struct Kept {
  std::string source, path;                  ///< "pyvideo", "pycon-us-2012/videos/a-talk.json"
  std::optional<std::int64_t> number;        ///< its id there
  std::map<std::string, std::string> extra;  ///< unknown fields as JSON: abstract, source_url, …
  std::vector<std::string> repaired;         ///< fields that were put right: "duration"
};
Result<std::optional<Kept>> kept_of(db::Tx& tx, TalkId talk);

/// Old addresses: "/video/123/a-talk" (any text after the number), "/pycon-us-2012/a-talk.html", an `alias`. What follows '?' is not part of a path.
struct Target {
  std::string path;  ///< where it is now
};
Result<std::optional<Target>> find_alias(db::Tx& tx, std::string_view path);

/// For sitemaps: by id, after `after`.
struct Address {
  TalkId id;
  std::string path;
  Instant changed_at{};
};
Result<std::vector<Address>> list_addresses(db::Tx& tx, TalkId after, int limit);

/// What an archive's records say of talks that were programmed here, by their codes; as Markdown. It is shown where nobody has written anything.
struct ToldText {
  std::string abstract, description;
};
using ToldTexts = std::map<std::string, ToldText, std::less<>>;
Result<ToldTexts> told_texts(db::Tx& tx, const events::Event& event);
/// Into talks of either kind.
template <class Talk>
void tell_where_untold(const ToldTexts& told, std::vector<Talk>& talks) {
  if (told.empty()) return;
  for (auto& talk : talks)
    if (const auto text = told.find(talk.code); text != told.end() && talk.abstract.empty() && talk.description.empty()) {
      talk.abstract = text->second.abstract;
      talk.description = text->second.description;
    }
}

// ---- keeping it true

/// Brings lists and search documents of an event in line with its talks, credits and recordings: after an edit, a release, an erasure.
/// Imports do the same by themselves.
Result<void> index_event(db::Tx& tx, EventId event);

// ---- imports, as the keeper sees them

enum class RunState : unsigned char { running = 0, done = 1, failed = 2 };
std::string_view name_of(RunState state);
struct Run {
  ImportRunId id;
  std::string source, origin, done_by;  ///< "pyvideo", the folder's or file's name, who
  Instant started_at{};
  std::optional<Instant> finished_at;
  RunState state = RunState::running;
  std::string message;                         ///< why it failed
  std::map<std::string, std::int64_t> counts;  ///< "talks", "talks added", "talks changed", "talks unchanged", "events", …
  std::optional<Instant> undone_at;
  std::string undone_by;
  std::vector<std::string> left_alone;  ///< what its undoing left as it is, a sentence each
  ImportRunId findings_run;             ///< the run that holds what it found: the same as this, or an earlier one that found the same
};
/// Newest first.
Result<std::vector<Run>> list_runs(db::Tx& tx, Page page = {});
Result<std::optional<Run>> find_run(db::Tx& tx, ImportRunId id);
/// What was not as the format says, by kind.
struct Finding {
  std::string kind;  ///< stable: "duration in milliseconds"
  std::int64_t count = 0;
  std::string message;              ///< a sentence of what was done about it
  std::vector<std::string> places;  ///< "pycon-fr-2016/videos/a.json: duration"; all of them
};
Result<std::vector<Finding>> list_findings(db::Tx& tx, ImportRunId run);
enum class Change : unsigned char { added = 0, changed = 1, removed = 2, conflict = 3 };  ///< conflict: changed there and here; ours stayed
struct RunChange {
  TalkId talk;
  std::string code, title, event_slug;
  Change change = Change::added;
};
Result<std::vector<RunChange>> list_changes(db::Tx& tx, ImportRunId run, Page page = {});

/// Marks of what must never be published. A talk that is there goes at once; an import leaves it out.
struct NoPublish {
  std::string source;
  std::int64_t number = 0;
  std::string reason;
  Instant marked_at{};
};
Result<std::vector<NoPublish>> list_no_publish(db::Tx& tx);
/// Errors: by right (operate).
Result<void> mark_no_publish(db::Tx& tx, const Actor& actor, std::string_view source, std::int64_t number, std::string_view reason);

// ---- the four answers

Result<std::string> export_person(db::Tx& tx, PersonId person);
/// Before talks::erase_person. The names printed for this person go, here and in what is kept of the sources; imports do not bring them back.
/// The events to be indexed again.
Result<std::vector<EventId>> erase_person(db::Tx& tx, PersonId person);
Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::archive
