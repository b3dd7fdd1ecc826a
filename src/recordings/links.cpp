// What a keeper says of addresses, and asking for a check (links.h).
#include "recordings/links.h"
#include <algorithm>
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/text.h"
#include "people/who.h"
#include "recordings/store.h"

namespace confer::recordings {
namespace {

Result<store::VideoOfEvent> require_video(db::Tx& tx, VideoId id) {
  TRY_ASSIGN(auto found, store::find_video(tx, id));
  if (!found) return fail(ErrorCode::not_found, "There is no such video any more.");
  return std::move(*found);
}

Result<void> tell(db::Tx& tx, const Actor& actor, const store::VideoOfEvent& video) {
  return journal::record(tx, who(actor), "recording.changed", video.series.value, video.event.value, "talk:" + video.code);
}

}  // namespace

Result<std::vector<Link>> list_links(db::Tx& tx) { return store::list_links(tx); }
Result<std::map<Health, std::int64_t>> count_by_health(db::Tx& tx) { return store::count_by_health(tx); }

Result<void> mark_video(db::Tx& tx, const Actor& actor, VideoId id, Health health) {
  TRY(require(actor, Right::archive, {}));
  TRY_ASSIGN(const auto video, require_video(tx, id));
  TRY_ASSIGN(const auto recording, find_recording(tx, video.talk));
  if (!recording) return fail(ErrorCode::not_found, "There is no such video any more.");
  const auto stored = std::ranges::find(recording->videos, id, &Video::id);
  if (stored == recording->videos.end()) return fail(ErrorCode::not_found, "There is no such video any more.");
  Memory memory{.health = health,
                .failures = 0,
                .checked_at = tx.now(),
                .failing_since = {},
                .counted_at = {},
                .seen_at = stored->seen_at,
                .note = "marked by hand",
                .moved_to = {}};
  if (health == Health::live) memory.seen_at = tx.now();
  TRY(store::set_memory(tx, id, memory, true));
  TRY(store::touch(tx, video.talk));
  return tell(tx, actor, video);
}

Result<void> replace_address(db::Tx& tx, const Actor& actor, VideoId id, std::string_view text) {
  TRY(require(actor, Right::archive, {}));
  const std::string url(trim(text));
  const auto wrong = [](std::string message) {
    return std::unexpected(Error{ErrorCode::invalid, "The address was not changed.", {}, {}, {{"url", std::move(message)}}});
  };
  TRY_ASSIGN(const auto video, require_video(tx, id));
  if (!url.starts_with("https://") && !url.starts_with("http://")) return wrong("“" + url + "” is not a web address: it should start with https://.");
  if (auto fine = check_text(url, "url", 2000); !fine || host_of(url).empty()) return wrong("“" + ellipsis(url, 100) + "” is not a web address.");
  TRY_ASSIGN(auto recording, find_recording(tx, video.talk));
  if (!recording) return fail(ErrorCode::not_found, "There is no such video any more.");
  if (std::ranges::find(recording->videos, url, &Video::url) != recording->videos.end()) return wrong("The talk has a video at this address already.");
  const auto stored = std::ranges::find(recording->videos, id, &Video::id);
  if (stored == recording->videos.end()) return fail(ErrorCode::not_found, "There is no such video any more.");
  Video fresh;
  fresh.url = url;
  fresh.label = stored->label;
  fresh.language = stored->language;
  fresh.license = stored->license;
  fresh.length = stored->length;
  *stored = std::move(fresh);
  TRY(put_recording(tx, std::move(*recording)));
  return tell(tx, actor, video);
}

std::string to_json(const LinkCheck& check) {
  JsonWriter w;
  return w.begin_object()
      .field("video", check.video.value)
      .field("event", check.event.value)
      .field("limit", static_cast<std::int64_t>(check.limit))
      .field("since", to_ms(check.since))
      .end_object()
      .take();
}

LinkCheck link_check_of_json(std::string_view text) {
  const auto json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object()) return {};
  const auto number = [&](const char* name) {
    const auto found = json.find(name);
    return found != json.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
  };
  return {.video = VideoId{number("video")},
          .event = EventId{number("event")},
          .limit = static_cast<int>(number("limit")),
          .since = instant_of_ms(number("since"))};
}

Result<std::optional<jobs::Job>> link_check_under_way(db::Tx& tx) {
  for (const auto state : {jobs::State::running, jobs::State::waiting}) {
    TRY_ASSIGN(const auto found, jobs::list_jobs(tx, 0, state, 200));
    // One address that is looked at again is no check of all.
    const auto job = std::ranges::find_if(found, [](const jobs::Job& j) { return j.kind == check_links_kind && !link_check_of_json(j.input).video; });
    if (job != found.end()) return *job;
  }
  return std::nullopt;
}

Result<void> ask_for_link_check(db::Tx& tx, const Actor& actor, LinkCheck check) {
  TRY(require(actor, Right::archive, {}));
  check.since = tx.now();
  std::string key = "check_links";
  if (check.video) {
    TRY_ASSIGN(const auto video, require_video(tx, check.video));
    TRY_ASSIGN(const auto recording, find_recording(tx, video.talk));
    const auto stored = recording ? std::ranges::find(recording->videos, check.video, &Video::id) : std::vector<Video>::const_iterator{};
    if (recording && stored != recording->videos.end() && stored->marked_by_hand)
      TRY(store::set_memory(tx, check.video,
                            {.health = Health::doubtful,
                             .checked_at = {},
                             .failing_since = {},
                             .counted_at = {},
                             .seen_at = stored->seen_at,
                             .note = "to be looked at again",
                             .moved_to = {}},
                            false));
    key += ":" + std::to_string(check.video.value);
  } else {
    TRY_ASSIGN(const auto running, link_check_under_way(tx));
    if (running) return fail(ErrorCode::conflict, "A check of the links is under way already. How far it is stands on this page.");
  }
  TRY(jobs::enqueue(tx, {.kind = std::string(check_links_kind), .input = to_json(check), .run_at = {}, .max_attempts = 20, .unique_key = key}));
  return {};
}

}  // namespace confer::recordings
