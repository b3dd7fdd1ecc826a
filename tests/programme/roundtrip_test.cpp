// What is written and read again is the documented projection of the format (docs/formats/schedule.md).
#include <gtest/gtest.h>
#include <algorithm>
#include <string>
#include "export_cases.h"
#include "programme/format.h"
#include "random_programme.h"
#include "shared_data.h"

namespace confer::programme {
namespace {

using testing::Seen;
constexpr std::uint64_t programmes = 400;

/// What was read differs by this from what should have been.
template <class Clear>
std::string differences_of(const Programme& back, Clear clear, const std::vector<Seen>& expected) {
  return testing::differences(testing::projected(testing::sessions(back, false), clear), expected);
}

const Generator generator{.version = "1.0", .url = "https://conf.example.org"};

/// schedule.json: no breaks, cancellations or sessions without a room; credits lose their role, a social its everything.
bool in_schedule_json(Seen& s) {
  if (s.language == "x-klingon") s.language.clear();  // none that a reader knows
  if (s.kind == "break" || s.cancelled || s.room.empty()) return false;
  for (std::string& person : s.persons) person.replace(person.rfind('/'), std::string::npos, "/0");
  s.level.clear();
  s.tags.clear();
  return true;
}
/// schedule.xml: the same, and persons are only a name; no streaming flag. Links without title get their address.
bool in_schedule_xml(Seen& s) {
  if (!in_schedule_json(s)) return false;
  for (std::string& person : s.persons) person = person.substr(0, person.find('/', person.find('/') + 1)) + "///0";
  s.no_stream = false;
  return true;
}
/// schedule2: breaks and cancellations too; types become the format's ten, languages two letters; no biographies, licences or recording flags.
bool in_schedule2(Seen& s) {
  if (s.kind == "talk" && s.room.empty()) return false;
  for (std::string& person : s.persons) person = person.substr(0, person.find('/', person.find('/') + 1)) + "//" + person.substr(person.rfind('/'));
  s.no_record = s.no_stream = false;
  s.license.clear();
  s.level.clear();
  s.tags.clear();
  s.type.clear();
  if (s.language == "pt-BR") s.language = "pt";
  if (s.kind == "talk" && s.language != "de" && s.language != "en" && s.language != "pt") s.language = "?";
  if (s.kind != "talk") s.cancelled = false;
  return true;
}

TEST(RoundTrip, schedule_json) {
  std::size_t seen = 0;
  for (std::uint64_t seed = 0; seed < programmes; ++seed) {
    const Programme p = testing::random_programme(seed);
    const auto back = read_schedule_json(write_schedule_json(p, generator));
    ASSERT_TRUE(back) << seed << ": " << back.error().message;
    const auto expected = testing::projected(testing::sessions(p, false), in_schedule_json);
    EXPECT_EQ(differences_of(back->programme, in_schedule_json, expected), "") << seed;
    seen += expected.size();
    const Conference &a = p.conference, &b = back->programme.conference;
    EXPECT_EQ(std::tuple(b.start, b.end, testing::kept_line(a.title.in(a.languages.front()))), std::tuple(a.start, a.end, b.title.in(b.languages.front())))
        << seed;
    EXPECT_EQ(b.zone, a.zone) << seed;
  }
  EXPECT_GT(seen, 3000U);
}

TEST(RoundTrip, schedule_xml) {
  for (std::uint64_t seed = 0; seed < programmes; ++seed) {
    const Programme p = testing::random_programme(seed);
    const auto back = read_schedule_xml(write_schedule_xml(p, generator));
    ASSERT_TRUE(back) << seed << ": " << back.error().message;
    // Only its address tells that two sessions are of one talk; an event without one has none to give.
    const auto in_this = [&](Seen& s) {
      if (p.conference.url.empty() && !s.talk_guid.empty()) s.talk_guid = s.guid;
      return in_schedule_xml(s);
    };
    EXPECT_EQ(differences_of(back->programme, in_schedule_xml, testing::projected(testing::sessions(p, false), in_this)), "") << seed;
    EXPECT_EQ(back->programme.conference.zone, p.conference.zone) << seed;
  }
}

TEST(RoundTrip, schedule2) {
  for (std::uint64_t seed = 0; seed < programmes; ++seed) {
    const Programme p = testing::random_programme(seed);
    const auto back = read_schedule2_json(write_schedule2_json(p, generator));
    ASSERT_TRUE(back) << seed << ": " << back.error().message;
    auto expected = testing::projected(testing::sessions(p, false), in_schedule2);
    // A language that the format cannot write becomes the conference's.
    for (Seen& s : expected)
      if (s.language == "?") s.language = p.conference.languages.front();
    std::ranges::sort(expected);
    EXPECT_EQ(differences_of(back->programme, in_schedule2, expected), "") << seed;
  }
}

TEST(RoundTrip, csv) {
  for (std::uint64_t seed = 0; seed < programmes; ++seed) {
    const Programme p = testing::random_programme(seed);
    const std::string bytes = write_csv(p);
    const auto header = read_csv_header(bytes);
    ASSERT_TRUE(header) << seed;
    const auto back = read_csv(bytes, header->guess, p.conference);
    ASSERT_TRUE(back) << seed << ": " << back.error().message;
    // A table has neither GUIDs of people nor links.
    const auto in_csv = [](Seen& s) {
      for (std::string& person : s.persons) person = person.substr(0, person.find('/'));
      if (s.language == "x-klingon") s.language.clear();
      s.links.clear();
      s.license = s.logo = s.feedback = s.origin = "";
      s.no_record = s.no_stream = false;
      if (s.kind != "talk") s.type.clear();
      std::erase_if(s.tags, [](const std::string& tag) { return tag == "a, b" || tag == "a" || tag == "b"; });
      return true;
    };
    EXPECT_EQ(differences_of(back->programme, in_csv, testing::projected(testing::sessions(p, false), in_csv)), "") << seed;
  }
}

/// Written, read and written again: nothing changes any more.
TEST(RoundTrip, the_second_time_changes_nothing) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    auto once = read_schedule_json(write_schedule_json(testing::random_programme(seed), generator));
    ASSERT_TRUE(once);
    // An importer gives codes; by them the sessions of one talk are told.
    for (Talk& talk : once->programme.talks) {
      const std::string code = "T" + talk.code.substr(5);
      for (Slot& slot : once->programme.slots)
        if (slot.talk == talk.code) slot.talk = code;
      talk.code = code;
    }
    const auto twice = read_schedule_json(write_schedule_json(once->programme, generator));
    ASSERT_TRUE(twice);
    const auto json = [](Seen& s) {
      s.origin.clear();  // the second address is the importing site's
      return in_schedule_json(s);
    };
    EXPECT_EQ(differences_of(twice->programme, json, testing::projected(testing::sessions(once->programme, false), json)), "") << seed;
  }
}

/// A file is the same whatever order it was put together in.
TEST(RoundTrip, the_same_programme_gives_the_same_bytes) {
  const Programme p = testing::random_programme(7);
  EXPECT_EQ(write_schedule_json(p, generator), write_schedule_json(Programme(p), generator));
  EXPECT_EQ(write_schedule_xml(p, generator), write_schedule_xml(Programme(p), generator));
}

}  // namespace
}  // namespace confer::programme
