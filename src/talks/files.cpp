// Adding, arranging, removing and erasing the files of a talk: right, rows, fact (files.h).
#include "talks/files.h"
#include <algorithm>
#include "base/json_writer.h"
#include "base/log.h"
#include "base/random.h"
#include "base/text.h"
#include "people/who.h"
#include "talks/file_store.h"
#include "talks/file_types.h"
#include "talks/talks.h"

namespace confer::talks {
namespace {

constexpr std::string_view folder = "/files/";
constexpr std::size_t longest_title = 300;

std::unexpected<Error> no_such_file() { return fail(ErrorCode::not_found, "There is no such file."); }

/// The file with its talk, when the actor may change that talk. Errors: not_found; forbidden; gone – it was erased.
Result<StoredFile> require_change(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view code) {
  TRY_ASSIGN(auto found, file_store::find(tx, code));
  if (!found) return no_such_file();
  TRY(require_change_of_talk(tx, actor, event, found->talk));
  TRY(file_store::touch_talk(tx, found->talk));
  if (found->erased_at) return fail(ErrorCode::gone, "This file was erased for good.");
  return std::move(*found);
}

Result<void> note(db::Tx& tx, const Actor& actor, std::string_view fact, const events::Event& event, TalkId talk, std::string_view code) {
  TRY_ASSIGN(const std::string talk_code, code_of_talk(tx, talk));
  JsonWriter data;
  data.begin_object();
  if (!code.empty()) data.field("file", code);
  return journal::record(tx, who(actor), fact, event.series.value, event.id.value, "talk:" + talk_code, data.end_object().take());
}

Result<std::string> checked_title(std::string_view typed, std::string_view name) {
  std::string title = tidy_line(typed);
  if (title.empty()) title = title_of_file_name(name);
  if (auto ok = check_text(title, "title", longest_title); !ok)
    return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, ok.error().problems});
  return title;
}

}  // namespace

std::string address_of(const StoredFile& file) { return std::string(folder) + file.code + "/" + percent_encoded(file.name); }

std::optional<std::string> file_code_of(std::string_view address) {
  if (const auto scheme = address.find("://"); scheme != std::string_view::npos) {
    const auto path = address.find('/', scheme + 3);
    if (path == std::string_view::npos) return {};
    address.remove_prefix(path);
  }
  if (!address.starts_with(folder)) return {};
  address.remove_prefix(folder.size());
  const auto end = address.find('/');
  if (end == std::string_view::npos || end == 0) return {};
  return std::string(address.substr(0, end));
}

std::string size_in_words(std::uint64_t bytes) {
  constexpr std::uint64_t kilo = 1000, mega = 1'000'000, giga = 1'000'000'000;
  if (bytes < mega) return std::to_string(std::max<std::uint64_t>(1, (bytes + kilo / 2) / kilo)) + " kB";
  if (bytes < 10 * giga) return std::to_string((bytes + mega / 2) / mega) + " MB";
  return std::to_string((bytes + giga / 2) / giga) + " GB";
}

Result<std::vector<StoredFile>> list_files(db::Tx& tx, TalkId talk) { return file_store::of_talk(tx, talk); }
Result<std::optional<StoredFile>> find_file(db::Tx& tx, std::string_view code) { return file_store::find(tx, code); }
Result<std::optional<EventId>> event_of_file(db::Tx& tx, const StoredFile& file) { return file_store::event_of(tx, file.talk); }

Result<void> require_place_for_file(db::Tx& tx, TalkId talk) {
  TRY_ASSIGN(const auto here, file_store::of_talk(tx, talk));
  const auto count = std::ranges::count_if(here, [](const StoredFile& f) { return !f.removed_at; });
  if (static_cast<std::size_t>(count) < most_files) return {};
  return fail(ErrorCode::conflict, "This talk has " + std::to_string(most_files) + " files, and more are not taken. Remove one, or put several into a .zip.");
}

Result<StoredFile> add_file(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId talk, NewFile file) {
  TRY(require_change_of_talk(tx, actor, event, talk));
  TRY(file_store::touch_talk(tx, talk));
  StoredFile next;
  next.talk = talk;
  next.name = tidy_file_name(file.name);
  const FileType* type = find_file_type(next.name);
  if (type == nullptr) return fail(ErrorCode::invalid, "Files of this kind are not taken.");
  TRY_ASSIGN(next.title, checked_title(file.title, next.name));
  TRY_ASSIGN(const auto here, file_store::of_talk(tx, talk));
  // The same bytes again: a client that did not hear that they arrived.
  for (const auto& other : here)
    if (!other.removed_at && other.hash == file.hash) return other;
  TRY(require_place_for_file(tx, talk));
  for (bool taken = true; taken;) {
    next.code = random_code();
    TRY_ASSIGN(taken, file_store::is_code_taken(tx, next.code));
  }
  next.content_type = type->content_type;
  next.size_bytes = file.size_bytes;
  next.hash = std::move(file.hash);
  next.uploaded_by = actor.person;
  next.created_at = tx.now();
  TRY_ASSIGN(const auto position, file_store::next_position(tx, talk));
  TRY_ASSIGN(next.id, file_store::add(tx, next, position));
  TRY(note(tx, actor, "talk.file_added", event, talk, next.code));
  return next;
}

