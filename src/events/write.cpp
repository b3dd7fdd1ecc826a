// Changing what events/ owns: right, form, row, fact.
#include <algorithm>
#include <optional>
#include <regex>
#include "base/json_writer.h"
#include "base/random.h"
#include "base/text.h"
#include "events/events.h"
#include "events/store.h"
#include "people/who.h"

namespace confer::events {
namespace {

using Problems = std::vector<FieldProblem>;

std::unexpected<Error> refused(Problems problems) {
  Error error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(problems)};
  return std::unexpected(std::move(error));
}

std::unexpected<Error> changed_meanwhile() {
  return fail(ErrorCode::conflict, "Someone else changed this meanwhile. Load the page again to see how it is now, then make your change.");
}

bool is_slug(std::string_view text) {
  auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return text.size() >= 2 && text.size() <= 60 && std::ranges::all_of(text, plain) && text.front() != '-' && text.back() != '-';
}

bool is_web_address(std::string_view url) { return url.empty() || url.starts_with("https://") || url.starts_with("http://"); }

void check_texts(Problems& problems, const LocalizedText& text, std::string_view field, bool needed, std::size_t max = 20000) {
  if (needed && text.empty()) problems.push_back({std::string(field), "Please fill this in."});
  for (const auto& [language, value] : text.all()) {
    if (!is_language_tag(language)) problems.push_back({std::string(field), "“" + language + "” is not a language code such as en or pt-BR."});
    if (auto ok = check_text(value, field, max); !ok) problems.push_back({std::string(field), ok.error().message});
  }
}

/// Paths that mean something else at the top of the site.
bool is_reserved(std::string_view slug) {
  static constexpr std::string_view reserved[] = {"api", "assets",  "organise", "series", "sign-in", "sign-up", "sign-out", "account", "admin",   "live",
                                                  "s",   "healthz", "metrics",  "stars",  "embed",   "files",   "calendar", "search",  "archive", "public"};
  return std::ranges::find(reserved, slug) != std::end(reserved) || (slug.size() == 2 && is_language_tag(slug));
}

Problems check_event(const Event& e) {
  Problems p;
  if (!is_slug(e.slug))
    p.push_back({"slug", "The address uses 2 to 60 small letters, digits and hyphens, for example pycon-2027."});
  else if (is_reserved(e.slug))
    p.push_back({"slug", "“" + e.slug + "” is needed by the site itself. Please choose another address."});
  static const std::regex acronym("[a-z0-9_]{4,40}");
  if (!std::regex_match(e.acronym, acronym))
    p.push_back({"acronym", "The acronym uses at least four small letters, digits or _ (exports need it so), for example pycon2027."});
  check_texts(p, e.title, "title", true, 300);
  check_texts(p, e.subtitle, "subtitle", false, 500);
  check_texts(p, e.description, "description", false);
  check_texts(p, e.place, "place", false, 500);
  if (e.kind != EventKind::archived) {
    if (e.zone.empty()) p.push_back({"zone", "Choose the time zone of the venue."});
    if (!e.start) p.push_back({"start", "The first day is missing."});
    if (!e.end) p.push_back({"end", "The last day is missing."});
  }
  if (!e.zone.empty())
    if (auto zone = Zone::find(e.zone); !zone) p.push_back({"zone", zone.error().message});
  if (e.start && e.end) {
    if (*e.end < *e.start)
      p.push_back({"end", "The last day lies before the first."});
    else if (*e.end - *e.start > std::chrono::days(60) && e.kind != EventKind::archived)  // an archived one may be years of a user group's evenings
      p.push_back({"end", "An event may last 60 days at most."});
  }
  if (e.kind == EventKind::summit && !e.parent) p.push_back({"parent", "A summit lies inside an edition: choose which."});
  if (e.kind != EventKind::summit && e.parent) p.push_back({"parent", "Only a summit lies inside another event."});
  if (e.day_start_hour < 0 || e.day_start_hour > 12) p.push_back({"day_start_hour", "A day starts between 0 and 12 o’clock."});
  if (e.change_over_minutes < 0 || e.change_over_minutes > 120) p.push_back({"change_over_minutes", "The change-over takes 0 to 120 minutes."});
  if (e.capacity && *e.capacity < 0) p.push_back({"capacity", "The number of places cannot be negative."});
  if (e.attendance && *e.attendance < 0) p.push_back({"attendance", "The number of people cannot be negative."});
  if (e.languages.empty()) p.push_back({"languages", "Choose at least one language."});
  for (const auto& language : e.languages)
    if (!is_language_tag(language)) p.push_back({"languages", "“" + language + "” is not a language code such as en or pt-BR."});
  if (auto contrast = contrast_of(e.color); !contrast)
    p.push_back({"color", contrast.error().message});
  else if (std::max(contrast->with_white, contrast->with_black) < 4.5)
    p.push_back({"color", "Neither white nor black text can be read on this colour."});
  if (!is_uuid(e.guid)) p.push_back({"guid", "A GUID is written as 8-4-4-4-12 hexadecimal digits."});
  return p;
}

Problems check_room(const Room& r) {
  Problems p;
  check_texts(p, r.name, "name", true, 200);
  check_texts(p, r.description, "description", false);
  if (r.capacity && (*r.capacity < 0 || *r.capacity > 1'000'000)) p.push_back({"capacity", "The number of seats lies between 0 and 1,000,000."});
  if (!is_uuid(r.guid)) p.push_back({"guid", "A GUID is written as 8-4-4-4-12 hexadecimal digits."});
  if (!is_web_address(r.stream_url)) p.push_back({"stream_url", "A stream’s address starts with https:// or http://."});
  if (!is_web_address(r.captions_url)) p.push_back({"captions_url", "The captions’ address starts with https:// or http://."});
  for (const auto& window : r.open)
    if (window.to <= window.from) p.push_back({"open", "A room closes after it opens: " + to_text(window.from) + " to " + to_text(window.to) + "."});
  if (auto ok = check_text(r.accessibility, "accessibility", 2000); !ok) p.push_back({"accessibility", ok.error().message});
  return p;
}

Problems check_track(const Track& t) {
  Problems p;
  check_texts(p, t.name, "name", true, 200);
  check_texts(p, t.description, "description", false);
  if (!is_uuid(t.guid)) p.push_back({"guid", "A GUID is written as 8-4-4-4-12 hexadecimal digits."});
  if (auto contrast = contrast_of(t.color); !contrast) p.push_back({"color", contrast.error().message});
  return p;
}

/// The first free code "word", "word-2", … that is not among `taken`; codes are never shown, but stand in URLs of room and track pages.
std::string free_code(const LocalizedText& name, std::string_view fallback, const std::vector<std::string>& taken) {
  std::string base = slugify(name.in("en"), 30);
  if (base.empty()) base = fallback;
  std::string code = base;
  for (int n = 2; std::ranges::find(taken, code) != taken.end(); ++n) code = base + "-" + std::to_string(n);
  return code;
}

Result<void> note(db::Tx& tx, const Actor& actor, std::string_view fact, const Event& event, std::string_view kind, std::string_view code) {
  return journal::record(tx, who(actor), fact, event.series.value, event.id.value, std::string(kind) + ":" + std::string(code));
}

/// Adds or changes one row and tells the journal: what every `save_…` below has in common.
template <class Thing>
Result<Thing> save(db::Tx& tx, const Actor& actor, const Event& event, Thing thing, std::string_view kind, std::string_view code) {
  const bool is_new = !thing.id;
  if (is_new) {
    TRY_ASSIGN(thing.id, store::add(tx, thing));
    thing.version = 1;
  } else {
    TRY_ASSIGN(bool done, store::change(tx, thing));
    if (!done) return changed_meanwhile();
    ++thing.version;
  }
  const std::string fact = std::string(kind) + (is_new ? ".added" : ".changed");
  // A new event has its number only now.
  if constexpr (std::is_same_v<Thing, Event>)
    TRY(note(tx, actor, fact, thing, kind, code));
  else
    TRY(note(tx, actor, fact, event, kind, code));
  return thing;
}

template <class IdType>
Result<void> take(db::Tx& tx, const Actor& actor, Right right, const Event& event, IdType id, std::string_view kind,
                  Result<bool> (*change)(db::Tx&, EventId, IdType), std::string_view verb) {
  TRY(require(actor, right, scope_of(event)));
  TRY_ASSIGN(bool done, change(tx, event.id, id));
  if (!done) return fail(ErrorCode::not_found, "This is not there any more.");
  return note(tx, actor, std::string(kind) + "." + std::string(verb), event, kind, std::to_string(id.value));
}

/// The database's "not unique" in words: the only unique value that people choose is the address. Our own conflicts have words already.
template <class T>
Result<T> explained(Result<T> result) {
  if (!result && result.error().code == ErrorCode::conflict && !result.error().detail.empty()) {
    result.error().message = "This address is taken.";
    result.error().problems = {{"slug", "This address is taken. Please choose another one."}};
  }
  return result;
}

/// Asked of where the event stands, and of where it would stand afterwards: what the form says of its place is not yet true.
Result<void> require_for_saving(db::Tx& tx, const Actor& actor, const Event& event) {
  std::optional<Event> stored;
  if (event.id) {
    TRY_ASSIGN(stored, find_event(tx, event.id));
    if (!stored) return fail(ErrorCode::not_found, "There is no such event.");
    TRY(require(actor, Right::organise, scope_of(*stored)));
  }
  if (event.kind == EventKind::summit && event.parent) {
    if (stored && stored->parent == event.parent) return {};
    TRY_ASSIGN(const Event parent, require_event(tx, event.parent));
    return require(actor, Right::organise, scope_of(parent));
  }
  if (stored && stored->series == event.series) return {};
  return require(actor, Right::organise, Scope{.series = event.series, .event = {}, .parent = {}, .track = {}, .is_public = true});
}

}  // namespace

