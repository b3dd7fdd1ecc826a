// A talk's cut, for the recording team (organiser_pages.h).
#include <algorithm>
#include <nlohmann/json.hpp>
#include "base/text.h"
#include "cutting/chapters.h"
#include "cutting/cutting.h"
#include "cutting/holders.h"
#include "cutting/organiser_pages.h"
#include "cutting/pages/look.h"
#include "cutting/pages/plan_words.h"
#include "cutting/pages/team.h"
#include "cutting/programs.h"
#include "cutting/stage.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "html/template.h"
#include "recordings/recordings.h"
#include "talks/talks.h"

namespace confer::cutting {
namespace {

using events::organiser_path;

struct One {
  events::Event event;
  Zone zone;
  std::int64_t slot = 0;
  std::string part;  ///< its own talk's code; empty: the whole of the slot
  std::string title;
  std::string whole_title;         ///< of a part: the block's
  std::vector<PartOfBlock> parts;  ///< of the whole of a block
  std::vector<Cut> cuts;           ///< of the event: what `parts` point into
  std::optional<Cut> cut;
  StageMarks stage;
  std::vector<Holder> holders;
  std::vector<Look> looks;
  std::vector<ReviewLink> links;
  Work work;
  std::vector<Run> runs;
  std::optional<recordings::Recording> recording;
  std::vector<Chapters::Mark> marks;
  std::optional<Cut> next;  ///< another one that waits for a look
  Instant now{};
};

/// What the schedule says of it, and of what belongs to it.
Result<void> load_parts(db::Tx& tx, One& one) {
  TRY_ASSIGN(const auto all, footage::load_footage(tx, one.event, one.now));
  for (const auto& room : all.rooms)
    for (const auto& slot : room.slots) {
      if (slot.number != one.slot) continue;
      if (one.part.empty()) {
        one.title = slot.title;
        one.parts = parts_of_block(slot, one.cuts);
        continue;
      }
      one.whole_title = slot.title;
      for (const auto& part : slot.parts)
        if (part.talk == one.part) one.title = part.title;
    }
  return {};
}

Result<One> load(db::Tx& tx, const http::Request& request) {
  One one;
  TRY_ASSIGN(one.event, events::event_of_route(tx, request));
  TRY(require(actor_of(request), Right::media, events::scope_of(one.event)));
  TRY_ASSIGN(one.slot, events::number_of_route(request, "slot"));
  if (const auto part = request.route.find("part"); part != request.route.end()) one.part = part->second;
  TRY_ASSIGN(one.zone, events::zone_of(one.event));
  one.now = tx.now();
  auto cut = require_cut(tx, one.event, one.slot, one.part);
  if (!cut && cut.error().code != ErrorCode::not_found) return std::unexpected(std::move(cut).error());
  TRY_ASSIGN(one.cuts, list_cuts(tx, one.event));
  TRY(load_parts(tx, one));
  if (!cut && one.title.empty()) return fail(ErrorCode::not_found, "There is no such talk in the schedule.");
  if (!cut) return one;
  one.cut = std::move(*cut);
  one.title = one.cut->title;
  // The one after it in the order of the schedule's numbers, else the first.
  const auto waits = [&](const Cut& cut) { return cut.stage == Stage::review && cut.id != one.cut->id && !cut.is_gone; };
  auto next = std::find_if(std::ranges::find(one.cuts, one.cut->id, &Cut::id), one.cuts.end(), waits);
  if (next == one.cuts.end()) next = std::ranges::find_if(one.cuts, waits);
  if (next != one.cuts.end()) one.next = *next;
  TRY_ASSIGN(one.marks, marks_of(tx, one.event, *one.cut));
  TRY_ASSIGN(const auto stage, stage_marks_of(tx, one.event.id));
  one.stage = marks_of(stage, one.slot, one.part);
  TRY_ASSIGN(one.looks, looks_at(tx, one.cut->id));
  TRY_ASSIGN(one.links, links_of(tx, one.cut->id));
  TRY_ASSIGN(one.holders, holders_of(tx, one.event.id));
  TRY_ASSIGN(one.work, work_of(tx, one.event.id));
  TRY_ASSIGN(one.runs, runs_of(tx, one.cut->id));
  TRY_ASSIGN(one.recording, recordings::find_recording(tx, one.cut->talk));
  return one;
}

std::string path_of(const One& one, std::string_view below = {}) {
  return path_of_cut(one.event, one.slot, one.part) + (below.empty() ? "" : "/" + std::string(below));
}

std::string draw_plan(const http::Request& request, const One& one, const Error* error) {
  const Plan& plan = one.cut->plan;
  events::Form form(request, error);
  form.hidden("version", one.cut->version);
  std::vector<events::Option> streams, channels;
  for (const auto stream : footage::all_streams)
    streams.push_back({std::string(footage::name_of(stream)), std::string(footage::name_of(stream)), stream == plan.stream});
  for (const auto& [choice, text] : {std::pair{media::Channels::automatic, "chosen by itself"},
                                     {media::Channels::both, "both, as they are"},
                                     {media::Channels::left, "the left one"},
                                     {media::Channels::right, "the right one"},
                                     {media::Channels::mono, "both, mixed into one"},
                                     {media::Channels::inverted, "both, one turned round"}})
    channels.push_back({std::string(media::name_of(choice)), text, choice == plan.channels});
  std::string dropped;
  for (const auto& span : plan.dropped) dropped += clock_with_ms(span.from, one.zone) + "–" + clock_with_ms(span.to, one.zone) + "\n";
  const auto marked = [&](const std::optional<Instant>& at) {
    return at ? " By the stage timer " + footage::clock_with_seconds(*at, one.zone) + "." : std::string();
  };
  form.input("text", "from", "Begins", clock_with_ms(plan.span.from, one.zone), "By the clock of the venue, to the millisecond." + marked(one.stage.began));
  form.input("text", "to", "Ends", clock_with_ms(plan.span.to, one.zone), marked(one.stage.ended));
  form.area("dropped", "Pieces that go (optional)", dropped, "One a line, such as 10:12:00–10:14:30.5: a break, a name that must not be heard.", 2);
  form.select("stream", "Cut from", std::move(streams)).select("channels", "Sound channels", std::move(channels));
  form.input("text", "sound_offset", "The sound comes later by", std::to_string(plan.sound_offset.count()) + " ms",
             "Such as -120 ms when it is 120 ms late, or -3 frames of the picture.");
  form.hidden("do", "ask");
  return form.draw(path_of(one), one.cut->stage == Stage::proposed ? "Cut it" : "Cut it again");
}

std::string draw_parts(const One& one) {
  events::Table table("Parts", {"Part", "Begins", "State"});
  for (const auto& part : one.parts) {
    table.row().link(part.planned.title, path_of_cut(one.event, one.slot, part.planned.talk)).cell(clock_text(one.zone.to_wall(part.planned.span.from)));
    const bool is_refused = !talks::may_be_cut(part.planned.consent);
    if (part.cut == nullptr)
      table.cell(is_refused ? "not allowed" : "not cut");
    else
      table.badge(std::string(in_words(part.cut->stage)), kind_of(part.cut->stage));
  }
  return table.draw();
}

std::string draw_links(const One& one) {
  events::Table table("Links", {"For", "Made", "State", "Take back"});
  table.when_empty("There are no links.");
  for (const auto& link : one.links) {
    const bool is_over = link.revoked_at || link.expires_at <= one.now;
    table.row().cell(link.viewer.name.empty() ? "nobody in particular" : link.viewer.name + (link.viewer.is_speaker ? ", speaker" : ""));
    table.cell(to_text(one.zone.to_wall(link.created_at))).cell(link.revoked_at ? "taken back" : is_over ? "too old" : "open");
    if (is_over)
      table.cell("");
    else
      table.button("Take back", path_of(one), "revoke", std::to_string(link.id));
  }
  return table.draw();
}

/// Programs that were given it, and how they ended. Empty when there were none.
std::string draw_runs(const One& one) {
  if (one.runs.empty()) return {};
  events::Table table("Programs", {"Target", "Told", "State", "Said", "See, or try again"});
  for (const auto& run : one.runs) {
    const bool is_bad = run.state == RunState::failed || run.state == RunState::given_up;
    table.row()
        .cell(run.target)
        .cell(std::string(name_of(run.occasion)) + ", " + replace_all(to_text(one.zone.to_wall(run.ended_at.value_or(run.queued_at))), "T", " "));
    table.badge(std::string(in_words(run.state)) + (is_bad && run.exit_code ? " (ended with " + std::to_string(*run.exit_code) + ")" : ""),
                is_bad                        ? "error"
                : run.state == RunState::done ? "good"
                                              : "");
    table.cell(run.words);
    constexpr std::size_t widest = 30;
    if (run.state == RunState::given_up)
      table.button("Try again", path_of(one), "run", std::to_string(run.id));
    else if (run.state == RunState::done && run.occasion == Occasion::recognised)
      table.link("Captions", organiser_path(one.event, "talks/" + one.cut->talk_code + "/captions"));
    else if (run.state == RunState::done && !run.url.empty())
      table.link(ellipsis(run.url.substr(run.url.find("://") + 3), widest), run.url);
    else
      table.cell("");
  }
  return table.draw();
}

std::string draw_looks(const One& one) {
  events::Table table("Looks", {"Who", "When", "Revision", "Said"});
  table.when_empty("Nobody yet.");
  for (const auto& look : one.looks) {
    table.row().cell(look.name.empty() ? "somebody" : look.name + (look.is_speaker ? ", speaker" : "")).cell(to_text(one.zone.to_wall(look.at)));
    table.number(look.revision).badge(look.is_good ? "good" : look.note, look.is_good ? "good" : "error");
  }
  return table.draw();
}

std::string sound_in_words(const std::string& json) {
  const auto s = nlohmann::json::parse(json, nullptr, false);
  if (!s.is_object()) return "";
  if (s.value("silent", false)) return "There is no sound in it but silence.";
  const auto number = [&](const char* name) { return s.contains(name) && s[name].is_number() ? s[name].get<double>() : 0.0; };
  std::string text = fixed(number("loudness_before_lufs"), 1) + " LUFS as recorded, " + fixed(number("loudness_lufs"), 1) + " LUFS in the cut; true peak " +
                     fixed(number("true_peak_dbtp"), 1) + " dBTP. Heard: " + s.value("channels", std::string("both"));
  if (const auto because = s.value("because", std::string()); !because.empty()) text += " (" + because + ")";
  return text + ".";
}

void show_state(html::View& view, const One& one) {
  const Cut& cut = *one.cut;
  const bool is_held = cut.stage == Stage::published && one.recording && one.recording->status == recordings::Status::embargoed;
  const auto embargo = is_held ? one.recording->available_from : std::nullopt;
  view.set("STAGE", is_held ? embargo_in_words(embargo.value_or(Instant::max()), one.zone) : std::string(in_words(cut.stage)));
  if (one.next)
    view.add("NEXT_ONE")
        .set("NEXT_HREF", path_of_cut(one.event, one.next->slot, one.next->block ? one.next->talk_code : std::string()))
        .set("NEXT_TITLE", one.next->title);
  view.set("NEXT", !is_held  ? std::string(what_comes_next(cut.stage))
                   : embargo ? "It is found good and ready, and goes online by itself then."
                             : "It is found good and ready, and goes online when you end the embargo.");
  view.add("TOLD").set("TOLD_HREF", organiser_path(one.event, "talks/" + cut.talk_code + "/recording"));
  view.show_if(moves_by_itself(cut.stage), "MOVES");
  const bool is_bad = cut.stage == Stage::wrong, is_good = cut.stage == Stage::published;
  if (is_bad || is_good) view.add("STAGE_CLASS").set("STAGE_KIND", is_held ? "warning" : is_good ? "good" : "error");
  if (cut.revision > 1) view.add("REVISION").set("NUMBER", static_cast<std::int64_t>(cut.revision));
  if (const auto work = one.work.find(cut.id); work != one.work.end() && moves_by_itself(cut.stage) && work->second.state == jobs::State::running) {
    constexpr double hundred = 100;
    view.add("WORKING").set("PART", fixed(work->second.progress, 3)).set("PERCENT", fixed(work->second.progress * hundred, 0));
    if (const std::string left = left_in_words(work->second, one.now); !left.empty()) view.add("LEFT").set("LEFT_TEXT", left);
  } else if (work != one.work.end() && moves_by_itself(cut.stage)) {
    view.set("NEXT", std::string(what_comes_next(cut.stage)) + " Its job is " + in_words(work->second, one.now) + ".");
  }
  std::string problem = cut.problem;
  if (cut.stage == Stage::wrong && problem.empty() && !one.looks.empty()) problem = one.looks.back().note;
  if (!problem.empty())
    view.add("PROBLEM_TOLD").set("PROBLEM_TITLE", cut.stage == Stage::stopped ? "It is not published" : "What is wrong").set("PROBLEM_TEXT", problem);
  for (const auto doubt : split(cut.doubts, '\n'))
    if (!doubt.empty()) view.add("DOUBT").set("DOUBT_TEXT", doubt);
}

/// Nobody has to: it is for teams, of which two would begin with the same one.
void show_holder(html::View& view, const One& one, const Actor& actor) {
  const Cut& cut = *one.cut;
  if (moves_by_itself(cut.stage) || cut.stage == Stage::published || !actor.person) return;
  const auto holder = std::ranges::find_if(one.holders, [&](const Holder& h) { return h.cut == cut.id && h.taken_at; });
  const bool is_taken = holder != one.holders.end(), is_own = is_taken && holder->person == actor.person;
  std::string words = "Nobody of the team has it.";
  if (is_taken) words = (is_own ? "You have it" : holder->name + " has it") + " since " + footage::clock_with_seconds(*holder->taken_at, one.zone) + ".";
  view.add("HOLDER")
      .set("ACTION", path_of(one))
      .set("HOLDER_TEXT", words)
      .set("DO", is_own ? "let_go" : "take")
      .set("BUTTON", is_own     ? "Let it go"
                     : is_taken ? "Take it over"
                                : "I take it");
}

struct Wrong {
  const Error* look = nullptr;
  const Error* plan = nullptr;
  const Error* link = nullptr;
  const Error* chapters = nullptr;
};

http::Response show(const Web& web, db::Tx& tx, const http::Request& request, const One& one, const Wrong& wrong, const std::string& new_link = {}) {
  html::View view;
  if (one.cut) {
    const Cut& cut = *one.cut;
    show_state(view, one);
    show_holder(view, one, actor_of(request));
    if (cut.stage == Stage::review && !cut.preview.hash.empty())
      view.add("LOOK").set_html("LOOK_FORM", draw_look(request, cut, load_beside(web, tx, cut, path_of(one, "files/%1?v=" + cut.preview.key)),
                                                       path_of(one, "preview.mp4?v=" + cut.preview.key), path_of(one), {}, "en", wrong.look));
    if (has_chapters(cut)) {
      events::Form chapters(request, wrong.chapters);
      chapters.hidden("do", "chapters").hidden("version", cut.version);
      chapters.area(
          "chapters", "Chapters (optional)", to_lines(one.marks, cut.plan),
          "One a line: 2:05 Title, by the time since the cut’s beginning, without its title card. Empty: as they are found by themselves. A single one is "
          "no list, and none are shown.",
          6);
      view.add("CHAPTERS")
          .show_if(cut.stage == Stage::published, "LATER")
          .show_if(wrong.chapters != nullptr, "CHAPTERS_OPEN")
          .set_html("CHAPTERS_FORM", chapters.draw(path_of(one), "Save the chapters"));
    }
    if (const auto words = sound_in_words(cut.sound); !words.empty()) view.add("SOUND").set("SOUND_TEXT", words);
    auto& plan = view.add("PLAN");
    plan.set("PLAN_TITLE", cut.stage == Stage::published ? "Correct it"
                           : cut.stage == Stage::review  ? "Cut it otherwise"
                                                         : "What is cut")
        .set_html("PLAN_FORM", draw_plan(request, one, wrong.plan));
    plan.show_if(wrong.plan != nullptr || cut.stage == Stage::proposed || cut.stage == Stage::wrong || cut.stage == Stage::stopped, "PLAN_OPEN");
    if (cut.stage != Stage::stopped)
      plan.set_html(
          "STOP", events::confirm_button(path_of(one), cut.stage == Stage::published ? "Take it offline…" : "Do not publish it…",
                                         cut.stage == Stage::published ? "The video goes from the talk’s page at once. The recording itself stays where it is."
                                                                       : "It is not cut any further. The recording itself stays where it is.",
                                         cut.stage == Stage::published ? "Take it offline" : "Do not publish it",
                                         {{"do", "stop"}, {"version", std::to_string(cut.version)}}));
    if (!new_link.empty()) plan.add("NEW_LINK").set("LINK", new_link);
    events::Form link(request, wrong.link);
    link.hidden("do", "link").text("for", "For whom (optional)", "", "A name, so that you know whose look it was.");
    link.check("is_speaker", "They are a speaker of this talk", false, "Their look counts where a speaker must look first.");
    plan.set_html("LINKS", draw_links(one)).set_html("LINK_FORM", link.draw(path_of(one), "Make a link")).set_html("LOOKS", draw_looks(one));
    if (auto runs = draw_runs(one); !runs.empty()) view.add("RUNS").set_html("RUNS_TABLE", std::move(runs));
  } else {
    view.set("STAGE", "not cut").set("NEXT", "Nothing has been cut of this talk yet.").add("NONE").set("ACTION", path_of(one));
    for (const auto* error : {wrong.plan, wrong.look})
      if (error != nullptr) view.add("PROBLEM_TOLD").set("PROBLEM_TITLE", "It cannot be cut").set("PROBLEM_TEXT", error->message);
  }
  if (!one.part.empty() && !one.whole_title.empty())
    view.add("PART_OF")
        .set("WHOLE_TITLE", one.whole_title)
        .set("WHOLE_HREF", path_of_cut(one.event, one.slot, {}))
        .set("PART_TALK_HREF", organiser_path(one.event, "talks/" + one.part));
  if (!one.part.empty() && one.whole_title.empty()) view.show("GONE");
  if (!one.parts.empty()) view.add("PARTS").set_html("PARTS_TABLE", draw_parts(one));
  events::OrganiserPage page{.title = one.title,
                             .here = "cuts",
                             .content = html::render("cutting/organiser/cut.html", view, "en"),
                             .trail = {{organiser_path(one.event, "cuts"), "Cuts"}},
                             .lead = {},
                             .scripts = {"cut.js"},
                             .button = {},
                             .button_href = {}};
  if (wrong.look != nullptr || wrong.plan != nullptr || wrong.link != nullptr || wrong.chapters != nullptr)
    return events::organiser_rejected(web, request, one.event, std::move(page));
  return events::organiser_response(web, request, one.event, std::move(page));
}

Result<Plan> plan_in(db::Tx& tx, const http::Fields& form, const One& one) {
  Plan plan = one.cut->plan;
  std::vector<FieldProblem> p;
  const auto time = [&](const char* field, Instant& into, Instant otherwise) {
    // What was not touched stays to the millisecond, also in an hour that a night has twice.
    if (form.get(field) == clock_with_ms(otherwise, one.zone)) return;
    if (auto at = instant_of_clock(form.get(field), otherwise, one.zone))
      into = *at;
    else
      p.push_back({field, at.error().message});
  };
  time("from", plan.span.from, one.cut->plan.span.from);
  time("to", plan.span.to, one.cut->plan.span.to);
  if (auto spans = spans_of_lines(replace_all(form.get("dropped"), "\r", ""), plan.span.from, one.zone))
    plan.dropped = std::move(*spans);
  else
    p.push_back({"dropped", spans.error().message});
  const auto offset = sound_offset_of(form.get("sound_offset"), one.cut->preview.frame_rate);
  if (offset)
    plan.sound_offset = *offset;
  else
    p.push_back({"sound_offset", offset.error().message});
  plan.channels = media::find_channels(form.get("channels")).value_or(plan.channels);
  const auto stream = footage::stream_named(form.get("stream")).value_or(plan.stream);
  if (!p.empty()) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(p)});
  // The clocks as they stood stay, while nothing but times within the same files changes.
  TRY_ASSIGN(const auto all, footage::load_footage(tx, one.event, tx.now()));
  auto sources = sources_for(all, one.slot, stream, plan.span);
  const auto same_files = std::ranges::equal(sources, plan.sources, {}, &Source::file, &Source::file);
  if (!same_files) plan.sources = std::move(sources);
  plan.guess.reset();
  plan.is_guessed = false;
  plan.stream = stream;
  return plan;
}

