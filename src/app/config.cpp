// Settings from confer.toml (config.h). Each has its heading in docs/operating/settings.md; a test checks that.
#include "app/config.h"
#include <toml++/toml.h>
#include <filesystem>
#include <functional>
#include <map>

namespace confer::app {
namespace {

using Take = std::function<bool(Config&, const toml::node&)>;

Take text(std::function<std::string&(Config&)> where) {
  return [where](Config& c, const toml::node& node) {
    auto value = node.value<std::string>();
    if (value) where(c) = *value;
    return value.has_value();
  };
}
Take number(std::function<void(Config&, std::int64_t)> set) {
  return [set](Config& c, const toml::node& node) {
    if (!node.is_integer()) return false;
    set(c, *node.value<std::int64_t>());
    return true;
  };
}
Take truth(std::function<bool&(Config&)> where) {
  return [where](Config& c, const toml::node& node) {
    if (!node.is_boolean()) return false;
    where(c) = *node.value<bool>();
    return true;
  };
}
Take list(std::function<std::vector<std::string>&(Config&)> where) {
  return [where](Config& c, const toml::node& node) {
    const auto* array = node.as_array();
    if (array == nullptr) return false;
    std::vector<std::string> values;
    for (const auto& item : *array) {
      auto value = item.value<std::string>();
      if (!value) return false;
      values.push_back(*value);
    }
    where(c) = std::move(values);
    return true;
  };
}

const std::map<std::string, Take>& settings() {
  static const std::map<std::string, Take> all{
      {"database", text([](Config& c) -> std::string& { return c.database_url; })},
      {"base_url", text([](Config& c) -> std::string& { return c.base_url; })},
      {"log_level", text([](Config& c) -> std::string& { return c.log_level; })},
      {"metrics_token", text([](Config& c) -> std::string& { return c.metrics_token; })},
      {"job_threads", number([](Config& c, std::int64_t n) { c.job_threads = static_cast<int>(n); })},
      {"outbound.private_networks", truth([](Config& c) -> bool& { return c.outbound_private; })},
      {"server.address", text([](Config& c) -> std::string& { return c.server.address; })},
      {"server.port", number([](Config& c, std::int64_t n) { c.server.port = static_cast<unsigned short>(n); })},
      {"server.io_threads", number([](Config& c, std::int64_t n) { c.server.io_threads = static_cast<int>(n); })},
      {"server.worker_threads", number([](Config& c, std::int64_t n) { c.server.worker_threads = static_cast<int>(n); })},
      {"server.tls_certificate", text([](Config& c) -> std::string& { return c.server.tls_certificate; })},
      {"server.tls_key", text([](Config& c) -> std::string& { return c.server.tls_key; })},
      {"server.trusted_proxies", list([](Config& c) -> std::vector<std::string>& { return c.server.trusted_proxies; })},
      {"server.venue_networks", list([](Config& c) -> std::vector<std::string>& { return c.server.venue_networks; })},
      {"server.venue_factor", number([](Config& c, std::int64_t n) { c.server.venue_factor = static_cast<int>(n); })},
      {"mail.smtp_url", text([](Config& c) -> std::string& { return c.mail.smtp_url; })},
      {"mail.user", text([](Config& c) -> std::string& { return c.mail.user; })},
      {"mail.password",
       [](Config& c, const toml::node& node) {
         auto value = node.value<std::string>();
         if (value) c.mail.password = Secret<std::string>(*value);
         return value.has_value();
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
    if (!setting->second(config, node)) return fail(ErrorCode::invalid, place + ": “" + name + "” has a value of the wrong kind.");
  }
  return {};
}

}  // namespace

std::string Config::database() const { return database_url.empty() ? "sqlite:" + data_dir + "/confer.sqlite" : database_url; }

std::string Config::public_url() const {
  if (!base_url.empty()) return base_url.ends_with('/') ? base_url.substr(0, base_url.size() - 1) : base_url;
  return std::string(server.tls_certificate.empty() ? "http" : "https") + "://localhost:" + std::to_string(server.port);
}

Result<Config> read_config(const std::string& path, const std::string& data_dir) {
  Config config;
  config.data_dir = data_dir;
  std::string file = path;
  if (file.empty())
    for (const std::string& candidate : {data_dir + "/confer.toml", std::string("/etc/confer/confer.toml")})
      if (file.empty() && std::filesystem::exists(candidate)) file = candidate;
  if (file.empty()) return config;
  try {
    toml::table table = toml::parse_file(file);
    TRY(take(config, table, "", file));
  } catch (const toml::parse_error& e) {
    return fail(ErrorCode::invalid, file + ", line " + std::to_string(e.source().begin.line) + ", column " + std::to_string(e.source().begin.column) + ": " +
                                        std::string(e.description()));
  }
  return config;
}

}  // namespace confer::app
