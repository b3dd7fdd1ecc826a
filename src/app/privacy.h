// A person's data across all slices: given out, and taken away for good.
#pragma once
#include <string>
#include "ids/ids.h"
#include "people/web.h"

namespace confer::app {

/// Everything that is stored about the person, as one JSON object.
Result<std::string> export_everything(db::Database& db, PersonId person);
/// Removes it from every table, renders pages again, and takes the old bytes out of the database's files.
/// Talks stay, without the name; the audit trail holds only numbers.
Result<void> erase_everything(const Web& web, const Actor& actor, PersonId person);

}  // namespace confer::app
