// The inputs' hash (inputs.h).
#include "site/inputs.h"
#include <algorithm>
#include <filesystem>
#include "base/random.h"
#include "base/text.h"
#include "html/template.h"
#include "journal/journal.h"
#include "programme/programme.h"
#include "recordings/recordings.h"

namespace confer::site {
namespace {

std::string build_stamp() {
  std::error_code problem;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", problem);
  const auto size = std::filesystem::file_size(program, problem);
  const auto written = std::filesystem::last_write_time(program, problem);
  return std::to_string(size) + "-" + std::to_string(written.time_since_epoch().count());
}

Result<std::string> key_of_event(db::Tx& tx, const events::Event& e) {
  std::string key = "\nevent " + std::to_string(e.id.value) + " " + std::to_string(e.version) + " " + e.banner.to_json() + " " +
                    std::to_string(e.banner_level) + " " + std::to_string(static_cast<int>(e.is_public));
  TRY_ASSIGN(const auto releases, programme::list_releases(tx, e));
  for (const auto& r : releases) key += " " + std::to_string(r.id.value) + "@" + std::to_string(to_ms(r.released_at));
  TRY_ASSIGN(const auto pages, events::list_pages(tx, e));
  for (const auto& p : pages) key += " " + p.slug + "#" + std::to_string(p.id.value) + "." + std::to_string(p.version);
  TRY_ASSIGN(const auto recordings, recordings::recordings_of(tx, e.id));
  Instant recorded{};
  for (const auto& recording : recordings) recorded = std::max(recorded, recording.updated_at);
  const auto refused = std::ranges::count_if(recordings, &recordings::Recording::is_refused);
  if (!recordings.empty()) key += " recordings " + std::to_string(recordings.size()) + "-" + std::to_string(refused) + "@" + std::to_string(to_ms(recorded));
  // An erased name must not come back from the disk, even when the power goes at the worst moment. An archive's talks are shown as they are, not as they were
  // released: any fact about it may be one of theirs.
  const bool is_archived = e.kind == events::EventKind::archived;
  TRY_ASSIGN(const auto newest, journal::list_facts(tx, {.event = e.id.value, .name_prefix = is_archived ? "" : "person.erased", .limit = 1}));
  if (!newest.empty()) key += " fact " + std::to_string(newest.front().position);
  TRY_ASSIGN(const auto erased, journal::list_facts(tx, {.event = e.id.value, .name_prefix = "talk.file_erased", .limit = 1}));
  if (!erased.empty()) key += " file " + std::to_string(erased.front().position);
  return key;
}

}  // namespace

Result<std::string> input_key(db::Tx& tx, const events::Event& event, std::string_view base_url) {
  static const std::string build = build_stamp();
  std::string inputs = build + "\n" + std::string(base_url) + "\n" + join(html::languages(), ",");
  const auto add = [&](const events::Event& e) -> Result<void> {
    TRY_ASSIGN(const std::string key, key_of_event(tx, e));
    inputs += key;
    return {};
  };
  TRY(add(event));
  TRY_ASSIGN(const auto series, events::find_series(tx, event.series));
  if (series) inputs += "\nseries " + std::to_string(series->version);
  if (event.parent) {
    TRY_ASSIGN(const auto parent, events::find_event(tx, event.parent));
    if (parent) TRY(add(*parent));
  }
  TRY_ASSIGN(const auto summits, events::list_summits(tx, event.id));
  for (const auto& summit : summits) TRY(add(summit));
  return content_hash(inputs);
}

bool is_present(const events::Event& event, Instant now) {
  if (event.kind == events::EventKind::archived) return false;
  if (!event.end) return true;
  const auto zone = events::zone_of(event);
  return day_of(zone ? zone->to_wall(now) : Zone().to_wall(now), event.day_start_hour) <= *event.end + std::chrono::days(2);
}

}  // namespace confer::site
