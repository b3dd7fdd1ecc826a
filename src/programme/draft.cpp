// The draft: its rows as plain data, its slots, its rules.
#include <algorithm>
#include <iterator>
#include <map>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "people/people.h"
#include "people/who.h"
#include "programme/programme.h"
#include "programme/release_steps.h"
#include "programme/stars.h"
#include "programme/store.h"
#include "talks/file_types.h"

namespace confer::programme {
namespace {

template <class To, class From>
std::vector<To> convert(const std::vector<From>& list, auto&& one) {
  std::vector<To> out;
  out.reserve(list.size());
  for (const auto& item : list) out.push_back(one(item));
  return out;
}

Conference conference_of(const events::Event& e, std::string_view base_url) {
  return {.slug = e.slug,
          .acronym = e.acronym,
          .guid = e.guid,
          .title = e.title,
          .subtitle = e.subtitle,
          .zone = e.zone.empty() ? "UTC" : e.zone,
          .start = e.start.value_or(Date{}),
          .end = e.end.value_or(Date{}),
          .day_start_hour = e.day_start_hour,
          .color = e.color,
          .url = address_of(e, base_url),
          .languages = e.languages,
          .extra = e.extra};
}

Room room_of(const events::Room& r) {
  return {.code = r.code,
          .guid = r.guid,
          .name = r.name,
          .description = r.description,
          .position = r.position,
          .capacity = r.capacity,
          .accessibility = r.accessibility,
          .hidden = r.hidden,
          .stream_url = r.stream_url,
          .captions_url = r.captions_url,
          .open = convert<OpeningWindow>(r.open, [](const events::OpeningWindow& w) { return OpeningWindow{w.from, w.to}; }),
          .extra = r.extra};
}

static_assert(static_cast<int>(LinkKind::activitypub) + 1 == talks::link_kinds);
Link link_of(const talks::Link& l) { return {.url = l.url, .title = l.title, .kind = static_cast<LinkKind>(l.kind)}; }

Link file_link(const talks::StoredFile& f) {
  const talks::FileType* type = talks::find_file_type(f.name);
  return {.url = talks::address_of(f),
          .title = f.title,
          .kind = type != nullptr && type->holds_slides ? LinkKind::slides : LinkKind::related,
          .size_bytes = static_cast<std::int64_t>(f.size_bytes)};
}

/// The files that lie here, then those that lie elsewhere.
std::vector<Link> attachments_of(const talks::Talk& t) {
  std::vector<Link> all;
  for (const auto& file : t.files) all.push_back(file_link(file));
  for (const auto& link : t.attachments) all.push_back(link_of(link));
  return all;
}

/// What the people table knows wins over what an import said.
Credit credit_of(const talks::Credit& c, const std::map<PersonId, people::Person>& persons, std::string_view event_guid) {
  Credit out{.name = c.name,
             .role = static_cast<CreditRole>(c.role),
             .person_code = c.person_code,
             .person_guid = c.guid,
             .biography = c.biography,
             .avatar_url = c.avatar_url,
             .extra = c.extra};
  if (auto found = persons.find(c.person); found != persons.end()) {
    const people::Person& p = found->second;
    out.person_code = p.code;
    out.person_guid = p.guid;
    if (!p.biography.empty()) out.biography = p.biography;
    if (!p.avatar_url.empty()) out.avatar_url = p.avatar_url;
  }
  if (out.person_guid.empty()) out.person_guid = name_uuid(event_guid, "person:" + fold(out.name));
  return out;
}

Result<std::map<PersonId, people::Person>> people_of(db::Tx& tx, const std::vector<talks::Talk>& all) {
  std::set<PersonId> ids;
  for (const auto& talk : all)
    for (const auto& credit : talk.credits)
      if (credit.person) ids.insert(credit.person);
  TRY_ASSIGN(auto list, people::people_with_ids(tx, {ids.begin(), ids.end()}));
  std::map<PersonId, people::Person> by_id;
  for (auto& person : list) by_id.emplace(person.id, std::move(person));
  return by_id;
}

std::unexpected<Error> clashing(const std::vector<Clash>& clashes) {
  if (clashes.size() == 1) return fail(ErrorCode::conflict, clashes.front().message);
  Error error{ErrorCode::conflict, "The rules refuse this, for " + std::to_string(clashes.size()) + " reasons:", {}, {}, {}};
  for (const auto& clash : clashes) error.problems.push_back({"clash", clash.message});
  return std::unexpected(std::move(error));
}

Slot model_of(const DraftSlot& s, std::string talk, std::string room) {
  return {.number = s.id.value,
          .guid = s.guid,
          .kind = s.kind,
          .state = s.state,
          .talk = std::move(talk),
          .room = std::move(room),
          .start = s.start,
          .length = s.length,
          .title = s.title,
          .note = s.note,
          .parts = s.parts,
          .extra = s.extra};
}

Result<void> note(db::Tx& tx, const Actor& actor, std::string_view fact, const events::Event& event, const DraftSlot& slot) {
  JsonWriter w;
  w.begin_object().field("start", to_text(slot.start)).field("length", slot.length.count()).field("room", slot.room.value);
  if (slot.talk) {
    TRY_ASSIGN(const std::string code, talks::code_of_talk(tx, slot.talk));
    w.field("talk", code);
  }
  return journal::record(tx, who(actor), fact, event.series.value, event.id.value, "slot:" + std::to_string(slot.id.value), w.end_object().take());
}

constexpr std::size_t longest_title = 300, longest_note = 500, most_parts = 200;

/// Refuses what cannot stand at all, whatever the rules say.
Result<void> check_slot(const events::Event& event, const DraftSlot& slot) {
  std::vector<FieldProblem> p;
  TRY_ASSIGN(Zone zone, events::zone_of(event));
  if (auto start = zone.to_instant(slot.start); !start) p.push_back({"start", start.error().message});
  if (slot.length < minutes(1) || slot.length > minutes(7 * 24 * 60)) p.push_back({"length", "A slot takes between one minute and seven days."});
  if (slot.kind == SlotKind::talk && !slot.talk) p.push_back({"talk", "Choose the talk."});
  if (slot.kind == SlotKind::talk && !slot.room) p.push_back({"room", "Choose the room."});
  if (slot.kind != SlotKind::talk && slot.title.empty()) p.push_back({"title", "A break or blocker needs a title."});
  const auto text = [&](std::string_view value, std::string_view field, std::size_t most) {
    if (auto ok = check_text(value, field, most); !ok) p.push_back(ok.error().problems.front());
  };
  for (const auto& [language, title] : slot.title.all()) text(title, "title", longest_title);
  text(slot.note, "note", longest_note);
  if (slot.parts.size() > most_parts) p.push_back({"parts", "A block has at most " + std::to_string(most_parts) + " parts."});
  minutes last{0};
  for (const auto& part : slot.parts) {
    text(part.title, "parts", longest_title);
    if (part.title.empty()) p.push_back({"parts", "A part needs a title."});
    if (part.offset < last) p.push_back({"parts", "“" + part.title + "” starts before the part in front of it ends."});
    last = part.offset + part.length;
    if (last > slot.length) p.push_back({"parts", "“" + part.title + "” ends after the slot."});
  }
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(p)});
  return {};
}

