// Names, tags, rows of lists and search documents (indexing.h).
#include "archive/indexing.h"
#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include "archive/attaching.h"
#include "archive/store.h"
#include "base/text.h"
#include "html/restructured_text.h"
#include "programme/programme.h"
#include "recordings/tracks.h"
#include "search/search.h"

namespace confer::archive {
namespace {

constexpr std::string_view talk_kind = "talk";
constexpr std::size_t longest_slug = 60;

/// The first of "ada-lovelace", "ada-lovelace-2", … that is not taken.
std::string free_slug(const std::string& base, std::set<std::string>& taken) {
  std::string slug = base;
  for (int n = 2; !taken.insert(slug).second; ++n) slug = base + "-" + std::to_string(n);
  return slug;
}

/// The slugs to ask for: a few more than there are names that share one.
std::vector<std::string> candidates(const std::map<std::string, std::size_t>& bases) {
  constexpr std::size_t more = 30;
  std::vector<std::string> all;
  for (const auto& [base, count] : bases) {
    all.push_back(base);
    for (std::size_t n = 2; n <= count + more; ++n) all.push_back(base + "-" + std::to_string(n));
  }
  return all;
}

using SpeakersByName = std::map<std::string, store::NamedSpeaker, std::less<>>;
Result<SpeakersByName> speakers_for(db::Tx& tx, std::span<const ShownTalk> shown) {
  std::set<std::string> names;
  for (const auto& one : shown)
    for (const auto& credit : one.talk->credits)
      if (!credit.name.empty()) names.insert(credit.name);
  SpeakersByName found;
  if (names.empty()) return found;
  TRY_ASSIGN(auto known, store::speakers_named(tx, {names.begin(), names.end()}));
  for (auto& speaker : known) found.emplace(speaker.name, speaker);
  std::map<std::string, std::size_t> bases;
  std::vector<std::pair<std::string, std::string>> fresh;
  for (const auto& name : names) {
    if (found.contains(name)) continue;
    std::string base = slugify(name, longest_slug);
    if (base.empty()) base = "speaker";
    ++bases[base];
    fresh.emplace_back(name, std::move(base));
  }
  if (fresh.empty()) return found;
  TRY_ASSIGN(const auto taken_list, store::taken_speaker_slugs(tx, candidates(bases)));
  std::set<std::string> taken(taken_list.begin(), taken_list.end());
  for (const auto& [name, base] : fresh) {
    store::NamedSpeaker speaker;
    speaker.slug = speaker.page_slug = free_slug(base, taken);
    speaker.name = speaker.page_name = name;
    TRY_ASSIGN(speaker.id, store::add_speaker(tx, speaker.slug, name));
    found.emplace(name, std::move(speaker));
  }
  return found;
}

using TagsByFolded = std::map<std::string, TagLink, std::less<>>;
Result<TagsByFolded> tags_for(db::Tx& tx, std::span<const ShownTalk> shown) {
  std::map<std::string, std::string> names;
  for (const auto& one : shown)
    for (const auto& tag : one.talk->tags)
      if (std::string folded = fold(tag); !folded.empty()) names.emplace(std::move(folded), tag);
  TagsByFolded found;
  if (names.empty()) return found;
  std::vector<std::string> folded;
  for (const auto& [key, name] : names) folded.push_back(key);
  TRY_ASSIGN(auto known, store::tags_folded(tx, folded));
  for (auto& tag : known) found.emplace(tag.folded, tag.tag);
  std::map<std::string, std::size_t> bases;
  std::vector<std::pair<std::string, std::string>> fresh;
  for (const auto& key : folded) {
    if (found.contains(key)) continue;
    // "C++" and "C#" are not "C".
    std::string base = slugify(replace_all(replace_all(key, "+", " plus "), "#", " sharp "), longest_slug);
    if (base.empty()) base = "tag";
    ++bases[base];
    fresh.emplace_back(key, std::move(base));
  }
  if (fresh.empty()) return found;
  TRY_ASSIGN(const auto taken_list, store::taken_tag_slugs(tx, candidates(bases)));
  std::set<std::string> taken(taken_list.begin(), taken_list.end());
  for (const auto& [key, base] : fresh) {
    TagLink tag{.id = {}, .slug = free_slug(base, taken), .name = names[key]};
    TRY_ASSIGN(tag.id, store::add_tag(tx, tag.slug, tag.name, key));
    found.emplace(key, std::move(tag));
  }
  return found;
}

bool has_live_video(const recordings::Recording* r) {
  return r != nullptr && recordings::may_be_shown(*r) && std::ranges::any_of(r->videos, [](const recordings::Video& v) {
           return v.health != recordings::Health::dead &&
                  (v.kind == recordings::MediaKind::video || v.kind == recordings::MediaKind::audio || v.media_type.empty());
         });
}

store::Indexed row_of(const events::Event& event, const ShownTalk& one, Instant now) {
  store::Indexed row;
  row.talk = one.talk->id;
  row.event = event.id;
  row.series = event.series;
  row.language = one.talk->language;
  row.added_at = now;
  std::optional<Date> day = one.day;
  row.length = one.length;
  if (one.recording != nullptr) {
    if (one.recording->recorded.day) day = one.recording->recorded.day;
    if (one.recording->duration) row.length = *one.recording->duration;
  }
  if (!day) day = event.start;
  if (day) {
    row.day = to_text(*day);
    row.year = static_cast<int>(std::chrono::year_month_day(*day).year());
  } else {
    row.year = event.year.value_or(0);
  }
  row.has_video = has_live_video(one.recording);
  return row;
}

/// What is said in the talks, of all that viewers may have captions of.
Result<std::map<TalkId, std::string>> transcripts_of(db::Tx& tx, std::span<const ShownTalk> shown) {
  std::vector<TalkId> ids;
  for (const auto& one : shown)
    if (one.recording != nullptr && !one.recording->tracks.empty() && recordings::may_be_shown(*one.recording)) ids.push_back(one.talk->id);
  std::map<TalkId, std::string> out;
  if (ids.empty()) return out;
  TRY_ASSIGN(const auto texts, recordings::shown_texts(tx, ids));
  for (const auto& [talk, vtt] : texts) {
    TRY_ASSIGN(const auto captions, recordings::read_captions(vtt));
    auto& all = out[talk];
    all += (all.empty() ? "" : "\n") + recordings::transcript_of(captions.cues);
  }
  return out;
}

class Documents {
 public:
  Documents(const events::Event& event, std::string_view series_title, Markup markup)
      : event_(event), title_(event.title.in(event.languages.front())), series_(series_title), markup_(markup) {}

