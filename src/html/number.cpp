// Digits in groups, by ICU (number.h).
#include "html/number.h"
#include <unicode/locid.h>
#include <unicode/numfmt.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>
#include <map>
#include <memory>

namespace confer::html {

std::string number_text(std::int64_t n, std::string_view language) {
  constexpr std::int64_t first_grouped = 1000;
  if (n > -first_grouped && n < first_grouped) return std::to_string(n);
  thread_local std::map<std::string, std::unique_ptr<icu::NumberFormat>, std::less<>> formats;
  constexpr std::size_t max_cached = 64;
  if (formats.size() > max_cached) formats.clear();
  auto& format = formats[std::string(language)];
  if (!format) {
    UErrorCode status = U_ZERO_ERROR;
    icu::Locale locale = icu::Locale::forLanguageTag(icu::StringPiece(language.data(), static_cast<std::int32_t>(language.size())), status);
    if (U_FAILURE(status) || locale.isBogus()) {
      status = U_ZERO_ERROR;
      locale = icu::Locale::getUK();
    }
    // The digits of the times beside it.
    locale.setKeywordValue("numbers", "latn", status);
    format.reset(icu::NumberFormat::createInstance(locale, status));
    if (U_FAILURE(status)) format.reset();
  }
  if (!format) return std::to_string(n);
  icu::UnicodeString text;
  format->format(n, text);
  std::string out;
  return text.toUTF8String(out);
}

}  // namespace confer::html