/// The viewer is the person; a speaker of the talk who is in the team counts as one.
Result<Viewer> viewer_of(db::Tx& tx, const Actor& actor, const One& one) {
  TRY_ASSIGN(const auto talk, talks::require_talk(tx, one.event.id, one.cut->talk_code));
  const bool speaks = std::ranges::any_of(talk.credits, [&](const talks::Credit& credit) { return actor.person && credit.person == actor.person; });
  return Viewer{.person = actor.person, .name = actor.name, .is_speaker = speaks};
}

/// What a form asked for, done or refused; `one` is how it was before.
struct Outcome {
  One one;
  std::string done = "saved", new_link;
  std::optional<Error> refused;
};

Result<void> do_with_cut(db::Tx& tx, const http::Request& request, Outcome& out) {
  const auto& form = request.form;
  const auto& what = form.get("do");
  const One& one = out.one;
  const Actor& actor = actor_of(request);
  Cut cut = *one.cut;
  if (events::number_in(form.get("version")).value_or(0) != cut.version)
    return fail(ErrorCode::conflict, "This cut changed meanwhile. Here it is as it is now: decide again.");
  if (what == "ask") {
    TRY_ASSIGN(auto plan, plan_in(tx, form, one));
    TRY(ask_for(tx, actor, one.event, std::move(cut), std::move(plan)));
    out.done = "cut_asked";
    return {};
  }
  if (what == "stop") {
    TRY(stop(tx, actor, one.event, std::move(cut), {}));
    out.done = "cut_stopped";
    return {};
  }
  if (what == "chapters") {
    TRY_ASSIGN(const auto viewer, viewer_of(tx, actor, one));
    TRY(set_chapters(tx, one.event, std::move(cut), viewer, replace_all(form.get("chapters"), "\r", "")));
    return {};
  }
  if (what != "good" && what != "wrong") return fail(ErrorCode::invalid, "This form does not say what is to be done.");
  TRY_ASSIGN(const auto viewer, viewer_of(tx, actor, one));
  TRY(judge(tx, one.event, std::move(cut), viewer, verdict_in(form, *one.cut)));
  out.done = what == "good" ? "cut_good" : "cut_wrong";
  return {};
}

