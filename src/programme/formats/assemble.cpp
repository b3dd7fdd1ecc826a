// Makes a programme of what a schedule file says: zone, days, rooms, tracks and types, talks and their slots; every doubt is counted.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "programme/formats/export.h"
#include "programme/formats/import.h"

namespace confer::programme {
namespace {

/// A length for a session whose own cannot be read.
constexpr minutes usual_length{30};
/// How early in a day a session may start and, where its day alone is known, still belong to the night before.
constexpr minutes usual_day_change{4L * 60};
/// As long as an event may be (events/write.cpp).
constexpr std::chrono::days most_days{60};

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1) return {};
  return number;
}

class Assembly {
 public:
  explicit Assembly(RawSchedule&& raw) : raw_(std::move(raw)), out_{.programme = {}, .oddities = std::move(raw_.oddities)} {}

  Result<Imported> run() {
    std::erase_if(raw_.events, [this](const RawEvent& event) { return says_nothing(event); });
    for (RawEvent& event : raw_.events) event.language = read_language(event.language, event.place + ".language", out_.oddities);
    read_conference();
    TRY(find_times());
    for (const RawRoom& room : raw_.rooms) declare_room(room);
    for (const RawTrack& track : raw_.tracks) declare_track(track);
    choose_numbers();
    for (std::size_t i = 0; i < raw_.events.size(); ++i) add_event(raw_.events[i], i);
    join_pieces(p(), zone_);
    TRY(finish_days());
    put_in_order(p());
    return std::move(out_);
  }

 private:
  Programme& p() { return out_.programme; }
  void odd(const char* kind, std::string place, std::string message) { out_.oddities.push_back({kind, std::move(place), std::move(message)}); }
  std::string line(const std::string& text, const std::string& place, std::size_t most = most_line_bytes) {
    return within(read_line(text, place, out_.oddities), most, place, out_.oddities);
  }
  std::string paragraphs(const std::string& text, const std::string& place, std::size_t most = most_text_bytes) {
    return within(std::string(trim(read_text(text, place, out_.oddities))), most, place, out_.oddities);
  }

  /// A place holder in a list of sessions: there is nothing to show, and nothing to know it again by.
  bool says_nothing(const RawEvent& event) {
    for (const std::string* text : {&event.guid, &event.id, &event.code, &event.title, &event.abstract, &event.description, &event.date, &event.start})
      if (!trim(*text).empty()) return false;
    if (!event.persons.empty()) return false;
    odd("empty session", event.place, "A session says nothing of itself: it was left out.");
    return true;
  }

  /// The conference's language: of its own list, else that of most sessions.
  std::string language() {
    std::map<std::string, int> counts;
    for (const RawEvent& event : raw_.events)
      if (is_language_tag(event.language)) ++counts[event.language];
    std::vector<std::pair<int, std::string>> order;
    for (const auto& [tag, count] : counts) order.emplace_back(-count, tag);
    std::ranges::sort(order);
    if (raw_.languages.empty())
      for (const auto& [count, tag] : order) raw_.languages.push_back(tag);
    if (raw_.languages.empty()) raw_.languages.emplace_back("en");
    return raw_.languages.front();
  }

  void read_conference() {
    Conference& c = p().conference;
    language_ = language();
    c.languages = raw_.languages;
    c.acronym = line(raw_.acronym, raw_.place + ".acronym");
    std::string title = line(raw_.title, raw_.place + ".title", 300);
    if (title.empty()) {
      odd("missing title", raw_.place + ".title", "The conference has no title; its acronym was taken.");
      title = c.acronym;
    }
    c.title = LocalizedText(language_, title);
    if (c.acronym.empty()) {
      odd("missing acronym", raw_.place + ".acronym", "The conference has no acronym; one was made of its title.");
      c.acronym = slugify(title);
    }
    c.slug = slugify(c.acronym);
    for (const auto& [tag, words] : raw_.description.all()) c.subtitle.set(tag, paragraphs(words, raw_.place + ".description", 500));
    c.color = read_color(raw_.color, raw_.place + ".colors.primary", out_.oddities);
    c.guid = guid_or_derived({.acronym = c.acronym}, "", "conference");
    c.extra = std::move(raw_.extra);
    p().version = line(raw_.version, "schedule.version");
    base_ = absolute_url(raw_.base_url);
    if (base_.empty()) base_ = absolute_url(raw_.url);
    if (!raw_.url.empty()) c.extra["url"] = json_quoted(raw_.url);
    if (!raw_.base_url.empty()) c.extra["base_url"] = json_quoted(raw_.base_url);
    c.day_start_hour = raw_.day_start_hour.value_or(4);
    if (const auto change = read_clock(raw_.day_change)) c.day_start_hour = std::min(static_cast<int>(change->count() / 60), 12);
  }