Result<void> refuse_placing(db::Tx& tx, const events::Event& event, const std::vector<SlotId>& changed) {
  TRY_ASSIGN(Programme draft, load_draft(tx, event, ""));
  TRY_ASSIGN(auto settings, rule_settings(tx, event));
  TRY_ASSIGN(auto around, surroundings(tx, event));
  std::vector<Clash> refused;
  for (const auto& slot : draft.slots)
    if (std::ranges::find(changed, SlotId{slot.number}) != changed.end())
      for (auto& clash : clashes_of(draft, slot, settings, around))
        if (clash.severity == Severity::block_placing) refused.push_back(std::move(clash));
  if (!refused.empty()) return clashing(refused);
  return {};
}

/// Asked of the talk that the slot is for and, when the slot is there already, of what stands in it now: a form says whose it would become.
Result<void> require_change(db::Tx& tx, const Actor& actor, const events::Event& event, const DraftSlot& slot) {
  const Scope scope = events::scope_of(event);
  if (may(actor, Right::programme, scope)) return {};
  TRY_ASSIGN(const auto all, talks::list_talks(tx, event.id));
  const auto require_for = [&](TalkId id) {
    Scope of_talk = scope;
    const auto talk = std::ranges::find(all, id, &talks::Talk::id);
    if (id && talk != all.end()) of_talk.track = talk->track;
    return require(actor, Right::programme, of_talk);
  };
  TRY(require_for(slot.talk));
  if (!slot.id) return {};
  TRY_ASSIGN(const auto stored, store::find_slot(tx, event.id, slot.id));
  return stored ? require_for(stored->talk) : Result<void>{};
}

}  // namespace

