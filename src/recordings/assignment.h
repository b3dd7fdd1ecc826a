// One to one, so that the sum is greatest: which video is which talk's. A rule: it knows numbers only.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace confer::recordings {

/// How well a row and a column belong together; of what is not listed, not at all.
struct Fit {
  std::uint32_t row = 0, column = 0;
  double score = 0;
};
/// The column of each row, or none. No column has two rows, and no other choice has a greater sum of scores; pairs with a score of 0 or less are never chosen.
/// Among equals the answer is always the same one. By shortest augmenting paths with potentials (Jonker and Volgenant 1987, for sparse costs): rows × pairs ×
/// log at worst.
std::vector<std::optional<std::uint32_t>> assign(std::uint32_t rows, std::uint32_t columns, std::span<const Fit> fits);

}  // namespace confer::recordings
