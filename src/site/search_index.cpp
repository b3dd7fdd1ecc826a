// What visitors can find of an event, kept in the index of search/.
#include <algorithm>
#include <set>
#include <utility>
#include "archive/archive.h"
#include "base/text.h"
#include "search/search.h"
#include "site/archive_pages.h"
#include "site/content.h"
#include "site/site.h"

namespace confer::site {
namespace {

search::Document document_of(const Content& c, const programme::Talk& talk) {
  std::vector<std::string> names;
  for (const auto& credit : talk.credits) names.push_back(credit.name);
  std::string body = talk.abstract + "\n" + talk.description;
  if (const auto slots = c.slots_of_talk.find(talk.code); slots != c.slots_of_talk.end())
    for (const auto* shown : slots->second)
      for (const auto& part : shown->slot->parts) {
        body += "\n" + part.title;
        names.insert(names.end(), part.speakers.begin(), part.speakers.end());
      }
  return {.kind = std::string(talk_document),
          .key = talk.code,
          .event = c.event.id.value,
          .title = talk.subtitle.empty() ? talk.title : talk.title + " " + talk.subtitle,
          .names = join(names, " "),
          .tags = join(talk.tags, " "),
          .body = std::move(body),
          .language = talk.language.empty() ? c.languages.front() : talk.language};
}

}  // namespace

Result<void> index_event(db::Tx& tx, EventId id) {
  TRY_ASSIGN(const auto event, events::require_event(tx, id));
  TRY_ASSIGN(const bool on_demand, is_on_demand(tx, event));
  if (on_demand) return archive::index_event(tx, id);
  TRY_ASSIGN(const Content c, load_content(tx, id, ""));
  TRY(search::remove_event(tx, id.value));
  const auto has_parts = [&](const programme::Talk& talk) {
    const auto slots = c.slots_of_talk.find(talk.code);
    return slots != c.slots_of_talk.end() && std::ranges::any_of(slots->second, [](const ShownSlot* s) { return !s->slot->parts.empty(); });
  };
  for (const auto* talk : c.talks)
    if (!has_parts(*talk)) TRY(search::put(tx, document_of(c, *talk)));
  // In the archive a talk is found by more than words: its documents take the place of these. But for a block with parts, whose words are the parts'.
  TRY(archive::index_event(tx, id));
  for (const auto* talk : c.talks)
    if (has_parts(*talk)) TRY(search::put(tx, document_of(c, *talk)));
  return {};
}

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(const auto keys, search::keys(tx, talk_document));
  std::int64_t id = 0;
  std::string name;
  bool can_tell = true;
  std::set<std::string> shown;
  for (const auto& [event, code] : keys) {
    if (std::exchange(id, event) != event) {
      shown.clear();
      can_tell = true;
      TRY_ASSIGN(const auto known, events::find_event(tx, EventId{event}));
      name = known ? known->slug : "";
      if (known) {
        const auto c = load_content(tx, known->id, "");
        if (!c) {
          problems.push_back("site: the pages of " + name + " cannot be made: " + c.error().message);
          can_tell = false;
          continue;
        }
        for (const auto* talk : c->talks) shown.insert(talk->code);
        // What an archive added to a programmed event has its page on demand.
        TRY_ASSIGN(const auto all, talks::list_talks(tx, known->id));
        for (const auto& talk : all)
          if (talk.state == talks::State::archived) shown.insert(talk.code);
        for (const auto& [key, part] : c->parts) shown.insert(part.code);
      }
    }
    if (!can_tell) continue;
    if (name.empty())
      problems.push_back("site: search finds " + code + " of event " + std::to_string(event) + ", which is not there");
    else if (!shown.contains(code))
      problems.push_back("site: search finds " + code + " of " + name + ", which its pages do not show");
  }
  return problems;
}

}  // namespace confer::site
