// From a template as written to what ctemplate compiles: includes, translation, and the escaping of each value.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace confer::html {

/// Where `prepare_template` gets what it puts in.
struct TemplateSurroundings {
  std::function<const std::string_view*(std::string_view name)> find_template;
  std::function<std::string_view(std::string_view text)> translate;
  std::function<std::string(std::string_view name)> asset_url;
  std::string_view language;
  std::string_view direction;  ///< "ltr" or "rtl"
};

/// The name under which `View::set_html` keeps a value: a name that no template can write.
inline constexpr std::string_view html_suffix = "__HTML";

/// The template with its includes in place, its texts translated, and every value marked with how it is escaped where it stands.
///
/// ctemplate's own auto-escape stays on and refuses what would be unsafe; we choose the variants it does not choose itself: white space is kept
/// (`:p`, for <textarea> and <pre>), and a value after `?name=` in an address is percent-encoded (`:u`).
/// Errors: invalid – "people/sign_in.html, line 7: …" for an unknown include, a modifier, an unquoted attribute's value, a value inside <script> or <style>.
Result<std::string> prepare_template(std::string_view name, std::string_view source, const TemplateSurroundings& surroundings);

}  // namespace confer::html
