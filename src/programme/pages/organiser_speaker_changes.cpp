// Changing several speakers at once, and taking it back (organiser_pages.h).
#include <algorithm>
#include <charconv>
#include <set>
#include "base/text.h"
#include "events/organiser_frame.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_speaker_list.h"

namespace confer::programme {
namespace {

using events::Event;
using talks::State;

/// What a bulk change does to when somebody is there: "always", "away_2027-05-04", "only_2027-05-04".
struct TimesChange {
  enum class What : unsigned char { nothing, always, away, only } what = What::nothing;
  Date day{};

  std::vector<OpeningWindow> applied(const std::vector<OpeningWindow>& before, const SpeakerList& l) const {
    if (what == What::away) return windows_away_on(before, day, l.days, l.event.day_start_hour);
    if (what == What::only) return windows_only_on(day, l.days, l.event.day_start_hour);
    return {};
  }
};

/// Errors: invalid – no such day here.
Result<TimesChange> times_change_in(std::string_view text, const SpeakerList& l) {
  using What = TimesChange::What;
  if (text.empty()) return TimesChange{};
  if (text == "always") return TimesChange{.what = What::always};
  const auto day = text.size() > 5 ? parse_date(text.substr(5)) : Result<Date>(fail(ErrorCode::invalid, ""));
  const bool known = day && std::ranges::find(l.days, *day) != l.days.end();
  if (known && text.starts_with("away_")) return TimesChange{.what = What::away, .day = *day};
  if (known && text.starts_with("only_")) return TimesChange{.what = What::only, .day = *day};
  return fail(ErrorCode::invalid, "Choose one of the event’s days. Nothing was changed.");
}

// In an "undo", instants of the clock at the venue are minutes to the base 36, as an address has not much room.
constexpr int base = 36;
std::string short_text(WallTime t) {
  char digits[16];
  return {digits, std::to_chars(std::begin(digits), std::end(digits), t.time_since_epoch().count(), base).ptr};
}
std::optional<WallTime> short_time(std::string_view text) {
  std::int64_t count = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), count, base);
  constexpr std::int64_t most = 500'000'000;  // minutes: more than nine centuries
  if (text.empty() || problem != std::errc() || end != text.data() + text.size() || count < 0 || count > most) return {};
  return WallTime(minutes(count));
}

/// "gk1c0-gk2g0_gk3k0-gk4o0", empty: there all the time.
std::string windows_in_short(const std::vector<OpeningWindow>& windows) {
  std::vector<std::string> words;
  for (const auto& window : windows) words.push_back(short_text(window.from) + "-" + short_text(window.to));
  return join(words, "_");
}
std::optional<std::vector<OpeningWindow>> windows_of_short(std::string_view text) {
  std::vector<OpeningWindow> windows;
  if (text.empty()) return windows;
  for (std::string_view one : split(text, '_')) {
    const auto ends = split(one, '-');
    const auto from = ends.size() == 2 ? short_time(ends[0]) : std::nullopt;
    const auto to = ends.size() == 2 ? short_time(ends[1]) : std::nullopt;
    if (!from || !to) return {};
    windows.push_back({*from, *to});
  }
  return windows;
}

/// The sessions' states; what each was goes into `before`: "t.QX7T9M.8.accepted", with the version that it has now.
Result<void> change_sessions(db::Tx& tx, const Actor& actor, const Event& event, const std::vector<const SpeakerRow*>& rows, State from, State to,
                             std::vector<std::string>& before) {
  std::set<std::string> done;
  for (const auto* row : rows)
    for (const auto* talk : row->speaker.talks) {
      if (talk->state != from || !done.insert(talk->code).second) continue;
      talks::Talk next = *talk;
      next.state = to;
      TRY_ASSIGN(const auto saved, talks::save_talk(tx, actor, event, std::move(next)));
      before.push_back("t." + saved.code + "." + std::to_string(saved.version) + "." + std::string(name_of(from)));
    }
  return {};
}

/// Their times; names alone become persons. `before` begins with what was done: "c.away_2027-05-04", then "p.ABC123.gk1c0-gk2g0" each.
Result<void> change_times(db::Tx& tx, const Actor& actor, const SpeakerList& l, const std::vector<const SpeakerRow*>& rows, const TimesChange& change,
                          std::string_view change_text, std::vector<std::string>& before) {
  std::vector<std::string> own;
  for (const auto* row : rows) {
    PersonId person = row->speaker.person;
    std::string code = row->speaker.code;
    const auto windows = l.windows_of(row->speaker);
    const auto next = change.applied(windows, l);
    if (next == windows) continue;
    if (code.empty()) {
      TRY_ASSIGN(const auto talks, talks::list_talks(tx, l.event.id));
      TRY_ASSIGN(const auto made, make_speaker(tx, actor, l.event, talks, row->speaker.name));
      person = made.id;
      code = made.code;
    }
    TRY(set_availability(tx, actor, l.event, person, next));
    own.push_back("p." + code + "." + windows_in_short(windows));
  }
  if (own.empty()) return {};
  before.push_back("c." + std::string(change_text));
  std::ranges::move(own, std::back_inserter(before));
  return {};
}