Result<void> do_as_asked(db::Tx& tx, const Web& web, const http::Request& request, Outcome& out) {
  const auto& form = request.form;
  const One& one = out.one;
  const Actor& actor = actor_of(request);
  if (form.get("do") == "begin") {
    out.done = "cut_asked";
    TRY_ASSIGN(const auto all, footage::load_footage(tx, one.event, tx.now()));
    auto begun = begin_cut(tx, actor, one.event, all, one.slot, one.part);
    if (!begun && begun.error().code == ErrorCode::conflict && one.cut) {
      // The machine, or somebody else, was faster by a moment.
      if (one.cut->stage != Stage::proposed && one.cut->stage != Stage::stopped) return {};
      begun = *one.cut;
    }
    TRY_ASSIGN(auto cut, std::move(begun));
    Plan plan = cut.plan;
    TRY(ask_for(tx, actor, one.event, std::move(cut), std::move(plan)));
    return {};
  }
  if (!one.cut) return fail(ErrorCode::conflict, "Nothing has been cut of this talk yet.");
  if (form.get("do") == "take") return take(tx, actor, one.event, *one.cut);
  if (form.get("do") == "let_go") return let_go(tx, actor, one.event, *one.cut);
  if (form.has("revoke")) return revoke_link(tx, actor, one.event, *one.cut, events::number_in(form.get("revoke")).value_or(0));
  if (form.has("run")) {
    out.done = "run_again";
    return run_again(tx, actor, one.event, *one.cut, events::number_in(form.get("run")).value_or(0));
  }
  if (form.get("do") != "link") return do_with_cut(tx, request, out);
  std::string name = tidy_line(form.get("for"));
  constexpr std::size_t longest_name = 200;
  TRY(check_text(name, "for", longest_name));
  TRY_ASSIGN(const auto token, add_link(tx, actor, one.event, *one.cut, {.person = {}, .name = std::move(name), .is_speaker = form.has("is_speaker")}));
  out.new_link = web.sign_in.base_url + "/review?token=" + token;
  return {};
}

