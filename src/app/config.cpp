// Settings from confer.toml (config.h). Each has its heading in docs/operating/settings.md; a test checks that.
#include "app/config.h"
#include <toml++/toml.h>
#include <unistd.h>
#include <algorithm>
#include <array>
#include <climits>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include "base/text.h"

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
Taken take_words(std::vector<std::string>& into, const toml::node& node) {
  const auto* array = node.as_array();
  if (array == nullptr) return wrong_kind;
  std::vector<std::string> values;
  for (const auto& item : *array) {
    auto value = item.value<std::string>();
    if (!value) return wrong_kind;
    values.push_back(*value);
  }
  into = std::move(values);
  return std::nullopt;
}
Take list(std::function<std::vector<std::string>&(Config&)> where) {
  return [where](Config& c, const toml::node& node) { return take_words(where(c), node); };
}

Taken take_minutes(const toml::node& node, std::chrono::minutes& into) {
  constexpr std::int64_t most = 7 * 24 * 60;
  if (!node.is_integer()) return wrong_kind;
  const std::int64_t n = *node.value<std::int64_t>();
  if (n < 1 || n > most) return "must be a number from 1 to " + std::to_string(most) + ".";
  into = std::chrono::minutes(n);
  return std::nullopt;
}

using TakeOfHook = std::function<Taken(cutting::Hook&, const toml::node&)>;
const std::map<std::string, TakeOfHook>& hook_settings() {
  static const std::map<std::string, TakeOfHook> all{
      {"hooks.name",
       [](cutting::Hook& hook, const toml::node& node) -> Taken {
         constexpr std::size_t longest = 60;
         hook.name = tidy_line(node.value<std::string>().value_or(""));
         return when(!hook.name.empty() && hook.name.size() <= longest && hook.name != cutting::recogniser_name);
       }},
      {"hooks.command",
       [](cutting::Hook& hook, const toml::node& node) -> Taken {
         if (auto wrong = take_words(hook.command, node)) return wrong;
         auto wrong = cutting::wrong_with_command(hook.command, false);
         return wrong.empty() ? Taken() : Taken(std::move(wrong));
       }},
      {"hooks.occasions",
       [](cutting::Hook& hook, const toml::node& node) -> Taken {
         std::vector<std::string> words;
         if (auto wrong = take_words(words, node)) return wrong;
         hook.occasions.clear();
         for (const auto& word : words) {
           const auto occasion = cutting::occasion_named(word);
           if (!occasion || *occasion == cutting::Occasion::recognised) return "knows “published”, “revised” and “removed”, not “" + word + "”.";
           hook.occasions.insert(*occasion);
         }
         return std::nullopt;
       }},
      {"hooks.licences", [](cutting::Hook& hook, const toml::node& node) { return take_words(hook.licences, node); }},
      {"hooks.timeout_minutes", [](cutting::Hook& hook, const toml::node& node) { return take_minutes(node, hook.timeout); }},
  };
  return all;
}

/// The tables [[hooks]].
Result<void> take_hooks(Config& config, const toml::array& tables, const std::string& path) {
  for (const auto& item : tables) {
    const auto line = [&](const toml::node& node) { return path + ", line " + std::to_string(node.source().begin.line) + ": "; };
    cutting::Hook hook;
    const auto* table = item.as_table();
    if (table == nullptr) return fail(ErrorCode::invalid, line(item) + "“hooks” is written as tables: [[hooks]].");
    for (const auto& [key, node] : *table) {
      const std::string name = "hooks." + std::string(key.str());
      const auto setting = hook_settings().find(name);
      if (setting == hook_settings().end())
        return fail(ErrorCode::invalid, line(node) + "there is no setting “" + name + "”. docs/operating/settings.md lists them all.");
      if (const Taken wrong = setting->second(hook, node)) return fail(ErrorCode::invalid, line(node) + "“" + name + "” " + *wrong);
    }
    if (hook.name.empty() || hook.command.empty()) return fail(ErrorCode::invalid, line(item) + "a hook needs “name” and “command”.");
    if (std::ranges::find(config.hooks, hook.name, &cutting::Hook::name) != config.hooks.end())
      return fail(ErrorCode::invalid, line(item) + "there are two hooks “" + hook.name + "”.");
    config.hooks.push_back(std::move(hook));
  }
  return {};
}

/// The table [store]: what is written of it makes one, and is looked at as a whole when all is read.
files::SharedSettings& store_of(Config& c) {
  if (!c.store) c.store.emplace();
  return *c.store;
}

