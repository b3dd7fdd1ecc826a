// The page behind a link (review_pages.h). A GET decides nothing.
#include "base/text.h"
#include "cutting/chapters.h"
#include "cutting/cutting.h"
#include "cutting/pages/look.h"
#include "cutting/review_pages.h"
#include "events/organiser_frame.h"
#include "html/template.h"

namespace confer::cutting {
namespace {

struct Page {
  Opened opened;
  std::vector<Look> looks;
  std::vector<Chapters::Mark> marks;
  Settings settings;
  Zone zone;
  std::string token;
};

Result<Page> load(db::Tx& tx, std::string token) {
  Page page;
  TRY_ASSIGN(page.opened, open_link(tx, token));
  page.token = std::move(token);
  TRY_ASSIGN(page.looks, looks_at(tx, page.opened.cut.id));
  TRY_ASSIGN(page.marks, marks_of(tx, page.opened.event, page.opened.cut));
  TRY_ASSIGN(page.settings, settings_of(tx, page.opened.event.id));
  TRY_ASSIGN(page.zone, events::zone_of(page.opened.event));
  return page;
}

std::string sentence_of(const Look& look, const std::string& language) {
  const std::string name = look.name.empty() ? std::string(html::translate("Somebody", language)) : look.name;
  return look.is_good ? html::translate("%1: good", language, {name}) : html::translate("%1: something is wrong: %2", language, {name, look.note});
}

http::Response show(const Web& web, db::Tx& tx, const http::Request& request, const Page& page, const Error* error) {
  const auto& [link, cut, event] = page.opened;
  const std::string language = request.language;
  html::View view;
  show_notice(view, request);
  view.set("EVENT", event.title.in(language)).set("TITLE", cut.title);
  view.set("STAGE", html::translate(in_words(cut.stage), language)).set("NEXT", html::translate(what_comes_next(cut.stage), language));
  view.show_if(moves_by_itself(cut.stage), "MOVES");
  view.set("EXPIRES", to_text(std::chrono::floor<std::chrono::days>(page.zone.to_wall(link.expires_at))));
  if (cut.stage == Stage::stopped && !cut.problem.empty()) view.add("PROBLEM_TOLD").set("PROBLEM_TEXT", html::translate(cut.problem, language));
  if (cut.stage == Stage::published) view.add("ONLINE").set("TALK_HREF", "/" + event.slug + "/talks/" + cut.talk_code);
  if (page.settings.title_card > seconds(0) && cut.stage != Stage::stopped)
    view.add("CARD").set("PNG", "/review/card.png?token=" + page.token).set("ALT", html::translate("Title card of “%1”", language, {cut.title}));
  if (cut.stage == Stage::review && !cut.preview.hash.empty())
    view.add("LOOK").set_html("LOOK_FORM", draw_look(request, cut, load_beside(web, tx, cut, "/review/files/%1?token=" + page.token + "&v=" + cut.preview.key),
                                                     "/review/preview.mp4?token=" + page.token + "&v=" + cut.preview.key, "/review", {{"token", page.token}},
                                                     language, request.form.get("do") == "chapters" ? nullptr : error));
  else if (error != nullptr)
    view.add("PROBLEM_TOLD").set("PROBLEM_TEXT", html::translate(error->message, language));
  if (has_chapters(cut)) {
    const bool was_sent = error != nullptr && request.form.get("do") == "chapters";
    auto& chapters = view.add("CHAPTERS");
    chapters.set("TOKEN", page.token).set("VERSION", cut.version).show_if(was_sent, "CHAPTERS_OPEN");
    chapters.set("LINES", was_sent ? request.form.get("chapters") : to_lines(page.marks, cut.plan));
    if (was_sent) show_problems(chapters, *error, language);
  }
  html::View* said = nullptr;
  for (const auto& look : page.looks) {
    if (look.revision != cut.revision) continue;
    if (said == nullptr) said = &view.add("SAID");
    said->add("SAY").set("SENTENCE", sentence_of(look, language));
  }
  html::Page made;
  made.title = cut.title;
  made.indexable = false;
  made.scripts = {"cut.js"};
  made.body = html::render("cutting/review.html", view, language);
  return error != nullptr ? rejected_response(web, request, std::move(made)) : page_response(web, request, std::move(made));
}

}  // namespace

Result<http::Response> review_page(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto page, load(tx, request.query.get("token")));
  return show(web, tx, request, page, nullptr);
}

Result<http::Response> review_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(const auto page, load(tx, request.form.get("token")));
  Cut cut = page.opened.cut;
  auto judged = [&]() -> Result<void> {
    const auto& what = request.form.get("do");
    if (what != "good" && what != "wrong" && what != "chapters") return fail(ErrorCode::invalid, "This form does not say what is to be done.");
    if (events::number_in(request.form.get("version")).value_or(0) != cut.version)
      return fail(ErrorCode::conflict, std::string(html::translatable("This cut changed meanwhile. Here it is as it is now: decide again.")));
    if (what == "chapters") {
      TRY(set_chapters(tx, page.opened.event, std::move(cut), page.opened.link.viewer, replace_all(request.form.get("chapters"), "\r", "")));
      return tx.commit();
    }
    TRY(judge(tx, page.opened.event, std::move(cut), page.opened.link.viewer, verdict_in(request.form, page.opened.cut)));
    return tx.commit();
  }();
  if (!judged) {
    if (!events::belongs_into_form(judged.error())) return std::unexpected(std::move(judged).error());
    return show(web, tx, request, page, &judged.error());
  }
  return http::Response::see_other("/review?token=" + page.token + "&done=thanks");
}

Result<http::Response> review_preview(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto opened, open_link(tx, request.query.get("token")));
  return preview_response(web, tx, opened.cut);
}

Result<http::Response> review_file(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(const auto opened, open_link(tx, request.query.get("token")));
  return beside_response(web, tx, opened.cut, request.param("name"));
}

}  // namespace confer::cutting
