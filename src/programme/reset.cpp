// Going back: the draft becomes what a release says.
#include <algorithm>
#include <map>
#include <set>
#include "base/json_writer.h"
#include "people/people.h"
#include "people/who.h"
#include "programme/programme.h"
#include "programme/store.h"

namespace confer::programme {
namespace {

template <class List>
auto id_of(const List& list, const std::string& code) {
  const auto found = std::ranges::find(list, code, [](const auto& item) { return item.code; });
  return found == list.end() ? decltype(list.front().id){} : found->id;
}

std::vector<talks::Link> rows_of(const std::vector<Link>& links) {
  std::vector<talks::Link> rows;
  for (const Link& link : links) rows.push_back({link.url, link.title, static_cast<int>(link.kind)});
  return rows;
}

class Reset {
 public:
  Reset(db::Tx& tx, const Actor& actor, const events::Event& event, const Programme& then) : tx_(tx), actor_(actor), event_(event), then_(then) {}

  Result<std::vector<std::string>> run() {
    TRY_ASSIGN(rooms_, events::list_rooms(tx_, event_));
    TRY_ASSIGN(tracks_, events::list_tracks(tx_, event_));
    TRY_ASSIGN(types_, events::list_session_types(tx_, event_));
    TRY(bring_talks_back());
    TRY_ASSIGN(talks_, talks::list_talks(tx_, event_.id));
    TRY_ASSIGN(const Programme draft, load_draft(tx_, event_, ""));
    for (const Talk& talk : then_.talks) {
      const Talk* now = draft.talk(talk.code);
      if (now != nullptr && *now != talk) TRY(reset(talk, *now));
    }
    TRY(reset_slots());
    return std::move(missing_);
  }

 private:
  Result<void> bring_talks_back() {
    for (const Talk& talk : then_.talks) {
      TRY_ASSIGN(auto here, talks::find_talk(tx_, talk.code));
      if (here) continue;
      TRY_ASSIGN(auto removed, talks::find_removed(tx_, event_.id, talk.code));
      if (removed)
        TRY(talks::restore_talk(tx_, actor_, event_, *removed));
      else
        missing_.push_back("“" + talk.title + "” is not here any more.");
    }
    return {};
  }

  Result<void> reset(const Talk& talk, const Talk& now) {
    talks::Talk row = *std::ranges::find(talks_, talk.code, &talks::Talk::code);
    row.title = talk.title;
    row.subtitle = talk.subtitle;
    row.abstract = talk.abstract;
    row.description = talk.description;
    row.track = id_of(tracks_, talk.track);
    row.type = id_of(types_, talk.type);
    if (!talk.track.empty() && !row.track) missing_.push_back("“" + talk.title + "” has no track: the track was removed.");
    if (!talk.type.empty() && !row.type) missing_.push_back("“" + talk.title + "” has no session type: the type was removed.");
    row.language = talk.language;
    row.level = talk.level;
    row.tags = talk.tags;
    row.do_not_record = talk.do_not_record;
    row.do_not_stream = talk.do_not_stream;
    row.license = talk.license;
    row.logo_url = talk.logo_url;
    row.feedback_url = talk.feedback_url;
    row.origin_url = talk.origin_url;
    row.links = rows_of(talk.links);
    std::vector<Link> elsewhere;
    std::vector<talks::FilePlace> files;
    for (const Link& link : talk.attachments) {
      if (auto code = talks::file_code_of(link.url); code && link.url.starts_with('/'))
        files.push_back({std::move(*code), link.title});
      else
        elsewhere.push_back(link);
    }
    row.attachments = rows_of(elsewhere);
    TRY(talks::reset_files(tx_, actor_, event_, row.id, files));
    row.extra = talk.extra;
    row.state = static_cast<talks::State>(talk.state);
    if (talk.credits != now.credits) {
      TRY_ASSIGN(row.credits, credits_of(talk, row.credits));
    }
    TRY(talks::save_talk(tx_, actor_, event_, std::move(row)));
    return {};
  }

  Result<PersonId> person_of(const std::string& code) {
    if (code.empty()) return PersonId{};
    const auto [known, fresh] = persons_.try_emplace(code);
    if (fresh) {
      TRY_ASSIGN(auto person, people::find_person_by_code(tx_, code));
      if (person) known->second = person->id;
    }
    return known->second;
  }

