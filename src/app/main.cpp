// The command line: what can be asked of the program, and nothing else.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>
#include <iostream>
#include "app/commands/commands.h"
#include "base/log.h"

namespace {

using namespace confer;
using namespace confer::app;

/// What every command takes.
struct Common {
  std::string data = "data", database, config, base_url;
  void add_to(CLI::App& command) {
    command.add_option("--data", data, "Folder of the data (default: data)");
    command.add_option("--database", database, "postgresql://… instead of the SQLite file in the data folder");
    command.add_option("--config", config, "Settings file (default: DATA/confer.toml, else /etc/confer/confer.toml)");
    command.add_option("--base-url", base_url, "Public address of this site, for links in mails and exports");
  }
};

/// Command-line values win over the settings file.
Result<Config> config_of(const Common& common) {
  TRY_ASSIGN(Config config, read_config(common.config, common.data));
  if (!common.database.empty()) config.database_url = common.database;
  if (!common.base_url.empty()) config.base_url = common.base_url;
  return config;
}

int with_installation(const Common& common, const std::function<void(Config&)>& adjust, const std::function<int(Installation&)>& command) {
  auto config = config_of(common);
  if (!config) return report_error(config.error());
  adjust(*config);
  if (auto loaded = load_templates(); !loaded) return report_error(loaded.error());
  auto here = open_installation(std::move(*config));
  if (!here) return report_error(here.error());
  return command(*here);
}

/// The command that was meant, as far as it was understood: "confer user add".
std::string command_words(const CLI::App& app) {
  std::string words = "confer";
  for (const CLI::App* at = &app; !at->get_subcommands().empty();) {
    at = at->get_subcommands().front();
    words += " " + at->get_name();
  }
  return words;
}

/// A command line that cannot be read is refused like any other bad input: a sentence, where to read on, and 2.
int refuse_usage(const CLI::App& app, const CLI::ParseError& problem) {
  const std::string words = command_words(app);
  std::string sentence = problem.what();
  if (problem.get_name() == "RequiredError" && sentence.starts_with("A subcommand")) {
    const auto given = app.remaining(true);
    const auto unknown = std::ranges::find_if(given, [](const std::string& word) { return !word.starts_with('-'); });
    const bool is_value = unknown != given.begin() && unknown != given.end() && unknown[-1].starts_with("--");
    sentence = unknown == given.end() || is_value ? "say what is to be done" : "there is no command “" + *unknown + "”";
  }
  if (sentence.ends_with("is required")) sentence.replace(sentence.size() - std::string_view("is required").size(), std::string::npos, "is missing");
  while (sentence.ends_with('.') || sentence.ends_with('\n')) sentence.pop_back();
  std::cerr << words << ": " << sentence << ". Nothing was done; `" << words << " --help` tells what can be given.\n";
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Confer runs a community conference end to end."};
  app.set_version_flag("--version", CONFER_VERSION);
  app.require_subcommand(1);
  Common common;
  int code = 0;

  auto add = [&](CLI::App& parent, const std::string& name, const std::string& description, std::function<int(Installation&)> run) {
    auto* command = parent.add_subcommand(name, description);
    common.add_to(*command);
    command->callback([&, run = std::move(run)] { code = with_installation(common, [](Config&) {}, run); });
    return command;
  };

  struct {
    std::optional<unsigned short> port;
    std::string address;
  } serve;
  auto* serving = app.add_subcommand("serve", "Serve the site until told to stop");
  common.add_to(*serving);
  serving->add_option("--port", serve.port, "Port (default: 8012)");
  serving->add_option("--address", serve.address, "Address to listen on (default: 127.0.0.1)");
  serving->callback([&] {
    code = with_installation(
        common,
        [&](Config& config) {
          if (serve.port) config.server.port = *serve.port;
          if (!serve.address.empty()) config.server.address = serve.address;
        },
        run_serve);
  });
  add(app, "worker", "Run jobs only, for an installation on PostgreSQL", run_worker);

  ImportOptions importing;
  auto* import = add(app, "import", "Import a programme: schedule.json, schedule.xml, schedule2, CSV, or a PyVideo folder",
                     [&](Installation& here) { return run_import(here, importing); });
  import->add_option("file", importing.path, "File or folder")->required();
  import->add_option("--event", importing.event, "The event’s address; it is made when there is none")->required();
  import->add_option("--series", importing.series, "The series’ address, for a new event");
  import->add_option("--report", importing.report, "Write what was found as JSON to this file");
  import->add_option("--column", importing.columns, "CSV: field=Header");
  import->add_flag("--dry-run", importing.dry_run, "Only say what would change");
  import->add_flag("--strict", importing.strict, "Refuse a file with any oddity, and change nothing");

  ExportOptions exporting;
  auto* export_ = add(app, "export", "Export a released programme", [&](Installation& here) { return run_export(here, exporting); });
  export_->add_option("--event", exporting.event, "The event’s address")->required();
  export_->add_option("--format", exporting.format, "schedule.xml, schedule.json, schedule2.json, ics, csv, txt or pyvideo")->required();
  export_->add_option("--output", exporting.output, "File (or folder, for pyvideo) instead of standard output");
  export_->add_option("--release", exporting.release, "This release instead of the current one");
  export_->add_flag("--draft", exporting.draft, "The draft instead of a release");

  ReleaseOptions releasing;
  auto* release = add(app, "release", "Release the draft", [&](Installation& here) { return run_release(here, releasing); });
  release->add_option("version", releasing.version, "Name of the release, such as 1.0")->required();
  release->add_option("--event", releasing.event, "The event’s address")->required();
  release->add_option("--comment", releasing.comment, "What is new, for the change log");
  release->add_flag("--public", releasing.make_public, "Show the event to everybody, from now on");
  std::string event;
  auto* sync = add(app, "sync", "Import from the configured address now", [&](Installation& here) { return run_sync(here, event); });
  sync->add_option("--event", event, "The event’s address (default: all with a source)");

  std::string email, name, rights, series;
  auto* archive = app.add_subcommand("archive", "Whole archives of talks, in and out");
  archive->require_subcommand(1);
  ArchiveImportOptions archive_importing;
  auto* archive_import = add(*archive, "import", "Import an archive of talks, and only what changed since last time",
                             [&](Installation& here) { return run_archive_import(here, archive_importing); });
  archive_import->add_option("path", archive_importing.path, "Folder, or a packed one (.tar.zst, .tar.gz, .zip)")->required();
  archive_import->add_option("--format", archive_importing.format, "pyvideo (default) or voctoweb");
  archive_import->add_option("--report", archive_importing.report, "Write what was found as JSON to this file");
  std::string archive_format = "pyvideo", archive_folder;
  auto* archive_export = add(*archive, "export", "Write all archived events as a data tree of PyVideo",
                             [&](Installation& here) { return run_archive_export(here, archive_format, archive_folder); });
  archive_export->add_option("folder", archive_folder, "A new folder")->required();
  archive_export->add_option("--format", archive_format, "pyvideo (default)");
  std::int64_t archive_run = 0;
  add(*archive, "undo", "Take an import back, but for what was changed since", [&](Installation& here) { return run_archive_undo(here, archive_run); })
      ->add_option("run", archive_run, "Its number, as “confer archive stats” and the keeper's pages tell it")
      ->required();
  std::string links_event;
  int links_limit = 0;
  auto* check_links = add(*archive, "check-links", "Look whether videos are still where they were, slowly; it can be stopped and run again",
                          [&](Installation& here) { return run_archive_check_links(here, links_event, links_limit); });
  check_links->add_option("--event", links_event, "Only this event’s; the event’s address");
  check_links->add_option("--limit", links_limit, "At most so many, those looked at longest ago")->check(CLI::Range(1, 10'000'000));
  add(*archive, "stats", "What the archive holds", run_archive_stats);

  auto* recordings = app.add_subcommand("recordings", "What recorders wrote, and videos of an event's talks");
  recordings->require_subcommand(1);
  MatchOptions matching;
  auto* match = add(*recordings, "match", "Find the talks of a list of videos: addresses, CSV, M3U, or what yt-dlp --flat-playlist prints",
                    [&](Installation& here) { return run_recordings_match(here, matching); });
  match->add_option("file", matching.file, "The list")->required();
  match->add_option("--event", matching.event, "The event’s address")->required();
  match->add_flag("--apply", matching.apply, "Add what is sure enough to the talks (default: only say what fits)");
  match->add_option("--min", matching.least, "How sure is enough, from 0 to 1 (default: 0.9)")->check(CLI::Range(0.0, 1.0));
  match->add_option("--report", matching.report, "Write what was found as JSON to this file");

  add_media_commands(app, code);

  FootageOptions footage;
  auto* add_footage = add(*recordings, "add", "Register what a recorder of a room wrote, where it lies, and say what of the schedule it covers",
                          [&](Installation& here) { return run_recordings_add(here, footage); });
  add_footage->add_option("path", footage.paths, "Files, or folders with files")->required();
  add_footage->add_option("--event", footage.event, "The event’s address")->required();
  add_footage->add_option("--room", footage.room, "The room, by its code or name")->required();
  add_footage->add_option("--stream", footage.stream, "main (default), backup, camera or slides");
  add_footage->add_option("--recorder", footage.recorder, "Its name; it is made when there is none (default: the stream)");

  RecordOptions recording;
  auto* record = add(app, "record", "Record a room’s stream by ffmpeg until told to stop, and register what is written",
                     [&](Installation& here) { return run_record(here, recording); });
  record->add_option("url", recording.url, "The stream: rtmp, rtmps, srt, rtsp, rtsps, http or https")->required();
  record->add_option("--event", recording.event, "The event’s address")->required();
  record->add_option("--room", recording.room, "The room, by its code or name")->required();
  record->add_option("--stream", recording.stream, "main (default), backup, camera or slides");
  record->add_option("--recorder", recording.recorder, "Its name; it is made when there is none (default: the stream)");
  record->add_option("--folder", recording.folder, "Where it writes; nothing else may write there (default: below incoming in the data directory)");
  record->add_option("--segment", recording.segment_seconds, "Seconds of one file (default: 300)")->check(CLI::Range(10, 3600));

  auto* user = app.add_subcommand("user", "People who can sign in");
  user->require_subcommand(1);
  auto* user_add = add(*user, "add", "Make an account and print a link that signs in", [&](Installation& here) { return run_user_add(here, email, name); });
  user_add->add_option("email", email)->required();
  user_add->add_option("name", name)->required();
  add(*user, "list", "List accounts", run_user_list);
  auto* grant = add(*user, "grant", "Give rights on an event, a series or the installation",
                    [&](Installation& here) { return run_user_grant(here, email, rights, event, series); });
  grant->add_option("email", email)->required();
  grant->add_option("rights", rights, "Words: organise programme review check_in media site people operate")->required();
  grant->add_option("--event", event);
  grant->add_option("--series", series);
  auto* reset =
      add(*user, "reset", "End all sessions, remove the password, print a link that signs in", [&](Installation& here) { return run_user_reset(here, email); });
  reset->add_option("email", email)->required();
  auto* link = add(*user, "link", "Print a link that signs in once, within 24 hours", [&](Installation& here) { return run_user_link(here, email); });
  link->add_option("email", email)->required();

  TokenOptions token;
  auto* user_token =
      add(*user, "token", "Make an API token for somebody and print it, this once", [&](Installation& here) { return run_user_token(here, email, token); });
  user_token->add_option("email", email)->required();
  user_token->add_option("--label", token.label, "What it is for")->required();
  user_token->add_option("--scopes", token.scopes, "Words: read_public (always there) read_draft read_people");
  user_token->add_option("--event", token.event, "Only for this event and the events inside it; the event’s address (default: wherever the person may)");
  user_token->add_option("--days", token.days, "Valid for so many days (default: until it is revoked)")->check(CLI::Range(1, 3650));

  std::string path, today;
  bool with_recordings = false;
  auto* demo =
      add(app, "demo", "Load the demonstration into an empty installation", [&](Installation& here) { return run_demo(here, today, with_recordings); });
  demo->add_flag("--recordings", with_recordings, "Make recordings of two talks that are over, to be cut and published (needs ffmpeg)");
  demo->add_option("--today", today, "The day that counts as today, as YYYY-MM-DD");
  add(app, "check", "Check the stored data", run_check);
  auto* backup = add(app, "backup", "Write everything into one file, while serving", [&](Installation& here) { return run_backup(here, path); });
  backup->add_option("file", path)->required();
  auto* restore =
      add(app, "restore", "Fill an empty installation, on either database, from a backup", [&](Installation& here) { return run_restore(here, path); });
  restore->add_option("file", path)->required();

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& told) {
    if (told.get_exit_code() == 0) return app.exit(told);  // --help, --version
    return refuse_usage(app, told);
  } catch (const std::exception& thrown) {  // no wrapper has caught it: a sentence and an exit code all the same
    return report_error({ErrorCode::internal, "Something went wrong that was not foreseen.", thrown.what(), {}, {}});
  }
  return code;
}
