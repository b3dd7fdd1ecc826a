// Backups (backup.h): a tar archive, compressed by zstd, of manifest.json, tables/<name>.jsonl and files/<hash>.
#include "app/backup.h"
#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include "base/json_writer.h"
#include "base/random.h"
#include "events/events.h"
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
  static Result<std::unique_ptr<Writer>> open(const std::string& path) {
    auto writer = std::unique_ptr<Writer>(new Writer(path));
    archive* a = writer->archive_.get();
    if (archive_write_add_filter_zstd(a) != ARCHIVE_OK || archive_write_set_format_pax_restricted(a) != ARCHIVE_OK ||
        archive_write_open_filename(a, path.c_str()) != ARCHIVE_OK)
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
  Result<void> close() {
    if (archive_write_close(archive_.get()) != ARCHIVE_OK) return archive_error(archive_.get(), path_, "written");
    return {};
  }

 private:
  explicit Writer(std::string path) : path_(std::move(path)), archive_(archive_write_new(), &archive_write_free) {}
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

/// A folder of our own that goes with its scope.
struct TemporaryFolder {
  fs::path path;
  explicit TemporaryFolder(const std::string& beside) : path(beside + ".parts-" + random_token().substr(0, 8)) { fs::create_directories(path); }
  ~TemporaryFolder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
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

void sync_file(const std::string& path) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    ::fsync(file);
    ::close(file);
  }
}

struct Manifest {
  int schema = 0;
  std::map<std::string, std::vector<std::string>> columns;
  std::map<std::string, std::int64_t> rows;
};

Result<Manifest> read_manifest(const fs::path& file, const std::string& archive_path) {
  std::ifstream in(file);
  auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object() || json.value("confer_backup", 0) != format_version)
    return fail(ErrorCode::invalid, archive_path + " is not a backup of Confer, or of a version that this one cannot read.");
  Manifest manifest;
  manifest.schema = json.value("schema", 0);
  for (const auto& [name, table] : json["tables"].items()) {
    manifest.rows[name] = table.value("rows", std::int64_t{0});
    for (const auto& column : table["columns"]) manifest.columns[name].push_back(column.get<std::string>());
  }
  return manifest;
}

/// Unpacks into `folder`; names that would leave it are refused.
Result<void> unpack(const std::string& path, const fs::path& folder, const Progress& progress) {
  std::unique_ptr<archive, decltype(&archive_read_free)> a(archive_read_new(), &archive_read_free);
  archive_read_support_filter_zstd(a.get());
  archive_read_support_format_tar(a.get());
  if (archive_read_open_filename(a.get(), path.c_str(), 1 << 20) != ARCHIVE_OK)
    return fail(ErrorCode::invalid, path + " cannot be read: " + std::string(archive_error_string(a.get())) + ".");
  archive_entry* entry = nullptr;
  int status = ARCHIVE_OK;
  std::int64_t unpacked = 0;
  while ((status = archive_read_next_header(a.get(), &entry)) == ARCHIVE_OK) {
    const std::string name = archive_entry_pathname(entry);
    if (progress) progress("unpacked files", unpacked++, 0);
    if (name.starts_with("/") || name.find("..") != std::string::npos)
      return fail(ErrorCode::invalid, path + " holds the name “" + name + "”, which no backup has.");
    fs::create_directories((folder / name).parent_path());
    std::ofstream out(folder / name, std::ios::binary);
    const void* block = nullptr;
    std::size_t size = 0;
    la_int64_t offset = 0;
    while ((status = archive_read_data_block(a.get(), &block, &size, &offset)) == ARCHIVE_OK)
      out.write(static_cast<const char*>(block), static_cast<std::streamsize>(size));
    out.close();
    if (status != ARCHIVE_EOF) return fail(ErrorCode::invalid, path + " is damaged in “" + name + "”: " + std::string(archive_error_string(a.get())) + ".");
    if (!out) return fail(ErrorCode::unavailable, "The disk is full, or " + folder.string() + " cannot be written.");
  }
  if (status != ARCHIVE_EOF) return fail(ErrorCode::invalid, path + " is cut off or damaged: " + std::string(archive_error_string(a.get())) + ".");
  return {};
}

Result<db::Value> value_of(const nlohmann::json& json, const std::string& place) {
  if (json.is_null()) return db::Value();
  if (json.is_number_integer()) return db::Value(json.get<std::int64_t>());
  if (json.is_number()) return db::Value(json.get<double>());
  if (json.is_string()) return db::Value(json.get<std::string>());
  return fail(ErrorCode::invalid, place + ": a value is neither number, text nor null.");
}

Result<std::int64_t> fill_table(db::Database& db, db::Tx& tx, const db::Database::Table& table, const std::vector<std::string>& names, const fs::path& from,
                                const RowCount& count) {
  for (const auto& name : names)
    if (std::ranges::find(table.columns, name, &db::Database::TableColumn::name) == table.columns.end())
      return fail(ErrorCode::invalid, "The backup’s table “" + table.name + "” has a column “" + name + "” that is not known here.");
  const auto& insert = db.insert_row(table, names);
  std::ifstream in(from, std::ios::binary);
  std::string line;
  std::int64_t rows = 0;
  while (std::getline(in, line)) {
    const std::string place = table.name + ", line " + std::to_string(rows + 1);
    auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_array() || json.size() != names.size()) return fail(ErrorCode::invalid, place + ": not a row of this table.");
    std::vector<db::Value> values;
    for (const auto& item : json) {
      TRY_ASSIGN(auto value, value_of(item, place));
      values.push_back(std::move(value));
    }
    TRY(tx.run_values(insert, values));
    count.tell(++rows);
  }
  return rows;
}

}  // namespace

