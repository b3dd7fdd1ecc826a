// Importing a whole archive: one thread reads and makes ready, this one writes, event by event (exchange.h).
#include <algorithm>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>
#include "archive/attaching.h"
#include "archive/exchange.h"
#include "archive/indexing.h"
#include "archive/pyvideo.h"
#include "archive/series.h"
#include "archive/voctoweb.h"
#include "archive/writing.h"
#include "base/json_writer.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"

namespace confer::archive {
namespace {

/// Events that are read and wait to be written.
class Queue {
 public:
  bool put(ImportedEvent event) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return events_.size() < most || stopped_; });
    if (stopped_) return false;
    events_.push_back(std::move(event));
    changed_.notify_all();
    return true;
  }
  std::optional<ImportedEvent> take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return !events_.empty() || ended_; });
    if (events_.empty()) return std::nullopt;
    ImportedEvent event = std::move(events_.front());
    events_.pop_front();
    changed_.notify_all();
    return event;
  }
  void end() {
    const std::scoped_lock lock(mutex_);
    ended_ = true;
    changed_.notify_all();
  }
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    changed_.notify_all();
  }

 private:
  static constexpr std::size_t most = 6;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<ImportedEvent> events_;
  bool ended_ = false, stopped_ = false;
};

/// A format's reader: what events there are, and each of them in turn.
struct Source {
  Format format;
  Markup markup = Markup::restructured_text;
  std::vector<EditionName> names;        ///< one an event
  std::vector<std::string> told_series;  ///< of each event, where the format tells it; empty: from the title
  std::function<ImportedEvent(std::size_t)> read;
  std::set<std::int64_t> no_publish;
  Findings findings;
};

Result<Source> open_pyvideo(std::vector<SourceFile> files) {
  TRY_ASSIGN(auto found, find_pyvideo_folders(std::move(files)));
  auto tree = std::make_shared<PyvideoTree>(std::move(found));
  Source source{.format = pyvideo_format,
                .markup = Markup::restructured_text,
                .names = {},
                .told_series = {},
                .read = {},
                .no_publish = tree->no_publish,
                .findings = std::move(tree->findings)};
  for (const auto& folder : tree->folders) {
    const auto json = nlohmann::json::parse(folder.category.bytes, nullptr, false);
    const auto title = json.is_object() ? json.find("title") : json.end();
    source.names.push_back(
        {json.is_object() && title != json.end() && title->is_string() ? repair_utf8(title->get<std::string>()) : folder.folder, folder.folder});
  }
  source.read = [tree](std::size_t i) {
    ImportedEvent event = read_pyvideo_folder(tree->folders[i]);
    tree->folders[i] = {};  // its bytes are not needed any more
    return event;
  };
  return source;
}

Result<Source> open_voctoweb(std::vector<SourceFile> files) {
  TRY_ASSIGN(auto read, read_voctoweb(std::move(files)));
  auto events = std::make_shared<std::vector<ImportedEvent>>(std::move(read.events));
  Source source{
      .format = voctoweb_format, .markup = Markup::plain, .names = {}, .told_series = {}, .read = {}, .no_publish = {}, .findings = std::move(read.findings)};
  for (const auto& event : *events) source.names.push_back({event.title, event.folder});
  source.read = [events](std::size_t i) { return std::move((*events)[i]); };
  return source;
}

/// Which series each event belongs to; made when its first event is written.
class SeriesPlan {
 public:
  SeriesPlan(const std::vector<EditionName>& names) {
    const auto groups = group_editions(names);
    group_of_.resize(names.size());
    for (std::size_t g = 0; g < groups.size(); ++g) {
      titles_.push_back(groups[g].title);
      for (const std::size_t i : groups[g].members) group_of_[i] = g;
    }
    known_.resize(groups.size());
  }
  /// An event that is there already stays in its series, and takes its group along.
  void knows(std::size_t event, SeriesId series) {
    if (!known_[group_of_[event]]) known_[group_of_[event]] = series;
  }
  void committed(std::size_t event, SeriesId series) { knows(event, series); }
  Result<SeriesId> series_of(db::Tx& tx, const Actor& actor, std::size_t event) const {
    const std::size_t g = group_of_[event];
    if (known_[g]) return known_[g];
    std::string slug = slugify(titles_[g]);
    if (slug.size() < 2) slug = "series-" + slug;
    while (slug.ends_with('-')) slug.pop_back();
    TRY_ASSIGN(const auto there, events::find_series(tx, slug));
    if (there) return there->id;
    // An organiser may have given it another address.
    TRY_ASSIGN(const auto all, events::list_series(tx));
    for (const auto& one : all)
      for (const auto& [language, title] : one.title.all())
        if (fold(title) == fold(titles_[g])) return one.id;
    events::Series series;
    series.slug = slug;
    series.title = LocalizedText("en", ellipsis(titles_[g], 250));
    TRY_ASSIGN(series, events::save_series(tx, actor, std::move(series)));
    return series.id;
  }

