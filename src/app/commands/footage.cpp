// confer recordings add.
#include <array>
#include <filesystem>
#include <iostream>
#include "app/commands/commands.h"
#include "base/text.h"
#include "footage/look.h"

namespace confer::app {
namespace {

using footage::FileState;
using footage::KeptFile;

Result<std::vector<footage::Found>> found_at(const std::vector<std::string>& paths) {
  std::vector<footage::Found> all;
  for (const auto& path : paths) {
    std::error_code problem;
    if (!std::filesystem::is_directory(path, problem)) {
      TRY_ASSIGN(auto file, footage::find_file(path));
      all.push_back(std::move(file));
      continue;
    }
    TRY_ASSIGN(auto files, footage::find_files(path));
    if (files.empty()) return fail(ErrorCode::invalid, "There is no media file in “" + path + "”.");
    all.insert(all.end(), std::make_move_iterator(files.begin()), std::make_move_iterator(files.end()));
  }
  return all;
}

std::string when(const footage::MediaFile& file, const footage::Recorder& recorder, const Zone& zone) {
  if (!file.told_at) return "start unknown";
  const Instant at = *file.told_at + recorder.offset;
  return to_text(std::chrono::floor<std::chrono::days>(zone.to_wall(at))) + " " + footage::clock_with_seconds(at, zone) + " (by " +
         std::string(in_words(file.source)) + ")";
}

void print(const KeptFile& kept, const footage::Recorder& recorder, const Zone& zone) {
  static constexpr std::array<std::string_view, 3> how{"added", "changed", "known"};
  const auto& file = kept.file;
  std::cout << how.at(static_cast<std::size_t>(kept.how)) << "  " << file.path << "\n    " << when(file, recorder, zone) << ", "
            << (file.length ? footage::duration_in_words(*file.length) : std::string("length unknown")) << ", " << name_of(file.state);
  if (auto probed = media::read_probed(file.probed); probed && !file.probed.empty()) {
    if (const auto* video = probed->find(media::StreamKind::video)) std::cout << ", " << video->codec << " " << video->width << "×" << video->height;
    if (const auto* audio = probed->find(media::StreamKind::audio)) std::cout << ", " << audio->codec;
  }
  std::cout << "\n";
  for (const auto* sentence : {&file.reason, &file.doubt})
    if (!sentence->empty()) std::cout << "    " << *sentence << "\n";
}

/// What the room's slots have of this stream now, one a line: those that have anything.
void print_coverage(const footage::EventFootage& all, const footage::Recorder& recorder) {
  for (const auto& room : all.rooms) {
    if (room.room.id != recorder.room) continue;
    const auto& slots = room.streams.at(recorder.stream).slots;
    for (std::size_t i = 0; i < slots.size(); ++i)
      if (slots[i].state != footage::CoverState::not_begun && slots[i].state != footage::CoverState::nothing)
        std::cout << "  " << clock_text(all.zone.to_wall(room.slots[i].span.from)) << "  " << room.slots[i].title << ": " << in_words(slots[i], all.zone)
                  << "\n";
  }
}

Result<void> add(Installation& here, const FootageOptions& options) {
  const auto stream = footage::stream_named(options.stream);
  if (!stream) return fail(ErrorCode::invalid, "There is no stream “" + ellipsis(options.stream, 60) + "”: it is main, backup, camera or slides.");
  const Actor actor = system_actor("command line");
  Instant now{};
  {
    TRY_ASSIGN(auto tx, here.db->begin_read());
    TRY_ASSIGN(const auto event, events::require_event(tx, options.event));
    TRY(footage::room_named(tx, event, options.room));
    now = tx.now();
  }
  TRY_ASSIGN(const auto found, found_at(options.paths));
  std::vector<footage::Looked> looked;
  for (const auto& file : found) looked.push_back(footage::look(file, {}, media::probe, now));
  TRY_ASSIGN(auto tx, here.db->begin_write());
  TRY_ASSIGN(const auto event, events::require_event(tx, options.event));
  TRY_ASSIGN(const auto room, footage::room_named(tx, event, options.room));
  TRY_ASSIGN(const auto recorder, footage::recorder_for(tx, actor, event, room.id, *stream, options.recorder.empty() ? options.stream : options.recorder));
  TRY_ASSIGN(const auto kept, footage::keep_files(tx, actor, event, recorder, looked));
  TRY_ASSIGN(const auto all, footage::load_footage(tx, event, tx.now()));
  TRY(tx.commit());
  for (const auto& file : kept) print(file, recorder, all.zone);
  print_coverage(all, recorder);
  if (const auto guess = footage::guess_clock(all, recorder))
    std::cout << "The clock of “" << recorder.name << "” seems to be " << footage::clock_error_in_words(guess->offset) << " ("
              << footage::confidence_in_words(guess->confidence) << "): see the page Footage.\n";
  return {};
}

}  // namespace

int run_recordings_add(Installation& here, const FootageOptions& options) {
  if (auto done = add(here, options); !done) return report_error(done.error());
  return 0;
}

}  // namespace confer::app
