// Records of talks that were programmed here (attaching.h).
#include "archive/attaching.h"
#include <algorithm>
#include <map>
#include <set>
#include "archive/indexing.h"
#include "archive/merging.h"
#include "archive/pyvideo.h"
#include "archive/voctoweb.h"
#include "base/text.h"
#include "html/restructured_text.h"
#include "people/who.h"
#include "programme/programme.h"
#include "recordings/likeness.h"
#include "recordings/matching.h"

namespace confer::archive {
namespace {

/// A title as it is compared: its words, whatever stands between them.
std::string normal(std::string_view title) { return join(recordings::words_of(title), " "); }

std::set<std::string> folded_names(const talks::Talk& talk) {
  std::set<std::string> names;
  for (const auto& credit : talk.credits)
    if (!credit.name.empty()) names.insert(fold(credit.name));
  return names;
}

bool share_a_name(const talks::Talk& a, const talks::Talk& b) {
  const auto names = folded_names(a);
  return std::ranges::any_of(folded_names(b), [&](const std::string& name) { return names.contains(name); });
}

class Meaning {
 public:
  Meaning(std::span<const talks::Talk* const> talks, std::span<const ImportedTalk* const> records)
      : talks_(talks), records_(records), taken_(talks.size()), found_(records.size()) {}

  std::vector<std::optional<std::size_t>> find(const events::Event& event) {
    by_title();
    by_title_and_speakers(event);
    return std::move(found_);
  }

 private:
  void give(std::size_t record, std::size_t talk) {
    found_[record] = talk;
    taken_[talk] = true;
  }

  void by_title() {
    std::map<std::string, std::vector<std::size_t>> talks, records;
    for (std::size_t i = 0; i < talks_.size(); ++i) talks[normal(talks_[i]->title)].push_back(i);
    for (std::size_t i = 0; i < records_.size(); ++i) records[normal(records_[i]->talk.title)].push_back(i);
    for (const auto& [title, of_records] : records) {
      const auto of_talks = talks.find(title);
      if (title.empty() || of_talks == talks.end()) continue;
      if (of_records.size() == 1 && of_talks->second.size() == 1) {
        give(of_records.front(), of_talks->second.front());
        continue;
      }
      // Several of one title ("Lightning talks"): only speakers tell them apart.
      for (const std::size_t record : of_records) {
        const auto is_it = [&](std::size_t talk) { return share_a_name(*talks_[talk], records_[record]->talk); };
        if (std::ranges::count_if(of_talks->second, is_it) != 1) continue;
        const std::size_t talk = *std::ranges::find_if(of_talks->second, is_it);
        const auto also = [&](std::size_t other) { return share_a_name(*talks_[talk], records_[other]->talk); };
        if (std::ranges::count_if(of_records, also) == 1) give(record, talk);
      }
    }
  }

  /// What is written a little otherwise ("Keynote: …"): as sure as a list of videos has to be, and by all of its speakers.
  void by_title_and_speakers(const events::Event& event) {
    std::vector<recordings::TalkToMatch> talks;
    std::vector<recordings::VideoToMatch> videos;
    std::vector<std::size_t> talk_places, record_places;
    const auto names_of = [](const talks::Talk& talk) {
      std::vector<std::string> names;
      for (const auto& credit : talk.credits)
        if (!credit.name.empty()) names.push_back(credit.name);
      return names;
    };
    for (std::size_t i = 0; i < talks_.size(); ++i) {
      if (taken_[i]) continue;
      talks.push_back({.title = talks_[i]->title, .speakers = names_of(*talks_[i]), .keys = {}, .day = {}, .length = {}});
      talk_places.push_back(i);
    }
    for (std::size_t i = 0; i < records_.size(); ++i) {
      if (found_[i]) continue;
      const auto& record = *records_[i];
      videos.push_back({.title = record.talk.title, .description = join(names_of(record.talk), "\n"), .url = {}, .day = {}, .length = {}});
      record_places.push_back(i);
    }
    if (talks.empty() || videos.empty()) return;
    std::string words = event.slug;
    for (const auto& language : event.languages) words += " " + event.title.in(language);
    const auto matched = recordings::match_videos(talks, videos, words);
    for (std::size_t v = 0; v < matched.size(); ++v) {
      const auto& found = matched[v];
      constexpr double title_enough = 0.8;
      const bool is_sure = found.talk && recordings::certainty_of(found.confidence) == recordings::Certainty::sure && found.why.title >= title_enough;
      if (is_sure && folded_names(*talks_[talk_places[*found.talk]]) == folded_names(records_[record_places[v]]->talk) && !talks[*found.talk].speakers.empty())
        give(record_places[v], talk_places[*found.talk]);
    }
  }