 private:
  std::vector<std::size_t> group_of_;
  std::vector<std::string> titles_;
  std::vector<SeriesId> known_;
};

std::string hash_of(const std::vector<Finding>& findings) {
  std::string all;
  for (const auto& finding : findings) {
    all += finding.kind + "\n" + std::to_string(finding.count) + "\n";
    for (const auto& place : finding.places) all += place + "\n";
  }
  return content_hash(all);
}

class Import {
 public:
  Import(db::Database& db, const Actor& actor, Source source, const Progress& progress)
      : db_(db), source_(std::move(source)), progress_(progress), plan_(source_.names), in_{actor, source_.format, {}, {}, {}, {}, source_.markup} {}

  Result<ImportReport> run(std::string origin) {
    report_.run.source = source_.format.name;
    report_.run.origin = std::move(origin);
    TRY(begin());
    TRY(take_marked_away());
    findings_.add_all(std::move(source_.findings));
    auto written = write_all();
    if (!written) {
      report_.run.state = RunState::failed;
      report_.run.message = written.error().message;
      if (auto ended = end(); !ended) log(LogTopic::programme, LogLevel::warning, "the end of an import was not noted", {{"detail", ended.error().detail}});
      return std::unexpected(std::move(written).error());
    }
    report_.run.state = RunState::done;
    TRY(end());
    return std::move(report_);
  }

 private:
  Result<void> begin() {
    TRY_ASSIGN(auto tx, db_.begin_write());
    TRY(store::fail_running(tx, "It was stopped before its end. Run it again: it goes on where it was."));
    TRY_ASSIGN(in_.run, store::add_run(tx, source_.format.name, report_.run.origin, in_.actor.person, in_.actor.system.empty() ? "person" : in_.actor.system));
    report_.run.id = in_.run;
    for (const std::int64_t number : source_.no_publish) TRY(store::add_no_publish(tx, {std::string(source_.format.name), number, "told by the source", {}}));
    TRY_ASSIGN(const auto marks, store::list_no_publish(tx));
    for (const auto& mark : marks)
      if (mark.source == source_.format.name) in_.no_publish.insert(mark.number);
    TRY_ASSIGN(auto known, store::list_event_sources(tx, source_.format.name));
    std::map<std::string, EventId> events;
    for (auto& one : known) {
      events[one.path] = one.event;
      in_.known.emplace(one.path, std::move(one));
    }
    for (std::size_t i = 0; i < source_.names.size(); ++i) {
      const auto event = events.find(source_.names[i].folder);
      if (event == events.end()) continue;
      TRY_ASSIGN(const auto row, events::find_event(tx, event->second));
      if (row) plan_.knows(i, row->series);
    }
    report_.run.started_at = tx.now();
    return tx.commit();
  }

  /// Marked talks that an earlier import brought go first, wherever their record stands now.
  Result<void> take_marked_away() {
    TRY_ASSIGN(auto tx, db_.begin_write());
    std::int64_t removed = 0;
    for (const std::int64_t number : in_.no_publish) {
      TRY_ASSIGN(const auto found, store::numbered_records(tx, source_.format.name, number));
      for (const auto& one : found) {
        TRY(take_away(tx, one.event, one.talk, one.code));
        TRY(store::add_change(tx, in_.run, one.talk, Change::removed, ""));
        ++removed;
      }
    }
    if (removed == 0) return {};
    in_.counts["talks removed"] += removed;
    return tx.commit();
  }

  Result<void> write_all() {
    Queue queue;
    PyvideoOverview overview;  // the reader's until it has ended
    std::thread reader([&] {
      for (std::size_t i = 0; i < source_.names.size(); ++i) {
        ImportedEvent event = source_.read(i);
        overview.add(event);
        make_ready(i, event);
        if (!queue.put(std::move(event))) break;
      }
      queue.end();
    });
    Result<void> result;
    std::int64_t talks = 0;
    for (std::size_t i = 0; result; ++i) {
      auto event = queue.take();
      if (!event) break;
      talks += static_cast<std::int64_t>(event->talks.size());
      result = write_one(i, *event);
      findings_.add_all(std::move(event->findings));
      if (progress_) progress_("events imported", static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(source_.names.size()));
    }
    queue.stop();
    reader.join();
    in_.counts["talks"] = talks;
    in_.counts["events"] = static_cast<std::int64_t>(source_.names.size());
    findings_.add_all(overview.take());
    return result;
  }