std::string address_of(const events::Event& event, std::string_view base_url) { return std::string(base_url) + "/" + event.slug; }

Result<Programme> load_draft(db::Tx& tx, const events::Event& event, std::string_view base_url) {
  Programme p;
  p.conference = conference_of(event, base_url);
  TRY_ASSIGN(auto rooms, events::list_rooms(tx, event));
  TRY_ASSIGN(auto tracks, events::list_tracks(tx, event));
  TRY_ASSIGN(auto types, events::list_session_types(tx, event));
  TRY_ASSIGN(auto all, talks::list_talks(tx, event.id));
  TRY_ASSIGN(auto slots, store::list_slots(tx, event.id));
  TRY_ASSIGN(auto persons, people_of(tx, all));
  std::map<RoomId, std::string> room_codes;
  std::map<TrackId, std::string> track_codes;
  std::map<SessionTypeId, std::string> type_codes;
  std::map<TalkId, std::string> talk_codes;
  for (const auto& r : rooms) {
    room_codes[r.id] = r.code;
    p.rooms.push_back(room_of(r));
  }
  for (const auto& t : tracks) {
    track_codes[t.id] = t.code;
    p.tracks.push_back({.code = t.code, .guid = t.guid, .name = t.name, .description = t.description, .color = t.color, .position = t.position});
  }
  for (const auto& t : types) {
    type_codes[t.id] = t.code;
    p.types.push_back({.code = t.code, .name = t.name, .length = t.length, .position = t.position});
  }
  for (const auto& t : all) {
    talk_codes[t.id] = t.code;
    p.talks.push_back({.code = t.code,
                       .guid = t.guid,
                       .slug = t.slug,
                       .title = t.title,
                       .subtitle = t.subtitle,
                       .abstract = t.abstract,
                       .description = t.description,
                       .credits = convert<Credit>(t.credits, [&](const talks::Credit& c) { return credit_of(c, persons, event.guid); }),
                       .track = t.track ? track_codes[t.track] : "",
                       .type = t.type ? type_codes[t.type] : "",
                       .language = t.language,
                       .level = t.level,
                       .tags = t.tags,
                       .do_not_record = t.do_not_record,
                       .do_not_stream = t.do_not_stream,
                       .license = t.license,
                       .logo_url = t.logo_url,
                       .feedback_url = t.feedback_url,
                       .origin_url = t.origin_url,
                       .links = convert<Link>(t.links, link_of),
                       .attachments = attachments_of(t),
                       .state = static_cast<TalkState>(t.state),
                       .extra = t.extra});
  }
  for (const auto& s : slots) {
    const bool talk_is_gone = s.talk && !talk_codes.contains(s.talk);
    if (talk_is_gone) continue;  // its talk was removed: the slot waits with it
    p.slots.push_back(model_of(s, s.talk ? talk_codes[s.talk] : "", s.room && room_codes.contains(s.room) ? room_codes[s.room] : ""));
  }
  put_in_order(p);
  return p;
}

namespace {

/// Slots of a draft stand in the room: says how many and where.
Result<void> require_room_free(db::Tx& tx, RoomId id) {
  TRY_ASSIGN(const auto uses, store::uses_of_room(tx, id));
  if (uses.empty()) return {};
  std::int64_t slots = 0;
  std::string where;
  for (const auto& use : uses) {
    slots += use.slots;
    where += (where.empty() ? "" : ", ") + std::string("/organise/") + use.event + "/slots";
  }
  return fail(ErrorCode::conflict, std::to_string(slots) + (slots == 1 ? " slot of the draft stands" : " slots of the draft stand") +
                                       " in this room. Move or remove them first (" + where + "), or hide the room.");
}

}  // namespace

Result<void> remove_room(db::Tx& tx, const Actor& actor, const events::Event& event, RoomId id) {
  TRY(require(actor, Right::organise, events::scope_of(event)));
  TRY(require_room_free(tx, id));
  // Who places a slot there at this moment (`require_room`) is waited for here, or finds the room gone. So the question is asked again.
  TRY(events::remove_room(tx, actor, event, id));
  return require_room_free(tx, id);
}

