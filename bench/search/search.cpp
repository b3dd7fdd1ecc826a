// Finds the talks of a file of questions and says how long that took: for bench/search/run.
#include <fmt/format.h>
#include <malloc.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "db/database.h"
#include "search/search.h"

using namespace confer;
namespace {

template <class T>
T must(Result<T> result) {
  if (!result) {
    fmt::print(stderr, "{} [{}: {}]\n", result.error().message, result.error().where, result.error().detail);
    std::exit(1);
  }
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

double resident_mb() {
  std::ifstream file("/proc/self/statm");
  long pages = 0, resident = 0;
  file >> pages >> resident;
  return static_cast<double>(resident) * 4096 / 1e6;
}

search::Document document_of(const nlohmann::json& j) {
  search::Document d;
  d.kind = "talk";
  d.key = j.at("key");
  d.event = j.at("event");
  d.title = j.at("title");
  d.names = j.at("names");
  d.tags = j.at("tags");
  d.place = j.at("place");
  d.body = j.at("body");
  d.language = j.at("language");
  d.date = j.at("date");
  for (const auto& facet : j.at("facets")) d.facets.push_back({facet[0], facet[1], facet.size() > 2 ? facet[2].get<std::string>() : std::string()});
  return d;
}

std::vector<std::string> lines_of(const std::string& path) {
  std::vector<std::string> lines;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

/// A line of JSON a document into the database, in one transaction.
void fill(db::Database& database, const std::string& path) {
  const double began = cpu_ms();
  auto tx = must(database.begin_write());
  std::vector<search::Document> some;
  std::ifstream file(path);
  std::size_t count = 0;
  const auto flush = [&] {
    must(search::put_all(tx, some));
    count += some.size();
    some.clear();
  };
  for (std::string line; std::getline(file, line);) {
    some.push_back(document_of(nlohmann::json::parse(line)));
    if (some.size() == 500) flush();
  }
  flush();
  must(tx.commit());
  fmt::print("filled  {} documents, {:.0f} ms CPU with reading the file, {:.0f} MB resident\n", count, cpu_ms() - began, resident_mb());
}

search::Query query_of(std::string text) {
  search::Query query{.text = std::move(text), .limit = 10};
  query.facets = {{"event"}, {"year", 30}, {"lang"}, {"speaker"}, {"tag"}, {"length", 10, {10, 30, 60}}, {"video"}};
  return query;
}

void print_times(std::string_view what, std::vector<double> times) {
  std::ranges::sort(times);
  const auto at = [&](double part) { return times[std::min(times.size() - 1, static_cast<std::size_t>(part * static_cast<double>(times.size())))]; };
  fmt::print("{:<34} p50 {:6.3f} ms  p90 {:6.3f}  p99 {:6.3f}  most {:6.3f}  ({} queries)\n", what, at(0.5), at(0.9), at(0.99), times.back(), times.size());
}

void first_question(db::Database& database) {
  malloc_trim(0);
  const double before = resident_mb(), began = cpu_ms();
  auto tx = must(database.begin_read());
  must(search::find(tx, query_of("python")));
  fmt::print("first   {:.0f} ms CPU for the first question (the index is made), {:.0f} MB more resident\n", cpu_ms() - began, resident_mb() - before);
}

/// "key key key…" for each question; times to stdout's end.
void ask(db::Database& database, const std::string& questions, const std::string& answers, bool verbose) {
  std::ofstream out(answers);
  std::vector<double> times, typed;
  for (const std::string& text : lines_of(questions)) {
    search::Hits hits;
    double best = 1e9;
    for (int round = 0; round < 3; ++round) {
      const double began = cpu_ms();
      auto tx = must(database.begin_read());
      auto found = search::find(tx, query_of(text));
      best = std::min(best, cpu_ms() - began);
      if (found) hits = *std::move(found);
    }
    times.push_back(best);
    for (const auto& hit : hits.hits) out << hit.key << '\t' << (verbose ? std::to_string(hit.score) + "\t" : "");
    out << '\n';
    if (verbose) out << "#" << hits.total << '\t' << hits.did_you_mean << '\n';
    // As it is typed, each third letter.
    for (std::size_t size = 3; size < text.size() && size < 30; size += 3) {
      if ((static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) continue;
      const double began = cpu_ms();
      auto tx = must(database.begin_read());
      (void)search::find(tx, query_of(text.substr(0, size)));
      typed.push_back(cpu_ms() - began);
    }
  }
  print_times("questions, facets and snippets", times);
  print_times("the same as they are typed", typed);
}

void complete_and_relate(db::Database& database, const std::string& questions) {
  std::vector<double> completed, related;
  const std::vector<std::string> names{"speaker", "event", "year", "lang", "tag", "length"};
  for (const std::string& text : lines_of(questions)) {
    const double began = cpu_ms();
    auto tx = must(database.begin_read());
    must(search::complete(tx, text, text.size(), names));
    completed.push_back(cpu_ms() - began);
    search::Hits hits;
    if (auto found = search::find(tx, {.text = text, .limit = 1})) hits = *std::move(found);
    if (hits.hits.empty()) continue;
    const double then = cpu_ms();
    must(search::related(tx, "talk", hits.hits[0].key));
    related.push_back(cpu_ms() - then);
  }
  print_times("completions", completed);
  print_times("related talks", related);
}

void print_related(db::Database& database, const std::string& key) {
  auto tx = must(database.begin_read());
  for (const auto& hit : must(search::related(tx, "talk", key))) fmt::print("{:8.2f} {} ({})\n", hit.score, hit.title, hit.key);
}

}  // namespace

/// bench_search URL MIGRATIONS fill FILE | first | ask QUESTIONS ANSWERS [verbose] | more QUESTIONS | related KEY
int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  if (arguments.size() < 3) return 2;
  auto database = must(db::Database::open(arguments[0]));
  std::vector<std::filesystem::path> paths;
  for (const auto& file : std::filesystem::directory_iterator(arguments[1])) paths.push_back(file.path());
  std::ranges::sort(paths);
  static std::vector<std::string> texts;
  static std::vector<embedded::File> history;
  texts.reserve(paths.size() * 2);
  for (const auto& path : paths) {
    std::ifstream file(path);
    texts.push_back(path.filename().string());
    const std::string& name = texts.back();
    texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    history.push_back({name, texts.back()});
  }
  must(database->migrate(history));
  for (std::size_t i = 2; i < arguments.size(); ++i) {
    if (arguments[i] == "fill") fill(*database, arguments[++i]);
    if (arguments[i] == "first") first_question(*database);
    if (arguments[i] == "ask") {
      const bool verbose = i + 3 < arguments.size() && arguments[i + 3] == "verbose";
      ask(*database, arguments[i + 1], arguments[i + 2], verbose);
      i += 2;
    }
    if (arguments[i] == "related") print_related(*database, arguments[++i]);
    if (arguments[i] == "more") complete_and_relate(*database, arguments[++i]);
  }
}
