// Choosing among a thing's forms: codings, validators, ranges (RFC 9110 § 12 to 14).
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include "base/time.h"

namespace confer::http {

enum class Coding : unsigned char { identity, gzip, brotli };

/// The best of those there are for an Accept-Encoding header; of equal weights brotli, then gzip. Identity when nothing else is acceptable, even where it is
/// excluded: an answer that can perhaps be read is better than none.
Coding choose_coding(std::string_view accept_encoding, bool has_gzip, bool has_brotli);

/// Which coded form of `etag` (strong, unquoted; "-gz" and "-br" mark coded ones) an If-None-Match list holds: compared weakly, as GET and HEAD do.
/// "*" matches `preferred`. Nothing when the list does not hold it.
std::optional<Coding> matching_form(std::string_view if_none_match, std::string_view etag, Coding preferred);

/// True when If-Modified-Since says that the client has it: whole seconds, malformed dates are ignored.
bool is_unmodified_since(std::string_view if_modified_since, Instant last_modified);

/// Types that get smaller by compression.
bool is_compressible(std::string_view content_type);

struct ByteRange {
  std::uint64_t first = 0, count = 0;
};
enum class RangeAnswer : unsigned char { whole, part, unsatisfiable };
/// One range of a Range header. Malformed headers, other units and several ranges at once get the whole (which RFC 9110 § 14.2 allows).
RangeAnswer choose_range(std::string_view range, std::uint64_t size, ByteRange& chosen);

}  // namespace confer::http
