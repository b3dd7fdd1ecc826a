// Telling speakers of their changes.
#pragma once
#include "mail/mail.h"
#include "programme/programme.h"

namespace confer::programme {

/// Queues one mail to every credited person with an address whose sessions the release of this revision moved, retimed, cancelled or reinstated,
/// with only these changes in it and the new times as .ics. The first release tells everybody when and where they speak. Returns how many mails.
Result<int> tell_speakers(db::Tx& tx, const events::Event& event, int revision, const mail::Settings& settings);

}  // namespace confer::programme
