// Who is credited in an event, when they are there, and what clashes with that: for the organisers' pages of speakers.
#pragma once
#include <string>
#include <vector>
#include "people/people.h"
#include "programme/organiser_availability_form.h"
#include "programme/programme.h"

namespace confer::programme {

/// Somebody who is credited: a person, or a name alone.
struct CreditedSpeaker {
  std::string name, code;  ///< no code: a name alone
  PersonId person;
  std::vector<const talks::Talk*> talks;
};

struct SpeakerList {
  events::Event event;
  std::vector<talks::Talk> talks;
  Programme draft;
  Surroundings around;
  std::vector<Clash> clashes;  ///< about speakers only
  std::vector<Date> days;      ///< of the event and of its slots

  /// All of the event, by name. They point into `talks`.
  std::vector<CreditedSpeaker> speakers() const;
  std::vector<OpeningWindow> windows_of(const CreditedSpeaker& speaker) const;
  DaysThere there(const CreditedSpeaker& speaker) const { return days_there(windows_of(speaker), days, event.day_start_hour); }
  std::vector<Clash> clashes_of(const CreditedSpeaker& speaker) const;
};
Result<SpeakerList> list_speakers(db::Tx& tx, events::Event event);

/// A name alone becomes a person, so that times can be kept for them; every session of the name is theirs.
/// Errors: as `save_talk`; not_found – nobody of that name is credited without a person.
Result<people::Person> make_speaker(db::Tx& tx, const Actor& actor, const events::Event& event, std::vector<talks::Talk> talks, const std::string& name);

}  // namespace confer::programme
