// What follows from what: every fact that makes something else happen.
#pragma once
#include "app/config.h"
#include "app/following.h"
#include "journal/journal.h"
#include "people/web.h"

namespace confer::app {

void add_reactions(journal::Feed& feed, const Web& web, const Config& config, FollowingSite& following);

}  // namespace confer::app
