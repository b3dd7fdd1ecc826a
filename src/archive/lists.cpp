// Lists, counts and single talks as pages show them (archive.h).
#include <algorithm>
#include <map>
#include <set>
#include "archive/archive.h"
#include "archive/list_store.h"
#include "base/text.h"

namespace confer::archive {
namespace {

std::string today_of(const db::Tx& tx) { return to_text(tx.now()).substr(0, 10); }

Result<std::vector<Row>> with_speakers(db::Tx& tx, Result<std::vector<Row>> found) {
  TRY_ASSIGN(auto rows, std::move(found));
  if (rows.empty()) return rows;
  std::vector<TalkId> talks;
  std::map<TalkId, Row*> by_talk;
  for (auto& row : rows) {
    talks.push_back(row.id);
    by_talk[row.id] = &row;
  }
  TRY_ASSIGN(auto speakers, store::speakers_of(tx, talks));
  for (auto& [talk, speaker] : speakers) by_talk[talk]->speakers.push_back(std::move(speaker));
  return rows;
}

std::string letters_of(std::string_view text) {
  std::string out;
  for (const char c : fold(text))
    if (c >= 'a' && c <= 'z') out += c;
  return out;
}

/// Tags that say what kind of session it was, or at which conference: "talk", "pycon2010" are no topics.
class NoTopics {
 public:
  Result<void> load(db::Tx& tx, SeriesId series) {
    if (!series) return {};
    TRY_ASSIGN(const auto found, events::find_series(tx, series));
    if (!found) return {};
    for (const auto& [language, title] : found->title.all()) {
      names_.insert(letters_of(title));
      names_.insert(letters_of(title.substr(0, title.find(' '))));
    }
    names_.erase("");
    return {};
  }
  bool contains(std::string_view tag) const {
    static const std::set<std::string, std::less<>> kinds{"talk",           "talks",     "tutorial", "tutorials", "keynote", "keynotes", "lightningtalk",
                                                          "lightningtalks", "lightning", "poster",   "posters",   "panel",   "plenary",  "workshop",
                                                          "workshops",      "session",   "sprint",   "sprints",   "opening", "closing",  "bof"};
    const std::string letters = letters_of(tag);
    return kinds.contains(letters) || names_.contains(letters);
  }

