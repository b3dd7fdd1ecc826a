// Ids that do not mix: Id<Talk> is not Id<Room>.
#pragma once
#include <compare>
#include <cstdint>
#include <functional>

namespace confer {

/// A row's number. 0 means "none yet". Never shown to people: they see a Code.
template <class Kind>
struct Id {
  std::int64_t value = 0;
  explicit operator bool() const { return value != 0; }
  auto operator<=>(const Id&) const = default;
};

}  // namespace confer

template <class Kind>
struct std::hash<confer::Id<Kind>> {
  std::size_t operator()(confer::Id<Kind> id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
