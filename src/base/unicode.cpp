// Text that needs Unicode's tables: normalising, folding, slugs, sort keys (ICU).
#include <unicode/bytestream.h>
#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/normalizer2.h>
#include <unicode/numfmt.h>
#include <unicode/stringpiece.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <algorithm>
#include <cstdint>
#include <map>
#include <memory>
#include "base/text.h"

namespace confer {
namespace {

constexpr std::size_t max_collators = 50;  ///< a thread keeps at most so many (about 10 kB each); then it starts anew

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// Words of printable ASCII with one space between them: most titles and names.
bool is_tidy_ascii(std::string_view text) {
  char previous = ' ';
  for (const char c : text) {
    if (c < ' ' || c > '~' || (c == ' ' && previous == ' ')) return false;
    previous = c;
  }
  return text.empty() || previous != ' ';
}

icu::StringPiece piece(std::string_view text) { return {text.data(), static_cast<std::int32_t>(text.size())}; }

std::string normalized(const icu::Normalizer2& form, std::string_view text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out, static_cast<std::int32_t>(text.size()));
  UErrorCode status = U_ZERO_ERROR;
  form.normalizeUTF8(0, piece(text), sink, nullptr, status);
  ASSERT(U_SUCCESS(status));
  return out;
}

const icu::Normalizer2& nfc_form() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFCInstance(status);
  ASSERT(U_SUCCESS(status));
  return *form;
}

const icu::Normalizer2& nfd_form() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFDInstance(status);
  ASSERT(U_SUCCESS(status));
  return *form;
}

const icu::Normalizer2& casefold_form() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* form = icu::Normalizer2::getNFKCCasefoldInstance(status);
  ASSERT(U_SUCCESS(status));
  return *form;
}

bool is_invisible(UChar32 c) {
  return c == 0x200B || c == 0x2060 || c == 0xFEFF || c == 0x180E         // zero-width spaces and joiners of words
         || c == 0x061C || c == 0x200E || c == 0x200F                     // bidi marks
         || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069)  // bidi embeddings, overrides, isolates
         || u_charType(c) == U_CONTROL_CHAR;
}

bool joins_letters(UChar32 c) { return c == 0x200C || c == 0x200D; }

/// Marks that are decoration on a letter: the accents of Latin, Greek and Cyrillic, Hebrew points, Arabic vowel signs. Marks that are letters in their own
/// right (Indic vowels, Japanese voicing, Thai) stay.
bool is_accent(UChar32 c) {
  const bool block = (c >= 0x0300 && c <= 0x036F) || (c >= 0x0591 && c <= 0x05C7) || (c >= 0x064B && c <= 0x065F) || c == 0x0670 ||
                     (c >= 0x1AB0 && c <= 0x1AFF) || (c >= 0x1DC0 && c <= 0x1DFF) || (c >= 0x20D0 && c <= 0x20FF) || (c >= 0xFE20 && c <= 0xFE2F);
  return block && (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
}

/// Letters whose stroke or ligature Unicode does not decompose; null for all others.
const char16_t* plain_letters(UChar32 c) {
  switch (c) {
    case u'ø':
      return u"o";
    case u'ł':
      return u"l";
    case u'đ':
      return u"d";
    case u'ð':
      return u"d";
    case u'ħ':
      return u"h";
    case u'ı':
      return u"i";
    case u'ŧ':
      return u"t";
    case u'æ':
      return u"ae";
    case u'œ':
      return u"oe";
    case u'þ':
      return u"th";
    default:
      return nullptr;
  }
}

const icu::Transliterator& to_ascii() {
  // Making one compiles its rules (tens of milliseconds); using one is not safe from two threads.
  thread_local const std::unique_ptr<icu::Transliterator> transliterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> made(icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
    ASSERT(U_SUCCESS(status));
    return made;
  }();
  return *transliterator;
}

}  // namespace

std::string nfc(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  return normalized(nfc_form(), text);
}

std::string tidy_line(std::string_view text) {
  if (is_tidy_ascii(text)) return std::string(text);
  const std::string composed = is_ascii(text) ? std::string(text) : normalized(nfc_form(), repair_utf8(text));
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(composed.data());
  std::string out;
  out.reserve(composed.size());
  std::string joiner;  // seen after a letter; kept only when another letter follows
  bool space = false;
  for (std::size_t i = 0; i < composed.size();) {
    const std::size_t start = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, composed.size(), c);
    if (u_isUWhiteSpace(c)) {
      space = true;
      joiner.clear();
    } else if (is_invisible(c)) {
      continue;
    } else if (joins_letters(c)) {
      if (!space && !out.empty()) joiner.assign(composed, start, i - start);
    } else {
      if (space && !out.empty()) out += ' ';
      space = false;
      out += joiner;
      joiner.clear();
      out.append(composed, start, i - start);
    }
  }
  // Taking a character out from between two others may have made a pair that composes.
  return nfc(out);
}

