// E-mail addresses: what we accept, and the form under which two are the same.
#include "base/secret.h"
#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/stringpiece.h>
#include <algorithm>
#include "base/text.h"

namespace confer {
namespace {

constexpr std::size_t max_address = 254;    // RFC 5321 § 4.5.3.1.3, less the angle brackets
constexpr std::size_t max_local_part = 64;  // RFC 5321 § 4.5.3.1.1
constexpr std::size_t max_label = 63;       // RFC 1035 § 2.3.4

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_alnum(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The unquoted form of RFC 5322 and RFC 6531; quoted local parts ("a b"@example.org) are refused: nobody has one, and they break other people's software.
bool is_local_part(std::string_view local) {
  if (local.empty() || local.size() > max_local_part) return false;
  return std::ranges::all_of(split(local, '.'), [](std::string_view atom) {
    return !atom.empty() && std::ranges::all_of(atom, [](char c) { return is_alnum(c) || is_high(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").contains(c); });
  });
}

bool is_domain(std::string_view domain) {
  return std::ranges::all_of(split(domain, '.'), [](std::string_view label) {
    return !label.empty() && label.size() <= max_label && label.front() != '-' && label.back() != '-' &&
           std::ranges::all_of(label, [](char c) { return is_alnum(c) || is_high(c) || c == '-'; });
  });
}

std::string folded_case(const std::string& text) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  icu::CaseMap::utf8Fold(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr, status);
  ASSERT(U_SUCCESS(status));
  return out;
}

}  // namespace

Result<Email> Email::parse(std::string_view text) {
  const std::string_view address = trim(text);
  const auto at = address.rfind('@');
  // Checking for white space and controls beyond ASCII: tidying must leave the address as it is.
  const bool good = address.size() <= max_address && at != std::string_view::npos && is_valid_utf8(address) && is_local_part(address.substr(0, at)) &&
                    is_domain(address.substr(at + 1)) && tidy_line(address) == nfc(address);
  if (!good) return fail(ErrorCode::invalid, "This is not an e-mail address. Please write it as name@example.org.");
  Email email;
  email.address_ = address;
  email.folded_ = nfc(folded_case(nfc(address)));
  return email;
}

}  // namespace confer
