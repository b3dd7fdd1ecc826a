// Who a session or token stands for, remembered for ten seconds.
#pragma once
#include <string>
#include "people/rights.h"

namespace confer::people {

/// A session that was ended, or rights that were changed, in this process count at once; in another process within ten seconds.
void forget_actors();

}  // namespace confer::people
