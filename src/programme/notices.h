// Telling speakers of their changes.
#pragma once
#include "mail/mail.h"
#include "programme/programme.h"

namespace confer::programme {

/// Queues one mail to every credited person with an address for whom the release of this revision changed something: a session of theirs moved, was
/// retimed, cancelled, reinstated, came or went, or they were added to one or taken off it. Only these changes are in it, and as .ics. That a room is hidden
/// now changes nothing for those who speak there. The first release tells everybody when and where they speak. Returns how many mails.
Result<int> tell_speakers(db::Tx& tx, const events::Event& event, int revision, std::string_view base_url, const mail::Settings& settings);

}  // namespace confer::programme
