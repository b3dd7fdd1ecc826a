// A talk of an event that is only archived: the same page as a programmed one's, made when somebody asks.
#include <algorithm>
#include "archive/archive.h"
#include "base/text.h"
#include "recordings/tracks.h"
#include "site/archive_frame.h"
#include "site/archived_event.h"
#include "site/described.h"
#include "site/event_frame.h"
#include "site/related.h"
#include "site/session.h"
#include "site/talk_parts.h"
#include "site/watch.h"

namespace confer::site {
namespace {

using archive::Shown;
using html::translate;

constexpr std::size_t description_length = 200;

/// "QX7T9M" of "QX7T9M-why-tides".
std::string code_in(std::string_view name) { return std::string(name.substr(0, name.find('-'))); }

std::vector<std::string> names_of(const Shown& shown, std::string_view language) {
  std::vector<std::string> names;
  for (const auto& credit : shown.talk.credits) names.push_back(credit.name.empty() ? std::string(translate("a speaker", language)) : credit.name);
  return names;
}

/// The page of a printed name; empty where it has none.
std::string speaker_page(const Asked& asked, const Shown& shown, const std::string& name) {
  for (const auto& speaker : shown.row.speakers)
    if (!name.empty() && speaker.name == name) return speaker_href(asked.language, speaker.slug);
  return {};
}

void fill_people(html::View& view, const Asked& asked, const Shown& shown) {
  const auto names = names_of(shown, asked.language);
  if (names.empty()) return;
  auto& people = view.add("PEOPLE");
  bool has_more = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    auto& person = people.add("PERSON");
    const auto href = speaker_page(asked, shown, shown.talk.credits[i].name);
    if (href.empty())
      person.add("PERSON_PLAIN").set("NAME", names[i]);
    else
      person.add("PERSON_LINKED").set("NAME", names[i]).set("PERSON_HREF", href);
    person.show_if(i + 1 < names.size(), "SEPARATOR");
    has_more = has_more || !shown.talk.credits[i].biography.empty();
  }
  // Their names stand above already: the list is for what is known of them.
  if (!has_more) return;
  auto& speakers = view.add("SPEAKERS");
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto& credit = shown.talk.credits[i];
    auto& person = speakers.add("SPEAKER");
    if (const auto href = speaker_page(asked, shown, credit.name); !href.empty())
      person.add("LINKED_NAME").set("NAME", names[i]).set("HREF", href);
    else
      person.add("PLAIN_NAME").set("NAME", names[i]);
    if (auto text = described(archive::Markup::markdown, credit.biography, 4); !text.empty()) person.add("BIOGRAPHY").set_html("BIOGRAPHY_HTML", text);
  }
}

void fill_links(html::View& view, const talks::Talk& talk) {
  const auto add = [&](const std::vector<talks::Link>& links, std::string_view list, std::string_view item) {
    if (links.empty()) return;
    auto& all = view.add(list);
    for (const auto& link : links) all.add(item).set("HREF", link.url).set("TEXT", link.title.empty() ? link.url : link.title);
  };
  add(talk.attachments, "ATTACHMENTS", "ATTACHMENT");
  add(talk.links, "LINKS", "LINK");
}

