// Turns our parameters `:1`, `:2` into each database's own, so that one statement text serves both.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace confer::db {

struct Translated {
  std::string sql;
  std::size_t parameters = 0;      ///< the highest number used
  std::vector<std::size_t> order;  ///< which of them (from 0) SOCI is to be given first, second, …
};

enum class Style : unsigned char {
  sqlite,    ///< `:2` becomes `?2`, which SQLite numbers itself
  postgres,  ///< `:2` stays at its first use, and is `$n` from then on, n counting first uses: SOCI makes a new `$n` of every `:name`, so that the
             ///< type of a repeated parameter would have to be known at each place, and given only `$n` it throws std::out_of_range while
             ///< it composes the message of an error (4.0.3)
};

/// Untouched: `::casts`, a ':' in 'text', in "names" and before anything but a digit. Comments are dropped, because SOCI's own scan for
/// parameters would stumble over a quote in one. An array slice needs a space after its colon: `a[1: 2]`.
Translated translate_parameters(std::string_view sql, Style style);

/// The lines of a migration meant for one database: everything but what stands under `-- @sqlite` or `-- @postgres` (up to `-- @both`)
/// for the other one. `{{id}}` becomes the auto-increment primary key type.
std::string dialect_of(std::string_view migration, bool postgres);

}  // namespace confer::db
