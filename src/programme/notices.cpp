// Telling speakers of their changes (notices.h).
#include "programme/notices.h"
#include <algorithm>
#include <map>
#include <set>
#include "base/text.h"
#include "html/template.h"
#include "people/people.h"

namespace confer::programme {
namespace {

struct Addressee {
  people::Person person;
  Email email;
  std::vector<const Change*> changes;
  std::set<std::string> slots;  ///< GUIDs
};

Result<std::optional<Email>> address_of(db::Tx& tx, const people::Person& person) {
  TRY_ASSIGN(auto account, people::find_account(tx, person.id));
  if (account && account->verified) return account->email;
  if (auto email = Email::parse(person.contact_email); email) return *email;
  return std::nullopt;
}

bool is_told(const Change& change, bool first_release) {
  switch (change.kind) {
    case ChangeKind::moved:
    case ChangeKind::retimed:
    case ChangeKind::cancelled:
    case ChangeKind::reinstated:
    case ChangeKind::removed:
      return true;
    case ChangeKind::added:
      return true;
    case ChangeKind::edited:
      return false;
  }
  return first_release;
}

std::string place(const Programme& p, const std::string& room, WallTime start, const std::string& language) {
  const Room* found = p.room(room);
  return format_date(day_of(start, p.conference.day_start_hour), language) + ", " + clock_text(start) +
         (found != nullptr ? ", " + found->name.in(language) : "");
}

std::string sentence(const Change& c, const Programme& now, const std::string& language) {
  using html::translate;
  switch (c.kind) {
    case ChangeKind::added:
      return translate("“%1” takes place: %2.", language, {c.title, place(now, c.new_room, c.new_start, language)});
    case ChangeKind::cancelled:
    case ChangeKind::removed:
      return translate("“%1” does not take place any more (it was planned for %2).", language, {c.title, place(now, c.old_room, c.old_start, language)});
    case ChangeKind::reinstated:
      return translate("“%1” takes place after all: %2.", language, {c.title, place(now, c.new_room, c.new_start, language)});
    default:
      return translate("“%1” has moved. Now: %2. Before: %3.", language,
                       {c.title, place(now, c.new_room, c.new_start, language), place(now, c.old_room, c.old_start, language)});
  }
}

}  // namespace

Result<int> tell_speakers(db::Tx& tx, const events::Event& event, int revision, const mail::Settings& settings) {
  TRY_ASSIGN(auto releases, list_releases(tx, event));
  auto name_of_revision = [&](int wanted) {
    auto found = std::ranges::find(releases, wanted, &Release::revision);
    return found == releases.end() ? std::string() : found->name;
  };
  TRY_ASSIGN(auto now, released_programme(tx, event, name_of_revision(revision)));
  if (!now) return 0;
  TRY_ASSIGN(auto before, released_programme(tx, event, name_of_revision(revision - 1)));
  const auto changes = difference(before.value_or(Programme{}), *now);
  std::map<std::string, Addressee> by_code;
  for (const auto& change : changes) {
    if (!is_told(change, !before)) continue;
    const Talk* talk = now->talk(change.talk);
    if (talk == nullptr && before) talk = before->talk(change.talk);
    if (talk == nullptr) continue;
    for (const auto& credit : talk->credits) {
      if (credit.person_code.empty()) continue;
      auto known = by_code.find(credit.person_code);
      if (known == by_code.end()) {
        TRY_ASSIGN(auto person, people::find_person_by_code(tx, credit.person_code));
        if (!person) continue;
        TRY_ASSIGN(auto email, address_of(tx, *person));
        if (!email) continue;
        known = by_code.emplace(credit.person_code, Addressee{std::move(*person), std::move(*email), {}, {}}).first;
      }
      known->second.changes.push_back(&change);
      known->second.slots.insert(change.slot_guid);
    }
  }
  TRY_ASSIGN(auto stamps, calendar_stamps(tx, event));
  for (const auto& [code, to] : by_code) {
    const std::string& language = to.person.language;
    std::string text = html::translate("Hello %1,\n\nthe programme of %2 has a new version (%3). This concerns you:\n", language,
                                       {to.person.name, event.title.in(language), now->version}) +
                       "\n";
    for (const Change* change : to.changes) text += "- " + sentence(*change, *now, language) + "\n";
    text += "\n" + html::translate("All times are those of the venue (%1). The attached file puts them into your calendar.\n\nThe whole programme: %2\n",
                                   language, {now->conference.zone, now->conference.url});
    const CalendarOptions options{.name = event.title.in(language),
                                  .source_url = {},
                                  .language = language,
                                  .wanted = [&slots = to.slots](const Slot& slot, const Talk*) { return slots.contains(slot.guid); },
                                  .subscribable = false};
    mail::Message message{.to = to.email,
                          .to_name = to.person.name,
                          .person = to.person.id.value,
                          .event = event.id.value,
                          .subject = html::translate(before ? html::translatable("Your session at %1 has changed") : html::translatable("When you speak at %1"),
                                                     language, {event.title.in(language)}),
                          .text = std::move(text),
                          .language = language,
                          .attachments = {{"sessions.ics", "text/calendar; charset=utf-8", write_ical(*now, stamps, options)}},
                          .kind = "slot_changed"};
    TRY(mail::queue(tx, message, settings));
  }
  return static_cast<int>(by_code.size());
}

}  // namespace confer::programme
