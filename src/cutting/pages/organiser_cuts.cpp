// All talks by room and day, and what has become of their recordings (organiser_pages.h).
#include <algorithm>
#include <map>
#include <ranges>
#include "base/text.h"
#include "cutting/cutting.h"
#include "cutting/holders.h"
#include "cutting/organiser_pages.h"
#include "cutting/pages/team.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "footage/disk.h"
#include "html/template.h"
#include "recordings/recordings.h"

namespace confer::cutting {
namespace {

using events::organiser_path;

struct All {
  std::optional<footage::DiskForecast> disk;  ///< when it will be full soon
  events::Event event;
  footage::EventFootage footage;
  std::vector<Cut> cuts;
  Settings settings;
  Work work;
  std::vector<Holder> holders;
  std::map<TalkId, Instant> embargoes;  ///< of what is found good, and not shown before
  Instant now{};
  const Cut* cut(std::int64_t slot) const {
    const auto found = std::ranges::find_if(cuts, [&](const Cut& c) { return c.slot == slot && !c.block; });
    return found == cuts.end() ? nullptr : &*found;
  }
};

Result<All> load(db::Tx& tx, const http::Request& request) {
  All all;
  TRY_ASSIGN(all.event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(all.event)));
  all.now = tx.now();
  TRY_ASSIGN(all.footage, footage::load_footage(tx, all.event, all.now));
  TRY_ASSIGN(all.cuts, list_cuts(tx, all.event));
  TRY_ASSIGN(all.settings, settings_of(tx, all.event.id));
  TRY_ASSIGN(all.work, work_of(tx, all.event.id));
  TRY_ASSIGN(all.holders, holders_of(tx, all.event.id));
  TRY_ASSIGN(all.disk, footage::disk_to_warn_of(tx));
  TRY_ASSIGN(const auto recordings, recordings::recordings_of(tx, all.event.id));
  for (const auto& recording : recordings)
    if (recording.status == recordings::Status::embargoed) all.embargoes.emplace(recording.talk, recording.available_from.value_or(Instant::max()));
  return all;
}

/// What is told of a talk that nobody has cut.
std::string without_cut(const footage::Span& span, talks::Consent consent, const footage::RoomFootage& room, std::size_t index, Instant now) {
  if (!talks::may_be_recorded(consent)) return "not allowed";
  if (now < span.from) return "to come";
  if (now < span.to) return "on now";
  for (const auto& [stream, coverage] : room.streams)
    if (!footage::within(coverage.slots[index], span).pieces.empty()) return "not cut yet";
  return "no footage";
}

/// The best that a stream has of it, in words.
std::string footage_in_words(const footage::RoomFootage& room, std::size_t index, const Zone& zone) {
  const footage::Covered* best = nullptr;
  for (const auto& [stream, coverage] : room.streams)
    if (best == nullptr || (best->pieces.empty() && !coverage.slots[index].pieces.empty()) ||
        (!coverage.slots[index].pieces.empty() && coverage.slots[index].missing() < best->missing()))
      best = &coverage.slots[index];
  return best == nullptr ? "no recorder" : footage::in_words(*best, zone);
}

void draw_state(events::Table& table, const All& all, const Cut* cut, const std::string& without) {
  if (cut == nullptr) {
    table.cell(without).cell("").cell("");
    return;
  }
  std::string words(in_words(cut->stage));
  if (const auto work = all.work.find(cut->id); work != all.work.end() && moves_by_itself(cut->stage)) words += ", " + in_words(work->second, all.now);
  const auto embargo = all.embargoes.find(cut->talk);
  const bool is_held = cut->stage == Stage::published && embargo != all.embargoes.end();
  if (is_held) words = embargo_in_words(embargo->second, all.footage.zone);
  table.badge(words, is_held ? "warning" : kind_of(cut->stage))
      .cell(footage::duration_in_words(std::chrono::floor<std::chrono::minutes>(all.now - cut->changed_at)))
      .cell(in_words(all.holders, *cut));
}

std::string draw_room(const All& all, const footage::RoomFootage& room, Date day, std::string_view wanted) {
  events::Table table(room.room.name.in(all.event.languages.front()), {"Talk", "Begins", "Footage", "State", "Since", "Who has it"});
  for (std::size_t i = 0; i < room.slots.size(); ++i) {
    const auto& slot = room.slots[i];
    if (day_of(all.footage.zone.to_wall(slot.span.from), all.event.day_start_hour) != day) continue;
    const Cut* cut = all.cut(slot.number);
    const auto is_wanted = [&](const Cut* of) { return wanted.empty() || wanted == (of != nullptr ? name_of(of->stage) : "none"); };
    if (is_wanted(cut)) {
      table.row().link(slot.title, path_of_cut(all.event, slot.number, {}));
      table.cell(clock_text(all.footage.zone.to_wall(slot.span.from))).cell(footage_in_words(room, i, all.footage.zone));
      draw_state(table, all, cut, without_cut(slot.span, slot.consent_of_all(), room, i, all.now));
    }
    for (const auto& part : parts_of_block(slot, all.cuts)) {
      if (!is_wanted(part.cut)) continue;
      const auto& planned = part.planned;
      table.row().link("↳ " + planned.title, path_of_cut(all.event, slot.number, planned.talk));
      table.cell(clock_text(all.footage.zone.to_wall(planned.span.from))).cell(is_wanted(cut) ? "" : "of “" + slot.title + "”");
      draw_state(table, all, part.cut, without_cut(planned.span, planned.consent, room, i, all.now));
    }
    // What is not in the schedule any more, and had been cut.
    for (const auto& gone : all.cuts) {
      const bool is_planned = std::ranges::find(slot.parts, gone.talk_code, &footage::PlannedPart::talk) != slot.parts.end();
      if (gone.slot != slot.number || !gone.block || is_planned || !is_wanted(&gone)) continue;
      table.row().link("↳ " + gone.title, path_of_cut(all.event, slot.number, gone.talk_code)).cell("").cell("not in the schedule any more, and not shown");
      draw_state(table, all, &gone, {});
    }
  }
  return table.empty() ? std::string() : table.draw();
}

void show_filters(html::View& view, const All& all, std::string_view wanted) {
  const auto add = [&](std::string_view name, std::string_view text, std::size_t count) {
    view.add("FILTER")
        .set("HREF", organiser_path(all.event, "cuts") + (name.empty() ? "" : "?stage=" + std::string(name)))
        .set("TEXT", text)
        .set("COUNT", static_cast<std::int64_t>(count))
        .show_if(name == wanted, "HERE");
  };
  std::size_t slots = 0;
  for (const auto& room : all.footage.rooms)
    for (const auto& slot : room.slots) slots += 1 + slot.parts.size();
  add("", "All", slots);
  for (const Stage stage : {Stage::review, Stage::wrong, Stage::making, Stage::publishing, Stage::proposed, Stage::published, Stage::stopped}) {
    const auto count = static_cast<std::size_t>(std::ranges::count(all.cuts, stage, &Cut::stage));
    if (count > 0 || name_of(stage) == wanted) add(name_of(stage), in_words(stage), count);
  }
}

/// Of the rooms that have talks today.
void show_timers(html::View& view, const All& all, Date today) {
  html::View* timers = nullptr;
  for (const auto& room : all.footage.rooms) {
    const auto is_today = [&](const auto& slot) { return day_of(all.footage.zone.to_wall(slot.span.from), all.event.day_start_hour) == today; };
    if (std::ranges::none_of(room.slots, is_today)) continue;
    if (timers == nullptr) timers = &view.add("TIMERS");
    timers->add("TIMER")
        .set("TIMER_HREF", organiser_path(all.event, "stage/" + room.room.code))
        .set("TIMER_ROOM", room.room.name.in(all.event.languages.front()));
  }
}

std::string draw_settings(const http::Request& request, const All& all, const Error* error) {
  const Settings& s = all.settings;
  events::Form form(request, error);
  form.hidden("version", s.version);
  form.check("automatic", "Cut by itself what is whole", s.is_automatic, "As soon as the talk is over. Nothing is published without somebody’s look.");
  form.check("two", "Two people must find a cut good", s.needs_two);
  form.input("number", "before", "Seconds kept before the slot begins", std::to_string(s.padding.before.count()));
  form.input("number", "after", "Seconds kept after it ends", std::to_string(s.padding.after.count()),
             "A talk in the same room directly before or after is never reached into.");
  form.input("number", "title_card", "Seconds of the title card", std::to_string(s.title_card.count()),
             "Before each talk, with its title and speakers: 5 is usual, 0 is none. How it looks stands under Cards.");
  form.input("number", "end_card", "Seconds of the end card", std::to_string(s.end_card.count()), "After it; 0 is none.");
  form.input("number", "apology_card", "Seconds of the apology card", std::to_string(s.apology_card.count()),
             "After the title, of talks of which viewers are told what is wrong with the recording; 0 is none.");
  form.input("number", "name_plate", "Seconds of the name plate", std::to_string(s.name_plate.count()),
             "Over the picture, from the third second on: who speaks. 6 is usual, 0 is none. Only what lies below it is encoded anew.");
  std::vector<events::Option> profiles;
  for (const auto& [profile, text] : {std::pair{media::Profile::webm_vp9, "WebM: VP9 and Opus (some minutes a talk)"},
                                      {media::Profile::webm_av1, "WebM: AV1 and Opus (small, and an hour a talk)"},
                                      {media::Profile::opus, "Sound alone: Opus"},
                                      {media::Profile::m4a, "Sound alone: AAC, as it is"},
                                      {media::Profile::hls, "HLS: smaller pictures for slow networks"}})
    profiles.push_back({std::string(media::name_of(profile)), text, std::ranges::find(s.profiles, profile) != s.profiles.end()});
  form.checks("profiles", "Made besides the cut itself", std::move(profiles), "After it is online, when nothing else waits to be cut.");
  form.input("datetime-local", "embargo", "Embargo until (optional)", s.embargoed_until ? to_text(all.footage.zone.to_wall(*s.embargoed_until)) : "",
             "By the clock at the venue. Cuts are made, looked at and found good as ever, and shown by themselves then. What is online already stays. A talk "
             "can have a "
             "moment of its own.");
  form.text("license", "Licence of what is published (optional)", s.license, "Such as CC-BY-4.0.");
  return form.draw(organiser_path(all.event, "cuts"), "Save");
}

/// Nothing for no words. Errors: invalid – for "embargo".
Result<std::optional<Instant>> moment_in(std::string_view words, const Zone& zone) {
  if (trim(words).empty()) return std::nullopt;
  const auto wall = parse_wall_time(trim(words));
  auto moment = wall ? zone.to_instant(*wall) : std::unexpected(wall.error());
  if (!moment) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, {{"embargo", moment.error().message}}});
  return std::optional(*moment);
}