std::unexpected<Error> unclear() { return fail(ErrorCode::invalid, "It is not clear what to take back. Change the speakers in the list."); }
std::unexpected<Error> changed_since(const std::string& what) {
  return fail(ErrorCode::conflict, "“" + what + "” was changed since then, so nothing was taken back. Look at the list, and change it there.");
}

Result<void> undo_session(db::Tx& tx, const Actor& actor, const Event& event, const std::vector<std::string_view>& parts) {
  const auto version = parts.size() == 4 ? events::number_in(parts[2]) : std::nullopt;
  if (!version || (parts[3] != name_of(State::accepted) && parts[3] != name_of(State::confirmed))) return unclear();
  TRY_ASSIGN(talks::Talk talk, talks::require_talk(tx, event.id, parts[1]));
  if (talk.version != *version) return changed_since(talk.title);
  talk.state = parts[3] == name_of(State::accepted) ? State::accepted : State::confirmed;
  TRY(talks::save_talk(tx, actor, event, std::move(talk)));
  return {};
}

Result<void> undo_times(db::Tx& tx, const Actor& actor, const SpeakerList& l, const std::vector<CreditedSpeaker>& speakers, const TimesChange& change,
                        const std::vector<std::string_view>& parts) {
  const auto before = parts.size() == 3 && !parts[1].empty() ? windows_of_short(parts[2]) : std::nullopt;
  if (!before) return unclear();
  const auto speaker = std::ranges::find(speakers, parts[1], &CreditedSpeaker::code);
  if (speaker == speakers.end()) return fail(ErrorCode::not_found, "Nobody of that code is credited in this event any more. Nothing was taken back.");
  if (l.windows_of(*speaker) != change.applied(*before, l)) return changed_since(speaker->name);
  return set_availability(tx, actor, l.event, speaker->person, *before);
}

}  // namespace

Result<http::Response> organiser_speakers_change(const Web& web, http::Request& request) {
  const SpeakerFilter filter(request.query);
  const std::string& sessions = request.form.get("set_sessions");
  std::string list, undo;
  bool changes = false;
  auto done = [&]() -> Result<void> {
    TRY_ASSIGN(auto tx, web.db.begin_write());
    TRY_ASSIGN(const ListedSpeakers l, load_speaker_list(tx, request));
    const Actor& actor = actor_of(request);
    list = events::organiser_path(l.list.event, "speakers") + filter.query();
    TRY_ASSIGN(const auto times, times_change_in(request.form.get("set_times"), l.list));
    const auto rows = chosen_rows(l, filter, request.form);
    std::vector<std::string> before;
    // Times first: a name that becomes a person saves its sessions, too.
    if (times.what != TimesChange::What::nothing) TRY(change_times(tx, actor, l.list, rows, times, request.form.get("set_times"), before));
    if (sessions == "confirm" || sessions == "unconfirm") {
      TRY_ASSIGN(const ListedSpeakers now, load_speaker_list(tx, request));
      std::vector<const SpeakerRow*> same;
      for (const auto* row : rows)
        for (const auto& other : now.rows)
          if (other.speaker.name == row->speaker.name && (row->speaker.code.empty() || other.speaker.code == row->speaker.code)) same.push_back(&other);
      const bool confirms = sessions == "confirm";
      TRY(change_sessions(tx, actor, l.list.event, same, confirms ? State::accepted : State::confirmed, confirms ? State::confirmed : State::accepted, before));
    }
    changes = !before.empty();
    if (!changes) return {};
    undo = "speakers:" + join(before, ",");
    return tx.commit();
  }();
  if (!done) {
    if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
    return show_speaker_list(web, request, &done.error());
  }
  return events::organiser_done(list, changes ? "saved" : "nothing", undo);
}

Result<void> undo_speakers_change(db::Tx& tx, const Actor& actor, const Event& event, std::string_view before) {
  TRY_ASSIGN(const SpeakerList l, list_speakers(tx, event));
  const auto speakers = l.speakers();
  TimesChange change;
  for (std::string_view one : split(before, ',')) {
    const auto parts = split(one, '.');
    if (parts.front() == "c" && parts.size() == 2) {
      TRY_ASSIGN(change, times_change_in(parts[1], l));
    } else if (parts.front() == "p" && change.what != TimesChange::What::nothing) {
      TRY(undo_times(tx, actor, l, speakers, change, parts));
    } else if (parts.front() == "t") {
      TRY(undo_session(tx, actor, event, parts));
    } else {
      return unclear();
    }
  }
  return {};
}

}  // namespace confer::programme
