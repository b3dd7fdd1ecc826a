// Finds what is wrong with a draft. Overlaps are judged by instants, so that a night with a clock change is right too.
#include "programme/clashes.h"
#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <limits>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>
#include "base/random.h"
#include "base/text.h"
#include "base/time.h"

namespace confer::programme {
namespace {

struct RuleInfo {
  Rule rule;
  std::string_view name, title;
  Severity severity;
};
constexpr std::array rules{
    RuleInfo{Rule::room_twice, "room_twice", "A room has two sessions at once", Severity::block_release},
    RuleInfo{Rule::room_closed, "room_closed", "A session is in a room outside its opening times", Severity::warn},
    RuleInfo{Rule::speaker_twice, "speaker_twice", "A speaker has two sessions at once", Severity::block_release},
    RuleInfo{Rule::speaker_not_available, "speaker_not_available", "A speaker is not there at that time", Severity::warn},
    RuleInfo{Rule::change_over_too_short, "change_over_too_short", "Too little time between two sessions in a room", Severity::warn},
    RuleInfo{Rule::capacity, "capacity", "More people want to come than fit into the room", Severity::warn},
    RuleInfo{Rule::unconfirmed, "unconfirmed", "A session is placed that its speakers have not confirmed", Severity::warn},
    RuleInfo{Rule::no_track, "no_track", "A session has no track", Severity::warn},
    RuleInfo{Rule::impossible_time, "impossible_time", "A time that does not exist, or a length that does not fit", Severity::block_placing},
    RuleInfo{Rule::outside_event, "outside_event", "A session lies outside the days of the event", Severity::warn},
    RuleInfo{Rule::not_placed, "not_placed", "An accepted session has no room or time", Severity::warn},
    RuleInfo{Rule::no_room, "no_room", "A session has a time but no room", Severity::block_release},
};

const RuleInfo& info(Rule rule) { return *std::ranges::find(rules, rule, &RuleInfo::rule); }

/// A slot with what the rules ask of it, worked out once.
struct Placed {
  const Slot* slot;
  const Talk* talk;
  const Room* room;
  Instant from, to;
};

/// True when [from, to] lies within the windows taken together.
bool covered(std::vector<OpeningWindow> windows, WallTime from, WallTime to) {
  std::ranges::sort(windows, {}, &OpeningWindow::from);
  for (const OpeningWindow& window : windows) {
    if (window.from > from) return false;
    if (window.to >= to) return true;
    from = std::max(from, window.to);
  }
  return false;
}

/// Who a credit is, as far as that can be told. A name alone is the one person of that name who is credited in the programme, if there is one.
class Credited {
 public:
  explicit Credited(const Programme& p) : event_guid_(p.conference.guid) {
    for (const Talk& talk : p.talks)
      for (const Credit& credit : talk.credits) {
        if (credit.person_code.empty()) continue;
        const auto [known, fresh] = code_of_name_.try_emplace(fold(credit.name), credit.person_code);
        if (!fresh && known->second != credit.person_code) known->second.clear();
      }
  }
  /// Empty: a name alone.
  std::string code(const Credit& credit) const {
    if (!credit.person_code.empty() || !is_name_alone(credit)) return credit.person_code;
    const auto known = code_of_name_.find(fold(credit.name));
    return known == code_of_name_.end() ? "" : known->second;
  }
  /// A person here, else the GUID, else the printed name.
  std::string key(const Credit& credit) const {
    if (std::string known = code(credit); !known.empty()) return "c" + known;
    if (!is_name_alone(credit)) return "g" + credit.person_guid;
    return credit.name.empty() ? "" : "n" + fold(credit.name);
  }

 private:
  /// A GUID that was made of the name says no more than the name.
  bool is_name_alone(const Credit& credit) const {
    if (credit.person_guid.empty()) return true;
    return is_uuid(event_guid_) && credit.person_guid == name_uuid(event_guid_, "person:" + fold(credit.name));
  }

