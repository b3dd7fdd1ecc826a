// How a command tells that it could not do what was asked.
#include <iostream>
#include "app/commands/commands.h"
#include "base/log.h"

namespace confer::app {

int report_error(const Error& error, std::string_view of) {
  std::cerr << "confer: " << of << (of.empty() ? "" : ": ") << (error.where.empty() || error.message.contains(error.where) ? "" : error.where + ": ")
            << error.message << "\n";
  for (const auto& problem : error.problems) std::cerr << "  " << (problem.field.empty() ? "" : problem.field + ": ") << problem.message << "\n";
  if (error.code == ErrorCode::internal || error.code == ErrorCode::unavailable) {
    if (!error.detail.empty()) std::cerr << "  (" << error.detail << ")\n";
    return 1;
  }
  return 2;
}

}  // namespace confer::app