Result<Series> save_series(db::Tx& tx, const Actor& actor, Series series) {
  TRY(require(actor, Right::organise, series.id ? scope_of(series) : Scope{}));
  Problems p;
  if (!is_slug(series.slug)) p.push_back({"slug", "The address uses 2 to 60 small letters, digits and hyphens."});
  check_texts(p, series.title, "title", true, 300);
  check_texts(p, series.description, "description", false);
  if (!p.empty()) return refused(std::move(p));
  const bool is_new = !series.id;
  if (is_new) {
    TRY_ASSIGN(series.id, explained(store::add(tx, series)));
    series.version = 1;
  } else {
    TRY_ASSIGN(bool done, explained(store::change(tx, series)));
    if (!done) return changed_meanwhile();
    ++series.version;
  }
  TRY(journal::record(tx, who(actor), is_new ? "series.added" : "series.changed", series.id.value, 0, "series:" + series.slug));
  return series;
}

Result<Event> save_event(db::Tx& tx, const Actor& actor, Event event) {
  TRY(require_for_saving(tx, actor, event));
  if (event.guid.empty()) event.guid = random_uuid();
  if (event.acronym.empty()) event.acronym = acronym_from(event.slug);
  if (event.kind == EventKind::summit && event.parent) {
    TRY_ASSIGN(Event parent, require_event(tx, event.parent));
    event.zone = parent.zone;  // a summit shares its edition's zone and series
    event.series = parent.series;
    if (parent.kind != EventKind::edition) return refused({{"parent", "A summit lies inside an edition."}});
  }
  if (!event.year && event.start) event.year = static_cast<int>(std::chrono::year_month_day(*event.start).year());
  if (auto p = check_event(event); !p.empty()) return refused(std::move(p));
  return explained(save(tx, actor, event, event, "event", event.slug));
}

