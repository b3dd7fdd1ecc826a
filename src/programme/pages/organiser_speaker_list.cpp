// The list of an event's speakers: filters, and addresses to write to (organiser_pages.h).
#include "programme/organiser_speaker_list.h"
#include <algorithm>
#include <map>
#include <set>
#include "base/text.h"
#include "events/organiser_frame.h"
#include "html/template.h"
#include "people/people.h"
#include "programme/organiser_pages.h"

namespace confer::programme {
namespace {

using events::Event;
using events::organiser_path;
using talks::State;

/// Longer links are cut off by some mail programs (2,000 signs and more are not safe).
constexpr std::size_t longest_mail_link = 1900;

/// Where a mail to each goes: as notices.cpp.
Result<std::map<PersonId, std::string>> addresses_of(db::Tx& tx, const std::vector<people::Person>& people) {
  std::vector<PersonId> ids;
  std::map<PersonId, std::string> addresses;
  for (const auto& person : people) {
    ids.push_back(person.id);
    addresses[person.id] = person.contact_email;
  }
  TRY_ASSIGN(const auto accounts, people::accounts_with_ids(tx, ids));
  for (const auto& account : accounts)
    if (account.verified) addresses[account.person] = account.email.address();
  return addresses;
}

/// What else is known of a speaker than who they are and when they are there.
void look_at_sessions(SpeakerRow& row, const std::set<std::string>& placed) {
  for (const auto* talk : row.speaker.talks) {
    if (talk->state == State::accepted) ++row.to_confirm;
    if (talk->state == State::cancelled)
      ++row.off;
    else if (placed.contains(talk->code))
      ++row.placed;
  }
}

/// A picture or text may come from an import, with the credit.
bool is_credited_with(const CreditedSpeaker& speaker, std::string talks::Credit::* what) {
  return std::ranges::any_of(speaker.talks, [&](const talks::Talk* talk) {
    return std::ranges::any_of(talk->credits,
                               [&](const talks::Credit& c) { return c.person_code == speaker.code && c.name == speaker.name && !(c.*what).empty(); });
  });
}

void option(html::View& view, std::string_view section, std::string_view value, std::string_view text, const std::string& chosen) {
  view.add(section).set("OPTION_VALUE", value).set("OPTION_TEXT", text).show_if(value == chosen, "CHOSEN");
}

void show_filter(html::View& view, const ListedSpeakers& l, const SpeakerFilter& filter) {
  view.set("QUERY", filter.text).set("SEARCH_LABEL", l.may_see_addresses ? "Name or address" : "Name");
  option(view, "FILTER_SESSIONS", "unconfirmed", "waits to be confirmed", filter.sessions);
  option(view, "FILTER_SESSIONS", "unplaced", "one has no slot yet", filter.sessions);
  option(view, "FILTER_SESSIONS", "placed", "has a slot", filter.sessions);
  option(view, "FILTER_SESSIONS", "several", "more than one", filter.sessions);
  option(view, "FILTER_SESSIONS", "off", "all cancelled", filter.sessions);
  for (const auto& track : l.tracks) option(view, "FILTER_TRACK", std::to_string(track.id.value), track.name.in(l.list.event.languages.front()), filter.track);
  std::set<std::string> languages;
  for (const auto& talk : l.list.talks)
    if (!talk.language.empty()) languages.insert(talk.language);
  for (const auto& language : languages) option(view, "FILTER_LANGUAGE", language, language, filter.language);
  option(view, "FILTER_MISSING", "picture", "no picture", filter.missing);
  option(view, "FILTER_MISSING", "text", "no text about them", filter.missing);
  if (l.may_see_addresses) option(view, "FILTER_MISSING", "address", "no address", filter.missing);
  option(view, "FILTER_TIMES", "always", "always there", filter.times);
  option(view, "FILTER_TIMES", "limited", "not always there", filter.times);
  option(view, "FILTER_TIMES", "clash", "with a clash", filter.times);
}

void show_row(html::View& view, const ListedSpeakers& l, const SpeakerRow& row, bool ticked) {
  auto& one = view.add("SPEAKER");
  one.set("KEY", row.key()).set("NAME", row.speaker.name).show_if(ticked, "TICKED");
  if (row.speaker.code.empty()) {
    one.add("ALONE");
  } else {
    one.add("PERSON").set("HREF", organiser_path(l.list.event, "speakers/" + row.speaker.code));
    one.set("THERE", in_words(row.there));
  }
  one.set("SESSIONS", row.speaker.talks.size());
  if (row.to_confirm > 0) one.add("BADGE").set("BADGE_CLASS", "badge-warning").set("BADGE_TEXT", std::to_string(row.to_confirm) + " to confirm");
  if (row.off > 0) one.add("BADGE").set("BADGE_CLASS", "badge-cancelled").set("BADGE_TEXT", std::to_string(row.off) + " cancelled");
  one.set("MISSING", join(row.missing, ", "));
  if (l.may_see_addresses) one.add("ADDRESS").set("ADDRESS_TEXT", row.address);
  if (row.clashes > 0) one.add("CLASH").set("CLASH_TEXT", std::to_string(row.clashes) + (row.clashes == 1 ? " clash" : " clashes"));
}

}  // namespace

SpeakerFilter::SpeakerFilter(const http::Fields& query)
    : text(trim(query.get("q"))),
      sessions(query.get("sessions")),
      track(query.get("track")),
      language(query.get("language")),
      missing(query.get("missing")),
      times(query.get("times")) {}

std::vector<std::pair<std::string_view, const std::string*>> SpeakerFilter::fields() const {
  return {{"q", &text}, {"sessions", &sessions}, {"track", &track}, {"language", &language}, {"missing", &missing}, {"times", &times}};
}

bool SpeakerFilter::matches(const SpeakerRow& row) const {
  const auto& talks = row.speaker.talks;
  if (sessions == "unconfirmed" && row.to_confirm == 0) return false;
  if (sessions == "placed" && row.placed == 0) return false;
  if (sessions == "unplaced" && row.placed + row.off == talks.size()) return false;
  if (sessions == "off" && row.off < talks.size()) return false;
  if (sessions == "several" && talks.size() < 2) return false;
  if (!track.empty() && std::ranges::none_of(talks, [&](const auto* talk) { return std::to_string(talk->track.value) == track; })) return false;
  if (!language.empty() && std::ranges::none_of(talks, [&](const auto* talk) { return talk->language == language; })) return false;
  if (!missing.empty() && std::ranges::find(row.missing, missing) == row.missing.end()) return false;
  if (const bool always = in_words(row.there) == "always"; times == (always ? "limited" : "always")) return false;
  if (times == "clash" && row.clashes == 0) return false;
  return text.empty() || fold(row.speaker.name + " " + row.speaker.code + " " + row.address).find(fold(text)) != std::string::npos;
}

std::string SpeakerFilter::query() const {
  std::string out;
  for (const auto& [name, value] : fields())
    if (!value->empty()) out.append(out.empty() ? "?" : "&").append(name).append("=").append(percent_encoded(*value));
  return out;
}

Result<ListedSpeakers> load_speaker_list(db::Tx& tx, const http::Request& request) {
  ListedSpeakers l;
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  l.may_see_addresses = may(actor_of(request), Right::people, events::scope_of(event));
  TRY_ASSIGN(l.tracks, events::list_tracks(tx, event));
  TRY_ASSIGN(l.list, list_speakers(tx, std::move(event)));
  std::set<std::string> placed;
  for (const auto& slot : l.list.draft.slots)
    if (!slot.talk.empty()) placed.insert(slot.talk);
  const auto speakers = l.list.speakers();
  std::vector<PersonId> ids;
  for (const auto& speaker : speakers)
    if (speaker.person) ids.push_back(speaker.person);
  TRY_ASSIGN(const auto people, people::people_with_ids(tx, ids));
  TRY_ASSIGN(const auto addresses, addresses_of(tx, people));
  std::map<PersonId, const people::Person*> known;
  for (const auto& person : people) known[person.id] = &person;
  for (const auto& speaker : speakers) {
    SpeakerRow row{.speaker = speaker};
    row.there = l.list.there(speaker);
    row.clashes = l.list.clashes_of(speaker).size();
    look_at_sessions(row, placed);
    const auto* person = known.contains(speaker.person) ? known.at(speaker.person) : nullptr;
    if ((person == nullptr || person->avatar_url.empty()) && !is_credited_with(speaker, &talks::Credit::avatar_url)) row.missing.emplace_back("picture");
    if ((person == nullptr || person->biography.empty()) && !is_credited_with(speaker, &talks::Credit::biography)) row.missing.emplace_back("text");
    if (l.may_see_addresses) {
      if (person != nullptr) row.address = addresses.at(person->id);
      if (row.address.empty()) row.missing.emplace_back("address");
    }
    l.rows.push_back(std::move(row));
  }
  return l;
}

std::vector<const SpeakerRow*> chosen_rows(const ListedSpeakers& l, const SpeakerFilter& filter, const http::Fields& sent) {
  std::vector<const SpeakerRow*> chosen;
  const auto ticked = sent.every("speaker");
  for (const auto& row : l.rows)
    if (sent.has("all") ? filter.matches(row) : std::ranges::find(ticked, row.key()) != ticked.end()) chosen.push_back(&row);
  return chosen;
}

Result<http::Response> show_speaker_list(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const ListedSpeakers l, load_speaker_list(tx, request));
  const Event& event = l.list.event;
  const SpeakerFilter filter(request.query);
  const std::string list = organiser_path(event, "speakers");
  html::View view;
  view.set("LIST", list).set("ACTION", list + filter.query()).set("TIMES_ACTION", list + "/times");
  if (error != nullptr) view.add("PROBLEMS").set("PROBLEMS_TITLE", error->message);
  show_filter(view, l, filter);
  const http::Fields typed = error != nullptr ? request.form : http::Fields();
  const auto ticked = typed.every("speaker");
  std::size_t shown = 0;
  bool has_alone = false;
  for (const auto& row : l.rows) {
    if (!filter.matches(row)) continue;
    show_row(view, l, row, std::ranges::find(ticked, row.key()) != ticked.end());
    has_alone = has_alone || row.speaker.code.empty();
    ++shown;
  }
  view.set("SHOWN", shown).show_if(typed.has("all"), "ALL_TICKED").show_if(has_alone, "ALONE_FORM");
  view.show(shown > 0 ? "SOME" : l.rows.empty() ? "NOBODY" : "NOTHING");
  option(view, "SET_SESSIONS", "confirm", "accepted → confirmed", typed.get("set_sessions"));
  option(view, "SET_SESSIONS", "unconfirm", "confirmed → accepted", typed.get("set_sessions"));
  option(view, "SET_TIMES", "always", "always", typed.get("set_times"));
  for (const auto& [word, text] : {std::pair{"away_", "not "}, std::pair{"only_", "only "}})
    for (const Date day : l.list.days) option(view, "SET_TIMES", word + to_text(day), text + format_date(day, "en", "MMMEd"), typed.get("set_times"));
  if (l.may_see_addresses) {
    auto& addresses = view.add("ADDRESSES").set("ADDRESSES_ACTION", list + "/addresses");
    for (const auto& [name, value] : filter.fields())
      if (!value->empty()) addresses.add("KEPT").set("KEPT_NAME", name).set("KEPT_VALUE", *value);
    view.show("ADDRESS_COLUMN");
  }
  events::OrganiserPage page{.title = "Speakers",
                             .here = "speakers",
                             .content = html::render("programme/organiser/speakers.html", view, "en"),
                             .trail = {},
                             .lead = std::to_string(shown) + " of " + std::to_string(l.rows.size()) + " speakers. A session outside their times is a clash.",
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, event, std::move(page));
  return events::organiser_response(web, request, event, std::move(page));
}