  /// When each session is, in the zone that the file's times are in.
  Result<void> find_times() {
    std::vector<ToldTime> told;
    std::vector<std::size_t> owner;
    for (std::size_t i = 0; i < raw_.events.size(); ++i) {
      const auto time = told_time(raw_.events[i]);
      if (!time) continue;
      told.push_back(*time);
      owner.push_back(i);
    }
    TRY_ASSIGN(ZoneChoice choice, zone_of_times(raw_.zone, told, raw_.place));
    zone_ = choice.zone;
    p().conference.zone = zone_.name();
    out_.zone_told = choice.told;
    if (choice.oddity) out_.oddities.push_back(*std::move(choice.oddity));
    walls_.resize(raw_.events.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
      const RawEvent& event = raw_.events[owner[i]];
      const WallTime wall = wall_in(zone_, told[i]);
      walls_[owner[i]] = wall;
      if (const auto instant = zone_.to_instant(wall); !instant)
        odd(instant.error().code == ErrorCode::conflict ? "time that happens twice" : "time that does not exist", event.place + ".date",
            to_text(wall) + (instant.error().code == ErrorCode::conflict ? " happens twice in " : " does not exist in ") + zone_.name() + "; please check it.");
      if (told[i].clock && told[i].offset && wall - std::chrono::floor<std::chrono::days>(wall) != *told[i].clock &&
          told[i].wall - std::chrono::floor<std::chrono::days>(told[i].wall) != *told[i].clock)
        odd("start disagrees with date", event.place + ".start", "“" + event.start + "” is not the time of “" + event.date + "”; the date was taken.");
    }
    return {};
  }

  std::optional<ToldTime> told_time(const RawEvent& event) {
    const auto clock = read_clock(event.start);
    if (const auto date = parse_offset_time(trim(event.date))) return ToldTime{date->wall, date->offset, clock};
    const auto day = parse_date(trim(event.date));
    const std::optional<Date> on = day ? std::optional(*day) : event.day;
    if (!on || !clock) {
      odd("no time", event.place + ".date", "“" + ellipsis(event.title, 60) + "” has no time that can be read; it comes without a slot.");
      return {};
    }
    if (!event.date.empty() && !day)
      odd("unreadable date", event.place + ".date", "“" + ellipsis(event.date, 40) + "” is not a date; the day it stands in was taken.");
    else if (event.date.empty())
      odd("no date", event.place + ".date", "There is no date; the day it stands in and its start were taken.");
    // What stands in a day and starts before the day does is in the night after it.
    const minutes change = read_clock(raw_.day_change).value_or(usual_day_change);
    return ToldTime{WallTime(*on) + *clock + (!day && *clock < change ? minutes{24 * 60} : minutes{0}), {}, clock};
  }

  std::string guid(const std::string& text, const std::string& place, const std::string& name) {
    const std::string_view trimmed = trim(text);
    if (is_uuid(trimmed)) return ascii_lower(trimmed);
    if (!trimmed.empty()) odd("not a GUID", place, "“" + ellipsis(trimmed, 60) + "” is not a GUID; one was derived from it.");
    return guid_or_derived(p().conference, trimmed, trimmed.empty() ? name : "guid");
  }

