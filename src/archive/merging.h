// A record that changed at its source, put into a talk that may have been edited here: field by field. Pure rules.
#pragma once
#include "archive/imported.h"

namespace confer::archive {

struct Merged {
  talks::Talk talk;
  recordings::Recording recording;
  std::vector<std::string> conflicts;  ///< fields that changed there and here: ours stayed
};
/// `base`: what the record said when it was last imported; nullptr: nothing is known of that, and what is here stays where it says anything.
/// `edited`: the talk or its recording was changed here since.
Merged merge(const ImportedTalk* base, const talks::Talk& here, const recordings::Recording& recording_here, const ImportedTalk& fresh, bool edited);

}  // namespace confer::archive
