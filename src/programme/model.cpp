// The programme's look-ups and its one order.
#include "programme/model.h"
#include <algorithm>
#include <array>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace confer::programme {
namespace {

template <class T>
const T* by_code(const std::vector<T>& list, std::string_view code) {
  if (code.empty()) return nullptr;
  const auto found = std::ranges::find(list, code, &T::code);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

const Room* Programme::room(std::string_view code) const { return by_code(rooms, code); }
const Track* Programme::track(std::string_view code) const { return by_code(tracks, code); }
const SessionType* Programme::type(std::string_view code) const { return by_code(types, code); }
const Talk* Programme::talk(std::string_view code) const {
  // `put_in_order` sorts talks by code: asked for each slot of a thousand, halving finds what walking would take most of a rendering for.
  const auto found = std::ranges::lower_bound(talks, code, {}, &Talk::code);
  if (found != talks.end() && found->code == code && !code.empty()) return &*found;
  return by_code(talks, code);  // not in order yet
}

std::string_view name_of(LinkKind kind) {
  static constexpr std::array<std::string_view, 8> names{"related", "slides", "paper", "web", "blog", "article", "media", "activitypub"};
  return names.at(static_cast<std::size_t>(kind));
}

bool is_public(const Programme& programme, const Slot& slot) {
  if (slot.kind == SlotKind::blocker) return false;
  if (const Room* room = programme.room(slot.room); room ? room->hidden : !slot.room.empty()) return false;
  if (slot.kind != SlotKind::talk) return true;
  const Talk* talk = programme.talk(slot.talk);
  return talk != nullptr && talk->state != TalkState::draft && talk->state != TalkState::submitted;
}

bool is_cancelled(const Programme& programme, const Slot& slot) {
  if (slot.state == SlotState::cancelled) return true;
  const Talk* talk = programme.talk(slot.talk);
  return talk != nullptr && talk->state == TalkState::cancelled;
}

const std::string& title_of(const Programme& programme, const Slot& slot, std::string_view language) {
  const Talk* talk = programme.talk(slot.talk);
  return talk != nullptr ? talk->title : slot.title.in(language);
}

void put_in_order(Programme& programme) {
  const auto by_position = [](const auto& a, const auto& b) { return std::tie(a.position, a.code) < std::tie(b.position, b.code); };
  std::ranges::sort(programme.rooms, by_position);
  std::ranges::sort(programme.tracks, by_position);
  std::ranges::sort(programme.types, by_position);
  std::ranges::sort(programme.talks, {}, &Talk::code);
  // A slot in all rooms stands before those in one room.
  std::unordered_map<std::string_view, int> place;
  for (std::size_t i = 0; i < programme.rooms.size(); ++i) place.emplace(programme.rooms[i].code, static_cast<int>(i) + 1);
  const auto place_of = [&](const Slot& slot) {
    const auto found = place.find(slot.room);
    return found == place.end() ? 0 : found->second;
  };
  std::ranges::sort(programme.slots, [&](const Slot& a, const Slot& b) {
    return std::tuple(a.start, place_of(a), a.number, std::string_view(a.guid)) < std::tuple(b.start, place_of(b), b.number, std::string_view(b.guid));
  });
}

}  // namespace confer::programme