  void declare_room(const RawRoom& raw) {
    Room room{.code = "room-" + std::to_string(p().rooms.size() + 1)};
    std::string name = line(raw.name, raw.place + ".name", most_name_bytes);
    if (name.empty()) {
      odd("room without name", raw.place + ".name", "A room has no name; it was left out.");
      return;
    }
    if (rooms_.contains(name)) {
      odd("room declared twice", raw.place, "“" + name + "” is declared twice; the first was taken.");
      return;
    }
    room.guid = guid(raw.guid, raw.place + ".guid", "room/" + name);
    if (!room_guids_.insert(room.guid).second) {
      odd("duplicate room guid", raw.place + ".guid", "“" + name + "” has the GUID of another room; one was derived from its name.");
      room.guid = guid_or_derived(p().conference, "", "room/" + name);
      room_guids_.insert(room.guid);
    }
    room.position = static_cast<int>(p().rooms.size());
    for (const auto& [tag, words] : raw.description.all())
      room.description.set(tag, within(words, most_biography_bytes, raw.place + ".description", out_.oddities));
    room.capacity = raw.capacity;
    if (raw.capacity && (*raw.capacity < 0 || *raw.capacity > 1'000'000)) {
      odd("impossible capacity", raw.place + ".capacity", "“" + name + "” cannot have " + std::to_string(*raw.capacity) + " seats; the number was left out.");
      room.capacity.reset();
    }
    room.extra = raw.extra;
    room.name = LocalizedText(language_, name);
    rooms_[name] = room.code;
    if (!raw.guid.empty()) rooms_by_guid_.emplace(raw.guid, room.code);
    p().rooms.push_back(std::move(room));
  }

  /// The code of an event's room; "" where it has none.
  std::string room_of(const RawEvent& event) {
    if (event.room.empty() && !event.room_guid.empty())
      if (const auto found = rooms_by_guid_.find(event.room_guid); found != rooms_by_guid_.end()) return found->second;
    if (trim(event.room).empty()) {
      if (event.kind == SlotKind::talk) odd("no room", event.place + ".room", "“" + ellipsis(event.title, 60) + "” has no room.");
      return "";
    }
    // Said once a room, at its first session.
    const std::string name = cut_to(tidy_line(clean_text(event.room)), most_name_bytes);
    if (const auto found = rooms_.find(name); found != rooms_.end()) return found->second;
    if (!raw_.rooms.empty()) odd("room not declared", event.place + ".room", "“" + name + "” is not among the file's rooms; it was added.");
    declare_room({.place = event.place + ".room", .name = event.room, .guid = event.room_guid});
    const auto found = rooms_.find(name);
    return found == rooms_.end() ? "" : found->second;
  }

  void declare_track(const RawTrack& raw) {
    Track track{.code = "track-" + std::to_string(p().tracks.size() + 1)};
    const std::string name = line(raw.name, raw_.place + ".tracks", most_name_bytes);
    if (name.empty() || tracks_.contains(name)) return;
    track.guid = guid_or_derived(p().conference, "", "track/" + name);
    track.name = LocalizedText(language_, name);
    track.color = read_color(raw.color, raw_.place + ".tracks." + name + ".color", out_.oddities);
    track.position = static_cast<int>(p().tracks.size());
    tracks_[name] = track.code;
    p().tracks.push_back(std::move(track));
  }

  std::string track_of(const RawEvent& event) {
    const std::string name = cut_to(tidy_line(clean_text(event.track)), most_name_bytes);
    if (name.empty()) return "";
    if (!tracks_.contains(name)) {
      if (!raw_.tracks.empty()) odd("track not declared", event.place + ".track", "“" + name + "” is not among the file's tracks; it was added.");
      declare_track({.name = event.track, .slug = "", .color = ""});
    }
    return tracks_[name];
  }

  std::string type_of(const RawEvent& event, minutes length) {
    const std::string name = cut_to(tidy_line(clean_text(event.type)), most_name_bytes);
    if (name.empty()) return "";
    const auto found = types_.find(name);
    if (found != types_.end()) return found->second;
    const int position = static_cast<int>(p().types.size());
    p().types.push_back({.code = "type-" + std::to_string(position + 1), .name = LocalizedText(language_, name), .length = length, .position = position});
    return types_[name] = p().types.back().code;
  }

