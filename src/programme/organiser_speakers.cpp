// Who is credited in an event (organiser_speakers.h).
#include "programme/organiser_speakers.h"
#include <algorithm>
#include <map>
#include <set>
#include "base/text.h"

namespace confer::programme {
namespace {

std::vector<Date> days_of(const events::Event& event, const Programme& draft) {
  std::set<Date> days;
  if (event.start && event.end)
    for (Date day = *event.start; day <= *event.end; day += std::chrono::days(1)) days.insert(day);
  for (const auto& slot : draft.slots) days.insert(day_of(slot.start, event.day_start_hour));
  return {days.begin(), days.end()};
}

}  // namespace

std::vector<CreditedSpeaker> SpeakerList::speakers() const {
  std::map<std::pair<std::string, std::string>, CreditedSpeaker> found;
  for (const auto& talk : talks)
    for (const auto& credit : talk.credits) {
      if (credit.name.empty()) continue;
      auto& speaker = found[{fold(credit.person_code.empty() ? credit.name : ""), credit.person_code}];
      if (speaker.name.empty()) speaker.name = credit.name;
      speaker.code = credit.person_code;
      speaker.person = credit.person;
      if (std::ranges::find(speaker.talks, &talk) == speaker.talks.end()) speaker.talks.push_back(&talk);
    }
  std::vector<CreditedSpeaker> speakers;
  for (auto& [key, speaker] : found) speakers.push_back(std::move(speaker));
  std::sort(speakers.begin(), speakers.end(), [](const auto& a, const auto& b) { return fold(a.name) < fold(b.name); });
  return speakers;
}

std::vector<OpeningWindow> SpeakerList::windows_of(const CreditedSpeaker& speaker) const {
  const auto found = around.available.find(speaker.code);
  return found == around.available.end() ? std::vector<OpeningWindow>{} : found->second;
}

std::vector<Clash> SpeakerList::clashes_of(const CreditedSpeaker& speaker) const {
  std::vector<Clash> own;
  for (const auto& clash : clashes) {
    auto slot = std::ranges::find(draft.slots, clash.slot, &Slot::number);
    const bool is_own = slot != draft.slots.end() && std::ranges::find(speaker.talks, slot->talk, &talks::Talk::code) != speaker.talks.end();
    if (is_own && clash.message.starts_with(speaker.name)) own.push_back(clash);
  }
  return own;
}

Result<SpeakerList> list_speakers(db::Tx& tx, events::Event event) {
  SpeakerList l;
  l.event = std::move(event);
  TRY_ASSIGN(l.talks, talks::list_talks(tx, l.event.id));
  TRY_ASSIGN(l.draft, load_draft(tx, l.event, ""));
  TRY_ASSIGN(l.around, surroundings(tx, l.event));
  TRY_ASSIGN(auto rules, rule_settings(tx, l.event));
  l.clashes = find_clashes(l.draft, rules, l.around);
  std::erase_if(l.clashes, [](const Clash& c) { return c.rule != Rule::speaker_not_available && c.rule != Rule::speaker_twice; });
  l.days = days_of(l.event, l.draft);
  return l;
}

Result<people::Person> make_speaker(db::Tx& tx, const Actor& actor, const events::Event& event, std::vector<talks::Talk> talks, const std::string& name) {
  TRY(require(actor, Right::programme, events::scope_of(event)));
  const auto is_meant = [&](const talks::Credit& c) { return !c.person && !c.name.empty() && fold(c.name) == fold(name); };
  const bool credited = std::ranges::any_of(talks, [&](const talks::Talk& t) { return std::ranges::any_of(t.credits, is_meant); });
  if (!credited) return fail(ErrorCode::not_found, "Nobody of that name is credited in this event.");
  TRY_ASSIGN(auto person, people::add_person(tx, {.name = name}));
  for (auto& talk : talks) {
    if (!std::ranges::any_of(talk.credits, is_meant)) continue;
    for (auto& credit : talk.credits)
      if (is_meant(credit)) credit.person = person.id;
    TRY(talks::save_talk(tx, actor, event, std::move(talk)));
  }
  return person;
}

}  // namespace confer::programme