  std::string event_guid_;
  std::map<std::string, std::string> code_of_name_;  ///< by folded name; empty: several people have it
};

/// A person's name is known beside their code: another event may credit them by name alone.
std::string key_of_name(const Credit& credit) { return "p" + fold(credit.name); }

bool is_there(const Elsewhere& session, const std::string& key, const Credit& credit) {
  if (key.empty()) return false;
  if (session.persons.contains(key)) return true;
  return session.persons.contains(key.front() == 'n' ? key_of_name(credit) : key.front() == 'c' ? "n" + fold(credit.name) : key);
}

class Finder {
 public:
  Finder(const Programme& draft, const RuleSettings& settings, const Surroundings& around)
      : p_(draft), settings_(settings), around_(around), zone_(Zone::find(draft.conference.zone).value_or(Zone())), credited_(draft) {
    for (const Slot& slot : p_.slots) {
      if (is_cancelled(p_, slot)) continue;
      const Instant from = zone_.to_instant_lenient(slot.start);
      // A length that is no length is a clash of its own, and takes up no room.
      placed_.push_back({&slot, p_.talk(slot.talk), p_.room(slot.room), from, from + std::max(slot.length, minutes{0})});
    }
    std::ranges::sort(placed_, [](const Placed& a, const Placed& b) { return std::tuple(a.from, a.slot->number) < std::tuple(b.from, b.slot->number); });
  }

  std::vector<Clash> find() {
    for (const Placed& one : placed_) check_alone(one);
    check_rooms();
    check_speakers();
    check_elsewhere();
    check_unplaced();
    // Worst first: the greater severity stands left of `<`.
    std::ranges::sort(found_, [](const Found& a, const Found& b) {
      return std::tie(b.clash.severity, a.at, a.clash.rule, a.clash.slot, a.clash.other, a.clash.talk, a.clash.message) <
             std::tie(a.clash.severity, b.at, b.clash.rule, b.clash.slot, b.clash.other, b.clash.talk, b.clash.message);
    });
    std::vector<Clash> clashes;
    clashes.reserve(found_.size());
    for (Found& found : found_) clashes.push_back(std::move(found.clash));
    return clashes;
  }

 private:
  struct Found {
    Clash clash;
    Instant at;
  };

  void add(Rule rule, const Placed& one, const Placed* other, std::string message) {
    const Severity severity = settings_.severity(rule);
    if (severity == Severity::ignore) return;
    found_.push_back({{rule, severity, one.slot->number, other ? other->slot->number : 0, one.talk ? one.talk->code : "", std::move(message)}, one.from});
  }

  std::string quoted(const Placed& one) const {
    const std::string& title = title_of(p_, *one.slot, language());
    if (!title.empty()) return "“" + title + "”";
    return one.slot->kind == SlotKind::blocker ? "a blocker" : one.slot->kind == SlotKind::break_ ? "a break" : "an untitled session";
  }
  std::string at(const Placed& one) const {
    return clock_text(one.slot->start) + "–" + clock_text(wall_end(zone_, one.slot->start, std::max(one.slot->length, minutes{0})));
  }
  std::string day(const Placed& one) const { return format_date(std::chrono::floor<std::chrono::days>(one.slot->start), "en-GB", "MMMEd"); }
  std::string named(const Room& room) const { return "“" + room.name.in(language()) + "”"; }
  std::string_view language() const { return p_.conference.languages.empty() ? std::string_view("en") : p_.conference.languages.front(); }