  /// Ids that are numbers and stand once stay; the others get numbers above them.
  void choose_numbers() {
    std::map<std::int64_t, int> seen;
    for (const RawEvent& event : raw_.events)
      if (const auto number = whole_number(trim(event.id))) ++seen[*number];
    std::set<std::int64_t> used;
    numbers_.assign(raw_.events.size(), 0);
    std::int64_t next = 1;
    for (const auto& [number, count] : seen)
      if (number < std::numeric_limits<std::int32_t>::max()) next = number + 1;
    for (std::size_t i = 0; i < raw_.events.size(); ++i) {
      const RawEvent& event = raw_.events[i];
      const std::string_view text = trim(event.id);
      const auto number = whole_number(text);
      if (number && used.insert(*number).second) {
        numbers_[i] = *number;
        continue;
      }
      if (number)
        odd("duplicate id", event.place + ".id", "The id " + std::string(text) + " stands more than once.");
      else if (!text.empty())
        odd("id is not a number", event.place + ".id", "“" + ellipsis(text, 40) + "” is not a positive number.");
      else if (event.kind == SlotKind::talk && trim(event.guid).empty())
        odd("no id", event.place + ".id", "“" + ellipsis(event.title, 60) + "” has neither id nor GUID; a GUID was derived from its title.");
      while (used.contains(next)) ++next;
      numbers_[i] = next;
      used.insert(next);
    }
  }

  minutes length_of(const RawEvent& event, std::size_t index) {
    const ReadLength read = read_length(event.length);
    if (read.length > minutes{0}) {
      if (read.oddity) odd(read.oddity, event.place + ".duration", "“" + event.length + "” was read as " + hours_minutes(read.length) + " (hours:minutes).");
      return read.length;
    }
    if (const auto end = parse_offset_time(trim(event.end)); end && walls_[index]) {
      const Instant from = zone_.to_instant_lenient(*walls_[index]);
      const Instant to = end->offset ? Instant{end->wall.time_since_epoch() - *end->offset} : zone_.to_instant_lenient(end->wall);
      const auto length = std::chrono::floor<minutes>(to - from);
      if (length > minutes{0} && length <= std::chrono::days{31}) return length;
    }
    if (trim(event.length).empty())
      if (const auto usual = raw_.usual_lengths.find(fold(tidy_line(event.type))); usual != raw_.usual_lengths.end()) return usual->second;
    odd("no length", event.place + ".duration",
        (trim(event.length).empty() ? "There is no length" : "“" + ellipsis(event.length, 40) + "” is not a length") + "; half an hour was taken.");
    return usual_length;
  }

  void add_event(const RawEvent& event, std::size_t index) {
    Slot slot{.number = numbers_[index], .kind = event.kind};
    slot.length = length_of(event, index);
    slot.room = room_of(event);
    if (event.cancelled) slot.state = SlotState::cancelled;
    // Our own exports write a party as a session of this type, with nothing else to say of it.
    if (slot.kind == SlotKind::talk && event.type == "social" && event.persons.empty() && event.abstract.empty() && event.code.empty())
      slot.kind = SlotKind::social;
    const std::string title = line(event.title, event.place + ".title");
    slot.guid = unique_guid(event, title);
    if (slot.kind == SlotKind::talk) {
      slot.talk = talk_of(event, title, slot);
    } else {
      slot.title = LocalizedText(language_, title);
      slot.extra = event.extra;
    }
    if (!walls_[index]) return;
    slot.start = *walls_[index];
    p().slots.push_back(std::move(slot));
  }

  std::string unique_guid(const RawEvent& event, const std::string& title) {
    const std::string name = "session/" + (event.id.empty() ? event.code.empty() ? title : event.code : event.id);
    if (trim(event.guid).empty() && event.kind == SlotKind::talk)
      odd("no guid", event.place + ".guid", "There is no GUID; one was derived, the same at every import.");
    std::string found = guid(event.guid, event.place + ".guid", name);
    const bool told = !trim(event.guid).empty();
    if (told && guids_.contains(found))
      odd("duplicate guid", event.place + ".guid", "The GUID " + found + " stands more than once; another was derived for this session.");
    if (guids_.insert(found).second) return found;
    // Each is derived from the one before it: a file may give one GUID to all of its sessions.
    auto& [last, count] = copies_.try_emplace(found, found, 1).first->second;
    do last = name_uuid(last, "slot " + std::to_string(++count));
    while (!guids_.insert(last).second);
    return last;
  }

