// Puts together again what an export had to cut.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include "base/random.h"
#include "programme/formats/import.h"

namespace confer::programme {

void join_pieces(Programme& p, const Zone& zone) {
  std::map<std::string, std::size_t> by_guid;
  for (std::size_t i = 0; i < p.slots.size(); ++i) by_guid.emplace(p.slots[i].guid, i);
  std::set<std::string> joined, left;
  for (Slot& slot : p.slots) {
    if (joined.contains(slot.guid)) continue;
    for (int n = 2;; ++n) {
      const auto found = by_guid.find(name_uuid(slot.guid, "piece " + std::to_string(n)));
      if (found == by_guid.end()) break;
      const Slot& piece = p.slots[found->second];
      const Instant end = zone.to_instant_lenient(slot.start) + slot.length, next = zone.to_instant_lenient(piece.start);
      if (piece.room != slot.room || next != end) break;
      slot.length += piece.length;
      joined.insert(piece.guid);
      if (piece.talk != slot.talk) left.insert(piece.talk);  // where nothing but its GUID tells whose it is
    }
  }
  std::erase_if(p.slots, [&](const Slot& slot) { return joined.contains(slot.guid); });
  std::erase_if(p.talks, [&](const Talk& talk) { return left.contains(talk.code) && std::ranges::find(p.slots, talk.code, &Slot::talk) == p.slots.end(); });
}

}  // namespace confer::programme
