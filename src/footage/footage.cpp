// Recorders and their files: changing what is known of them (footage.h).
#include "footage/footage.h"
#include <algorithm>
#include <filesystem>
#include <tuple>
#include "base/json_writer.h"
#include "base/text.h"
#include "footage/restart.h"
#include "footage/store.h"
#include "journal/journal.h"
#include "people/who.h"

namespace confer::footage {
namespace {

constexpr std::size_t longest_name = 100, longest_folder = 500, longest_patterns = 2000;
constexpr std::chrono::hours most_offset{24 * 366 * 30};  ///< a clock that lost its battery begins at 1970 or 2000

Result<void> note(db::Tx& tx, const Actor& actor, std::string_view fact, const events::Event& event, RecorderId recorder, std::string data = "{}") {
  return journal::record(tx, who(actor), fact, event.series.value, event.id.value, "recorder:" + std::to_string(recorder.value), std::move(data));
}

/// One folder lies in the other, or they are the same.
bool overlap(std::string_view a, std::string_view b) {
  return (std::string(a) + "/").starts_with(std::string(b) + "/") || (std::string(b) + "/").starts_with(std::string(a) + "/");
}

/// Below the watched root, by its letters. Symbolic links are looked at when it is watched.
Result<void> check_folder(db::Tx& tx, const events::Event& event, const Recorder& recorder, std::vector<FieldProblem>& p) {
  const auto wrong = [&](std::string sentence) { p.push_back({"folder", std::move(sentence)}); };
  const std::filesystem::path path(recorder.folder);
  if (path.is_absolute() || std::ranges::find(path, "..") != path.end() || recorder.folder == ".") {
    wrong("Name a folder below the watched root, such as " + event.slug + "/hall, without .. and without a slash in front.");
    return {};
  }
  TRY_ASSIGN(const auto owner, events::find_event(tx, path.begin()->string()));
  if (owner && owner->id != event.id && owner->id != event.parent) {
    wrong("The folder “" + path.begin()->string() + "” is another event’s.");
    return {};
  }
  TRY_ASSIGN(const auto others, store::recorders_with_folder(tx));
  for (const auto& other : others)
    if (other.id != recorder.id && overlap(other.folder, recorder.folder))
      wrong(other.event == event.id ? "The recorder “" + other.name + "” watches “" + other.folder + "”: a file cannot be of both."
                                    : "Another event’s recorder watches this folder.");
  return {};
}

Result<std::vector<FieldProblem>> check_recorder(db::Tx& tx, const events::Event& event, const Recorder& r) {
  std::vector<FieldProblem> p;
  if (r.name.empty()) p.push_back({"name", "A recorder needs a name, such as “camera at the back”."});
  for (const auto& [value, field, max] : {std::tuple<const std::string&, const char*, std::size_t>{r.name, "name", longest_name},
                                          {r.folder, "folder", longest_folder},
                                          {r.patterns, "patterns", longest_patterns}})
    if (auto fits = check_text(value, field, max); !fits) p.push_back(fits.error().problems.front());
  TRY_ASSIGN(const auto rooms, events::list_rooms(tx, event));
  if (std::ranges::find(rooms, r.room, &events::Room::id) == rooms.end())
    p.push_back({"room", "This event has no such room, or no longer: choose one of the list."});
  if (!r.zone.empty() && !Zone::find(r.zone)) p.push_back({"zone", "“" + ellipsis(r.zone, 60) + "” is not a time zone such as Europe/Berlin or UTC."});
  if (std::chrono::abs(r.offset) > most_offset) p.push_back({"offset", "No clock is wrong by more than thirty years."});
  if (auto patterns = patterns_of_lines(r.patterns); !patterns) p.push_back({"patterns", patterns.error().message});
  if (!r.folder.empty()) TRY(check_folder(tx, event, r, p));
  return p;
}

void tidy(Recorder& r) {
  r.name = tidy_line(r.name);
  r.zone = std::string(trim(r.zone));
  r.patterns = std::string(trim(replace_all(r.patterns, "\r\n", "\n")));
  std::string folder = std::filesystem::path(trim(r.folder)).lexically_normal().string();
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  r.folder = std::move(folder);
}

std::unexpected<Error> taken(const std::string& name) {
  const std::string sentence = "The room has a recorder “" + name + "” already.";
  return fail(Error{ErrorCode::conflict, sentence, {}, {}, {{"name", sentence}}});
}

}  // namespace

std::string_view name_of(FileState state) {
  static constexpr std::array<std::string_view, 4> names{"growing", "whole", "damaged", "missing"};
  return names.at(static_cast<std::size_t>(state));
}

std::optional<Span> span_of(const MediaFile& file, const Recorder& recorder) {
  if (!file.told_at || file.state == FileState::missing) return std::nullopt;
  Span span{*file.told_at + recorder.offset, *file.told_at + recorder.offset};
  if (file.length) span.to += *file.length;
  // A container that is still written to, or was cut off, does not tell its length; its last change is by this machine's clock.
  if (!file.length && (file.state == FileState::growing || !file.probed.empty())) span.to = std::max(span.to, file.modified_at);
  if (span.to <= span.from) return std::nullopt;
  return span;
}

Result<std::vector<Recorder>> list_recorders(db::Tx& tx, const events::Event& event) { return store::recorders_of(tx, event.id); }

Result<Recorder> require_recorder(db::Tx& tx, const events::Event& event, RecorderId id) {
  TRY_ASSIGN(auto found, store::find_recorder(tx, id));
  if (!found || found->event != event.id) return fail(ErrorCode::not_found, "There is no such recorder at this event.");
  return std::move(*found);
}

Result<std::vector<MediaFile>> list_files(db::Tx& tx, const events::Event& event) { return store::files_of(tx, event.id); }

Result<void> find_start(const events::Event& event, const Recorder& recorder, MediaFile& file) {
  Told told{.named = {}, .recorded_at = {}, .modified_at = file.modified_at, .length = file.length};
  if (!file.probed.empty()) {
    TRY_ASSIGN(const auto probed, media::read_probed(file.probed));
    told.recorded_at = probed.recorded_at;
  }
  TRY_ASSIGN(const auto own, patterns_of_lines(recorder.patterns));
  told.named = time_in_name(file.path, own.empty() ? usual_patterns() : own);
  Zone zone;
  if (const auto& name = recorder.zone.empty() ? event.zone : recorder.zone; !name.empty()) {
    TRY_ASSIGN(zone, Zone::find(name));
  }
  // What still grows was not written at once: the file's time is no end of it.
  if (file.state == FileState::growing && !told.named && !told.recorded_at && !file.length) return {};
  auto start = start_of(told, zone);
  file.told_at = start.at;
  file.source = start.source;
  file.doubt = std::move(start.doubt);
  return {};
}

namespace {

Result<void> find_starts(db::Tx& tx, const events::Event& event, const Recorder& recorder) {
  TRY_ASSIGN(auto files, store::files_of(tx, recorder.id));
  for (auto& file : files) {
    const auto told_before = std::tuple(file.told_at, file.source, file.doubt);
    TRY(find_start(event, recorder, file));
    if (told_before != std::tuple(file.told_at, file.source, file.doubt)) TRY(store::change(tx, file));
  }
  return {};
}

}  // namespace

Result<void> follow_zone(db::Tx& tx, const events::Event& event) {
  TRY_ASSIGN(const auto recorders, store::recorders_of(tx, event.id));
  for (const auto& recorder : recorders)
    if (recorder.zone.empty()) TRY(find_starts(tx, event, recorder));
  return {};
}

Result<Recorder> save_recorder(db::Tx& tx, const Actor& actor, const events::Event& event, Recorder recorder) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  recorder.event = event.id;
  tidy(recorder);
  TRY_ASSIGN(auto problems, check_recorder(tx, event, recorder));
  if (!problems.empty()) return std::unexpected(Error{ErrorCode::invalid, "Some fields need another look.", {}, {}, std::move(problems)});
  TRY_ASSIGN(const auto all, store::recorders_of(tx, event.id));
  for (const auto& other : all)
    if (other.id != recorder.id && other.room == recorder.room && other.name == recorder.name) return taken(recorder.name);
  if (!recorder.id) {
    TRY_ASSIGN(recorder.id, store::add(tx, recorder));
    recorder.version = 1;
    TRY(note(tx, actor, "recorder.added", event, recorder.id, JsonWriter().begin_object().field("room", recorder.room.value).end_object().take()));
    return recorder;
  }
  TRY_ASSIGN(const Recorder before, require_recorder(tx, event, recorder.id));
  TRY_ASSIGN(const bool done, store::change(tx, recorder));
  if (!done) return fail(ErrorCode::conflict, "Someone else changed this recorder meanwhile. Load the page again to see how it is now, then make your change.");
  ++recorder.version;
  if (before.zone != recorder.zone || before.patterns != recorder.patterns) TRY(find_starts(tx, event, recorder));
  const bool is_clock = before.offset != recorder.offset;
  JsonWriter w;
  w.begin_object().field("room", recorder.room.value);
  if (is_clock) w.field("offset_ms", recorder.offset.count()).field("offset_before_ms", before.offset.count());
  TRY(note(tx, actor, is_clock ? "recorder.clock_set" : "recorder.changed", event, recorder.id, w.end_object().take()));
  return recorder;
}