void fill_facts(html::View& view, const Asked& asked, const Content& c, const Shown& shown) {
  const std::string_view language = asked.language;
  auto& edition = view.add("EDITION");
  edition.set("EDITION_HREF", base_of(c, language)).set("EDITION_NAME", event_title(c.event, language));
  if (const auto facts = event_facts(c.event, language); !facts.empty()) edition.add("EDITION_FACTS").set("FACTS_TEXT", facts);
  if (shown.row.day && *shown.row.day != Date{}) view.add("RECORDED").set("RECORDED_TEXT", format_date(*shown.row.day, language, "yMMMMd"));
  if (shown.row.length.count() > 0) {
    auto& length = view.add("VIDEO_LENGTH").set("LENGTH_TEXT", length_text(shown.row.length, language));
    length.show_if(shown.recording.duration_repair != recordings::Repair::none, "REPAIRED");
  }
  if (!shown.talk.level.empty()) view.add("LEVEL").set("LEVEL_TEXT", shown.talk.level);
  if (!shown.row.language.empty()) {
    auto& spoken = view.add("LANGUAGE");
    spoken.add("LANGUAGE_LINK")
        .set("LANGUAGE_NAME", language_words(shown.row.language, language))
        .set("LANGUAGE_HREF", language_href(asked.language, shown.row.language));
  }
  fill_licence(view, shown.recording, shown.talk.license);
  if (shown.tags.empty()) return;
  auto& tags = view.add("TAG_LINKS");
  for (const auto& tag : shown.tags) tags.add("TAG").set("HREF", tag_href(asked.language, tag.slug)).set("NAME", tag.name);
}

Watched watched(const Asked& asked, const Content& c, const Shown& shown) {
  return {.code = shown.talk.code,
          .title = shown.talk.title,
          .language = asked.language,
          .videos = recordings::path_of_files(c.event.slug, shown.talk.code),
          .chapters = recordings::path_of_chapters(c.event.slug, shown.talk.code) + ".vtt",
          .captions = recordings::path_of_captions(c.event.slug, shown.talk.code),
          .address = std::string(asked.base_url()) + archive::path_of(shown.row),
          .event_title = event_title(c.event, asked.language),
          .names = names_of(shown, asked.language),
          .talk_language = shown.row.language,
          .day = shown.row.day,
          .year = shown.row.year,
          .zone = c.zone};
}

/// The event of the address; of one that was programmed, only for a talk that an archive added to it, and for a part of a block.
Result<Content> event_of_talk(const Asked& asked, std::string_view slug, const Shown& shown) {
  auto archived = archived_event(asked, slug);
  if (archived || archived.error().code != ErrorCode::not_found) return archived;
  if ((shown.talk.state != talks::State::archived && !shown.talk.part_of) || shown.event.slug != slug) return archived;
  return content_of(asked.tx, shown.event, std::nullopt, asked.base_url());
}

}  // namespace

