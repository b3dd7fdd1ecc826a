// Loading the demonstration (demo.h): reads the TOML files of demo/ into the same calls that an organiser's forms make.
#include "app/demo.h"
#include <toml++/toml.h>
#include <algorithm>
#include <map>
#include "base/embedded.h"
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "people/people.h"
#include "programme/programme.h"
#include "site/site.h"

namespace confer::app {
namespace {

namespace pr = confer::programme;

/// Name space of every GUID here: loading twice gives the same programme. Made once with uuidgen.
constexpr std::string_view demo_name_space = "0f0b5c52-6a53-4f7e-9d2e-5b7c0b9f6a11";

/// One event's files, joined: its [conference] and all its arrays.
struct Bundle {
  toml::table conference;
  std::map<std::string, std::vector<toml::table>> arrays;
};

class Loader {
 public:
  Loader(Installation& here, Date today, const Progress& progress) : here_(here), today_(today), progress_(progress) {}
  Result<DemoNumbers> run();

 private:
  Result<toml::table> file(const std::string& path);
  Result<Bundle> bundle(const std::vector<std::string>& files);
  Result<void> load_series(const toml::table& series);
  Result<void> load_archived(const toml::table& edition);
  Progress progress_of(const events::Event& event) const;
  Result<events::Event> load_event(const Bundle& bundle, int years_ago, EventId parent, const toml::table* edition);
  Result<void> load_places(db::Tx& tx, const events::Event& event, const Bundle& bundle);
  Result<pr::Imported> programme_of(const events::Event& event, const Bundle& bundle);
  Result<void> finish(const events::Event& event, const Bundle& bundle);

  std::string text(const toml::table& t, std::string_view key) const { return with_year(t[key].value_or(std::string())); }
  LocalizedText localized(const toml::table& t, std::string_view key) const;
  std::string with_year(std::string s) const { return replace_all(std::move(s), "{year}", std::to_string(year_)); }
  Date day(std::int64_t offset) const { return anchor_ + std::chrono::days(offset); }
  Result<WallTime> wall(const toml::table& t, std::string_view day_key, std::string_view time_key) const;
  Result<std::vector<events::OpeningWindow>> windows(const toml::array* list) const;
  void set_anchor(const toml::table& conference, int years_ago);

