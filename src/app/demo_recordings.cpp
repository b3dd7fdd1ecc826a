// Recordings for the demonstration (demo_recordings.h).
#include "app/demo_recordings.h"
#include <algorithm>
#include <filesystem>
#include "base/text.h"
#include "events/events.h"
#include "footage/look.h"
#include "media/ffmpeg.h"
#include "people/rights.h"

namespace confer::app {
namespace {

namespace fs = std::filesystem;
using std::chrono::seconds;

/// Short talks, so that they are made in seconds.
constexpr std::chrono::minutes longest{30};
constexpr seconds early{75}, late{150}, missing{40};
/// Somebody seems to speak from a little after the slot's beginning to a little after its end.
constexpr seconds first_word{20}, last_word{45};

struct Chosen {
  footage::PlannedSlot slot;
  events::Room room;
  footage::Span span;  ///< what the recorder saw
};

/// The first short talks that are over, one a room.
std::vector<Chosen> choose(const footage::EventFootage& all, Instant now) {
  std::vector<Chosen> chosen;
  for (const auto& room : all.rooms)
    for (const auto& slot : room.slots) {
      if (slot.span.length() > longest || slot.span.to + late > now || !talks::may_be_recorded(slot.consent)) continue;
      const bool is_late = !chosen.empty();
      chosen.push_back({slot, room.room, {slot.span.from + (is_late ? missing : -early), slot.span.to + late}});
      if (is_late) return chosen;
      break;
    }
  return chosen;
}

std::string number(std::chrono::milliseconds time) { return fixed(static_cast<double>(time.count()) / 1000, 3); }

/// Moving pictures, and a voice's rhythm: a low tone, four syllables a second.
media::FfmpegCall call_for(const Chosen& one, const std::string& path) {
  const std::string length = number(one.span.length());
  const std::string from = number(one.slot.span.from + first_word - one.span.from), to = number(one.slot.span.to + last_word - one.span.from);
  const std::string voice = "sine=f=140:b=4:r=16000:d=" + length + ",tremolo=f=4:d=0.9,volume=0:enable='not(between(t," + from + "," + to + "))'";
  return {.words = {"-f",          "lavfi",   "-i",      "testsrc=s=320x180:r=5:d=" + length,
                    "-f",          "lavfi",   "-i",      voice,
                    "-c:v",        "libx264", "-preset", "veryfast",
                    "-pix_fmt",    "yuv420p", "-g",      "10",
                    "-c:a",        "aac",     "-b:a",    "48k",
                    "file:" + path},
          .reads = {},
          .writes = {fs::path(path).parent_path().string()},
          .media_seconds = static_cast<double>(one.span.length().count()) / 1000,
          .on_progress = {}};
}

std::string name_of(const Chosen& one, const Zone& zone) {
  const auto wall = zone.to_wall(one.span.from);
  return to_text(std::chrono::floor<std::chrono::days>(wall)) + "_" + replace_all(footage::clock_with_seconds(one.span.from, zone), ":", "-") + ".mp4";
}

}  // namespace

Result<std::vector<std::string>> make_demo_recordings(Installation& here, Date today) {
  const Actor actor = system_actor("demonstration");
  std::vector<Chosen> chosen;
  events::Event event;
  Zone zone;
  {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    TRY_ASSIGN(const auto events, events::list_events(tx));
    const auto runs =
        std::ranges::find_if(events, [&](const events::Event& e) { return e.kind == events::EventKind::edition && e.start <= today && today <= e.end; });
    if (runs == events.end()) return fail(ErrorCode::not_found, "No edition runs on this day.");
    event = *runs;
    TRY_ASSIGN(const auto all, footage::load_footage(tx, event, tx.now()));
    zone = all.zone;
    chosen = choose(all, tx.now());
  }
  if (chosen.empty()) return fail(ErrorCode::not_found, "No short talk of this event is over.");
  std::vector<std::string> titles;
  for (const auto& one : chosen) {
    const fs::path folder = fs::path(here.config.incoming()) / event.slug / one.room.code / "laptop";
    std::error_code error;
    fs::create_directories(folder, error);
    if (error) return fail(ErrorCode::unavailable, "The folder for recordings cannot be made.", error.message());
    const std::string path = folder / name_of(one, zone);
    TRY(media::run_ffmpeg(call_for(one, path), {}));
    // As a recorder would have left it.
    fs::last_write_time(path, std::chrono::file_clock::from_sys(one.span.to), error);
    TRY_ASSIGN(const auto found, footage::find_file(path));
    const auto looked = footage::look(found, {}, media::probe, Clock::system().now());
    TRY_ASSIGN(auto tx, here.db->begin_write());
    TRY_ASSIGN(const auto recorder, footage::recorder_for(tx, actor, event, one.room.id, footage::Stream::main, "laptop"));
    TRY(footage::keep_files(tx, actor, event, recorder, {looked}));
    TRY(tx.commit());
    titles.push_back(one.slot.title);
  }
  return titles;
}

}  // namespace confer::app
