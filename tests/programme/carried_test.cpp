// An import leaves alone what its format has no words for: over all formats and fields, and for files that were written here.
#include <algorithm>
#include <array>
#include <functional>
#include <type_traits>
#include "base/random.h"
#include "programme/event_fixture.h"
#include "programme/formats/import.h"
#include "programme/merge.h"

namespace confer::programme {
namespace {

using test::ok;
using test::wall;

constexpr std::string_view name_space = "0d6a3a70-51d8-4a6c-9f0e-5f1b8b8f5c10";
constexpr std::array formats{Format::schedule_json, Format::schedule2_json, Format::schedule_xml, Format::pyvideo, Format::csv};
std::string guid(std::string_view name) { return name_uuid(name_space, std::string(name)); }

LocalizedText both(const std::string& text) {
  LocalizedText out("en", text);
  out.set("de", text + " auf Deutsch");
  return out;
}

/// A programme that says something in every field that an import can bring.
Imported rich() {
  Imported in;
  Programme& p = in.programme;
  Conference& c = p.conference;
  c.title = both("Rich");
  c.subtitle = both("Everything is told");
  c.acronym = "rich_conf";
  c.zone = "Europe/Berlin";
  c.start = parse_date("2027-06-01").value();
  c.end = parse_date("2027-06-03").value();
  c.languages = {"en", "de"};
  c.extra = {{"keywords", "[\"a\"]"}};
  p.rooms.push_back({.code = "room-1",
                     .guid = guid("hall"),
                     .name = both("Hall"),
                     .description = both("With a stage"),
                     .position = 1,
                     .capacity = 300,
                     .accessibility = "step-free",
                     .stream_url = "https://stream.example.org/hall",
                     .extra = {{"type", "\"stage\""}}});
  p.rooms.push_back({.code = "room-2", .guid = guid("back"), .name = both("Back room"), .position = 2, .hidden = true});
  p.tracks.push_back({.code = "track-1", .guid = guid("track"), .name = both("Science"), .description = both("What is known"), .color = "#1f5f8b"});
  p.types.push_back({.code = "type-1", .name = both("Keynote"), .length = minutes(45)});
  Talk talk;
  talk.code = "talk-1";
  talk.guid = guid("talk");
  talk.title = "The one talk";
  talk.subtitle = "of this event";
  talk.abstract = "In short";
  talk.description = "At length";
  talk.credits.push_back(
      {.name = "Ada Example", .role = CreditRole::moderator, .person_guid = guid("ada"), .biography = "A life", .avatar_url = "https://example.org/a.png"});
  talk.credits.push_back({.name = "Bert Example", .person_guid = guid("bert")});
  talk.track = "track-1";
  talk.type = "type-1";
  talk.language = "pt-BR";
  talk.level = "beginner";
  talk.tags = {"web", "data"};
  talk.do_not_record = talk.do_not_stream = true;
  talk.license = "CC BY 4.0";
  talk.logo_url = "https://example.org/logo.png";
  talk.feedback_url = "https://example.org/feedback";
  talk.origin_url = "https://elsewhere.example.org/talk/1";
  talk.links = {{"https://example.org/paper", "A paper", LinkKind::paper}};
  talk.attachments = {{"https://example.org/slides.pdf", "Slides", LinkKind::slides}};
  talk.extra = {{"code", "\"ELSEWH\""}};
  p.talks.push_back(talk);
  Slot slot{.guid = talk.guid, .talk = talk.code, .room = "room-1", .start = wall("2027-06-01T11:00"), .length = minutes(45)};
  slot.note = "Come early";
  slot.parts = {{"p1-a", "First part", {"Ada Example"}, minutes(0), minutes(20)}, {"p2-b", "Second part", {}, minutes(20), minutes(25)}};
  p.slots.push_back(slot);
  return in;
}

class CarriedTest : public test::EventTest {
 protected:
  ImportReport import(const std::string& slug, const Imported& in) { return ok(import_event(db(), organiser, slug, "", in)); }
  Programme draft(const std::string& slug) {
    auto tx = ok(db().begin_read());
    return ok(load_draft(tx, ok(events::require_event(tx, slug)), "https://conf.example.org"));
  }
};
ON_BOTH_DATABASES(CarriedTest);

/// Fields that nothing can be without.
bool may_be_empty(std::string_view field) {
  static constexpr std::array<std::string_view, 7> needed{"title", "name", "room", "start", "end", "length", "kind"};
  return std::ranges::find(needed, field) == needed.end();
}

/// Imports everything, then a file of each format that says nothing in one field, then everything again.
template <class T>
void empty_each(const std::vector<FieldOf<T>>& fields, std::string_view kind, const std::function<T&(Programme&)>& of,
                const std::function<ImportReport(const std::string&, const Imported&)>& import, const std::function<Programme(const std::string&)>& draft) {
  int count = 0;
  for (const Format format : formats)
    for (const FieldOf<T>& field : fields) {
      if (!may_be_empty(field.name)) continue;
      const Carried carried = carried_by(format);
      // A colour that is not told is no colour told: a track always has one.
      const bool tells = carried.tells(kind, field.name) && field.name != "color";
      const std::string slug = "rich-" + std::string(kind) + "-" + std::to_string(++count), what = carried.format + ": " + std::string(kind) + "." + field.name;
      import(slug, rich());
      Programme before = draft(slug);
      const std::string text = field.text(of(before));
      if (text.empty()) continue;  // a planned slot has an empty state
      Imported poor = rich();
      poor.carried = carried;
      field.take(of(poor.programme), T{});
      if constexpr (std::is_same_v<T, Talk>)
        if (field.name == "roles")
          for (Credit& credit : of(poor.programme).credits) credit.role = CreditRole::speaker;
      if (!field.text(of(poor.programme)).empty()) continue;  // a translation stands in for the first language
      const ImportReport report = import(slug, poor);
      Programme after = draft(slug);
      EXPECT_EQ(field.text(of(after)), tells ? "" : text) << what;
      EXPECT_TRUE(report.conflicts.empty()) << what << ": " << report.conflicts.front().field;
      EXPECT_EQ(report.updated, tells ? 1 : 0) << what;
      // What another format told is still known to be unchanged: its next file brings a new value without a conflict.
      Imported next = rich();
      EXPECT_TRUE(import(slug, next).conflicts.empty()) << what;
      Programme again = draft(slug);
      EXPECT_EQ(field.text(of(again)), text) << what;
    }
  EXPECT_GT(count, 0);
}

TEST_P(CarriedTest, field_when_a_file_leaves_it_empty_then_cleared_exactly_where_its_format_has_it) {
  const auto bring = [this](const std::string& slug, const Imported& in) { return import(slug, in); };
  const auto look = [this](const std::string& slug) { return draft(slug); };
  empty_each<Talk>(talk_fields(), "talk", [](Programme& p) -> Talk& { return p.talks.front(); }, bring, look);
  empty_each<Slot>(slot_fields("en"), "slot", [](Programme& p) -> Slot& { return p.slots.front(); }, bring, look);
  empty_each<Room>(room_fields("en"), "room", [](Programme& p) -> Room& { return p.rooms.front(); }, bring, look);
  empty_each<Track>(track_fields("en"), "track", [](Programme& p) -> Track& { return p.tracks.front(); }, bring, look);
}

TEST_P(CarriedTest, person_when_a_format_has_no_lives_then_kept_and_nobody_is_there_twice) {
  import("rich", rich());
  for (const Format format : {Format::schedule_xml, Format::schedule2_json, Format::csv}) {
    Imported poor = rich();
    poor.carried = carried_by(format);
    for (Credit& credit : poor.programme.talks[0].credits) credit.biography = credit.avatar_url = "";
    // A table has names only; some programs number people anew.
    for (Credit& credit : poor.programme.talks[0].credits) credit.person_guid = format == Format::csv ? "" : guid("anew " + credit.name);
    const auto report = import("rich", poor);
    EXPECT_EQ(report.added + report.updated, 0) << poor.carried.format;
    EXPECT_EQ(draft("rich").talks[0].credits[0].biography, "A life") << poor.carried.format;
  }
  // A talk that is new in a table is of the one person of that name.
  Imported table = rich();
  table.carried = carried_by(Format::csv);
  table.whole = false;
  Talk more = table.programme.talks[0];
  more.code = "talk-2";
  more.guid = guid("more");
  more.origin_url.clear();
  for (Credit& credit : more.credits) credit.person_guid.clear();
  table.programme.talks = {more};
  table.programme.slots.clear();
  EXPECT_EQ(import("rich", table).added, 1);
}

/// Everything that some format has no words for, beside `rich`.
Imported richer() {
  Imported in = rich();
  Programme& p = in.programme;
  const auto add = [&](const std::string& name, SlotKind kind, const std::string& room, std::string_view start, minutes length, SlotState state) {
    Slot slot{.guid = guid(name), .kind = kind, .state = state, .room = room, .start = wall(start), .length = length};
    if (kind == SlotKind::talk) {
      Talk talk = p.talks[0];
      talk.code = "talk-" + name;
      talk.guid = slot.guid;
      talk.title = "About " + name;
      talk.origin_url.clear();
      talk.extra.clear();
      talk.language = "";
      talk.type = "";
      slot.talk = talk.code;
      p.talks.push_back(talk);
    } else {
      slot.title = both(name);
    }
    p.slots.push_back(slot);
  };
  add("lunch", SlotKind::break_, "", "2027-06-01T12:30", minutes(60), SlotState::planned);
  add("party", SlotKind::social, "room-1", "2027-06-01T23:30", minutes(180), SlotState::planned);
  add("rebuild", SlotKind::blocker, "room-1", "2027-06-02T08:00", minutes(60), SlotState::planned);
  add("cancelled", SlotKind::talk, "room-1", "2027-06-02T10:00", minutes(30), SlotState::cancelled);
  add("nowhere", SlotKind::talk, "", "2027-06-02T11:00", minutes(30), SlotState::planned);
  add("hidden", SlotKind::talk, "room-2", "2027-06-02T12:00", minutes(30), SlotState::planned);
  add("endless", SlotKind::talk, "room-1", "2027-06-02T13:00", minutes(30 * 60), SlotState::planned);
  add("=formula", SlotKind::talk, "room-1", "2027-06-01T09:00", minutes(30), SlotState::planned);
  p.slots.push_back({.guid = guid("second"), .talk = "talk-=formula", .room = "room-1", .start = wall("2027-06-01T16:00"), .length = minutes(30)});
  p.talks.back().title = "=1+1";
  return in;
}

Imported read_back(Format format, const Programme& p) {
  const Generator generator{.version = "1.0", .url = "https://conf.example.org"};
  switch (format) {
    case Format::schedule_json:
      return ok(read_schedule_json(write_schedule_json(p, generator)));
    case Format::schedule2_json:
      return ok(read_schedule2_json(write_schedule2_json(p, generator)));
    case Format::schedule_xml:
      return ok(read_schedule_xml(write_schedule_xml(p, generator)));
    case Format::pyvideo:
      return ok(read_pyvideo(write_pyvideo(p)));
    case Format::csv:
      break;
  }
  const std::string bytes = write_csv(p);
  return ok(read_csv(bytes, ok(read_csv_header(bytes)).guess, p.conference, p.types));
}

TEST_P(CarriedTest, export_when_imported_into_its_own_draft_then_nothing_changes) {
  for (const Format format : {Format::schedule_json, Format::schedule2_json, Format::schedule_xml, Format::csv}) {
    const std::string slug = "own-" + std::to_string(static_cast<int>(format));
    import(slug, richer());
    const Programme before = draft(slug);
    const Imported back = read_back(format, before);
    for (const int time : {1, 2}) {
      const ImportReport report = import(slug, back);
      EXPECT_EQ(report.added, 0) << back.carried.format << " " << time;
      EXPECT_EQ(report.updated, 0) << back.carried.format << " " << time;
      EXPECT_EQ(report.removed, 0) << back.carried.format << " " << time;
      for (const auto& conflict : report.conflicts)
        ADD_FAILURE() << back.carried.format << ": " << conflict.kind << " " << conflict.title << ", " << conflict.field << ": “" << conflict.here << "”, not “"
                      << conflict.file << "”";
      EXPECT_EQ(draft(slug), before) << back.carried.format << " " << time;
    }
    // Everything is still known by the import that told it.
    const ImportReport again = import(slug, richer());
    EXPECT_EQ(again.added + again.updated + again.removed, 0) << back.carried.format;
    EXPECT_TRUE(again.conflicts.empty()) << back.carried.format;
  }
}

TEST_P(CarriedTest, table_when_it_lacks_columns_then_only_what_it_has_is_told) {
  import("rich", rich());
  const Programme before = draft("rich");
  const std::string bytes = "guid,title\n" + guid("talk") + ",Another title\n";
  const auto report = import("rich", ok(read_csv(bytes, ok(read_csv_header(bytes)).guess, before.conference, before.types)));
  EXPECT_EQ(report.updated, 1);
  EXPECT_TRUE(report.conflicts.empty());
  Programme expected = before;
  expected.talks[0].title = "Another title";
  Programme now = draft("rich");
  now.talks[0].slug = expected.talks[0].slug;
  EXPECT_EQ(now, expected);
}

TEST_P(CarriedTest, own_facts_of_the_event_when_a_table_is_imported_between_then_still_edited_here) {
  import("rich", rich());
  {
    auto tx = ok(db().begin_write());
    auto here = ok(events::require_event(tx, "rich"));
    here.title = {"en", "Named here"};
    ok(events::save_event(tx, organiser, here));
    ok(tx.commit());
  }
  const std::string bytes = "guid,title\n" + guid("talk") + ",The one talk\n";
  const Programme here = draft("rich");
  import("rich", ok(read_csv(bytes, ok(read_csv_header(bytes)).guess, here.conference, here.types)));
  import("rich", rich());
  EXPECT_EQ(draft("rich").conference.title.in("en"), "Named here");
}

TEST_P(CarriedTest, credit_when_added_here_then_stays_that_person_through_an_import) {
  import("rich", rich());
  {
    auto tx = ok(db().begin_write());
    auto here = ok(events::require_event(tx, "rich"));
    auto talk = ok(talks::list_talks(tx, here.id)).front();
    auto cleo = ok(people::add_person(tx, {.name = "Cleo Example"}));
    talk.credits.push_back({.person = cleo.id, .person_code = {}, .name = "Cleo Example"});
    ok(talks::save_talk(tx, organiser, here, talk));
    ok(tx.commit());
  }
  Imported next = rich();
  next.programme.talks[0].abstract = "Anew";
  import("rich", next);
  const Programme now = draft("rich");
  ASSERT_EQ(now.talks[0].credits.size(), 3u);
  EXPECT_EQ(now.talks[0].abstract, "Anew");
  EXPECT_NE(now.talks[0].credits[2].person_code, "");
}

TEST_P(CarriedTest, talks_when_they_share_an_address_then_each_is_itself) {
  Imported in = rich();
  Talk other = in.programme.talks[0];
  other.code = "talk-2";
  other.guid = guid("other");
  other.title = "The other talk";
  in.programme.talks.push_back(other);
  const auto first = import("rich", in);
  EXPECT_EQ(draft("rich").talks.size(), 2u);
  EXPECT_EQ(import("rich", in).added, 0);
  EXPECT_GT(first.added, 0);
}

}  // namespace
}  // namespace confer::programme
