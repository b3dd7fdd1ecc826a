// One event's folder into the database (writing.h).
#include "archive/writing.h"
#include <algorithm>
#include <deque>
#include <optional>
#include "archive/attaching.h"
#include "archive/indexing.h"
#include "archive/merging.h"
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "people/who.h"

namespace confer::archive {
namespace {

using store::Record;

constexpr std::size_t longest_slug = 50;

/// The address of an event: the folder's name where that is free.
Result<std::string> free_event_slug(db::Tx& tx, std::string base) {
  if (base.size() < 2) base = "event-" + base;
  base = base.substr(0, longest_slug);
  while (base.ends_with('-')) base.pop_back();
  // Two letters are a language in the path; other short words are the site's own.
  std::string slug = base.size() == 2 ? base + "-event" : base;
  for (int n = 2;; ++n) {
    TRY_ASSIGN(const auto taken, events::find_event(tx, slug));
    if (!taken) return slug;
    slug = base + "-" + std::to_string(n);
  }
}

std::string joined(const std::vector<std::string>& words) { return join(words, " "); }

class EventWriter {
 public:
  EventWriter(db::Tx& tx, Importing& importing, ImportedEvent& event) : tx_(tx), in_(importing), told_(event) {}

  Result<EventId> write(SeriesId series) {
    TRY(find_or_make_event(series));
    TRY(load());
    for (auto& fresh : told_.talks) TRY(match(fresh));
    TRY(attach());
    TRY(report_gone());
    TRY(write_known());
    TRY(write_new());
    TRY(index());
    TRY(add_aliases());
    TRY(store::put_event_source(tx_, in_.format.name, {event_.id, told_.folder, told_.hash, told_.raw}, in_.run));
    JsonWriter w;
    w.begin_object();
    for (const auto& [name, count] : counts_) w.field(name, count);
    if (counts_["talks added"] + counts_["talks changed"] + counts_["talks removed"] > 0)
      TRY(journal::record(tx_, who(in_.actor), "archive.imported", event_.series.value, event_.id.value, "event:" + event_.slug, w.end_object().take()));
    // What visitors see of a programme is drawn once: its recordings are news for it.
    if (is_ours() && (!added_.empty() || !changed_.empty()))
      TRY(journal::record(tx_, who(in_.actor), "recording.imported", event_.series.value, event_.id.value, "event:" + event_.slug));
    for (const auto& [name, count] : counts_) in_.counts[name] += count;
    return event_.id;
  }

 private:
  struct Pair {
    ImportedTalk* fresh = nullptr;
    const Record* record = nullptr;
    talks::Talk* talk = nullptr;
    bool is_back = false;  ///< an import that had brought it was taken back
  };

  /// The event was programmed here: its talks get their recordings, and nothing else that the source says of them or of the event.
  bool is_ours() const { return event_.kind != events::EventKind::archived; }

  Result<void> find_or_make_event(SeriesId series) {
    if (const auto known = in_.known.find(told_.folder); known != in_.known.end()) {
      TRY_ASSIGN(auto event, events::find_event(tx_, known->second.event));
      if (event) {
        event_ = std::move(*event);
        if (is_ours()) return {};
        if (known->second.is_undone && !event_.is_public) {
          // Hidden when an import was taken back: it is here again.
          event_.is_public = true;
          TRY_ASSIGN(event_, events::save_event(tx_, in_.actor, std::move(event_)));
        }
        return change_event(known->second.raw != told_.raw);
      }
    }
    TRY_ASSIGN(auto same, events::find_event(tx_, told_.slug));
    if (same && same->guid == told_.guid) {
      // Imported alone before: from now on it is known as part of this archive.
      event_ = std::move(*same);
      return change_event(true);
    }
    TRY_ASSIGN(auto ours, find_programmed(tx_, series, told_));
    if (ours) {
      event_ = *std::move(ours);
      return {};
    }
    events::Event event;
    event.series = series;
    event.kind = events::EventKind::archived;
    TRY_ASSIGN(event.slug, free_event_slug(tx_, told_.slug));
    if (event.slug != told_.slug)
      told_.findings.add("address taken", told_.folder, "Another event or page has this address; the imported event has one with a number.");
    event.acronym = events::acronym_from(event.slug).substr(0, 40);
    event.guid = told_.guid;
    event.is_public = true;
    fill(event);
    auto saved = events::save_event(tx_, in_.actor, event);
    if (!saved && std::ranges::find(saved.error().problems, "slug", &FieldProblem::field) != saved.error().problems.end()) {
      // A word that the site itself needs.
      TRY_ASSIGN(event.slug, free_event_slug(tx_, told_.slug + "-event"));
      told_.findings.add("address taken", told_.folder, "Another event or page has this address; the imported event has one with a number.");
      saved = events::save_event(tx_, in_.actor, event);
    }
    TRY(saved);
    event_ = *std::move(saved);
    ++counts_["events added"];
    is_new_event_ = true;
    return {};
  }

