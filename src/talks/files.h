// Files of a talk that were uploaded here: slides, papers, code. Their bytes lie in files/, under their hash.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "base/time.h"
#include "db/database.h"
#include "events/events.h"
#include "files/files.h"
#include "ids/ids.h"
#include "people/rights.h"

namespace confer::talks {

constexpr std::size_t most_files = 20;  ///< of one talk

struct StoredFile {
  TalkFileId id;
  TalkId talk;
  std::string code;  ///< in its address, for ever
  std::string title, name, content_type;
  std::uint64_t size_bytes = 0;
  files::Hash hash;  ///< empty when erased
  PersonId uploaded_by;
  Instant created_at{};
  std::optional<Instant> removed_at, erased_at;
  bool operator==(const StoredFile&) const = default;
};

/// "/files/QX7T9M/slides.pdf": where its bytes are, whatever becomes of the event's address.
std::string address_of(const StoredFile& file);
/// The code in such an address, which may stand behind "https://…"; nothing when it is none.
std::optional<std::string> file_code_of(std::string_view address);
/// A whole number of kB, MB (10^6 bytes) or, from 10 on, GB, as people write it: "340 kB", "3 MB", "20 GB".
std::string size_in_words(std::uint64_t bytes);

/// All of a talk, in order; removed ones last, erased ones not.
Result<std::vector<StoredFile>> list_files(db::Tx& tx, TalkId talk);
/// Erased ones too. Its talk may be removed.
Result<std::optional<StoredFile>> find_file(db::Tx& tx, std::string_view code);
/// The event of a file's talk, also of a removed one.
Result<std::optional<EventId>> event_of_file(db::Tx& tx, const StoredFile& file);

/// A file whose bytes are stored and that is what its name says.
struct NewFile {
  std::string title, name;
  files::Hash hash;
  std::uint64_t size_bytes = 0;
};
/// Errors: conflict – the talk has `most_files` already.
Result<void> require_place_for_file(db::Tx& tx, TalkId talk);
/// Adds it as the last of the talk. The talk's version stays: who has its form open goes on undisturbed.
/// Errors: forbidden; not_found – no such talk; conflict – as `require_place_for_file`; invalid – the title. The very bytes that the talk
/// has already: that file.
Result<StoredFile> add_file(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId talk, NewFile file);

struct FilePlace {
  std::string code, title;
};
/// Titles and order as they are given; files that are not named follow as they were.
Result<void> arrange_files(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId talk, const std::vector<FilePlace>& order);
/// Off the draft; its bytes stay, for releases that name it and for bringing it back.
Result<void> remove_file(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view code);
Result<StoredFile> restore_file(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view code);
/// The row forgets what it was. The caller makes releases forget it, commits, and then calls `forget_bytes` with what is returned.
Result<files::Hash> erase_file(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view code);
/// The files of the talk become those that a release had, in its order; erased ones stay away. For going back to a release.
Result<void> reset_files(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId talk, const std::vector<FilePlace>& wanted);

/// Removes stored bytes that no file names any more.
Result<void> forget_bytes(db::Database& db, files::Store& files, const std::vector<files::Hash>& hashes);
/// The hashes that files name, each once: what must be stored.
Result<std::vector<std::string>> named_hashes(db::Tx& tx);

}  // namespace confer::talks
