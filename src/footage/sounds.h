// Recordings of one room are listened to, so that a recorder whose clock is wrong is told by what another one heard as well.
#pragma once
#include <functional>
#include <string>
#include "db/database.h"
#include "media/common_sound.h"

namespace confer::footage {

/// How loud it is in a recording; a test has its own. Errors: invalid – nothing can be heard.
using Hear = std::function<Result<media::Levels>(const std::string& path, const std::function<bool()>& stopping)>;
/// By `confer listen`, a limited process; the first hours of a recording.
Result<media::Levels> hear(const std::string& path, const std::function<bool()>& stopping);

/// Listens to what was not listened to yet: whole recordings of rooms in which more than one recorder has some, the first ones of each recorder, one after the
/// other, each kept with which of the others heard the same. One in which nothing can be heard is not tried again until it changes.
Result<void> compare_sounds(db::Database& db, const Hear& hear, const std::function<bool()>& stopping);

}  // namespace confer::footage
