// Drawing coverage (picture.h).
#include "footage/pages/picture.h"
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "html/template.h"

namespace confer::footage {
namespace {

using std::chrono::hours;

constexpr int axis_height = 18, slot_height = 30, label_height = 16, bar_height = 16, row_gap = 6;

/// Where an instant stands on the strip, in percent with two digits.
class Scale {
 public:
  Scale(Instant from, Instant to) : from_(from), to_(to) {}
  double at(Instant t) const { return std::clamp(100.0 * static_cast<double>((t - from_).count()) / static_cast<double>((to_ - from_).count()), 0.0, 100.0); }
  static std::string text(double percent) {
    const auto hundredths = std::llround(percent * 100);
    const auto rest = hundredths % 100;
    return std::to_string(hundredths / 100) + (rest < 10 ? ".0" : ".") + std::to_string(rest);
  }

 private:
  Instant from_, to_;
};

struct Day {
  std::vector<std::size_t> slots;  ///< of the room
  Instant from = Instant::max(), to = Instant::min();
};

std::string_view badge_of(CoverState state) {
  switch (state) {
    case CoverState::whole:
      return "good";
    case CoverState::partly:
    case CoverState::nothing:
      return "warning";
    default:
      return "";
  }
}

const MediaFile* file_of(const EventFootage& all, std::int64_t number) {
  const auto found = std::ranges::find(all.files, MediaFileId{number}, &MediaFile::id);
  return found == all.files.end() ? nullptr : &*found;
}

void place(html::View& box, const Scale& scale, const Span& span) {
  const double x = scale.at(span.from);
  box.set("X", Scale::text(x)).set("W", Scale::text(std::max(0.15, scale.at(span.to) - x)));
}

void draw_strip(html::View& view, const EventFootage& all, const RoomFootage& room, const Day& day) {
  const Scale scale(day.from, day.to);
  const auto length = std::chrono::ceil<hours>(day.to - day.from).count();
  const int step = length <= 6 ? 1 : length <= 12 ? 2 : 3;
  for (Instant t = std::chrono::ceil<hours>(day.from); t <= day.to; t += hours(1)) {
    const auto wall = all.zone.to_wall(t);
    auto& hour = view.add("HOUR");
    hour.set("X", Scale::text(scale.at(t)));
    const auto number = (wall - std::chrono::floor<std::chrono::days>(wall)) / hours(1);
    if (number % step == 0 && scale.at(t) < 95) hour.add("HOUR_LABEL").set("HOUR_TEXT", clock_text(wall));
  }
  for (const auto i : day.slots) {
    const auto& slot = room.slots[i];
    auto& box = view.add("SLOT");
    place(box, scale, slot.span);
    box.set("SLOT_TITLE", slot.title).show_if(!talks::may_be_recorded(slot.consent), "NOT_ALLOWED");
  }
  int y = axis_height + slot_height + row_gap;
  for (const auto& [stream, coverage] : room.streams) {
    auto& row = view.add("STREAM");
    row.set("STREAM_NAME", name_of(stream)).set("LABEL_Y", y + label_height - 4).set("BAR_Y", y + label_height).set("BAR_H", bar_height);
    for (const auto& piece : coverage.plays) {
      if (piece.span.to <= day.from || piece.span.from >= day.to) continue;
      auto& box = row.add("FILE");
      place(box, scale, piece.span);
      const MediaFile* file = file_of(all, piece.file);
      box.set("FILE_CLASS", file != nullptr && file->state == FileState::growing ? "strip-growing" : "strip-file");
    }
    for (const auto i : day.slots)
      for (const auto& gap : coverage.slots[i].gaps) {
        auto& box = row.add("GAP");
        place(box, scale, gap);
        box.set("MIDDLE", Scale::text((scale.at(gap.from) + scale.at(gap.to)) / 2)).set("MARK_Y", y + label_height + bar_height - 3);
      }
    y += label_height + bar_height + row_gap;
  }
  view.set("HEIGHT", y)
      .set("SLOT_Y", axis_height)
      .set("SLOT_H", slot_height)
      .set("SLOT_TEXT_Y", slot_height - 10)
      .set("AXIS_Y", axis_height - 5)
      .set("RULE_Y", axis_height - 3);
}

std::string draw_table(const EventFootage& all, const events::Event& event, const RoomFootage& room, const Day& day, std::string_view caption,
                       std::string& summary) {
  std::vector<std::string> columns{"Time", "Talk"};
  for (const auto& [stream, coverage] : room.streams) columns.emplace_back(name_of(stream));
  if (room.streams.empty()) columns.emplace_back("Recorded");
  events::Table table(caption, columns);
  table.when_empty("No talks here on this day.");
  int whole = 0;
  for (const auto i : day.slots) {
    const auto& slot = room.slots[i];
    table.row()
        .cell(clock_text(all.zone.to_wall(slot.span.from)) + "–" + clock_text(all.zone.to_wall(slot.span.to)))
        .link(slot.title, events::organiser_path(event, "talks/" + slot.talk));
    bool is_whole = false;
    for (const auto& [stream, coverage] : room.streams) {
      const auto& covered = coverage.slots[i];
      is_whole = is_whole || covered.state == CoverState::whole;
      table.badge(in_words(covered, all.zone), covered.not_allowed.count() > 0 ? "error" : badge_of(covered.state));
    }
    if (room.streams.empty()) table.cell(talks::may_be_recorded(slot.consent) ? "no recorder" : "not to be recorded");
    whole += is_whole ? 1 : 0;
  }
  summary = std::to_string(day.slots.size()) + (day.slots.size() == 1 ? " talk, " : " talks, ") + std::to_string(whole) + " whole by at least one stream";
  return table.draw();
}

std::string name_in_list(const EventFootage& all, std::int64_t number) {
  const MediaFile* file = file_of(all, number);
  return file == nullptr ? "a file" : file->path.substr(file->path.rfind('/') + 1);
}

void tell_oddities(html::View& view, const EventFootage& all, const RoomFootage& room, const Day& day) {
  std::vector<std::string> sentences;
  for (const auto& [stream, coverage] : room.streams) {
    milliseconds outside{0};
    for (const auto& piece : coverage.outside)
      if (piece.span.from >= day.from && piece.span.from < day.to) outside += piece.span.length();
    if (outside >= std::chrono::minutes(1)) sentences.push_back(std::string(name_of(stream)) + ": " + duration_in_words(outside) + " lie outside of any talk.");
    for (const auto& overlap : coverage.overlaps)
      if (overlap.span.from >= day.from && overlap.span.from < day.to)
        sentences.push_back(std::string(name_of(stream)) + ": “" + name_in_list(all, overlap.earlier) + "” and “" + name_in_list(all, overlap.later) +
                            "” overlap for " + duration_in_words(overlap.span.length()) + " from " + clock_with_seconds(overlap.span.from, all.zone) +
                            "; the earlier plays until its end.");
  }
  if (sentences.empty()) return;
  auto& list = view.add("ODDITIES");
  for (const auto& sentence : sentences) list.add("ODDITY").set("SENTENCE", sentence);
}

std::map<Date, Day> days_of(const EventFootage& all, const events::Event& event, const RoomFootage& room) {
  std::map<Date, Day> days;
  const auto add = [&](const Span& span) -> Day& {
    Day& day = days[day_of(all.zone.to_wall(span.from), event.day_start_hour)];
    day.from = std::min(day.from, span.from);
    day.to = std::max(day.to, span.to);
    return day;
  };
  for (std::size_t i = 0; i < room.slots.size(); ++i) add(room.slots[i].span).slots.push_back(i);
  for (const auto& [stream, coverage] : room.streams)
    for (const auto& piece : coverage.plays) add(piece.span);
  for (auto& [date, day] : days) {
    day.from = std::chrono::floor<hours>(day.from);
    // A file that was forgotten to be stopped does not squeeze the day.
    day.to = std::min<Instant>(std::chrono::ceil<hours>(day.to), day.from + hours(26));
  }
  return days;
}

}  // namespace

std::string short_path(const std::string& path, const Places& places) {
  std::error_code problem;
  for (const auto& root : {places.incoming, places.watched_root}) {
    const std::string folder = std::filesystem::weakly_canonical(root, problem).string() + "/";
    if (!problem && !root.empty() && path.starts_with(folder)) return path.substr(folder.size());
  }
  return std::filesystem::path(path).filename().string();
}

Places places_of(const Web& web) { return {.incoming = web.incoming, .watched_root = web.watched_root}; }

std::string draw_coverage(const EventFootage& all, const events::Event& event) {
  std::map<Date, std::vector<std::pair<const RoomFootage*, Day>>> by_day;
  for (const auto& room : all.rooms)
    for (auto& [date, day] : days_of(all, event, room)) by_day[date].emplace_back(&room, std::move(day));
  html::View view;
  for (const auto& [date, rooms] : by_day) {
    auto& section = view.add("DAY");
    const std::string day_text = format_date(date, "en");
    section.set("DAY_TEXT", day_text);
    for (const auto& [room, day] : rooms) {
      auto& part = section.add("ROOM");
      const std::string name = room->room.name.in(event.languages.front());
      std::string summary;
      part.set_html("TABLE", draw_table(all, event, *room, day, name + ", " + day_text, summary));
      part.set("ROOM_NAME", name).set("SUMMARY", summary);
      part.set("STRIP_LABEL", "Coverage of " + name + " on " + day_text + ": " + summary + ". The table below says the same in words.");
      draw_strip(part, all, *room, day);
      tell_oddities(part, all, *room, day);
    }
  }
  view.show_if(by_day.empty(), "NOTHING");
  return html::render("footage/organiser/coverage.html", view, "en");
}

}  // namespace confer::footage