Result<void> copy_rules(db::Tx& tx, EventId from, EventId to) {
  TRY_ASSIGN(const auto severities, store::list_severities(tx, from));
  for (const auto& [rule, severity] : severities) TRY(store::put_severity(tx, to, rule, severity));
  return {};
}

Result<RuleSettings> rule_settings(db::Tx& tx, const events::Event& event) {
  RuleSettings settings;
  settings.change_over = minutes(event.change_over_minutes);
  TRY_ASSIGN(auto stored, store::list_severities(tx, event.id));
  for (Rule rule : all_rules())
    if (auto found = stored.find(std::string(name_of(rule))); found != stored.end()) settings.severities[rule] = found->second;
  return settings;
}

Result<void> set_rule(db::Tx& tx, const Actor& actor, const events::Event& event, Rule rule, Severity severity) {
  TRY(require(actor, Right::organise, events::scope_of(event)));
  TRY(store::put_severity(tx, event.id, name_of(rule), severity));
  return journal::record(tx, who(actor), "rule.set", event.series.value, event.id.value, "rule:" + std::string(name_of(rule)),
                         JsonWriter().begin_object().field("severity", static_cast<int>(severity)).end_object().take());
}

Result<Surroundings> surroundings(db::Tx& tx, const events::Event& event) {
  Surroundings around;
  TRY_ASSIGN(around.available, store::list_availabilities(tx, event.id));
  TRY_ASSIGN(auto stars, count_stars(tx, event));
  for (auto& [code, count] : stars) around.interested[code] = count;
  TRY_ASSIGN(auto beside, events::list_summits(tx, event.parent ? event.parent : event.id));
  if (event.parent) {
    TRY_ASSIGN(auto edition, events::require_event(tx, event.parent));
    beside.push_back(std::move(edition));
  }
  for (const auto& other : beside) {
    if (other.id == event.id) continue;
    TRY_ASSIGN(const Programme draft, load_draft(tx, other, ""));
    std::ranges::move(sessions_of(draft), std::back_inserter(around.elsewhere));
  }
  return around;
}

Result<void> set_availability(db::Tx& tx, const Actor& actor, const events::Event& event, PersonId person, std::vector<OpeningWindow> windows) {
  TRY(require(actor, Right::programme, events::scope_of(event)));
  for (const auto& window : windows)
    if (window.to <= window.from)
      return fail(ErrorCode::invalid, "“Until” must be later than “from”: " + to_text(window.from) + " to " + to_text(window.to) + ".");
  TRY(store::replace_availabilities(tx, event.id, person, windows));
  return journal::record(tx, who(actor), "availability.set", event.series.value, event.id.value, "person:" + std::to_string(person.value));
}

Result<std::vector<DraftSlot>> list_slots(db::Tx& tx, const events::Event& event) { return store::list_slots(tx, event.id); }

Result<DraftSlot> require_slot(db::Tx& tx, const events::Event& event, SlotId id) {
  TRY_ASSIGN(auto slot, store::find_slot(tx, event.id, id));
  if (!slot) return fail(ErrorCode::not_found, "This slot is not there any more.");
  return std::move(*slot);
}

namespace {

/// The room is the event's, or its edition's, and stays until this transaction ends. Errors: conflict – it was removed meanwhile, or is another event's.
Result<void> require_room(db::Tx& tx, const events::Event& event, RoomId id) {
  if (!id) return {};
  TRY_ASSIGN(const bool there, store::hold_room(tx, event.id, id));
  if (there) return {};
  const std::string message = "This event has no such room, or no longer. Load the page again and choose another one.";
  return std::unexpected(Error{ErrorCode::conflict, message, {}, {}, {{"room", message}}});
}

/// Errors: conflict – the talk is another event's.
Result<void> require_own_talk(db::Tx& tx, const events::Event& event, TalkId id) {
  if (!id) return {};
  TRY_ASSIGN(const bool own, talks::is_talk_of(tx, event.id, id));
  if (own) return {};
  const std::string message = "This event has no such talk. Load the page again and choose another one.";
  return std::unexpected(Error{ErrorCode::conflict, message, {}, {}, {{"talk", message}}});
}

}  // namespace