 private:
  std::set<std::string, std::less<>> names_;
};

constexpr int most_rows = 256;
int size_of(Page page) { return std::clamp(page.size, 1, most_rows); }
int offset_of(Page page) { return (std::clamp(page.number, 1, 1'000'000) - 1) * size_of(page); }

}  // namespace

Result<Rows> list_talks(db::Tx& tx, const Filter& filter, Page page) {
  const std::string today = today_of(tx);
  Rows out;
  TRY_ASSIGN(out.rows, with_speakers(tx, store::list_talks(tx, filter, today, size_of(page), offset_of(page))));
  TRY_ASSIGN(const Sums sums, store::sums(tx, today, filter));
  out.total = sums.talks;
  return out;
}

Result<std::vector<Row>> list_newest(db::Tx& tx, int limit) { return with_speakers(tx, store::list_newest(tx, today_of(tx), std::clamp(limit, 1, most_rows))); }

Result<Neighbours> neighbours_of(db::Tx& tx, EventId event, TalkId talk) {
  TRY_ASSIGN(const auto all, store::order_of_event(tx, event, today_of(tx)));
  Neighbours out;
  const auto here = std::ranges::find(all, talk, &Neighbour::id);
  if (here == all.end()) return out;
  if (here != all.begin()) out.before = *(here - 1);
  if (here + 1 != all.end()) out.after = *(here + 1);
  return out;
}

Result<std::vector<Row>> rows_of(db::Tx& tx, std::span<const std::string> codes) {
  TRY_ASSIGN(auto rows, with_speakers(tx, store::rows_of(tx, today_of(tx), {codes.begin(), codes.end()})));
  std::map<std::string_view, std::size_t> order;
  for (std::size_t i = 0; i < codes.size(); ++i) order.emplace(codes[i], i);
  std::ranges::sort(rows, {}, [&](const Row& row) { return order[row.code]; });
  return rows;
}

Result<std::optional<Row>> any_talk(db::Tx& tx, std::uint64_t number) {
  TRY_ASSIGN(const auto count, store::count_with_video(tx));
  if (count == 0) return std::nullopt;
  TRY_ASSIGN(auto row, store::any_talk(tx, static_cast<std::int64_t>(number % static_cast<std::uint64_t>(count))));
  if (!row) return std::nullopt;
  std::vector<Row> one;
  one.push_back(std::move(*row));
  TRY_ASSIGN(auto rows, with_speakers(tx, std::move(one)));
  return std::optional(std::move(rows.front()));
}

Result<Totals> totals(db::Tx& tx) { return store::totals(tx, today_of(tx)); }
Result<Sums> sums_of(db::Tx& tx, const Filter& filter) { return store::sums(tx, today_of(tx), filter); }
Result<std::vector<EventCount>> count_events(db::Tx& tx, SeriesId series) { return store::count_events(tx, today_of(tx), series); }
Result<std::vector<SeriesCount>> count_series(db::Tx& tx) { return store::count_series(tx, today_of(tx)); }
Result<std::vector<YearCount>> count_years(db::Tx& tx, const Filter& filter) { return store::count_years(tx, today_of(tx), filter); }
Result<std::vector<LanguageCount>> count_languages(db::Tx& tx, const Filter& filter) { return store::count_languages(tx, today_of(tx), filter); }
Result<std::vector<TagCount>> count_tags(db::Tx& tx, const Filter& filter, int limit) { return store::count_tags(tx, today_of(tx), filter, limit); }
Result<std::vector<SpeakerCount>> list_speakers(db::Tx& tx, std::string_view starts, Page page) {
  return store::list_speakers(tx, today_of(tx), starts, size_of(page), offset_of(page));
}
Result<std::int64_t> count_speakers(db::Tx& tx, std::string_view starts) { return store::count_speakers(tx, today_of(tx), starts); }
Result<std::vector<SpeakerCount>> count_most_heard(db::Tx& tx, const Filter& filter, int limit) {
  return store::count_most_heard(tx, today_of(tx), filter, limit);
}
Result<std::vector<YearShare>> languages_by_year(db::Tx& tx, SeriesId series) { return store::languages_by_year(tx, today_of(tx), series); }
Result<std::vector<YearShare>> tags_by_year(db::Tx& tx, SeriesId series, int most_tags) {
  NoTopics no_topics;
  TRY(no_topics.load(tx, series));
  constexpr int besides = 12;
  TRY_ASSIGN(auto shares, store::tags_by_year(tx, today_of(tx), series, most_tags + besides));
  std::map<std::string, std::int64_t> sums;
  for (const auto& share : shares)
    if (!no_topics.contains(share.what)) sums[share.what] += share.talks;
  std::vector<std::pair<std::int64_t, std::string>> order;
  for (const auto& [tag, talks] : sums) order.emplace_back(-talks, tag);
  std::ranges::sort(order);
  order.resize(std::min(order.size(), static_cast<std::size_t>(most_tags)));
  std::erase_if(shares,
                [&](const YearShare& share) { return std::ranges::find(order, share.what, &std::pair<std::int64_t, std::string>::second) == order.end(); });
  return shares;
}

Result<std::optional<Speaker>> find_speaker(db::Tx& tx, std::string_view slug) { return store::find_speaker(tx, slug); }
Result<std::optional<Speaker>> find_speaker(db::Tx& tx, SpeakerId id) { return store::find_speaker(tx, id); }
Result<std::optional<TagLink>> find_tag(db::Tx& tx, std::string_view slug) { return store::find_tag(tx, slug); }

Result<Shown> require_shown(db::Tx& tx, std::string_view code) {
  const std::string wanted(code);
  TRY_ASSIGN(auto rows, rows_of(tx, std::span(&wanted, 1)));
  TRY_ASSIGN(auto talk, talks::find_talk(tx, code));
  if (rows.empty() || !talk) return fail(ErrorCode::not_found, "There is no such talk in the archive.");
  Shown shown;
  shown.talk = std::move(*talk);
  shown.row = std::move(rows.front());
  TRY_ASSIGN(shown.event, events::require_event(tx, shown.talk.event));
  TRY_ASSIGN(auto recording, recordings::find_recording(tx, shown.talk.id));
  if (recording) shown.recording = std::move(*recording);
  TRY_ASSIGN(shown.tags, store::tags_of(tx, shown.talk.id));
  return shown;
}

Result<std::vector<Address>> list_addresses(db::Tx& tx, TalkId after, int limit) { return store::list_addresses(tx, today_of(tx), after, limit); }

}  // namespace confer::archive