const std::map<std::string, Take>& settings() {
  static const std::map<std::string, Take> all{
      {"database", text([](Config& c) -> std::string& { return c.database_url; })},
      {"base_url", text([](Config& c) -> std::string& { return c.base_url; })},
      {"log_level", text([](Config& c) -> std::string& { return c.log_level; })},
      {"metrics_token", text([](Config& c) -> std::string& { return c.metrics_token; })},
      {"job_threads", number<int>(1, 64, [](Config& c) -> int& { return c.job_threads; })},
      {"machine", text([](Config& c) -> std::string& { return c.machine; })},
      {"files.folder", text([](Config& c) -> std::string& { return c.files_folder; })},
      {"store.endpoint", text([](Config& c) -> std::string& { return store_of(c).bucket.endpoint; })},
      {"store.bucket", text([](Config& c) -> std::string& { return store_of(c).bucket.name; })},
      {"store.region", text([](Config& c) -> std::string& { return store_of(c).bucket.region; })},
      {"store.key", text([](Config& c) -> std::string& { return store_of(c).bucket.key; })},
      {"store.secret",
       [](Config& c, const toml::node& node) {
         auto value = node.value<std::string>();
         if (value) store_of(c).bucket.secret = Secret<std::string>(*value);
         return when(value.has_value());
       }},
      {"store.prefix", text([](Config& c) -> std::string& { return store_of(c).bucket.prefix; })},
      {"store.path_style",
       [](Config& c, const toml::node& node) {
         const auto value = node.is_boolean() ? node.value<bool>() : std::nullopt;
         if (value) store_of(c).bucket.addressing = *value ? files::Addressing::path : files::Addressing::host;
         return when(value.has_value());
       }},
      {"store.part_mib",
       [](Config& c, const toml::node& node) -> Taken {
         constexpr std::int64_t least = 5, most = 1024;
         const std::int64_t n = node.is_integer() ? *node.value<std::int64_t>() : 0;
         if (n < least || n > most) return "must be a number from 5 to 1024.";
         store_of(c).bucket.part_bytes = static_cast<std::uint64_t>(n) << 20U;
         return std::nullopt;
       }},
      {"store.copies_stay_days",
       [](Config& c, const toml::node& node) -> Taken {
         constexpr std::int64_t most = 36'500;
         const std::int64_t n = node.is_integer() ? *node.value<std::int64_t>() : -1;
         if (n < 0 || n > most) return "must be a number from 0 to 36500.";
         store_of(c).copies_stay = std::chrono::days(n);
         return std::nullopt;
       }},
      {"files.max_mb", number<int>(1, 4000, [](Config& c) -> int& { return c.max_file_mb; })},
      {"media.watched_root", text([](Config& c) -> std::string& { return c.watched_root; })},
      {"media.cuts_here", truth([](Config& c) -> bool& { return c.cuts_here; })},
      {"media.max_upload_gb", number<int>(1, 10'000, [](Config& c) -> int& { return c.max_upload_gb; })},
      {"recogniser.command",
       [](Config& c, const toml::node& node) -> Taken {
         if (auto wrong = take_words(c.recogniser.command, node)) return wrong;
         auto wrong = cutting::wrong_with_command(c.recogniser.command, true);
         return wrong.empty() ? Taken() : Taken(std::move(wrong));
       }},
      {"recogniser.timeout_minutes", [](Config& c, const toml::node& node) { return take_minutes(node, c.recogniser.timeout); }},
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
    if (const auto* tables = node.as_array(); tables != nullptr && name == "hooks") {
      TRY(take_hooks(config, *tables, path));
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
std::string Config::files() const { return files_folder.empty() ? data_dir + "/files" : files_folder; }
std::string Config::name_of_machine() const {
  if (!machine.empty()) return machine;
  std::array<char, HOST_NAME_MAX + 1> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? std::string(name.data()) : std::string("this machine");
}
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
    if (config.store)
      if (auto wrong = files::wrong_with(config.store->bucket); !wrong.empty()) return fail(ErrorCode::invalid, file + ": " + wrong);
  } catch (const toml::parse_error& e) {
    const auto at = e.source().begin;
    const std::string place = at.line > 0 ? ", line " + std::to_string(at.line) + ", column " + std::to_string(at.column) : "";  // none: it cannot be opened
    return fail(ErrorCode::invalid, file + place + ": " + std::string(e.description()));
  }
  return config;
}

}  // namespace confer::app
