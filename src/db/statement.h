// One named SQL statement, in the dialects of both databases. Generated from <folder>/sql/*.sql; nobody writes one by hand outside db/.
#pragma once

namespace confer::db {

/// Parameters are `:1`, `:2`, … in any order, each used as often as needed. Numbers have no gaps.
struct Statement {
  const char* name;  ///< "people/find_person"
  const char* sqlite;
  const char* postgres;
};

}  // namespace confer::db
