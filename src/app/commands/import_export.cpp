// confer import, export, release.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include "app/commands/commands.h"
#include "app/progress_line.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "files/files.h"
#include "programme/programme.h"

namespace confer::app {
namespace {

constexpr std::size_t max_file_bytes = 256u << 20;

/// All .json files below a PyVideo event folder, by path.
Result<std::vector<programme::NamedBytes>> read_folder(const std::string& root) {
  std::vector<programme::NamedBytes> files;
  std::error_code problem;
  for (auto it = std::filesystem::recursive_directory_iterator(root, problem); !problem && it != std::filesystem::recursive_directory_iterator();
       it.increment(problem)) {
    if (!it->is_regular_file() || it->path().extension() != ".json") continue;
    TRY_ASSIGN(std::string bytes, files::read_file(it->path().string(), max_file_bytes));
    files.push_back({std::filesystem::relative(it->path(), root).string(), std::move(bytes)});
  }
  if (problem) return fail(ErrorCode::invalid, root + " cannot be read: " + problem.message() + ".");
  std::ranges::sort(files, {}, &programme::NamedBytes::path);
  return files;
}

Result<programme::CsvMapping> mapping_of(const ImportOptions& options, std::string_view bytes) {
  TRY_ASSIGN(auto header, programme::read_csv_header(bytes));
  programme::CsvMapping mapping = header.guess;
  for (const auto& pair : options.columns) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos) return fail(ErrorCode::invalid, "“" + pair + "”: a column is given as field=Header, for example title=\"Session title\".");
    const std::string header_text = pair.substr(equals + 1);
    if (std::ranges::find(header.columns, header_text) == header.columns.end())
      return fail(ErrorCode::invalid, "The file has no column “" + header_text + "”. Its columns are: " + join(header.columns, ", ") + ".");
    mapping[pair.substr(0, equals)] = header_text;
  }
  return mapping;
}

Result<programme::Imported> read_input(Installation& here, const ImportOptions& options) {
  if (std::filesystem::is_directory(options.path)) {
    TRY_ASSIGN(auto files, read_folder(options.path));
    return programme::read_pyvideo(files);
  }
  TRY_ASSIGN(std::string bytes, files::read_file(options.path, max_file_bytes));
  TRY_ASSIGN(auto format, programme::detect(options.path, bytes));
  switch (format) {
    case programme::Format::schedule_json:
      return programme::read_schedule_json(bytes);
    case programme::Format::schedule2_json:
      return programme::read_schedule2_json(bytes);
    case programme::Format::schedule_xml:
      return programme::read_schedule_xml(bytes);
    case programme::Format::pyvideo:
      return programme::read_pyvideo({{std::filesystem::path(options.path).filename().string(), std::move(bytes)}});
    case programme::Format::csv:
      break;
  }
  TRY_ASSIGN(auto mapping, mapping_of(options, bytes));
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(auto event, events::find_event(tx, options.event));
  if (!event)
    return fail(ErrorCode::invalid, "A CSV file does not say when and where the event is: make the event “" + options.event + "” first, then import.");
  TRY_ASSIGN(auto draft, programme::load_draft(tx, *event, ""));
  return programme::read_csv(bytes, mapping, draft.conference, draft.types);
}

void print(const programme::ImportReport& report) {
  std::cout << report.added << " added, " << report.updated << " updated, " << report.unchanged << " unchanged, " << report.removed << " removed, "
            << report.conflicts.size() << " kept as edited here, " << report.oddities.size() << " oddities\n";
  std::map<std::string, std::vector<const programme::Oddity*>> kinds;
  for (const auto& oddity : report.oddities) kinds[oddity.kind].push_back(&oddity);
  // What a file says goes to a terminal without what could steer it.
  for (const auto& [kind, all] : kinds)
    std::cout << "  " << all.size() << " × " << kind << (all.size() == 1 ? ", at " : ", the first at ") << tidy_line(all.front()->place) << ": "
              << ellipsis(tidy_line(all.front()->message), 200) << "\n";
  const auto short_line = [](std::string_view text) { return ellipsis(tidy_line(text), 60); };
  for (const auto& c : report.conflicts)
    std::cout << "  kept: " << c.kind << " “" << tidy_line(c.title) << "”, " << c.field << ": “" << short_line(c.here) << "”, not “" << short_line(c.file)
              << "”\n";
}