Result<Recorder> correct_clock(db::Tx& tx, const Actor& actor, const events::Event& event, RecorderId id, std::int64_t version, milliseconds by) {
  TRY_ASSIGN(auto recorder, require_recorder(tx, event, id));
  recorder.version = version;
  recorder.offset += by;
  return save_recorder(tx, actor, event, std::move(recorder));
}

Result<void> remove_recorder(db::Tx& tx, const Actor& actor, const events::Event& event, RecorderId id) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(const auto recorder, require_recorder(tx, event, id));
  TRY_ASSIGN(const auto files, store::files_of(tx, id));
  if (!files.empty())
    return fail(ErrorCode::conflict, "“" + recorder.name + "” has " + std::to_string(files.size()) + " files on the list: take them off it first.");
  TRY(store::remove(tx, id));
  return note(tx, actor, "recorder.removed", event, id);
}

Result<Recorder> recorder_for(db::Tx& tx, const Actor& actor, const events::Event& event, RoomId room, Stream stream, const std::string& name) {
  TRY_ASSIGN(auto all, store::recorders_of(tx, event.id));
  const std::string wanted = tidy_line(name);
  for (auto& recorder : all) {
    if (recorder.room != room || recorder.name != wanted) continue;
    if (recorder.stream != stream)
      return fail(ErrorCode::conflict, "The recorder “" + wanted + "” of this room records the stream “" + std::string(name_of(recorder.stream)) + "”, not “" +
                                           std::string(name_of(stream)) + "”: give another name, or that stream.");
    return std::move(recorder);
  }
  Recorder made;
  made.room = room;
  made.name = wanted;
  made.stream = stream;
  return save_recorder(tx, actor, event, std::move(made));
}

