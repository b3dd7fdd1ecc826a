// The facets of all documents: columns of values to filter and count by.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "search/search.h"

namespace confer::search {

using ValueId = std::uint32_t;
using ColumnId = std::uint16_t;

struct ColumnValue {
  ColumnId column = 0;
  std::string value, label;
  std::string words;                   ///< of label and value (and a language's other names), folded, joined by spaces, with one before and after
  std::optional<std::int64_t> number;  ///< when the value is a whole number
  std::int64_t documents = 0;
};

/// Reading is for any thread while nobody adds.
class Columns {
 public:
  /// Nothing for a name that is none ([a-z_], at most 40) or an empty value. Of two labels for one value the later counts.
  std::optional<ValueId> add(const Facet& facet);
  std::optional<ColumnId> find(std::string_view name) const;
  const std::string& name(ColumnId id) const { return names_[id]; }
  std::size_t count() const { return names_.size(); }
  ColumnValue& operator[](ValueId id) { return values_[id]; }
  const ColumnValue& operator[](ValueId id) const { return values_[id]; }
  std::size_t size() const { return values_.size(); }
  const std::vector<ValueId>& of(ColumnId column) const { return of_column_[column]; }
  /// The values that what was asked for stands for (search.h, Filter).
  std::vector<ValueId> meant(ColumnId column, std::string_view asked) const;
  /// Values of the column with a word that begins so, in some document; of several words all must be there.
  std::vector<ValueId> begun(ColumnId column, std::string_view text) const;
  /// Values in some document whose words are near to those asked for, the most frequent first: for what stands for no value.
  std::vector<ValueId> like(ColumnId column, std::string_view asked, std::size_t most) const;
  std::size_t bytes() const;

 private:
  std::vector<std::string> names_;
  std::vector<ColumnValue> values_;
  std::vector<std::vector<ValueId>> of_column_;
  std::unordered_map<std::string, ValueId> ids_;  ///< "name\nvalue"
};

struct Range {
  std::int64_t from = INT64_MIN, to = INT64_MAX;  ///< both ends count
};
/// "2012-2015", "<30", ">60", "30-", "-30"; not a single number, but for a time: "90m" and "1h30" are minutes, here and in "<1h".
std::optional<Range> range_of(std::string_view text);

/// Facets as one text for a column of a row, and back.
std::string written(const std::vector<Facet>& facets);
std::vector<Facet> read_facets(std::string_view text);

}  // namespace confer::search