Result<Outcome> outcome_of(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  Outcome out;
  TRY_ASSIGN(out.one, load(tx, request));
  auto done = do_as_asked(tx, web, request, out);
  if (done) done = tx.commit();
  if (done) return out;
  if (!events::belongs_into_form(done.error()) && done.error().code != ErrorCode::forbidden) return std::unexpected(std::move(done).error());
  out.refused = std::move(done).error();
  return out;
}

}  // namespace

Result<http::Response> organiser_cut(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const One one, load(tx, request));
  return show(web, tx, request, one, {});
}

Result<http::Response> organiser_cut_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(const Outcome out, outcome_of(web, request));
  if (out.refused) {
    const auto& what = request.form.get("do");
    const bool is_look = what == "good" || what == "wrong", is_link = what == "link", is_chapters = what == "chapters";
    const Error* error = &*out.refused;
    TRY_ASSIGN(auto tx, web.db.begin_read());
    return show(web, tx, request, out.one,
                {.look = is_look ? error : nullptr,
                 .plan = is_look || is_link || is_chapters ? nullptr : error,
                 .link = is_link ? error : nullptr,
                 .chapters = is_chapters ? error : nullptr});
  }
  if (out.new_link.empty()) return events::organiser_done(path_of(out.one), out.done);
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const One now, load(tx, request));
  return show(web, tx, request, now, {}, out.new_link);
}

Result<http::Response> organiser_preview(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const One one, load(tx, request));
  if (!one.cut) return fail(ErrorCode::not_found, "There is nothing to look at yet.");
  return preview_response(web, tx, *one.cut);
}

Result<http::Response> organiser_beside_preview(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const One one, load(tx, request));
  if (!one.cut) return fail(ErrorCode::not_found, "There is nothing to look at yet.");
  return beside_response(web, tx, *one.cut, request.param("name"));
}

}  // namespace confer::cutting
