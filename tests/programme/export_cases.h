// A programme's public sessions in one flat list, and what each format keeps of them: the projections of docs/formats/schedule.md, written without the writers.
#pragma once
#include <algorithm>
#include <chrono>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <utility>
#include <vector>
#include "base/random.h"
#include "base/text.h"
#include "base/time.h"
#include "programme/format.h"
#include "programme/model.h"

namespace confer::programme::testing {

/// Everything of a session that a format may keep; what it does not keep is cleared on both sides.
struct Seen {
  std::string room;
  std::int64_t from_ms = 0;
  std::string title;
  std::int64_t length = 0;
  std::string kind, guid, subtitle, abstract, description, track, type, language, license, logo, feedback, origin;
  bool no_record = false, no_stream = false, cancelled = false;
  std::vector<std::string> persons, links, tags;
  std::string level;
  std::string talk_guid;  ///< which sessions are of one talk
  auto operator<=>(const Seen&) const = default;
  friend void PrintTo(const Seen& s, std::ostream* out) {
    *out << s.kind << " " << s.guid << " of " << s.talk_guid << " '" << s.title << "' '" << s.subtitle << "' in '" << s.room << "' at " << s.from_ms << " for "
         << s.length << " track '" << s.track << "' type '" << s.type << "' lang '" << s.language << "' lic '" << s.license << "' logo " << s.logo << " fb "
         << s.feedback << " or " << s.origin << " flags " << s.no_record << s.no_stream << s.cancelled << " level " << s.level;
    for (const auto& list : {s.persons, s.links, s.tags}) *out << " [" << join(list, " | ") << "]";
    *out << "\n abstract: " << s.abstract << "\n description: " << s.description << "\n";
  }
};

/// The text that a file can carry: no control characters, \n at line ends, nothing at the edges.
inline std::string kept_text(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] == '\r')
      out += i + 1 < text.size() && text[i + 1] == '\n' ? "" : "\n";
    else if (static_cast<unsigned char>(text[i]) >= 0x20 || text[i] == '\n' || text[i] == '\t')
      out += text[i];
  return std::string(trim(out));
}
inline std::string kept_line(const std::string& text) { return tidy_line(kept_text(text)); }

/// The addresses of RandomProgramme as they come out: encoded, or gone.
inline std::string kept_url(const std::string& url) {
  static const std::map<std::string, std::string> known{{"https://conf.example.org/a b.png", "https://conf.example.org/a%20b.png"},
                                                        {"https://example.org/ä?q=1#f", "https://example.org/%C3%A4?q=1#f"},
                                                        {"https://example.org/slides (final).pdf", "https://example.org/slides%20(final).pdf"},
                                                        {"/media/x.png", ""},
                                                        {"http://[bad", ""},
                                                        {"media/logo.png", ""},
                                                        {"javascript:alert(1)", ""},
                                                        {"not a url", ""},
                                                        {"http://example.org:/x", ""},
                                                        {"FILL", ""}};
  const auto found = known.find(url);
  return found == known.end() ? url : found->second;
}

inline const char* kind_name(SlotKind kind) {
  return kind == SlotKind::talk ? "talk" : kind == SlotKind::break_ ? "break" : kind == SlotKind::social ? "social" : "blocker";
}