Result<Room> save_room(db::Tx& tx, const Actor& actor, const Event& event, Room room) {
  TRY(require(actor, Right::organise, scope_of(event)));
  room.event = event.id;
  if (room.guid.empty()) room.guid = random_uuid();
  if (auto p = check_room(room); !p.empty()) return refused(std::move(p));
  if (room.code.empty()) {
    TRY_ASSIGN(auto taken, store::room_codes(tx, event.id));
    room.code = free_code(room.name, "room", taken);
  }
  return save(tx, actor, event, room, "room", room.code);
}

Result<Track> save_track(db::Tx& tx, const Actor& actor, const Event& event, Track track) {
  TRY(require(actor, Right::organise, scope_of(event)));
  track.event = event.id;
  if (track.guid.empty()) track.guid = random_uuid();
  if (auto p = check_track(track); !p.empty()) return refused(std::move(p));
  if (track.code.empty()) {
    TRY_ASSIGN(auto taken, store::track_codes(tx, event.id));
    track.code = free_code(track.name, "track", taken);
  }
  return save(tx, actor, event, track, "track", track.code);
}

Result<SessionType> save_session_type(db::Tx& tx, const Actor& actor, const Event& event, SessionType type) {
  TRY(require(actor, Right::organise, scope_of(event)));
  type.event = event.id;
  Problems p;
  check_texts(p, type.name, "name", true, 200);
  if (type.length < minutes(1) || type.length > minutes(7 * 24 * 60)) p.push_back({"length", "A session takes between one minute and seven days."});
  if (!p.empty()) return refused(std::move(p));
  if (type.code.empty()) {
    TRY_ASSIGN(auto taken, store::session_type_codes(tx, event.id));
    type.code = free_code(type.name, "type", taken);
  }
  return save(tx, actor, event, type, "type", type.code);
}

