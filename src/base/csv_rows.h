// Rows of comma-separated values (RFC 4180) as spreadsheets write them: commas, semicolons or tabs.
#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace confer {

struct CsvRows {
  char separator = ',';
  std::vector<std::vector<std::string>> rows;  ///< without empty lines
  std::vector<std::size_t> lines;              ///< where each row begins, from 1
  std::optional<std::size_t> unclosed;         ///< the byte of a quote that is never closed; the rows end before it
};
/// The separator is what splits the first line into most columns, or what Excel's "sep=;" says.
CsvRows split_csv(std::string_view bytes);

}  // namespace confer
