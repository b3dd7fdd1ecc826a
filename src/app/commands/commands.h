// What the command line offers. Each returns the process's exit code: 0 done, 1 failed, 2 refused and nothing changed.
#pragma once
#include <csignal>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "app/installation.h"

namespace CLI {
class App;
}

namespace confer::app {

/// `probe`, `cut` and `encode`: what they end with is left in `code`.
void add_media_commands(CLI::App& app, int& code);

struct ImportOptions {
  std::string event, series, path, report;
  bool dry_run = false, strict = false;
  std::vector<std::string> columns;  ///< CSV: "title=Session title"
};
int run_import(Installation& here, const ImportOptions& options);

struct ArchiveImportOptions {
  std::string path, format = "pyvideo", report;
};
int run_archive_import(Installation& here, const ArchiveImportOptions& options);
int run_archive_export(Installation& here, const std::string& format, const std::string& folder);
int run_archive_undo(Installation& here, std::int64_t run);
int run_archive_stats(Installation& here);
int run_archive_check_links(Installation& here, const std::string& event, int limit);

struct MatchOptions {
  std::string event, file, report;
  bool apply = false;
  double least = 0.9;  ///< confidence
};
int run_recordings_match(Installation& here, const MatchOptions& options);

struct FootageOptions {
  std::string event, room, stream = "main", recorder;
  std::vector<std::string> paths;
};
int run_recordings_add(Installation& here, const FootageOptions& options);
struct RecordOptions {
  std::string event, room, stream = "main", recorder, url, folder;
  int segment_seconds = 300;
};
int run_record(Installation& here, const RecordOptions& options);

struct ExportOptions {
  std::string event, format, output, release;
  bool draft = false;
};
int run_export(Installation& here, const ExportOptions& options);
struct ReleaseOptions {
  std::string event, version, comment;
  bool make_public = false;
};
int run_release(Installation& here, const ReleaseOptions& options);
int run_sync(Installation& here, const std::string& event);
int run_user_add(Installation& here, const std::string& email, const std::string& name);
int run_user_list(Installation& here);
int run_user_grant(Installation& here, const std::string& email, const std::string& rights, const std::string& event, const std::string& series);
int run_user_reset(Installation& here, const std::string& email);
struct TokenOptions {
  std::string label, scopes, event;
  int days = 0;  ///< 0: until it is revoked
};
int run_user_token(Installation& here, const std::string& email, const TokenOptions& options);
int run_user_link(Installation& here, const std::string& email);
int run_demo(Installation& here, const std::string& today, bool with_recordings);
int run_check(Installation& here);
int run_backup(Installation& here, const std::string& path);
int run_restore(Installation& here, const std::string& path);
/// What ends a program that goes on until it is told to stop: blocked in every thread, so that one place waits for them or asks.
sigset_t stop_signals();
int run_serve(Installation& here);
int run_worker(Installation& here);

/// Prints the error to stderr as people read it, with every problem on a line of its own. 2 for what the input was, else 1.
/// `of`: which of several things it is about.
int report_error(const Error& error, std::string_view of = {});

}  // namespace confer::app
