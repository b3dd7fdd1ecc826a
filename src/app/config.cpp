// Settings from confer.toml (config.h). Each has its heading in docs/operating/settings.md; a test checks that.
#include "app/config.h"
#include <toml++/toml.h>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>

namespace confer::app {
namespace {

/// What is wrong with the value, as the end of a sentence that begins with the setting's name; nothing when it was taken.
using Taken = std::optional<std::string>;
using Take = std::function<Taken(Config&, const toml::node&)>;
constexpr const char* wrong_kind = "has a value of the wrong kind.";
Taken when(bool taken) { return taken ? Taken() : Taken(wrong_kind); }

Take text(std::function<std::string&(Config&)> where) {
  return [where](Config& c, const toml::node& node) -> Taken {
    auto value = node.value<std::string>();
    if (value) where(c) = *value;
    return when(value.has_value());
  };
}
/// A whole number from `least` to `most`.
template <class Number>
Take number(std::int64_t least, std::int64_t most, std::function<Number&(Config&)> where) {
  return [least, most, where](Config& c, const toml::node& node) -> Taken {
    if (!node.is_integer()) return wrong_kind;
    const std::int64_t n = *node.value<std::int64_t>();
    if (n < least || n > most) return "must be a number from " + std::to_string(least) + " to " + std::to_string(most) + ".";
    where(c) = static_cast<Number>(n);
    return std::nullopt;
  };
}
Take truth(std::function<bool&(Config&)> where) {
  return [where](Config& c, const toml::node& node) -> Taken {
    if (!node.is_boolean()) return wrong_kind;
    where(c) = *node.value<bool>();
    return std::nullopt;
  };
}
Take list(std::function<std::vector<std::string>&(Config&)> where) {
  return [where](Config& c, const toml::node& node) -> Taken {
    const auto* array = node.as_array();
    if (array == nullptr) return wrong_kind;
    std::vector<std::string> values;
    for (const auto& item : *array) {
      auto value = item.value<std::string>();
      if (!value) return wrong_kind;
      values.push_back(*value);
    }
    where(c) = std::move(values);
    return std::nullopt;
  };
}

const std::map<std::string, Take>& settings() {
  static const std::map<std::string, Take> all{
      {"database", text([](Config& c) -> std::string& { return c.database_url; })},
      {"base_url", text([](Config& c) -> std::string& { return c.base_url; })},
      {"log_level", text([](Config& c) -> std::string& { return c.log_level; })},
      {"metrics_token", text([](Config& c) -> std::string& { return c.metrics_token; })},
      {"job_threads", number<int>(1, 64, [](Config& c) -> int& { return c.job_threads; })},
      {"files.max_mb", number<int>(1, 4000, [](Config& c) -> int& { return c.max_file_mb; })},
      {"media.watched_root", text([](Config& c) -> std::string& { return c.watched_root; })},
      {"media.max_upload_gb", number<int>(1, 10'000, [](Config& c) -> int& { return c.max_upload_gb; })},
      {"outbound.private_networks", truth([](Config& c) -> bool& { return c.outbound_private; })},
      {"links.pause_ms", number<int>(100, 3'600'000, [](Config& c) -> int& { return c.link_pause_ms; })},
      {"links.a_day", number<int>(0, 1'000'000, [](Config& c) -> int& { return c.links_a_day; })},
      {"links.contact", text([](Config& c) -> std::string& { return c.link_contact; })},
      {"server.address", text([](Config& c) -> std::string& { return c.server.address; })},
      {"server.port", number<unsigned short>(1, 65535, [](Config& c) -> unsigned short& { return c.server.port; })},
      {"server.io_threads", number<int>(0, 256, [](Config& c) -> int& { return c.server.io_threads; })},
      {"server.worker_threads", number<int>(1, 1024, [](Config& c) -> int& { return c.server.worker_threads; })},
      {"server.tls_certificate", text([](Config& c) -> std::string& { return c.server.tls_certificate; })},
      {"server.tls_key", text([](Config& c) -> std::string& { return c.server.tls_key; })},
      {"server.trusted_proxies", list([](Config& c) -> std::vector<std::string>& { return c.server.trusted_proxies; })},
      {"server.venue_networks", list([](Config& c) -> std::vector<std::string>& { return c.server.venue_networks; })},
      {"server.venue_factor", number<int>(1, 100'000, [](Config& c) -> int& { return c.server.venue_factor; })},
      {"mail.smtp_url", text([](Config& c) -> std::string& { return c.mail.smtp_url; })},
      {"mail.user", text([](Config& c) -> std::string& { return c.mail.user; })},
      {"mail.password",
       [](Config& c, const toml::node& node) {
         auto value = node.value<std::string>();
         if (value) c.mail.password = Secret<std::string>(*value);
         return when(value.has_value());
       }},
      {"mail.from", text([](Config& c) -> std::string& { return c.mail.from; })},
      {"mail.from_name", text([](Config& c) -> std::string& { return c.mail.from_name; })},
      {"mail.require_tls", truth([](Config& c) -> bool& { return c.mail.require_tls; })},
  };
  return all;
}

Result<void> take(Config& config, const toml::table& table, const std::string& prefix, const std::string& path) {
  for (const auto& [key, node] : table) {
    const std::string name = prefix + std::string(key.str());
    const std::string place = path + ", line " + std::to_string(node.source().begin.line);
    if (const auto* inner = node.as_table(); inner != nullptr && prefix.empty()) {
      TRY(take(config, *inner, name + ".", path));
      continue;
    }
    auto setting = settings().find(name);
    if (setting == settings().end())
      return fail(ErrorCode::invalid, place + ": there is no setting “" + name + "”. docs/operating/settings.md lists them all.");
    if (const Taken wrong = setting->second(config, node)) return fail(ErrorCode::invalid, place + ": “" + name + "” " + *wrong);
  }
  return {};
}

}  // namespace

std::string Config::database() const { return database_url.empty() ? "sqlite:" + data_dir + "/confer.sqlite" : database_url; }

std::string Config::incoming() const { return data_dir + "/incoming"; }
std::string Config::unfinished_cuts() const { return data_dir + "/unfinished/cuts"; }
std::string Config::root_of_watched() const { return watched_root.empty() ? incoming() : watched_root; }

std::string Config::public_url() const {
  if (!base_url.empty()) return base_url.ends_with('/') ? base_url.substr(0, base_url.size() - 1) : base_url;
  return std::string(server.tls_certificate.empty() ? "http" : "https") + "://localhost:" + std::to_string(server.port);
}

Result<Config> read_config(const std::string& path, const std::string& data_dir) {
  Config config;
  config.data_dir = data_dir;
  std::string file = path;
  if (file.empty())
    for (const std::string& candidate : {data_dir + "/confer.toml", std::string("/etc/confer/confer.toml")}) {
      if (!file.empty()) break;
      std::error_code problem;
      if (std::filesystem::exists(candidate, problem)) file = candidate;
      if (problem) return fail(ErrorCode::unavailable, candidate + " cannot be read: " + problem.message() + ".");
    }
  if (file.empty()) return config;
  try {
    toml::table table = toml::parse_file(file);
    TRY(take(config, table, "", file));
  } catch (const toml::parse_error& e) {
    const auto at = e.source().begin;
    const std::string place = at.line > 0 ? ", line " + std::to_string(at.line) + ", column " + std::to_string(at.column) : "";  // none: it cannot be opened
    return fail(ErrorCode::invalid, file + place + ": " + std::string(e.description()));
  }
  return config;
}

}  // namespace confer::app
