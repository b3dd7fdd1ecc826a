// Choosing a programme and what of it may be read (reading.h).
#include "api/reading.h"
#include <algorithm>
#include <utility>

namespace confer::api {
namespace {

void add_speakers(Reading& r) {
  for (const auto* talk : r.talks)
    for (const auto& credit : talk->credits) {
      if (credit.name.empty()) continue;
      const std::string code = site::speaker_key(credit);
      if (code.empty()) continue;
      auto& speaker = r.speakers[code];
      if (speaker.name.empty()) speaker = {.code = code, .guid = credit.person_guid, .name = credit.name, .biography = {}, .avatar_url = {}, .talks = {}};
      if (speaker.biography.empty()) speaker.biography = credit.biography;
      if (speaker.avatar_url.empty()) speaker.avatar_url = credit.avatar_url;
      if (speaker.talks.empty() || speaker.talks.back() != talk->code) speaker.talks.push_back(talk->code);
    }
}

void finish(Reading& r) {
  std::ranges::sort(r.talks, {}, &programme::Talk::code);
  for (const auto* slot : r.slots)
    if (!slot->talk.empty()) r.slots_of_talk[slot->talk].push_back(slot);
  add_speakers(r);
}

/// What the public pages show of the event's own programme; merged summits are events of their own here.
Reading public_part(site::Content content) {
  Reading r{.content = std::move(content), .draft = false, .rooms = {}, .talks = {}, .slots = {}, .speakers = {}, .slots_of_talk = {}};
  const auto& own = *r.content.sources.front();
  for (const auto* room : r.content.rooms)
    if (own.programme.room(room->code) == room) r.rooms.push_back(room);
  r.talks = r.content.talks;
  for (const auto& shown : r.content.slots)
    if (shown.from == &own) r.slots.push_back(shown.slot);
  finish(r);
  return r;
}

Result<Reading> read_draft(db::Tx& tx, const Web& web, const events::Event& event) {
  TRY_ASSIGN(auto programme, programme::load_draft(tx, event, web.sign_in.base_url));
  TRY_ASSIGN(auto content, site::content_of(tx, event, std::move(programme), web.sign_in.base_url));
  Reading r{.content = std::move(content), .draft = true, .rooms = {}, .talks = {}, .slots = {}, .speakers = {}, .slots_of_talk = {}};
  for (const auto& room : r.programme().rooms) r.rooms.push_back(&room);
  for (const auto& talk : r.programme().talks) r.talks.push_back(&talk);
  for (const auto& slot : r.programme().slots) r.slots.push_back(&slot);
  finish(r);
  return r;
}

}  // namespace

const programme::Talk* Reading::talk(std::string_view code) const {
  const auto found = std::ranges::lower_bound(talks, code, {}, [](const programme::Talk* t) { return std::string_view(t->code); });
  return found != talks.end() && (*found)->code == code ? *found : nullptr;
}

const programme::Room* Reading::room(std::string_view code) const {
  const auto found = std::ranges::find(rooms, code, [](const programme::Room* room) { return std::string_view(room->code); });
  return found == rooms.end() ? nullptr : *found;
}

Result<Reading> read_programme(db::Tx& tx, const Web& web, const http::Request& request, const Asked& asked) {
  TRY_ASSIGN(auto event, require_event(tx, request));
  if (asked.draft) {
    const Scope scope = events::scope_of(event);
    if (!may_somewhere(actor_of(request), Right::programme, scope)) TRY(require(actor_of(request), Right::programme, scope));
    return read_draft(tx, web, event);
  }
  if (asked.release.empty()) {
    TRY_ASSIGN(auto content, site::load_content(tx, event.id, web.sign_in.base_url));
    return public_part(std::move(content));
  }
  TRY_ASSIGN(auto released, programme::released_programme(tx, event, asked.release));
  if (!released) return fail(ErrorCode::not_found, "There is no such release.");
  return read_released(tx, web, std::move(event), std::move(*released));
}

Result<Reading> read_released(db::Tx& tx, const Web& web, events::Event event, programme::Programme programme) {
  TRY_ASSIGN(auto content, site::content_of(tx, std::move(event), std::move(programme), web.sign_in.base_url));
  return public_part(std::move(content));
}

}  // namespace confer::api