  Installation& here_;
  Date today_, anchor_{};
  const Progress& progress_;
  int year_ = 0;
  SeriesId series_;
  toml::table people_;
  const Actor actor_ = system_actor("demonstration");
  DemoNumbers numbers_;
};

Result<toml::table> Loader::file(const std::string& path) {
  for (const auto& embedded : embedded::demo()) {
    if (embedded.path != path) continue;
    try {
      return toml::parse(embedded.bytes, path);
    } catch (const toml::parse_error& e) {
      return fail(ErrorCode::invalid, "demo/" + path + ", line " + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
    }
  }
  return fail(ErrorCode::invalid, "demo/" + path + " is missing.");
}

Result<Bundle> Loader::bundle(const std::vector<std::string>& files) {
  Bundle all;
  for (const auto& path : files) {
    TRY_ASSIGN(toml::table table, file(path));
    for (const auto& [key, node] : table) {
      if (key == "conference") all.conference = *node.as_table();
      if (const auto* array = node.as_array())
        for (const auto& item : *array)
          if (const auto* inner = item.as_table()) all.arrays[std::string(key.str())].push_back(*inner);
    }
  }
  return all;
}

LocalizedText Loader::localized(const toml::table& t, std::string_view key) const {
  LocalizedText out;
  if (const auto* table = t[key].as_table())
    for (const auto& [language, value] : *table) out.set(std::string(language.str()), with_year(value.value_or(std::string())));
  return out;
}

Result<WallTime> Loader::wall(const toml::table& t, std::string_view day_key, std::string_view time_key) const {
  return parse_wall_time(to_text(day(t[day_key].value_or(std::int64_t{0}))) + "T" + t[time_key].value_or(std::string("00:00")));
}

Result<std::vector<events::OpeningWindow>> Loader::windows(const toml::array* list) const {
  std::vector<events::OpeningWindow> out;
  if (list == nullptr) return out;
  for (const auto& item : *list) {
    events::OpeningWindow window;
    TRY_ASSIGN(window.from, wall(*item.as_table(), "day", "from"));
    TRY_ASSIGN(window.to, wall(*item.as_table(), "day", "to"));
    if (window.to <= window.from) window.to += std::chrono::days(1);
    out.push_back(window);
  }
  return out;
}

void Loader::set_anchor(const toml::table& conference, int years_ago) {
  // The same weekday, years earlier; a fixed anchor is a date of its own.
  anchor_ = today_ - std::chrono::days(364 * years_ago);
  if (auto fixed = conference["anchor"].value<std::string>())
    if (auto date = parse_date(*fixed)) anchor_ = *date;
  year_ =
      static_cast<int>(std::chrono::year_month_day(conference.contains("anchor") ? anchor_ : today_).year()) - (conference.contains("anchor") ? 0 : years_ago);
}

Result<void> Loader::load_series(const toml::table& series) {
  TRY_ASSIGN(auto tx, here_.db->begin_write());
  TRY_ASSIGN(auto saved,
             events::save_series(
                 tx, actor_, {.id = {}, .slug = text(series, "slug"), .title = localized(series, "title"), .description = localized(series, "description")}));
  series_ = saved.id;
  ++numbers_.series;
  return tx.commit();
}

std::map<std::string, std::string> extra_of(const LocalizedText& memory, std::int64_t talk_count) {
  std::map<std::string, std::string> extra;
  if (!memory.empty()) extra["memory"] = memory.to_json();
  if (talk_count > 0) extra["talk_count"] = std::to_string(talk_count);
  return extra;
}

Result<void> Loader::load_archived(const toml::table& edition) {
  set_anchor(edition, static_cast<int>(edition["years_ago"].value_or(std::int64_t{0})));
  TRY_ASSIGN(auto tx, here_.db->begin_write());
  events::Event event;
  event.series = series_;
  event.kind = events::EventKind::archived;
  event.slug = text(edition, "slug");
  event.acronym = text(edition, "acronym");
  event.guid = name_uuid(demo_name_space, event.slug);
  event.title = localized(edition, "title");
  event.place = localized(edition, "place");
  event.zone = text(edition, "zone");
  if (auto first = edition["first_day"].value<std::int64_t>()) event.start = day(*first);
  if (auto last = edition["last_day"].value<std::int64_t>()) event.end = day(*last);
  event.year = year_;
  if (auto n = edition["attendance"].value<std::int64_t>()) event.attendance = static_cast<int>(*n);
  if (auto n = edition["capacity"].value<std::int64_t>()) event.capacity = static_cast<int>(*n);
  event.languages = {"en", "de"};
  event.is_public = true;
  event.extra = extra_of(localized(edition, "memory"), edition["talk_count"].value_or(std::int64_t{0}));
  TRY_ASSIGN(event, events::save_event(tx, actor_, std::move(event)));
  ++numbers_.events;
  if (const auto* talks = edition["talks"].as_array())
    for (const auto& item : *talks) {
      talks::Talk talk;
      talk.title = text(*item.as_table(), "title");
      talk.guid = name_uuid(event.guid, talk.title);
      talk.state = talks::State::archived;
      if (const auto* credits = (*item.as_table())["credits"].as_array())
        for (const auto& credit : *credits) talk.credits.push_back({.person = {}, .person_code = {}, .name = text(*credit.as_table(), "name")});
      TRY(talks::save_talk(tx, actor_, event, std::move(talk)));
      ++numbers_.talks;
    }
  TRY(site::index_event(tx, event.id));
  return tx.commit();
}

Result<void> Loader::load_places(db::Tx& tx, const events::Event& event, const Bundle& all) {
  auto rows = [&](const char* name) { return all.arrays.contains(name) ? all.arrays.at(name) : std::vector<toml::table>{}; };
  int position = 0;
  for (const auto& r : rows("rooms")) {
    events::Room room{.id = {},
                      .event = event.id,
                      .code = text(r, "code"),
                      .guid = name_uuid(event.guid, "room:" + text(r, "code")),
                      .name = localized(r, "name"),
                      .description = localized(r, "description"),
                      .position = position++,
                      .capacity = {},
                      .accessibility = text(r, "accessibility"),
                      .hidden = r["hidden"].value_or(false),
                      .stream_url = text(r, "stream_url"),
                      .captions_url = text(r, "captions_url"),
                      .open = {},
                      .extra = {}};
    if (auto n = r["capacity"].value<std::int64_t>()) room.capacity = static_cast<int>(*n);
    TRY_ASSIGN(room.open, windows(r["open"].as_array()));
    TRY(events::save_room(tx, actor_, event, std::move(room)));
  }
  position = 0;
  for (const auto& t : rows("tracks"))
    TRY(events::save_track(tx, actor_, event,
                           {.id = {},
                            .event = event.id,
                            .code = text(t, "code"),
                            .guid = name_uuid(event.guid, "track:" + text(t, "code")),
                            .name = localized(t, "name"),
                            .description = localized(t, "description"),
                            .color = text(t, "color"),
                            .position = position++}));
  position = 0;
  for (const auto& t : rows("types"))
    TRY(events::save_session_type(tx, actor_, event,
                                  {.id = {},
                                   .event = event.id,
                                   .code = text(t, "code"),
                                   .name = localized(t, "name"),
                                   .length = minutes(t["length"].value_or(std::int64_t{30})),
                                   .position = position++}));
  position = 0;
  for (const auto& p : rows("pages"))
    TRY(events::save_page(tx, actor_, event,
                          {.id = {},
                           .event = event.id,
                           .slug = text(p, "slug"),
                           .title = localized(p, "title"),
                           .body = localized(p, "body"),
                           .position = position++,
                           .in_navigation = p["in_navigation"].value_or(true),
                           .is_public = true}));
  return {};
}

pr::CreditRole role_named(const std::string& name) {
  if (name == "moderator") return pr::CreditRole::moderator;
  if (name == "panelist") return pr::CreditRole::panelist;
  if (name == "author") return pr::CreditRole::author;
  if (name == "host") return pr::CreditRole::host;
  return pr::CreditRole::speaker;
}

pr::LinkKind link_named(const std::string& name) {
  static const std::map<std::string, pr::LinkKind> kinds{{"slides", pr::LinkKind::slides}, {"paper", pr::LinkKind::paper},     {"web", pr::LinkKind::web},
                                                         {"blog", pr::LinkKind::blog},     {"article", pr::LinkKind::article}, {"media", pr::LinkKind::media}};
  auto found = kinds.find(name);
  return found == kinds.end() ? pr::LinkKind::related : found->second;
}

std::vector<std::string> strings(const toml::array* list) {
  std::vector<std::string> out;
  if (list != nullptr)
    for (const auto& item : *list) out.push_back(item.value_or(std::string()));
  return out;
}

std::vector<pr::Part> parts_of(const toml::table& slot) {
  std::vector<pr::Part> parts;
  const auto* list = slot["parts"].as_array();
  if (list == nullptr) return parts;
  for (const auto& item : *list) {
    const auto& t = *item.as_table();
    const std::string title = t["title"].value_or(std::string());
    parts.push_back({.anchor = "p" + std::to_string(parts.size() + 1) + "-" + slugify(title, 40),
                     .title = title,
                     .speakers = strings(t["speakers"].as_array()),
                     .offset = minutes(t["offset"].value_or(std::int64_t{0})),
                     .length = minutes(t["length"].value_or(std::int64_t{5}))});
  }
  return parts;
}

/// Talks and slots, to be brought in as an import is: people, codes and GUIDs are made there.
Result<pr::Imported> Loader::programme_of(const events::Event& event, const Bundle& all) {
  pr::Imported imported;
  pr::Programme& p = imported.programme;
  {
    TRY_ASSIGN(auto tx, here_.db->begin_read());
    TRY_ASSIGN(auto draft, pr::load_draft(tx, event, ""));
    p.conference = draft.conference;
    p.rooms = draft.rooms;
    p.tracks = draft.tracks;
    p.types = draft.types;
  }
  auto rows = [&](const char* name) { return all.arrays.contains(name) ? all.arrays.at(name) : std::vector<toml::table>{}; };
  std::map<std::string, minutes> length_of_talk;
  std::map<std::string, int> slots_of_talk;
  for (const auto& t : rows("talks")) {
    pr::Talk talk;
    talk.code = text(t, "slug");
    talk.guid = name_uuid(event.guid, "talk:" + talk.code);
    talk.title = text(t, "title");
    talk.subtitle = text(t, "subtitle");
    talk.abstract = text(t, "abstract");
    talk.description = text(t, "description");
    talk.track = text(t, "track");
    talk.type = text(t, "type");
    talk.language = t["language"].value_or(event.languages.front());
    talk.level = text(t, "level");
    talk.tags = strings(t["tags"].as_array());
    talk.do_not_record = t["do_not_record"].value_or(false);
    talk.do_not_stream = t["do_not_stream"].value_or(false);
    talk.license = text(t, "license");
    const std::string state = t["state"].value_or(std::string("confirmed"));
    talk.state = state == "cancelled" ? pr::TalkState::cancelled : state == "accepted" ? pr::TalkState::accepted : pr::TalkState::confirmed;
    if (const auto* credits = t["credits"].as_array())
      for (const auto& item : *credits) {
        const auto& c = *item.as_table();
        pr::Credit credit{.name = text(c, "name"), .role = role_named(c["role"].value_or(std::string()))};
        if (auto key = c["person"].value<std::string>()) {
          const auto* person = people_[*key].as_table();
          if (person == nullptr) return fail(ErrorCode::invalid, "demo/people.toml has no “" + *key + "”, who speaks at “" + talk.title + "”.");
          credit.name = text(*person, "name");
          credit.biography = text(*person, "biography");
          credit.person_guid = name_uuid(demo_name_space, "person:" + *key);
        }
        talk.credits.push_back(std::move(credit));
      }
    if (const auto* links = t["links"].as_array())
      for (const auto& item : *links)
        talk.links.push_back({text(*item.as_table(), "url"), text(*item.as_table(), "title"), link_named((*item.as_table())["kind"].value_or(std::string()))});
    const auto* type = p.type(talk.type);
    length_of_talk[talk.code] = type != nullptr ? type->length : minutes(30);
    p.talks.push_back(std::move(talk));
  }
  static const std::map<std::string, pr::SlotKind> kinds{
      {"talk", pr::SlotKind::talk}, {"break", pr::SlotKind::break_}, {"blocker", pr::SlotKind::blocker}, {"social", pr::SlotKind::social}};
  for (const auto& s : rows("slots")) {
    pr::Slot slot;
    slot.kind = kinds.at(s["kind"].value_or(std::string("talk")));
    slot.talk = text(s, "talk");
    slot.room = text(s, "room");
    TRY_ASSIGN(slot.start, wall(s, "day", "start"));
    slot.length = minutes(s["length"].value_or(static_cast<std::int64_t>(length_of_talk[slot.talk].count())));
    slot.title = localized(s, "title");
    slot.note = text(s, "note");
    const std::string state = s["state"].value_or(std::string("planned"));
    slot.state = state == "cancelled" ? pr::SlotState::cancelled : state == "moved" ? pr::SlotState::moved : pr::SlotState::planned;
    slot.parts = parts_of(s);
    const std::string key =
        slot.talk.empty() ? slot.title.in("en") + to_text(slot.start) + slot.room : slot.talk + "#" + std::to_string(slots_of_talk[slot.talk]++);
    // The first slot of a talk carries the talk's GUID.
    slot.guid = key.ends_with("#0") ? name_uuid(event.guid, "talk:" + slot.talk) : name_uuid(event.guid, "slot:" + key);
    p.slots.push_back(std::move(slot));
  }
  numbers_.talks += static_cast<int>(p.talks.size());
  numbers_.slots += static_cast<int>(p.slots.size());
  return imported;
}

/// Rules, who is there when, the banner, and the release.
Result<void> Loader::finish(const events::Event& event, const Bundle& all) {
  {
    TRY_ASSIGN(auto tx, here_.db->begin_write());
    if (const auto* rules = all.conference["rules"].as_table())
      for (const auto& [name, value] : *rules)
        for (pr::Rule rule : pr::all_rules())
          if (pr::name_of(rule) == name.str()) {
            const std::string word = value.value_or(std::string());
            const auto severity = word == "ignore"          ? pr::Severity::ignore
                                  : word == "warn"          ? pr::Severity::warn
                                  : word == "block_release" ? pr::Severity::block_release
                                                            : pr::Severity::block_placing;
            TRY(pr::set_rule(tx, actor_, event, rule, severity));
          }
    if (all.conference["banner"].is_table()) TRY(events::set_banner(tx, actor_, event, localized(all.conference, "banner"), 0));
    for (const auto& [key, node] : people_) {
      const auto* available = (*node.as_table())["available"].as_array();
      if (available == nullptr || event.kind != events::EventKind::edition || anchor_ != today_) continue;
      TRY_ASSIGN(auto known, people::people_with_guids(tx, {name_uuid(demo_name_space, "person:" + std::string(key.str()))}));
      TRY_ASSIGN(auto there, windows(available));
      std::vector<pr::OpeningWindow> converted;
      for (const auto& w : there) converted.push_back({w.from, w.to});
      if (!known.empty()) TRY(pr::set_availability(tx, actor_, event, known.front().id, converted));
    }
    TRY(tx.commit());
  }
  TRY(pr::release_schedule(*here_.db, actor_, event.id, text(all.conference, "release"), "", here_.config.public_url()));
  return {};
}

/// Told of an import's steps, with the event's name in front.
Progress Loader::progress_of(const events::Event& event) const {
  if (!progress_) return {};
  return [this, slug = event.slug](std::string_view doing, std::int64_t done, std::int64_t of) { progress_(slug + ", " + std::string(doing), done, of); };
}

Result<events::Event> Loader::load_event(const Bundle& all, int years_ago, EventId parent, const toml::table* edition) {
  const toml::table& c = all.conference;
  set_anchor(c, years_ago);
  events::Event event;
  event.series = series_;
  event.parent = parent;
  event.kind = parent ? events::EventKind::summit : events::EventKind::edition;
  event.slug = text(c, "slug");
  event.acronym = text(c, "acronym");
  event.guid = name_uuid(demo_name_space, event.slug);
  event.title = localized(c, "title");
  event.subtitle = localized(c, "subtitle");
  event.description = localized(c, "description");
  event.place = localized(c, "place");
  event.zone = text(c, "zone");
  event.start = day(c["first_day"].value_or(std::int64_t{0}));
  event.end = day(c["last_day"].value_or(std::int64_t{0}));
  event.day_start_hour = static_cast<int>(c["day_start_hour"].value_or(std::int64_t{4}));
  event.color = c["color"].value_or(event.color);
  event.year = year_;
  if (auto languages = strings(c["languages"].as_array()); !languages.empty()) event.languages = std::move(languages);
  if (auto n = c["attendance"].value<std::int64_t>()) event.attendance = static_cast<int>(*n);
  if (auto n = c["capacity"].value<std::int64_t>()) event.capacity = static_cast<int>(*n);
  event.is_public = true;
  if (edition != nullptr) event.extra = extra_of(localized(*edition, "memory"), (*edition)["talk_count"].value_or(std::int64_t{0}));
  {
    TRY_ASSIGN(auto tx, here_.db->begin_write());
    TRY_ASSIGN(event, events::save_event(tx, actor_, std::move(event)));
    TRY(load_places(tx, event, all));
    TRY(tx.commit());
  }
  ++numbers_.events;
  TRY_ASSIGN(auto imported, programme_of(event, all));
  TRY(pr::import_programme(*here_.db, actor_, event.id, imported, progress_of(event)));
  TRY(finish(event, all));
  return event;
}

Result<DemoNumbers> Loader::run() {
  {
    TRY_ASSIGN(auto tx, here_.db->begin_read());
    TRY_ASSIGN(auto existing, events::list_series(tx));
    if (!existing.empty()) return fail(ErrorCode::conflict, "There is data here already: the demonstration is loaded into an empty installation only.");
  }
  TRY_ASSIGN(toml::table everybody, file("people.toml"));
  people_ = *everybody["people"].as_table();
  numbers_.people = static_cast<int>(people_.size());
  TRY_ASSIGN(toml::table series, file("series.toml"));
  set_anchor({}, 0);
  TRY(load_series(*series["series"].as_table()));
  for (const auto& item : *series["editions"].as_array()) {
    const auto& edition = *item.as_table();
    const auto files = strings(edition["files"].as_array());
    const int years_ago = static_cast<int>(edition["years_ago"].value_or(std::int64_t{0}));
    if (files.empty()) {
      TRY(load_archived(edition));
      continue;
    }
    TRY_ASSIGN(Bundle all, bundle(files));
    TRY_ASSIGN(auto event, load_event(all, years_ago, {}, &edition));
    if (const auto* inside = edition["inside"].as_array())
      for (const auto& one : *inside) {
        TRY_ASSIGN(Bundle summit, bundle(strings((*one.as_table())["files"].as_array())));
        TRY(load_event(summit, years_ago, event.id, nullptr));
      }
  }
  TRY_ASSIGN(toml::table pycon, file("pycon-us-2012.toml"));
  TRY(load_series(*pycon["series"].as_table()));
  TRY_ASSIGN(Bundle all, bundle({"pycon-us-2012.toml"}));
  TRY(load_event(all, 0, {}, nullptr));
  TRY_ASSIGN(auto tx, here_.db->begin_write());
  TRY_ASSIGN(PersonId organiser, people::add_account(tx, "Olga Organiser", "organiser@example.org"));
  TRY(people::grant(tx, organiser, {Right::operate, Right::organise, Right::people}, {}, {}));
  TRY(tx.commit());
  return numbers_;
}

}  // namespace

Result<Date> demo_day(Instant now) {
  TRY_ASSIGN(const auto zone, Zone::find("Europe/Vienna"));
  return std::chrono::floor<std::chrono::days>(zone.to_wall(now));
}

Result<DemoNumbers> load_demo(Installation& here, Date today, const Progress& progress) { return Loader(here, today, progress).run(); }

}  // namespace confer::app
