// What came from where, old addresses, imports as the keeper sees them (archive.h).
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include "archive/archive.h"
#include "archive/attaching.h"
#include "archive/indexing.h"
#include "archive/store.h"
#include "archive/writing.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "people/who.h"

namespace confer::archive {
namespace {

/// What our model has a place for, so that it is not shown as extra.
const std::set<std::string_view> pyvideo_keys{"alias",    "category",      "copyright_text", "description",  "duration", "id",
                                              "language", "quality_notes", "recorded",       "related_urls", "slug",     "speakers",
                                              "summary",  "tags",          "thumbnail_url",  "title",        "videos"};
const std::set<std::string_view> voctoweb_keys{
    "guid",   "title",    "subtitle",  "slug",       "link",       "description", "original_language", "persons",          "date",          "tags",
    "length", "duration", "thumb_url", "poster_url", "recordings", "url",         "frontend_link",     "conference_title", "conference_url"};

constexpr int most_rows = 200;
int size_of(Page page) { return std::clamp(page.size, 1, most_rows); }
int offset_of(Page page) { return (std::clamp(page.number, 1, 1'000'000) - 1) * size_of(page); }

}  // namespace

std::string path_of(const Row& row) { return "/" + row.event_slug + "/talks/" + row.code + "-" + row.slug; }

std::string_view name_of(RunState state) {
  static constexpr std::array<std::string_view, 3> names{"running", "done", "failed"};
  return names.at(static_cast<std::size_t>(state));
}

Result<Markup> markup_of(db::Tx& tx, TalkId talk) {
  TRY_ASSIGN(const auto record, store::find_record(tx, talk));
  return markup_of_source(record && !record->is_programmed ? record->source : "");
}

Markup markup_of_source(std::string_view source) {
  if (source.empty()) return Markup::markdown;
  return source == "pyvideo" ? Markup::restructured_text : Markup::plain;
}

Result<std::optional<Kept>> kept_of(db::Tx& tx, TalkId talk) {
  TRY_ASSIGN(const auto record, store::find_record(tx, talk));
  if (!record) return std::nullopt;
  Kept kept;
  kept.source = record->source;
  kept.path = record->event_path + "/" + record->path;
  kept.number = record->number;
  for (const auto word : split(record->repaired, ' '))
    if (!word.empty()) kept.repaired.emplace_back(word);
  const auto raw = nlohmann::json::parse(record->raw, nullptr, false);
  const auto& known = record->source == "pyvideo" ? pyvideo_keys : voctoweb_keys;
  if (raw.is_object())
    for (const auto& [key, value] : raw.items())
      if (!known.contains(key)) kept.extra[key] = value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  return kept;
}

Result<std::optional<Target>> find_alias(db::Tx& tx, std::string_view path) {
  std::string asked(path.substr(0, path.find('?')));
  while (asked.size() > 1 && asked.ends_with('/')) asked.pop_back();
  const auto found_at = [&](std::string_view alias) -> Result<std::optional<Target>> {
    TRY_ASSIGN(const auto found, store::find_alias(tx, alias));
    if (!found) return std::nullopt;
    if (found->code.empty()) return Target{"/" + found->event};
    return Target{"/" + found->event + "/talks/" + found->code + "-" + found->slug};
  };
  TRY_ASSIGN(auto target, found_at(asked));
  if (target) return target;
  // "/video/123/what-it-was-called": the number says it all.
  constexpr std::string_view numbered = "/video/";
  if (!asked.starts_with(numbered)) return std::nullopt;
  const auto slash = asked.find('/', numbered.size());
  return slash == std::string::npos ? Result<std::optional<Target>>(std::nullopt) : found_at(std::string_view(asked).substr(0, slash));
}

Result<std::vector<Run>> list_runs(db::Tx& tx, Page page) { return store::list_runs(tx, size_of(page), offset_of(page)); }
Result<std::optional<Run>> find_run(db::Tx& tx, ImportRunId id) { return store::find_run(tx, id); }
Result<std::vector<Finding>> list_findings(db::Tx& tx, ImportRunId run) {
  TRY_ASSIGN(const auto found, store::find_run(tx, run));
  return store::list_findings(tx, found && found->findings_run ? found->findings_run : run);
}
Result<std::vector<RunChange>> list_changes(db::Tx& tx, ImportRunId run, Page page) { return store::list_changes(tx, run, size_of(page), offset_of(page)); }

Result<std::vector<NoPublish>> list_no_publish(db::Tx& tx) { return store::list_no_publish(tx); }

Result<void> mark_no_publish(db::Tx& tx, const Actor& actor, std::string_view source, std::int64_t number, std::string_view reason) {
  TRY(require(actor, Right::operate, Scope{}));
  TRY(check_text(reason, "reason", 1000));
  TRY(store::add_no_publish(tx, {std::string(source), number, std::string(reason), {}}));
  TRY_ASSIGN(const auto found, store::numbered_records(tx, source, number));
  for (const auto& one : found) {
    TRY_ASSIGN(const auto record, store::find_record(tx, one.talk));
    TRY(take_away(tx, one.event, one.talk, one.code));
    if (!record || !record->is_programmed) TRY(journal::record(tx, who(actor), "talk.removed", 0, one.event.value, "talk:" + one.code));
  }
  return {};
}

}  // namespace confer::archive
