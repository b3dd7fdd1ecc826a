// confer archive import, export, undo, stats, check-links.
#include <algorithm>
#include <chrono>
#include <iostream>
#include "app/commands/commands.h"
#include "app/links.h"
#include "app/progress_line.h"
#include "archive/exchange.h"
#include "base/text.h"
#include "files/files.h"

namespace confer::app {
namespace {

std::string count_of(const archive::Run& run, const std::string& name) {
  const auto found = run.counts.find(name);
  return std::to_string(found == run.counts.end() ? 0 : found->second);
}

void print(const archive::ImportReport& report) {
  const auto& run = report.run;
  std::cout << count_of(run, "events") << " events (" << count_of(run, "events added") << " added, " << count_of(run, "events unchanged") << " unchanged), "
            << count_of(run, "talks") << " talks: " << count_of(run, "talks added") << " added, " << count_of(run, "talks changed") << " changed, "
            << count_of(run, "talks unchanged") << " unchanged, " << count_of(run, "talks removed") << " removed, " << count_of(run, "talks left out")
            << " left out\n";
  for (const auto& finding : report.findings) {
    std::cout << "  " << finding.count << " × " << finding.kind;
    if (!finding.places.empty()) std::cout << (finding.places.size() == 1 ? ", at " : ", the first at ") << ellipsis(finding.places.front(), 120);
    std::cout << "\n";
  }
  for (const auto& [folder, why] : report.failed) std::cout << "  not imported: " << folder << ": " << why << "\n";
}

std::string hours(std::chrono::seconds length) { return std::to_string(std::chrono::duration_cast<std::chrono::hours>(length).count()); }

Result<void> print_stats(Installation& here) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(const auto all, archive::totals(tx));
  std::cout << all.talks << " talks, " << all.with_video << " of them with a video, " << hours(all.length) << " hours\n"
            << all.events << " events in " << all.series << " series, " << all.first_year << " to " << all.last_year << "\n"
            << all.speakers << " speakers, " << all.languages << " languages\n";
  TRY_ASSIGN(const auto languages, archive::count_languages(tx));
  std::cout << "\nLanguages:\n";
  for (const auto& one : languages) std::cout << "  " << one.talks << "  " << (one.language.empty() ? "(not told)" : one.language) << "\n";
  TRY_ASSIGN(const auto years, archive::count_years(tx));
  std::cout << "\nYears:\n";
  for (const auto& one : years)
    std::cout << "  " << (one.year == 0 ? "(not known)" : std::to_string(one.year)) << "  " << one.talks << " talks, " << hours(one.length) << " hours\n";
  TRY_ASSIGN(const auto series, archive::count_series(tx));
  std::cout << "\nSeries with most talks:\n";
  for (std::size_t i = 0; i < std::min<std::size_t>(series.size(), 20); ++i)
    std::cout << "  " << series[i].talks << "  " << series[i].title.in("en") << " (" << series[i].events << " events, " << series[i].first_year << "–"
              << series[i].last_year << ")\n";
  TRY_ASSIGN(const auto runs, archive::list_runs(tx, {.number = 1, .size = 5}));
  if (!runs.empty()) std::cout << "\nLast imports:\n";
  for (const auto& run : runs)
    std::cout << "  " << run.id.value << "  " << to_text(run.started_at) << "  " << run.source << " " << run.origin << ": " << name_of(run.state) << ", "
              << count_of(run, "talks added") << " added, " << count_of(run, "talks changed") << " changed" << (run.undone_at ? ", taken back" : "") << "\n";
  return {};
}

Result<recordings::LinkCheckSums> check_links(Installation& here, const std::string& event, int limit, const Progress& progress) {
  recordings::LinkCheck check{.video = {}, .event = {}, .limit = limit};
  {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    check.since = tx.now();
    if (!event.empty()) {
      TRY_ASSIGN(const auto found, events::require_event(tx, event));
      check.event = found.id;
    }
  }
  return recordings::check_links(*here.db, check, link_settings(here.config), progress, [] { return false; });
}

}  // namespace

int run_archive_import(Installation& here, const ArchiveImportOptions& options) {
  ProgressLine progress;
  auto report = archive::import_archive(*here.db, system_actor("command line"), {.path = options.path, .format = options.format}, progress.teller());
  if (!report) return report_error(report.error());
  if (!options.report.empty())
    if (auto written = files::write_durably(options.report, report->to_json()); !written) return report_error(written.error());
  print(*report);
  return report->failed.empty() ? 0 : 1;
}

int run_archive_export(Installation& here, const std::string& format, const std::string& folder) {
  if (format != "pyvideo") return report_error({ErrorCode::invalid, "There is no format “" + format + "” to export to. The format is: pyvideo.", {}, {}, {}});
  ProgressLine progress;
  auto done = archive::export_pyvideo(*here.db, folder, progress.teller());
  if (!done) return report_error(done.error());
  std::cout << done->talks << " talks of " << done->events << " events written to " << folder;
  if (done->repaired > 0) std::cout << "; " << done->repaired << " with a duration that was repaired";
  std::cout << "\n";
  return 0;
}

int run_archive_undo(Installation& here, std::int64_t run) {
  auto undone = archive::undo_run(*here.db, system_actor("command line"), ImportRunId{run});
  if (!undone) return report_error(undone.error());
  std::cout << undone->put_away << " talks put away, " << undone->changed_back << " changed back, " << undone->events_hidden << " events hidden, "
            << undone->left_alone.size() << " left alone\n";
  for (const auto& sentence : undone->left_alone) std::cout << "  " << sentence << "\n";
  return 0;
}

int run_archive_stats(Installation& here) {
  if (auto printed = print_stats(here); !printed) return report_error(printed.error());
  return 0;
}

int run_archive_check_links(Installation& here, const std::string& event, int limit) {
  ProgressLine progress;
  auto done = check_links(here, event, limit, progress.teller());
  if (!done) return report_error(done.error());
  std::cout << done->looked_at << " addresses looked at: " << done->there << " are there, " << done->missing << " were missing, " << done->unclear
            << " did not say; " << done->gone << " are called gone now\n";
  return 0;
}

}  // namespace confer::app
