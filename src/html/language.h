// What translation and templates need of each other.
#pragma once
#include <span>
#include <string>
#include <string_view>

namespace confer::html {

/// `text` with %1, %2, … replaced by the values; a place without a value stays.
std::string fill_places(std::string_view text, std::span<const std::string_view> values);
/// Templates hold translated text: a new catalogue makes them be compiled again.
void forget_compiled_templates();

}  // namespace confer::html
