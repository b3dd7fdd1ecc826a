// What answers mean, and when a video is gone (link_rules.h).
#include "recordings/link_rules.h"
#include "base/text.h"

namespace confer::recordings {
namespace {

std::string_view path_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  const auto slash = url.find('/', scheme + 3);
  if (slash == std::string_view::npos) return "/";
  url = url.substr(slash);
  return url.substr(0, url.find_first_of("?#"));
}

std::string status_words(int status) { return "HTTP " + std::to_string(status); }

Look missing(std::string note) { return {.found = Look::Found::missing, .note = std::move(note), .moved_to = {}}; }
Look unclear(std::string note) { return {.found = Look::Found::unclear, .note = std::move(note), .moved_to = {}}; }

/// What is the same whoever is asked; nothing when the status decides.
std::optional<Look> without_status(const HostAnswer& answer) {
  if (answer.refused_here) return unclear("its address lies in a private network, which the settings exclude");
  if (answer.status == 0) {
    Look look = missing(answer.problem.empty() ? "no answer" : answer.problem);
    look.leave_host_alone = look.is_silence = true;
    return look;
  }
  if (answer.status == 429 || answer.status == 503) {
    Look look = unclear(status_words(answer.status) + ": the host asks to come back later");
    look.leave_host_alone = true;
    return look;
  }
  return std::nullopt;
}

}  // namespace

std::string host_of(std::string_view url) {
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 3);
  host = host.substr(0, host.find_first_of("/?#"));
  if (const auto at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
  std::string out = ascii_lower(host);
  if (out.starts_with("www.")) out.erase(0, 4);
  return out;
}

bool ask_again_with_get(const HostAnswer& head) { return head.status >= 400 && head.status != 410 && head.status != 429 && head.status != 503; }

Look look_of(std::string_view url, const HostAnswer& answer) {
  if (auto look = without_status(answer)) return *look;
  if (answer.status >= 200 && answer.status < 300) {
    const std::string& end = answer.final_url.empty() ? std::string(url) : answer.final_url;
    // A host that leads every old address to its first page has nothing there any more.
    if (end != url && path_of(end) == "/" && path_of(url) != "/") return missing("leads to the first page of " + host_of(end));
    Look look{.found = Look::Found::there, .note = {}, .moved_to = {}};
    if (answer.moved_for_good && end != url) look.moved_to = end;
    return look;
  }
  if (answer.status == 404 || answer.status == 410) return missing(status_words(answer.status));
  if (answer.status == 401 || answer.status == 403 || answer.status == 405 || answer.status == 451)
    return unclear(status_words(answer.status) + ": the host does not say");
  if (answer.status >= 300 && answer.status < 400) return unclear(status_words(answer.status) + ": it leads nowhere");
  return missing(status_words(answer.status));
}

Look with_silence_in_doubt(Look look) {
  if (!look.is_silence || look.found == Look::Found::unclear) return look;
  look.found = Look::Found::unclear;
  look.note += "; nothing else answered, so it may be the network here";
  return look;
}

Look look_of_oembed(Oembed host, const HostAnswer& answer) {
  if (auto look = without_status(answer)) {
    if (look->is_silence) look->found = Look::Found::unclear;
    return *look;
  }
  if (answer.status >= 200 && answer.status < 300) return {.found = Look::Found::there, .note = {}, .moved_to = {}};
  if (answer.status == 401) return missing("HTTP 401: private, or not to be shown on other sites");
  if (answer.status == 403) return host == Oembed::vimeo ? Look{.found = Look::Found::there, .note = {}, .moved_to = {}} : missing("HTTP 403: private");
  if (answer.status == 404 || answer.status == 400 || answer.status == 410) return missing(status_words(answer.status) + ": there is no such video");
  return unclear(status_words(answer.status) + ": the host does not say");
}

Memory remembered(Memory before, const Look& look, Instant now) {
  Memory after = before;
  after.note = look.note;
  after.checked_at = now;
  switch (look.found) {
    case Look::Found::there:
      after.health = Health::live;
      after.failures = 0;
      after.failing_since.reset();
      after.counted_at.reset();
      after.seen_at = now;
      after.moved_to = look.moved_to;
      break;
    case Look::Found::unclear:
      if (after.health == Health::unchecked) after.health = Health::doubtful;
      break;
    case Look::Found::missing:
      // Several looks on one day count once.
      if (after.failures == 0 || !after.counted_at || now - *after.counted_at >= between_counted_looks) {
        if (after.failures++ == 0) after.failing_since = now;
        after.counted_at = now;
      }
      if (after.health != Health::dead)
        after.health = after.failures >= looks_until_gone && now - *after.failing_since >= least_time_until_gone ? Health::dead : Health::doubtful;
      break;
  }
  return after;
}

}  // namespace confer::recordings
