// The things of the API as JSON, each in one form wherever it stands; openapi.json describes every field.
#pragma once
#include <string>
#include <string_view>
#include "api/reading.h"
#include "base/json_writer.h"
#include "base/localized_text.h"
#include "events/events.h"
#include "journal/journal.h"
#include "programme/programme.h"

namespace confer::api {

/// {"en": "…", "de": "…"}; with `language` only that one, or what stands in for it, under that tag.
void write_text(JsonWriter& w, std::string_view key, const LocalizedText& text, std::string_view language);
/// {"wall": "2027-05-04T10:30", "zone": "Europe/Berlin", "utc": "2027-05-04T08:30:00Z"}: what the clock on the wall shows, and when that is.
void write_moment(JsonWriter& w, std::string_view key, const Zone& zone, WallTime wall);

void write_series(JsonWriter& w, const events::Series& series, std::string_view base_url, std::string_view language);
/// What a list says of an event: the members, without the braces. `series` and `parent` are addresses (slugs); `parent` may be empty.
void write_event_summary(JsonWriter& w, const events::Event& event, std::string_view series, std::string_view parent, std::string_view base_url,
                         std::string_view language);
void write_room(JsonWriter& w, const programme::Room& room, std::string_view language);
void write_track(JsonWriter& w, const programme::Track& track, std::string_view language);
void write_type(JsonWriter& w, const programme::SessionType& type, std::string_view language);
void write_talk(JsonWriter& w, const Reading& r, const programme::Talk& talk, std::string_view language);
void write_slot(JsonWriter& w, const Reading& r, const programme::Slot& slot, std::string_view language);
void write_speaker(JsonWriter& w, const Reading& r, const Speaker& speaker);
void write_page(JsonWriter& w, const events::InfoPage& page, std::string_view base_url, const events::Event& event, std::string_view language);
/// The members, without the braces.
void write_release(JsonWriter& w, const programme::Release& release, bool current);
void write_change(JsonWriter& w, const programme::Change& change, const Zone& zone);
void write_clash(JsonWriter& w, const programme::Clash& clash);
void write_fact(JsonWriter& w, const journal::Fact& fact);

}  // namespace confer::api