  void check_alone(const Placed& one) {
    const Slot& slot = *one.slot;
    check_time(one);
    if (const Conference& c = p_.conference; c.start != Date{} || c.end != Date{}) {
      const Date on = day_of(slot.start, c.day_start_hour);
      if (on < c.start || on > c.end)
        add(Rule::outside_event, one, nullptr,
            quoted(one) + " is on " + day(one) + ", but the event is from " + to_text(c.start) + " to " + to_text(c.end) + ".");
    }
    const WallTime end = wall_end(zone_, slot.start, std::max(slot.length, minutes{0}));
    if (one.room && !one.room->open.empty() && slot.kind != SlotKind::blocker && !covered(one.room->open, slot.start, end))
      add(Rule::room_closed, one, nullptr, named(*one.room) + " is not open for all of " + quoted(one) + " (" + day(one) + ", " + at(one) + ").");
    if (slot.kind != SlotKind::talk) return;
    if (!one.room) add(Rule::no_room, one, nullptr, quoted(one) + " has a time but no room (" + day(one) + ", " + at(one) + ").");
    if (!one.talk) {
      add(Rule::not_placed, one, nullptr, "A slot for a talk has no talk (" + day(one) + ", " + at(one) + ").");
      return;
    }
    const Talk& talk = *one.talk;
    if (talk.state == TalkState::draft || talk.state == TalkState::submitted || talk.state == TalkState::accepted)
      add(Rule::unconfirmed, one, nullptr,
          quoted(one) + (talk.state == TalkState::accepted ? " is accepted, but not confirmed." : " is placed, but not accepted."));
    if (talk.track.empty() && !p_.tracks.empty()) add(Rule::no_track, one, nullptr, quoted(one) + " has no track.");
    if (const auto stars = around_.interested.find(talk.code);
        stars != around_.interested.end() && one.room && one.room->capacity && stars->second > *one.room->capacity)
      add(Rule::capacity, one, nullptr,
          std::to_string(stars->second) + " people want to see " + quoted(one) + "; " + named(*one.room) + " holds " + std::to_string(*one.room->capacity) +
              ".");
    for (const Credit& credit : talk.credits) {
      const std::string code = credited_.code(credit);
      const auto windows = code.empty() ? around_.available.end() : around_.available.find(code);
      if (windows != around_.available.end() && credit.role != CreditRole::author && !covered(windows->second, slot.start, end))
        add(Rule::speaker_not_available, one, nullptr, credit.name + " is not there for all of " + quoted(one) + " (" + day(one) + ", " + at(one) + ").");
    }
  }

  void check_time(const Placed& one) {
    const Slot& slot = *one.slot;
    if (slot.length <= minutes{0}) {
      add(Rule::impossible_time, one, nullptr, quoted(one) + " has no length.");
    } else if (const auto instant = zone_.to_instant(slot.start); !instant) {
      const bool twice = instant.error().code == ErrorCode::conflict;
      add(Rule::impossible_time, one, nullptr,
          quoted(one) + " starts on " + day(one) + " at " + clock_text(slot.start) + ", a time that " + zone_.name() +
              (twice ? " has twice in that night." : " leaves out in that night."));
    }
    for (const Part& part : slot.parts) {
      if (part.offset >= minutes{0} && part.length > minutes{0} && part.offset + part.length <= slot.length) continue;
      add(Rule::impossible_time, one, nullptr, "The part “" + part.title + "” of " + quoted(one) + " does not fit into its session.");
      break;
    }
  }

  void check_rooms() {
    std::map<std::string_view, std::vector<const Placed*>> by_room;
    std::vector<const Placed*> everywhere;
    for (const Placed& one : placed_) {
      if (one.room)
        by_room[one.room->code].push_back(&one);
      else if (one.slot->kind == SlotKind::break_ || one.slot->kind == SlotKind::blocker)
        everywhere.push_back(&one);
    }
    for (const auto& [code, list] : by_room) {
      for (std::size_t i = 0; i < list.size(); ++i)
        for (std::size_t j = i + 1; j < list.size() && list[j]->from < list[i]->to; ++j)
          if (list[j]->to > list[j]->from) add_room_twice(*list[i], *list[j], named(*list[i]->room));
      check_change_over(list);
    }
    // A break for everybody only gets in the way of talks; what else goes on then is the break.
    for (const Placed* all : everywhere)
      for (const Placed& one : placed_) {
        if (one.from >= all->to) break;
        if (one.room && one.slot->kind == SlotKind::talk && one.to > all->from && one.to > one.from) {
          const bool first = std::tuple(all->from, all->slot->number) < std::tuple(one.from, one.slot->number);
          add_room_twice(first ? *all : one, first ? one : *all, named(*one.room));
        }
      }
  }
  void add_room_twice(const Placed& a, const Placed& b, const std::string& room) {
    add(Rule::room_twice, a, &b, room + " has " + quoted(a) + " (" + at(a) + ") and " + quoted(b) + " (" + at(b) + ") on " + day(a) + ".");
  }

