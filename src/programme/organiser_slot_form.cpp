// A slot as its form shows and sends it (organiser_slot_form.h).
#include "programme/organiser_slot_form.h"
#include <algorithm>
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"

namespace confer::programme {
namespace {

constexpr std::int64_t longest_minutes = 24 * 60;

/// The next word of `line`, taken off it.
std::string_view take_word(std::string_view& line) {
  line = trim(line);
  const auto end = std::min(line.find_first_of(" \t"), line.size());
  const auto word = line.substr(0, end);
  line = trim(line.substr(end));
  return word;
}

/// A part is the same as before when its title is; else it was renamed: the one with its speakers, else the one at its time, that nothing else continues.
void give_anchors(std::vector<Part>& parts, const std::vector<Part>& before) {
  std::vector<const Part*> open;
  for (const auto& part : before) open.push_back(&part);
  const auto take = [&](auto is_same) {
    for (auto& part : parts) {
      if (!part.anchor.empty()) continue;
      const auto known = std::ranges::find_if(open, [&](const Part* old) { return is_same(*old, part); });
      if (known == open.end()) continue;
      part.anchor = (*known)->anchor;
      open.erase(known);
    }
  };
  take([](const Part& old, const Part& now) { return old.title == now.title; });
  take([](const Part& old, const Part& now) { return !now.speakers.empty() && old.speakers == now.speakers; });
  take([](const Part& old, const Part& now) { return old.offset == now.offset && old.length == now.length && old.speakers.empty() == now.speakers.empty(); });
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!parts[i].anchor.empty()) continue;
    const auto slug = slugify(parts[i].title, 40);
    const std::string base = "p" + std::to_string(i + 1) + (slug.empty() ? "" : "-" + slug);
    parts[i].anchor = base;
    for (int n = 2; std::ranges::count(parts, parts[i].anchor, &Part::anchor) > 1; ++n) parts[i].anchor = base + "-" + std::to_string(n);
  }
}

}  // namespace

std::string parts_to_lines(const std::vector<Part>& parts) {
  std::string lines;
  for (const auto& part : parts) {
    lines += std::to_string(part.offset.count()) + " " + std::to_string(part.length.count()) + " " + part.title;
    if (!part.speakers.empty()) lines += " | " + join(part.speakers, ", ");
    lines += "\n";
  }
  return lines;
}

Result<std::vector<Part>> parts_of_lines(std::string_view lines, const std::vector<Part>& before) {
  std::vector<Part> parts;
  for (std::string_view line : split(lines, '\n')) {
    line = trim(line);
    if (line.empty()) continue;
    std::string_view rest = line;
    const auto offset = events::number_in(take_word(rest));
    const auto length = events::number_in(take_word(rest));
    const auto bar = rest.find('|');
    Part part;
    part.title = tidy_line(rest.substr(0, bar));
    if (!offset || !length || *offset < 0 || *offset > longest_minutes || *length < 1 || *length > longest_minutes || part.title.empty())
      return fail(Error{ErrorCode::invalid,
                        "Some fields need another look.",
                        {},
                        {},
                        {{"parts", "“" + std::string(line) + "” is not written as: 0 5 Title | Speaker, Speaker"}}});
    part.offset = minutes(*offset);
    part.length = minutes(*length);
    if (bar != std::string_view::npos)
      for (auto name : split(rest.substr(bar + 1), ','))
        if (auto tidy = tidy_line(name); !tidy.empty()) part.speakers.push_back(std::move(tidy));
    parts.push_back(std::move(part));
  }
  give_anchors(parts, before);
  return parts;
}

Result<DraftSlot> slot_in_form(const http::Fields& form, const events::Event& event, DraftSlot slot, std::optional<minutes> usual) {
  std::vector<FieldProblem> problems;
  const auto number = [&](std::string_view field) { return events::number_in(form.get(field)).value_or(0); };
  slot.version = number("version");
  const auto kind = number("kind");
  slot.kind = kind >= 0 && kind <= static_cast<int>(SlotKind::social) ? static_cast<SlotKind>(kind) : SlotKind::talk;
  const auto state = number("state");
  slot.state = state >= 0 && state <= static_cast<int>(SlotState::moved) ? static_cast<SlotState>(state) : SlotState::planned;
  slot.talk = slot.kind == SlotKind::talk ? TalkId{number("talk")} : TalkId{};
  slot.room = RoomId{number("room")};
  if (slot.kind == SlotKind::talk && !slot.talk) problems.push_back({"talk", "Choose the talk, or another kind of slot."});
  if (slot.kind == SlotKind::talk && !slot.room) problems.push_back({"room", "A talk takes place in one room: choose it."});
  if (auto start = parse_wall_time(form.get("start")); start)
    slot.start = *start;
  else
    problems.push_back({"start", start.error().message});
  const auto typed = trim(form.get("length"));
  const auto length = typed.empty() ? std::optional<std::int64_t>(usual.value_or(DraftSlot{}.length).count()) : events::number_in(typed);
  if (length && *length >= 1 && *length <= 7 * longest_minutes)
    slot.length = minutes(*length);
  else
    problems.push_back({"length", "A slot takes between 1 minute and 7 days."});
  slot.title = events::localized_in(form, "title", event.languages, std::move(slot.title));
  for (const auto& language : event.languages) slot.title.set(language, tidy_line(slot.title.exactly_in(language) ? *slot.title.exactly_in(language) : ""));
  slot.note = tidy_line(form.get("note"));
  auto parts = parts_of_lines(form.get("parts"), slot.parts);
  if (parts)
    slot.parts = std::move(*parts);
  else
    problems.insert(problems.end(), parts.error().problems.begin(), parts.error().problems.end());
  if (!problems.empty()) return fail(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(problems)});
  return slot;
}

Slot as_planned(const DraftSlot& slot, const std::vector<talks::Talk>& talks, const std::vector<events::Room>& rooms) {
  Slot planned;
  planned.number = slot.id.value;
  planned.guid = slot.guid;
  planned.kind = slot.kind;
  planned.state = slot.state;
  if (auto talk = std::ranges::find(talks, slot.talk, &talks::Talk::id); talk != talks.end()) planned.talk = talk->code;
  if (auto room = std::ranges::find(rooms, slot.room, &events::Room::id); room != rooms.end()) planned.room = room->code;
  planned.start = slot.start;
  planned.length = slot.length;
  planned.title = slot.title;
  planned.note = slot.note;
  planned.parts = slot.parts;
  return planned;
}

}  // namespace confer::programme
