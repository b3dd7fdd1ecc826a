// Talks: a talk is itself from submission to archive. Credits keep the name as printed; a Person is optional.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"
#include "db/database.h"
#include "events/events.h"
#include "ids/ids.h"
#include "people/rights.h"
#include "talks/consent.h"
#include "talks/files.h"

namespace confer::talks {

enum class State : unsigned char { draft = 0, submitted = 1, accepted = 2, confirmed = 3, cancelled = 4, archived = 5 };
std::string_view name_of(State s);
enum class CreditRole : unsigned char { speaker = 0, moderator = 1, panelist = 2, author = 3, host = 4 };
std::string_view name_of(CreditRole r);

struct Credit {
  PersonId person;          ///< 0: only a name
  std::string person_code;  ///< filled when read
  std::string name;
  CreditRole role = CreditRole::speaker;
  std::string guid, biography, avatar_url;  ///< of an import; the person's own win when there is one
  std::map<std::string, std::string> extra;
  bool operator==(const Credit&) const = default;
};
/// What a link leads to, by the numbers of programme::LinkKind: "slides". Numbers from 0 to `link_kinds` - 1.
constexpr int link_kinds = 8;
std::string_view link_kind_in_words(int kind);
struct Link {
  std::string url, title;
  int kind = 0;  ///< see `link_kind_in_words`
  bool operator==(const Link&) const = default;
};
struct Talk {
  TalkId id;
  EventId event;
  std::string code, guid, slug;
  std::string title, subtitle, abstract, description;
  TalkId part_of;           ///< the block that it is a part of; 0: it is a talk of the programme. The programme knows a part by its slot alone
  std::string part_anchor;  ///< of programme::Part
  TrackId track;
  SessionTypeId type;
  std::string language, level;
  std::vector<std::string> tags;
  bool do_not_record = false, do_not_stream = false;
  bool review_first = false;  ///< consent.h reads and sets the three together
  std::string license, logo_url, feedback_url, origin_url;
  std::vector<Link> links, attachments;  ///< attachments: files that lie elsewhere
  std::vector<StoredFile> files;         ///< those that were uploaded here, in order; files.h changes them, `save_talk` does not
  std::map<std::string, std::string> extra;
  State state = State::confirmed;
  std::vector<Credit> credits;
  Instant created_at{}, updated_at{};
  std::int64_t version = 1;
};

/// All of an event with their credits and files, by title, without parts of blocks. Three statements, however many talks.
Result<std::vector<Talk>> list_talks(db::Tx& tx, EventId event);
/// The talks of parts of an event's blocks, with their credits: two statements.
enum class Parts : unsigned char { present, with_removed };
Result<std::vector<Talk>> list_parts(db::Tx& tx, EventId event, Parts which = Parts::present);
/// Of one block, without credits.
Result<std::vector<Talk>> parts_of(db::Tx& tx, TalkId block);
/// What may be done with the whole of a recording: of a part the stricter of its own and its block's, of a block the strictest of its own and its parts'.
Result<Consent> whole_consent_of(db::Tx& tx, const Talk& talk);
Result<std::optional<Talk>> find_talk(db::Tx& tx, std::string_view code);
Result<Talk> require_talk(db::Tx& tx, EventId event, std::string_view code);
/// Also one that was removed; without files.
Result<std::optional<Talk>> find_talk(db::Tx& tx, TalkId id);
/// The talks that a person is credited for, newest event first; parts of blocks, too.
Result<std::vector<Talk>> talks_of(db::Tx& tx, PersonId person);

/// `id` 0 adds (code, guid and slug are made when empty), else changes the row of that `version`. Credits are replaced.
/// Errors: as events' writers; a track-limited actor may only touch talks of its tracks.
Result<Talk> save_talk(db::Tx& tx, const Actor& actor, const events::Event& event, Talk talk);
Result<void> set_state(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id, State state);
Result<void> remove_talk(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id);
Result<void> restore_talk(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id);

/// Errors: not_found – no such talk in this event; forbidden – a track-limited actor needs the track it has.
Result<void> require_change_of_talk(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId id);
Result<std::string> code_of_talk(db::Tx& tx, TalkId id);
/// False of a talk of another event, too; removed ones count.
Result<bool> is_talk_of(db::Tx& tx, EventId event, TalkId id);

/// A talk of this code that was removed here, for `restore_talk`.
Result<std::optional<TalkId>> find_removed(db::Tx& tx, EventId event, std::string_view code);
/// The GUIDs of talks that were removed here: an import must not bring them back.
Result<std::vector<std::string>> removed_guids(db::Tx& tx, EventId event);

/// Codes of six characters that no talk has.
Result<std::string> free_code(db::Tx& tx);
/// One for each GUID, made of it, so that the same talk has the same code in every installation where that is free. One statement mostly, however many.
Result<std::vector<std::string>> codes_for(db::Tx& tx, const std::vector<std::string>& guids);

/// As `save_talk`, for imports that asked for the right once and tell one fact for many talks: a new one needs its code. Errors: invalid; conflict.
Result<Talk> put_talk(db::Tx& tx, const events::Event& event, Talk talk);
/// As `remove_talk` and `restore_talk`, likewise; false when there was nothing to do.
Result<bool> put_away(db::Tx& tx, EventId event, TalkId id);
Result<bool> bring_back(db::Tx& tx, EventId event, TalkId id);

Result<std::string> export_person(db::Tx& tx, PersonId id);
/// The files that the person uploaded, and those of talks that credit them.
Result<std::string> export_files(db::Tx& tx, PersonId id);
/// Before an erasure: names that were only typed into a talk, and are printed as this person's are, become the person's, in all editions of the series in
/// which they are credited.
Result<void> adopt_namesakes(db::Tx& tx, PersonId id);
/// The printed name in credits becomes empty ("a speaker"), biography and picture go; the talk stays. Files of talks that nobody else gave are erased.
/// Before this, releases are made to forget those files (`files_of_person_alone`); after the commit, `forget_bytes` gets the hashes that are returned.
Result<std::vector<files::Hash>> erase_person(db::Tx& tx, PersonId id);
/// The files that go with the person.
Result<std::vector<StoredFile>> files_of_person_alone(db::Tx& tx, PersonId id);
Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::talks
