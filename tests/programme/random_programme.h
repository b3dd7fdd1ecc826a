// Invented programmes for property tests: the same seed gives the same programme, odd in all the ways that real ones are.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include "base/random.h"
#include "base/time.h"
#include "programme/model.h"

namespace confer::programme::testing {

class RandomProgramme {
 public:
  explicit RandomProgramme(std::uint64_t seed) : random_(seed), seed_(seed) {}

  Programme make() {
    Programme p;
    make_conference(p);
    const int rooms = number(1, 4), tracks = number(0, 3), talks = number(0, 25);
    for (int i = 0; i < rooms; ++i) {
      Room room{.code = "R" + std::to_string(i), .guid = guid("room", i), .name = localized(title()), .position = i};
      if (chance(3)) room.description = localized(title());
      if (chance(2)) room.capacity = number(0, 500);
      room.hidden = i > 0 && chance(6);
      p.rooms.push_back(std::move(room));
    }
    for (int i = 0; i < tracks; ++i)
      p.tracks.push_back(
          {.code = "T" + std::to_string(i), .guid = guid("track", i), .name = localized(title()), .color = chance(2) ? "#12abEF" : "", .position = i});
    p.types = {{.code = "talk", .name = localized("Talk")}, {.code = "tutorial", .name = localized("Tutorial"), .length = minutes{90}, .position = 1}};
    for (int i = 0; i < talks; ++i) make_talk(p, i);
    for (int i = number(0, 4); i > 0; --i) {
      Slot slot = make_slot(p);
      slot.kind = std::array{SlotKind::break_, SlotKind::blocker, SlotKind::social}[static_cast<std::size_t>(number(0, 2))];
      slot.title = localized(title());
      if (chance(2)) slot.room.clear();
      p.slots.push_back(std::move(slot));
    }
    put_in_order(p);
    return p;
  }

  int number(int least, int most) { return least + static_cast<int>(random_() % static_cast<std::uint64_t>(most - least + 1)); }
  bool chance(int one_in) { return number(1, one_in) == 1; }

 private:
  std::string guid(std::string_view kind, int i) const {
    return name_uuid("6ba7b811-9dad-11d1-80b4-00c04fd430c8", std::string(kind) + std::to_string(seed_) + "/" + std::to_string(i));
  }
  template <std::size_t N>
  const char* one_of(const std::array<const char*, N>& list) {
    return list[static_cast<std::size_t>(number(0, static_cast<int>(N) - 1))];
  }
  std::string title() {
    static constexpr std::array words{"Opening",
                                      "a",
                                      "State of",
                                      "Größe",
                                      "データ",
                                      "Привет",
                                      "& <b>bold</b>",
                                      "\"quoted\"",
                                      "it's",
                                      "🐿️ squirrels",
                                      "100 %",
                                      "C++",
                                      "semi;colon",
                                      "comma, comma",
                                      "back\\slash",
                                      "שלום",
                                      "]]>",
                                      "=SUM(A1)",
                                      "e\xcc\x81t\xc3\xa9",
                                      "x\ty",
                                      "Room/Hall",
                                      "\"",
                                      "-",
                                      "--",
                                      "{braces}",
                                      "[list]",
                                      "#hash",
                                      "&amp;",
                                      "tail\n",
                                      "Ünïcödé"};
    std::string text;
    for (int i = number(1, 5); i > 0; --i) text += (text.empty() ? "" : " ") + std::string(one_of(words));
    return text + " " + std::to_string(number(1, 99));
  }
  std::string paragraph() {
    std::string text;
    for (int i = number(0, 4); i > 0; --i) text += title() + (chance(3) ? "\n\n" : chance(5) ? "\x01\x0b" : chance(5) ? "\r\n" : ". ");
    return text;
  }
  LocalizedText localized(std::string text) { return LocalizedText(language_, std::move(text)); }

  void make_conference(Programme& p) {
    struct Where {
      const char *zone, *day;
    };
    // Days with a change of clocks, half-hour and quarter-hour offsets, a 30-minute daylight saving, and plain ones.
    static constexpr std::array places{Where{"Europe/Berlin", "2027-03-27"},
                                       Where{"Europe/Berlin", "2027-10-30"},
                                       Where{"America/Argentina/Buenos_Aires", "2027-06-01"},
                                       Where{"Asia/Kathmandu", "2027-01-31"},
                                       Where{"Australia/Lord_Howe", "2027-04-03"},
                                       Where{"Australia/Lord_Howe", "2027-10-02"},
                                       Where{"Pacific/Apia", "2027-12-30"},
                                       Where{"UTC", "2027-02-27"},
                                       Where{"America/St_Johns", "2027-03-13"},
                                       Where{"America/New_York", "2027-11-06"},
                                       Where{"Africa/Casablanca", "2027-02-06"}};
    const Where& where = places[static_cast<std::size_t>(number(0, static_cast<int>(places.size()) - 1))];
    language_ = chance(4) ? "de" : "en";
    Conference& c = p.conference;
    c.slug = one_of(std::array{"pycon-2027", "bbq", "x", "FOSDEM.2027", "a-very-long-name-of-a-conference-2027"});
    c.acronym = one_of(std::array{"pycon2027", "", "bbq", "PyCon-DE 2027"});
    c.guid = guid("conference", 0);
    c.title = localized(title());
    if (chance(2)) c.subtitle = localized(title());
    c.zone = where.zone;
    c.start = *parse_date(where.day);
    c.end = c.start + std::chrono::days{number(0, 3)};
    c.day_start_hour = chance(4) ? number(0, 8) : 4;
    c.color = chance(2) ? "#205080" : "";
    c.url = chance(5) ? "" : "https://conf.example.org/" + c.slug;
    c.languages = {language_};
    p.version = chance(4) ? "" : "1." + std::to_string(number(0, 9));
    p.revision = p.version.empty() ? 0 : number(1, 30);
  }

