// Addresses of videos that lead nowhere any more: found, looked at again, marked, replaced (link_pages.h).
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include "base/text.h"
#include "events/events.h"
#include "events/organiser_frame.h"
#include "html/assets.h"
#include "html/template.h"
#include "keeping/link_pages.h"
#include "recordings/links.h"

namespace confer::keeping {
namespace {

using recordings::Health;
using recordings::Link;

constexpr const char* own_path = "/organise/archive/links";
constexpr std::size_t page_size = 100;
constexpr std::size_t longest_shown = 120;

struct LinkState {
  std::string_view name, text;
  bool (*is)(const Link&);
};
constexpr std::array<LinkState, 4> states{{{"gone", "gone", [](const Link& l) { return l.health == Health::dead; }},
                                           {"doubtful", "doubtful", [](const Link& l) { return l.health == Health::doubtful; }},
                                           {"moved", "moved for good", [](const Link& l) { return !l.moved_to.empty(); }},
                                           {"marked", "marked by hand", [](const Link& l) { return l.marked_by_hand; }}}};

std::string day(const std::optional<Instant>& at) {
  return at ? format_date(std::chrono::floor<std::chrono::days>(Zone().to_wall(*at)), "en", "yMMMd") : std::string();
}

/// What was asked to be shown.
struct Filter {
  std::string state, host, event;
  explicit Filter(const http::Fields& query) : state(query.get("state")), host(query.get("host")), event(query.get("event")) {}
  bool takes(const Link& link) const {
    const auto* found = std::ranges::find(states, state, &LinkState::name);
    return (found == states.end() || found->is(link)) && (host.empty() || recordings::host_of(link.url) == host) && (event.empty() || link.event_slug == event);
  }
  std::string query(std::size_t page = 1) const {
    std::string out;
    const auto add = [&](std::string_view name, const std::string& value) {
      if (!value.empty()) out.append(out.empty() ? "?" : "&").append(name).append("=").append(percent_encoded(value));
    };
    add("state", state);
    add("host", host);
    add("event", event);
    if (page > 1) add("page", std::to_string(page));
    return out;
  }
};

std::string state_note(const Link& link) {
  std::vector<std::string> parts;
  if (!link.note.empty()) parts.push_back(link.note);
  if (link.failures > 0)
    parts.push_back("missing " + std::to_string(link.failures) + (link.failures == 1 ? " time" : " times") + " since " + day(link.failing_since));
  if (link.seen_at) parts.push_back("last seen " + day(link.seen_at));
  if (link.checked_at) parts.push_back("looked at " + day(link.checked_at));
  return join(parts, ", ");
}

std::string_view state_of(const Link& link) {
  switch (link.health) {
    case Health::dead:
      return "gone";
    case Health::doubtful:
      return "doubtful";
    case Health::live:
      return "there";
    case Health::unchecked:
      break;
  }
  return "not looked at";
}

void options(html::View& view, std::string_view section, const std::map<std::string, std::size_t>& counts, const std::string& chosen) {
  std::vector<std::pair<std::string, std::size_t>> all(counts.begin(), counts.end());
  std::ranges::sort(all, {}, [](const auto& pair) { return std::pair(-static_cast<std::int64_t>(pair.second), std::string_view(pair.first)); });
  for (const auto& [name, count] : all)
    view.add(section).set("OPTION_VALUE", name).set("OPTION_TEXT", name + " (" + std::to_string(count) + ")").show_if(name == chosen, "CHOSEN");
}

void show_filters(html::View& view, const std::vector<Link>& links, const Filter& filter) {
  for (const auto& state : states)
    view.add("FILTER_STATE").set("OPTION_VALUE", state.name).set("OPTION_TEXT", state.text).show_if(filter.state == state.name, "CHOSEN");
  std::map<std::string, std::size_t> hosts, events;
  for (const auto& link : links) {
    ++hosts[recordings::host_of(link.url)];
    ++events[link.event_slug];
  }
  options(view, "FILTER_HOST", hosts, filter.host);
  options(view, "FILTER_EVENT", events, filter.event);
}

void show_link(html::View& view, const Link& link) {
  auto& row = view.add("LINK");
  const std::string video = std::to_string(link.id.value);
  row.set("TALK_HREF", "/" + link.event_slug + "/talks/" + link.talk_code + (link.talk_slug.empty() ? "" : "-" + link.talk_slug));
  row.set("TALK_TITLE", ellipsis(link.talk_title, longest_shown)).set("EVENT_SLUG", link.event_slug).set("LINK_HREF", link.url);
  if (!link.moved_to.empty()) row.add("MOVED").set("MOVED_TO", ellipsis(link.moved_to, longest_shown));
  row.set("STATE", state_of(link)).set("STATE_CLASS", link.health == Health::dead ? "badge-error" : link.health == Health::doubtful ? "badge-warning" : "");
  row.set("STATE_NOTE", state_note(link)).set("VIDEO", video).set("CHANGE_ACTION", std::string(own_path) + "/" + video).set("MOVED_TO_VALUE", link.moved_to);
  row.show_if(link.health != Health::dead, "MARK_GONE");
  row.show_if(link.health != Health::live, "MARK_THERE");
}

Result<http::Response> show(const Web& web, const http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto links, recordings::list_links(tx));
  TRY_ASSIGN(auto counts, recordings::count_by_health(tx));
  TRY_ASSIGN(const auto running, recordings::link_check_under_way(tx));
  html::View view;
  if (error != nullptr) {
    auto& problems = view.add("PROBLEMS");
    problems.set("PROBLEMS_TITLE", error->message);
    if (!error->problems.empty()) {
      auto& list = problems.add("PROBLEM_LIST");
      for (const auto& problem : error->problems) list.add("PROBLEM_ITEM").set("PROBLEM_TEXT", problem.message);
    }
  }
  const auto figure = [&](std::string_view name, std::int64_t value) { view.add("FIGURE").set("FIGURE_NAME", name).set("FIGURE_VALUE", value); };
  figure("There", counts[Health::live]);
  figure("Gone", counts[Health::dead]);
  figure("Doubtful", counts[Health::doubtful]);
  figure("Not looked at yet", counts[Health::unchecked]);
  if (running)
    view.add("UNDER_WAY")
        .set("PROGRESS",
             running->state == jobs::State::running ? std::to_string(std::lround(running->progress * 100)) + " % is done." : "It begins in a moment.");
  else
    view.show("IDLE");
  const Filter filter(request.query);
  show_filters(view, links, filter);
  std::vector<const Link*> shown;
  for (const auto& link : links)
    if (filter.takes(link)) shown.push_back(&link);
  const auto asked_page = events::number_in(request.query.get("page")).value_or(1);
  const std::size_t pages = std::max<std::size_t>(1, (shown.size() + page_size - 1) / page_size);
  const auto page_number = static_cast<std::size_t>(std::clamp<std::int64_t>(asked_page, 1, static_cast<std::int64_t>(pages)));
  if (shown.empty()) {
    view.show("NOTHING");
  } else {
    auto& some = view.add("SOME");
    some.set("SHOWN", std::to_string(shown.size()) + (shown.size() == 1 ? " address" : " addresses"))
        .set("CSV_HREF", std::string(own_path) + ".csv" + filter.query());
    for (std::size_t i = (page_number - 1) * page_size; i < std::min(shown.size(), page_number * page_size); ++i) show_link(some, *shown[i]);
    if (pages > 1) {
      auto& turning = some.add("PAGES");
      if (page_number > 1) turning.add("EARLIER").set("EARLIER_HREF", own_path + filter.query(page_number - 1));
      if (page_number < pages) turning.add("LATER").set("LATER_HREF", own_path + filter.query(page_number + 1));
    }
  }
  events::OrganiserPage page{.title = "Links",
                             .here = own_path,
                             .content = html::render("keeping/organiser/links.html", view, "en"),
                             .trail = {{"/organise", "Events"}, {"/organise/archive", "Archive"}},
                             .lead = "Where videos were, and whether they still are. Days are in UTC.",
                             .button = {},
                             .button_href = {}};
  if (running && html::find_asset_by_name("wait.js") != nullptr) page.scripts = {"wait.js"};
  if (error != nullptr) return events::organiser_rejected(web, request, std::move(page));
  return events::organiser_response(web, request, std::move(page));
}

/// A cell of CSV. What a spreadsheet would take for a formula gets an apostrophe (OWASP, CSV injection).
std::string csv_cell(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t").contains(text.front())) out += '\'';
  for (const char c : text) out.append(c == '"' ? 2 : 1, c);
  return out + '"';
}

Result<http::Response> answered(const Web& web, const http::Request& request, Result<void> done, std::string_view notice) {
  if (done) return events::organiser_done(own_path, notice);
  if (!events::belongs_into_form(done.error())) return std::unexpected(std::move(done).error());
  return show(web, request, &done.error());
}

}  // namespace