  void fill(events::Event& event) const {
    event.languages = {told_.languages.begin(), told_.languages.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(told_.languages.size(), 3))};
    event.title = LocalizedText(event.languages.front(), ellipsis(told_.title, 250));
    if (!told_.description.empty()) event.description = LocalizedText(event.languages.front(), ellipsis(told_.description, 15'000));
    event.start = told_.start;
    event.end = told_.end;
    event.year = told_.year;
    if (!told_.url.empty()) event.extra["url"] = json_quoted(told_.url);
  }

  /// Title and description follow the source as long as nobody changed the event here; days widen.
  Result<void> change_event(bool told_otherwise) {
    events::Event changed = event_;
    if (told_otherwise && event_.version == 1) {
      events::Event fresh = event_;
      fill(fresh);
      changed.title = fresh.title;
      changed.description = fresh.description;
      changed.languages = fresh.languages;
      changed.extra = fresh.extra;
    }
    if (told_.start && (!changed.start || *told_.start < *changed.start)) changed.start = told_.start;
    if (told_.end && (!changed.end || *told_.end > *changed.end)) changed.end = told_.end;
    if (!changed.year) changed.year = told_.year;
    if (changed.start && changed.end && *changed.end - *changed.start > std::chrono::days(60)) changed.start = event_.start, changed.end = event_.end;
    const bool same = changed.title == event_.title && changed.description == event_.description && changed.start == event_.start &&
                      changed.end == event_.end && changed.year == event_.year && changed.languages == event_.languages && changed.extra == event_.extra;
    if (same) return {};
    TRY_ASSIGN(event_, events::save_event(tx_, in_.actor, std::move(changed)));
    ++counts_["events changed"];
    return {};
  }

  Result<void> load() {
    if (is_new_event_) return {};
    TRY_ASSIGN(records_, store::records_of_event(tx_, event_.id));
    TRY_ASSIGN(talks_, talks::list_talks(tx_, event_.id));
    TRY_ASSIGN(auto recordings, recordings::recordings_of(tx_, event_.id));
    for (auto& recording : recordings) recordings_.emplace(recording.talk, std::move(recording));
    TRY_ASSIGN(const auto removed, talks::removed_guids(tx_, event_.id));
    removed_.insert(removed.begin(), removed.end());
    TRY_ASSIGN(withheld_, store::withheld_of_event(tx_, event_.id));
    TRY_ASSIGN(const auto indexed, store::indexed_of_event(tx_, event_.id));
    for (const auto& [talk, code] : indexed) indexed_.insert(talk);
    std::set<std::string> paths;
    for (const auto& talk : told_.talks) paths.insert(talk.path);
    for (const auto& record : records_) {
      by_path_.emplace(record.path, &record);
      if (!paths.contains(record.path) && !record.is_removed) gone_.push_back(&record);
    }
    for (auto& talk : talks_) by_id_.emplace(talk.id, &talk);
    return {};
  }

  const recordings::Recording& recording_of(TalkId talk) const {
    static const recordings::Recording none;
    const auto found = recordings_.find(talk);
    return found == recordings_.end() ? none : found->second;
  }

  /// A record whose file was renamed: the same number, video or title.
  const Record* renamed(const ImportedTalk& fresh) {
    const auto is_it = [&](const Record* record) {
      if (fresh.number && record->number == fresh.number) return true;
      const auto talk = by_id_.find(record->talk);
      if (talk == by_id_.end()) return false;
      if (talk->second->title == fresh.talk.title) return true;
      const auto& before = recording_of(record->talk).videos;
      return !before.empty() && !fresh.recording.videos.empty() && before.front().url == fresh.recording.videos.front().url;
    };
    const auto found = std::ranges::find_if(gone_, is_it);
    if (found == gone_.end()) return nullptr;
    const Record* record = *found;
    gone_.erase(found);
    return record;
  }

  Result<void> match(ImportedTalk& fresh) {
    const std::string place = told_.folder + "/" + fresh.path;
    const auto at = by_path_.find(fresh.path);
    const Record* record = at != by_path_.end() ? at->second : nullptr;
    if (fresh.number && in_.no_publish.contains(*fresh.number)) {
      told_.findings.add("never to publish", place, "It is marked as never to be published; it was left out.");
      ++counts_["talks left out"];
      if (record != nullptr && !record->is_removed) TRY(take_away(*record));
      return {};
    }
    if (record == nullptr) {
      record = renamed(fresh);
      if (record != nullptr) told_.findings.add("file renamed", place, "The record stood in another file before (" + record->path + "); it is the same talk.");
    }
    if (record != nullptr && record->is_removed && record->undone) {
      TRY(talks::bring_back(tx_, event_.id, record->talk));
      TRY_ASSIGN(auto talk, talks::find_talk(tx_, record->code));
      if (!talk) return fail(ErrorCode::internal, "A talk that was put away cannot be brought back.", record->code);
      TRY_ASSIGN(auto recording, recordings::find_recording(tx_, record->talk));
      if (recording) recordings_.insert_or_assign(record->talk, *std::move(recording));
      pairs_.push_back({&fresh, record, &back_.emplace_back(*std::move(talk)), true});
      return {};
    }
    if (record != nullptr && record->is_removed) {
      told_.findings.add("removed here", place, "The talk was removed here; an import does not bring it back.");
      return {};
    }
    if (record != nullptr) {
      if (record->hash == fresh.hash && record->path == fresh.path) {
        ++counts_["talks unchanged"];
        return {};
      }
      pairs_.push_back({&fresh, record, by_id_.at(record->talk)});
      return {};
    }
    if (removed_.contains(fresh.guid)) {
      told_.findings.add("removed here", place, "The talk was removed here; an import does not bring it back.");
      return {};
    }
    if (const auto same = std::ranges::find(talks_, fresh.guid, &talks::Talk::guid); same != talks_.end()) {
      pairs_.push_back({&fresh, nullptr, &*same});
      return {};
    }
    (is_ours() ? loose_ : new_).push_back(&fresh);
    return {};
  }

  /// Records that are new to an event programmed here: those that surely mean one of its talks go there, others become archived talks of it.
  Result<void> attach() {
    if (loose_.empty()) return {};
    std::set<TalkId> recorded;
    for (const auto& record : records_) recorded.insert(record.talk);
    std::vector<const talks::Talk*> ours;
    for (const auto& talk : talks_)
      if ((talk.state == talks::State::accepted || talk.state == talks::State::confirmed) && !recorded.contains(talk.id)) ours.push_back(&talk);
    const auto meant = surely_meant(ours, loose_, event_);
    for (std::size_t i = 0; i < loose_.size(); ++i) {
      if (meant[i]) {
        pairs_.push_back({loose_[i], nullptr, by_id_.at(ours[*meant[i]]->id)});
        continue;
      }
      told_.findings.add("no talk of the programme", told_.folder + "/" + loose_[i]->path,
                         "The event was programmed here, and none of its talks is surely this one; it was added as an archived talk of the event.");
      new_.push_back(loose_[i]);
    }
    return {};
  }

  Result<void> take_away(const Record& record) {
    TRY(archive::take_away(tx_, event_.id, record.talk, record.code));
    TRY(store::add_change(tx_, in_.run, record.talk, Change::removed, ""));
    ++counts_["talks removed"];
    return {};
  }

  /// What the source has no more stays here: an archive does not lose talks because a file was lost elsewhere.
  Result<void> report_gone() {
    for (const Record* record : gone_)
      told_.findings.add("gone from the source", told_.folder + "/" + record->path, "The source has this record no more; the talk was kept.");
    return {};
  }

  void withhold(ImportedTalk& talk, TalkId id) const {
    if (withheld_.empty()) return;
    std::erase_if(talk.talk.credits, [&](const talks::Credit& c) { return withheld_.contains({id, withheld_hash(c.name)}); });
  }

  Result<void> write_known() {
    for (const Pair& pair : pairs_) {
      talks::Talk& here = *pair.talk;
      withhold(*pair.fresh, here.id);
      const bool ours = is_programmed(event_, here);
      ImportedTalk recording_only;
      if (ours) {
        recording_only = *pair.fresh;
        recording_only.talk = here;
      }
      const ImportedTalk& fresh = ours ? recording_only : *pair.fresh;
      std::optional<ImportedTalk> base;
      const recordings::Recording& recording_here = recording_of(here.id);
      bool edited = true;
      if (pair.record != nullptr) {
        // Putting it away and bringing it back were no edits.
        edited = here.version != pair.record->talk_version + (pair.is_back ? 2 : 0) || recording_here.version != pair.record->recording_version;
        if (edited) {
          Findings ignored;
          if (auto read = in_.format.read_record(pair.record->raw, "", ignored)) {
            base = *std::move(read);
            withhold(*base, here.id);
            if (ours) base->talk = here;
          }
        }
      }
      Merged merged = merge(base ? &*base : nullptr, here, recording_here, fresh, edited);
      for (const auto& field : merged.conflicts)
        told_.findings.add("changed there and here", told_.folder + "/" + pair.fresh->path + ": " + field,
                           "The field was changed at the source and here; what stands here stayed.");
      const bool same = same_talk(merged.talk, here) && merged.recording.same_as(recording_here);
      if (!same) {
        if (!pair.is_back)
          TRY(store::add_change(tx_, in_.run, here.id, merged.conflicts.empty() ? Change::changed : Change::conflict,
                                pair.record != nullptr ? pair.record->raw
                                : ours                 ? std::string(had_no_record)
                                                       : ""));
        if (!same_talk(merged.talk, here)) {
          TRY_ASSIGN(here, talks::put_talk(tx_, event_, std::move(merged.talk)));
        }
        TRY(put_recording(here.id, std::move(merged.recording), recording_here));
        if (!pair.is_back) {
          ++counts_["talks changed"];
          changed_.push_back(&here);
        }
      } else if (!pair.is_back) {
        ++counts_["talks unchanged"];
      }
      if (pair.is_back) {
        TRY(store::add_change(tx_, in_.run, here.id, Change::added, ""));
        ++counts_["talks added"];
        changed_.push_back(&here);
      }
      TRY(put_record(*pair.fresh, here, edited));
    }
    return {};
  }

  static bool same_talk(const talks::Talk& a, const talks::Talk& b) {
    return a.title == b.title && a.abstract == b.abstract && a.description == b.description && a.language == b.language && a.tags == b.tags &&
           a.license == b.license && a.links == b.links && a.credits == b.credits;
  }

  Result<void> put_recording(TalkId talk, recordings::Recording recording, const recordings::Recording& before) {
    if (recording.same_as(before) && before.version > 0) return {};
    recording.talk = talk;
    TRY_ASSIGN(auto stored, recordings::put_recording(tx_, std::move(recording)));
    recordings_.insert_or_assign(talk, std::move(stored));
    return {};
  }

  /// `edited`: something of the talk may be ours, and stays so: the next import compares field by field again.
  Result<void> put_record(const ImportedTalk& fresh, const talks::Talk& talk, bool edited) {
    Record record;
    record.talk = talk.id;
    record.path = fresh.path;
    record.number = fresh.number;
    record.hash = fresh.hash;
    record.raw = without_withheld(fresh.raw, talk.id, withheld_);
    record.repaired = joined(fresh.repaired);
    record.talk_version = edited ? 0 : talk.version;
    record.recording_version = recording_of(talk.id).version;
    return store::put_record(tx_, event_.id, in_.format.name, record, in_.run);
  }

  Result<void> write_new() {
    std::vector<std::string> guids;
    for (const auto* fresh : new_) guids.push_back(fresh->guid);
    TRY_ASSIGN(auto codes, talks::codes_for(tx_, guids));
    added_.reserve(new_.size());
    for (std::size_t i = 0; i < new_.size(); ++i) {
      ImportedTalk& fresh = *new_[i];
      fresh.talk.guid = fresh.guid;
      fresh.talk.code = std::move(codes[i]);
      auto stored = talks::put_talk(tx_, event_, std::move(fresh.talk));
      if (!stored && stored.error().code == ErrorCode::invalid) {
        // Only what the talk's own rules refuse: the rest of the event is good.
        std::string why = stored.error().message;
        for (const auto& problem : stored.error().problems) why += " " + problem.message;
        told_.findings.add("record left out", told_.folder + "/" + fresh.path, why);
        continue;
      }
      TRY(stored);
      added_.push_back(*std::move(stored));
      added_searched_.push_back(&fresh.searched);
      const TalkId id = added_.back().id;
      fresh.recording.talk = id;
      TRY_ASSIGN(auto recording, recordings::put_recording(tx_, std::move(fresh.recording)));
      recordings_.insert_or_assign(id, std::move(recording));
      TRY(put_record(fresh, added_.back(), false));
      TRY(store::add_change(tx_, in_.run, id, Change::added, ""));
      ++counts_["talks added"];
    }
    return {};
  }

  Result<void> index() {
    if (!event_.is_public) return {};
    if (is_ours()) return added_.empty() && changed_.empty() ? Result<void>{} : index_event(tx_, event_.id);
    std::vector<ShownTalk> shown;
    const auto add = [&](const talks::Talk& talk, bool is_new, const std::string* searched) {
      if (talk.state != talks::State::archived) return;
      const auto recording = recordings_.find(talk.id);
      shown.push_back({.talk = &talk,
                       .recording = recording == recordings_.end() ? nullptr : &recording->second,
                       .day = {},
                       .length = {},
                       .is_new = is_new,
                       .searched = searched});
    };
    for (std::size_t i = 0; i < added_.size(); ++i) add(added_[i], true, added_searched_[i]);
    for (const auto* talk : changed_) add(*talk, !indexed_.contains(talk->id), nullptr);
    if (shown.empty()) return {};
    TRY_ASSIGN(const auto series, events::find_series(tx_, event_.series));
    return index_talks(tx_, event_, series ? series->title.in(event_.languages.front()) : "", shown, in_.markup);
  }

  Result<void> add_aliases() {
    for (const auto& path : told_.aliases) TRY(store::add_alias(tx_, path, {}, event_.id));
    std::map<std::string_view, TalkId> by_guid;
    for (const auto& talk : added_) by_guid.emplace(talk.guid, talk.id);
    for (const auto* fresh : new_)
      if (const auto talk = by_guid.find(fresh->guid); talk != by_guid.end())
        for (const auto& path : fresh->aliases) TRY(store::add_alias(tx_, path, talk->second, {}));
    for (const Pair& pair : pairs_)
      for (const auto& path : pair.fresh->aliases) TRY(store::add_alias(tx_, path, pair.talk->id, {}));
    return {};
  }

  db::Tx& tx_;
  Importing& in_;
  ImportedEvent& told_;
  events::Event event_;
  bool is_new_event_ = false;
  std::vector<Record> records_;
  std::vector<talks::Talk> talks_, added_;
  std::vector<const std::string*> added_searched_;  ///< one for each of those that were added
  std::deque<talks::Talk> back_;                    ///< brought back; they stay where they are
  std::map<TalkId, recordings::Recording> recordings_;
  std::set<std::string> removed_;
  std::set<std::pair<TalkId, std::string>> withheld_;
  std::set<TalkId> indexed_;
  std::map<std::string, const Record*> by_path_;
  std::map<TalkId, talks::Talk*> by_id_;
  std::vector<const Record*> gone_;
  std::vector<Pair> pairs_;
  std::vector<ImportedTalk*> new_, loose_;
  std::vector<const talks::Talk*> changed_;
  std::map<std::string, std::int64_t> counts_;
};

}  // namespace

std::string withheld_hash(std::string_view name) { return sha256_hex(fold(name)); }

bool is_unchanged(const Importing& importing, const ImportedEvent& event) {
  const auto known = importing.known.find(event.folder);
  return known != importing.known.end() && known->second.hash == event.hash;
}

Result<EventId> write_event(db::Tx& tx, Importing& importing, ImportedEvent& event, SeriesId series) { return EventWriter(tx, importing, event).write(series); }

}  // namespace confer::archive
