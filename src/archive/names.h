// Printed names and the people behind them: joined and parted by a keeper, claimed by a person.
#pragma once
#include <span>
#include "archive/archive.h"

namespace confer::archive {

struct NameCount {
  SpeakerId id;
  std::string name;
  std::int64_t talks = 0;
};
/// Every name with a page of its own, with its talks (those of names that were joined with it count too).
Result<std::vector<NameCount>> list_names(db::Tx& tx);

/// A talk under one of these names, for comparing them side by side.
struct NamedTalk {
  SpeakerId speaker;  ///< the page's
  std::string printed, code, path, title, event_title;
  int year = 0;
};
/// Newest first. One statement.
Result<std::vector<NamedTalk>> talks_of_names(db::Tx& tx, const std::vector<SpeakerId>& pages);

struct Joined {
  SpeakerId page;                ///< the name that keeps its page
  std::vector<SpeakerId> moved;  ///< those that lead there now: first the one that had a page, then those that had been joined with it
};
/// Both names' talks stand on one page from now on; the other address leads there. `stays` keeps the page, unless only the other is claimed by somebody.
/// Names that are joined already stand for their page. The events of the moved names' talks are to be indexed again (`events_of_name`).
/// Errors: not_found – a name is gone; conflict – they are one already, or two people have claimed them.
Result<Joined> join_names(db::Tx& tx, SpeakerId stays, SpeakerId goes);
/// Takes a joining back: the first of `moved` has its page again, with the others. What was joined otherwise since stays.
/// Errors: conflict – the name leads elsewhere by now.
Result<void> part_names(db::Tx& tx, const Joined& joined);
/// Person 0: nobody has claimed it. Errors: not_found.
Result<void> set_claimant(db::Tx& tx, SpeakerId page, PersonId person);
/// The events where the name, or one that was joined with it, is printed.
Result<std::vector<EventId>> events_of_name(db::Tx& tx, SpeakerId name);

/// The name, and all that were joined with it, go from every talk, from what is kept of the sources and from search; imports do not bring them back. For ever.
/// The talks stay ("a speaker"). The events to be indexed again. Talks of a programme that was released here need more: its releases name people too.
Result<std::vector<EventId>> erase_name(db::Tx& tx, SpeakerId page);

}  // namespace confer::archive