Result<Made> archived_talk(const Asked& asked) {
  const auto [slug, below] = event_path(asked.request.path);
  constexpr std::string_view talks = "/talks/";
  if (!below.starts_with(talks)) return fail(ErrorCode::not_found, "There is no such page.");
  TRY_ASSIGN(const Shown shown, archive::require_shown(asked.tx, code_in(std::string_view(below).substr(talks.size()))));
  TRY_ASSIGN(const Content c, event_of_talk(asked, slug, shown));
  const bool has_prefix = !asked.request.path.starts_with("/" + c.event.slug + "/");
  const Asked own{.web = asked.web, .tx = asked.tx, .request = asked.request, .language = has_prefix ? asked.language : c.languages.front()};
  const std::string language = own.language;
  const std::string path = archive::path_of(shown.row).substr(1 + shown.row.event_slug.size());
  const std::string present = shown.event.id == c.event.id ? base_of(c, language) + path : archive::path_of(shown.row);
  if (asked.request.path != present) return Made{.moved_to = present};

  const auto& talk = shown.talk;
  html::View view;
  const std::string title = talk.title.empty() ? std::string(translate("Untitled", language)) : talk.title;
  view.set("TITLE", title).set("KIND", event_title(c.event, language)).set("CLASS", "track-none").set("CODE", talk.code);
  view.set("SIDE_LABEL", translate("About this talk", language));
  if (is_language_tag(shown.row.language) && shown.row.language != language) view.add("OTHER_LANG").set("TALK_LANG", shown.row.language);
  if (!talk.subtitle.empty()) view.add("SUBTITLE").set("SUBTITLE_TEXT", talk.subtitle);
  fill_people(view, own, shown);
  TRY_ASSIGN(const auto markup, archive::markup_of(own.tx, talk.id));
  auto abstract = described(markup, talk.abstract);
  if (talk.description != talk.abstract) abstract += described(markup, talk.description);
  if (!abstract.empty()) view.add("ABSTRACT").set_html("ABSTRACT_HTML", abstract);
  fill_facts(view, own, c, shown);
  fill_links(view, talk);
  view.show_if(talk.state == talks::State::cancelled, "TALK_CANCELLED");
  if (talk.part_of) {
    TRY_ASSIGN(const auto block, talks::find_talk(own.tx, talk.part_of));
    if (block)
      view.add("PART_OF")
          .set("BLOCK_TITLE", block->title)
          .set("BLOCK_HREF", base_of(c, language) + "/talks/" + block->code + "-" + block->slug + "#" + talk.part_anchor);
  }

  Made made;
  const Watched about = watched(own, c, shown);
  fill_watch(view, about, shown.recording, made.hosts);
  fill_share(view, about, shown.recording, "/" + c.event.slug + "/talks/" + talk.code + "/cite.bib");
  view.add("CORRECTION").set("CORRECTION_HREF", own.prefix() + "/archive/corrections/" + talk.code);
  TRY_ASSIGN(const auto neighbours, archive::neighbours_of(own.tx, shown.event.id, talk.id));
  if (neighbours.before || neighbours.after) {
    auto& steps = view.add("STEPS");
    const auto step = [&](std::string_view section, const std::optional<archive::Neighbour>& to) {
      if (!to) return;
      steps.add(section).set("HREF", base_of(c, language) + "/talks/" + to->code + (to->slug.empty() ? "" : "-" + to->slug)).set("NAME", to->title);
    };
    step("EARLIER", neighbours.before);
    step("LATER", neighbours.after);
  }
  TRY_ASSIGN(const auto related, related_talks(own.tx, talk.code));
  if (!related.empty()) {
    auto& list = view.add("RELATED");
    for (const auto& row : related) fill_row(list.add("RELATED_TALK"), own.language, row);
  }

  auto page = event_page(c, language, path, Section::none, title);
  page.trail = {archive_link(own), {base_of(c, language), event_title(c.event, language)}};
  page.description = described_line(markup, talk.abstract.empty() ? talk.description : talk.abstract, description_length);
  if (page.description.empty()) page.description = join({join(about.names, ", "), about.event_title}, " · ");
  if (recordings::may_be_shown(shown.recording) && shown.recording.thumbnail_url.starts_with("https://")) page.image = shown.recording.thumbnail_url;
  tell_open_graph(page, own.base_url(), about, shown.recording);
  page.json_ld = video_json_ld(about, shown.recording, page.description, page.site_title);
  for (auto& script : watch_scripts(shown.recording)) page.scripts.push_back(std::move(script));
  auto drawn = finished(own, std::move(page), "site/talk.html", view);
  made.body = std::move(drawn.body);
  return made;
}

Result<Made> talk_citation(const Asked& asked) {
  TRY_ASSIGN(const Shown shown, archive::require_shown(asked.tx, code_in(asked.request.param("code"))));
  if (shown.event.slug != asked.request.param("event")) return fail(ErrorCode::not_found, "There is no such talk.");
  Watched about{.code = shown.talk.code,
                .title = shown.talk.title,
                .language = "en",
                .videos = {},
                .chapters = {},
                .captions = {},
                .address = std::string(asked.base_url()) + archive::path_of(shown.row),
                .event_title = event_title(shown.event, "en"),
                .names = names_of(shown, "en"),
                .talk_language = shown.row.language,
                .day = shown.row.day,
                .year = shown.row.year};
  return Made{.content_type = "application/x-bibtex; charset=utf-8", .body = bibtex(about, shown.recording), .download_name = shown.talk.code + ".bib"};
}

}  // namespace confer::site
