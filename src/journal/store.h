// The journal's rows.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>

#include "journal/journal.h"

namespace confer::journal {

/// Takes `count` positions and returns the last of them. Until this transaction ends, whoever else takes one waits.
Result<std::int64_t> take_positions(db::Tx& tx, std::int64_t count);
Result<void> insert_fact(db::Tx& tx, const Fact& fact);

/// A reaction that is new starts before the first fact.
Result<void> add_cursor(db::Tx& tx, std::string_view reaction);
Result<std::int64_t> find_cursor(db::Tx& tx, std::string_view reaction);
/// Until this transaction ends, whoever else asks for this cursor's lock waits.
Result<std::int64_t> lock_cursor(db::Tx& tx, std::string_view reaction);
Result<void> move_cursor(db::Tx& tx, std::string_view reaction, std::int64_t position);

}  // namespace confer::journal
