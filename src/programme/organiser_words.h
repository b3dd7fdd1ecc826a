// How the organisers' pages speak of slots, times, clashes and changes.
#pragma once
#include <string>
#include <vector>
#include "events/events.h"
#include "html/template.h"
#include "programme/clashes.h"
#include "programme/difference.h"
#include "programme/model.h"

namespace confer::programme {

/// "Fri 7 May, 10:30".
std::string day_and_time(WallTime t);
/// "Fri 7 May, 10:30–11:15".
std::string time_span(WallTime start, minutes length);
/// The room's name in the event's first language; "all rooms" for none.
std::string room_name(const Programme& p, const std::string& code);
/// The talk's or break's title, or "(no title)".
std::string slot_title(const Programme& p, const Slot& slot);
/// Clashes as a list; an empty string when there are none. Slots and talks lead to their forms.
std::string clash_list(const events::Event& event, const std::vector<Clash>& clashes);
/// Changes as a list with what was and what will be.
std::string change_list(const Programme& before, const Programme& after, const std::vector<Change>& changes);
std::string_view name_of(ChangeKind kind);
std::string_view words_of(SlotKind kind);
std::string_view words_of(SlotState state);

}  // namespace confer::programme
