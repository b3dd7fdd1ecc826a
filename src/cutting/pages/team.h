// What the machine does for cuts just now, for the team's pages.
#pragma once
#include <map>
#include <string>
#include "cutting/cutting.h"
#include "jobs/jobs.h"

namespace confer::cutting {

/// The newest job of each cut that is not done.
using Work = std::map<CutId, jobs::Job>;
Result<Work> work_of(db::Tx& tx, EventId event);
/// A part of a block as it is planned, and what has become of it.
struct PartOfBlock {
  footage::PlannedPart planned;
  const Cut* cut = nullptr;  ///< nullptr: nothing has been cut of it
};
/// In the schedule's order. The result points into `cuts`.
std::vector<PartOfBlock> parts_of_block(const footage::PlannedSlot& slot, const std::vector<Cut>& cuts);
/// The page of a slot's cut, or of that of one of its parts, by the code of that one's talk.
std::string path_of_cut(const events::Event& event, std::int64_t slot, std::string_view part);
/// Of a badge.
std::string_view kind_of(Stage stage);
/// "embargoed until 2027-05-06 12:00". Instant::max(): until further notice.
std::string embargo_in_words(Instant until, const Zone& zone);
/// "about 3 min left", by how far it came since it began; empty while that is too little to tell.
std::string left_in_words(const jobs::Job& job, Instant now);
/// "41 %, about 3 min left", "in the queue", "waiting", "failed, is tried again", "given up".
std::string in_words(const jobs::Job& job, Instant now);
/// " 3 are being worked on; all of them by about 18:40." Empty when there is no work.
std::string day_in_words(const Work& work, Instant now, const Zone& zone);

}  // namespace confer::cutting
