// Listening to recordings, and which of them heard the same (sounds.h).
#include "footage/sounds.h"
#include "base/log.h"
#include "footage/store.h"
#include "media/listen.h"
#include "media/process.h"

namespace confer::footage {
namespace {

constexpr int of_each_recorder = 12;          ///< recordings; a clock that is wrong is wrong in all of them
constexpr const char* first_hours = "10800";  ///< seconds

/// The file and what it has in common with those that were heard before; false when there is nothing to do any more.
Result<bool> compare_next(db::Database& db, const Hear& hear, const std::function<bool()>& stopping) {
  std::optional<store::Unheard> next;
  std::vector<store::Sound> others;
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(next, store::next_to_hear(tx, of_each_recorder));
    if (!next) return false;
    TRY_ASSIGN(others, store::sounds_beside(tx, next->room, next->recorder));
  }
  const auto heard = hear(next->path, stopping);
  if (stopping()) return false;
  if (!heard) log(LogTopic::media, LogLevel::info, "nothing to compare in a recording", {{"file", next->path}, {"words", heard.error().message}});
  const media::Levels levels = heard.value_or(media::Levels{});
  std::vector<CommonSound> common;
  for (const auto& other : others)
    if (const auto found = media::find_common_sound(levels, media::read_levels(other.levels)))
      common.push_back({.one = next->file, .other = other.file, .lag = std::chrono::round<milliseconds>(std::chrono::duration<double>(found->lag))});
  TRY_ASSIGN(auto tx, db.begin_write());
  TRY(store::keep_sound(tx, next->file, next->modified_at, media::to_text(levels)));
  TRY(store::forget_common_sounds(tx, next->file));
  for (const auto& one : common) TRY(store::add(tx, one));
  TRY(tx.commit());
  return true;
}

}  // namespace

Result<media::Levels> hear(const std::string& path, const std::function<bool()>& stopping) {
  media::Limits limits;
  limits.reads = {path};
  TRY_ASSIGN(const auto ended, media::run_limited({media::own_program(), "listen", path, "--no-picture", "--to", first_hours}, limits, {}, stopping));
  if (!ended.is_well()) return fail(ErrorCode::invalid, media::reason_of(ended));
  TRY_ASSIGN(const auto listening, media::read_listening(ended.out));
  media::Levels levels;
  levels.reserve(listening.moments.size());
  for (const auto& moment : listening.moments) levels.push_back(moment.level_db);
  return levels;
}

Result<void> compare_sounds(db::Database& db, const Hear& hear, const std::function<bool()>& stopping) {
  while (!stopping()) {
    TRY_ASSIGN(const bool went_on, compare_next(db, hear, stopping));
    if (!went_on) break;
  }
  return {};
}

}  // namespace confer::footage
