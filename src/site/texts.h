// An event's Markdown, rendered once for all pages and languages that show it.
#pragma once
#include <string>
#include <string_view>
#include <unordered_map>
#include "site/pack.h"

namespace confer::site {

/// Lives as long as a rendering. An abstract stands on the talk's page and in the phones' data in each language, its first line in every list.
/// Not thread-safe.
class Texts {
 public:
  /// html::markdown of the text, its highest heading `top_heading`.
  const std::string& html(std::string_view text, int top_heading = 2);
  /// html::markdown_summary of the text.
  const std::string& summary(std::string_view text, std::size_t max);

 private:
  using ByText = std::unordered_map<std::string, std::string, TextHash, std::equal_to<>>;
  std::unordered_map<int, ByText> html_;  ///< by the highest heading
  ByText plain_;
  std::unordered_map<std::size_t, ByText> summaries_;  ///< by the length that they may have
};

}  // namespace confer::site
