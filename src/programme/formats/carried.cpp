// What each format has words for, so that an import leaves alone what it cannot tell (docs/formats/schedule.md, "What an import leaves alone").
#include <string>
#include <utility>
#include "programme/formats/import.h"

namespace confer::programme {
namespace {

/// None of the formats of the field has a place for these.
constexpr std::string_view translation = " in other languages";

Carried common(std::string format) {
  Carried carried{.format = std::move(format), .without = {"room.accessibility", "room.stream_url", "track.description", "slot.note", "slot.parts"}};
  for (const char* field : {"conference.title", "conference.subtitle", "room.name", "room.description", "track.name", "track.description", "slot.title"})
    carried.without.insert(field + std::string(translation));
  carried.one_language = true;
  return carried;
}

void cannot(Carried& carried, std::initializer_list<const char*> fields) { carried.without.insert(fields.begin(), fields.end()); }

}  // namespace

Carried carried_by(Format format) {
  switch (format) {
    case Format::schedule_json: {
      Carried carried = common("schedule.json");
      cannot(carried, {"talk.level", "talk.tags", "talk.roles", "slot.break", "slot.cancelled", "slot.without room"});
      return carried;
    }
    case Format::schedule_xml: {
      Carried carried = common("schedule.xml");
      cannot(carried, {"talk.level", "talk.roles", "talk.do_not_stream", "person.biography", "person.avatar_url", "slot.break", "slot.cancelled",
                       "slot.without room", "room.description", "room.capacity", "conference.subtitle"});
      return carried;
    }
    case Format::schedule2_json: {
      Carried carried = common("schedule2");
      carried.one_language = false;
      carried.without.erase("conference.subtitle" + std::string(translation));
      carried.without.erase("room.description" + std::string(translation));
      cannot(carried, {"talk.level", "talk.tags", "talk.do_not_record", "talk.do_not_stream", "talk.license", "person.biography", "person.avatar_url",
                       "slot.without room"});
      carried.type_as = schedule2_type;
      carried.language_as = schedule2_language;
      return carried;
    }
    case Format::pyvideo: {
      Carried carried = common("pyvideo");
      cannot(carried, {"talk.subtitle", "talk.roles", "talk.track", "talk.type", "talk.level", "talk.do_not_record", "talk.do_not_stream", "talk.feedback_url",
                       "talk.origin_url", "talk.attachments", "person.biography", "person.avatar_url", "slot.room", "slot.break", "slot.cancelled",
                       "conference.subtitle"});
      return carried;
    }
    case Format::csv: {
      // Beside the columns that it lacks: see read_csv.
      Carried carried = common("csv");
      cannot(carried, {"talk.roles", "talk.do_not_record", "talk.do_not_stream", "talk.license", "talk.logo_url", "talk.feedback_url", "talk.links",
                       "talk.attachments", "person.biography", "person.avatar_url", "room.description", "room.capacity", "track.color", "conference.title",
                       "conference.subtitle", "conference.start", "conference.end"});
      return carried;
    }
  }
  return {};
}

}  // namespace confer::programme
