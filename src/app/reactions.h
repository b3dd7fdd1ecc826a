// What follows from what: every fact that makes something else happen.
#pragma once
#include "journal/journal.h"
#include "people/web.h"
#include "site/site.h"

namespace confer::app {

void add_reactions(journal::Feed& feed, const Web& web, site::RenderedSite& site);

}  // namespace confer::app
