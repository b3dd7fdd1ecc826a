// Log lines: formatted as JSON here, written to stderr by spdlog (one locked write a line).
#include "base/log.h"
#include <spdlog/logger.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <array>
#include <atomic>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <memory>
#include "base/json_writer.h"
#include "base/text.h"
#include "base/time.h"

namespace confer {
namespace {

std::atomic<LogLevel> lowest_level = LogLevel::info;
std::atomic<void (*)(std::string_view)> other_sink = nullptr;

std::string_view name_of(LogLevel level) {
  switch (level) {
    case LogLevel::debug:
      return "debug";
    case LogLevel::info:
      return "info";
    case LogLevel::warning:
      return "warning";
    case LogLevel::error:
      return "error";
  }
  std::abort();
}

/// Never destroyed: threads that outlive main's static objects may still log.
spdlog::logger& standard_error() {
  static spdlog::logger* logger = [] {
    auto* made = new spdlog::logger("confer", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%v");
    made->set_level(spdlog::level::trace);
    made->flush_on(spdlog::level::trace);
    return made;
  }();
  return *logger;
}

}  // namespace

LogField::LogField(std::string_view n, double value) : name(n), text("null"), quoted(false) {
  if (!std::isfinite(value)) return;
  std::array<char, 32> buffer{};
  text.assign(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), value).ptr);
}

std::string_view name_of(LogTopic topic) {
  switch (topic) {
    case LogTopic::start:
      return "start";
    case LogTopic::http:
      return "http";
    case LogTopic::db:
      return "db";
    case LogTopic::journal:
      return "journal";
    case LogTopic::jobs:
      return "jobs";
    case LogTopic::mail:
      return "mail";
    case LogTopic::files:
      return "files";
    case LogTopic::people:
      return "people";
    case LogTopic::programme:
      return "programme";
    case LogTopic::site:
      return "site";
    case LogTopic::sync:
      return "sync";
    case LogTopic::media:
      return "media";
  }
  std::abort();
}

void log(LogTopic topic, LogLevel level, std::string_view fact, std::initializer_list<LogField> fields) {
  if (level < lowest_level.load(std::memory_order_relaxed)) return;
  JsonWriter json;
  json.begin_object();
  json.field("time", to_text(Clock::system().now()));
  json.field("level", name_of(level));
  json.field("topic", name_of(topic));
  json.field("fact", repair_utf8(fact));
  if (fields.size() > 0) {
    json.key("fields").begin_object();
    for (const LogField& field : fields) {
      json.key(field.name);
      if (field.quoted)
        json.value(repair_utf8(field.text));
      else
        json.raw(field.text);
    }
    json.end_object();
  }
  json.end_object();
  const std::string line = json.take();
  if (auto* sink = other_sink.load(std::memory_order_acquire))
    sink(line);
  else
    standard_error().log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

void set_log_level(LogLevel level) { lowest_level.store(level, std::memory_order_relaxed); }

void set_log_sink(void (*sink)(std::string_view line)) { other_sink.store(sink, std::memory_order_release); }

}  // namespace confer
