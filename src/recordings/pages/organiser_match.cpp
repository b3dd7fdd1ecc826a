// Looking at what fits a list of videos, choosing otherwise, taking it (organiser_pages.h).
#include <algorithm>
#include <cmath>
#include "base/log.h"
#include "base/text.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "html/template.h"
#include "programme/import_files.h"
#include "recordings/organiser_pages.h"
#include "recordings/video_lists.h"

namespace confer::recordings {
namespace {

using events::Event;
using events::organiser_path;

// With more choices than these a page grows beyond what a browser likes: each video then offers the talks most like it.
constexpr std::size_t most_options = 60'000;
constexpr std::size_t longest_shown = 120;
// A form has at most 2,000 fields (http/form.h).
constexpr std::size_t most_to_choose = 1900;

bool is_hash(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

struct Asked {
  Event event;
  files::Hash file;
  Matched matched;
};

Result<Asked> asked_for(const Web& web, db::Tx& tx, const http::Request& request) {
  Asked asked;
  TRY_ASSIGN(asked.event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(asked.event)));
  asked.file.hex = request.param("file");
  if (!is_hash(asked.file.hex)) return fail(ErrorCode::not_found, "There is no such list. Please paste it again.");
  TRY_ASSIGN(const auto text, programme::find_import_file(web.data_dir, asked.file));
  TRY_ASSIGN(auto list, read_video_list(text));
  TRY_ASSIGN(asked.matched, match_list(tx, asked.event, std::move(list)));
  return asked;
}

bool is_open(const OfferedVideo& video) { return video.state == OfferedVideo::State::new_here || video.state == OfferedVideo::State::elsewhere; }

std::string field_of(std::size_t video) { return "video" + std::to_string(video); }

std::string length_words(seconds length) {
  const auto total = length.count();
  const auto two = [](std::int64_t n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  const std::string minutes = total >= 3600 ? std::to_string(total / 3600) + ":" + two(total / 60 % 60) : std::to_string(total / 60);
  return minutes + ":" + two(total % 60);
}

std::string facts_of(const OfferedVideo& video) {
  std::vector<std::string> facts{std::string(place_in_words(video.video.place))};
  if (video.listed.length) facts.push_back(length_words(*video.listed.length));
  if (video.listed.day) facts.push_back(to_text(*video.listed.day));
  facts.push_back("line " + std::to_string(video.listed.line));
  return join(facts, " · ");
}

std::string title_of(const OfferedVideo& video) { return ellipsis(video.listed.title.empty() ? video.listed.url : video.listed.title, longest_shown); }

std::string option_text(const EventTalk& talk) {
  std::string text = ellipsis(talk.title, longest_shown);
  if (!talk.speakers.empty()) text += " — " + ellipsis(talk.speakers, 60);
  if (!talk.places.empty()) text += " · has " + join(talk.places, ", ");
  return text;
}

class Page {
 public:
  Page(const http::Request& request, const Asked& asked) : request_(request), asked_(asked), matched_(asked.matched) {
    with_guesses_ = request.query.has("guesses");
    const auto open = static_cast<std::size_t>(std::ranges::count_if(matched_.videos, is_open));
    all_talks_ = open * matched_.talks.size() <= most_options;
  }

  std::string draw(const Error* error) {
    if (error != nullptr) view_.add("PROBLEMS").set("PROBLEMS_TITLE", error->message);
    view_.set("BACK", organiser_path(asked_.event, "recordings"));
    figures();
    groups();
    without();
    known();
    left_out();
    return html::render("recordings/organiser/match.html", view_, "en");
  }

 private:
  std::string own_path() const { return organiser_path(asked_.event, "recordings/match/" + asked_.file.hex); }

  void figures() {
    const auto figure = [&](std::string_view name, std::size_t value) { view_.add("FIGURE").set("FIGURE_NAME", name).set("FIGURE_VALUE", value); };
    const auto in_state = [&](OfferedVideo::State state) { return static_cast<std::size_t>(std::ranges::count(matched_.videos, state, &OfferedVideo::state)); };
    figure("Videos in the list", matched_.videos.size());
    figure("Sure", matched_.found(Certainty::sure));
    figure("Likely", matched_.found(Certainty::likely));
    figure("A guess", matched_.found(Certainty::guess));
    figure("Here already", in_state(OfferedVideo::State::known));
    figure("No talk found", static_cast<std::size_t>(std::ranges::count_if(matched_.videos, [](const auto& v) { return is_open(v) && !v.found.talk; })));
    figure("Talks without a video", matched_.without_video.size());
  }

  /// The talk that is chosen for a video when the page comes: what was sent, or what is sure enough.
  std::string chosen_for(std::size_t v) const {
    if (request_.form.has(field_of(v))) return request_.form.get(field_of(v));
    const FoundTalk& found = matched_.videos[v].found;
    if (!found.talk || (certainty_of(found.confidence) == Certainty::guess && !with_guesses_)) return {};
    return matched_.talks[*found.talk].code;
  }

  void row(html::View& group, std::size_t v) {
    const OfferedVideo& video = matched_.videos[v];
    auto& row = group.add("ROW");
    row.set("FIELD", field_of(v)).set("VIDEO_HREF", video.listed.url).set("VIDEO_TITLE", title_of(video)).set("VIDEO_FACTS", facts_of(video));
    if (!video.other.empty()) row.add("BELONGS").set("BELONGS_TO", video.other);
    const std::string chosen = chosen_for(v);
    std::vector<std::size_t> near = video.found.nearest;
    if (video.found.talk && std::ranges::find(near, *video.found.talk) == near.end()) near.insert(near.begin(), *video.found.talk);
    if (!chosen.empty() && std::ranges::none_of(near, [&](std::size_t t) { return matched_.talks[t].code == chosen; }))
      for (std::size_t t = 0; t < matched_.talks.size(); ++t)
        if (matched_.talks[t].code == chosen) near.push_back(t);
    if (!near.empty()) {
      auto& nearest = row.add("NEAREST");
      for (const auto t : near)
        nearest.add("OPTION")
            .set("OPTION_VALUE", matched_.talks[t].code)
            .set("OPTION_TEXT", option_text(matched_.talks[t]))
            .show_if(matched_.talks[t].code == chosen, "CHOSEN");
    }
    if (all_talks_ || near.empty()) {
      auto& all = row.add("ALL");
      for (const auto& talk : matched_.talks) all.add("OPTION").set("OPTION_VALUE", talk.code).set("OPTION_TEXT", option_text(talk));
    }
    if (!video.found.talk) {
      row.show("NOT_FOUND");
      return;
    }
    const Certainty certainty = certainty_of(video.found.confidence);
    auto& sure = row.add("FOUND");
    // What is not chosen is named, so that the list need not be opened to see it.
    if (matched_.talks[*video.found.talk].code != chosen)
      sure.add("PERHAPS").set("PERHAPS_TITLE", "“" + ellipsis(matched_.talks[*video.found.talk].title, longest_shown) + "”");
    sure.set("SURE", in_words(certainty))
        .set("SURE_CLASS", certainty == Certainty::sure    ? "badge-good"
                           : certainty == Certainty::guess ? "badge-warning"
                                                           : "")
        .set("CONFIDENCE", std::lround(video.found.confidence * 100))
        .set("WHY", in_words(video.found.why));
  }

  void groups() {
    const bool any = std::ranges::any_of(matched_.videos, is_open);
    if (!any) {
      view_.add("NOTHING_NEW").set("BACK", organiser_path(asked_.event, "recordings"));
      return;
    }
    auto& choose = view_.add("TO_CHOOSE");
    choose.set("ACTION", own_path()).set("BACK", organiser_path(asked_.event, "recordings"));
    if (const auto guesses = matched_.found(Certainty::guess); guesses > 0) {
      auto& note = choose.add("GUESSES");
      note.set("GUESSES_TEXT", with_guesses_ ? "Guesses are filled in: look at each of them." : "Guesses are left out until you choose them.");
      note.add(with_guesses_ ? "LEAVE_GUESSES" : "TAKE_GUESSES").set("GUESSES_HREF", own_path() + (with_guesses_ ? "" : "?guesses=1"));
    }
    struct Group {
      Certainty certainty;
      std::string_view title, lead;
    };
    // What needs a look comes first.
    for (const Group& group :
         {Group{Certainty::guess, "A guess", "Something speaks for the talk, or another one is as like. Look at each."},
          Group{Certainty::likely, "Likely", "Mostly right. A look at the titles is enough."}, Group{Certainty::sure, "Sure", "Nothing else comes near."},
          Group{Certainty::none, "Videos without a talk",
                "No talk is like them: trailers, interviews, talks of other events. They stay out unless you choose one."}}) {
      html::View* section = nullptr;
      for (std::size_t v = 0; v < matched_.videos.size(); ++v) {
        const OfferedVideo& video = matched_.videos[v];
        if (!is_open(video) || (video.found.talk ? certainty_of(video.found.confidence) : Certainty::none) != group.certainty) continue;
        if (section == nullptr) {
          section = &choose.add("GROUP");
          section->set("GROUP_TITLE", group.title).set("GROUP_LEAD", group.lead);
        }
        row(*section, v);
      }
    }
  }

  void without() {
    if (matched_.without_video.empty()) return;
    auto& section = view_.add("WITHOUT");
    section.set("WITHOUT_TITLE", "Talks without a video (" + std::to_string(matched_.without_video.size()) + ")");
    for (const auto t : matched_.without_video) {
      const auto& talk = matched_.talks[t];
      section.add("WITHOUT_TALK")
          .set("TALK_HREF", organiser_path(asked_.event, "talks/" + talk.code))
          .set("TALK_TITLE", talk.title)
          .set("TALK_PEOPLE", talk.speakers);
    }
  }

  void known() {
    events::Table table("Videos that are here already", {"Video", "Where it is"});
    std::size_t count = 0;
    for (const auto& video : matched_.videos) {
      if (is_open(video)) continue;
      ++count;
      table.row().cell(title_of(video));
      if (video.talk)
        table.cell(matched_.talks[*video.talk].title);
      else
        table.cell("stands in line " + std::to_string(video.first_line) + " of the list already");
    }
    if (count == 0) return;
    view_.add("KNOWN").set("KNOWN_TITLE", "Here already (" + std::to_string(count) + ")").set_html("KNOWN_TABLE", table.draw());
  }

  void left_out() {
    if (matched_.list.left_out.empty()) return;
    events::Table table("Lines that were read past", {"Line", "What stands there", "Why"});
    for (const auto& one : matched_.list.left_out) table.row().cell(std::to_string(one.line)).cell(one.text).cell(one.why);
    view_.add("LEFT_OUT").set("LEFT_OUT_TITLE", "Lines that were read past").set_html("LEFT_OUT_TABLE", table.draw());
  }

  const http::Request& request_;
  const Asked& asked_;
  const Matched& matched_;
  html::View view_;
  bool with_guesses_ = false, all_talks_ = true;
};

Result<http::Response> show(const Web& web, const http::Request& request, const Asked& asked, const Error* error) {
  events::OrganiserPage page{.title = "What fits the list",
                             .here = "recordings",
                             .content = Page(request, asked).draw(error),
                             .trail = {{organiser_path(asked.event, "recordings"), "Recordings"}},
                             .lead = "Read as " + asked.matched.list.format + ". Nothing has changed yet.",
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, asked.event, std::move(page));
  return events::organiser_response(web, request, asked.event, std::move(page));
}

}  // namespace

Result<http::Response> organiser_list_review(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const Asked asked, asked_for(web, tx, request));
  if (std::ranges::count_if(asked.matched.videos, is_open) > static_cast<std::ptrdiff_t>(most_to_choose)) {
    const Error error{
        ErrorCode::invalid, "The list has more new videos than a page can hold. Give it in parts, or use the command “confer recordings match”.", {}, {}, {}};
    return show(web, request, asked, &error);
  }
  return show(web, request, asked, nullptr);
}

Result<http::Response> organiser_list_submit(const Web& web, http::Request& request) {
  std::string here;
  files::Hash file;
  auto taken = events::in_transaction(web, [&](db::Tx& tx) -> Result<void> {
    TRY_ASSIGN(const Asked asked, asked_for(web, tx, request));
    here = organiser_path(asked.event, "recordings");
    file = asked.file;
    Choices choices;
    for (std::size_t v = 0; v < asked.matched.videos.size(); ++v)
      if (const auto& code = request.form.get(field_of(v)); !code.empty() && is_open(asked.matched.videos[v])) choices[v] = code;
    TRY(take_videos(tx, actor_of(request), asked.event, asked.matched, choices));
    return {};
  });
  if (!taken) {
    if (!events::belongs_into_form(taken.error())) return std::unexpected(std::move(taken).error());
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(const Asked asked, asked_for(web, tx, request));
    return show(web, request, asked, &taken.error());
  }
  if (auto forgotten = programme::forget_import_file(web.data_dir, file); !forgotten)
    log(LogTopic::files, LogLevel::warning, "a list of videos that was taken cannot be removed", {{"detail", forgotten.error().detail}});
  return events::organiser_done(here, "list_taken");
}

}  // namespace confer::recordings
