// Structured log: one line a fact, fields not prose, JSON on stderr. No personal data at any level.
#pragma once
#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

namespace confer {

/// What a line is about. Each topic has its heading in docs/operating/log.md; a test checks that.
enum class LogTopic : std::uint8_t { start, http, db, journal, jobs, mail, files, people, programme, site, sync, media };
/// `error` means that a person should look; what the software will retry is `warning`.
enum class LogLevel : std::uint8_t { debug, info, warning, error };

/// One field: a name and a number, truth value or text that is not personal (a code, a name of ours, an error's detail).
struct LogField {
  std::string_view name;
  std::string text;
  bool quoted = true;
  LogField(std::string_view n, std::string_view value) : name(n), text(value) {}
  LogField(std::string_view n, const char* value) : name(n), text(value) {}
  LogField(std::string_view n, const std::string& value) : name(n), text(value) {}
  LogField(std::string_view n, bool value) : name(n), text(value ? "true" : "false"), quoted(false) {}
  template <std::integral T>
  LogField(std::string_view n, T value) : name(n), text(std::to_string(value)), quoted(false) {}
  LogField(std::string_view n, double value);
};

/// Writes {"time":…,"level":…,"topic":…,"fact":…,"fields":{…}} as one line; whole lines also when threads log at once.
void log(LogTopic topic, LogLevel level, std::string_view fact, std::initializer_list<LogField> fields = {});
inline void log(LogTopic topic, std::string_view fact, std::initializer_list<LogField> fields = {}) { log(topic, LogLevel::info, fact, fields); }
std::string_view name_of(LogTopic topic);
/// Lines below `level` are dropped. Default: info.
void set_log_level(LogLevel level);
/// Where lines go instead of stderr: tests read them. Empty restores stderr.
void set_log_sink(void (*sink)(std::string_view line));

}  // namespace confer
