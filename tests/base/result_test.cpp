// Tests of base/result.h and base/id.h.
#include "base/result.h"
#include <gtest/gtest.h>
#include <memory>
#include <type_traits>
#include "base/id.h"

namespace confer {
namespace {

Result<std::unique_ptr<int>> made(int value) {
  if (value < 0) return fail(ErrorCode::invalid, "Too small.", "value was negative");
  return std::make_unique<int>(value);
}

Result<int> sum(int a, int b) {
  TRY_ASSIGN(const std::unique_ptr<int> first, made(a));
  std::unique_ptr<int> second;
  TRY_ASSIGN(second, made(b));
  TRY(made(*first - *second));
  return *first + *second;
}

TEST(result, try_passes_values_and_errors_on) {
  EXPECT_EQ(sum(3, 2), 5);
  EXPECT_EQ(sum(-1, 2).error().message, "Too small.");
  EXPECT_EQ(sum(1, -1).error().detail, "value was negative");
  EXPECT_EQ(sum(1, 2).error().code, ErrorCode::invalid);
}

TEST(result, wrap_puts_the_outer_work_first) {
  Error error{.code = ErrorCode::conflict, .message = "Taken."};
  error = wrap(wrap(std::move(error), "while reading rooms"), "while importing camp2019");
  EXPECT_EQ(error.where, "while importing camp2019: while reading rooms");
  EXPECT_EQ(error.code, ErrorCode::conflict);
  EXPECT_EQ(error.message, "Taken.");
}

TEST(result, codes_have_stable_names) {
  const std::pair<ErrorCode, std::string_view> rows[] = {
      {ErrorCode::invalid, "invalid"},         {ErrorCode::unauthenticated, "unauthenticated"},
      {ErrorCode::forbidden, "forbidden"},     {ErrorCode::not_found, "not_found"},
      {ErrorCode::conflict, "conflict"},       {ErrorCode::gone, "gone"},
      {ErrorCode::unavailable, "unavailable"}, {ErrorCode::internal, "internal"},
  };
  for (const auto& [code, name] : rows) EXPECT_EQ(name_of(code), name);
}

struct Talk;
struct Room;
static_assert(!std::is_convertible_v<Id<Talk>, Id<Room>> && !std::is_convertible_v<std::int64_t, Id<Talk>> &&
              !std::equality_comparable_with<Id<Talk>, Id<Room>>);

TEST(id, is_empty_when_zero) {
  EXPECT_FALSE(Id<Talk>{});
  EXPECT_TRUE(Id<Talk>{7});
  EXPECT_LT(Id<Talk>{6}, Id<Talk>{7});
}

}  // namespace
}  // namespace confer