  /// What needs no database, on the reader's thread: of the import it reads what stands since `begin`.
  void make_ready(std::size_t i, ImportedEvent& event) const {
    event.year = edition_of(source_.names[i]).year;
    std::string marked;
    for (const auto& talk : event.talks)
      if (talk.number && in_.no_publish.contains(*talk.number)) marked += " " + std::to_string(*talk.number);
    if (!marked.empty()) event.hash = content_hash(event.hash + marked);
    event.is_unchanged = is_unchanged(in_, event);
    if (event.is_unchanged) return;
    for (auto& talk : event.talks) talk.searched = searched_text(talk.talk, in_.markup);
  }

  /// Errors only of the database itself; an event that cannot be stored is reported, and the others go on.
  Result<void> write_one(std::size_t i, ImportedEvent& event) {
    if (event.is_unchanged) {
      in_.counts["events unchanged"] += 1;
      in_.counts["talks unchanged"] += static_cast<std::int64_t>(event.talks.size());
      return {};
    }
    const auto counts_before = in_.counts;
    auto written = [&]() -> Result<SeriesId> {
      TRY_ASSIGN(auto tx, db_.begin_write());
      TRY_ASSIGN(const SeriesId series, plan_.series_of(tx, in_.actor, i));
      TRY(write_event(tx, in_, event, series));
      TRY(tx.commit());
      return series;
    }();
    if (written) {
      plan_.committed(i, *written);
      return {};
    }
    in_.counts = counts_before;
    if (written.error().code == ErrorCode::unavailable) return std::unexpected(std::move(written).error());
    const Error& error = written.error();
    std::string why = error.message;
    for (const auto& problem : error.problems) why += " " + problem.field + ": " + problem.message;
    if (!error.detail.empty()) log(LogTopic::programme, LogLevel::error, "an event was not imported", {{"folder", event.folder}, {"detail", error.detail}});
    report_.failed.emplace(event.folder, why);
    event.findings.add("event not imported", event.folder, why);
    in_.counts["events failed"] += 1;
    return {};
  }

  Result<void> end() {
    report_.findings = findings_.take();
    report_.run.counts = in_.counts;
    TRY_ASSIGN(auto tx, db_.begin_write());
    const std::string hash = hash_of(report_.findings);
    TRY_ASSIGN(report_.run.findings_run, store::run_with_findings(tx, hash));
    if (!report_.run.findings_run) {
      report_.run.findings_run = in_.run;
      for (const auto& finding : report_.findings) TRY(store::add_finding(tx, in_.run, finding));
    }
    TRY(store::finish_run(tx, report_.run, hash));
    report_.run.finished_at = tx.now();
    return tx.commit();
  }

  db::Database& db_;
  Source source_;
  const Progress& progress_;
  SeriesPlan plan_;
  Importing in_;
  Findings findings_;
  ImportReport report_;
};

}  // namespace

std::string ImportReport::to_json() const {
  JsonWriter w;
  w.begin_object().field("run", run.id.value).field("source", run.source).field("origin", run.origin).field("started_at", to_text(run.started_at));
  if (run.finished_at) w.field("finished_at", to_text(*run.finished_at));
  w.key("counts").begin_object();
  for (const auto& [name, count] : run.counts) w.field(name, count);
  w.end_object().key("irregularities").begin_object();
  for (const auto& finding : findings) w.field(finding.kind, finding.count);
  w.end_object().key("failed").begin_object();
  for (const auto& [folder, why] : failed) w.field(folder, why);
  w.end_object().key("findings").begin_array();
  for (const auto& finding : findings) {
    w.begin_object().field("kind", finding.kind).field("count", finding.count).field("message", finding.message).key("places").begin_array();
    for (const auto& place : finding.places) w.value(place);
    w.end_array().end_object();
  }
  return w.end_array().end_object().take() + "\n";
}

Result<ImportReport> import_archive(db::Database& db, const Actor& actor, const ImportOptions& options, const Progress& progress) {
  TRY(require(actor, Right::operate, Scope{}));
  TRY_ASSIGN(auto files, read_source(options.path, progress));
  Source source;
  if (options.format == "pyvideo") {
    TRY_ASSIGN(source, open_pyvideo(std::move(files)));
  } else if (options.format == "voctoweb") {
    TRY_ASSIGN(source, open_voctoweb(std::move(files)));
  } else {
    return fail(ErrorCode::invalid, "There is no archive format “" + options.format + "”. Formats are: pyvideo, voctoweb.");
  }
  return Import(db, actor, std::move(source), progress).run(std::filesystem::path(options.path).filename().string());
}

}  // namespace confer::archive
