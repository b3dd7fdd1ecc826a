// Steps that a release and a correction share; not for other slices.
#pragma once
#include <optional>
#include <string>
#include "programme/programme.h"

namespace confer::programme {

struct ReleaseRequest {
  std::string name, comment;
  bool correction = false;
};
/// Stores `next` as the release that follows `before`, stamps calendars, tells the journal. The caller has checked the right and commits.
Result<Release> add_release(db::Tx& tx, const Actor& actor, const events::Event& event, Programme next, const std::optional<Programme>& before,
                            ReleaseRequest request);
/// The event's public address: "https://conf.example.org/pycon-2027".
std::string address_of(const events::Event& event, std::string_view base_url);
/// The draft without what must not be released.
Result<Programme> releasable(db::Tx& tx, const events::Event& event, std::string_view base_url);
/// Equal but for name, revision, time and the mark "moved".
bool is_same_programme(Programme a, Programme b);

}  // namespace confer::programme