/// All public sessions of a programme, as they are; cut into pieces of under a day where `cut` (each conference day its piece, whole days halved).
inline std::vector<Seen> sessions(const Programme& p, bool cut) {
  std::vector<Seen> all;
  const Zone zone = *Zone::find(p.conference.zone);
  const std::string language = p.conference.languages.front();
  for (const Slot& slot : p.slots) {
    if (!is_public(p, slot)) continue;
    Seen s;
    const Room* room = p.room(slot.room);
    s.room = room ? kept_line(room->name.in(language)) : "";
    s.title = kept_line(title_of(p, slot, language));
    s.kind = kind_name(slot.kind);
    s.guid = slot.guid;
    s.cancelled = is_cancelled(p, slot);
    if (const Talk* talk = p.talk(slot.talk)) {
      s.talk_guid = talk->guid;
      s.subtitle = kept_line(talk->subtitle);
      s.abstract = kept_text(talk->abstract);
      s.description = kept_text(talk->description);
      if (const Track* track = p.track(talk->track)) s.track = kept_line(track->name.in(language));
      if (const SessionType* type = p.type(talk->type)) s.type = kept_line(type->name.in(language));
      s.language = talk->language;
      s.license = talk->license;
      s.logo = kept_url(talk->logo_url);
      s.feedback = kept_url(talk->feedback_url);
      s.origin = kept_url(talk->origin_url);
      if (s.origin.empty()) s.origin = talk_address(p.conference, talk->code);
      s.no_record = talk->do_not_record;
      s.no_stream = talk->do_not_stream;
      s.level = talk->level;
      for (const Credit& credit : talk->credits)
        s.persons.push_back(kept_line(credit.name) + "/" + credit.person_guid + "/" + kept_text(credit.biography) + "/" + kept_url(credit.avatar_url) + "/" +
                            std::to_string(static_cast<int>(credit.role)));
      for (const auto* list : {&talk->links, &talk->attachments})
        for (const Link& link : *list)
          if (!kept_url(link.url).empty())
            s.links.push_back((list == &talk->links ? "" : "a:") + kept_url(link.url) + " " + kept_line(link.title) + " " + std::string(name_of(link.kind)));
      s.tags = talk->tags;
    }
    const Instant from = zone.to_instant_lenient(slot.start), to = from + slot.length;
    int piece = 0;
    for (Instant at = from; at < to; ++piece) {
      Instant end = to;
      if (cut && to - from >= std::chrono::hours{24}) {
        const int hour = p.conference.day_start_hour;
        const WallTime border = WallTime(day_of(zone.to_wall(at), hour) + std::chrono::days{1}) + std::chrono::hours{hour};
        end = std::min(to, zone.to_instant_lenient(border));
        if (end <= at) end = std::min<Instant>(to, at + std::chrono::hours{12});
        if (end - at >= std::chrono::hours{24}) end = at + std::chrono::hours{12};
      }
      Seen one = s;
      one.from_ms = to_ms(at);
      one.length = std::chrono::floor<minutes>(end - at).count();
      if (piece > 0) one.guid = name_uuid(s.guid, "piece " + std::to_string(piece + 1));
      all.push_back(std::move(one));
      at = end;
    }
  }
  return all;
}

/// What stands in one list alone; "" when both hold the same.
inline std::string differences(const std::vector<Seen>& got, const std::vector<Seen>& expected) {
  std::ostringstream out;
  std::vector<Seen> only;
  std::ranges::set_difference(expected, got, std::back_inserter(only));
  for (const Seen& s : only) PrintTo(s, &(out << "missing: "));
  only.clear();
  std::ranges::set_difference(got, expected, std::back_inserter(only));
  for (const Seen& s : only) PrintTo(s, &(out << "surplus: "));
  if (out.view().empty() && got.size() != expected.size()) out << "one of two equal sessions is missing";
  return std::move(out).str();
}

/// A format's projection, made by clearing what it does not carry. A talk whose first session is not in the file comes with the GUID of the earliest that is.
template <class Clear>
std::vector<Seen> projected(std::vector<Seen> list, Clear clear) {
  std::erase_if(list, [&](Seen& s) { return !clear(s); });
  std::set<std::string> present;
  for (const Seen& s : list) present.insert(s.guid);
  std::map<std::string, std::string> carriers;
  for (Seen& s : list)
    if (!s.talk_guid.empty() && !present.contains(s.talk_guid)) s.talk_guid = carriers.emplace(s.talk_guid, s.guid).first->second;
  std::ranges::sort(list);
  return list;
}

}  // namespace confer::programme::testing
