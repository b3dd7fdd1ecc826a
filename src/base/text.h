// Text as people write it: UTF-8 checks, trimming, folding, slugs, cutting (ICU where Unicode matters).
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include "base/result.h"

namespace confer {

bool is_valid_utf8(std::string_view text);
/// The byte offset of the first malformed sequence, or npos.
std::size_t first_invalid_utf8(std::string_view text);
/// Malformed sequences become U+FFFD.
std::string repair_utf8(std::string_view text);
/// Errors: invalid – not UTF-8, or with U+0000 (PostgreSQL cannot store it).
Result<void> check_text(std::string_view text, std::string_view field, std::size_t max_bytes);

std::string_view trim(std::string_view text);  ///< white space of ASCII plus U+00A0 and U+FEFF at the ends
/// Trimmed, inner white space runs to one space, NFC; control, zero-width and bidi control characters removed, malformed UTF-8 repaired: for titles and
/// names. The two joiners stay between other characters, where Persian words and composed emoji need them.
std::string tidy_line(std::string_view text);
std::string nfc(std::string_view text);
/// Lower-case ASCII only.
std::string ascii_lower(std::string_view text);
/// Case- and accent-folded, for comparing and searching: "Köln" → "koln", "Straße" → "strasse".
std::string fold(std::string_view text);
/// Any script transliterated to ASCII words joined by '-': "Привет, мир" → "privet-mir"; empty when nothing is left. At most `max` bytes, cut at a word.
std::string slugify(std::string_view text, std::size_t max = 60);
/// Sort key by the collation of `language`, digits by their number ("Room 9" before "Room 10"): compare with memcmp.
std::string collation_key(std::string_view text, std::string_view language);
/// At most `max` code points, the closing "…" of a cut text included; cut at a word where possible, never inside an accented letter or a joined emoji.
std::string ellipsis(std::string_view text, std::size_t max);

/// Every part, empty ones too: "a,,b" has three, "" has one.
std::vector<std::string_view> split(std::string_view text, char separator);
std::string join(const std::vector<std::string>& parts, std::string_view separator);
/// Everything but letters, digits and -._~ as %XX (RFC 3986 § 2.3): for a value in a query.
std::string percent_encoded(std::string_view text);
std::string replace_all(std::string text, std::string_view from, std::string_view to);

/// "12.500" with three digits behind the point, whatever the language: for machines and fields.
std::string fixed(double number, int digits);
/// A whole number as it is written in a language: "21,715", "21.715".
std::string format_number(std::int64_t number, std::string_view language);
/// A language's name in another: "Brazilian Portuguese"; the tag itself where ICU does not know it.
std::string name_of_language(std::string_view tag, std::string_view language);

/// True for a language tag of the form "en", "de", "pt-BR", "zh-Hant" (BCP 47: language, optional script and region), in exactly this case, so that a
/// language has one tag.
bool is_language_tag(std::string_view tag);
/// True when the language of a tag is written right to left (ar, he, fa, ur, …).
bool is_right_to_left(std::string_view language);

}  // namespace confer
