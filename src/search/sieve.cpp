// Which documents may be found, and what the facets count.
#include "search/sieve.h"

#include <algorithm>
#include <string>

namespace confer::search {

Sieve::Sieve(const Index& index, std::int64_t event, std::string_view kind) : index_(index), event_(event), any_kind_(kind.empty()) {
  if (any_kind_) return;
  if (const auto known = index.find_kind(kind))
    kind_ = *known;
  else
    closed_ = true;
}

void Sieve::add(ColumnId column, const std::vector<ValueId>& values, bool excluded) {
  constexpr std::size_t most = 30;
  if (excluded) {
    excluded_.resize(index_.columns().size(), 0);
    for (const ValueId value : values) excluded_[value] = 1;
    return;
  }
  if (filters_.size() == most) return;
  const std::uint32_t bit = 1U << filters_.size();
  filters_.push_back(column);
  all_ |= bit;
  wanted_.resize(index_.columns().size(), 0);
  for (const ValueId value : values) wanted_[value] |= bit;
}

std::uint32_t Sieve::missing(const Entry& entry) const {
  if (!entry.there || closed_ || (event_ != 0 && entry.event != event_) || (!any_kind_ && entry.kind != kind_)) return out;
  if (!excluded_.empty()) {
    for (const ValueId value : entry.values) {
      if (excluded_[value] != 0) return out;
    }
  }
  if (all_ == 0) return 0;
  std::uint32_t met = 0;
  for (const ValueId value : entry.values) met |= wanted_[value];
  return all_ & ~met;
}

int Sieve::only_column(std::uint32_t bits) const {
  int column = -1;
  for (std::size_t i = 0; i < filters_.size(); ++i) {
    if ((bits >> i & 1U) == 0) continue;
    if (column >= 0 && column != filters_[i]) return -1;
    column = filters_[i];
  }
  return column;
}

namespace {

/// The class that a number is in, as the text that asks for it.
std::vector<Count> classes_of(const std::vector<std::int64_t>& breaks) {
  std::vector<Count> classes;
  const auto add = [&](std::string value) { classes.push_back({value, value}); };
  add("<" + std::to_string(breaks.front()));
  for (std::size_t i = 0; i + 1 < breaks.size(); ++i) add(std::to_string(breaks[i]) + "-" + std::to_string(breaks[i + 1] - 1));
  add(std::to_string(breaks.back()) + "-");
  return classes;
}

}  // namespace

FacetCounts Tally::counts(const Wanted& wanted, const Sieve& sieve) const {
  FacetCounts out;
  out.name = wanted.name;
  const Columns& columns = index_.columns();
  const auto column = columns.find(wanted.name);
  if (!column) return out;
  if (!wanted.breaks.empty() && std::ranges::is_sorted(wanted.breaks)) {
    out.values = classes_of(wanted.breaks);
    std::vector<std::size_t> values(out.values.size(), 0), chosen(out.values.size(), 0);
    for (const ValueId id : columns.of(*column)) {
      const auto& number = columns[id].number;
      if (!number) continue;
      const auto at = static_cast<std::size_t>(std::ranges::upper_bound(wanted.breaks, *number) - wanted.breaks.begin());
      out.values[at].count += counts_[id];
      ++values[at];
      chosen[at] += sieve.chooses(id) ? 1 : 0;
    }
    for (std::size_t i = 0; i < values.size(); ++i) out.values[i].chosen = values[i] > 0 && chosen[i] == values[i];
    std::erase_if(out.values, [](const Count& count) { return count.count == 0 && !count.chosen; });
    out.different = std::ssize(out.values);
    return out;
  }
  std::vector<ValueId> found;
  for (const ValueId id : columns.of(*column)) {
    if (counts_[id] > 0) ++out.different;
    if (counts_[id] > 0 || sieve.chooses(id)) found.push_back(id);
  }
  const auto rank = [&](ValueId a, ValueId b) {
    if (counts_[a] != counts_[b]) return counts_[a] > counts_[b];
    return columns[a].value < columns[b].value;
  };
  std::vector<ValueId> shown = found;
  if (shown.size() > wanted.most) {
    std::ranges::nth_element(shown, shown.begin() + static_cast<std::ptrdiff_t>(wanted.most), rank);
    shown.resize(wanted.most);
    // A range may choose hundreds; then the most frequent must do.
    constexpr std::size_t most_chosen = 10;
    std::vector<ValueId> chosen;
    for (const ValueId id : found) {
      if (sieve.chooses(id)) chosen.push_back(id);
    }
    if (chosen.size() <= most_chosen) {
      for (const ValueId id : chosen) {
        if (std::ranges::find(shown, id) == shown.end()) shown.push_back(id);
      }
    }
  }
  std::ranges::sort(shown, rank);
  for (const ValueId id : shown) out.values.push_back({columns[id].value, columns[id].label, counts_[id], sieve.chooses(id)});
  return out;
}

}  // namespace confer::search
