// What a cut begins with: where the schedule, the footage and the stage timer say that a talk lies. Its ends are listened for from there.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include "cutting/cutting.h"
#include "cutting/stage.h"

namespace confer::cutting {

/// A slot in the schedule, or a part of it. Nothing where there is none of that number or code.
struct Planned {
  const footage::RoomFootage* room = nullptr;
  const footage::PlannedSlot* slot = nullptr;
  const footage::PlannedPart* part = nullptr;
  std::size_t index = 0;  ///< of the slot in its room
  const footage::Span& span() const;
};
Planned find_planned(const footage::EventFootage& all, std::int64_t slot, std::string_view part);

struct FirstPlan {
  Plan plan;  ///< its ends are a guess
  std::string doubts;
};
/// Nothing when there is no footage. Around a mark it is listened within a minute, also where the talk lay far from its time in the schedule: parts of a block
/// often change their order. A beginning counts from a quarter of an hour before its slot (a part's: its block's) until that is over, an end until an hour
/// after.
std::optional<FirstPlan> first_plan(const footage::EventFootage& all, std::int64_t slot, std::string_view part, const Padding& padding,
                                    const StageMarks& marks);

}  // namespace confer::cutting