Result<InfoPage> save_page(db::Tx& tx, const Actor& actor, const Event& event, InfoPage page) {
  TRY(require(actor, Right::site, scope_of(event)));
  page.event = event.id;
  if (page.slug.empty()) page.slug = slugify(page.title.in(event.languages.front()), 50);
  Problems p;
  if (!is_slug(page.slug)) p.push_back({"slug", "The address uses 2 to 60 small letters, digits and hyphens."});
  check_texts(p, page.title, "title", true, 200);
  check_texts(p, page.body, "body", false, 200'000);
  if (!p.empty()) return refused(std::move(p));
  page.updated_at = tx.now();
  TRY(store::free_page_slug(tx, event.id, page.slug));
  return explained(save(tx, actor, event, page, "page", page.slug));
}

Result<void> remove_room(db::Tx& tx, const Actor& actor, const Event& event, RoomId id) {
  return take(tx, actor, Right::organise, event, id, "room", &store::remove, "removed");
}
Result<void> remove_track(db::Tx& tx, const Actor& actor, const Event& event, TrackId id) {
  return take(tx, actor, Right::organise, event, id, "track", &store::remove, "removed");
}
Result<void> remove_session_type(db::Tx& tx, const Actor& actor, const Event& event, SessionTypeId id) {
  return take(tx, actor, Right::organise, event, id, "type", &store::remove, "removed");
}
Result<void> remove_page(db::Tx& tx, const Actor& actor, const Event& event, PageId id) {
  return take(tx, actor, Right::site, event, id, "page", &store::remove, "removed");
}
Result<void> restore_room(db::Tx& tx, const Actor& actor, const Event& event, RoomId id) {
  return take(tx, actor, Right::organise, event, id, "room", &store::restore, "restored");
}
Result<void> restore_track(db::Tx& tx, const Actor& actor, const Event& event, TrackId id) {
  return take(tx, actor, Right::organise, event, id, "track", &store::restore, "restored");
}
Result<void> restore_session_type(db::Tx& tx, const Actor& actor, const Event& event, SessionTypeId id) {
  return take(tx, actor, Right::organise, event, id, "type", &store::restore, "restored");
}
Result<void> restore_page(db::Tx& tx, const Actor& actor, const Event& event, PageId id) {
  return take(tx, actor, Right::site, event, id, "page", &store::restore, "restored");
}

Result<void> set_banner(db::Tx& tx, const Actor& actor, const Event& event, LocalizedText text, int level) {
  TRY(require(actor, Right::site, scope_of(event)));
  Problems p;
  check_texts(p, text, "banner", false, 500);
  if (level < 0 || level > 2) p.push_back({"level", "The level is information, warning or emergency."});
  if (!p.empty()) return refused(std::move(p));
  TRY(store::set_banner(tx, event.id, text, level));
  return journal::record(tx, who(actor), "banner.changed", event.series.value, event.id.value, "event:" + event.slug,
                         JsonWriter().begin_object().field("level", level).key("text").raw(text.to_json()).end_object().take());
}

Result<Event> copy_event(db::Tx& tx, const Actor& actor, const Event& from, std::string slug, LocalizedText title, Date start) {
  TRY(require(actor, Right::organise, scope_of(from)));
  if (!from.start || !from.end) return fail(ErrorCode::invalid, "The event to copy has no dates: make a new one instead.");
  const auto shift = start - *from.start;
  Event next = from;
  next.id = {};
  next.version = 1;
  next.guid.clear();
  next.acronym = acronym_from(slug);
  next.slug = std::move(slug);
  next.title = std::move(title);
  next.start = start;
  next.end = *from.end + shift;
  next.year.reset();
  next.attendance.reset();
  next.is_public = false;
  next.banner = {};
  next.banner_level = 0;
  next.extra.clear();  // what an import said of the old one: its address, its file's base
  TRY_ASSIGN(next, save_event(tx, actor, std::move(next)));
  TRY_ASSIGN(auto rooms, store::list_rooms(tx, from.id));
  for (auto& room : rooms) {
    room.id = {};
    for (auto& window : room.open) {
      window.from += shift;
      window.to += shift;
    }
    TRY(save_room(tx, actor, next, std::move(room)));  // the GUID stays: it is the same room
  }
  TRY_ASSIGN(auto tracks, store::list_tracks(tx, from.id));
  for (auto& track : tracks) {
    track.id = {};
    track.guid.clear();
    TRY(save_track(tx, actor, next, std::move(track)));
  }
  TRY_ASSIGN(auto types, store::list_session_types(tx, from.id));
  for (auto& type : types) {
    type.id = {};
    TRY(save_session_type(tx, actor, next, std::move(type)));
  }
  TRY_ASSIGN(auto pages, store::list_pages(tx, from.id));
  for (auto& page : pages) {
    page.id = {};
    TRY(save_page(tx, actor, next, std::move(page)));
  }
  TRY(journal::record(tx, who(actor), "event.copied", next.series.value, next.id.value, "event:" + next.slug,
                      JsonWriter().begin_object().field("from", from.id.value).end_object().take()));
  return next;
}

}  // namespace confer::events
