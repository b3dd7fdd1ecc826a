// Reading an event for its pages (content.h).
#include "site/content.h"
#include <algorithm>
#include <tuple>
#include <unordered_set>
#include "archive/archive.h"
#include "base/text.h"
#include "html/template.h"
#include "site/related.h"
#include "site/watch.h"
#include "talks/talks.h"

namespace confer::site {
namespace {

using programme::Programme;
using programme::Talk;
using programme::TalkState;

template <class List>
auto index_by_code(const List& list) {
  std::unordered_map<std::string_view, const typename List::value_type*> index;
  for (const auto& item : list) index.emplace(item.code, &item);
  return index;
}

bool may_be_shown(const Talk& talk) { return talk.state != TalkState::draft && talk.state != TalkState::submitted; }

/// Of an archived edition only its talks are known: they stand in the archive, not in a release.
Result<Programme> archived_programme(db::Tx& tx, const events::Event& event, std::string_view base_url) {
  TRY_ASSIGN(Programme p, programme::load_draft(tx, event, base_url));
  p.slots.clear();
  std::erase_if(p.talks, [](const Talk& t) { return t.state != TalkState::archived && t.state != TalkState::cancelled; });
  return p;
}

/// What the organisers have switched off is in no page, no export and no answer of the API.
Programme without_switched_off(Programme p, const events::Event& event) {
  if (!event.has(events::Feature::feedback_links))
    for (auto& talk : p.talks) talk.feedback_url.clear();
  return p;
}

Result<std::unique_ptr<Source>> source_of(db::Tx& tx, const events::Event& event, std::string_view base_url) {
  TRY_ASSIGN(auto p, programme::current_programme(tx, event, base_url));
  if (!p && event.kind == events::EventKind::archived) {
    TRY_ASSIGN(p, archived_programme(tx, event, base_url));
  }
  auto source = std::make_unique<Source>(Source{event, p ? without_switched_off(std::move(*p), event) : Programme{}, page_languages(event)});
  return source;
}

/// A room that one of the programmes hides is hidden, whatever an older release of a summit says.
void add_rooms(Content& c) {
  std::unordered_set<std::string_view> done;
  for (const auto& source : c.sources)
    for (const auto& room : source->programme.rooms)
      if (room.hidden) done.insert(room.code);
  for (const auto& source : c.sources)
    for (const auto& room : source->programme.rooms)
      if (done.insert(room.code).second) c.rooms.push_back(&room);
}

void add_slots(Content& c) {
  std::unordered_map<std::string_view, int> place;
  for (std::size_t i = 0; i < c.rooms.size(); ++i) place.emplace(c.rooms[i]->code, static_cast<int>(i) + 1);
  std::unordered_map<std::string_view, const programme::Room*> rooms;
  for (const auto* room : c.rooms) rooms.emplace(room->code, room);
  for (const auto& source : c.sources) {
    const auto& p = source->programme;
    const auto talks = index_by_code(p.talks);
    const auto tracks = index_by_code(p.tracks);
    const auto types = index_by_code(p.types);
    for (const auto& slot : p.slots) {
      if (slot.kind == programme::SlotKind::blocker) continue;
      ShownSlot shown{.slot = &slot, .from = source.get()};
      if (const auto talk = talks.find(slot.talk); talk != talks.end()) shown.talk = talk->second;
      if (slot.kind == programme::SlotKind::talk && (shown.talk == nullptr || !may_be_shown(*shown.talk))) continue;
      if (slot.kind != programme::SlotKind::talk) shown.talk = nullptr;
      if (const auto room = rooms.find(slot.room); room != rooms.end()) shown.room = room->second;
      if (!slot.room.empty() && shown.room == nullptr) continue;
      if (shown.talk != nullptr) {
        if (const auto track = tracks.find(shown.talk->track); track != tracks.end()) shown.track = track->second;
        if (const auto type = types.find(shown.talk->type); type != types.end()) shown.type = type->second;
      }
      shown.start = c.zone.to_instant_lenient(slot.start);
      shown.end = shown.start + slot.length;
      shown.end_local = c.zone.to_wall(shown.end);
      shown.day = day_of(slot.start, c.event.day_start_hour);
      shown.cancelled = slot.state == programme::SlotState::cancelled || (shown.talk != nullptr && shown.talk->state == TalkState::cancelled);
      c.slots.push_back(shown);
    }
  }
  const auto place_of = [&](const ShownSlot& s) { return s.room == nullptr ? 0 : place[s.room->code]; };
  std::ranges::sort(c.slots, [&](const ShownSlot& a, const ShownSlot& b) {
    return std::tuple(a.slot->start, place_of(a), a.slot->number, std::string_view(a.slot->guid)) <
           std::tuple(b.slot->start, place_of(b), b.slot->number, std::string_view(b.slot->guid));
  });
  for (const auto& shown : c.slots) {
    if (shown.talk != nullptr) c.slots_of_talk[shown.talk->code].push_back(&shown);
    if (c.days.empty() || c.days.back() != shown.day) c.days.push_back(shown.day);
  }
  std::ranges::sort(c.days);
  c.days.erase(std::ranges::unique(c.days).begin(), c.days.end());
}

/// Talks that stand in the programme for everybody: with a public slot; else what was called off or is only kept, unless a slot of it is hidden.
/// Without any slot yet (a talk that is accepted but not placed) nobody has announced it.
bool is_announced(const Content& c, const Programme& p, const Talk& talk) {
  if (!may_be_shown(talk)) return false;
  if (c.slots_of_talk.contains(talk.code) || p.slots.empty()) return true;
  const bool kept = talk.state == TalkState::cancelled || talk.state == TalkState::archived;
  return kept && std::ranges::none_of(p.slots, [&](const programme::Slot& s) { return s.talk == talk.code; });
}

void add_talks_and_speakers(Content& c) {
  std::unordered_map<std::string, std::size_t> known;
  for (const auto& source : c.sources) {
    const bool own = source == c.sources.front();
    for (const auto& talk : source->programme.talks) {
      if (!is_announced(c, source->programme, talk)) continue;
      if (own) c.talks.push_back(&talk);
      auto& keys = c.speaker_keys[&talk];
      for (const auto& credit : talk.credits) {
        std::string key = credit.name.empty() ? "" : speaker_key(credit);
        keys.push_back(key);
        if (!own || key.empty()) continue;
        auto [at, fresh] = known.emplace(key, c.speakers.size());
        if (fresh) c.speakers.push_back({.key = key, .name = credit.name, .biography = credit.biography, .avatar_url = credit.avatar_url, .talks = {}});
        auto& speaker = c.speakers[at->second];
        if (speaker.biography.empty()) speaker.biography = credit.biography;
        if (speaker.avatar_url.empty()) speaker.avatar_url = credit.avatar_url;
        if (speaker.talks.empty() || speaker.talks.back() != &talk) speaker.talks.push_back(&talk);
      }
    }
  }
  const auto sort_by = [&](auto& list, auto text) {
    std::vector<std::pair<std::string, std::size_t>> keys;
    keys.reserve(list.size());
    for (std::size_t i = 0; i < list.size(); ++i) keys.emplace_back(collation_key(text(list[i]), c.languages.front()), i);
    std::ranges::sort(keys);
    std::remove_reference_t<decltype(list)> sorted;
    sorted.reserve(list.size());
    for (const auto& [key, i] : keys) sorted.push_back(std::move(list[i]));
    list = std::move(sorted);
  };
  sort_by(c.talks, [](const Talk* t) { return std::string_view(t->title); });
  sort_by(c.speakers, [](const Speaker& s) { return std::string_view(s.name); });
}

/// What is known of recordings, and of talks like those.
Result<void> add_recordings(db::Tx& tx, Content& c) {
  TRY_ASSIGN(auto all, recordings::recordings_of(tx, c.event.id));
  if (all.empty()) return {};
  TRY_ASSIGN(const auto talks, talks::list_talks(tx, c.event.id));
  for (const auto& talk : talks) {
    const auto found = std::ranges::find(all, talk.id, &recordings::Recording::talk);
    if (found == all.end()) continue;
    TRY_ASSIGN(auto related, related_talks(tx, talk.code));
    if (!related.empty()) c.related.emplace(talk.code, std::move(related));
    c.recordings.emplace(talk.code, std::move(*found));
  }
  TRY_ASSIGN(const auto parts, talks::list_parts(tx, c.event.id));
  for (const auto& part : parts) {
    const auto found = std::ranges::find(all, part.id, &recordings::Recording::talk);
    const auto block = std::ranges::find(talks, part.part_of, &talks::Talk::id);
    if (found == all.end() || block == talks.end() || main_video(*found) == nullptr) continue;
    c.parts.emplace(std::pair(block->code, part.part_anchor), Content::PartRecording{.code = part.code, .slug = part.slug, .recording = std::move(*found)});
  }
  return {};
}

Result<void> arrange(Content& c) {
  c.languages = c.sources.front()->languages;
  if (!c.event.zone.empty()) {
    TRY_ASSIGN(c.zone, events::zone_of(c.event));
  }
  add_rooms(c);
  add_slots(c);
  add_talks_and_speakers(c);
  return {};
}

bool is_upper(char ch) { return ch >= 'A' && ch <= 'Z'; }

}  // namespace

std::vector<std::string> page_languages(const events::Event& event) {
  std::vector<std::string> out;
  for (const auto& language : event.languages) {
    const bool spoken = std::ranges::find(html::languages(), language) != html::languages().end();
    // An event in another language is still in that language, and from right to left where it is: only our own words on its pages are English.
    if (spoken || (&language == &event.languages.front() && is_language_tag(language))) out.push_back(language);
  }
  if (out.empty()) out.emplace_back("en");
  return out;
}

std::optional<Date> Content::today() const {
  if (days.empty()) return std::nullopt;
  const Date day = day_of(zone.to_wall(now), event.day_start_hour);
  const auto next = std::ranges::lower_bound(days, day);
  return next == days.end() ? days.front() : *next;
}

Instant begin_of(const Content& content, Date day) { return content.zone.to_instant_lenient(WallTime(day) + std::chrono::hours(content.event.day_start_hour)); }

bool Content::runs_at(Instant t) const {
  if (days.empty()) return false;
  const Date day = day_of(zone.to_wall(t), event.day_start_hour);
  return day >= days.front() && day <= days.back();
}

Result<Content> content_of(db::Tx& tx, events::Event event, std::optional<Programme> programme, std::string_view base_url) {
  Content c;
  c.event = std::move(event);
  c.base_url = base_url;
  c.now = tx.now();
  TRY_ASSIGN(c.series, events::find_series(tx, c.event.series));
  TRY_ASSIGN(c.pages, events::list_pages(tx, c.event));
  std::erase_if(c.pages, [](const events::InfoPage& p) { return !p.is_public; });
  c.released = programme.has_value();
  if (programme) {
    TRY_ASSIGN(c.stamps, programme::calendar_stamps(tx, c.event, *programme));
  }
  c.sources.push_back(
      std::make_unique<Source>(Source{c.event, programme ? without_switched_off(std::move(*programme), c.event) : Programme{}, page_languages(c.event)}));
  TRY(arrange(c));
  return c;
}

Result<Content> load_content(db::Tx& tx, EventId id, std::string_view base_url) {
  Content c;
  TRY_ASSIGN(c.event, events::require_event(tx, id));
  c.base_url = base_url;
  c.now = tx.now();
  TRY_ASSIGN(c.series, events::find_series(tx, c.event.series));
  TRY_ASSIGN(c.pages, events::list_pages(tx, c.event));
  std::erase_if(c.pages, [](const events::InfoPage& p) { return !p.is_public; });
  TRY_ASSIGN(c.releases, programme::list_releases(tx, c.event));
  TRY_ASSIGN(auto own, source_of(tx, c.event, base_url));
  TRY_ASSIGN(c.stamps, programme::calendar_stamps(tx, c.event, own->programme));
  c.released = own->programme.revision > 0;
  TRY_ASSIGN(const auto told, archive::told_texts(tx, c.event));
  archive::tell_where_untold(told, own->programme.talks);
  c.sources.push_back(std::move(own));
  if (c.event.parent) {
    TRY_ASSIGN(c.parent, events::find_event(tx, c.event.parent));
    if (c.parent && !c.parent->is_public) c.parent.reset();
  }
  TRY_ASSIGN(c.summits, events::list_summits(tx, c.event.id));
  std::erase_if(c.summits, [](const events::Event& e) { return !e.is_public; });
  for (const auto& summit : c.summits) {
    if (!summit.shown_merged) continue;
    TRY_ASSIGN(auto source, source_of(tx, summit, base_url));
    if (source->programme.revision > 0) c.sources.push_back(std::move(source));
  }
  TRY(arrange(c));
  TRY(add_recordings(tx, c));
  return c;
}

std::string base_of(const events::Event& event, const std::vector<std::string>& languages, std::string_view language) {
  std::string base;
  if (language != languages.front() && std::ranges::find(languages, language) != languages.end()) base.append("/").append(language);
  return base.append("/").append(event.slug);
}

std::string talk_name(const Talk& talk) { return talk.slug.empty() ? talk.code : talk.code + "-" + talk.slug; }

std::string speaker_key(const programme::Credit& credit) { return credit.person_code.empty() ? credit.person_guid.substr(0, 8) : credit.person_code; }

std::string class_name(std::string_view code) {
  std::string out;
  for (const char ch : code) {
    const bool plain = (ch >= 'a' && ch <= 'z') || is_upper(ch) || (ch >= '0' && ch <= '9') || ch == '-' || ch == '_';
    out += plain ? ch : '-';
  }
  return out;
}

std::string track_class(const Content& content, const Source& source, std::string_view code) {
  if (code.empty()) return {};
  if (&source == content.sources.front().get()) return "track-" + class_name(code);
  return "track-" + class_name(source.event.slug) + "--" + class_name(code);
}
std::string track_class(const Content& content, const ShownSlot& shown) {
  return shown.track == nullptr ? std::string{} : track_class(content, *shown.from, shown.track->code);
}

}  // namespace confer::site
