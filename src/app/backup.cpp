// Backups (backup.h): a tar archive, compressed by zstd, of manifest.json, tables/<name>.jsonl and files/<hash>.
#include "app/backup.h"
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <system_error>
#include <utility>
#include "app/private_folder.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "events/events.h"
#include "files/durable.h"
#include "site/site.h"

namespace confer::app {
namespace {

namespace fs = std::filesystem;

constexpr int format_version = 1;

/// What is derived from other tables, or belongs to one installation's running, is not carried: a restore makes the search index anew.
bool is_carried(const std::string& table) { return !table.starts_with("search_") && table != "job_schedule"; }

std::unexpected<Error> archive_error(archive* a, const std::string& path, const std::string& doing) {
  const char* why = archive_error_string(a);
  return fail(ErrorCode::unavailable, path + " cannot be " + doing + (why != nullptr ? ": " + std::string(why) : "") + ".");
}

class Writer {
 public:
  /// A new file that nobody else may read: everything is in it.
  static Result<std::unique_ptr<Writer>> open(const std::string& path) {
    TRY_ASSIGN(auto file, files::Descriptor::open(path, O_WRONLY | O_CREAT | O_EXCL, 0600));
    auto writer = std::unique_ptr<Writer>(new Writer(path, std::move(file)));
    archive* a = writer->archive_.get();
    if (archive_write_add_filter_zstd(a) != ARCHIVE_OK || archive_write_set_format_pax_restricted(a) != ARCHIVE_OK ||
        archive_write_open_fd(a, writer->file_.number()) != ARCHIVE_OK)
      return archive_error(a, path, "written");
    return writer;
  }
  Result<void> add_bytes(const std::string& name, std::string_view bytes) {
    TRY(header(name, bytes.size()));
    return data(bytes);
  }
  Result<void> add_file(const std::string& name, const std::string& from) {
    std::error_code problem;
    const auto size = fs::file_size(from, problem);
    std::ifstream in(from, std::ios::binary);
    if (problem || !in) return fail(ErrorCode::unavailable, from + " cannot be read.");
    TRY(header(name, size));
    std::string block(1 << 20, '\0');
    while (in.read(block.data(), static_cast<std::streamsize>(block.size())) || in.gcount() > 0)
      TRY(data(std::string_view(block).substr(0, static_cast<std::size_t>(in.gcount()))));
    return {};
  }
  /// On disk when it returns.
  Result<void> close() {
    if (archive_write_close(archive_.get()) != ARCHIVE_OK) return archive_error(archive_.get(), path_, "written");
    return file_.sync(path_);
  }