  void check_change_over(const std::vector<const Placed*>& room) {
    for (std::size_t i = 0; i < room.size(); ++i) {
      const Placed& a = *room[i];
      if (a.slot->kind != SlotKind::talk) continue;
      // The next session by start; one that overlaps is a clash of another rule.
      const auto next = std::find_if(room.begin() + static_cast<std::ptrdiff_t>(i) + 1, room.end(), [&](const Placed* b) { return b->from >= a.to; });
      if (next == room.end()) continue;
      const Placed& b = **next;
      const auto gap = std::chrono::floor<minutes>(b.from - a.to);
      if (b.slot->kind != SlotKind::talk || b.slot->talk == a.slot->talk || gap >= settings_.change_over) continue;
      add(Rule::change_over_too_short, a, &b,
          named(*a.room) + " has " + std::to_string(gap.count()) + " min between " + quoted(a) + " (" + at(a) + ") and " + quoted(b) + " (" + at(b) + ") on " +
              day(a) + "; " + std::to_string(settings_.change_over.count()) + " min are wanted.");
    }
  }

  void check_speakers() {
    std::map<std::string, std::vector<std::pair<const Placed*, const Credit*>>> by_person;
    for (const Placed& one : placed_) {
      if (!one.talk || one.slot->kind != SlotKind::talk) continue;
      for (const Credit& credit : one.talk->credits) {
        const std::string key = credit.role == CreditRole::author ? "" : credited_.key(credit);
        if (key.empty()) continue;
        auto& list = by_person[key];
        // The same name twice on one talk is no clash.
        if (list.empty() || list.back().first != &one) list.emplace_back(&one, &credit);
      }
    }
    for (const auto& [key, list] : by_person)
      for (std::size_t i = 0; i < list.size(); ++i)
        for (std::size_t j = i + 1; j < list.size() && list[j].first->from < list[i].first->to; ++j) {
          const Placed &a = *list[i].first, &b = *list[j].first;
          if (b.to > b.from)
            add(Rule::speaker_twice, a, &b,
                list[i].second->name + " has " + quoted(a) + " (" + at(a) + ") and " + quoted(b) + " (" + at(b) + ") on " + day(a) + ".");
        }
  }

  void check_elsewhere() {
    for (const Placed& one : placed_)
      for (const Elsewhere& other : around_.elsewhere) {
        if (other.to <= one.from || other.from >= one.to) continue;
        const std::string there =
            "“" + other.title + "” of " + other.event_title + " (" + clock_text(zone_.to_wall(other.from)) + "–" + clock_text(zone_.to_wall(other.to)) + ")";
        const auto tell = [&](Rule rule, const std::string& who) {
          add(rule, one, nullptr, who + " has " + quoted(one) + " (" + at(one) + ") and " + there + " on " + day(one) + ".");
          if (settings_.severity(rule) == Severity::ignore) return;
          found_.back().clash.other = other.slot;
          found_.back().clash.other_event = other.event;
        };
        if (one.room && !other.room_guid.empty() && one.room->guid == other.room_guid) tell(Rule::room_twice, named(*one.room));
        if (!one.talk || one.slot->kind != SlotKind::talk) continue;
        for (const Credit& credit : one.talk->credits)
          if (credit.role != CreditRole::author && is_there(other, credited_.key(credit), credit)) tell(Rule::speaker_twice, credit.name);
      }
  }

