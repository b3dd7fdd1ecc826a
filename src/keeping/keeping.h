// What waits for the archive's keeper: names that may be one person's, corrections, claims, removals; and how it is decided and taken back.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"
#include "db/database.h"
#include "ids/ids.h"
#include "people/people.h"
#include "people/rights.h"

namespace confer::keeping {

/// `many`: talks that the keeper changed at once (many.h); it never waits. Its note is the search, its answer what was done.
enum class Kind : unsigned char { names = 0, correction = 1, claim = 2, removal = 3, many = 4 };
/// Those that wait.
inline constexpr std::array all_kinds{Kind::names, Kind::correction, Kind::claim, Kind::removal};
std::string_view name_of(Kind kind);   ///< "names": in addresses and facts
std::string_view words_of(Kind kind);  ///< "Names"
enum class State : unsigned char { open = 0, accepted = 1, declined = 2 };

/// One field of a talk that somebody would have otherwise.
struct FieldChange {
  std::string field;     ///< see corrections.h
  std::string was, now;  ///< what stood there when it was written, and what should
};

/// What a removal asks for, in Case::reason.
enum class Removal : unsigned char { name = 0, talks = 1 };

struct Case {
  KeeperCaseId id;
  Kind kind = Kind::names;
  State state = State::open;
  TalkId talk;                       ///< a correction's
  SpeakerId speaker, other;          ///< names: the one that would keep its page, and the one that would lead there; a claim's and a removal's in `speaker`
  int reason = 0;                    ///< names: Likeness; removal: Removal
  PersonId asked_by;                 ///< whoever was signed in
  std::string email, language;       ///< for the answer; empty: none is wanted
  std::string note;                  ///< what was written to the keeper
  std::vector<FieldChange> changes;  ///< a correction's
  Instant asked_at{};
  std::optional<Instant> decided_at;
  PersonId decided_by;
  std::optional<Instant> taken_back_at;  ///< the last time; it waits again since, or was decided anew
  PersonId taken_back_by;
  std::string answer;
  std::int64_t mail = 0;  ///< the outbox's mail with the answer
  std::string undo;       ///< JSON: what taking it back needs; empty: it cannot be (any more)
  // ---- read along
  std::string talk_code, talk_title, talk_path, speaker_name, speaker_slug, other_name, other_slug, asker, decider, taken_back_name;
  bool by_speaker = false;  ///< a correction: whoever wrote it has claimed one of the talk's names
};

struct CaseFilter {
  State state = State::open;
  std::optional<Kind> kind = {};
  KeeperCaseId one = {};
  int limit = 30, offset = 0;
};
/// Open ones: those that have waited longest first; decided ones, and those that were taken back and wait again: the last first. Pairs of names that have
/// become one meanwhile are left out of the open ones.
Result<std::vector<Case>> list_cases(db::Tx& tx, const CaseFilter& filter);
struct Waiting {
  std::int64_t count = 0;
  std::optional<Instant> oldest;
};
Result<std::map<Kind, Waiting>> count_waiting(db::Tx& tx);

/// Proposes names that may be one person's (likeness.h), each pair once for ever. The number of new ones.
Result<int> look_for_names(db::Tx& tx);

// ---- what visitors send. All are open to anybody who may see the archive; who is signed in is remembered with it.

struct Asked {
  std::string email;  ///< for an answer; may be empty
  std::string note, language = "en";
};
/// Only fields that differ are kept. Errors: invalid with problems – nothing differs and nothing is written, or a field cannot be so; not_found; unavailable –
/// too much waits already (`most_for_a_talk`, `most_waiting`).
Result<KeeperCaseId> suggest(db::Tx& tx, const Actor& actor, std::string_view talk_code, const std::map<std::string, std::string>& fields, const Asked& asked);
inline constexpr std::int64_t most_for_a_talk = 10, most_waiting = 2000;
/// "This is me". Errors: by right (signed_in); conflict – it waits already, or somebody has claimed the name.
Result<KeeperCaseId> claim(db::Tx& tx, const Actor& actor, std::string_view speaker_slug, const Asked& asked);
/// Errors: invalid – no way to answer was given; unavailable.
Result<KeeperCaseId> ask_removal(db::Tx& tx, const Actor& actor, std::string_view speaker_slug, Removal what, const Asked& asked);

// ---- what the keeper does, for the right `archive`

struct Decision {
  KeeperCaseId id;
  bool accept = false;
  /// Of a correction: the fields to apply. Of a removal: "name" and the codes of the talks that go. Nothing given: all that was asked for.
  std::optional<std::set<std::string>> parts = {};
  std::string answer;  ///< mailed where an address was given
};
/// All of them or none, in one transaction; lists and search are true when it ends. Errors: by right; conflict – one was decided meanwhile (which is told), or
/// cannot be done as things stand.
Result<void> decide(db::Database& db, const Actor& actor, const people::SignIn& surroundings, std::span<const Decision> decisions);
/// Open again (a change of many: closed), and what was done is as before; what was changed since is left alone and named in the answer.
/// Errors: by right; conflict – it cannot be taken back: a name that was erased, or what was forgotten after `kept_for`.
Result<std::vector<std::string>> take_back(db::Database& db, const Actor& actor, KeeperCaseId id);

// ---- what people wrote is not kept

/// After the answer: addresses, notes, texts and the mail go. Who decided what, when, stays.
inline constexpr std::chrono::days kept_for{30};
Result<int> forget_answered(db::Tx& tx);
Result<std::string> export_person(db::Tx& tx, PersonId person);
/// What the person asked for goes, and what is kept for taking back of talks and names that are theirs. Before archive::erase_person.
Result<void> erase_person(db::Tx& tx, PersonId person);
Result<std::vector<std::string>> check(db::Tx& tx);

}  // namespace confer::keeping
