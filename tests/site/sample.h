// An event for the site's tests: two languages, two days, two rooms and a hidden one, a block with parts, and texts that must never be seen.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>
#include "base/random.h"
#include "events/events.h"
#include "files/files.h"
#include "html/markdown.h"
#include "html/page.h"
#include "html/template.h"
#include "http/event_hub.h"
#include "people/web.h"
#include "programme/programme.h"
#include "site/site.h"
#include "support/database.h"

namespace confer::site::sample {

using test::ok;

inline const Actor organiser = system_actor("test");

inline LocalizedText both(std::string english, std::string german) {
  LocalizedText text("en", std::move(english));
  text.set("de", std::move(german));
  return text;
}

inline WallTime wall(std::string_view text) { return parse_wall_time(text).value(); }
inline std::string guid_of(std::string_view name) { return name_uuid("5c1f9d3e-6b1a-4f0e-9c57-0d5d5a1f3b77", name); }

inline programme::Talk talk(std::string_view name, std::string title, std::vector<std::string> speakers) {
  programme::Talk t;
  t.code = name;
  t.guid = guid_of(name);
  t.title = std::move(title);
  t.abstract = "About *" + t.title + "*: what we learned, with [a link](https://example.org/a) and <b>no HTML</b>.";
  t.track = "web";
  t.type = "talk";
  t.language = "en";
  for (auto& speaker : speakers) {
    programme::Credit credit{.name = speaker};
    credit.person_guid = guid_of(speaker);
    credit.biography = "Lives by the sea.";
    t.credits.push_back(std::move(credit));
  }
  return t;
}

inline programme::Programme sample_programme() {
  programme::Programme p;
  auto& c = p.conference;
  c.slug = "harbour-2027";
  c.acronym = "harbour2027";
  c.guid = guid_of("conference");
  c.title = both("Harbour Conf 2027", "Hafenkonferenz 2027");
  c.zone = "Europe/Berlin";
  c.start = parse_date("2027-05-04").value();
  c.end = parse_date("2027-05-05").value();
  c.color = "#175e54";
  c.languages = {"en", "de"};
  p.rooms = {{.code = "hall", .guid = guid_of("hall"), .name = both("Great Hall", "Großer Saal"), .position = 1, .capacity = 400},
             {.code = "loft", .guid = guid_of("loft"), .name = both("Rope Loft", "Seilboden"), .position = 2},
             {.code = "cellar", .guid = guid_of("cellar"), .name = LocalizedText("en", "CANARY-ROOM"), .position = 3, .hidden = true}};
  p.tracks = {{.code = "web", .guid = guid_of("web"), .name = both("Web", "Netz"), .color = "#1f63c4", .position = 1}};
  p.types = {{.code = "talk", .name = both("Talk", "Vortrag")},
             {.code = "keynote", .name = both("Keynote", "Hauptvortrag"), .length = minutes{45}, .position = 1}};
  p.talks = {talk("t1", "Tides & <series>", {"Wanja Okoye", "Lene Åkesson"}), talk("t2", "Lightning talks", {}), talk("t3", "Ships in Python", {"Wanja Okoye"}),
             talk("t4", "CANARY-HIDDEN in the cellar", {"CANARY-PERSON"}), talk("t5", "Ropes", {"Ärla Ängström"})};
  p.talks[0].type = "keynote";
  p.talks[2].do_not_record = true;
  p.talks[2].language = "de";
  p.talks[2].feedback_url = "https://example.org/feedback?a=1&b=2";
  p.talks[2].links = {{.url = "https://example.org/ships", .title = "Ships"}, {.url = "javascript:alert(1)", .title = "bad"}};
  const auto slot = [&](std::string_view name, std::string_view of, std::string_view room, std::string_view start, int length) {
    programme::Slot s;
    s.number = static_cast<std::int64_t>(p.slots.size()) + 1;
    s.guid = guid_of(name);
    s.talk = of;
    s.room = room;
    s.start = wall(start);
    s.length = minutes{length};
    p.slots.push_back(std::move(s));
  };
  slot("t1", "t1", "hall", "2027-05-04T10:00", 45);
  slot("t2", "t2", "hall", "2027-05-04T11:30", 30);
  slot("t3", "t3", "loft", "2027-05-04T11:30", 30);
  slot("t4", "t4", "cellar", "2027-05-04T11:30", 30);
  slot("t5", "t5", "loft", "2027-05-05T10:00", 25);
  p.slots[1].parts = {{.anchor = "p1-knots", .title = "Knots", .speakers = {"Piet Maas"}, .offset = minutes{0}, .length = minutes{5}},
                      {.anchor = "p2-sails", .title = "Sails", .speakers = {}, .offset = minutes{5}, .length = minutes{5}}};
  slot("break", "", "", "2027-05-04T10:45", 45);
  p.slots.back().kind = programme::SlotKind::break_;
  p.slots.back().title = both("Coffee", "Kaffee");
  slot("blocker", "", "loft", "2027-05-04T15:00", 60);
  p.slots.back().kind = programme::SlotKind::blocker;
  p.slots.back().title = LocalizedText("en", "CANARY-BLOCKER");
  programme::put_in_order(p);
  return p;
}

/// Enough of a document to look at links: what app's chrome says of a page.
inline std::string plain_chrome(const html::Page& page) {
  const auto e = [](std::string_view text) { return html::escape(text); };
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + page.language + "\"><head><title>" + e(page.title) + "</title>";
  for (const auto& style : page.styles)
    if (style.starts_with('/')) out += "<link rel=\"stylesheet\" href=\"" + e(style) + "\">";
  for (const auto& a : page.alternates) out += "<link rel=\"alternate\" hreflang=\"" + a.language + "\" href=\"" + e(a.href) + "\">";
  for (const auto& f : page.feeds) out += "<link rel=\"alternate\" href=\"" + e(f.href) + "\">";
  if (!page.manifest_href.empty()) out += "<link rel=\"manifest\" href=\"" + e(page.manifest_href) + "\">";
  out += "</head><body><a href=\"" + e(page.home) + "\">" + e(page.site_title) + "</a>";
  if (!page.search_href.empty()) out += "<a href=\"" + e(page.search_href) + "\">search</a>";
  for (const auto& n : page.navigation) out += "<a href=\"" + e(n.href) + "\">" + e(n.text) + "</a>";
  for (const auto& n : page.trail) out += "<a href=\"" + e(n.href) + "\">" + e(n.text) + "</a>";
  for (const auto& n : page.footer) out += "<a href=\"" + e(n.href) + "\">" + e(n.text) + "</a>";
  if (!page.banner.empty()) out += "<p>" + e(page.banner) + "</p>";
  return out + "<main>" + page.body + "</main></body></html>\n";
}

/// The sample imported, made public and released, and a site over it.
class Sample {
 public:
  explicit Sample(db::Database& db, const std::filesystem::path& folder) : db_(db) {
    files_ = ok(files::open_folder((folder / "files").string()));
    web_ = std::make_unique<Web>(
        Web{.db = db, .files = *files_, .events = hub_, .chrome = plain_chrome, .sign_in = {}, .data_dir = folder.string(), .programme_changed = {}});
    web_->sign_in.base_url = base_url;
    ok(programme::import_event(db, organiser, "harbour-2027", "harbour", {.programme = sample_programme(), .oddities = {}}));
    {
      auto tx = ok(db.begin_write());
      auto event = ok(events::require_event(tx, "harbour-2027"));
      id_ = event.id;
      event.is_public = true;
      event.languages = {"en", "de"};
      event.title = sample_programme().conference.title;
      event.attendance = 300;
      event = ok(events::save_event(tx, organiser, event));
      ok(events::set_banner(tx, organiser, event, both("Doors open at 9", "Einlass um 9"), 0));
      for (auto& room : ok(events::list_rooms(tx, event)))
        if (room.name.in("en") == "CANARY-ROOM") {
          room.hidden = true;
          ok(events::save_room(tx, organiser, event, room));
        }
      events::InfoPage page{.event = id_, .slug = "venue", .title = both("Venue", "Ort"), .body = both("By the **sea**.", "Am **Meer**.")};
      ok(events::save_page(tx, organiser, event, page));
      events::InfoPage secret{
          .event = id_, .slug = "secret", .title = both("CANARY-PAGE", "CANARY-PAGE"), .body = both("CANARY-PAGE", "CANARY-PAGE"), .is_public = false};
      ok(events::save_page(tx, organiser, event, secret));
      ok(tx.commit());
    }
    ok(programme::release_schedule(db, organiser, id_, "1.0", "", base_url));
    {
      auto tx = ok(db.begin_write());
      const auto event = ok(events::require_event(tx, id_));
      talks::Talk draft;
      draft.event = id_;
      draft.title = "CANARY-DRAFT";
      draft.abstract = "CANARY-DRAFT";
      draft.state = talks::State::confirmed;
      ok(talks::save_talk(tx, organiser, event, draft));
      ok(tx.commit());
    }
  }

  static constexpr const char* base_url = "https://conf.example.org";
  const Web& web() const { return *web_; }
  EventId id() const { return id_; }
  std::string code_of(std::string_view title) {
    auto tx = ok(db_.begin_read());
    for (const auto& t : ok(talks::list_talks(tx, id_)))
      if (t.title == title) return t.code;
    return {};
  }

 private:
  db::Database& db_;
  std::unique_ptr<files::Store> files_;
  http::EventHub hub_;
  std::unique_ptr<Web> web_;
  EventId id_;
};

}  // namespace confer::site::sample
