// What waits for the keeper, case by case, and what the keeper says to it (organiser_pages.h).
#include <algorithm>
#include "archive/names.h"
#include "base/text.h"
#include "events/organiser_frame.h"
#include "html/assets.h"
#include "keeping/corrections.h"
#include "keeping/keeping.h"
#include "keeping/likeness.h"
#include "keeping/organiser_pages.h"
#include "keeping/words.h"

namespace confer::keeping {
namespace {

constexpr int per_page = 30;
constexpr std::size_t talks_shown = 8;

std::optional<Kind> kind_named(std::string_view name) {
  const auto* found = std::ranges::find(all_kinds, name, [](Kind kind) { return name_of(kind); });
  return found == all_kinds.end() ? std::nullopt : std::optional(*found);
}

std::string queue_path(std::optional<Kind> kind, int page) {
  std::string path = "/organise/archive/queue";
  if (kind) path.append("?kind=").append(name_of(*kind));
  if (page > 1) path += (kind ? "&page=" : "?page=") + std::to_string(page);
  return path;
}

/// Two texts by words: what they begin and end with alike, and what differs between.
struct Difference {
  std::string before, gone, added, behind;
};
Difference difference_of(const std::string& was, const std::string& now) {
  const auto is_break = [](char c) { return c == ' ' || c == '\n'; };
  std::size_t begin = 0;
  while (begin < std::min(was.size(), now.size()) && was[begin] == now[begin]) ++begin;
  while (begin > 0 && !is_break(was[begin - 1])) --begin;
  std::size_t end = 0;
  while (end < std::min(was.size(), now.size()) - begin && was[was.size() - 1 - end] == now[now.size() - 1 - end]) ++end;
  while (end > 0 && !is_break(was[was.size() - end])) --end;
  Difference d{was.substr(0, begin), was.substr(begin, was.size() - begin - end), now.substr(begin, now.size() - begin - end), was.substr(was.size() - end)};
  // Long texts are shown around what differs.
  constexpr std::size_t around = 200;
  if (d.before.size() > around) {
    auto cut = d.before.size() - around;
    while (cut < d.before.size() && !is_break(d.before[cut])) ++cut;
    d.before = "… " + d.before.substr(cut);
  }
  if (d.behind.size() > around) d.behind = ellipsis(d.behind, around);
  return d;
}

using TalksByName = std::map<SpeakerId, std::vector<archive::NamedTalk>>;

Result<TalksByName> talks_of(db::Tx& tx, const std::vector<Case>& cases) {
  std::set<SpeakerId> pages;
  for (const auto& c : cases) {
    if (c.speaker) pages.insert(c.speaker);
    if (c.other) pages.insert(c.other);
  }
  TRY_ASSIGN(auto talks, archive::talks_of_names(tx, {pages.begin(), pages.end()}));
  TalksByName out;
  for (auto& talk : talks) out[talk.speaker].push_back(std::move(talk));
  return out;
}

std::string where_of(const archive::NamedTalk& talk, const std::string& name) {
  std::string where = talk.event_title;
  if (talk.year != 0 && where.find(std::to_string(talk.year)) == std::string::npos) where += ", " + std::to_string(talk.year);
  if (talk.printed != name && !talk.printed.empty()) where += ", printed as " + talk.printed;
  return where;
}

void add_side(html::View& pair, const std::string& name, const std::string& slug, std::string_view role, const std::vector<archive::NamedTalk>& talks) {
  auto& side = pair.add("SIDE");
  side.set("SIDE_NAME", name).set("SIDE_HREF", "/archive/speakers/" + slug).set("SIDE_ROLE", role);
  for (std::size_t i = 0; i < std::min(talks.size(), talks_shown); ++i)
    side.add("SIDE_TALK")
        .set("TALK_HREF", talks[i].path)
        .set("TALK_TITLE", talks[i].title.empty() ? "Untitled" : talks[i].title)
        .set("TALK_WHERE", where_of(talks[i], name));
  if (talks.size() > talks_shown) side.add("MORE").set("MORE_COUNT", talks.size() - talks_shown);
}

/// Whether a box of a form that came back was ticked; `otherwise` when the form is new.
bool was_ticked(const http::Request& request, bool is_back, const std::string& name, std::string_view value, bool otherwise) {
  if (!is_back) return otherwise;
  const auto values = request.form.every(name);
  return std::ranges::find(values, value) != values.end();
}

void fill_changes(html::View& view, const Case& c, const http::Request& request, bool is_back) {
  auto& changes = view.add("CHANGES");
  for (const auto& change : c.changes) {
    auto& row = changes.add("CHANGE");
    const auto d = difference_of(change.was, change.now);
    row.set("FIELD", change.field).set("FIELD_TEXT", words_of_field(change.field)).set("BEFORE", d.before).set("BEHIND", d.behind);
    if (!d.gone.empty()) row.add("GONE").set("GONE_TEXT", d.gone);
    if (!d.added.empty()) row.add("NEW").set("NEW_TEXT", d.added);
    row.show_if(was_ticked(request, is_back, "part_" + std::to_string(c.id.value), change.field, true), "CHOSEN");
  }
}

void fill_removal(html::View& view, const Case& c, const std::vector<archive::NamedTalk>& talks, const http::Request& request, bool is_back) {
  auto& parts = view.add("PARTS");
  const auto add = [&](std::string_view part, std::string_view text, bool chosen) {
    parts.add("PART_ITEM")
        .set("PART", part)
        .set("PART_TEXT", text)
        .show_if(was_ticked(request, is_back, "part_" + std::to_string(c.id.value), part, chosen), "CHOSEN");
  };
  add("name", "The name, everywhere, for ever: the talks stay, “a speaker” gave them", true);
  std::set<std::string> told;
  for (const auto& talk : talks)
    if (told.insert(talk.code).second)
      add(talk.code, "The whole talk “" + talk.title + "”, " + where_of(talk, c.speaker_name), static_cast<Removal>(c.reason) == Removal::talks);
}

struct Words {
  std::string_view accept, decline;
};
Words buttons_of(Kind kind) {
  switch (kind) {
    case Kind::names:
      return {"One person", "Two people"};
    case Kind::correction:
      return {"Apply the ticked fields", "Decline"};
    case Kind::claim:
      return {"It is them", "Decline"};
    case Kind::removal:
      return {"Remove what is ticked", "Decline"};
    case Kind::many:
      break;
  }
  return {};
}

std::string title_of(const Case& c) {
  switch (c.kind) {
    case Kind::names:
      return c.speaker_name + " = " + c.other_name + "?";
    case Kind::correction:
      return c.talk_title.empty() ? "Untitled" : c.talk_title;
    case Kind::claim:
      return "“This is me”: " + c.speaker_name;
    case Kind::removal:
      return "Removal of " + c.speaker_name;
    case Kind::many:
      break;
  }
  return {};
}

std::string about(const Case& c, Instant now) {
  std::string words;
  if (c.kind == Kind::names)
    words = words_of(static_cast<Likeness>(c.reason));
  else
    words = std::string(c.kind == Kind::correction ? "A correction" : c.kind == Kind::claim ? "A claim" : "A removal") + " by ";
  if (c.kind != Kind::names) {
    words += c.asker.empty() ? (c.email.empty() ? "somebody without an address" : c.email) : c.asker + (c.email.empty() ? "" : " <" + c.email + ">");
    if (c.by_speaker) words += ", who is one of its speakers";
  }
  return words + " · " + age(c.asked_at, now);
}

void fill_case(html::View& view, const Case& c, const TalksByName& talks, Instant now, const http::Request& request, bool is_back) {
  static const std::vector<archive::NamedTalk> none;
  const auto talks_of_name = [&](SpeakerId name) -> const std::vector<archive::NamedTalk>& {
    const auto found = talks.find(name);
    return found == talks.end() ? none : found->second;
  };
  const std::string id = std::to_string(c.id.value);
  const auto words = buttons_of(c.kind);
  view.set("ID", id).set("TITLE", title_of(c)).set("ABOUT", about(c, now)).set("ACCEPT", words.accept).set("DECLINE", words.decline);
  view.show_if(was_ticked(request, is_back, "case", id, false), "TICKED");
  if (c.kind == Kind::names) {
    auto& pair = view.add("PAIR");
    add_side(pair, c.speaker_name, c.speaker_slug, "keeps its page", talks_of_name(c.speaker));
    add_side(pair, c.other_name, c.other_slug, "its address leads there", talks_of_name(c.other));
  } else if (c.kind == Kind::correction) {
    view.add("TALK_LINK").set("TALK_HREF", c.talk_path).set("TALK_TITLE", "The talk as it stands");
    if (!c.changes.empty()) fill_changes(view, c, request, is_back);
  } else if (c.kind == Kind::claim) {
    add_side(view.add("PAIR"), c.speaker_name, c.speaker_slug, "claimed", talks_of_name(c.speaker));
  } else {
    view.add("SPEAKER_LINK").set("TALK_HREF", "/archive/speakers/" + c.speaker_slug).set("TALK_TITLE", "The page as it stands");
    fill_removal(view, c, talks_of_name(c.speaker), request, is_back);
  }
  if (!c.note.empty()) view.add("NOTE").set("NOTE_TEXT", c.note);
  if (c.kind != Kind::names)
    view.add("ANSWER")
        .set("ANSWER_HINT", c.email.empty() ? "No address was given: it is kept here only." : "Goes to " + c.email + " with what you decide.")
        .set("ANSWER_TEXT", is_back ? request.form.get("answer_" + id) : "");
}

Result<http::Response> show(const Web& web, http::Request& request, const Error* error) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  const auto& source = error == nullptr ? request.query : request.form;
  const auto kind = kind_named(source.get("kind"));
  constexpr std::int64_t last_page = 100'000;
  const int page_number = static_cast<int>(std::clamp<std::int64_t>(events::number_in(source.get("page")).value_or(1), 1, last_page));
  TRY_ASSIGN(const auto counts, count_waiting(tx));
  TRY_ASSIGN(const auto cases, list_cases(tx, {.state = State::open, .kind = kind, .one = {}, .limit = per_page, .offset = (page_number - 1) * per_page}));
  TRY_ASSIGN(const auto talks, talks_of(tx, cases));
  html::View view;
  std::int64_t total = 0;
  for (const auto& [one, waiting] : counts) total += waiting.count;
  const auto add_kind = [&](std::optional<Kind> one, std::string_view text, std::int64_t count) {
    view.add("KIND").set("KIND_HREF", queue_path(one, 1)).set("KIND_TEXT", text).set("KIND_COUNT", count).show_if(one == kind, "HERE");
  };
  add_kind({}, "All", total);
  for (const Kind one : all_kinds) {
    const auto found = counts.find(one);
    add_kind(one, words_of(one), found == counts.end() ? 0 : found->second.count);
  }
  if (error != nullptr) view.add("PROBLEM").set("PROBLEM_TEXT", error->message);
  if (cases.empty())
    view.add("EMPTY").set("EMPTY_TEXT", total == 0 ? "Nothing waits. Visitors’ corrections, claims and removals come here, and names that may be one person’s."
                                                   : "Nothing of this kind waits.");
  if (!cases.empty()) {
    auto& queue = view.add("QUEUE");
    queue.set("KIND_NAME", kind ? name_of(*kind) : "").set("PAGE", page_number);
    for (const auto& c : cases) fill_case(queue.add("CASE"), c, talks, tx.now(), request, error != nullptr);
  }
  const std::int64_t of_kind = kind ? (counts.contains(*kind) ? counts.at(*kind).count : 0) : total;
  const bool has_more = static_cast<std::int64_t>(page_number) * per_page < of_kind;
  if (page_number > 1 || has_more) {
    auto& pages = view.add("PAGES");
    if (page_number > 1) pages.add("PREVIOUS").set("HREF", queue_path(kind, page_number - 1));
    if (has_more) pages.add("NEXT").set("HREF", queue_path(kind, page_number + 1));
  }
  events::OrganiserPage page{.title = "To be decided",
                             .here = "/organise/archive/queue",
                             .content = html::render("keeping/organiser/queue.html", view, "en"),
                             .trail = {{"/organise", "Events"}, {"/organise/archive", "Archive"}},
                             .lead = "Nothing is done before you say so, and most can be taken back: see Decided.",
                             .button = {},
                             .button_href = {}};
  if (html::find_asset_by_name("queue.js") != nullptr) page.scripts = {"queue.js"};
  if (error != nullptr) return events::organiser_rejected(web, request, std::move(page));
  return events::organiser_response(web, request, std::move(page));
}

/// "accept:12" → 12 and true.
std::optional<Decision> decision_of(std::string_view word, std::string_view number) {
  const auto id = events::number_in(number);
  if (!id || (word != "accept" && word != "decline")) return std::nullopt;
  Decision d;
  d.id = KeeperCaseId{*id};
  d.accept = word == "accept";
  return d;
}

std::vector<Decision> decisions_in(const http::Fields& form) {
  std::vector<Decision> out;
  if (form.has("one")) {
    const std::string& one = form.get("one");
    const auto colon = one.find(':');
    if (colon != std::string::npos)
      if (auto decision = decision_of(std::string_view(one).substr(0, colon), std::string_view(one).substr(colon + 1))) out.push_back(*std::move(decision));
  } else {
    for (const auto& number : form.every("case"))
      if (auto decision = decision_of(form.get("all"), number)) out.push_back(*std::move(decision));
  }
  for (auto& decision : out) {
    const std::string id = std::to_string(decision.id.value);
    decision.answer = std::string(trim(replace_all(form.get("answer_" + id), "\r", "")));
    if (!form.has("parts_" + id)) continue;
    const auto parts = form.every("part_" + id);
    decision.parts.emplace(parts.begin(), parts.end());
  }
  return out;
}

}  // namespace

Result<http::Response> organiser_queue(const Web& web, http::Request& request) { return show(web, request, nullptr); }

Result<http::Response> organiser_queue_submit(const Web& web, http::Request& request) {
  const auto decisions = decisions_in(request.form);
  const std::string back = queue_path(kind_named(request.form.get("kind")), static_cast<int>(events::number_in(request.form.get("page")).value_or(1)));
  if (decisions.empty()) return events::organiser_done(back, "nothing");
  const auto done = decide(web.db, actor_of(request), web.sign_in, decisions);
  if (done) return events::organiser_done(back, "decided");
  if (!events::belongs_into_form(done.error())) return std::unexpected(done.error());
  return show(web, request, &done.error());
}

Result<http::Response> organiser_look_for_names(const Web& web, http::Request& request) {
  TRY(require(actor_of(request), Right::archive, {}));
  TRY(events::in_transaction(web, [](db::Tx& tx) -> Result<void> {
    TRY(look_for_names(tx));
    return {};
  }));
  return events::organiser_done("/organise/archive/queue?kind=names", "looked");
}

}  // namespace confer::keeping