Result<void> arrange_files(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId talk, const std::vector<FilePlace>& order) {
  TRY(require_change_of_talk(tx, actor, event, talk));
  TRY(file_store::touch_talk(tx, talk));
  TRY_ASSIGN(auto here, file_store::of_talk(tx, talk));
  std::erase_if(here, [](const StoredFile& f) { return f.removed_at.has_value(); });
  std::vector<StoredFile> next;
  for (const auto& [code, title] : order) {
    const auto file = std::ranges::find(here, code, &StoredFile::code);
    if (file == here.end()) continue;  // removed meanwhile
    next.push_back(*file);
    TRY_ASSIGN(next.back().title, checked_title(title, file->name));
    here.erase(file);
  }
  next.insert(next.end(), here.begin(), here.end());
  std::int64_t position = 0;
  for (const auto& file : next) TRY(file_store::place(tx, file.id, ++position, file.title));
  return note(tx, actor, "talk.files_arranged", event, talk, {});
}

Result<void> remove_file(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view code) {
  TRY_ASSIGN(const StoredFile file, require_change(tx, actor, event, code));
  TRY_ASSIGN(const bool done, file_store::remove(tx, file.id));
  if (!done) return fail(ErrorCode::conflict, "This file was removed already.");
  return note(tx, actor, "talk.file_removed", event, file.talk, code);
}

Result<StoredFile> restore_file(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view code) {
  TRY_ASSIGN(StoredFile file, require_change(tx, actor, event, code));
  TRY_ASSIGN(const auto position, file_store::next_position(tx, file.talk));
  TRY_ASSIGN(const bool done, file_store::restore(tx, file.id, position));
  if (!done) return fail(ErrorCode::conflict, "This file was not removed.");
  file.removed_at.reset();
  TRY(note(tx, actor, "talk.file_restored", event, file.talk, code));
  return file;
}

Result<files::Hash> erase_file(db::Tx& tx, const Actor& actor, const events::Event& event, std::string_view code) {
  TRY_ASSIGN(const StoredFile file, require_change(tx, actor, event, code));
  TRY(file_store::erase(tx, file.id));
  TRY(note(tx, actor, "talk.file_erased", event, file.talk, code));
  return file.hash;
}

Result<void> reset_files(db::Tx& tx, const Actor& actor, const events::Event& event, TalkId talk, const std::vector<FilePlace>& wanted) {
  TRY_ASSIGN(const auto all, file_store::of_talk(tx, talk));
  std::vector<FilePlace> now, then;
  for (const auto& file : all)
    if (!file.removed_at) now.push_back({file.code, file.title});
  for (const auto& place : wanted)
    if (std::ranges::find(all, place.code, &StoredFile::code) != all.end()) then.push_back(place);
  const auto same = [](const FilePlace& a, const FilePlace& b) { return a.code == b.code && a.title == b.title; };
  if (std::ranges::equal(now, then, same)) return {};
  TRY(require_change_of_talk(tx, actor, event, talk));
  TRY(file_store::touch_talk(tx, talk));
  for (const auto& file : all) {
    const bool is_wanted = std::ranges::find(then, file.code, &FilePlace::code) != then.end();
    if (is_wanted && file.removed_at) TRY(file_store::restore(tx, file.id, 0));
    if (!is_wanted && !file.removed_at) TRY(file_store::remove(tx, file.id));
  }
  return arrange_files(tx, actor, event, talk, then);
}

Result<void> forget_bytes(db::Database& db, files::Store& files, const std::vector<files::Hash>& hashes) {
  for (const auto& hash : hashes) {
    if (hash.hex.empty()) continue;
    TRY_ASSIGN(auto tx, db.begin_read());
    TRY_ASSIGN(const bool named, file_store::is_named(tx, hash));
    if (named || !files.has(hash)) continue;
    TRY(files.remove(hash));
    log(LogTopic::files, "forgotten", {{"hash", hash.hex}});
  }
  return {};
}

Result<std::vector<std::string>> named_hashes(db::Tx& tx) { return file_store::named_hashes(tx); }

}  // namespace confer::talks