  std::span<const talks::Talk* const> talks_;
  std::span<const ImportedTalk* const> records_;
  std::vector<bool> taken_;
  std::vector<std::optional<std::size_t>> found_;
};

std::optional<int> year_of(const events::Event& event) {
  if (event.start) return static_cast<int>(std::chrono::year_month_day(*event.start).year());
  return event.year;
}

}  // namespace

bool is_programmed(const events::Event& event, const talks::Talk& talk) {
  return event.kind != events::EventKind::archived && talk.state != talks::State::archived;
}

Result<std::optional<events::Event>> find_programmed(db::Tx& tx, SeriesId series, const ImportedEvent& told) {
  if (!told.year) return std::nullopt;
  TRY_ASSIGN(auto editions, events::list_events(tx, series));
  std::erase_if(editions, [&](const events::Event& e) {
    const bool is_titled = std::ranges::any_of(e.languages, [&](const std::string& language) { return normal(e.title.in(language)) == normal(told.title); });
    const bool is_named = e.slug == told.slug || e.acronym == events::acronym_from(told.slug) || is_titled;
    return e.kind != events::EventKind::edition || !e.is_public || year_of(e) != told.year || !is_named;
  });
  if (editions.size() != 1) return std::nullopt;
  TRY_ASSIGN(const auto releases, programme::list_releases(tx, editions.front()));
  if (releases.empty()) return std::nullopt;
  return std::optional(std::move(editions.front()));
}

std::vector<std::optional<std::size_t>> surely_meant(std::span<const talks::Talk* const> talks, std::span<const ImportedTalk* const> records,
                                                     const events::Event& event) {
  return Meaning(talks, records).find(event);
}

Result<ToldTexts> told_texts(db::Tx& tx, const events::Event& event) {
  ToldTexts out;
  if (event.kind == events::EventKind::archived) return out;
  TRY_ASSIGN(const auto records, store::told_of_programmed(tx, event.id));
  for (const auto& record : records) {
    const bool is_plain = record.source == voctoweb_format.name;
    Findings ignored;
    auto told = (is_plain ? voctoweb_format : pyvideo_format).read_record(record.raw, record.path, ignored);
    if (!told || (told->talk.abstract.empty() && told->talk.description.empty())) continue;
    const auto text = [&](const std::string& written) { return is_plain ? written : html::plain_of_rst(written); };
    out.emplace(record.code, ToldText{.abstract = text(told->talk.abstract), .description = text(told->talk.description)});
  }
  return out;
}

Result<std::vector<std::string>> detach(db::Tx& tx, const store::Record& record, const talks::Talk& talk) {
  const Format& format = record.source == voctoweb_format.name ? voctoweb_format : pyvideo_format;
  TRY_ASSIGN(const auto stored, recordings::find_recording(tx, talk.id));
  TRY(store::remove_record(tx, talk.id));
  Findings ignored;
  auto told = format.read_record(record.raw, record.path, ignored);
  if (!stored || !told) return std::vector<std::string>{};
  // As an import would, of a record that says nothing any more.
  told->talk = talk;
  ImportedTalk nothing;
  nothing.talk = talk;
  Merged merged = merge(&*told, talk, *stored, nothing, true);
  auto& videos = merged.recording.videos;
  if (std::erase_if(videos, [&](const recordings::Video& v) {
        return std::ranges::find(told->recording.videos, v.url, &recordings::Video::url) != told->recording.videos.end();
      }) > 0)
    std::erase(merged.conflicts, "videos");
  if (videos.empty() && merged.recording.status == recordings::Status::published) merged.recording.status = recordings::Status::unknown;
  if (merged.recording.same_as({})) {
    TRY(recordings::remove_recording(tx, talk.id));
  } else if (!merged.recording.same_as(*stored)) {
    TRY(recordings::put_recording(tx, std::move(merged.recording)));
  }
  return std::move(merged.conflicts);
}

Result<void> take_away(db::Tx& tx, EventId event_id, TalkId id, std::string_view code) {
  TRY_ASSIGN(const auto event, events::find_event(tx, event_id));
  TRY_ASSIGN(const auto talk, talks::find_talk(tx, code));
  TRY_ASSIGN(const auto record, store::find_record(tx, id));
  if (event && talk && record && is_programmed(*event, *talk)) {
    TRY(detach(tx, *record, *talk));
    TRY(journal::record(tx, who(system_actor("archive")), "recording.imported", event->series.value, event_id.value, "event:" + event->slug));
    return index_event(tx, event_id);
  }
  TRY(talks::put_away(tx, event_id, id));
  return unindex_talk(tx, id, code);
}

}  // namespace confer::archive