 private:
  Writer(std::string path, files::Descriptor file) : path_(std::move(path)), file_(std::move(file)), archive_(archive_write_new(), &archive_write_free) {}
  Result<void> header(const std::string& name, std::uint64_t size) {
    std::unique_ptr<archive_entry, decltype(&archive_entry_free)> entry(archive_entry_new(), &archive_entry_free);
    archive_entry_set_pathname(entry.get(), name.c_str());
    archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
    archive_entry_set_filetype(entry.get(), AE_IFREG);
    archive_entry_set_perm(entry.get(), 0600);
    if (archive_write_header(archive_.get(), entry.get()) != ARCHIVE_OK) return archive_error(archive_.get(), path_, "written");
    return {};
  }
  Result<void> data(std::string_view bytes) {
    if (archive_write_data(archive_.get(), bytes.data(), bytes.size()) != static_cast<la_ssize_t>(bytes.size()))
      return archive_error(archive_.get(), path_, "written");
    return {};
  }
  std::string path_;
  files::Descriptor file_;
  std::unique_ptr<archive, decltype(&archive_write_free)> archive_;
};

/// One row as a JSON array.
std::string line_of(std::span<const db::Value> row) {
  JsonWriter w;
  w.begin_array();
  for (const auto& value : row) {
    if (const auto* n = std::get_if<std::int64_t>(&value))
      w.value(*n);
    else if (const auto* d = std::get_if<double>(&value))
      w.value(*d);
    else if (const auto* s = std::get_if<std::string>(&value))
      w.value(*s);
    else
      w.null();
  }
  return w.end_array().take() + "\n";
}

/// Rows that were written before this table, and who is told of each further one.
struct RowCount {
  const Progress& progress;
  std::int64_t before = 0, of = 0;
  void tell(std::int64_t rows) const {
    if (progress) progress("rows", before + rows, of);
  }
};

Result<std::int64_t> dump_table(db::Database& db, db::Tx& tx, const db::Database::Table& table, const fs::path& to, const RowCount& count) {
  std::ofstream out(to, std::ios::binary);
  std::int64_t rows = 0;
  std::vector<db::ColumnType> types;
  for (const auto& column : table.columns) types.push_back(column.type);
  const auto& select = db.select_rows(table);
  TRY(tx.each(select, types, {}, [&](std::span<const db::Value> row) -> Result<void> {
    out << line_of(row);
    count.tell(++rows);
    return {};
  }));
  out.close();
  if (!out) return fail(ErrorCode::unavailable, "The disk is full, or " + to.string() + " cannot be written.");
  return rows;
}

struct Manifest {
  int schema = 0;
  std::map<std::string, std::vector<std::string>> columns;
  std::map<std::string, std::int64_t> rows;
};

Result<Manifest> read_manifest(const fs::path& file, const std::string& archive_path) {
  std::ifstream in(file);
  const auto json = nlohmann::json::parse(in, nullptr, false);
  const auto number_in = [](const nlohmann::json& object, const char* name) -> std::int64_t {
    const auto found = object.find(name);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : -1;
  };
  if (!json.is_object() || number_in(json, "confer_backup") != format_version)
    return fail(ErrorCode::invalid, archive_path + " is not a backup of Confer, or of a version that this one cannot read.");
  const auto damaged = [&](const std::string& what) {
    return fail(ErrorCode::invalid, archive_path + " is damaged: its manifest.json has no right " + what + ".");
  };
  Manifest manifest;
  const std::int64_t schema = number_in(json, "schema");
  if (schema < 1 || schema > 1'000'000) return damaged("number of the schema");
  manifest.schema = static_cast<int>(schema);
  const auto tables = json.find("tables");
  if (tables == json.end() || !tables->is_object()) return damaged("list of tables");
  for (const auto& [name, table] : tables->items()) {
    if (!table.is_object() || number_in(table, "rows") < 0) return damaged("number of rows of a table");
    manifest.rows[name] = number_in(table, "rows");
    const auto columns = table.find("columns");
    if (columns == table.end() || !columns->is_array() || columns->empty()) return damaged("list of columns of a table");
    for (const auto& column : *columns) {
      if (!column.is_string()) return damaged("list of columns of a table");
      manifest.columns[name].push_back(column.get<std::string>());
    }
  }
  return manifest;
}

bool consists_of(std::string_view text, std::string_view allowed) { return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos; }

/// The names that write_backup gives: none leaves the folder, none is a file and a folder at once.
bool is_part(std::string_view name) {
  constexpr std::string_view tables = "tables/", ending = ".jsonl", files = "files/";
  if (name == "manifest.json") return true;
  if (name.starts_with(files)) return name.size() == files.size() + 64 && consists_of(name.substr(files.size()), "0123456789abcdef");
  if (!name.starts_with(tables) || !name.ends_with(ending) || name.size() < tables.size() + ending.size()) return false;
  return consists_of(name.substr(tables.size(), name.size() - tables.size() - ending.size()), "abcdefghijklmnopqrstuvwxyz0123456789_");
}

std::string reason(archive* a) {
  const char* why = archive_error_string(a);
  return why != nullptr ? why : "no reason is given";
}

/// Unpacks into `folder`; only names and kinds that a backup has.
Result<void> unpack(const std::string& path, const fs::path& folder, const Progress& progress) {
  std::unique_ptr<archive, decltype(&archive_read_free)> a(archive_read_new(), &archive_read_free);
  archive_read_support_filter_zstd(a.get());
  archive_read_support_format_tar(a.get());
  if (archive_read_open_filename(a.get(), path.c_str(), 1 << 20) != ARCHIVE_OK)
    return fail(ErrorCode::invalid, path + " cannot be read: " + reason(a.get()) + ".");
  std::error_code problem;
  for (const char* part : {"tables", "files"})
    if (fs::create_directory(folder / part, problem); problem) return fail(ErrorCode::unavailable, folder.string() + " cannot be written.");
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  std::int64_t unpacked = 0;
  while ((status = archive_read_next_header(a.get(), &entry)) == ARCHIVE_OK) {
    const char* raw = archive_entry_pathname(entry);
    if (raw == nullptr || !is_part(raw) || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) != nullptr) {
      const bool readable = raw != nullptr && is_valid_utf8(raw) && std::ranges::none_of(std::string_view(raw), [](unsigned char c) { return c < ' '; });
      return fail(ErrorCode::invalid, path + " holds " + (readable ? "“" + ellipsis(raw, 80) + "”" : std::string("a name")) + ", which no backup has.");
    }
    const std::string name = raw;
    if (progress) progress("unpacked files", unpacked++, 0);
    std::ofstream out(folder / name, std::ios::binary);
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0, written = 0;
    while ((status = archive_read_data_block(a.get(), &block, &size, &offset)) == ARCHIVE_OK && offset == written) {
      out.write(static_cast<const char*>(block), static_cast<std::streamsize>(size));
      written += static_cast<la_int64_t>(size);
    }
    out.close();
    if (status != ARCHIVE_EOF) return fail(ErrorCode::invalid, path + " is damaged in “" + name + "”: " + reason(a.get()) + ".");
    if (!out) return fail(ErrorCode::unavailable, "The disk is full, or " + folder.string() + " cannot be written.");
  }
  if (status != ARCHIVE_EOF) return fail(ErrorCode::invalid, path + " is cut off or damaged: " + reason(a.get()) + ".");
  return {};
}

Result<db::Value> value_of(const nlohmann::json& json, db::ColumnType type, const std::string& place) {
  const auto wrong = [&](const char* what) { return fail(ErrorCode::invalid, place + ": a value " + what + "."); };
  if (json.is_null()) return db::Value();
  if (json.is_number_unsigned() && !std::in_range<std::int64_t>(json.get<std::uint64_t>())) return wrong("is too large a number");
  if (json.is_number_integer()) {
    if (type == db::ColumnType::text) return wrong("is a number where a text belongs");
    return type == db::ColumnType::real ? db::Value(json.get<double>()) : db::Value(json.get<std::int64_t>());
  }
  if (json.is_number()) return type == db::ColumnType::real ? Result<db::Value>(db::Value(json.get<double>())) : wrong("is a fraction where none belongs");
  if (!json.is_string()) return wrong("is neither number, text nor null");
  if (type != db::ColumnType::text) return wrong("is a text where a number belongs");
  auto text = json.get<std::string>();
  if (text.contains('\0')) return wrong("holds a character that no text has");
  return db::Value(std::move(text));
}

/// What the database refuses is the backup's fault, unless it cannot write at all.
template <class T>
Result<T> explained(Result<T> result, const std::string& place) {
  if (result || result.error().code == ErrorCode::unavailable) return result;
  return fail(ErrorCode::invalid, place + ": the backup is damaged, its rows do not fit together.", result.error().message + " " + result.error().detail);
}

/// Files put into the store, taken out again unless all is well.
class PutFiles {
 public:
  explicit PutFiles(files::Store& store) : store_(store) {}
  PutFiles(const PutFiles&) = delete;
  Result<void> see_what_is_there() {
    return store_.each([&](const files::Hash& hash, std::uint64_t) -> Result<void> {
      there_.insert(hash.hex);
      return {};
    });
  }
  ~PutFiles() {
    for (const auto& hash : put_) (void)store_.remove(hash);
  }
  Result<void> put(const fs::path& file) {
    const std::string name = file.filename().string();
    TRY_ASSIGN(const auto hash, store_.put_file(file.string()));
    if (!there_.contains(hash.hex)) put_.push_back(hash);
    if (hash.hex != name) return fail(ErrorCode::invalid, "The stored file " + name + " is damaged in the backup.");
    return {};
  }
  void keep() { put_.clear(); }