  /// What a person says of themselves is theirs today, not the release's; a bare name has what was printed then.
  Result<std::vector<talks::Credit>> credits_of(const Talk& talk, const std::vector<talks::Credit>& now) {
    std::vector<talks::Credit> rows;
    for (const Credit& credit : talk.credits) {
      if (credit.name.empty()) {
        missing_.push_back("“" + talk.title + "”: one of its speakers asked to be forgotten.");
        continue;
      }
      TRY_ASSIGN(const PersonId person, person_of(credit.person_code));
      if (!person && !credit.person_code.empty())
        missing_.push_back("“" + talk.title + "”: " + credit.name + " is only a name now, without a page of their own.");
      talks::Credit row;
      if (const auto same = std::ranges::find(now, person, &talks::Credit::person); person && same != now.end()) row = *same;
      row.person = person;
      row.name = credit.name;
      row.role = static_cast<talks::CreditRole>(credit.role);
      row.extra = credit.extra;
      if (!person) {
        row.guid = credit.person_guid;
        row.biography = credit.biography;
        row.avatar_url = credit.avatar_url;
      }
      rows.push_back(std::move(row));
    }
    return rows;
  }

  Result<void> reset_slots() {
    TRY_ASSIGN(const auto here, store::list_slots(tx_, event_.id));
    std::set<std::string> kept;
    for (const Slot& slot : then_.slots) kept.insert(slot.guid);
    for (const DraftSlot& slot : here)
      if (!kept.contains(slot.guid)) TRY(store::remove(tx_, event_.id, slot.id));
    for (const Slot& slot : then_.slots) TRY(reset(slot, here));
    return {};
  }

  Result<void> reset(const Slot& slot, const std::vector<DraftSlot>& all) {
    DraftSlot next{.id = {},
                   .guid = slot.guid,
                   .kind = slot.kind,
                   .state = slot.state == SlotState::moved ? SlotState::planned : slot.state,
                   .talk = slot.talk.empty() ? TalkId{} : id_of(talks_, slot.talk),
                   .room = slot.room.empty() ? RoomId{} : id_of(rooms_, slot.room),
                   .start = slot.start,
                   .length = slot.length,
                   .title = slot.title,
                   .note = slot.note,
                   .parts = slot.parts,
                   .extra = slot.extra};
    if (slot.kind == SlotKind::talk && !next.talk) return {};  // told with its talk
    if (!slot.room.empty() && !next.room) {
      missing_.push_back("“" + title_of(then_, slot, event_.languages.front()) + "” is not placed as it was: its room was removed.");
      return {};
    }
    const auto old = std::ranges::find(all, slot.guid, &DraftSlot::guid);
    if (old != all.end()) {
      next.id = old->id;
      next.version = old->version;
    } else {
      TRY_ASSIGN(auto removed, store::removed_slot(tx_, event_.id, slot.guid));
      if (!removed) {
        TRY(store::add(tx_, event_.id, next));
        return {};
      }
      TRY(store::restore(tx_, event_.id, *removed));
      TRY_ASSIGN(const DraftSlot row, require_slot(tx_, event_, *removed));
      next.id = row.id;
      next.version = row.version;
    }
    TRY(store::change(tx_, event_.id, next));
    return {};
  }

  db::Tx& tx_;
  const Actor& actor_;
  const events::Event& event_;
  const Programme& then_;
  std::vector<events::Room> rooms_;
  std::vector<events::Track> tracks_;
  std::vector<events::SessionType> types_;
  std::vector<talks::Talk> talks_;
  std::map<std::string, PersonId> persons_;  ///< by code; 0: nobody any more
  std::vector<std::string> missing_;
};

}  // namespace

Result<std::vector<std::string>> reset_draft(db::Database& db, const Actor& actor, EventId event_id, std::string_view release) {
  TRY_ASSIGN(db::Tx tx, db.begin_write());
  TRY_ASSIGN(auto event, events::require_event(tx, event_id));
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(const auto then, released_programme(tx, event, release, ""));
  if (!then) return fail(ErrorCode::not_found, "There is no release of this name.");
  TRY_ASSIGN(auto missing, Reset(tx, actor, event, *then).run());
  TRY(journal::record(
      tx, who(actor), "draft.reset", event.series.value, event.id.value, "event:" + event.slug,
      JsonWriter().begin_object().field("release", release).field("not_restored", static_cast<std::int64_t>(missing.size())).end_object().take()));
  TRY(tx.commit());
  return missing;
}

}  // namespace confer::programme
