// What follows from what: every fact that makes something else happen.
#pragma once
#include "app/following.h"
#include "journal/journal.h"
#include "people/web.h"

namespace confer::app {

void add_reactions(journal::Feed& feed, const Web& web, FollowingSite& following);

}  // namespace confer::app
