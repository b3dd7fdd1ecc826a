// Where an import goes: into an event that is there, or into one made from the file; and its report as JSON.
#include <map>
#include "base/json_writer.h"
#include "programme/import_steps.h"
#include "programme/importing.h"

namespace confer::programme {
namespace {

enum class Keep : unsigned char { no, yes };

Result<ImportReport> into_event(db::Database& db, const Actor& actor, EventId event_id, const Imported& imported, Keep keep, const Progress& progress) {
  TRY_ASSIGN(db::Tx tx, db.begin_write());
  TRY_ASSIGN(auto event, events::require_event(tx, event_id));
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(ImportReport report, run_import(tx, actor, std::move(event), imported, progress));
  if (keep == Keep::yes) TRY(tx.commit());
  return report;
}

/// The event of that slug, made from what the file says of it when there is none.
Result<events::Event> event_for_import(db::Tx& tx, const Actor& actor, std::string_view slug, std::string_view series_slug, const Imported& imported) {
  TRY_ASSIGN(auto found, events::find_event(tx, slug));
  if (found) return std::move(*found);
  const Conference& c = imported.programme.conference;
  const std::string wanted(series_slug.empty() ? slug : series_slug);
  TRY_ASSIGN(auto series, events::find_series(tx, wanted));
  if (!series) {
    TRY_ASSIGN(series,
               events::save_series(tx, actor, {.id = {}, .slug = wanted, .title = c.title.empty() ? LocalizedText("en", wanted) : c.title, .description = {}}));
  }
  events::Event event;
  event.series = series->id;
  event.slug = std::string(slug);
  event.acronym = events::acronym_from(c.acronym.empty() ? slug : c.acronym);
  event.title = c.title.empty() ? LocalizedText("en", std::string(slug)) : c.title;
  event.subtitle = c.subtitle;
  event.zone = c.zone;
  event.day_start_hour = c.day_start_hour;
  event.languages = c.languages;
  if (!c.color.empty() && events::contrast_of(c.color)) event.color = c.color;
  event.extra = c.extra;
  const bool has_dates = c.start != Date{} && c.end != Date{};
  const bool is_one_event = has_dates && c.end - c.start <= std::chrono::days{60};
  event.kind = is_one_event && !imported.programme.slots.empty() ? events::EventKind::edition : events::EventKind::archived;
  if (has_dates) {
    event.start = c.start;
    event.end = c.end;
  }
  return naming("event", std::string(slug), events::save_event(tx, actor, std::move(event)));
}

Result<ImportReport> into_new_event(db::Database& db, const Actor& actor, std::string_view slug, std::string_view series, const Imported& imported, Keep keep,
                                    const Progress& progress) {
  TRY_ASSIGN(db::Tx tx, db.begin_write());
  TRY_ASSIGN(auto event, event_for_import(tx, actor, slug, series, imported));
  TRY(require(actor, Right::programme, events::scope_of(event)));
  TRY_ASSIGN(ImportReport report, run_import(tx, actor, std::move(event), imported, progress));
  if (keep == Keep::yes) TRY(tx.commit());
  return report;
}

}  // namespace

/// The import itself in a transaction that is not committed: so the preview cannot differ from the act.
Result<ImportReport> preview_import(db::Database& db, const Actor& actor, EventId event, const Imported& imported) {
  return into_event(db, actor, event, imported, Keep::no, {});
}

Result<ImportReport> import_programme(db::Database& db, const Actor& actor, EventId event, const Imported& imported, const Progress& progress) {
  return into_event(db, actor, event, imported, Keep::yes, progress);
}

Result<ImportReport> preview_event(db::Database& db, const Actor& actor, std::string_view slug, std::string_view series, const Imported& imported,
                                   const Progress& progress) {
  return into_new_event(db, actor, slug, series, imported, Keep::no, progress);
}

Result<ImportReport> import_event(db::Database& db, const Actor& actor, std::string_view slug, std::string_view series, const Imported& imported,
                                  const Progress& progress) {
  return into_new_event(db, actor, slug, series, imported, Keep::yes, progress);
}

std::string ImportReport::to_json() const {
  JsonWriter w;
  w.begin_object().field("added", added).field("updated", updated).field("unchanged", unchanged).field("removed", removed);
  w.key("conflicts").begin_array();
  for (const auto& c : conflicts)
    w.begin_object()
        .field("kind", c.kind)
        .field("key", c.key)
        .field("title", c.title)
        .field("field", c.field)
        .field("here", c.here)
        .field("file", c.file)
        .end_object();
  w.end_array();
  std::map<std::string, int> counts;
  for (const auto& oddity : oddities) ++counts[oddity.kind];
  w.key("oddity_counts").begin_object();
  for (const auto& [kind, count] : counts) w.field(kind, count);
  w.end_object();
  w.key("oddities").begin_array();
  for (const auto& o : oddities) w.begin_object().field("kind", o.kind).field("place", o.place).field("message", o.message).end_object();
  return w.end_array().end_object().take();
}

}  // namespace confer::programme
