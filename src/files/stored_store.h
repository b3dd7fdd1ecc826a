// What lies in a store elsewhere: rows.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "db/database.h"

namespace confer::files::stored {

enum class State : unsigned char {
  coming = 0,  ///< on its way there; nothing names it yet
  named = 1,
  going = 2,  ///< on its way out: nobody may count on it any more
};
struct Row {
  std::string hash;
  std::uint64_t size_bytes = 0;
  State state = State::coming;
  std::string upload_id;  ///< of what came in part
  Instant changed_at{};
  std::optional<Instant> verified_at;  ///< was read back, and is what it should be
  bool is_there() const { return verified_at && state != State::going; }
};

Result<std::optional<Row>> find(db::Tx& tx, std::string_view hash);
Result<std::vector<Row>> list(db::Tx& tx);
/// False while it is on its way out.
Result<bool> put(db::Tx& tx, std::string_view hash, std::uint64_t size_bytes);
/// It is not whole (any more); an empty id: nothing of it is there.
Result<void> set_upload(db::Tx& tx, std::string_view hash, std::string_view upload_id);
Result<bool> set_verified(db::Tx& tx, std::string_view hash);
/// False when it is not there.
Result<bool> set_named(db::Tx& tx, std::string_view hash);
/// False when the row is another one by now.
Result<bool> set_going(db::Tx& tx, const Row& row);
Result<void> forget(db::Tx& tx, std::string_view hash);

/// Of the folder that files lie in; empty: none yet.
Result<std::string> mark(db::Tx& tx);
Result<void> put_mark(db::Tx& tx, std::string_view mark);

}  // namespace confer::files::stored