 private:
  files::Store& store_;
  std::set<std::string> there_;
  std::vector<files::Hash> put_;
};

Result<std::int64_t> fill_table(db::Database& db, db::Tx& tx, const db::Database::Table& table, const std::vector<std::string>& names, const fs::path& from,
                                const RowCount& count) {
  std::vector<db::ColumnType> types;
  for (const auto& name : names) {
    const auto column = std::ranges::find(table.columns, name, &db::Database::TableColumn::name);
    if (column == table.columns.end())
      return fail(ErrorCode::invalid, "The backup’s table “" + table.name + "” has a column “" + name + "” that is not known here.");
    types.push_back(column->type);
  }
  const auto& insert = db.insert_row(table, names);
  std::ifstream in(from, std::ios::binary);
  std::string line;
  std::int64_t rows = 0;
  while (std::getline(in, line)) {
    const std::string place = table.name + ", line " + std::to_string(rows + 1);
    auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_array() || json.size() != names.size()) return fail(ErrorCode::invalid, place + ": not a row of this table.");
    std::vector<db::Value> values;
    for (std::size_t i = 0; i < json.size(); ++i) {
      TRY_ASSIGN(auto value, value_of(json[i], types[i], place));
      values.push_back(std::move(value));
    }
    TRY(explained(tx.run_values(insert, values), place));
    count.tell(++rows);
  }
  return rows;
}

}  // namespace

