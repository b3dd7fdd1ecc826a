// What surrounds every page of an event's organisers (organiser_frame.h).
#include "events/organiser_frame.h"
#include <algorithm>
#include <array>
#include <charconv>
#include "base/text.h"
#include "html/template.h"

namespace confer::events {
namespace {

/// Where somebody must have the right: in some track at least, or in the whole event.
enum class Reach : unsigned char { some, whole };
struct Entry {
  std::string_view group, below, text;
  Right right;
  Reach reach = Reach::some;
};
/// The navigation: an entry is shown to those who have its right. A team of some tracks is not led to pages that refuse what it sends.
constexpr std::array<Entry, 21> entries{{
    {"Programme", "", "What to do next", Right::signed_in},
    {"Programme", "now", "Today, quick changes", Right::programme},
    {"Programme", "talks", "Talks", Right::programme},
    {"Programme", "slots", "Slots", Right::programme},
    {"Programme", "speakers", "Speakers", Right::programme},
    {"Programme", "import", "Import", Right::programme, Reach::whole},
    {"Programme", "follow", "Follow an address", Right::programme, Reach::whole},
    {"Programme", "rules", "Rules", Right::programme, Reach::whole},
    {"Programme", "release", "Release", Right::programme, Reach::whole},
    {"Programme", "footage", "Footage", Right::media},
    {"Programme", "cuts", "Cuts", Right::media},
    {"Programme", "recordings", "Recordings", Right::media},
    {"Event", "rooms", "Rooms", Right::organise},
    {"Event", "tracks", "Tracks", Right::organise},
    {"Event", "types", "Session types", Right::organise},
    {"Event", "pages", "Information pages", Right::site},
    {"Event", "banner", "Banner", Right::site},
    {"Event", "settings", "Settings", Right::organise},
    {"Event", "teams", "Teams", Right::organise},
    {"Records", "audit", "Audit trail", Right::organise},
    {"Records", "outbox", "Outbox", Right::people, Reach::whole},
}};

constexpr std::array<std::pair<std::string_view, std::string_view>, 40> notices{{
    {"saved", "Saved."},
    {"added", "Added."},
    {"uploaded", "Uploaded. It is the last of the talk’s files."},
    {"removed", "Removed."},
    {"restored", "Brought back."},
    {"changed-back", "Taken back. All is as it was before."},
    {"copied", "Copied. The new event is not public yet."},
    {"imported", "Imported into the draft. Nothing is public before the next release."},
    {"released", "Released. The public pages follow in a moment."},
    {"corrected", "Done. It stands in a new release, and open pages are told in a moment."},
    {"undone", "Taken back by one more release. Open pages are told in a moment."},
    {"reset", "The draft is as the release was."},
    {"swapped", "The two have changed places."},
    {"invited", "Added to the team. An invitation waits in the outbox."},
    {"retried", "The job waits for its next turn."},
    {"banner", "The banner is set. Open pages show it in a moment."},
    {"erased", "Erased. The public pages follow in a moment."},
    {"recording_uploaded", "Uploaded, and on the list."},
    {"clock_set", "The clock is put right, for all files of this recorder."},
    {"marked", "Marked."},
    {"mark_taken_back", "Taken back."},
    {"cut_asked", "It is being cut. This page says when it can be looked at."},
    {"cut_stopped", "It will not be published."},
    {"cut_good", "Your look counts. What comes next stands below."},
    {"run_again", "It waits for its next turn."},
    {"cut_wrong", "Told. It waits for a correction."},
    {"list_taken", "The videos stand at their talks now. The list can be taken back below."},
    {"list_undone", "The list is taken back: its videos are gone from the talks."},
    {"captions_taken", "Taken. The talk’s page shows them in a moment, and search finds what is said."},
    {"captions_removed", "Removed. They can be brought back below."},
    {"links_asked", "It is being looked at."},
    {"link_marked", "Marked. The checker leaves this address alone until you have it looked at again."},
    {"link_replaced", "The address is changed. It will be looked at with the next check."},
    {"nothing", "Nothing was chosen, nothing was changed."},
    {"decided", "Decided. Pages and search show it already."},
    {"taken-back", "Taken back. It is open again."},
    {"import-undone", "The import is taken back."},
    {"many-changed", "Changed. Pages and search show it already."},
    {"many-undone", "Taken back. Pages and search show it already."},
    {"looked", "Looked at all names. What is new stands here."},
}};

void show_notice_of(html::View& view, const http::Request& request, const std::string& restore_action) {
  const auto* found = std::ranges::find(notices, request.query.get("done"), &std::pair<std::string_view, std::string_view>::first);
  if (found == notices.end()) return;
  auto& notice = view.add("NOTICE");
  notice.set("NOTICE_TEXT", found->second);
  if (const auto& undo = request.query.get("undo"); !undo.empty() && !restore_action.empty())
    notice.add("UNDO").set("UNDO_ACTION", restore_action).set("UNDO_WHAT", undo);
}

void show_navigation(html::View& view, const Actor& actor, const Event& event, std::string_view here) {
  html::View* group = nullptr;
  std::string_view title;
  for (const auto& entry : entries) {
    const bool may_open = entry.reach == Reach::whole ? may(actor, entry.right, scope_of(event)) : may_somewhere(actor, entry.right, scope_of(event));
    if (entry.right != Right::signed_in && !may_open) continue;
    if (group == nullptr || title != entry.group) {
      group = &view.add("GROUP");
      group->set("GROUP_TITLE", entry.group);
      title = entry.group;
    }
    group->add("ENTRY").set("ENTRY_HREF", organiser_path(event, entry.below)).set("ENTRY_TEXT", entry.text).show_if(entry.below == here, "HERE");
  }
}

/// The archive's keeper's pages.
constexpr std::array<std::pair<std::string_view, std::string_view>, 6> archive_entries{{
    {"/organise/archive", "Archive"},
    {"/organise/archive/queue", "To be decided"},
    {"/organise/archive/decided", "Decided"},
    {"/organise/archive/imports", "Imports"},
    {"/organise/archive/links", "Links"},
    {"/organise/archive/many", "Many at once"},
}};

void show_navigation(html::View& view, const Actor& actor, std::string_view here) {
  html::View* group = nullptr;
  const auto begin = [&](std::string_view title) { group = &view.add("GROUP").set("GROUP_TITLE", title); };
  const auto add = [&](std::string_view href, std::string_view text) {
    group->add("ENTRY").set("ENTRY_HREF", href).set("ENTRY_TEXT", text).show_if(href == here, "HERE");
  };
  begin("Installation");
  add("/organise", "Events");
  add("/organise/series", "Series");
  if (may(actor, Right::operate, {})) {
    add("/admin/jobs", "Jobs");
    add("/admin/outbox", "Outbox of all");
  }
  if (!may(actor, Right::archive, {})) return;
  begin("Archive");
  for (const auto& [href, text] : archive_entries) add(href, text);
}

html::Page framed(html::View& view, OrganiserPage page) {
  view.set("TITLE", page.title).set_html("CONTENT", page.content);
  if (!page.lead.empty()) view.add("LEAD").set("LEAD_TEXT", page.lead);
  if (!page.button.empty()) view.add("MAIN_STEP").set("MAIN_TEXT", page.button).set("MAIN_HREF", page.button_href);
  html::Page drawn;
  drawn.title = std::move(page.title);
  drawn.language = "en";
  drawn.organiser = true;
  drawn.indexable = false;
  drawn.trail = std::move(page.trail);
  drawn.scripts = std::move(page.scripts);
  drawn.body = html::render("events/organiser/frame.html", view, "en");
  return drawn;
}

html::Page page_of(const http::Request& request, const Event& event, OrganiserPage page) {
  html::View view;
  show_navigation(view, actor_of(request), event, page.here);
  show_notice_of(view, request, organiser_path(event, "restore"));
  const auto& title = event.title.in("en");
  page.trail.insert(page.trail.begin(), {organiser_path(event), "Organise " + title});
  page.trail.insert(page.trail.begin(), {"/organise", "Events"});
  html::Page drawn = framed(view, std::move(page));
  drawn.site_title = title;
  drawn.home = "/" + event.slug;
  drawn.styles = {organiser_path(event, "theme.css")};
  return drawn;
}

html::Page page_of(const http::Request& request, OrganiserPage page) {
  html::View view;
  show_navigation(view, actor_of(request), page.here);
  show_notice_of(view, request, {});
  return framed(view, std::move(page));
}

}  // namespace

std::string organiser_path(const Event& event, std::string_view below) {
  std::string path = "/organise/" + event.slug;
  if (!below.empty()) path.append("/").append(below);
  return path;
}

http::Response organiser_response(const Web& web, const http::Request& request, const Event& event, OrganiserPage page) {
  return page_response(web, request, page_of(request, event, std::move(page)));
}

http::Response organiser_rejected(const Web& web, const http::Request& request, const Event& event, OrganiserPage page) {
  return rejected_response(web, request, page_of(request, event, std::move(page)));
}

http::Response organiser_response(const Web& web, const http::Request& request, OrganiserPage page) {
  return page_response(web, request, page_of(request, std::move(page)));
}

http::Response organiser_rejected(const Web& web, const http::Request& request, OrganiserPage page) {
  return rejected_response(web, request, page_of(request, std::move(page)));
}

http::Response organiser_done(const std::string& path, std::string_view done, std::string_view undo) {
  std::string location = path + (path.find('?') == std::string::npos ? "?done=" : "&done=") + std::string(done);
  constexpr std::size_t longest = 7500;  // http/head.cpp takes 8 KiB
  if (const auto encoded = percent_encoded(undo); !undo.empty() && location.size() + encoded.size() < longest) location += "&undo=" + encoded;
  return http::Response::see_other(std::move(location));
}

bool belongs_into_form(const Error& error) { return error.code == ErrorCode::invalid || error.code == ErrorCode::conflict; }

Result<Event> event_of_route(db::Tx& tx, const http::Request& request) {
  TRY_ASSIGN(Event event, require_event(tx, request.param("event")));
  const Actor& actor = actor_of(request);
  if (!belongs_to(actor, scope_of(event))) {
    if (!event.is_public) return fail(ErrorCode::not_found, "There is no such page.");
    return fail(ErrorCode::forbidden, "You are in no team of this event. Ask its organisers to add you to one.");
  }
  return event;
}

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

Result<std::int64_t> number_of_route(const http::Request& request, std::string_view name) {
  auto number = number_in(request.param(name));
  if (!number) return fail(ErrorCode::not_found, "There is no such page.");
  return *number;
}

}  // namespace confer::events
