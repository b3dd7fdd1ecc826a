// Telling speakers of their changes (notices.h).
#include "programme/notices.h"
#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include "base/text.h"
#include "html/template.h"
#include "people/people.h"

namespace confer::programme {
namespace {

using SlotOf = std::map<std::string, std::vector<const Slot*>>;  ///< by person code

/// `known`: to its speakers.
SlotOf slots_by_person(const Programme& p, const std::function<bool(const Slot&)>& known) {
  SlotOf slots;
  for (const Slot& slot : p.slots) {
    const Talk* talk = slot.kind == SlotKind::talk && known(slot) ? p.talk(slot.talk) : nullptr;
    if (talk == nullptr) continue;
    for (const Credit& credit : talk->credits) {
      auto* list = credit.person_code.empty() ? nullptr : &slots[credit.person_code];
      if (list != nullptr && (list->empty() || list->back() != &slot)) list->push_back(&slot);
    }
  }
  return slots;
}

/// What one person has in the programme, hidden rooms open: the programme as they know it.
Programme programme_of(const Programme& p, const SlotOf& all, const std::string& person) {
  Programme own;
  own.released_at = p.released_at;
  own.conference = p.conference;
  own.rooms = p.rooms;
  own.tracks = p.tracks;
  for (Room& room : own.rooms) room.hidden = false;
  const auto slots = all.find(person);
  if (slots == all.end()) return own;
  for (const Slot* slot : slots->second) {
    own.slots.push_back(*slot);
    if (own.talk(slot->talk) == nullptr) own.talks.push_back(*p.talk(slot->talk));
  }
  return own;
}

const Slot* slot_with(const Programme& p, const std::string& guid) {
  const auto found = std::ranges::find(p.slots, guid, &Slot::guid);
  return found == p.slots.end() ? nullptr : &*found;
}

bool is_told(const Change& change, const Programme& before) {
  if (change.kind == ChangeKind::edited) return false;
  // That it is cancelled was told already.
  const Slot* old = change.kind == ChangeKind::removed ? slot_with(before, change.slot_guid) : nullptr;
  return old == nullptr || !is_cancelled(before, *old);
}

struct Versions {
  const Programme &before, &now;
};

std::string place(const Versions& both, const Programme& p, const std::string& room, WallTime start, const std::string& language) {
  const Room* found = p.room(room);
  return format_date(day_of(start, p.conference.day_start_hour), language) + ", " + clock_text(start) +
         (both.before.conference.zone != both.now.conference.zone ? " (" + p.conference.zone + ")" : "") +
         (found != nullptr ? ", " + found->name.in(language) : "");
}

/// `whole`: with everybody's slots, to tell a session that is over from one that only this person is not part of any more.
std::string sentence(const Change& c, const Versions& whole, const std::string& language) {
  using html::translate;
  const auto before = [&] { return place(whole, whole.before, c.old_room, c.old_start, language); };
  const auto now = [&] { return place(whole, whole.now, c.new_room, c.new_start, language); };
  switch (c.kind) {
    case ChangeKind::added:
      if (slot_with(whole.before, c.slot_guid) != nullptr && is_public(whole.before, *slot_with(whole.before, c.slot_guid)))
        return translate("You are now a speaker of “%1”: %2.", language, {c.title, now()});
      return translate("“%1” takes place: %2.", language, {c.title, now()});
    case ChangeKind::removed:
      if (slot_with(whole.now, c.slot_guid) != nullptr)
        return translate("You are not a speaker of “%1” any more (it was planned for %2).", language, {c.title, before()});
      [[fallthrough]];
    case ChangeKind::cancelled:
      return translate("“%1” does not take place any more (it was planned for %2).", language, {c.title, before()});
    case ChangeKind::reinstated:
      return translate("“%1” takes place after all: %2.", language, {c.title, now()});
    default:
      return translate("“%1” has moved. Now: %2. Before: %3.", language, {c.title, now(), before()});
  }
}

/// The changed sessions as a calendar file. What is gone is in it as cancelled, at its old time: else it would stay in the calendar for ever.
std::string calendar_of(const std::vector<Change>& changes, const Programme& before, const Programme& now, const std::map<std::string, CalendarStamp>& stamps,
                        CalendarOptions options) {
  Programme told = now;
  told.slots.clear();
  for (const Change& change : changes) {
    if (change.kind != ChangeKind::removed) {
      if (const Slot* slot = slot_with(now, change.slot_guid)) told.slots.push_back(*slot);
      continue;
    }
    Slot gone = *slot_with(before, change.slot_guid);
    gone.state = SlotState::cancelled;
    if (told.talk(gone.talk) == nullptr) told.talks.push_back(*before.talk(gone.talk));
    if (const Room* room = before.room(gone.room); room != nullptr && told.room(gone.room) == nullptr) told.rooms.push_back(*room);
    told.slots.push_back(std::move(gone));
  }
  return write_ical(told, stamps, options);
}

std::string text_of(const people::Person& person, const events::Event& event, const std::vector<Change>& changes, const Versions& whole) {
  const std::string& language = person.language;
  std::string text = html::translate("Hello %1,\n\nthe programme of %2 has a new version (%3). This concerns you:\n", language,
                                     {person.name, event.title.in(language), whole.now.version}) +
                     "\n";
  for (const Change& change : changes) text += "- " + sentence(change, whole, language) + "\n";
  return text + "\n" +
         html::translate("All times are those of the venue (%1). The attached file puts them into your calendar.\n\nThe whole programme: %2\n", language,
                         {whole.now.conference.zone, whole.now.conference.url});
}

}  // namespace

Result<int> tell_speakers(db::Tx& tx, const events::Event& event, int revision, std::string_view base_url, const mail::Settings& settings) {
  TRY_ASSIGN(auto releases, list_releases(tx, event));
  auto name_of_revision = [&](int wanted) {
    auto found = std::ranges::find(releases, wanted, &Release::revision);
    return found == releases.end() ? std::string() : found->name;
  };
  TRY_ASSIGN(auto released, released_programme(tx, event, name_of_revision(revision), base_url));
  if (!released) return 0;
  TRY_ASSIGN(auto earlier, released_programme(tx, event, name_of_revision(revision - 1), base_url));
  const Programme& now = *released;
  const Programme before = earlier.value_or(Programme{.conference = now.conference});
  TRY_ASSIGN(const auto stamps, calendar_stamps(tx, event, now));
  std::set<std::string> was_public;
  for (const Slot& slot : before.slots)
    if (is_public(before, slot)) was_public.insert(slot.guid);
  const auto known_before = [&](const Slot& slot) { return was_public.contains(slot.guid); };
  const auto known_now = [&](const Slot& slot) { return was_public.contains(slot.guid) || is_public(now, slot); };
  const SlotOf old_slots = slots_by_person(before, known_before), new_slots = slots_by_person(now, known_now);
  std::set<std::string> codes;
  for (const auto* slots : {&old_slots, &new_slots})
    for (const auto& [code, list] : *slots) codes.insert(code);
  int mails = 0;
  for (const auto& code : codes) {
    const Programme own_before = programme_of(before, old_slots, code), own_now = programme_of(now, new_slots, code);
    auto changes = difference(own_before, own_now);
    std::erase_if(changes, [&](const Change& change) { return change.of != ChangeOf::slot || !is_told(change, own_before); });
    if (changes.empty()) continue;
    TRY_ASSIGN(auto person, people::find_person_by_code(tx, code));
    if (!person) continue;
    TRY_ASSIGN(auto email, people::address_of(tx, *person));
    if (!email) continue;
    const std::string& language = person->language;
    const CalendarOptions options{.name = event.title.in(language), .source_url = {}, .language = language, .wanted = {}, .subscribable = false};
    mail::Message message{
        .to = *email,
        .to_name = person->name,
        .person = person->id.value,
        .event = event.id.value,
        .subject = html::translate(earlier ? html::translatable("Your session at %1 has changed") : html::translatable("When you speak at %1"), language,
                                   {event.title.in(language)}),
        .text = text_of(*person, event, changes, {before, now}),
        .language = language,
        .attachments = {{"sessions.ics", "text/calendar; charset=utf-8", calendar_of(changes, own_before, own_now, stamps, options)}},
        .kind = "slot_changed"};
    TRY(mail::queue(tx, message, settings));
    ++mails;
  }
  return mails;
}

}  // namespace confer::programme
