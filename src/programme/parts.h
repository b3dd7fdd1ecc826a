// The talks of a block's parts: what carries a part's own video.
#pragma once
#include <vector>
#include "db/database.h"
#include "events/events.h"
#include "ids/ids.h"

namespace confer::programme {

struct FollowedParts {
  int added = 0, changed = 0, removed = 0;
  std::vector<TalkId> returned;  ///< those that had been removed, and are there again
};
/// Brings the talks of parts in line with the blocks as they were released, else as they are planned. Each part, known by its block and its anchor, has one
/// with its title and speakers; language, track, type and licence are the block's when it is made. What is set at such a talk stays: consent, abstract, who
/// a name is. A part that is gone takes its talk with it, and its talk comes back with it.
Result<FollowedParts> follow_parts(db::Tx& tx, const events::Event& event);

}  // namespace confer::programme