Result<void> remove_file(db::Tx& tx, const Actor& actor, const events::Event& event, MediaFileId id) {
  TRY(require(actor, Right::media, events::scope_of(event)));
  TRY_ASSIGN(const auto file, store::find_file(tx, id));
  if (!file) return fail(ErrorCode::not_found, "This file is not on the list any more.");
  TRY(require_recorder(tx, event, file->recorder));
  TRY(store::remove(tx, id));
  return note(tx, actor, "footage.removed", event, file->recorder, JsonWriter().begin_object().field("file", id.value).end_object().take());
}

Result<events::Room> room_named(db::Tx& tx, const events::Event& event, std::string_view name) {
  TRY_ASSIGN(auto rooms, events::list_rooms(tx, event));
  for (auto& room : rooms)
    if (room.code == name) return std::move(room);
  std::vector<std::string> names;
  for (auto& room : rooms) {
    for (const auto& language : event.languages)
      if (fold(room.name.in(language)) == fold(name)) return std::move(room);
    names.push_back(room.code + " (" + room.name.in(event.languages.front()) + ")");
  }
  return fail(ErrorCode::invalid,
              "There is no room “" + ellipsis(name, 60) + "” at this event" + (names.empty() ? "; it has none." : "; there are " + join(names, ", ") + "."));
}

Result<std::vector<std::string>> check(db::Tx& tx) {
  std::vector<std::string> problems;
  TRY_ASSIGN(const auto foreign, store::recorders_in_foreign_rooms(tx));
  for (const auto& name : foreign) problems.push_back("footage: the recorder “" + name + "” stands in a room of another event");
  return problems;
}

}  // namespace confer::footage
