// How the organisers' pages speak of slots, times, clashes and changes (organiser_words.h).
#include "programme/organiser_words.h"
#include <algorithm>
#include "base/text.h"
#include "events/organiser_frame.h"

namespace confer::programme {

std::string day_and_time(WallTime t) { return format_date(std::chrono::floor<std::chrono::days>(t), "en", "MMMEd") + ", " + clock_text(t); }

std::string time_span(WallTime start, minutes length) { return day_and_time(start) + "–" + clock_text(start + length); }

std::string room_name(const Programme& p, const std::string& code) {
  if (code.empty()) return "all rooms";
  const auto* room = p.room(code);
  return room != nullptr ? room->name.in(p.conference.languages.front()) : code;
}

std::string slot_title(const Programme& p, const Slot& slot) {
  const auto& title = title_of(p, slot, p.conference.languages.front());
  return title.empty() ? "(no title)" : title;
}

std::string_view words_of(SlotKind kind) {
  switch (kind) {
    case SlotKind::talk:
      return "talk";
    case SlotKind::break_:
      return "break";
    case SlotKind::blocker:
      return "blocker, not public";
    case SlotKind::social:
      return "social";
  }
  return "";
}

std::string_view words_of(SlotState state) {
  switch (state) {
    case SlotState::planned:
      return "planned";
    case SlotState::cancelled:
      return "cancelled";
    case SlotState::moved:
      return "moved";
  }
  return "";
}

std::string_view name_of(ChangeKind kind) {
  switch (kind) {
    case ChangeKind::added:
      return "new";
    case ChangeKind::removed:
      return "removed";
    case ChangeKind::cancelled:
      return "cancelled";
    case ChangeKind::reinstated:
      return "takes place again";
    case ChangeKind::moved:
      return "moved";
    case ChangeKind::retimed:
      return "new time";
    case ChangeKind::edited:
      return "edited";
  }
  return "";
}

std::string clash_list(const events::Event& event, const std::vector<Clash>& clashes) {
  if (clashes.empty()) return {};
  html::View view;
  for (const auto& clash : clashes) {
    auto& item = view.add("CLASH");
    const bool blocks = clash.severity >= Severity::block_release;
    item.set("CLASH_CLASS", blocks ? "clash-blocks" : "clash-warns").set("RULE", title_of(clash.rule)).set("MESSAGE", clash.message);
    if (blocks) item.add("BLOCKS").set("BLOCKS_TEXT", clash.severity == Severity::block_placing ? "cannot be placed" : "stops the release");
    if (clash.slot != 0) item.add("LINK").set("HREF", events::organiser_path(event, "slots/" + std::to_string(clash.slot))).set("LINK_TEXT", "Open the slot");
    if (clash.other != 0)
      item.add("LINK")
          .set("HREF", "/organise/" + (clash.other_event.empty() ? event.slug : clash.other_event) + "/slots/" + std::to_string(clash.other))
          .set("LINK_TEXT", "Open the other slot");
    if (!clash.talk.empty()) item.add("LINK").set("HREF", events::organiser_path(event, "talks/" + clash.talk)).set("LINK_TEXT", "Open the talk");
  }
  return html::render("programme/organiser/clashes.html", view, "en");
}

namespace {

/// "title (was “Sheep”), track (was Web), abstract": what is short is told as it was.
std::string edit_in_words(const Programme& before, const Change& change) {
  const auto talk = std::ranges::find(before.talks, change.talk, &Talk::code);
  const std::string language = before.conference.languages.empty() ? std::string("en") : before.conference.languages.front();
  std::vector<std::string> words;
  for (const auto& field : change.fields) {
    std::string was;
    if (!change.talk.empty() && talk != before.talks.end()) {
      if (field == "title") was = "“" + talk->title + "”";
      if (field == "speakers") {
        std::vector<std::string> names;
        for (const auto& credit : talk->credits) names.push_back(credit.name);
        was = names.empty() ? "nobody" : join(names, ", ");
      }
      if (field == "track") {
        const auto track = std::ranges::find(before.tracks, talk->track, &Track::code);
        was = track == before.tracks.end() ? "none" : track->name.in(language);
      }
      if (field == "language") was = talk->language;
    }
    words.push_back(was.empty() ? field : field + " (was " + was + ")");
  }
  return join(words, ", ");
}

}  // namespace

std::string change_list(const Programme& before, const Programme& after, const std::vector<Change>& changes) {
  html::View view;
  for (const auto& change : changes) {
    auto& item = view.add("CHANGE");
    const std::string_view kind = change.of == ChangeOf::room ? "room" : change.of == ChangeOf::track ? "track" : name_of(change.kind);
    item.set("KIND", kind).set("CHANGE_TITLE", change.title.empty() ? "(no title)" : change.title);
    if (change.kind == ChangeKind::edited) {
      item.add("FIELDS").set("FIELDS_TEXT", edit_in_words(before, change));
      continue;
    }
    // After a corrected zone the clock says the same, and means another time.
    const bool other_zone = change.kind == ChangeKind::retimed && before.conference.zone != after.conference.zone;
    const auto in_zone = [&](const Programme& p) { return other_zone ? " (" + p.conference.zone + ")" : std::string(); };
    if (change.kind != ChangeKind::added)
      item.add("WAS").set("WAS_TEXT", time_span(change.old_start, change.old_length) + in_zone(before) + ", " + room_name(before, change.old_room));
    if (change.kind == ChangeKind::added || change.kind == ChangeKind::moved || change.kind == ChangeKind::retimed || change.kind == ChangeKind::reinstated)
      item.add("WILL").set("WILL_TEXT", time_span(change.new_start, change.new_length) + in_zone(after) + ", " + room_name(after, change.new_room));
  }
  return html::render("programme/organiser/changes.html", view, "en");
}

}  // namespace confer::programme