Result<BackupNumbers> write_backup(db::Database& db, const files::Store& files, const std::string& path, const Progress& progress) {
  BackupNumbers numbers;
  TRY_ASSIGN(const auto parts, PrivateFolder::make(path + ".parts"));
  const std::string unfinished = (parts.path() / "archive").string();
  JsonWriter manifest;
  TRY_ASSIGN(numbers.schema_version, db.schema_version());
  manifest.begin_object().field("confer_backup", format_version).field("schema", numbers.schema_version).key("tables").begin_object();
  TRY_ASSIGN(auto tables, db.tables());
  std::erase_if(tables, [](const auto& table) { return !is_carried(table.name); });
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    for (const auto& table : tables) {
      TRY_ASSIGN(auto rows, dump_table(db, tx, table, parts.path() / (table.name + ".jsonl"), {progress, numbers.rows}));
      manifest.key(table.name).begin_object().field("rows", rows).key("columns").begin_array();
      for (const auto& column : table.columns) manifest.value(column.name);
      manifest.end_array().end_object();
      numbers.rows += rows;
      ++numbers.tables;
    }
  }
  // Files are only added while others work, so those that the rows name are there; but for what somebody erases for good just now.
  TRY_ASSIGN(auto out, Writer::open(unfinished));
  TRY(out->add_bytes("manifest.json", manifest.end_object().end_object().take()));
  for (const auto& table : tables) TRY(out->add_file("tables/" + table.name + ".jsonl", (parts.path() / (table.name + ".jsonl")).string()));
  TRY(files.each([&](const files::Hash& hash, std::uint64_t) -> Result<void> {
    const auto file = files.path(hash);
    if (!file) return file.error().code == ErrorCode::not_found ? Result<void>{} : std::unexpected(file.error());
    if (progress) progress("files", numbers.files, 0);
    ++numbers.files;
    return out->add_file("files/" + hash.hex, *file);
  }));
  TRY(out->close());
  TRY(files::move_durably(unfinished, path));
  std::error_code problem;
  numbers.bytes = fs::file_size(path, problem);
  return numbers;
}

Result<BackupNumbers> restore_backup(db::Database& db, files::Store& files, const std::string& path, const std::string& work_dir, const Progress& progress) {
  std::error_code problem;
  if (!fs::exists(path, problem)) return fail(ErrorCode::invalid, "There is no file " + path + ".");
  BackupNumbers numbers;
  const std::string beside = work_dir.empty() ? fs::temp_directory_path(problem).string() : work_dir;
  TRY_ASSIGN(const auto parts, PrivateFolder::make(beside + "/confer-restore"));
  TRY(unpack(path, parts.path(), progress));
  TRY_ASSIGN(Manifest manifest, read_manifest(parts.path() / "manifest.json", path));
  TRY_ASSIGN(numbers.schema_version, db.schema_version());
  if (manifest.schema > numbers.schema_version)
    return fail(ErrorCode::conflict, "The backup was written by a newer Confer (schema " + std::to_string(manifest.schema) + ", this one has " +
                                         std::to_string(numbers.schema_version) + "). Install that version first.");
  TRY_ASSIGN(auto tables, db.tables());
  std::erase_if(tables, [](const auto& table) { return !is_carried(table.name); });
  // Stored files first: rows that name a missing file would be worse than a file that no row names.
  PutFiles stored(files);
  TRY(stored.see_what_is_there());
  std::vector<fs::path> to_store;
  for (fs::directory_iterator at(parts.path() / "files", problem), end; !problem && at != end; at.increment(problem)) to_store.push_back(at->path());
  if (problem) return fail(ErrorCode::unavailable, parts.path().string() + " cannot be read: " + problem.message() + ".");
  for (const auto& file : to_store) {
    TRY(stored.put(file));
    ++numbers.files;
  }
  TRY_ASSIGN(auto tx, db.begin_write());
  for (const auto& table : tables) {
    TRY_ASSIGN(auto count, tx.one<std::int64_t>(db.count_rows(table)));
    if (count > 0) return fail(ErrorCode::conflict, "The database has data already (in “" + table.name + "”): a backup fills an empty one.");
  }
  TRY(tx.before_restore());
  std::int64_t all_rows = 0;
  for (const auto& [name, rows] : manifest.rows) all_rows += rows;
  for (const auto& table : tables) {
    if (!manifest.columns.contains(table.name)) continue;
    TRY_ASSIGN(auto rows, fill_table(db, tx, table, manifest.columns.at(table.name), parts.path() / "tables" / (table.name + ".jsonl"),
                                     {progress, numbers.rows, all_rows}));
    if (rows != manifest.rows.at(table.name))
      return fail(ErrorCode::invalid, "The backup’s table “" + table.name + "” has " + std::to_string(rows) + " rows instead of " +
                                          std::to_string(manifest.rows.at(table.name)) + ".");
    numbers.rows += rows;
    ++numbers.tables;
  }
  for (const auto& [name, columns] : manifest.columns)
    if (std::ranges::find(tables, name, &db::Database::Table::name) == tables.end())
      return fail(ErrorCode::invalid, "The backup has a table “" + name + "” that is not known here.");
  TRY(explained(tx.after_restore(), path));
  TRY_ASSIGN(const auto events, explained(events::list_events(tx), path));
  for (const auto& event : events) TRY(explained(site::index_event(tx, event.id), path));
  TRY(explained(tx.commit(), path));
  stored.keep();
  return numbers;
}

}  // namespace confer::app