  /// A talk of several slots stands several times: with one code, one GUID or id, or one address, and the same title.
  std::string talk_of(const RawEvent& event, const std::string& title, const Slot& slot) {
    std::vector<std::string> keys;
    for (const auto& [kind, text] : {std::pair<char, const std::string&>{'c', event.code}, {'g', event.guid}, {'i', event.id}, {'u', event.url}})
      if (!text.empty()) keys.push_back(kind + text + "\n" + title);
    for (const std::string& key : keys) {
      const auto found = talks_.find(key);
      if (found == talks_.end()) continue;
      Talk& talk = p().talks[found->second];
      // Of several, the one that carries the code carries the talk's GUID.
      if (!event.code.empty() && !talk.extra.contains("code")) {
        talk.guid = slot.guid;
        talk.extra["code"] = json_quoted(event.code);
      }
      for (const std::string& other : keys) talks_.emplace(other, found->second);
      return talk.code;
    }
    if (!event.code.empty() && !codes_.insert(event.code).second)
      odd("duplicate code", event.place + ".code", "The code " + event.code + " belongs to another session too.");
    for (const std::string& key : keys) talks_.emplace(key, p().talks.size());
    p().talks.push_back(read_talk(event, title, slot));
    return p().talks.back().code;
  }

  Talk read_talk(const RawEvent& event, const std::string& title, const Slot& slot) {
    Oddities& odds = out_.oddities;
    Talk talk{.code = "talk-" + std::to_string(p().talks.size() + 1), .guid = slot.guid, .slug = slugify(title)};
    talk.title = title;
    if (title.empty()) odd("no title", event.place + ".title", "A session has no title.");
    talk.subtitle = line(event.subtitle, event.place + ".subtitle");
    talk.abstract = paragraphs(event.abstract, event.place + ".abstract");
    talk.description = paragraphs(event.description, event.place + ".description");
    for (const RawPerson& person : event.persons) add_credit(talk, person);
    talk.track = track_of(event);
    talk.type = type_of(event, slot.length);
    talk.language = event.language;
    talk.level = line(event.level, event.place + ".level", most_name_bytes);
    for (const std::string& tag : event.tags) talk.tags.push_back(line(tag, event.place + ".tags", most_name_bytes));
    talk.do_not_record = event.do_not_record;
    talk.do_not_stream = event.do_not_stream;
    talk.license = line(event.license, event.place + ".recording_license");
    // A logo relative to base_url is as the schema says.
    Oddities allowed;
    talk.logo_url = read_url(event.logo, base_, event.place + ".logo", allowed);
    if (talk.logo_url.empty()) odds.insert(odds.end(), allowed.begin(), allowed.end());
    talk.feedback_url = read_url(event.feedback_url, base_, event.place + ".feedback_url", odds);
    talk.origin_url =
        read_url(event.origin_url.empty() && !event.url.starts_with("urn:uuid:") ? event.url : event.origin_url, base_, event.place + ".url", odds);
    talk.links = read_links(event.links, event.place + ".links");
    talk.attachments = read_links(event.attachments, event.place + ".attachments");
    talk.extra = event.extra;
    if (!event.code.empty()) talk.extra["code"] = json_quoted(event.code);
    if (!event.id.empty() && !whole_number(trim(event.id))) talk.extra["id"] = json_quoted(event.id);
    return talk;
  }

  std::vector<Link> read_links(const std::vector<Link>& raw, const std::string& place) {
    std::vector<Link> links;
    for (std::size_t i = 0; i < raw.size(); ++i) {
      const std::string at = place + "[" + std::to_string(i) + "]";
      Link link{read_url(raw[i].url, base_, at + ".url", out_.oddities), line(raw[i].title, at + ".title"), raw[i].kind};
      if (trim(raw[i].url).empty()) odd("not an address", at + ".url", "A link has no address; it was left out.");
      if (!link.url.empty()) links.push_back(std::move(link));
    }
    return links;
  }