  search::Document of(const ShownTalk& one, const store::Indexed& row, const SpeakersByName& speakers, const TagsByFolded& tags, std::string transcript) const {
    const talks::Talk& talk = *one.talk;
    search::Document d;
    d.kind = talk_kind;
    d.key = talk.code;
    d.event = event_.id.value;
    d.title = talk.subtitle.empty() ? talk.title : talk.title + " " + talk.subtitle;
    // Imported talks say their language or nobody knows it; those programmed here are in their event's.
    d.language = talk.language.empty() && event_.kind != events::EventKind::archived ? event_.languages.front() : talk.language;
    d.place = series_ == title_ ? title_ : title_ + " " + series_;
    d.transcript = std::move(transcript);
    d.body = one.searched != nullptr ? *one.searched : searched_text(talk, markup_);
    for (const auto& credit : talk.credits) {
      const auto speaker = speakers.find(credit.name);
      if (speaker == speakers.end()) continue;
      d.names += (d.names.empty() ? "" : ", ") + credit.name;
      // A talk's two printed names may be one person's.
      if (search::Facet facet{"speaker", speaker->second.page_slug, speaker->second.page_name}; std::ranges::find(d.facets, facet) == d.facets.end())
        d.facets.push_back(std::move(facet));
    }
    for (const auto& name : talk.tags)
      if (const auto tag = tags.find(fold(name)); tag != tags.end()) {
        d.tags += (d.tags.empty() ? "" : ", ") + name;
        d.facets.push_back({"tag", tag->second.slug, tag->second.name});
      }
    d.facets.push_back({"event", event_.slug, title_});
    if (row.year != 0) d.facets.push_back({"year", std::to_string(row.year), ""});
    if (!row.language.empty()) d.facets.push_back({"lang", row.language, ""});
    if (row.length.count() > 0) d.facets.push_back({"length", std::to_string(std::chrono::ceil<minutes>(row.length).count()), ""});
    d.facets.push_back({"video", row.has_video ? "yes" : "no", ""});
    if (const auto day = parse_date(row.day)) d.date = std::chrono::duration_cast<std::chrono::milliseconds>(day->time_since_epoch()).count();
    return d;
  }