std::string fold(std::string_view text) {
  if (is_ascii(text)) return ascii_lower(text);
  const std::string decomposed = normalized(nfd_form(), normalized(casefold_form(), text));
  const auto source = icu::UnicodeString::fromUTF8(piece(decomposed));
  icu::UnicodeString plain;
  for (std::int32_t i = 0; i < source.length(); i = source.moveIndex32(i, 1)) {
    const UChar32 c = source.char32At(i);
    if (is_accent(c)) continue;
    if (const char16_t* letters = plain_letters(c))
      plain.append(icu::UnicodeString(letters));
    else
      plain.append(c);
  }
  std::string out;
  plain.toUTF8String(out);
  return nfc(out);
}

std::string slugify(std::string_view text, std::size_t max) {
  std::string ascii;
  if (is_ascii(text)) {
    ascii = text;
  } else {
    auto working = icu::UnicodeString::fromUTF8(piece(text));
    // What is far beyond the cut cannot matter, and transliterating a whole book would take seconds.
    working.truncate(static_cast<std::int32_t>(std::min<std::size_t>(max * 8 + 64, 10'000)));
    to_ascii().transliterate(working);
    working.toUTF8String(ascii);
  }
  std::string out;
  bool gap = false;
  for (char c : ascii_lower(ascii)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      if (gap && !out.empty()) out += '-';
      gap = false;
      out += c;
    } else if (c != '\'' && c != '`') {  // "don't" is one word
      gap = true;
    }
  }
  if (out.size() > max) {
    const auto hyphen = out.rfind('-', max);
    out.resize(hyphen == std::string::npos ? max : hyphen);
  }
  return out;
}

std::string collation_key(std::string_view text, std::string_view language) {
  thread_local std::map<std::string, std::unique_ptr<icu::Collator>, std::less<>> collators;
  auto found = collators.find(language);
  if (found == collators.end()) {
    if (collators.size() >= max_collators) collators.clear();
    UErrorCode status = U_ZERO_ERROR;
    auto locale = icu::Locale::forLanguageTag(piece(language), status);
    if (U_FAILURE(status)) locale = icu::Locale::getRoot();
    status = U_ZERO_ERROR;
    std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(locale, status));
    ASSERT(U_SUCCESS(status));
    made->setAttribute(UCOL_NUMERIC_COLLATION, UCOL_ON, status);
    ASSERT(U_SUCCESS(status));
    found = collators.emplace(std::string(language), std::move(made)).first;
  }
  const auto source = icu::UnicodeString::fromUTF8(piece(text));
  std::string key(text.size() * 2 + 16, '\0');
  const auto write = [&] {
    return static_cast<std::size_t>(found->second->getSortKey(source, reinterpret_cast<std::uint8_t*>(key.data()), static_cast<std::int32_t>(key.size())));
  };
  std::size_t needed = write();
  if (needed > key.size()) {
    key.resize(needed);
    needed = write();
  }
  key.resize(needed > 0 ? needed - 1 : 0);  // without ICU's closing zero
  return key;
}

std::string format_number(std::int64_t number, std::string_view language) {
  thread_local std::map<std::string, std::unique_ptr<icu::NumberFormat>, std::less<>> formats;
  if (formats.size() > max_collators) formats.clear();
  auto& format = formats[std::string(language)];
  if (!format) {
    UErrorCode status = U_ZERO_ERROR;
    format.reset(icu::NumberFormat::createInstance(icu::Locale(std::string(language).c_str()), status));
    ASSERT(U_SUCCESS(status));
  }
  icu::UnicodeString text;
  format->format(number, text);
  std::string out;
  return text.toUTF8String(out);
}

namespace {

std::string icu_name_of_language(std::string_view tag, std::string_view language) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale named = icu::Locale::forLanguageTag(icu::StringPiece(tag.data(), static_cast<std::int32_t>(tag.size())), status);
  if (U_FAILURE(status) || *named.getLanguage() == '\0') return std::string(tag);
  icu::UnicodeString text;
  named.getDisplayName(icu::Locale(std::string(language).c_str()), text);
  std::string out;
  text.toUTF8String(out);
  return out.empty() ? std::string(tag) : out;
}

}  // namespace

std::string name_of_language(std::string_view tag, std::string_view language) {
  // A list says the same few languages a thousand times, and ICU reads its tables each time.
  constexpr std::size_t most_kept = 500;
  thread_local std::map<std::string, std::string> kept;
  const std::string key = std::string(tag) + "\n" + std::string(language);
  if (const auto found = kept.find(key); found != kept.end()) return found->second;
  if (kept.size() >= most_kept) kept.clear();
  return kept.emplace(key, icu_name_of_language(tag, language)).first->second;
}

}  // namespace confer
