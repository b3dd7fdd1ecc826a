// Turns our parameters `:1`, `:2` into each database's own, so that one statement text serves both.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace confer::db {

struct Translated {
  std::string sql;
  std::size_t parameters = 0;  ///< the highest number used
};

/// `:1` becomes `<mark>1`: `?1` for SQLite, `$1` for PostgreSQL. Untouched: `::casts`, a ':' in 'text', in "names" and before anything
/// but a digit. Comments are dropped, because SOCI's own scan for parameters would stumble over a quote in one.
/// An array slice needs a space after its colon: `a[1: 2]`.
Translated translate_parameters(std::string_view sql, char mark);

/// The lines of a migration meant for one database: everything but what stands under `-- @sqlite` or `-- @postgres` (up to `-- @both`)
/// for the other one. `{{id}}` becomes the auto-increment primary key type.
std::string dialect_of(std::string_view migration, bool postgres);

}  // namespace confer::db