Result<http::Response> organiser_links(const Web& web, http::Request& request) { return show(web, request, nullptr); }

Result<http::Response> organiser_links_csv(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto links, recordings::list_links(tx));
  const Filter filter(request.query);
  std::string csv = "event,talk,title,address,state,note,missing_times,missing_since,last_seen,leads_to,marked_by_hand\r\n";
  for (const auto& l : links) {
    if (!filter.takes(l)) continue;
    const auto when = [](const std::optional<Instant>& at) { return at ? to_text(*at) : std::string(); };
    std::vector<std::string> cells;
    for (const std::string& text : {l.event_slug, l.talk_code, l.talk_title, l.url, std::string(state_of(l)), l.note, std::to_string(l.failures),
                                    when(l.failing_since), when(l.seen_at), l.moved_to, std::string(l.marked_by_hand ? "yes" : "no")})
      cells.push_back(csv_cell(text));
    csv += join(cells, ",") + "\r\n";
  }
  return http::Response::content("text/csv; charset=utf-8", std::move(csv)).as_download("links.csv");
}

Result<http::Response> organiser_links_check(const Web& web, http::Request& request) {
  const std::string slug(trim(request.form.get("event")));
  const auto limit = events::number_in(trim(request.form.get("limit")));
  auto done = events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    recordings::LinkCheck check;
    constexpr std::int64_t most = 10'000'000;
    check.limit = static_cast<int>(std::clamp<std::int64_t>(limit.value_or(0), 0, most));
    if (!slug.empty()) {
      TRY_ASSIGN(const auto event, events::find_event(tx, slug));
      if (!event)
        return fail(ErrorCode::invalid, "There is no event “" + ellipsis(slug, 60) + "”. Its address is the last part of /organise/…, such as pycon-2012.");
      check.event = event->id;
    }
    return recordings::ask_for_link_check(tx, actor_of(request), check);
  });
  return answered(web, request, std::move(done), "links_asked");
}

Result<http::Response> organiser_link_change(const Web& web, http::Request& request) {
  TRY_ASSIGN(const auto number, events::number_of_route(request, "video"));
  const VideoId video{number};
  const std::string& what = request.form.get("do");
  std::string_view notice = "link_marked";
  auto done = events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    const Actor& actor = actor_of(request);
    if (what == "gone") return recordings::mark_video(tx, actor, video, Health::dead);
    if (what == "there") return recordings::mark_video(tx, actor, video, Health::live);
    if (what == "replace") {
      notice = "link_replaced";
      return recordings::replace_address(tx, actor, video, request.form.get("url"));
    }
    notice = "links_asked";
    if (what == "check") return recordings::ask_for_link_check(tx, actor, {.video = video, .event = {}});
    return fail(ErrorCode::invalid, "It is not clear what to do with this address. Use one of the buttons beside it.");
  });
  return answered(web, request, std::move(done), notice);
}

}  // namespace confer::keeping