Result<http::Response> organiser_speakers(const Web& web, http::Request& request) { return show_speaker_list(web, request, nullptr); }

Result<http::Response> organiser_speaker_add(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Event event, events::event_of_route(tx, request));
  TRY_ASSIGN(auto all, talks::list_talks(tx, event.id));
  TRY_ASSIGN(const auto person, make_speaker(tx, actor_of(request), event, std::move(all), tidy_line(request.form.get("name"))));
  TRY(tx.commit());
  return http::Response::see_other(organiser_path(event, "speakers/" + person.code));
}

Result<http::Response> organiser_speaker_addresses(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const ListedSpeakers l, load_speaker_list(tx, request));
  const Event& event = l.list.event;
  TRY(require(actor_of(request), Right::people, events::scope_of(event)));
  const SpeakerFilter filter(request.query);
  const std::string list = organiser_path(event, "speakers") + filter.query();
  const auto rows = chosen_rows(l, filter, request.query);
  if (rows.empty()) return events::organiser_done(list, "nothing");
  html::View view;
  std::vector<std::string> addresses, lines;
  for (const auto* row : rows) {
    if (row->address.empty()) {
      auto& without = view.add("WITHOUT");
      if (row->speaker.code.empty())
        without.add("ALONE").set("NAME", row->speaker.name);
      else
        without.add("PERSON").set("NAME", row->speaker.name).set("HREF", organiser_path(event, "speakers/" + row->speaker.code + "/details"));
    } else if (std::ranges::find(addresses, row->address) == addresses.end()) {
      addresses.push_back(row->address);
      lines.push_back("\"" + replace_all(replace_all(row->speaker.name, "\\", "\\\\"), "\"", "\\\"") + "\" <" + row->address + ">");
    }
  }
  if (!addresses.empty()) {
    auto& some = view.add("SOME").set("LINES", join(lines, ",\n")).set("ROWS", std::min<std::size_t>(lines.size() + 1, 12));
    const std::string all = join(addresses, ",");
    if (percent_encoded(all).size() <= longest_mail_link) some.add("LINK").set("ALL", all);
  }
  if (addresses.size() < rows.size()) view.show("SOME_WITHOUT");
  view.set("BACK", list);
  events::OrganiserPage page{.title = "Addresses of speakers",
                             .here = "speakers",
                             .content = html::render("programme/organiser/speaker_addresses.html", view, "en"),
                             .trail = {{organiser_path(event, "speakers"), "Speakers"}},
                             .lead = std::to_string(addresses.size()) + (addresses.size() == 1 ? " address" : " addresses") + " of " +
                                     std::to_string(rows.size()) + (rows.size() == 1 ? " chosen speaker" : " chosen speakers"),
                             .button = {},
                             .button_href = {}};
  return events::organiser_response(web, request, event, std::move(page));
}

}  // namespace confer::programme