http::Response show(const Web& web, const http::Request& request, const All& all, const Error* error) {
  html::View view;
  if (all.disk) view.add("DISK").set("DISK_TEXT", footage::in_words(*all.disk));
  const auto& wanted = request.query.get("stage");
  const auto published = std::ranges::count_if(all.cuts, [](const Cut& cut) { return cut.stage == Stage::published && !cut.block; });
  const Date today = day_of(all.footage.zone.to_wall(all.now), all.event.day_start_hour);
  std::int64_t over = 0, later = 0;
  std::map<Date, std::vector<const footage::RoomFootage*>> days;
  for (const auto& room : all.footage.rooms)
    for (const auto& slot : room.slots) {
      if (talks::may_be_recorded(slot.consent) && slot.span.to <= all.now) ++over;
      const Date day = day_of(all.footage.zone.to_wall(slot.span.from), all.event.day_start_hour);
      if (slot.span.from > all.now && day > today) {
        ++later;
        continue;
      }
      auto& rooms = days[day];
      if (rooms.empty() || rooms.back() != &room) rooms.push_back(&room);
    }
  view.set("SUMMARY", std::to_string(published) + " of the " + std::to_string(over) + " talks that are over and may be recorded are online." +
                          day_in_words(all.work, all.now, all.footage.zone));
  if (later > 0 && wanted.empty()) view.add("LATER").set("LATER_TEXT", std::to_string(later) + " talks of later days stand here when their day has come.");
  view.set("FOOTAGE", organiser_path(all.event, "footage")).show_if(days.empty() && later == 0, "NOTHING");
  if (!days.empty()) show_filters(view.add("SHOWN"), all, wanted);
  // The newest day first: that is where the work is.
  for (const auto& [day, rooms] : std::views::reverse(days)) {
    html::View* section = nullptr;
    std::vector<std::string> unrecorded;
    for (const auto* room : rooms) {
      if (room->streams.empty() && wanted.empty()) unrecorded.push_back(room->room.name.in(all.event.languages.front()));
      if (room->streams.empty()) continue;
      auto table = draw_room(all, *room, day, wanted);
      if (table.empty()) continue;
      if (section == nullptr) {
        section = &view.add("DAY");
        section->set("DAY_TEXT", to_text(day));
      }
      section->add("ROOM").set("ROOM_NAME", room->room.name.in(all.event.languages.front())).set_html("TABLE", std::move(table));
    }
    if (unrecorded.empty()) continue;
    if (section == nullptr) section = &view.add("DAY").set("DAY_TEXT", to_text(day));
    section->add("UNRECORDED").set("ROOMS", join(unrecorded, ", "));
  }
  show_timers(view, all, today);
  view.set("CARDS", organiser_path(all.event, "cards"));
  view.set_html("SETTINGS", draw_settings(request, all, error));
  events::OrganiserPage page{.title = "Cuts",
                             .here = "cuts",
                             .content = html::render("cutting/organiser/cuts.html", view, "en"),
                             .trail = {},
                             .lead = {},
                             .scripts = {"cuts.js"},
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, all.event, std::move(page));
  return events::organiser_response(web, request, all.event, std::move(page));
}

}  // namespace

