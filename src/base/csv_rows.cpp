// Splits comma-separated values (csv_rows.h).
#include "base/csv_rows.h"
#include <algorithm>
#include <array>
#include <utility>
#include "base/text.h"

namespace confer {
namespace {

char separator_of(std::string_view bytes) {
  std::array<std::pair<int, char>, 3> counts{{{0, ','}, {0, ';'}, {0, '\t'}}};
  bool quoted = false;
  for (const char c : bytes) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) break;
    for (auto& [count, separator] : counts)
      if (!quoted && c == separator) ++count;
  }
  return std::ranges::max_element(counts, {}, [](const auto& pair) { return pair.first; })->second;
}

}  // namespace

CsvRows split_csv(std::string_view bytes) {
  const std::size_t all = bytes.size();
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  CsvRows table{.separator = separator_of(bytes)};
  std::size_t line = 1, row_line = 1;
  // Excel's own word about the separator.
  const std::string_view first = bytes.substr(0, bytes.find_first_of("\r\n"));
  if (first.size() == 5 && ascii_lower(first.substr(0, 4)) == "sep=") {
    table.separator = first[4];
    bytes.remove_prefix(std::min(bytes.size(), bytes.find('\n') == std::string_view::npos ? first.size() : bytes.find('\n') + 1));
    line = row_line = 2;
  }
  std::vector<std::string> row;
  std::string field;
  const auto end_row = [&] {
    row.push_back(std::move(field));
    field.clear();
    if (row.size() > 1 || !trim(row[0]).empty()) {
      table.rows.push_back(std::move(row));
      table.lines.push_back(row_line);
    }
    row.clear();
    row_line = line;
  };
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const char c = bytes[i];
    if (c == '"' && field.empty()) {
      const std::size_t opened = i + (all - bytes.size());
      for (++i;; ++i) {
        if (i >= bytes.size()) {
          table.unclosed = opened;
          return table;
        }
        if (bytes[i] == '"') {
          if (i + 1 >= bytes.size() || bytes[i + 1] != '"') break;
          ++i;
        }
        if (bytes[i] == '\n') ++line;
        field += bytes[i];
      }
    } else if (c == table.separator) {
      row.push_back(std::move(field));
      field.clear();
    } else if (c == '\n' || c == '\r') {
      if (c == '\r' && i + 1 < bytes.size() && bytes[i + 1] == '\n') ++i;
      ++line;
      end_row();
    } else {
      field += c;
    }
  }
  if (!field.empty() || !row.empty()) end_row();
  return table;
}

}  // namespace confer
