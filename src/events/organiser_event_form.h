// An event's settings as fields: for changing one and for making one.
#pragma once
#include "events/events.h"
#include "events/organiser_form.h"

namespace confer::events {

void fill_event(Form& form, const Event& event);
/// The event as the form says, starting from what is stored. Errors: invalid, by field.
Result<Event> event_in(const http::Fields& form, Event event);

}  // namespace confer::events