Result<http::Response> organiser_cuts(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const All all, load(tx, request));
  return show(web, request, all, nullptr);
}

Result<http::Response> organiser_cuts_settings(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(const All all, load(tx, request));
  Settings settings;
  const auto seconds_of = [&](std::string_view field) { return seconds(events::number_in(request.form.get(field)).value_or(-1)); };
  settings.padding = {.before = seconds_of("before"), .after = seconds_of("after")};
  settings.title_card = seconds_of("title_card");
  settings.end_card = seconds_of("end_card");
  settings.apology_card = seconds_of("apology_card");
  settings.name_plate = seconds_of("name_plate");
  settings.is_automatic = request.form.has("automatic");
  settings.needs_two = request.form.has("two");
  settings.license = request.form.get("license");
  const auto moment = moment_in(request.form.get("embargo"), all.footage.zone);
  if (!moment) return show(web, request, all, &moment.error());
  settings.embargoed_until = *moment;
  for (const auto& name : request.form.every("profiles"))
    if (const auto profile = media::find_profile(name)) settings.profiles.push_back(*profile);
  settings.version = events::number_in(request.form.get("version")).value_or(-1);
  const auto saved = [&]() -> Result<void> {
    TRY(save_settings(tx, actor_of(request), all.event, std::move(settings)));
    return tx.commit();
  }();
  if (!saved) {
    if (!events::belongs_into_form(saved.error())) return std::unexpected(saved.error());
    return show(web, request, all, &saved.error());
  }
  return events::organiser_done(organiser_path(all.event, "cuts"), "saved");
}

}  // namespace confer::cutting
