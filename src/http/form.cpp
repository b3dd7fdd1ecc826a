// Urlencoded forms and queries, parsed strictly.
#include "http/form.h"
#include "base/text.h"
#include "http/characters.h"

namespace confer::http {

std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '+' && plus_is_blank) {
      out += ' ';
    } else if (text[i] == '%') {
      const int high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1, low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

Result<Fields> parse_urlencoded(std::string_view text) {
  Fields fields;
  while (!text.empty()) {
    const std::size_t ampersand = text.find('&');
    const std::string_view pair = text.substr(0, ampersand);
    text.remove_prefix(ampersand == std::string_view::npos ? text.size() : ampersand + 1);
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    std::optional<std::string> name = percent_decoded(pair.substr(0, equals), true);
    std::optional<std::string> value = percent_decoded(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true);
    if (!name || !value) return fail(ErrorCode::invalid, "The form could not be read: it has a malformed “%” escape.");
    if (fields.all().size() == most_form_fields) return fail(ErrorCode::invalid, "The form has too many fields (at most 2,000 are taken).");
    TRY(check_text(*name, "field name", longest_field_name));
    TRY(check_text(*value, *name, longest_field_value));
    fields.add(std::move(*name), std::move(*value));
  }
  return fields;
}

std::optional<std::string> multipart_boundary(std::string_view content_type) {
  std::size_t semicolon = content_type.find(';');
  if (!same_name(trim_blanks(content_type.substr(0, semicolon)), "multipart/form-data")) return std::nullopt;
  while (semicolon != std::string_view::npos) {
    content_type.remove_prefix(semicolon + 1);
    semicolon = content_type.find(';');
    std::string_view parameter = trim_blanks(content_type.substr(0, semicolon));
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos || !same_name(parameter.substr(0, equals), "boundary")) continue;
    std::string_view value = parameter.substr(equals + 1);
    if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
    if (value.empty() || value.size() > 70 || !is_header_value(value) || value.back() == ' ') return std::nullopt;  // RFC 2046 § 5.1.1
    return std::string(value);
  }
  return std::nullopt;
}

}  // namespace confer::http
