// An import's talks and slots.
#include <optional>
#include "base/json_writer.h"
#include "base/random.h"
#include "programme/importing.h"
#include "programme/store.h"
#include "talks/files.h"

namespace confer::programme {
namespace {

/// `before`: whom a printed name meant here.
std::vector<talks::Credit> credit_rows(const std::vector<Credit>& credits, const std::map<std::string, PersonId>& ids,
                                       const std::vector<talks::Credit>& before) {
  std::vector<talks::Credit> out;
  for (const auto& c : credits) {
    if (tidy_line(c.name).empty()) continue;
    const auto id = ids.find(c.person_guid);
    const auto same = std::ranges::find(before, c.name, &talks::Credit::name);
    out.push_back({.person = id != ids.end()        ? id->second
                             : same != before.end() ? same->person
                                                    : PersonId{},
                   .person_code = {},
                   .name = c.name,
                   .role = static_cast<talks::CreditRole>(c.role),
                   .guid = c.person_guid,
                   .biography = {},
                   .avatar_url = {},
                   .extra = c.extra});
  }
  return out;
}

std::vector<talks::Link> link_rows(const std::vector<Link>& links) {
  std::vector<talks::Link> out;
  for (const auto& link : links)
    if (link.url.starts_with("http://") || link.url.starts_with("https://") || link.url.starts_with("/"))
      out.push_back({link.url, link.title, static_cast<int>(link.kind)});
  return out;
}

}  // namespace

/// The talk of that GUID, else the one that came from that address.
std::vector<talks::Talk>::iterator Import::row_of(const Talk& file) {
  const auto row = std::ranges::find(talks_, file.guid, &talks::Talk::guid);
  if (row != talks_.end() || file.origin_url.empty() || origins_[file.origin_url] != 1) return row;
  return std::ranges::find_if(talks_, [&](const talks::Talk& talk) { return talk.origin_url == file.origin_url && draft_.talk(talk.code) != nullptr; });
}

/// Says the talk of the file in the words used here, as far as its format's mean the same.
Result<void> Import::fit_talk(Talk& file, const talks::Talk* row) {
  TRY_ASSIGN(const Fields* base, base_of("talk", row == nullptr ? file.guid : row->guid));
  const Talk* here = row == nullptr ? nullptr : draft_.talk(row->code);
  const auto before = [&](const char* field) -> std::optional<std::string> {
    if (base == nullptr) return {};
    const auto known = base->find(field);
    return known == base->end() ? std::nullopt : std::optional(known->second);
  };
  // Of what was told last and what is here, the first that the format would write like this.
  const auto same_as = [&](const char* field, const std::string& current, const auto& is_said_so) -> std::optional<std::string> {
    if (auto last = before(field); last && is_said_so(*last)) return last;
    if (here != nullptr && is_said_so(current)) return current;
    return {};
  };
  if (carried_.language_as != nullptr)
    if (auto language = same_as("language", here == nullptr ? "" : here->language,
                                [&](const std::string& tag) { return carried_.language_as(tag, language_) == file.language; }))
      file.language = *language;
  const SessionType* type = file_.type(file.type);
  std::optional<std::string> known;
  if (carried_.type_as != nullptr && type != nullptr)
    known = same_as("type", here == nullptr ? "" : here->type, [&](const std::string& code) {
      const auto one = std::ranges::find(types_, code, &events::SessionType::code);
      return carried_.type_as(one == types_.end() ? "" : one->name.in(language_)) == type->name.in(language_);
    });
  if (!known && type != nullptr && carried_.type_as != nullptr) TRY(take_type(*type));
  file.type = known ? *known : type_keys_.contains(file.type) ? type_keys_[file.type] : "";
  if (row == nullptr) return {};
  // A file that was written here names the talk's page and code here, which is no word about where it came from.
  if (file.origin_url.ends_with("/" + event_.slug + "/talks/" + row->code)) file.origin_url = here->origin_url;
  if (const auto code = file.extra.find("code"); code != file.extra.end() && code->second == json_quoted(row->code)) file.extra.erase(code);
  return {};
}

Result<void> Import::take_talks() {
  TRY_ASSIGN(auto removed_list, talks::removed_guids(tx_, event_.id));
  const std::set<std::string> removed(removed_list.begin(), removed_list.end());
  const auto fields = talk_fields();
  std::int64_t done = 0;
  for (Talk& file : file_.talks) {
    if (progress_) progress_("talks", done++, static_cast<std::int64_t>(file_.talks.size()));
    file.track = track_keys_.contains(file.track) ? track_keys_[file.track] : "";
    if (file.guid.empty()) file.guid = name_uuid(event_.guid, "talk:" + file.title);
    if (removed.contains(file.guid)) {
      list_as_removed("talk", file.guid, file.title);
      continue;
    }
    const auto row = row_of(file);
    const bool is_new = row == talks_.end();
    if (!is_new && draft_.talk(row->code) == nullptr) {  // the file names it twice
      talk_keys_[file.code] = row->code;
      continue;
    }
    TRY(fit_talk(file, is_new ? nullptr : &*row));
    Talk here = is_new ? file : *draft_.talk(row->code);
    // Uploaded files are not the import's: an export that comes back names them by their addresses here.
    std::erase_if(here.attachments, [](const Link& link) { return link.url.starts_with('/') && talks::file_code_of(link.url); });
    if (!is_new)
      std::erase_if(file.attachments, [&](const Link& link) {
        const auto code = talks::file_code_of(link.url);
        return code && std::ranges::find(row->files, *code, &talks::StoredFile::code) != row->files.end();
      });
    bool changed = true;
    if (is_new) {
      ++report_.added;
      TRY(remember_new("talk", file.guid, file, fields));
    } else {
      TRY_ASSIGN(changed, merge_into(here, file, fields, "talk", row->guid, here.title));
      talk_keys_[file.code] = row->code;
    }
    if (!changed) continue;
    talks::Talk next = is_new ? talks::Talk{} : *row;
    next.guid = is_new ? file.guid : row->guid;
    next.title = here.title.empty() ? "(without a title)" : here.title;
    next.subtitle = here.subtitle;
    next.abstract = here.abstract;
    next.description = here.description;
    next.track = id_with_code(tracks_, here.track);
    next.type = id_with_code(types_, here.type);
    next.language = is_language_tag(here.language) ? here.language : "";
    next.level = here.level;
    next.tags = here.tags;
    next.do_not_record = here.do_not_record;
    next.do_not_stream = here.do_not_stream;
    next.license = here.license;
    next.logo_url = here.logo_url.starts_with("http") ? here.logo_url : "";
    next.feedback_url = here.feedback_url.starts_with("http") ? here.feedback_url : "";
    next.origin_url = here.origin_url.starts_with("http") ? here.origin_url : "";
    next.links = link_rows(here.links);
    next.attachments = link_rows(here.attachments);
    next.extra = here.extra;
    next.state = is_new ? static_cast<talks::State>(here.state) : next.state;
    next.credits = credit_rows(here.credits, person_ids_, next.credits);
    TRY_ASSIGN(next, naming("talk", file.title, talks::save_talk(tx_, actor_, event_, std::move(next))));
    talk_keys_[file.code] = next.code;
    if (is_new) talks_.push_back(std::move(next));
  }
  return {};
}

/// What the talk of a slot is called here; the slot's own title where it has none.
std::string Import::file_title(const Slot& slot) const {
  const auto talk = std::ranges::find(talks_, slot.talk, &talks::Talk::code);
  return slot.talk.empty() || talk == talks_.end() ? slot.title.in(language_) : talk->title;
}

Result<void> Import::take_slots() {
  const auto fields = slot_fields(language_);
  std::int64_t done = 0;
  for (Slot& file : file_.slots) {
    if (progress_) progress_("slots", done++, static_cast<std::int64_t>(file_.slots.size()));
    if (!file.talk.empty() && !talk_keys_.contains(file.talk)) continue;  // its talk was removed here
    file.talk = file.talk.empty() ? "" : talk_keys_[file.talk];
    file.room = room_keys_.contains(file.room) ? room_keys_[file.room] : "";
    if (file.guid.empty()) file.guid = name_uuid(event_.guid, "slot:" + file.talk + to_text(file.start) + file.room);
    seen_slots_.insert(file.guid);
    auto row = std::ranges::find(slots_, file.guid, &DraftSlot::guid);
    const bool is_new = row == slots_.end();
    Slot here = file;
    bool changed = true;
    std::optional<SlotId> removed;
    if (is_new) {
      TRY_ASSIGN(const Fields* base, base_of("slot", file.guid));
      const Fields said = told(file, base, fields, "slot", carried_);
      TRY_ASSIGN(removed, store::removed_slot(tx_, event_.id, file.guid));
      const bool was_dropped = base != nullptr && base->empty();  // by an import, as its file had it no more
      const bool removed_here = removed && !was_dropped;
      if (removed_here && (base == nullptr || *base != said))
        report_.conflicts.push_back(
            {"slot", file.guid, file_title(file), "(whole slot)", "removed here", base == nullptr ? "in the file" : "changed in the file"});
      TRY(remember("slot", file.guid, said));
      if (removed_here) continue;
      ++report_.added;
    } else {
      auto model = std::ranges::find(draft_.slots, file.guid, &Slot::guid);
      if (model == draft_.slots.end()) continue;
      here = *model;
      const Talk* talk = draft_.talk(here.talk);
      TRY_ASSIGN(changed, merge_into(here, file, fields, "slot", file.guid, talk != nullptr ? talk->title : here.title.in(language_)));
    }
    if (!changed) continue;
    TRY(bring_back_room(here.room));
    DraftSlot next = is_new ? DraftSlot{} : *row;
    if (removed) {
      TRY(store::restore(tx_, event_.id, *removed));
      TRY_ASSIGN(next, require_slot(tx_, event_, *removed));
      if (!carried_.tells("slot", "note")) here.note = next.note;
      if (!carried_.tells("slot", "parts")) here.parts = next.parts;
      here.extra.insert(next.extra.begin(), next.extra.end());
    }
    next.guid = file.guid;
    next.kind = here.kind;
    next.state = here.state;
    next.talk = is_new ? id_with_code(talks_, here.talk) : next.talk;
    next.room = id_with_code(rooms_, here.room);
    next.start = here.start;
    next.length = here.length;
    next.title = here.title;
    next.note = here.note;
    next.parts = here.parts;
    next.extra = here.extra;
    if (next.id)
      TRY(store::change(tx_, event_.id, next));
    else
      TRY(store::add(tx_, event_.id, next));
  }
  for (const auto& [code, room] : waiting_rooms_) list_as_removed("room", room.guid, room.name.in(language_));
  return {};
}

/// A session that the file has no words for is not missing from it: no format carries blockers and hidden rooms, most no breaks and nothing cancelled.
bool Import::may_be_elsewhere(const Slot& slot) const {
  if (slot.kind == SlotKind::blocker || (slot.kind == SlotKind::break_ && !carried_.tells("slot", "break"))) return true;
  const Room* room = draft_.room(slot.room);
  if (room != nullptr && room->hidden) return true;
  if (slot.room.empty() && !carried_.tells("slot", "without room") && (slot.kind == SlotKind::talk || !carried_.tells("slot", "break"))) return true;
  return is_cancelled(draft_, slot) && !carried_.tells("slot", "cancelled");
}

/// A slot that an earlier import brought and that the file has no more goes, unless it was edited here. A kind that the file has none of is not missing.
Result<void> Import::drop_vanished() {
  std::set<SlotKind> kinds{SlotKind::talk};
  for (const Slot& slot : file_.slots) kinds.insert(slot.kind);
  const auto fields = slot_fields(language_);
  for (const Slot& slot : draft_.slots) {
    if (seen_slots_.contains(slot.guid) || !kinds.contains(slot.kind) || may_be_elsewhere(slot)) continue;
    TRY_ASSIGN(const Fields* base, base_of("slot", slot.guid));
    if (base == nullptr || base->empty()) continue;
    if (is_edited(slot, *base, fields)) {
      const Talk* talk = draft_.talk(slot.talk);
      report_.conflicts.push_back(
          {"slot", slot.guid, talk != nullptr ? talk->title : slot.title.in(language_), "(whole slot)", "edited here", "not in the file any more"});
      continue;
    }
    TRY(store::remove(tx_, event_.id, SlotId{slot.number}));
    TRY(remember("slot", slot.guid, {}));  // so that it comes back when the file has it again
    ++report_.removed;
  }
  return {};
}

}  // namespace confer::programme
