// Many archived talks changed at once: chosen by a search, looked at first, and taken back as one.
#pragma once
#include "keeping/keeping.h"

namespace confer::keeping {

enum class Deed : unsigned char { language = 0, add_tag = 1, remove_tag = 2, licence = 3, withhold = 4, show = 5, series = 6 };
inline constexpr std::array all_deeds{Deed::language, Deed::add_tag, Deed::remove_tag, Deed::licence, Deed::withhold, Deed::show, Deed::series};
std::string_view name_of(Deed deed);   ///< "add_tag": in addresses
std::string_view words_of(Deed deed);  ///< "add a topic"
std::optional<Deed> deed_named(std::string_view name);

/// One transaction holds up every other writer for as long as it takes.
inline constexpr std::size_t most_at_once = 1000, most_events_at_once = 50;

struct ManyAsked {
  std::string query;                        ///< as in the archive's search: "event:pycon-us-2012 -lang:en"
  std::optional<Deed> deed = std::nullopt;  ///< nothing: not chosen yet, or not one of ours
  std::string value;                        ///< "de", a topic, a licence, the address of a series; not for withhold and show
  std::size_t most = most_at_once;          ///< talks; when more are found, nothing is done
};
struct ManySeen {
  struct One {
    std::string key;       ///< a talk's code; of the deed `series` an event's slug
    std::string was, now;  ///< in words
  };
  std::int64_t found = 0;          ///< talks that the search finds
  std::int64_t of_programmes = 0;  ///< of them, left out: their organisers keep them
  std::vector<One> changing;       ///< those that would be otherwise
  std::string fingerprint;         ///< of exactly these, as they stand now
};
/// What would change; nothing does. Errors: by right; invalid – no search or deed, too much is found, or the value cannot be so.
Result<ManySeen> look_at_many(db::Tx& tx, const Actor& actor, const ManyAsked& asked);
/// Changes what `look_at_many` told, in one transaction, when it would still tell the same. The number of talks (or events).
/// Errors: as above; conflict – other talks are found by now, or one of them was changed.
Result<std::int64_t> change_many(db::Database& db, const Actor& actor, const ManyAsked& asked, std::string_view fingerprint);

/// For `take_back`: lists and search are true when it ends. What was changed since is left alone, and named in the answer.
Result<std::vector<std::string>> undo_many(db::Tx& tx, const Actor& actor, const Case& c);

}  // namespace confer::keeping
