// confer record.
#include "footage/record.h"
#include <pthread.h>
#include <csignal>
#include <filesystem>
#include <iostream>
#include "app/commands/commands.h"
#include "base/text.h"
#include "files/durable.h"

namespace confer::app {
namespace {

Result<std::string> folder_for(const Installation& here, const RecordOptions& options, const footage::RecordOrder& order, const events::Event& event,
                               const events::Room& room) {
  std::string folder = options.folder;
  if (folder.empty()) {
    TRY(make_private_folder(here.config.incoming()));
    TRY_ASSIGN(const auto file, footage::place_of_upload({.incoming = here.config.incoming(), .watched_root = ""}, event, room, order.recorder, "a.ts"));
    folder = files::folder_of(file);
  }
  TRY(files::ensure_folder(folder));
  std::error_code problem;
  auto whole = std::filesystem::canonical(folder, problem);
  if (problem) return fail(ErrorCode::unavailable, "The folder “" + folder + "” cannot be used: " + problem.message() + ".");
  return whole.string();
}

Result<void> record(Installation& here, const RecordOptions& options) {
  TRY(footage::check_stream_address(options.url));
  const auto stream = footage::stream_named(options.stream);
  if (!stream) return fail(ErrorCode::invalid, "There is no stream “" + ellipsis(options.stream, 60) + "”: it is main, backup, camera or slides.");
  footage::RecordOrder order{.url = options.url, .segment = std::chrono::seconds(options.segment_seconds)};
  std::string place;
  std::optional<Zone> zone;
  {
    TRY_ASSIGN(auto tx, here.db->begin_write());
    TRY_ASSIGN(const auto event, events::require_event(tx, options.event));
    TRY_ASSIGN(zone, events::zone_of(event));
    TRY_ASSIGN(const auto room, footage::room_named(tx, event, options.room));
    TRY_ASSIGN(order.recorder,
               footage::recorder_for(tx, system_actor("command line"), event, room.id, *stream, options.recorder.empty() ? options.stream : options.recorder));
    TRY_ASSIGN(order.folder, folder_for(here, options, order, event, room));
    TRY(tx.commit());
    order.event = event.id;
    order.room = room.id;
    place = room.name.in("en");
  }
  const sigset_t signals = stop_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  bool is_told = false;
  const auto say = [&](Instant at, const std::string& sentence) { std::cout << footage::clock_with_seconds(at, *zone) << "  " << sentence << std::endl; };
  const auto stopping = [&] {
    constexpr timespec now{};
    is_told = is_told || sigtimedwait(&signals, nullptr, &now) > 0;
    return is_told;
  };
  std::cout << "Recording “" << place << "” (" << options.stream << ") into " << order.folder << "; Ctrl-C stops it." << std::endl;
  TRY(footage::record_stream(*here.db, order, media::probe, say, stopping));
  std::cout << "Stopped, as told." << std::endl;
  return {};
}

}  // namespace

int run_record(Installation& here, const RecordOptions& options) {
  if (auto done = record(here, options); !done) return report_error(done.error());
  return 0;
}

}  // namespace confer::app
