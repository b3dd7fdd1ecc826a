// What people are told of a cut, and how it goes online. For jobs.cpp.
#pragma once
#include "cutting/jobs.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::cutting {

/// Writes a link to each speaker whose address is known.
Result<void> tell_to_look(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, const Cut& cut, const talks::Talk& talk);
/// Writes to them that it is online.
Result<void> tell_online(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, const talks::Talk& talk);
/// Writes to everybody who looks after the event's recordings: to members of its teams and its series', or of the installation's where there is none.
Result<void> tell_team_withdrawn(db::Tx& tx, const people::SignIn& sign_in, const events::Event& event, const talks::Talk& talk);
/// Takes what is online of this cut, in all its forms, out of the talk's recording.
Result<void> take_out(db::Tx& tx, const Cut& cut, recordings::Recording& recording);
/// … and the addresses where programs have brought it.
Result<void> take_out_links(db::Tx& tx, const Cut& cut, recordings::Recording& recording);
/// The talk's recording has this video; the one of an earlier revision goes in the same moment.
Result<void> put_online(db::Tx& tx, const events::Event& event, const Cut& cut, const Made& made, const std::string& hash, const Settings& settings);

}  // namespace confer::cutting