Result<programme::ImportReport> import_file(Installation& here, const ImportOptions& options) {
  std::cerr << "Reading " << options.path << " …\n";
  auto read = read_input(here, options);
  if (!read) {
    // Whoever imports many files in a row wants to know which.
    Error error = std::move(read).error();
    if (!error.message.contains(options.path)) error.message = options.path + ": " + error.message;
    return fail(std::move(error));
  }
  programme::Imported& imported = *read;
  std::cerr << imported.programme.talks.size() << " talks, " << imported.programme.slots.size() << " slots. Importing …\n";
  imported.strict = options.strict;
  ProgressLine progress;
  const auto act = options.dry_run ? &programme::preview_event : &programme::import_event;
  return act(*here.db, system_actor("command line"), options.event, options.series, imported, progress.teller());
}

/// What an export is made of: the draft or a release, as asked for. Errors: invalid – there is no such release, or none at all.
Result<programme::Programme> asked_for(Installation& here, db::Tx& tx, const events::Event& event, const ExportOptions& options) {
  if (options.draft) {
    TRY_ASSIGN(auto draft, programme::load_draft(tx, event, here.config.public_url()));
    draft.version = "draft";
    return draft;
  }
  if (!options.release.empty()) {
    TRY_ASSIGN(auto released, programme::released_programme(tx, event, options.release, here.config.public_url()));
    if (!released) return fail(ErrorCode::invalid, "There is no release “" + options.release + "” of " + event.slug + ".");
    return std::move(*released);
  }
  TRY_ASSIGN(auto current, programme::current_programme(tx, event, here.config.public_url()));
  if (!current)
    return fail(ErrorCode::invalid,
                "Nothing of " + event.slug + " is released yet: `confer release --event " + event.slug + " VERSION`, or export the draft with --draft.");
  return std::move(*current);
}

Result<std::string> exported(Installation& here, const ExportOptions& options) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(auto event, events::require_event(tx, options.event));
  TRY_ASSIGN(const auto p, asked_for(here, tx, event, options));
  const programme::Generator generator{.name = "Confer", .version = CONFER_VERSION, .url = here.config.public_url()};
  if (options.format == "schedule.xml") return programme::write_schedule_xml(p, generator);
  if (options.format == "schedule.json") return programme::write_schedule_json(p, generator);
  if (options.format == "schedule2.json") return programme::write_schedule2_json(p, generator);
  if (options.format == "csv") return programme::write_csv(p);
  if (options.format == "txt") return programme::write_text(p, event.languages.front());
  if (options.format == "ics") {
    TRY_ASSIGN(auto stamps, programme::calendar_stamps(tx, event, p));
    return programme::write_ical(p, stamps,
                                 {.name = p.conference.title.in(event.languages.front()),
                                  .source_url = p.conference.url + "/schedule.ics",
                                  .language = event.languages.front(),
                                  .wanted = {},
                                  .subscribable = true});
  }
  return fail(ErrorCode::invalid,
              "There is no format “" + options.format + "”. Formats are: schedule.xml, schedule.json, schedule2.json, ics, csv, txt, pyvideo.");
}

/// PyVideo is a folder of files: --output names it.
Result<int> export_pyvideo(Installation& here, const ExportOptions& options) {
  if (options.output.empty()) return fail(ErrorCode::invalid, "The format pyvideo is a folder of files: name it with --output.");
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(auto event, events::require_event(tx, options.event));
  TRY_ASSIGN(const auto p, asked_for(here, tx, event, options));
  int count = 0;
  for (const auto& file : programme::write_pyvideo(p)) {
    const std::string path = options.output + "/" + file.path;
    std::error_code problem;
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), problem);
    if (problem) return fail(ErrorCode::unavailable, path + " cannot be written: " + problem.message() + ".");
    TRY(files::write_durably(path, file.bytes));
    ++count;
  }
  return count;
}