Result<DraftSlot> save_slot(db::Tx& tx, const Actor& actor, const events::Event& event, DraftSlot slot) {
  TRY(require_change(tx, actor, event, slot));
  TRY(check_slot(event, slot));
  TRY(require_room(tx, event, slot.room));
  TRY(require_own_talk(tx, event, slot.talk));
  const bool is_new = !slot.id;
  if (is_new) {
    if (slot.guid.empty()) {
      // The first slot carries the talk's GUID, further ones a derived one: formats want one a slot.
      slot.guid = random_uuid();
      if (slot.talk) {
        TRY_ASSIGN(auto others, store::list_slots(tx, event.id));
        TRY_ASSIGN(auto all, talks::list_talks(tx, event.id));
        const bool first = std::ranges::none_of(others, [&](const DraftSlot& s) { return s.talk == slot.talk; });
        for (const auto& talk : all)
          if (first && talk.id == slot.talk) slot.guid = talk.guid;
      }
    }
    TRY_ASSIGN(auto removed, store::removed_slot(tx, event.id, slot.guid));
    if (removed) {
      // Placing a talk again brings its old slot back, so that its number and calendar entry stay the same.
      TRY(store::restore(tx, event.id, *removed));
      TRY_ASSIGN(DraftSlot old, require_slot(tx, event, *removed));
      slot.id = old.id;
      slot.version = old.version;
      TRY(store::change(tx, event.id, slot));
      ++slot.version;
    } else {
      TRY_ASSIGN(slot.id, store::add(tx, event.id, slot));
      slot.version = 1;
    }
  } else {
    TRY_ASSIGN(bool done, store::change(tx, event.id, slot));
    if (!done) return fail(ErrorCode::conflict, "Someone else changed this slot meanwhile. Load the page again to see how it is now, then make your change.");
    ++slot.version;
  }
  TRY(refuse_placing(tx, event, {slot.id}));
  TRY(note(tx, actor, is_new ? "slot.placed" : "slot.changed", event, slot));
  return slot;
}

Result<void> save_slots(db::Tx& tx, const Actor& actor, const events::Event& event, std::vector<DraftSlot> slots) {
  std::vector<SlotId> changed;
  for (const auto& slot : slots) {
    TRY(require_change(tx, actor, event, slot));
    TRY(check_slot(event, slot));
    TRY(require_room(tx, event, slot.room));
    TRY(require_own_talk(tx, event, slot.talk));
    TRY_ASSIGN(bool done, store::change(tx, event.id, slot));
    if (!done) return fail(ErrorCode::conflict, "Someone else changed a slot meanwhile. Load the page again to see how it is now, then make your change.");
    changed.push_back(slot.id);
    TRY(note(tx, actor, "slot.changed", event, slot));
  }
  return refuse_placing(tx, event, changed);
}

Result<void> remove_slot(db::Tx& tx, const Actor& actor, const events::Event& event, SlotId id) {
  TRY_ASSIGN(DraftSlot slot, require_slot(tx, event, id));
  TRY(require_change(tx, actor, event, slot));
  TRY(store::remove(tx, event.id, id));
  return note(tx, actor, "slot.removed", event, slot);
}

Result<void> restore_slot(db::Tx& tx, const Actor& actor, const events::Event& event, SlotId id) {
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(bool done, store::restore(tx, event.id, id));
  if (!done) return fail(ErrorCode::not_found, "There is no removed slot to bring back.");
  TRY_ASSIGN(DraftSlot slot, require_slot(tx, event, id));
  TRY(require_room(tx, event, slot.room));
  TRY(refuse_placing(tx, event, {id}));
  return note(tx, actor, "slot.restored", event, slot);
}

Result<void> swap_slots(db::Tx& tx, const Actor& actor, const events::Event& event, SlotId a, SlotId b) {
  TRY_ASSIGN(DraftSlot first, require_slot(tx, event, a));
  TRY_ASSIGN(DraftSlot second, require_slot(tx, event, b));
  TRY(require_change(tx, actor, event, first));
  TRY(require_change(tx, actor, event, second));
  std::swap(first.room, second.room);
  std::swap(first.start, second.start);
  TRY(store::change(tx, event.id, first));
  TRY(store::change(tx, event.id, second));
  TRY(refuse_placing(tx, event, {a, b}));
  TRY(note(tx, actor, "slot.changed", event, first));
  return note(tx, actor, "slot.changed", event, second);
}

}  // namespace confer::programme
