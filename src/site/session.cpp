// One slot as it stands in lists and in the grid (session.h).
#include "site/session.h"
#include <algorithm>
#include "base/text.h"
#include "site/event_frame.h"

namespace confer::site {
namespace {

using html::translate;

constexpr std::size_t list_text_length = 180;

void fill_state(html::View& view, const ShownSlot& shown) {
  view.show_if(shown.cancelled, "CANCELLED").show_if(shown.cancelled, "IS_CANCELLED");
  view.show_if(!shown.cancelled && shown.slot->state == programme::SlotState::moved, "MOVED");
}

void fill_times(html::View& view, const ShownSlot& shown) {
  view.set("SLOT_NUMBER", shown.slot->number).set("START_MS", to_ms(shown.start)).set("END_MS", to_ms(shown.end));
  view.set("START_LOCAL", to_text(shown.slot->start)).set("TIMES", time_range(shown));
}

void fill_title(html::View& view, const Content& content, const ShownSlot& shown, std::string_view language) {
  auto& title = view.add(shown.talk != nullptr ? "LINKED" : "UNLINKED");
  title.set("TITLE", shown_title(shown, language));
  if (shown.talk == nullptr) return;
  title.set("HREF", talk_href(shown, language));
  if (content.event.has(events::Feature::stars)) view.add("STAR").set("TALK_CODE", shown.talk->code);
  if (!shown.talk->language.empty() && shown.talk->language != language && is_language_tag(shown.talk->language))
    title.add("OTHER_LANG").set("TALK_LANG", shown.talk->language);
}

}  // namespace

std::string talk_href(const ShownSlot& shown, std::string_view language) { return base_of(*shown.from, language) + "/talks/" + talk_name(*shown.talk); }
std::string talk_href(const Content& content, const programme::Talk& talk, std::string_view language) {
  return base_of(content, language) + "/talks/" + talk_name(talk);
}

std::vector<std::string> names_of(const programme::Talk& talk, std::string_view language) {
  std::vector<std::string> names;
  for (const auto& credit : talk.credits) names.push_back(credit.name.empty() ? std::string(translate("a speaker", language)) : credit.name);
  return names;
}

std::string shown_title(const ShownSlot& shown, std::string_view language) {
  const auto& title = shown.talk != nullptr ? shown.talk->title : shown.slot->title.in(language, shown.from->languages.front());
  if (!title.empty()) return title;
  return std::string(shown.slot->kind == programme::SlotKind::break_ ? translate("Break", language) : translate("Untitled", language));
}

std::string room_name(const programme::Room& room, const Source& source, std::string_view language) { return name_in(room, source, language); }

bool is_keynote(const ShownSlot& shown) { return shown.type != nullptr && shown.type->code == "keynote"; }

void fill_people(html::View& view, const Content& content, const Source& source, const programme::Talk& talk, std::string_view language) {
  if (talk.credits.empty()) return;
  auto& people = view.add("PEOPLE");
  const auto names = names_of(talk, language);
  const auto keys = content.speaker_keys.find(&talk);
  const bool pages = source.event.has(events::Feature::speakers_page) && keys != content.speaker_keys.end();
  const std::string base = base_of(source, language) + "/speakers/";
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto& person = people.add("PERSON");
    if (pages && !keys->second[i].empty())
      person.add("PERSON_LINKED").set("NAME", names[i]).set("PERSON_HREF", base + keys->second[i]);
    else
      person.add("PERSON_PLAIN").set("NAME", names[i]);
    if (i + 1 < names.size()) person.show("SEPARATOR");
  }
}

std::string language_in(std::string_view tag, std::string_view language) { return name_of_language(tag, language); }

std::string level_in(std::string_view level, std::string_view language) {
  struct Level {
    std::string_view written, name;
  };
  static constexpr Level levels[] = {{"beginner", html::translatable("for beginners")},
                                     {"intermediate", html::translatable("intermediate")},
                                     {"advanced", html::translatable("advanced")},
                                     {"all", html::translatable("for everybody")}};
  const std::string word = ascii_lower(level);
  for (const auto& known : levels)
    if (word == known.written) return std::string(translate(known.name, language));
  return std::string(level);
}

