// Names an actor in the journal.
#pragma once
#include "journal/journal.h"
#include "people/rights.h"

namespace confer {

inline journal::Who who(const Actor& actor) {
  if (!actor.system.empty()) return {0, actor.system};
  return {actor.person.value, "person"};
}

}  // namespace confer
