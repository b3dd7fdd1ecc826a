// The rows that lists show (archive.h says what each means). `today`: the day as text; later plans are not archive yet.
#pragma once
#include "archive/archive.h"
#include "archive/names.h"

namespace confer::archive::store {

/// Without speakers.
Result<std::vector<Row>> list_talks(db::Tx& tx, const Filter& filter, std::string_view today, int limit, int offset);
Result<std::vector<Row>> list_newest(db::Tx& tx, std::string_view today, int limit);
Result<std::vector<Neighbour>> order_of_event(db::Tx& tx, EventId event, std::string_view today);
Result<std::vector<Row>> rows_of(db::Tx& tx, std::string_view today, const std::vector<std::string>& codes);
Result<std::optional<Row>> any_talk(db::Tx& tx, std::int64_t offset);
Result<std::int64_t> count_with_video(db::Tx& tx);
struct TalkSpeaker {
  TalkId talk;
  SpeakerLink speaker;
};
Result<std::vector<TalkSpeaker>> speakers_of(db::Tx& tx, const std::vector<TalkId>& talks);

Result<Totals> totals(db::Tx& tx, std::string_view today);
Result<Sums> sums(db::Tx& tx, std::string_view today, const Filter& filter);
Result<std::vector<EventCount>> count_events(db::Tx& tx, std::string_view today, SeriesId series);
Result<std::vector<SeriesCount>> count_series(db::Tx& tx, std::string_view today);
Result<std::vector<YearCount>> count_years(db::Tx& tx, std::string_view today, const Filter& filter);
Result<std::vector<LanguageCount>> count_languages(db::Tx& tx, std::string_view today, const Filter& filter);
Result<std::vector<TagCount>> count_tags(db::Tx& tx, std::string_view today, const Filter& filter, int limit);
Result<std::vector<SpeakerCount>> count_most_heard(db::Tx& tx, std::string_view today, const Filter& filter, int limit);
Result<std::vector<SpeakerCount>> list_speakers(db::Tx& tx, std::string_view today, std::string_view starts, int limit, int offset);
Result<std::int64_t> count_speakers(db::Tx& tx, std::string_view today, std::string_view starts);
Result<std::vector<YearShare>> languages_by_year(db::Tx& tx, std::string_view today, SeriesId series);
Result<std::vector<YearShare>> tags_by_year(db::Tx& tx, std::string_view today, SeriesId series, int most);

Result<std::optional<Speaker>> find_speaker(db::Tx& tx, std::string_view slug);
Result<std::optional<Speaker>> find_speaker(db::Tx& tx, SpeakerId id);
Result<std::optional<TagLink>> find_tag(db::Tx& tx, std::string_view slug);
Result<std::vector<TagLink>> tags_of(db::Tx& tx, TalkId talk);
Result<std::vector<Address>> list_addresses(db::Tx& tx, std::string_view today, TalkId after, int limit);

Result<std::vector<NameCount>> list_names(db::Tx& tx);
Result<std::vector<NamedTalk>> talks_of_names(db::Tx& tx, const std::vector<SpeakerId>& pages);
Result<std::vector<SpeakerId>> joined_names(db::Tx& tx, SpeakerId page);
Result<void> set_merged_into(db::Tx& tx, SpeakerId name, SpeakerId page);
Result<void> set_claimant(db::Tx& tx, SpeakerId page, PersonId person);
Result<std::vector<EventId>> events_of_name(db::Tx& tx, SpeakerId name);

Result<std::vector<SpeakerLink>> speakers_of_person(db::Tx& tx, PersonId person);
struct CreditedTalk {
  TalkId talk;
  EventId event;
  std::string name;
};
Result<std::vector<CreditedTalk>> credited_talks(db::Tx& tx, PersonId person);
/// (event, talk) of what this name is printed for.
Result<std::vector<std::pair<EventId, TalkId>>> talks_of_speaker(db::Tx& tx, SpeakerId speaker);
Result<void> forget_speaker(db::Tx& tx, SpeakerId speaker);
Result<void> blank_credit(db::Tx& tx, TalkId talk, std::string_view name);
Result<void> forget_changes(db::Tx& tx, TalkId talk);
Result<void> forget_named_findings(db::Tx& tx);

Result<std::vector<std::string>> indexed_but_hidden(db::Tx& tx);
Result<std::vector<std::string>> published_in_spite(db::Tx& tx);
Result<std::vector<std::string>> speakers_merged_twice(db::Tx& tx);

}  // namespace confer::archive::store