Result<BackupNumbers> write_backup(db::Database& db, const files::Store& files, const std::string& path, const Progress& progress) {
  BackupNumbers numbers;
  const std::string unfinished = path + ".unfinished";
  TemporaryFolder parts(path);
  JsonWriter manifest;
  TRY_ASSIGN(numbers.schema_version, db.schema_version());
  manifest.begin_object().field("confer_backup", format_version).field("schema", numbers.schema_version).key("tables").begin_object();
  TRY_ASSIGN(auto tables, db.tables());
  std::erase_if(tables, [](const auto& table) { return !is_carried(table.name); });
  {
    TRY_ASSIGN(auto tx, db.begin_read());
    for (const auto& table : tables) {
      TRY_ASSIGN(auto rows, dump_table(db, tx, table, parts.path / (table.name + ".jsonl"), {progress, numbers.rows}));
      manifest.key(table.name).begin_object().field("rows", rows).key("columns").begin_array();
      for (const auto& column : table.columns) manifest.value(column.name);
      manifest.end_array().end_object();
      numbers.rows += rows;
      ++numbers.tables;
    }
  }
  // Files are only ever added while others work, so those that the rows name are there.
  TRY_ASSIGN(auto out, Writer::open(unfinished));
  TRY(out->add_bytes("manifest.json", manifest.end_object().end_object().take()));
  for (const auto& table : tables) TRY(out->add_file("tables/" + table.name + ".jsonl", (parts.path / (table.name + ".jsonl")).string()));
  TRY(files.each([&](const files::Hash& hash, std::uint64_t) -> Result<void> {
    TRY_ASSIGN(auto file, files.path(hash));
    if (progress) progress("files", numbers.files, 0);
    ++numbers.files;
    return out->add_file("files/" + hash.hex, file);
  }));
  TRY(out->close());
  sync_file(unfinished);
  std::error_code problem;
  fs::rename(unfinished, path, problem);
  if (problem) return fail(ErrorCode::unavailable, path + " cannot be written: " + problem.message() + ".");
  sync_file(fs::absolute(path).parent_path().string());
  numbers.bytes = fs::file_size(path, problem);
  return numbers;
}

Result<BackupNumbers> restore_backup(db::Database& db, files::Store& files, const std::string& path, const Progress& progress) {
  if (!fs::exists(path)) return fail(ErrorCode::invalid, "There is no file " + path + ".");
  BackupNumbers numbers;
  TemporaryFolder parts(fs::temp_directory_path().string() + "/confer-restore");
  TRY(unpack(path, parts.path, progress));
  TRY_ASSIGN(Manifest manifest, read_manifest(parts.path / "manifest.json", path));
  TRY_ASSIGN(numbers.schema_version, db.schema_version());
  if (manifest.schema > numbers.schema_version)
    return fail(ErrorCode::conflict, "The backup was written by a newer Confer (schema " + std::to_string(manifest.schema) + ", this one has " +
                                         std::to_string(numbers.schema_version) + "). Install that version first.");
  TRY_ASSIGN(auto tables, db.tables());
  std::erase_if(tables, [](const auto& table) { return !is_carried(table.name); });
  // Stored files first: rows that name a missing file would be worse than a file that no row names.
  if (fs::exists(parts.path / "files"))
    for (const auto& entry : fs::directory_iterator(parts.path / "files")) {
      TRY_ASSIGN(auto hash, files.put_file(entry.path().string()));
      if (hash.hex != entry.path().filename().string())
        return fail(ErrorCode::invalid, "The stored file " + entry.path().filename().string() + " is damaged in the backup.");
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
    TRY_ASSIGN(auto rows,
               fill_table(db, tx, table, manifest.columns.at(table.name), parts.path / "tables" / (table.name + ".jsonl"), {progress, numbers.rows, all_rows}));
    if (rows != manifest.rows.at(table.name))
      return fail(ErrorCode::invalid, "The backup’s table “" + table.name + "” has " + std::to_string(rows) + " rows instead of " +
                                          std::to_string(manifest.rows.at(table.name)) + ".");
    numbers.rows += rows;
    ++numbers.tables;
  }
  for (const auto& [name, columns] : manifest.columns)
    if (std::ranges::find(tables, name, &db::Database::Table::name) == tables.end())
      return fail(ErrorCode::invalid, "The backup has a table “" + name + "” that is not known here.");
  TRY(tx.after_restore());
  TRY_ASSIGN(const auto events, events::list_events(tx));
  for (const auto& event : events) TRY(site::index_event(tx, event.id));
  TRY(tx.commit());
  return numbers;
}

}  // namespace confer::app