void fill_session(html::View& view, const Content& content, const ShownSlot& shown, std::string_view language, const SessionOptions& options) {
  fill_times(view, shown);
  fill_state(view, shown);
  fill_title(view, content, shown, language);
  view.set("TRACK_CLASS", track_class(content, shown));
  view.show_if(is_keynote(shown), "KEYNOTE").show_if(shown.slot->kind == programme::SlotKind::break_, "BREAK");
  if (shown.talk != nullptr && options.people) fill_people(view, content, *shown.from, *shown.talk, language);
  if (!shown.slot->note.empty()) view.add("NOTE").set("NOTE_TEXT", shown.slot->note);

  const std::string base = base_of(content, language);
  if (options.day) view.add("DAY").set("DAY_TEXT", format_date(shown.day, language, "EEEdMMM")).set("DAY_HREF", base + "/schedule/" + to_text(shown.day));
  if (options.room) {
    if (shown.room != nullptr)
      view.add("ROOM").set("ROOM_NAME", room_name(*shown.room, *shown.from, language)).set("ROOM_HREF", base + "/rooms/" + shown.room->code);
    else
      view.show("ALL_ROOMS");
  }
  if (options.track && shown.track != nullptr) {
    auto& track = view.add("TRACK");
    track.set("TRACK_NAME", name_in(*shown.track, *shown.from, language)).set("TRACK_HREF", base_of(*shown.from, language) + "/tracks/" + shown.track->code);
  }
  const auto fact = [&](const std::string& text) {
    if (!text.empty()) view.add("FACT").set("FACT_TEXT", text);
  };
  if (options.type && shown.type != nullptr && shown.type->code != "talk")
    view.add("TYPE")
        .set("TYPE_NAME", name_in(*shown.type, *shown.from, language))
        .set("TYPE_HREF", base_of(*shown.from, language) + "/types/" + shown.type->code);
  if (shown.talk != nullptr) {
    // What is for everybody needs no word.
    if (ascii_lower(shown.talk->level) != "all") fact(level_in(shown.talk->level, language));
    if (!shown.talk->language.empty() && shown.talk->language != language) fact(language_in(shown.talk->language, language));
    if (shown.talk->do_not_record) fact(std::string(translate("not recorded", language)));
  }
  if (shown.from != content.sources.front().get())
    view.add("SUMMIT").set("SUMMIT_NAME", event_title(shown.from->event, language)).set("SUMMIT_HREF", base_of(*shown.from, language));
  if (options.text && shown.talk != nullptr)
    if (auto text = content.texts->summary(shown.talk->abstract.empty() ? shown.talk->description : shown.talk->abstract, list_text_length); !text.empty())
      view.add("TEXT").set("TEXT_LINE", text);
  if (options.parts && !shown.slot->parts.empty() && shown.talk != nullptr) {
    auto& parts = view.add("PARTS");
    for (const auto& part : shown.slot->parts) {
      auto& row = parts.add("PART");
      row.set("PART_TIME", clock_text(content.zone.to_wall(shown.start + part.offset)))
          .set("PART_TITLE", part.title)
          .set("PART_HREF", talk_href(shown, language) + "#" + part.anchor);
      if (!part.speakers.empty()) row.add("PART_BY").set("PART_SPEAKERS", join(part.speakers, ", "));
    }
  }
}

void fill_cell(html::View& view, const Content& content, const ShownSlot& shown, std::string_view language, WallTime first, int column) {
  constexpr int row_minutes = 5, last_row = 288;
  const auto row = std::clamp(static_cast<int>((shown.slot->start - first).count()) / row_minutes + 1, 1, last_row);
  const auto rows = std::clamp((static_cast<int>(shown.slot->length.count()) + row_minutes - 1) / row_minutes, 1, last_row + 1 - row);
  view.set("ROW", row).set("ROWS", rows);
  if (column == 0)
    view.show("IN_ALL");
  else
    view.add("IN_ROOM").set("COLUMN", column);
  fill_times(view, shown);
  fill_state(view, shown);
  fill_title(view, content, shown, language);
  view.set("TRACK_CLASS", track_class(content, shown));
  view.show_if(shown.slot->kind == programme::SlotKind::break_, "BREAK");
  if (shown.talk != nullptr && !shown.talk->credits.empty()) view.add("PEOPLE").set("NAMES", join(names_of(*shown.talk, language), ", "));
  if (shown.room != nullptr) view.add("ROOM").set("ROOM_NAME", room_name(*shown.room, *shown.from, language));
  if (shown.track != nullptr) view.add("TRACK").set("TRACK_NAME", name_in(*shown.track, *shown.from, language));
  if (shown.from != content.sources.front().get()) view.add("SUMMIT").set("SUMMIT_NAME", event_title(shown.from->event, language));
}

}  // namespace confer::site
