// The source that an event's programme follows (sync.h).
#include "programme/sync.h"
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/text.h"
#include "jobs/jobs.h"
#include "people/who.h"
#include "programme/organiser_words.h"
#include "programme/store.h"

namespace confer::programme {
namespace {

constexpr std::size_t most = 100;       ///< of each kind in a report
constexpr std::size_t most_text = 300;  ///< characters of one value: an abstract need not stand there whole

constexpr std::string_view input_of(SyncMode mode) { return mode == SyncMode::look ? R"({"look":true})" : "{}"; }

/// The first ones, converted; how many more there are goes to `more`.
template <class To, class From>
std::vector<To> first_of(const std::vector<From>& all, int& more, auto&& one) {
  std::vector<To> out;
  for (const auto& item : all)
    if (out.size() < most) out.push_back(one(item));
  more = static_cast<int>(all.size() - out.size());
  return out;
}

std::string place(const Programme& p, WallTime start, minutes length, const std::string& room) { return time_span(start, length) + ", " + room_name(p, room); }

SyncReport::Change in_words(const Change& change, const Programme& draft) {
  SyncReport::Change out{change.title.empty() ? "(no title)" : change.title, std::string(name_of(change.kind)), {}, {}};
  if (change.kind == ChangeKind::edited) {
    out.will = join(change.fields, ", ");
    return out;
  }
  if (change.kind != ChangeKind::added) out.was = place(draft, change.old_start, change.old_length, change.old_room);
  if (change.kind != ChangeKind::removed && change.kind != ChangeKind::cancelled) out.will = place(draft, change.new_start, change.new_length, change.new_room);
  return out;
}

}  // namespace

Result<std::optional<SyncSource>> find_sync_source(db::Tx& tx, EventId event) { return store::find_source(tx, event); }

Result<void> save_sync_source(db::Tx& tx, const Actor& actor, const events::Event& event, SyncSource source) {
  TRY(require(actor, Right::programme, events::scope_of(event)));
  std::vector<FieldProblem> p;
  source.url = std::string(trim(source.url));
  if (!source.url.starts_with("https://") && !source.url.starts_with("http://")) p.push_back({"url", "The address starts with https:// or http://."});
  if (auto ok = check_text(source.url, "url", 2000); !ok) p.push_back(ok.error().problems.front());
  if (source.every_minutes < 1 || source.every_minutes > 24 * 60) p.push_back({"every_minutes", "It is fetched every 1 to 1,440 minutes."});
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(p)});
  source.event = event.id;
  TRY(store::put_source(tx, source));
  return journal::record(tx, who(actor), "sync.set", event.series.value, event.id.value, "event:" + event.slug);
}

Result<std::vector<SyncSource>> due_sync_sources(db::Tx& tx) { return store::due_sources(tx); }

Result<void> remove_sync_source(db::Tx& tx, const Actor& actor, const events::Event& event) {
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(bool removed, store::remove_source(tx, event.id));
  if (!removed) return fail(ErrorCode::not_found, "This event follows no address.");
  return journal::record(tx, who(actor), "sync.removed", event.series.value, event.id.value, "event:" + event.slug);
}

Result<void> note_sync(db::Tx& tx, EventId event, const SyncNote& note) { return store::note_source(tx, event, note); }

Result<void> ask_for_sync(db::Tx& tx, const Actor& actor, const events::Event& event, SyncMode mode) {
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(auto source, find_sync_source(tx, event.id));
  if (!source) return fail(ErrorCode::not_found, "This event follows no address.");
  // Tried once: how it ended stands on the page, and the periodic job comes anyway.
  TRY(jobs::enqueue(tx, {.kind = std::string(sync_now_kind),
                         .input = std::string(input_of(mode)),
                         .run_at = {},
                         .max_attempts = 1,
                         .event = event.id.value,
                         .unique_key = "sync:" + std::to_string(event.id.value)}));
  return {};
}

SyncMode mode_of_job(std::string_view input) { return input == input_of(SyncMode::look) ? SyncMode::look : SyncMode::import; }

SyncReport sync_report(const ImportReport& report, const Programme& draft, SyncMode mode) {
  SyncReport out;
  out.looked_only = mode == SyncMode::look;
  Programme named = draft;
  if (!report.rooms.empty()) named.rooms = report.rooms;  // those that come with the file have names, too
  out.changes = first_of<SyncReport::Change>(report.changes, out.more_changes, [&](const Change& c) { return in_words(c, named); });
  out.conflicts = first_of<SyncReport::Conflict>(report.conflicts, out.more_conflicts, [](const FieldConflict& c) {
    return SyncReport::Conflict{c.title.empty() ? c.key : c.title, c.field, ellipsis(c.here, most_text), ellipsis(c.file, most_text)};
  });
  out.oddities = first_of<SyncReport::Oddity>(report.oddities, out.more_oddities,
                                              [](const Oddity& o) { return SyncReport::Oddity{o.place, ellipsis(o.message, most_text)}; });
  return out;
}

std::string to_json(const SyncReport& r) {
  JsonWriter w;
  w.begin_object().field("looked_only", r.looked_only);
  w.field("more_changes", r.more_changes).field("more_conflicts", r.more_conflicts).field("more_oddities", r.more_oddities);
  w.key("changes").begin_array();
  for (const auto& c : r.changes) w.begin_object().field("title", c.title).field("kind", c.kind).field("was", c.was).field("will", c.will).end_object();
  w.end_array().key("conflicts").begin_array();
  for (const auto& c : r.conflicts) w.begin_object().field("title", c.title).field("field", c.field).field("here", c.here).field("file", c.file).end_object();
  w.end_array().key("oddities").begin_array();
  for (const auto& o : r.oddities) w.begin_object().field("place", o.place).field("message", o.message).end_object();
  return w.end_array().end_object().take();
}

std::optional<SyncReport> sync_report_of_json(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return {};
  SyncReport r;
  const auto list = [&](const char* name) { return json.contains(name) && json[name].is_array() ? json[name] : nlohmann::json::array(); };
  const auto word = [](const nlohmann::json& item, const char* name) {
    return item.is_object() && item.contains(name) && item[name].is_string() ? item[name].get<std::string>() : std::string();
  };
  const auto number = [&](const char* name) { return json.contains(name) && json[name].is_number_integer() ? json[name].get<int>() : 0; };
  r.looked_only = json.contains("looked_only") && json["looked_only"].is_boolean() && json["looked_only"].get<bool>();
  for (const auto& c : list("changes")) r.changes.push_back({word(c, "title"), word(c, "kind"), word(c, "was"), word(c, "will")});
  for (const auto& c : list("conflicts")) r.conflicts.push_back({word(c, "title"), word(c, "field"), word(c, "here"), word(c, "file")});
  for (const auto& o : list("oddities")) r.oddities.push_back({word(o, "place"), word(o, "message")});
  r.more_changes = number("more_changes");
  r.more_conflicts = number("more_conflicts");
  r.more_oddities = number("more_oddities");
  return r;
}

}  // namespace confer::programme
