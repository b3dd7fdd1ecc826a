// What an answer of a video's host means, and when a video is called gone. Rules: no network, no clock.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include "base/time.h"

namespace confer::recordings {

/// What one look at an address told.
struct Look {
  enum class Found : unsigned char {
    there,    ///< it answers
    missing,  ///< it does not: counts, and after several days of that it is called gone
    unclear,  ///< it refuses to say (403, 429, a private network): counts for nothing
  } found = Found::unclear;
  std::string note;               ///< "HTTP 404", for the keeper; empty when it is there
  std::string moved_to;           ///< where it leads for good
  bool leave_host_alone = false;  ///< the host asked for fewer requests, or does not answer: not again in this run
  bool is_silence = false;        ///< missing because nothing answered: which may also be our network's fault
};
/// What a silence means when nobody else has answered either: nothing.
Look with_silence_in_doubt(Look look);

/// What a host answered. `status` 0: nothing, `problem` says why. `url` was asked for, `final_url` answered in the end.
struct HostAnswer {
  int status = 0;
  std::string problem, final_url;
  bool refused_here = false;  ///< a private network that the settings exclude
  bool moved_for_good = false;
};
Look look_of(std::string_view url, const HostAnswer& answer);
/// The same for a host's oEmbed address, which says of a video's id whether anybody may see it (YouTube answers 400, 401, 403 or 404 for what is not there or
/// private; Vimeo 403 for what only some sites may show, which is there). Of these hosts a silence says nothing of the video.
enum class Oembed : unsigned char { youtube, vimeo };
Look look_of_oembed(Oembed host, const HostAnswer& answer);
/// True when HEAD told nothing that can be relied on: many servers refuse it, or answer it wrongly.
bool ask_again_with_get(const HostAnswer& head);

enum class Health : unsigned char { unchecked = 0, live = 1, dead = 2, doubtful = 3 };  ///< doubtful: failed, but not often enough to call it dead
/// The state of an address over many looks.
struct Memory {
  Health health = Health::unchecked;
  int failures = 0;
  std::optional<Instant> checked_at, failing_since, counted_at, seen_at;  ///< counted_at: the last look that counted as a failure
  std::string note, moved_to;
  bool operator==(const Memory&) const = default;
};
inline constexpr int looks_until_gone = 3;
inline constexpr std::chrono::hours between_counted_looks{20}, least_time_until_gone{48};
/// Gone is what was missing in three looks on different days, two days or more apart: a host's bad evening proves nothing.
Memory remembered(Memory before, const Look& look, Instant now);

/// "example.org:8080" of an address, for counting requests; empty when it has none.
std::string host_of(std::string_view url);

}  // namespace confer::recordings