/// An event is made hidden, and a release does not show it: who imports and releases would look for it in vain.
Result<void> say_if_hidden(Installation& here, const std::string& slug, const std::string& version) {
  TRY_ASSIGN(auto tx, here.db->begin_read());
  TRY_ASSIGN(auto event, events::require_event(tx, slug));
  if (!event.is_public)
    std::cout << "not public yet: visitors do not find " << slug << ". `confer release --event " << slug << " " << version
              << " --public` shows it to everybody, as does “Public” in its settings.\n";
  return {};
}

/// True when the event was hidden until now.
Result<bool> make_public(Installation& here, const std::string& slug) {
  TRY_ASSIGN(auto tx, here.db->begin_write());
  TRY_ASSIGN(auto event, events::require_event(tx, slug));
  if (event.is_public) return false;
  event.is_public = true;
  TRY(events::save_event(tx, system_actor("command line"), std::move(event)));
  TRY(tx.commit());
  return true;
}

/// Releases what is not released under this name yet; the event comes out of hiding only when that went well.
Result<void> release(Installation& here, const ReleaseOptions& options) {
  EventId id;
  bool is_there = false;
  {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    TRY_ASSIGN(auto event, events::require_event(tx, options.event));
    TRY_ASSIGN(auto releases, programme::list_releases(tx, event));
    id = event.id;
    is_there = !event.is_public && options.make_public && std::ranges::find(releases, options.version, &programme::Release::name) != releases.end();
  }
  if (!is_there) {
    TRY_ASSIGN(auto released,
               programme::release_schedule(*here.db, system_actor("command line"), id, options.version, options.comment, here.config.public_url()));
    std::cout << "Released " << options.event << " " << released.name << " (revision " << released.revision << ")\n";
  }
  if (!options.make_public) return say_if_hidden(here, options.event, options.version);
  TRY_ASSIGN(const bool shown, make_public(here, options.event));
  if (shown) std::cout << options.event << " is public now: " << here.config.public_url() << "/" << options.event << "\n";
  return {};
}

}  // namespace

/// The report of an import that changed nothing.
std::string refusal_json(const Error& error) {
  JsonWriter w;
  w.begin_object().field("imported", false).field("message", error.message);
  if (!error.where.empty()) w.field("place", error.where);
  w.key("problems").begin_array();
  for (const auto& problem : error.problems) w.begin_object().field("field", problem.field).field("message", problem.message).end_object();
  return w.end_array().end_object().take() + "\n";
}

int run_import(Installation& here, const ImportOptions& options) {
  // Asked before anything is imported: what is refused has changed nothing.
  const auto folder = std::filesystem::path(options.report).parent_path();
  std::error_code problem;
  if (!options.report.empty() &&
      ((!folder.empty() && !std::filesystem::is_directory(folder, problem)) || std::filesystem::is_directory(options.report, problem)))
    return report_error({ErrorCode::invalid, "The report cannot be written to “" + options.report + "”: its folder is not there. Nothing was imported."});
  auto report = import_file(here, options);
  if (!report) {
    if (!options.report.empty())
      if (auto written = files::write_durably(options.report, refusal_json(report.error())); !written) report_error(written.error());
    return report_error(report.error());
  }
  print(*report);
  if (!options.report.empty())
    if (auto written = files::write_durably(options.report, report->to_json()); !written)
      return report_error({ErrorCode::unavailable, "The import was done, but its report could not be written: " + written.error().message});
  if (options.dry_run) return 0;
  if (auto told = say_if_hidden(here, options.event, "VERSION"); !told) return report_error(told.error());
  return 0;
}

int run_export(Installation& here, const ExportOptions& options) {
  if (options.format == "pyvideo") {
    auto count = export_pyvideo(here, options);
    if (!count) return report_error(count.error());
    std::cerr << *count << (*count == 1 ? " file" : " files") << " written to " << options.output
              << ". This format is of recordings: talks without one are not in it (docs/formats/pyvideo.md).\n";
    return 0;
  }
  auto bytes = exported(here, options);
  if (!bytes) return report_error(bytes.error());
  if (options.output.empty()) {
    std::cout << *bytes;
    return std::cout ? 0 : 1;
  }
  if (auto written = files::write_durably(options.output, *bytes); !written) return report_error(written.error());
  return 0;
}

int run_release(Installation& here, const ReleaseOptions& options) {
  if (auto done = release(here, options); !done) return report_error(done.error());
  return 0;
}

}  // namespace confer::app
