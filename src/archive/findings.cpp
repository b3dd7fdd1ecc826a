// What an import found, by kind (imported.h).
#include <algorithm>
#include "archive/imported.h"

namespace confer::archive {

void Findings::add(std::string_view kind, std::string place, std::string_view message) {
  auto found = by_kind_.find(kind);
  if (found == by_kind_.end()) found = by_kind_.emplace(std::string(kind), Finding{std::string(kind), 0, std::string(message), {}}).first;
  ++found->second.count;
  found->second.places.push_back(std::move(place));
}

void Findings::count(std::string_view kind, std::int64_t number, std::string_view message) {
  if (number == 0) return;
  auto found = by_kind_.find(kind);
  if (found == by_kind_.end()) found = by_kind_.emplace(std::string(kind), Finding{std::string(kind), 0, std::string(message), {}}).first;
  found->second.count += number;
}

void Findings::add_all(Findings&& other) {
  for (auto& [kind, finding] : other.by_kind_) {
    auto [found, is_new] = by_kind_.try_emplace(kind, std::move(finding));
    if (is_new) continue;
    found->second.count += finding.count;
    std::ranges::move(finding.places, std::back_inserter(found->second.places));
  }
  other.by_kind_.clear();
}

std::vector<Finding> Findings::take() {
  std::vector<Finding> out;
  for (auto& [kind, finding] : by_kind_) {
    std::ranges::sort(finding.places);
    out.push_back(std::move(finding));
  }
  by_kind_.clear();
  return out;
}

}  // namespace confer::archive
