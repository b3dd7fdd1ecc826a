// Asks every library and slice what is wrong with what it has stored.
#pragma once
#include <string>
#include <vector>
#include "app/installation.h"

namespace confer::app {

/// A sentence each, that begins with who says so: "programme: slot 12 stands in a removed room". Changes nothing.
Result<std::vector<std::string>> check_everything(Installation& here);

}  // namespace confer::app
