// Lists and counts in SQL (list_store.h).
#include "archive/list_store.h"
#include <algorithm>
#include "archive/sql.h"
#include "base/json_fields.h"
#include "base/text.h"

namespace confer::archive::store {
namespace {

namespace sql = confer::sql::archive;

struct ShownRow : Row {
  std::string day_text;
  std::int64_t length_seconds = 0;
  auto columns() {
    return std::tie(id, code, slug, title, subtitle, event, event_slug, event_title, series, series_slug, day_text, year, language, length_seconds, has_video,
                    thumbnail_url, added_at);
  }
};

std::optional<Date> day_or_none(const std::string& text) {
  if (text.empty()) return std::nullopt;
  auto day = parse_date(text);
  return day ? std::optional(*day) : std::nullopt;
}

Result<std::vector<Row>> rows(Result<std::vector<ShownRow>> found) {
  TRY_ASSIGN(auto list, std::move(found));
  std::vector<Row> out;
  out.reserve(list.size());
  for (auto& row : list) {
    row.day = day_or_none(row.day_text);
    row.length = seconds(row.length_seconds);
    out.push_back(std::move(static_cast<Row&>(row)));
  }
  return out;
}

/// "und" asks for the talks whose language is not known.
std::string stored_language(const std::string& language) { return language == "und" ? "" : language; }

struct SumColumns {
  std::int64_t length_seconds = 0;
};

/// Rows of sums as they are given out; `Base` has the columns before them.
template <class Base>
std::vector<Base> with_lengths(auto list) {
  std::vector<Base> out;
  out.reserve(list.size());
  for (auto& row : list) {
    row.length = seconds(row.length_seconds);
    out.push_back(std::move(static_cast<Base&>(row)));
  }
  return out;
}

struct SumRow : Sums, SumColumns {
  auto columns() { return std::tie(talks, with_video, length_seconds); }
};
struct TotalRow : Totals, SumColumns {
  auto columns() { return std::tie(talks, with_video, length_seconds, events, series, languages, first_year, last_year); }
};
struct EventRow : EventCount, SumColumns {
  std::string first_day, last_day;
  auto columns() { return std::tie(id, slug, title, series, first_day, last_day, year, talks, with_video, length_seconds); }
};
struct SeriesRow : SeriesCount, SumColumns {
  auto columns() { return std::tie(id, slug, title, events, first_year, last_year, talks, with_video, length_seconds); }
};
struct YearRow : YearCount, SumColumns {
  auto columns() { return std::tie(year, talks, with_video, length_seconds); }
};
struct LanguageRow : LanguageCount, SumColumns {
  auto columns() { return std::tie(language, talks, with_video, length_seconds); }
};
struct TagRow : TagCount {
  auto columns() { return std::tie(tag.id, tag.slug, tag.name, talks); }
};
struct SpeakerCountRow : SpeakerCount {
  auto columns() { return std::tie(speaker.id, speaker.slug, speaker.name, talks, first_year, last_year); }
};
struct ShareRow : YearShare {
  auto columns() { return std::tie(year, what, talks); }
};
struct SpeakerRow : Speaker {
  auto columns() { return std::tie(id, slug, name, person, merged_into); }
};
struct LinkRow : SpeakerLink {
  auto columns() { return std::tie(id, slug, name); }
};
struct TagLinkRow : TagLink {
  auto columns() { return std::tie(id, slug, name); }
};

template <class Base, class RowT>
Result<std::vector<Base>> plain(Result<std::vector<RowT>> found) {
  TRY_ASSIGN(auto list, std::move(found));
  return std::vector<Base>(std::make_move_iterator(list.begin()), std::make_move_iterator(list.end()));
}

template <class RowT, class... More>
Result<std::vector<RowT>> filtered(db::Tx& tx, const db::Statement& statement, std::string_view today, const Filter& f, const More&... more) {
  return tx.all<RowT>(statement, today, f.event.value, f.series.value, f.speaker.value, f.tag.value, f.year, !f.language.empty(), stored_language(f.language),
                      f.only_with_video, more...);
}

Result<std::optional<Speaker>> with_names(db::Tx& tx, Result<std::optional<SpeakerRow>> found) {
  TRY_ASSIGN(auto row, std::move(found));
  if (!row) return std::nullopt;
  TRY_ASSIGN(row->other_names, tx.all<std::string>(sql::other_names, row->id));
  return std::optional<Speaker>(std::move(*row));
}

}  // namespace

Result<std::vector<Row>> list_talks(db::Tx& tx, const Filter& f, std::string_view today, int limit, int offset) {
  const auto by = [&](const db::Statement& statement, const auto& value, bool by_language = false) {
    return rows(
        tx.all<ShownRow>(statement, value, today, !by_language && !f.language.empty(), stored_language(f.language), f.year, f.only_with_video, limit, offset));
  };
  if (f.event) return by(sql::list_talks_of_event, f.event);
  if (f.speaker) return by(sql::list_talks_of_speaker, f.speaker);
  if (f.tag) return by(sql::list_talks_of_tag, f.tag);
  if (f.series) return by(sql::list_talks_of_series, f.series);
  if (!f.language.empty()) return by(sql::list_talks_in_language, stored_language(f.language), true);
  if (f.year != 0) return by(sql::list_talks_of_year, f.year);
  return by(sql::list_talks, 0);
}

Result<std::vector<Row>> list_newest(db::Tx& tx, std::string_view today, int limit) { return rows(tx.all<ShownRow>(sql::list_newest, today, limit)); }
Result<std::vector<Neighbour>> order_of_event(db::Tx& tx, EventId event, std::string_view today) {
  struct OrderRow : Neighbour {
    auto columns() { return std::tie(id, code, slug, title); }
  };
  TRY_ASSIGN(const auto found, tx.all<OrderRow>(sql::order_of_event, event, today));
  return std::vector<Neighbour>(found.begin(), found.end());
}
Result<std::vector<Row>> rows_of(db::Tx& tx, std::string_view today, const std::vector<std::string>& codes) {
  return rows(tx.all<ShownRow>(sql::rows_of_codes, list_to_json(codes), today));
}
Result<std::optional<Row>> any_talk(db::Tx& tx, std::int64_t offset) {
  TRY_ASSIGN(auto found, rows(tx.all<ShownRow>(sql::any_talk, offset)));
  if (found.empty()) return std::nullopt;
  return std::optional(std::move(found.front()));
}
Result<std::int64_t> count_with_video(db::Tx& tx) { return tx.one<std::int64_t>(sql::count_with_video); }

Result<std::vector<TalkSpeaker>> speakers_of(db::Tx& tx, const std::vector<TalkId>& talks) {
  struct Found : TalkSpeaker {
    auto columns() { return std::tie(talk, speaker.id, speaker.slug, speaker.name); }
  };
  return plain<TalkSpeaker>(tx.all<Found>(sql::speakers_of_talks, ids_to_json(talks)));
}

Result<Totals> totals(db::Tx& tx, std::string_view today) {
  TRY_ASSIGN(auto row, tx.one<TotalRow>(sql::totals, today));
  row.length = seconds(row.length_seconds);
  TRY_ASSIGN(row.speakers, tx.one<std::int64_t>(sql::count_all_speakers, today));
  return static_cast<Totals&>(row);
}
Result<Sums> sums(db::Tx& tx, std::string_view today, const Filter& filter) {
  TRY_ASSIGN(auto found, filtered<SumRow>(tx, sql::sums, today, filter));
  auto out = with_lengths<Sums>(std::move(found));
  return out.empty() ? Sums{} : out.front();
}
Result<std::vector<EventCount>> count_events(db::Tx& tx, std::string_view today, SeriesId series) {
  TRY_ASSIGN(auto found, series ? tx.all<EventRow>(sql::count_events_of_series, today, series) : tx.all<EventRow>(sql::count_events, today));
  for (auto& row : found) {
    row.first = day_or_none(row.first_day);
    row.last = day_or_none(row.last_day);
  }
  return with_lengths<EventCount>(std::move(found));
}
Result<std::vector<SeriesCount>> count_series(db::Tx& tx, std::string_view today) {
  TRY_ASSIGN(auto found, tx.all<SeriesRow>(sql::count_series, today));
  return with_lengths<SeriesCount>(std::move(found));
}
Result<std::vector<YearCount>> count_years(db::Tx& tx, std::string_view today, const Filter& filter) {
  TRY_ASSIGN(auto found, filtered<YearRow>(tx, sql::count_years, today, filter));
  return with_lengths<YearCount>(std::move(found));
}
Result<std::vector<LanguageCount>> count_languages(db::Tx& tx, std::string_view today, const Filter& filter) {
  TRY_ASSIGN(auto found, filtered<LanguageRow>(tx, sql::count_languages, today, filter));
  return with_lengths<LanguageCount>(std::move(found));
}
Result<std::vector<TagCount>> count_tags(db::Tx& tx, std::string_view today, const Filter& filter, int limit) {
  return plain<TagCount>(filtered<TagRow>(tx, sql::count_tags, today, filter, limit));
}
Result<std::vector<SpeakerCount>> count_most_heard(db::Tx& tx, std::string_view today, const Filter& filter, int limit) {
  return plain<SpeakerCount>(filtered<SpeakerCountRow>(tx, sql::count_most_heard, today, filter, limit));
}
Result<std::vector<SpeakerCount>> list_speakers(db::Tx& tx, std::string_view today, std::string_view starts, int limit, int offset) {
  const std::string folded = fold(starts);
  const auto length = std::ranges::count_if(folded, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return plain<SpeakerCount>(tx.all<SpeakerCountRow>(sql::list_speakers, today, static_cast<std::int64_t>(length), folded, limit, offset));
}
Result<std::int64_t> count_speakers(db::Tx& tx, std::string_view today, std::string_view starts) {
  const std::string folded = fold(starts);
  const auto length = std::ranges::count_if(folded, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  return tx.one<std::int64_t>(sql::count_speakers, today, static_cast<std::int64_t>(length), folded);
}
Result<std::vector<YearShare>> languages_by_year(db::Tx& tx, std::string_view today, SeriesId series) {
  return plain<YearShare>(tx.all<ShareRow>(sql::languages_by_year, today, series.value));
}
Result<std::vector<YearShare>> tags_by_year(db::Tx& tx, std::string_view today, SeriesId series, int most) {
  return plain<YearShare>(tx.all<ShareRow>(sql::tags_by_year, today, series.value, most));
}

Result<std::optional<Speaker>> find_speaker(db::Tx& tx, std::string_view slug) { return with_names(tx, tx.find<SpeakerRow>(sql::find_speaker, slug)); }
Result<std::optional<Speaker>> find_speaker(db::Tx& tx, SpeakerId id) { return with_names(tx, tx.find<SpeakerRow>(sql::find_speaker_by_id, id)); }
Result<std::optional<TagLink>> find_tag(db::Tx& tx, std::string_view slug) {
  TRY_ASSIGN(auto row, tx.find<TagLinkRow>(sql::find_tag, slug));
  if (!row) return std::nullopt;
  return std::optional<TagLink>(std::move(*row));
}
Result<std::vector<TagLink>> tags_of(db::Tx& tx, TalkId talk) { return plain<TagLink>(tx.all<TagLinkRow>(sql::tags_of_talk, talk)); }

Result<std::vector<Address>> list_addresses(db::Tx& tx, std::string_view today, TalkId after, int limit) {
  struct Found {
    TalkId id;
    std::string event, code, slug;
    Instant changed{};
    auto columns() { return std::tie(id, event, code, slug, changed); }
  };
  TRY_ASSIGN(const auto found, tx.all<Found>(sql::list_addresses, after.value, today, limit));
  std::vector<Address> out;
  out.reserve(found.size());
  for (const auto& row : found) out.push_back({row.id, "/" + row.event + "/talks/" + row.code + "-" + row.slug, row.changed});
  return out;
}

Result<std::vector<NameCount>> list_names(db::Tx& tx) {
  struct Found : NameCount {
    auto columns() { return std::tie(id, name, talks); }
  };
  return plain<NameCount>(tx.all<Found>(sql::list_names));
}
Result<std::vector<NamedTalk>> talks_of_names(db::Tx& tx, const std::vector<SpeakerId>& pages) {
  struct Found {
    NamedTalk talk;
    std::string slug, event;
    LocalizedText event_title;
    auto columns() { return std::tie(talk.speaker, talk.printed, talk.code, slug, talk.title, event, event_title, talk.year); }
  };
  TRY_ASSIGN(auto found, tx.all<Found>(sql::talks_of_names, ids_to_json(pages)));
  std::vector<NamedTalk> out;
  out.reserve(found.size());
  for (auto& row : found) {
    row.talk.path = "/" + row.event + "/talks/" + row.talk.code + "-" + row.slug;
    row.talk.event_title = row.event_title.in("en").empty() ? row.event : row.event_title.in("en");
    out.push_back(std::move(row.talk));
  }
  return out;
}
Result<std::vector<SpeakerId>> joined_names(db::Tx& tx, SpeakerId page) { return tx.all<SpeakerId>(sql::joined_names, page); }
Result<void> set_merged_into(db::Tx& tx, SpeakerId name, SpeakerId page) {
  TRY(tx.run(sql::set_merged_into, name, page));
  return {};
}
Result<void> set_claimant(db::Tx& tx, SpeakerId page, PersonId person) {
  TRY(tx.run(sql::set_claimant, page, person));
  return {};
}
Result<std::vector<EventId>> events_of_name(db::Tx& tx, SpeakerId name) { return tx.all<EventId>(sql::events_of_name, name); }

Result<std::vector<SpeakerLink>> speakers_of_person(db::Tx& tx, PersonId person) {
  return plain<SpeakerLink>(tx.all<LinkRow>(sql::speakers_of_person, person));
}
Result<std::vector<CreditedTalk>> credited_talks(db::Tx& tx, PersonId person) {
  struct Found : CreditedTalk {
    auto columns() { return std::tie(talk, event, name); }
  };
  return plain<CreditedTalk>(tx.all<Found>(sql::credited_talks, person));
}
Result<std::vector<std::pair<EventId, TalkId>>> talks_of_speaker(db::Tx& tx, SpeakerId speaker) {
  using Found = std::tuple<EventId, TalkId>;
  TRY_ASSIGN(const auto found, tx.all<Found>(sql::events_of_speaker, speaker));
  std::vector<std::pair<EventId, TalkId>> out;
  for (const auto& [event, talk] : found) out.emplace_back(event, talk);
  return out;
}
Result<void> forget_speaker(db::Tx& tx, SpeakerId speaker) {
  TRY(tx.run(sql::forget_speaker, speaker, "erased-" + std::to_string(speaker.value)));
  return {};
}
Result<void> blank_credit(db::Tx& tx, TalkId talk, std::string_view name) {
  TRY(tx.run(sql::blank_credit, talk, name));
  return {};
}
Result<void> forget_changes(db::Tx& tx, TalkId talk) {
  TRY(tx.run(sql::changes_naming, talk));
  return {};
}

Result<void> forget_named_findings(db::Tx& tx) {
  TRY(tx.run(sql::forget_named_findings));
  return {};
}

Result<std::vector<std::string>> indexed_but_hidden(db::Tx& tx) { return tx.all<std::string>(sql::indexed_but_hidden); }
Result<std::vector<std::string>> published_in_spite(db::Tx& tx) { return tx.all<std::string>(sql::published_in_spite); }
Result<std::vector<std::string>> speakers_merged_twice(db::Tx& tx) { return tx.all<std::string>(sql::speakers_merged_twice); }

}  // namespace confer::archive::store
