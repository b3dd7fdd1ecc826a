// Everybody who speaks, and what each of them gives.
#include <algorithm>
#include "base/text.h"
#include "site/pages.h"
#include "site/session.h"

namespace confer::site {
namespace {

using html::translate;

/// The letter that a name stands under: A to Z, "#" for the rest.
std::string letter_of(const std::string& name) {
  const std::string folded = slugify(name, 4);
  const char first = folded.empty() ? '#' : folded.front();
  return first >= 'a' && first <= 'z' ? std::string(1, static_cast<char>(first - 'a' + 'A')) : "#";
}

void make_speaker(const Making& m, const Speaker& speaker) {
  const auto& c = m.content;
  html::View view;
  view.set("NAME", speaker.name);
  if (!speaker.avatar_url.empty()) view.add("PHOTO").set("SRC", speaker.avatar_url);
  if (const auto& text = c.texts->html(speaker.biography); !text.empty()) view.add("BIOGRAPHY").set_html("BIOGRAPHY_HTML", text);
  bool has_slots = false;
  for (const auto* talk : speaker.talks) {
    const auto slots = c.slots_of_talk.find(talk->code);
    if (slots == c.slots_of_talk.end()) {
      view.add("TALK").set("HREF", talk_href(c, *talk, m.language)).set("TITLE", talk->title);
      continue;
    }
    has_slots = true;
    for (const auto* shown : slots->second) fill_session(view.add("SESSION"), c, *shown, m.language, {.day = true, .text = true});
  }
  if (has_slots) {
    view.show("SESSIONS");
    view.add("CALENDAR").set("CALENDAR_HREF", "/" + c.event.slug + "/speakers/" + speaker.key + ".ics");
    view.set("ZONE_NOTE", zone_note(c, m.language));
  }
  const std::string path = "/speakers/" + speaker.key;
  auto page = m.page(path, Section::speakers, speaker.name);
  page.trail = {{m.base(), event_title(c.event, m.language)}, {m.base() + "/speakers", std::string(translate("Speakers", m.language))}};
  page.description = speaker.biography.empty() ? translate("%1 at %2", m.language, {speaker.name, event_title(c.event, m.language)})
                                               : c.texts->summary(speaker.biography, 200);
  add_islands(page, m.content.event, {"stars.js", "live.js", "zone.js", "offline.js"});
  m.add(path, std::move(page), "site/speaker.html", view);
}

void make_list(const Making& m) {
  const auto& c = m.content;
  html::View view;
  view.set("COUNT", html::translate_plural("%1 person", "%1 people", static_cast<long>(c.speakers.size()), m.language));
  constexpr std::size_t letters_from = 24;
  const bool with_letters = c.speakers.size() >= letters_from;
  std::vector<std::string> letters;
  if (with_letters) view.show("LETTERS");
  html::View* group = nullptr;
  for (const auto& speaker : c.speakers) {
    const std::string letter = letter_of(speaker.name);
    if (group == nullptr || (with_letters && letters.back() != letter)) {
      // A name in another script may fold to a letter that has been: its group gets no second anchor.
      const bool seen = std::ranges::find(letters, letter) != letters.end();
      letters.push_back(letter);
      group = &view.add("GROUP");
      if (with_letters && !seen) {
        const std::string id = letter == "#" ? "other" : ascii_lower(letter);
        group->add("GROUP_HEAD").set("LETTER", letter).set("ID", id);
        view.add("LETTER_LINK").set("LETTER", letter).set("ID", id);
      }
    }
    auto& person = group->add("PERSON");
    person.set("NAME", speaker.name).set("HREF", m.base() + "/speakers/" + speaker.key);
    if (!speaker.avatar_url.empty()) person.add("PHOTO").set("SRC", speaker.avatar_url);
    for (const auto* talk : speaker.talks) person.add("TALK").set("TITLE", talk->title).set("HREF", talk_href(c, *talk, m.language));
  }
  auto page = m.page("/speakers", Section::speakers, std::string(translate("Speakers", m.language)));
  page.description = translate("Everybody who speaks at %1.", m.language, {event_title(c.event, m.language)});
  add_islands(page, m.content.event, {"live.js", "offline.js"});
  m.add("/speakers", std::move(page), "site/speakers.html", view);
}

}  // namespace

void make_speaker_pages(const Making& m) {
  if (m.content.speakers.empty() || !m.content.event.has(events::Feature::speakers_page)) return;
  make_list(m);
  for (const auto& speaker : m.content.speakers) make_speaker(m, speaker);
}

}  // namespace confer::site