  void check_unplaced() {
    const Severity severity = settings_.severity(Rule::not_placed);
    if (severity == Severity::ignore) return;
    for (const Talk& talk : p_.talks) {
      if (talk.state != TalkState::accepted && talk.state != TalkState::confirmed) continue;
      if (std::ranges::find(p_.slots, talk.code, &Slot::talk) != p_.slots.end()) continue;
      found_.push_back({{Rule::not_placed, severity, 0, 0, talk.code, "“" + talk.title + "” has no room and time yet."}, Instant::max()});
    }
  }

  const Programme& p_;
  const RuleSettings& settings_;
  const Surroundings& around_;
  Zone zone_;
  Credited credited_;
  std::vector<Placed> placed_;
  std::vector<Found> found_;
};

}  // namespace

Severity RuleSettings::severity(Rule rule) const {
  const auto found = severities.find(rule);
  return found == severities.end() ? default_severity(rule) : found->second;
}

Severity default_severity(Rule rule) { return info(rule).severity; }
std::string_view name_of(Rule rule) { return info(rule).name; }
std::string_view title_of(Rule rule) { return info(rule).title; }

std::vector<Rule> all_rules() {
  std::vector<Rule> list;
  for (const RuleInfo& one : rules) list.push_back(one.rule);
  return list;
}

std::vector<Elsewhere> sessions_of(const Programme& other) {
  const Zone zone = Zone::find(other.conference.zone).value_or(Zone());
  const std::string_view language = other.conference.languages.empty() ? std::string_view("en") : other.conference.languages.front();
  const Credited credited(other);
  std::vector<Elsewhere> sessions;
  for (const Slot& slot : other.slots) {
    const Talk* talk = other.talk(slot.talk);
    if (is_cancelled(other, slot) || (slot.kind == SlotKind::talk && talk == nullptr)) continue;
    if (talk != nullptr && (talk->state == TalkState::draft || talk->state == TalkState::submitted)) continue;
    const Room* room = other.room(slot.room);
    Elsewhere session{.event = other.conference.slug,
                      .event_title = other.conference.title.in(language),
                      .slot = slot.number,
                      .title = title_of(other, slot, language),
                      .room_guid = room ? room->guid : "",
                      .persons = {},
                      .from = zone.to_instant_lenient(slot.start)};
    session.to = session.from + std::max(slot.length, minutes{0});
    if (talk != nullptr && slot.kind == SlotKind::talk)
      for (const Credit& credit : talk->credits)
        if (credit.role != CreditRole::author) {
          const std::string key = credited.key(credit);
          session.persons.insert(key);
          if (key.starts_with('c')) session.persons.insert(key_of_name(credit));
        }
    session.persons.erase("");
    if (!session.room_guid.empty() || !session.persons.empty()) sessions.push_back(std::move(session));
  }
  return sessions;
}

std::vector<Clash> find_clashes(const Programme& draft, const RuleSettings& settings, const Surroundings& around) {
  return Finder(draft, settings, around).find();
}

std::vector<Clash> clashes_of(const Programme& draft, const Slot& candidate, const RuleSettings& settings, const Surroundings& around) {
  // A slot that has no number yet needs one to be told from "none".
  const std::int64_t number = candidate.number != 0 ? candidate.number : std::numeric_limits<std::int64_t>::max();
  Programme changed = draft;
  auto place = std::ranges::find(changed.slots, number, &Slot::number);
  if (place == changed.slots.end()) place = changed.slots.insert(changed.slots.end(), candidate);
  *place = candidate;
  place->number = number;
  std::vector<Clash> clashes = find_clashes(changed, settings, around);
  const auto is_other = [&](const Clash& clash) { return clash.other == number && clash.other_event.empty(); };
  std::erase_if(clashes, [&](const Clash& clash) { return clash.slot != number && !is_other(clash); });
  for (Clash& clash : clashes) {
    if (clash.slot == number) clash.slot = candidate.number;
    if (is_other(clash)) clash.other = candidate.number;
  }
  return clashes;
}

}  // namespace confer::programme
