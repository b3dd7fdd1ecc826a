// How C++ types go into and come out of columns.
#pragma once
#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <variant>
#include <vector>
#include "base/id.h"
#include "base/localized_text.h"
#include "base/time.h"

namespace confer::db {

/// What a column can hold: NULL, a 64-bit integer, a double or UTF-8 text. Binary goes into files/ or as hexadecimal text.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;
enum class ColumnType : unsigned char { integer, real, text };

/// Conversion of one type. `type` is what the driver is asked for; `read` gets a non-NULL value.
/// A NULL read into a type that is not std::optional gives that type's empty value.
template <class T>
struct Column;

template <std::integral T>
struct Column<T> {
  static constexpr ColumnType type = ColumnType::integer;
  static Value write(T v) { return static_cast<std::int64_t>(v); }
  static Result<T> read(const Value& v) {
    auto n = std::get<std::int64_t>(v);
    if constexpr (std::same_as<T, bool>) {
      return n != 0;
    } else {
      if (!std::in_range<T>(n)) return fail(ErrorCode::internal, "A stored number is out of range.", std::to_string(n));
      return static_cast<T>(n);
    }
  }
};
template <class T>
  requires std::is_enum_v<T>
struct Column<T> {
  static constexpr ColumnType type = ColumnType::integer;
  static Value write(T v) { return static_cast<std::int64_t>(v); }
  static Result<T> read(const Value& v) { return static_cast<T>(std::get<std::int64_t>(v)); }
};
template <>
struct Column<double> {
  static constexpr ColumnType type = ColumnType::real;
  static Value write(double v) { return v; }
  static Result<double> read(const Value& v) { return std::get<double>(v); }
};
template <>
struct Column<std::string> {
  static constexpr ColumnType type = ColumnType::text;
  static Value write(std::string v) { return Value(std::move(v)); }
  static Result<std::string> read(const Value& v) { return std::get<std::string>(v); }
};
template <>
struct Column<std::string_view> {
  static Value write(std::string_view v) { return std::string(v); }
};
template <>
struct Column<const char*> {
  static Value write(const char* v) { return std::string(v); }
};
template <class Kind>
struct Column<Id<Kind>> {
  static constexpr ColumnType type = ColumnType::integer;
  /// Id 0 ("none") is stored as NULL.
  static Value write(Id<Kind> v) { return v ? Value(v.value) : Value(); }
  static Result<Id<Kind>> read(const Value& v) { return Id<Kind>{std::get<std::int64_t>(v)}; }
};
template <>
struct Column<Instant> {
  static constexpr ColumnType type = ColumnType::integer;
  static Value write(Instant v) { return to_ms(v); }
  static Result<Instant> read(const Value& v) { return instant_of_ms(std::get<std::int64_t>(v)); }
};
template <>
struct Column<WallTime> {
  static constexpr ColumnType type = ColumnType::text;
  static Value write(WallTime v) { return to_text(v); }
  static Result<WallTime> read(const Value& v) { return parse_wall_time(std::get<std::string>(v)); }
};
template <>
struct Column<Date> {
  static constexpr ColumnType type = ColumnType::text;
  static Value write(Date v) { return to_text(v); }
  static Result<Date> read(const Value& v) { return parse_date(std::get<std::string>(v)); }
};
template <>
struct Column<minutes> {
  static constexpr ColumnType type = ColumnType::integer;
  static Value write(minutes v) { return static_cast<std::int64_t>(v.count()); }
  static Result<minutes> read(const Value& v) { return minutes(std::get<std::int64_t>(v)); }
};
template <>
struct Column<LocalizedText> {
  static constexpr ColumnType type = ColumnType::text;
  static Value write(const LocalizedText& v) { return v.to_json(); }
  static Result<LocalizedText> read(const Value& v) { return LocalizedText::from_json(std::get<std::string>(v)); }
};
template <class T>
struct Column<std::optional<T>> {
  static constexpr ColumnType type = Column<T>::type;
  static Value write(const std::optional<T>& v) { return v ? Column<T>::write(*v) : Value(); }
  static Result<std::optional<T>> read(const Value& v) {
    if (std::holds_alternative<std::monostate>(v)) return std::nullopt;
    TRY_ASSIGN(T inner, Column<T>::read(v));
    return inner;
  }
};

template <class T>
Value to_value(const T& v) {
  return Column<std::decay_t<const T&>>::write(v);
}

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

/// Where one column's value goes. One reader a column type, however many rows have it: row types cost little to compile.
struct Target {
  void* field = nullptr;
  Result<void> (*read)(const Value& value, void* field) = nullptr;
};

template <class T>
[[gnu::noinline]] Result<void> read_field(const Value& v, void* field) {
  T& out = *static_cast<T*>(field);
  if (!is_optional<T> && std::holds_alternative<std::monostate>(v)) {
    out = T{};
    return {};
  }
  auto read = Column<T>::read(v);
  if (!read) return std::unexpected(std::move(read).error());
  out = *std::move(read);
  return {};
}

/// A row type is a tuple of columns, one column, or a struct with `auto columns() { return std::tie(id, code, …); }`.
template <class Row>
struct RowType {
  static auto tie(Row& r) {
    if constexpr (requires { r.columns(); })
      return r.columns();
    else
      return std::tie(r);
  }
};
template <class... T>
struct RowType<std::tuple<T...>> {
  static auto tie(std::tuple<T...>& r) {
    return std::apply([](auto&... c) { return std::tie(c...); }, r);
  }
};

}  // namespace confer::db
