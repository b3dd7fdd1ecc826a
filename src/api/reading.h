// The programme that a request reads: the current release, an older one, or the draft.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>
#include "api/asked.h"
#include "programme/programme.h"
#include "site/content.h"

namespace confer::api {

/// Somebody as the programme credits them.
struct Speaker {
  std::string code, guid, name, biography, avatar_url;
  std::vector<std::string> talks;  ///< codes
};

/// Of a release what is public, decided by site/content.h alone; of the draft everything. Members point into `content`: moved, never copied.
struct Reading {
  site::Content content;
  bool draft = false;
  std::vector<const programme::Room*> rooms;             ///< by position
  std::vector<const programme::Talk*> talks;             ///< by code
  std::vector<const programme::Slot*> slots;             ///< by start
  std::map<std::string, Speaker, std::less<>> speakers;  ///< by code
  std::unordered_map<std::string_view, std::vector<const programme::Slot*>> slots_of_talk;

  const events::Event& event() const { return content.event; }
  const programme::Programme& programme() const { return content.programme(); }
  const Zone& zone() const { return content.zone; }
  /// Null when it is not in what may be read.
  const programme::Talk* talk(std::string_view code) const;
  const programme::Room* room(std::string_view code) const;
};

/// Errors: not_found – no such release; unauthenticated, forbidden – the draft, without the right `programme`.
Result<Reading> read_programme(db::Tx& tx, const Web& web, const http::Request& request, const Asked& asked);
/// One programme that is given, with what of it is public.
Result<Reading> read_released(db::Tx& tx, const Web& web, events::Event event, programme::Programme programme);

}  // namespace confer::api
