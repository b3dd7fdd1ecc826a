// The assignment of the greatest sum (assignment.h).
#include "recordings/assignment.h"
#include <algorithm>
#include <functional>
#include <limits>
#include <queue>
#include <utility>

namespace confer::recordings {
namespace {

constexpr double far = std::numeric_limits<double>::infinity();
constexpr std::uint32_t nobody = std::numeric_limits<std::uint32_t>::max();

struct Edge {
  std::uint32_t column;
  double cost;
};

class Assignment {
 public:
  /// Each row has a column of its own besides, which costs what nothing is worth: so every row finds a place.
  Assignment(std::uint32_t rows, std::uint32_t columns, std::span<const Fit> fits)
      : edges_(rows), price_(columns + rows, 0), holder_(columns + rows, nobody), held_cost_(columns + rows, 0) {
    double best = 0;
    for (const Fit& fit : fits) best = std::max(best, fit.score);
    for (const Fit& fit : fits)
      if (fit.score > 0) edges_[fit.row].push_back({fit.column, best - fit.score});
    for (std::uint32_t row = 0; row < rows; ++row) edges_[row].push_back({columns + row, best});
    distance_.assign(columns + rows, far);
    from_.assign(columns + rows, nobody);
    cost_from_.assign(columns + rows, 0);
    done_.assign(columns + rows, false);
  }

  void place(std::uint32_t row) {
    touched_.clear();
    scanned_.clear();
    Queue queue;
    look(row, 0, queue);
    std::uint32_t end = nobody;
    double length = 0;
    while (!queue.empty()) {
      const auto [distance, column] = queue.top();
      queue.pop();
      if (done_[column] || distance > distance_[column]) continue;
      done_[column] = true;
      if (holder_[column] == nobody) {
        end = column;
        length = distance;
        break;
      }
      scanned_.push_back(column);
      look(holder_[column], held_cost_[column] - price_[column] - distance, queue);
    }
    for (const auto column : scanned_) price_[column] += distance_[column] - length;
    // Back along the path, each row moves on to the next column.
    for (std::uint32_t column = end; column != nobody;) {
      const std::uint32_t taker = from_[column];
      const std::uint32_t left = column_of(taker);
      holder_[column] = taker;
      held_cost_[column] = cost_from_[column];
      column_of_[taker] = column;
      column = taker == row ? nobody : left;
    }
    for (const auto column : touched_) {
      distance_[column] = far;
      done_[column] = false;
    }
  }
  std::uint32_t column_of(std::uint32_t row) {
    if (column_of_.empty()) column_of_.assign(edges_.size(), nobody);
    return column_of_[row];
  }

 private:
  using Queue = std::priority_queue<std::pair<double, std::uint32_t>, std::vector<std::pair<double, std::uint32_t>>, std::greater<>>;
  /// From `row`, whose own column costs it `base` more than the shortest way to it.
  void look(std::uint32_t row, double base, Queue& queue) {
    for (const Edge& edge : edges_[row]) {
      if (done_[edge.column]) continue;
      const double distance = edge.cost - price_[edge.column] - base;
      if (distance >= distance_[edge.column]) continue;
      if (distance_[edge.column] == far) touched_.push_back(edge.column);
      distance_[edge.column] = distance;
      from_[edge.column] = row;
      cost_from_[edge.column] = edge.cost;
      queue.emplace(distance, edge.column);
    }
  }

  std::vector<std::vector<Edge>> edges_;
  std::vector<double> price_;
  std::vector<std::uint32_t> holder_;
  std::vector<double> held_cost_, distance_, cost_from_;
  std::vector<std::uint32_t> from_, column_of_, touched_, scanned_;
  std::vector<bool> done_;
};

}  // namespace

std::vector<std::optional<std::uint32_t>> assign(std::uint32_t rows, std::uint32_t columns, std::span<const Fit> fits) {
  Assignment work(rows, columns, fits);
  for (std::uint32_t row = 0; row < rows; ++row) work.place(row);
  std::vector<std::optional<std::uint32_t>> out(rows);
  for (std::uint32_t row = 0; row < rows; ++row)
    if (const auto column = work.column_of(row); column < columns) out[row] = column;
  return out;
}

}  // namespace confer::recordings
