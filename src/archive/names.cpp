// Joining and parting printed names (names.h).
#include "archive/names.h"
#include "archive/list_store.h"
#include "archive/store.h"

namespace confer::archive {
namespace {

/// The name that has the page: itself, or where it leads. Errors: not_found.
Result<Speaker> page_of(db::Tx& tx, SpeakerId id) {
  TRY_ASSIGN(auto name, find_speaker(tx, id));
  if (name && name->merged_into) {
    TRY_ASSIGN(name, find_speaker(tx, name->merged_into));
  }
  if (!name || name->name.empty()) return fail(ErrorCode::not_found, "This name is not there any more.");
  return std::move(*name);
}

}  // namespace

Result<std::vector<NameCount>> list_names(db::Tx& tx) { return store::list_names(tx); }

Result<std::vector<NamedTalk>> talks_of_names(db::Tx& tx, const std::vector<SpeakerId>& pages) {
  if (pages.empty()) return std::vector<NamedTalk>{};
  return store::talks_of_names(tx, pages);
}

Result<Joined> join_names(db::Tx& tx, SpeakerId stays, SpeakerId goes) {
  TRY_ASSIGN(Speaker page, page_of(tx, stays));
  TRY_ASSIGN(Speaker other, page_of(tx, goes));
  if (page.id == other.id) return fail(ErrorCode::conflict, "“" + page.name + "” and the other name are one already.");
  if (page.person && other.person && page.person != other.person)
    return fail(ErrorCode::conflict, "“" + page.name + "” and “" + other.name + "” were claimed by two people. Take one of the claims back first.");
  // Whoever has claimed a name goes on having the page.
  if (other.person && !page.person) std::swap(page, other);
  Joined joined{.page = page.id, .moved = {other.id}};
  TRY_ASSIGN(const auto with_it, store::joined_names(tx, other.id));
  joined.moved.insert(joined.moved.end(), with_it.begin(), with_it.end());
  for (const SpeakerId name : joined.moved) TRY(store::set_merged_into(tx, name, page.id));
  return joined;
}

Result<void> part_names(db::Tx& tx, const Joined& joined) {
  ASSERT(!joined.moved.empty());
  const SpeakerId first = joined.moved.front();
  const auto leads_there = [&](SpeakerId name) -> Result<bool> {
    TRY_ASSIGN(const auto found, find_speaker(tx, name));
    return found && !found->name.empty() && found->merged_into == joined.page;
  };
  TRY_ASSIGN(const bool is_joined, leads_there(first));
  if (!is_joined) return fail(ErrorCode::conflict, "The name was joined with another one since, or is gone. Take that back first.");
  TRY(store::set_merged_into(tx, first, {}));
  for (const SpeakerId name : std::span(joined.moved).subspan(1)) {
    TRY_ASSIGN(const bool is_with_it, leads_there(name));
    if (is_with_it) TRY(store::set_merged_into(tx, name, first));
  }
  return {};
}

Result<void> set_claimant(db::Tx& tx, SpeakerId page, PersonId person) {
  TRY_ASSIGN(const auto speaker, find_speaker(tx, page));
  if (!speaker || speaker->name.empty()) return fail(ErrorCode::not_found, "This name is not there any more.");
  return store::set_claimant(tx, page, person);
}

Result<std::vector<EventId>> events_of_name(db::Tx& tx, SpeakerId name) { return store::events_of_name(tx, name); }

}  // namespace confer::archive