 private:
  const events::Event& event_;
  std::string title_, series_;
  Markup markup_;
};

using Planned = std::map<std::string, std::pair<std::optional<Date>, seconds>>;
/// The parts of released blocks, with their day and length added to `planned`.
Result<std::vector<talks::Talk>> parts_with_slots(db::Tx& tx, const events::Event& event, const programme::Programme& released,
                                                  const std::vector<talks::Talk>& blocks, Planned& planned) {
  TRY_ASSIGN(auto parts, talks::list_parts(tx, event.id));
  std::erase_if(parts, [&](const talks::Talk& part) {
    const auto block = std::ranges::find(blocks, part.part_of, &talks::Talk::id);
    if (block == blocks.end() || block->state == talks::State::cancelled) return true;
    for (const auto& slot : released.slots)
      for (const auto& one : slot.parts)
        if (slot.talk == block->code && one.anchor == part.part_anchor)
          planned.try_emplace(part.code, day_of(slot.start, event.day_start_hour), std::chrono::duration_cast<seconds>(one.length));
    return !planned.contains(part.code);
  });
  return parts;
}

}  // namespace

std::string searched_text(const talks::Talk& talk, Markup markup) {
  std::string text = talk.abstract.empty() ? talk.description : talk.abstract + "\n\n" + talk.description;
  return markup == Markup::restructured_text ? html::plain_of_rst(text) : text;
}

Result<void> index_talks(db::Tx& tx, const events::Event& event, std::string_view series_title, std::span<const ShownTalk> shown, Markup markup) {
  if (shown.empty()) return {};
  TRY_ASSIGN(const auto speakers, speakers_for(tx, shown));
  TRY_ASSIGN(const auto tags, tags_for(tx, shown));
  TRY_ASSIGN(auto transcripts, transcripts_of(tx, shown));
  const Documents documents(event, series_title, markup);
  std::vector<search::Document> all;
  all.reserve(shown.size());
  for (const auto& one : shown) {
    const store::Indexed row = row_of(event, one, tx.now());
    std::vector<SpeakerId> speaker_ids;
    for (const auto& credit : one.talk->credits) {
      const auto speaker = speakers.find(credit.name);
      speaker_ids.push_back(speaker == speakers.end() ? SpeakerId{} : speaker->second.id);
    }
    std::vector<TagId> tag_ids;
    for (const auto& name : one.talk->tags)
      if (const auto tag = tags.find(fold(name)); tag != tags.end()) tag_ids.push_back(tag->second.id);
    TRY(store::put_indexed(tx, row, speaker_ids, tag_ids, one.is_new));
    all.push_back(documents.of(one, row, speakers, tags, std::move(transcripts[one.talk->id])));
  }
  return search::put_all(tx, all);
}

Result<void> unindex_talk(db::Tx& tx, TalkId talk, std::string_view code) {
  TRY(store::remove_indexed(tx, talk));
  return search::remove(tx, talk_kind, code);
}

Result<void> index_event(db::Tx& tx, EventId id) {
  TRY_ASSIGN(const auto event, events::find_event(tx, id));
  TRY_ASSIGN(auto indexed, store::indexed_of_event(tx, id));
  std::set<TalkId> before;
  for (const auto& [talk, code] : indexed) before.insert(talk);
  std::vector<talks::Talk> listed;
  Planned planned;
  std::vector<talks::Talk> parts;
  if (event && event->is_public) {
    TRY_ASSIGN(listed, talks::list_talks(tx, id));
    if (event->kind == events::EventKind::archived) {
      std::erase_if(listed, [](const talks::Talk& t) { return t.state != talks::State::archived; });
    } else {
      // What was programmed here is shown as it was released.
      TRY_ASSIGN(const auto released, programme::current_programme(tx, *event, ""));
      if (released)
        for (const auto& slot : released->slots)
          if (!slot.talk.empty()) planned.try_emplace(slot.talk, day_of(slot.start, event->day_start_hour), std::chrono::duration_cast<seconds>(slot.length));
      if (released) {
        TRY_ASSIGN(parts, parts_with_slots(tx, *event, *released, listed, planned));
      }
      std::erase_if(
          listed, [&](const talks::Talk& t) { return t.state != talks::State::archived && (!planned.contains(t.code) || t.state == talks::State::cancelled); });
    }
  }
  if (event && !listed.empty()) {
    TRY_ASSIGN(const auto told, told_texts(tx, *event));
    tell_where_untold(told, listed);
  }
  TRY_ASSIGN(const auto recordings, recordings::recordings_of(tx, id));
  std::map<TalkId, const recordings::Recording*> by_talk;
  for (const auto& recording : recordings) by_talk[recording.talk] = &recording;
  // A part of a block stands on its own where it has a video of its own; else its block tells of it.
  std::erase_if(parts, [&](const talks::Talk& part) {
    const auto found = by_talk.find(part.id);
    return found == by_talk.end() || !has_live_video(found->second);
  });
  std::ranges::move(parts, std::back_inserter(listed));
  std::vector<ShownTalk> shown;
  for (const auto& talk : listed) {
    ShownTalk one{.talk = &talk, .recording = nullptr, .day = {}, .length = {}, .is_new = !before.contains(talk.id), .searched = nullptr};
    if (const auto found = by_talk.find(talk.id); found != by_talk.end()) one.recording = found->second;
    if (const auto slot = planned.find(talk.code); slot != planned.end()) std::tie(one.day, one.length) = slot->second;
    before.erase(talk.id);
    shown.push_back(one);
  }
  for (const auto& [talk, code] : indexed)
    if (before.contains(talk)) TRY(unindex_talk(tx, talk, code));
  if (shown.empty()) return {};
  TRY_ASSIGN(const auto series, events::find_series(tx, event->series));
  const std::string series_title = series ? series->title.in(event->languages.front()) : "";
  // Beside the programme's talks an archive may have brought others, written as it writes.
  const auto others = std::ranges::partition(shown, [&](const ShownTalk& one) { return !is_programmed(*event, *one.talk); });
  const std::span imported(shown.begin(), others.begin()), programmed(others.begin(), others.end());
  TRY(index_talks(tx, *event, series_title, programmed, Markup::markdown));
  if (imported.empty()) return {};
  TRY_ASSIGN(const auto markup, markup_of(tx, imported.front().talk->id));
  return index_talks(tx, *event, series_title, imported, markup);
}

}  // namespace confer::archive
