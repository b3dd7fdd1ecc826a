// The documents' rows, and what has changed in them.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "search/index.h"
#include "search/search.h"

namespace confer::search {

/// Every document, oldest first.
Result<void> each_document(db::Tx& tx, const std::function<void(const Row&)>& use);
/// Those of the ids that exist.
Result<std::vector<Row>> list_documents(db::Tx& tx, std::span<const std::int64_t> ids);

struct Shown {
  std::int64_t id = 0;
  std::string title, body;
};
Result<std::vector<Shown>> list_shown(db::Tx& tx, std::span<const std::int64_t> ids);

/// Grows by one with each transaction that changes documents; what a reader sees fits what it reads here.
Result<std::int64_t> read_version(db::Tx& tx);
/// The ids that changed after one version up to another; none when that is no longer known, or is too much.
Result<std::optional<std::vector<std::int64_t>>> changes_between(db::Tx& tx, std::int64_t from, std::int64_t to);
/// This transaction has changed documents and not committed yet.
bool has_changes(db::Tx& tx);

}  // namespace confer::search
