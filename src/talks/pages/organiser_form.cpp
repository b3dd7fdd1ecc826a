// The form of a talk (organiser_pages.h).
#include "events/organiser_form.h"
#include <algorithm>
#include <array>
#include <map>
#include "base/text.h"
#include "events/organiser_frame.h"
#include "html/template.h"
#include "people/people.h"
#include "talks/organiser_pages.h"
#include "talks/talks.h"

namespace confer::talks {
namespace {

using events::Event;
using events::Form;
using events::Option;
using events::organiser_path;

constexpr std::size_t blank_credits = 3;  ///< empty lines for more people
constexpr std::size_t blank_links = 2;
constexpr std::array roles{CreditRole::speaker, CreditRole::moderator, CreditRole::panelist, CreditRole::author, CreditRole::host};
constexpr std::array states{State::draft, State::submitted, State::accepted, State::confirmed, State::cancelled, State::archived};

struct Loaded {
  Event event;
  Talk talk;
  std::optional<Talk> block;  ///< that it is a part of
  std::vector<Talk> parts;    ///< of a block
  std::vector<events::Track> tracks;
  std::vector<events::SessionType> types;
};

/// The talk of the route, or a new one on "/talks/new".
Result<Loaded> load(db::Tx& tx, const http::Request& request) {
  Loaded l;
  TRY_ASSIGN(l.event, events::event_of_route(tx, request));
  TRY_ASSIGN(l.tracks, events::list_tracks(tx, l.event));
  TRY_ASSIGN(l.types, events::list_session_types(tx, l.event));
  if (request.route.contains("code")) {
    TRY_ASSIGN(l.talk, require_talk(tx, l.event.id, request.param("code")));
    TRY_ASSIGN(l.parts, parts_of(tx, l.talk.id));
    if (l.talk.part_of) {
      TRY_ASSIGN(l.block, find_talk(tx, l.talk.part_of));
    }
  } else {
    l.talk.event = l.event.id;
    l.talk.language = l.event.languages.front();
    if (!l.types.empty()) l.talk.type = l.types.front().id;
  }
  return l;
}

/// "https://… title", one line a link.
std::string to_lines(const std::vector<Link>& links) {
  std::string lines;
  for (const auto& link : links) lines += link.url + (link.title.empty() ? "" : " " + link.title) + "\n";
  return lines;
}

std::vector<Link> links_of_lines(std::string_view lines, const std::vector<Link>& before) {
  std::vector<Link> links;
  for (std::string_view line : split(lines, '\n')) {
    line = trim(line);
    if (line.empty()) continue;
    const auto end = std::min(line.find(' '), line.size());
    Link link{std::string(line.substr(0, end)), tidy_line(line.substr(end)), 0};
    if (auto known = std::ranges::find(before, link.url, &Link::url); known != before.end()) link.kind = known->kind;
    links.push_back(std::move(link));
  }
  return links;
}

/// One line of the links' table, as it is shown.
struct LinkLine {
  std::string url, title, kind;
};

std::vector<LinkLine> typed_links(const http::Fields& form) {
  const auto urls = form.every("link_url"), titles = form.every("link_title"), kinds = form.every("link_kind");
  std::vector<LinkLine> lines;
  for (std::size_t i = 0; i < urls.size(); ++i) lines.push_back({urls[i], i < titles.size() ? titles[i] : "", i < kinds.size() ? kinds[i] : ""});
  return lines;
}

std::vector<LinkLine> stored_links(const Talk& talk) {
  std::vector<LinkLine> lines;
  for (const auto& link : talk.links) lines.push_back({link.url, link.title, std::to_string(link.kind)});
  lines.resize(lines.size() + blank_links);
  return lines;
}

std::string links_table(const std::vector<LinkLine>& lines) {
  html::View view;
  int number = 0;
  for (const auto& line : lines) {
    auto& row = view.add("LINK");
    row.set("NUMBER", ++number).set("URL", line.url).set("LINK_TITLE", line.title);
    for (int kind = 0; kind < link_kinds; ++kind)
      row.add("KIND").set("KIND_VALUE", kind).set("KIND_TEXT", link_kind_in_words(kind)).show_if(line.kind == std::to_string(kind), "KIND_CHOSEN");
  }
  return html::render("talks/organiser/links.html", view, "en");
}

std::vector<Link> links_in(const http::Fields& form) {
  std::vector<Link> links;
  for (const auto& line : typed_links(form)) {
    const auto kind = events::number_in(line.kind).value_or(0);
    if (auto url = std::string(trim(line.url)); !url.empty())
      links.push_back({std::move(url), tidy_line(line.title), kind >= 0 && kind < link_kinds ? static_cast<int>(kind) : 0});
  }
  return links;
}

/// One line of the people's table, as it is shown.
struct CreditLine {
  std::string place, name, role, person;
};

std::vector<CreditLine> typed_credits(const http::Fields& form) {
  const auto places = form.every("credit_place"), names = form.every("credit_name"), chosen = form.every("credit_role"), people = form.every("credit_person");
  std::vector<CreditLine> lines;
  const auto at = [](const std::vector<std::string>& values, std::size_t i) { return i < values.size() ? values[i] : std::string(); };
  for (std::size_t i = 0; i < names.size(); ++i) lines.push_back({at(places, i), names[i], at(chosen, i), at(people, i)});
  return lines;
}

std::vector<CreditLine> stored_credits(const Talk& talk) {
  std::vector<CreditLine> lines;
  for (const auto& credit : talk.credits)
    lines.push_back({std::to_string(lines.size() + 1), credit.name, std::string(name_of(credit.role)), credit.person_code});
  for (std::size_t i = 0; i < blank_credits; ++i) lines.push_back({std::to_string(lines.size() + 1), "", std::string(name_of(CreditRole::speaker)), ""});
  return lines;
}

std::string credits_table(const std::vector<CreditLine>& lines) {
  html::View view;
  for (const auto& line : lines) {
    auto& row = view.add("CREDIT");
    row.set("PLACE", line.place).set("NAME", line.name).set("PERSON", line.person);
    for (auto role : roles) row.add("ROLE").set("ROLE_VALUE", name_of(role)).set("ROLE_TEXT", name_of(role)).show_if(line.role == name_of(role), "ROLE_CHOSEN");
  }
  return html::render("talks/organiser/credits.html", view, "en");
}

/// The credits as the form says; who was credited before keeps biography and picture. Errors: invalid – a code that nobody has.
Result<std::vector<Credit>> credits_in(db::Tx& tx, const http::Fields& form, const std::vector<Credit>& before) {
  auto lines = typed_credits(form);
  const auto place_of = [](const CreditLine& line) { return events::number_in(trim(line.place)).value_or(1000); };
  std::multimap<std::int64_t, CreditLine> in_order;  // lines of the same place stay in the order of the table
  for (auto& line : lines) in_order.emplace(place_of(line), std::move(line));
  std::vector<Credit> credits;
  for (const auto& [place, line] : in_order) {
    const auto name = tidy_line(line.name);
    const auto code = std::string(trim(line.person));
    if (name.empty()) continue;
    auto known = std::ranges::find_if(before, [&](const Credit& c) { return code.empty() ? !c.person && c.name == name : c.person_code == code; });
    Credit credit = known != before.end() ? *known : Credit{};
    credit.name = name;
    for (auto role : roles)
      if (name_of(role) == line.role) credit.role = role;
    if (!code.empty() && known == before.end()) {
      TRY_ASSIGN(auto person, people::find_person_by_code(tx, code));
      if (!person)
        return fail(Error{ErrorCode::invalid,
                          "Some fields need another look.",
                          {},
                          {},
                          {{"credits", "Nobody has the code “" + code + "” (beside " + name + "). Leave it empty for a name alone."}}});
      credit.person = person->id;
      credit.person_code = code;
    }
    credits.push_back(std::move(credit));
  }
  return credits;
}

template <class Things, class IdType>
std::vector<Option> choices(const Things& things, const std::string& language, IdType chosen) {
  std::vector<Option> options;
  for (const auto& thing : things) options.push_back({std::to_string(thing.id.value), thing.name.in(language), thing.id == chosen});
  return events::with_none("none", std::move(options));
}

/// What was uploaded, and the way to the page where that is done: a form of its own, so that an upload loses nothing that is typed here.
std::string files_part(const Loaded& l) {
  html::View view;
  if (!l.talk.id)
    view.show("NEW_TALK");
  else
    view.add("UPLOADED").set("FILES_HREF", organiser_path(l.event, "talks/" + l.talk.code + "/files")).show_if(l.talk.files.empty(), "NO_FILES");
  for (const auto& file : l.talk.files)
    view.add("FILE").set("FILE_HREF", address_of(file)).set("FILE_TITLE", file.title).set("FILE_NAME", file.name).set("SIZE", size_in_words(file.size_bytes));
  return html::render("talks/organiser/files.html", view, "en");
}

std::string draw_form(const http::Request& request, const Loaded& l, const Error* error) {
  const Talk& t = l.talk;
  const auto& language = l.event.languages.front();
  std::vector<Option> state_options;
  for (State state : states) state_options.push_back({std::string(name_of(state)), std::string(name_of(state)), state == t.state});
  Form form(request, error);
  form.hidden("version", t.version);
  form.text("title", "Title", t.title).text("subtitle", "Subtitle (optional)", t.subtitle);
  form.part(credits_table(error != nullptr ? typed_credits(request.form) : stored_credits(t)));
  form.area("abstract", "Abstract", t.abstract, "Markdown. Shown in lists and exports.", 5)
      .area("description", "Description (optional)", t.description, "Markdown.", 8);
  form.select("state", "State", std::move(state_options))
      .select("track", "Track", choices(l.tracks, language, t.track))
      .select("type", "Session type", choices(l.types, language, t.type));
  form.text("language", "Language", t.language, "A code such as en or pt-BR.")
      .text("level", "Level (optional)", t.level)
      .text("tags", "Tags (optional)", join(t.tags, ", "), "With commas between them.");
  std::vector<Option> consents;
  for (const Consent consent : all_consents) consents.push_back({std::string(name_of(consent)), std::string(in_words(consent)), consent == consent_of(t)});
  form.select("consent", "Recording", std::move(consents), "What the speakers allow. It is asked before recording, before cutting and before publishing.")
      .check("do_not_stream", "Do not stream", t.do_not_stream);
  form.section("Links and files").part(links_table(error != nullptr ? typed_links(request.form) : stored_links(t)));
  form.part(files_part(l)).area("attachments", "Files elsewhere (optional)", to_lines(t.attachments), "One a line: address, then a title.", 3);
  form.input("url", "feedback_url", "Feedback page (optional)", t.feedback_url).text("license", "Licence of the recording (optional)", t.license);
  return form.draw(organiser_path(l.event, t.id ? "talks/" + t.code : "talks/new"), "Save", organiser_path(l.event, "talks"));
}

/// What a part is a part of, and a block's parts. Empty for other talks.
std::string parts_part(const Loaded& l) {
  html::View view;
  if (l.block) view.add("PART_OF").set("BLOCK_TITLE", l.block->title).set("BLOCK_HREF", organiser_path(l.event, "talks/" + l.block->code));
  html::View* list = l.parts.empty() ? nullptr : &view.add("PARTS");
  for (const auto& part : l.parts)
    list->add("PART")
        .set("PART_HREF", organiser_path(l.event, "talks/" + part.code))
        .set("PART_TITLE", part.title)
        .set("PART_CONSENT", in_words(consent_of(part)));
  return l.block || list != nullptr ? html::render("talks/organiser/parts.html", view, "en") : std::string();
}

http::Response show(const Web& web, const http::Request& request, const Loaded& l, const Error* error) {
  std::string content = parts_part(l) + draw_form(request, l, error);
  if (l.talk.id && !l.talk.part_of)
    content += events::confirm_button(organiser_path(l.event, "talks/" + l.talk.code + "/remove"), "Remove…",
                                      "The talk leaves the draft. You can bring it back; releases keep it.", "Remove the talk");
  events::OrganiserPage page{.title = l.talk.id ? l.talk.title : "New talk",
                             .here = "talks",
                             .content = std::move(content),
                             .trail = {{organiser_path(l.event, "talks"), "Talks"}},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  if (l.talk.id) {
    page.lead = "Code " + l.talk.code + ", GUID " + l.talk.guid;
    if (!l.talk.part_of) {
      page.button = "Place it";
      page.button_href = organiser_path(l.event, "slots/new?talk=" + std::to_string(l.talk.id.value));
    }
  }
  if (error != nullptr) return events::organiser_rejected(web, request, l.event, std::move(page));
  return events::organiser_response(web, request, l.event, std::move(page));
}

Result<Talk> talk_in(db::Tx& tx, const http::Fields& form, Talk talk) {
  talk.version = events::number_in(form.get("version")).value_or(0);
  talk.title = tidy_line(form.get("title"));
  talk.subtitle = tidy_line(form.get("subtitle"));
  talk.abstract = std::string(trim(form.get("abstract")));
  talk.description = std::string(trim(form.get("description")));
  for (State state : states)
    if (name_of(state) == form.get("state")) talk.state = state;
  talk.track = TrackId{events::number_in(form.get("track")).value_or(0)};
  talk.type = SessionTypeId{events::number_in(form.get("type")).value_or(0)};
  talk.language = std::string(trim(form.get("language")));
  talk.level = tidy_line(form.get("level"));
  talk.tags.clear();
  for (auto tag : split(form.get("tags"), ','))
    if (auto tidy = tidy_line(tag); !tidy.empty()) talk.tags.push_back(std::move(tidy));
  talk.do_not_stream = form.has("do_not_stream");
  const auto consent = std::ranges::find(all_consents, form.get("consent"), [](Consent c) { return name_of(c); });
  if (consent != all_consents.end()) {
    if (*consent == Consent::stream_only && talk.do_not_stream)
      return fail(Error{ErrorCode::invalid,
                        "Some fields need another look.",
                        {},
                        {},
                        {{"consent", "“Stream only” and “do not stream” leave nothing: choose “No”, or take the tick away."}}});
    set_consent(talk, *consent);
  }
  talk.links = links_in(form);
  talk.attachments = links_of_lines(form.get("attachments"), talk.attachments);
  talk.feedback_url = std::string(trim(form.get("feedback_url")));
  talk.license = tidy_line(form.get("license"));
  TRY_ASSIGN(talk.credits, credits_in(tx, form, talk.credits));
  return talk;
}

}  // namespace

Result<http::Response> organiser_talk(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(Loaded l, load(tx, request));
  return show(web, request, l, nullptr);
}

Result<http::Response> organiser_new_talk(const Web& web, http::Request& request) { return organiser_talk(web, request); }

Result<http::Response> organiser_talk_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Loaded l, load(tx, request));
  auto saved = [&]() -> Result<Talk> {
    TRY_ASSIGN(Talk asked, talk_in(tx, request.form, l.talk));
    TRY_ASSIGN(asked, save_talk(tx, actor_of(request), l.event, std::move(asked)));
    TRY(tx.commit());
    return asked;
  }();
  if (!saved) {
    if (!events::belongs_into_form(saved.error())) return std::unexpected(std::move(saved).error());
    return show(web, request, l, &saved.error());
  }
  return events::organiser_done(organiser_path(l.event, "talks/" + saved->code), l.talk.id ? "saved" : "added");
}

Result<http::Response> organiser_talk_remove(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(Loaded l, load(tx, request));
  TRY(remove_talk(tx, actor_of(request), l.event, l.talk.id));
  TRY(tx.commit());
  return events::organiser_done(organiser_path(l.event, "talks"), "removed", "talk:" + std::to_string(l.talk.id.value));
}

}  // namespace confer::talks