  Slot make_slot(const Programme& p) {
    Slot slot{.number = 100 + next_++ * 3};
    slot.guid = guid("slot", static_cast<int>(slot.number));
    slot.room = p.rooms[static_cast<std::size_t>(number(0, static_cast<int>(p.rooms.size()) - 1))].code;
    const int days = static_cast<int>((p.conference.end - p.conference.start).count());
    slot.start = WallTime(p.conference.start + std::chrono::days{number(0, days)}) + minutes{5 * number(0, 287)};
    slot.length = minutes{chance(12) ? number(24 * 60, 80 * 60) : 5 * number(1, 30)};
    slot.state = chance(10) ? SlotState::cancelled : chance(10) ? SlotState::moved : SlotState::planned;
    return slot;
  }

  void make_talk(Programme& p, int i) {
    Talk talk{.code = "TALK" + std::string(1, static_cast<char>('A' + i / 26)) + std::string(1, static_cast<char>('A' + i % 26)), .guid = guid("talk", i)};
    talk.slug = "talk-" + std::to_string(i);
    talk.title = title();
    if (chance(3)) talk.subtitle = title();
    talk.abstract = paragraph();
    if (chance(2)) talk.description = paragraph();
    for (int n = number(0, 3); n > 0; --n) {
      const int person = number(0, 9);
      Credit credit{.name = "Person " + std::to_string(person) + (person % 3 ? "" : " Ñandú & 王")};
      if (std::ranges::find(talk.credits, credit.name, &Credit::name) != talk.credits.end()) continue;
      credit.role = static_cast<CreditRole>(number(0, 4));
      credit.person_guid = guid("person", person);
      if (person % 2) credit.person_code = "PERSO" + std::to_string(person);
      if (chance(3)) credit.biography = paragraph();
      if (chance(4)) credit.avatar_url = one_of(std::array{"https://conf.example.org/a b.png", "/media/x.png", "http://[bad", "https://example.org/ä?q=1#f"});
      talk.credits.push_back(std::move(credit));
    }
    if (!p.tracks.empty() && !chance(4)) talk.track = p.tracks[static_cast<std::size_t>(number(0, static_cast<int>(p.tracks.size()) - 1))].code;
    talk.type = chance(5) ? "" : chance(4) ? "tutorial" : "talk";
    talk.language = one_of(std::array{"", "en", "de", "pt-BR", "x-klingon"});
    talk.level = chance(3) ? "beginner" : "";
    for (int n = number(0, 2); n > 0; --n) talk.tags.push_back(one_of(std::array{"web", "a, b", "Größe", "x"}));
    talk.do_not_record = chance(4);
    talk.do_not_stream = chance(6);
    talk.license = chance(3) ? "CC BY 4.0" : "";
    talk.logo_url = one_of(std::array{"", "https://example.org/logo.png", "media/logo.png", "javascript:alert(1)"});
    talk.feedback_url = one_of(std::array{"", "https://example.org/feedback", "not a url"});
    talk.origin_url = one_of(std::array{"", "https://example.org/talk/1"});
    for (int n = number(0, 2); n > 0; --n)
      talk.links.push_back({one_of(std::array{"https://example.org/p?a=1&b=2", "http://example.org:/x", "FILL", "mailto:a@example.org"}), title()});
    if (chance(4)) talk.attachments.push_back({"https://example.org/slides (final).pdf", title(), LinkKind::slides});
    talk.state = std::array{TalkState::confirmed, TalkState::confirmed, TalkState::confirmed, TalkState::accepted, TalkState::cancelled, TalkState::draft}
        [static_cast<std::size_t>(number(0, 5))];
    const int slots = chance(5) ? number(2, 3) : chance(10) ? 0 : 1;
    for (int n = 0; n < slots; ++n) {
      Slot slot = make_slot(p);
      slot.talk = talk.code;
      if (n == 0) slot.guid = talk.guid;
      if (chance(6))
        for (int part = 0; part < 3 && minutes{5 * (part + 1)} <= slot.length; ++part)
          slot.parts.push_back({"p" + std::to_string(part), title(), {"Person " + std::to_string(part)}, minutes{5 * part}, minutes{5}});
      if (chance(8)) slot.note = title();
      p.slots.push_back(std::move(slot));
    }
    p.talks.push_back(std::move(talk));
  }

  std::mt19937_64 random_;
  std::uint64_t seed_;
  std::string language_ = "en";
  std::int64_t next_ = 0;
};

inline Programme random_programme(std::uint64_t seed) { return RandomProgramme(seed).make(); }

}  // namespace confer::programme::testing
