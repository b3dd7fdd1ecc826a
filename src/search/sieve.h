// Which documents may be found at all: event, kind, filters; and what the facets count among those that are.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "search/index.h"

namespace confer::search {

class Sieve {
 public:
  /// Event 0 and an empty kind let all through.
  Sieve(const Index& index, std::int64_t event, std::string_view kind);
  /// Only documents with one of the values (excluded: with none of them). At most 30; more are not looked at.
  void add(ColumnId column, const std::vector<ValueId>& values, bool excluded);
  /// Nothing gets through: a filter names a facet that does not exist.
  void close() { closed_ = true; }
  bool open() const { return filters_.empty() && !closed_; }

  static constexpr std::uint32_t out = 1U << 31U;
  /// The filters that keep the document back, as bits; `out` when it is of another event or kind, or excluded. 0: it gets through.
  std::uint32_t missing(const Entry& entry) const;
  /// The column of the filters in a set of bits, when it is one and the same; else -1.
  int only_column(std::uint32_t bits) const;
  bool chooses(ValueId value) const { return value < wanted_.size() && wanted_[value] != 0; }

 private:
  const Index& index_;
  std::int64_t event_;
  bool any_kind_ = true, closed_ = false;
  std::uint16_t kind_ = 0;
  std::vector<ColumnId> filters_;                 ///< by bit
  std::uint32_t all_ = 0;                         ///< bits of filters that must be met
  std::vector<std::uint32_t> wanted_, excluded_;  ///< by value
};

/// Counts values among documents; each may be counted for all columns or for one.
class Tally {
 public:
  explicit Tally(const Index& index) : index_(index), counts_(index.columns().size(), 0) {}
  void add(const Entry& entry) {
    for (const ValueId value : entry.values) ++counts_[value];
  }
  void add_only(const Entry& entry, int column) {
    for (const ValueId value : entry.values) counts_[value] += index_.columns()[value].column == column ? 1 : 0;
  }
  std::int64_t operator[](ValueId value) const { return counts_[value]; }
  FacetCounts counts(const Wanted& wanted, const Sieve& sieve) const;

 private:
  const Index& index_;
  std::vector<std::uint32_t> counts_;
};

}  // namespace confer::search
