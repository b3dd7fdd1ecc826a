// How long work tells how far it is.
#pragma once
#include <cstdint>
#include <functional>
#include <string_view>

namespace confer {

/// Called often, so it must be cheap: what is being done ("talks"), how much of it is done, and of how much (0: nobody knows yet).
using Progress = std::function<void(std::string_view doing, std::int64_t done, std::int64_t of)>;

}  // namespace confer