  void add_credit(Talk& talk, const RawPerson& raw) {
    Credit credit{.name = line(raw.name, raw.place, most_name_bytes), .role = raw.role};
    if (credit.name.empty()) {
      odd("person without name", raw.place, "A person has no name and was left out.");
      return;
    }
    const std::string name = "person/" + (!raw.code.empty() ? raw.code : !raw.id.empty() ? raw.id : credit.name);
    // Who has nothing but a name is known by it where it is taken: another file may have told the GUID.
    if (!trim(raw.guid).empty() || !raw.id.empty() || !raw.code.empty()) credit.person_guid = guid(raw.guid, raw.place + ".guid", name);
    credit.biography = paragraphs(raw.biography, raw.place + ".biography", most_biography_bytes);
    Oddities allowed;
    credit.avatar_url = read_url(raw.avatar, base_, raw.place + ".avatar", allowed);
    if (credit.avatar_url.empty()) out_.oddities.insert(out_.oddities.end(), allowed.begin(), allowed.end());
    credit.extra = raw.extra;
    if (!raw.id.empty()) credit.extra["id"] = whole_number(raw.id) ? raw.id : json_quoted(raw.id);
    if (!raw.code.empty()) credit.extra["code"] = json_quoted(raw.code);
    talk.credits.push_back(std::move(credit));
  }

  Result<void> finish_days() {
    Conference& c = p().conference;
    const auto date_of = [](const std::string& text) -> std::optional<Date> {
      if (const auto date = parse_date(trim(text))) return *date;
      if (const auto time = parse_offset_time(trim(text))) return std::chrono::floor<std::chrono::days>(time->wall);
      return {};
    };
    std::vector<Date> days = raw_.days;
    if (days.empty())
      for (const Slot& slot : p().slots) days.push_back(day_of(slot.start, c.day_start_hour));
    std::ranges::sort(days);
    auto start = date_of(raw_.start), end = date_of(raw_.end);
    for (const auto& [text, date, key] : {std::tuple(&raw_.start, start, ".start"), std::tuple(&raw_.end, end, ".end")})
      if (!date)
        odd("no conference date", raw_.place + key,
            (text->empty() ? "There is no date" : "“" + ellipsis(*text, 40) + "” is not a date") + std::string("; the days of the file were taken."));
    if (start && end && *end < *start) {
      odd("end before start", raw_.place + ".end", "The conference ends before it starts; the days of the file were taken.");
      start = end = std::nullopt;
    }
    const auto choose = [&] {
      c.start = start ? *start : days.empty() ? Date{} : days.front();
      c.end = end ? *end : days.empty() ? c.start : std::max(days.back(), c.start);
    };
    choose();
    if (c.end - c.start > most_days) {
      odd("conference too long", raw_.place + ".end",
          "The conference would last from " + to_text(c.start) + " to " + to_text(c.end) + "; the days of its sessions were taken.");
      start = end = std::nullopt;
      days.clear();
      for (const Slot& slot : p().slots) days.push_back(day_of(slot.start, c.day_start_hour));
      std::ranges::sort(days);
      choose();
    }
    // The days named may be good and a session in another year: what is written of it would have that many days.
    Date first = c.start, last = c.end;
    for (const Slot& slot : p().slots) {
      const Date day = day_of(slot.start, c.day_start_hour);
      first = std::min(first, day);
      last = std::max(last, day);
    }
    if (last - first <= most_days) return {};
    return fail_at(raw_.place + ".end", "The sessions reach from " + to_text(first) + " to " + to_text(last) + ": an event lasts " +
                                            std::to_string(most_days.count()) + " days at most. Please look for a wrong year.");
  }

  RawSchedule raw_;
  Imported out_;
  std::string language_, base_;
  Zone zone_;
  std::vector<std::optional<WallTime>> walls_;
  std::vector<std::int64_t> numbers_;
  std::map<std::string, std::string> rooms_, rooms_by_guid_, tracks_, types_;
  std::map<std::string, std::size_t> talks_;
  std::set<std::string> guids_, room_guids_, codes_;
  std::map<std::string, std::pair<std::string, int>> copies_;  ///< of a GUID that stands more than once: the last that was derived, and how many there are
};

}  // namespace

Result<Imported> assemble(RawSchedule&& raw) { return Assembly(std::move(raw)).run(); }

}  // namespace confer::programme
