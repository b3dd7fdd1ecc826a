// Choosing among a thing's forms: codings, validators, ranges.
#include "http/negotiate.h"
#include <charconv>
#include "http/characters.h"

namespace confer::http {

namespace {

/// Thousandths of a "q=" weight; 1000 when there is none, 0 when it is malformed.
int weight_of(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::size_t semicolon = parameters.find(';');
    const std::string_view one = trim_blanks(parameters.substr(0, semicolon));
    parameters.remove_prefix(semicolon == std::string_view::npos ? parameters.size() : semicolon + 1);
    if (one.size() < 2 || lower(one[0]) != 'q' || one[1] != '=') continue;
    const std::string_view number = one.substr(2);
    if (number.empty() || number.size() > 5 || (number[0] != '0' && number[0] != '1') || (number.size() > 1 && number[1] != '.')) return 0;
    int weight = (number[0] - '0') * 1000;
    for (std::size_t i = 2, place = 100; i < number.size(); ++i, place /= 10) {
      if (number[i] < '0' || number[i] > '9') return 0;
      weight += (number[i] - '0') * static_cast<int>(place);
    }
    return weight > 1000 ? 1000 : weight;
  }
  return 1000;
}

bool parse_number(std::string_view text, std::uint64_t& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

Coding choose_coding(std::string_view accept_encoding, bool has_gzip, bool has_brotli) {
  if (accept_encoding.empty() || (!has_gzip && !has_brotli)) return Coding::identity;
  int gzip = -1, brotli = -1, identity = -1, other = -1;
  for (std::string_view one = next_element(accept_encoding); !one.empty(); one = next_element(accept_encoding)) {
    const std::size_t semicolon = one.find(';');
    const std::string_view name = trim_blanks(one.substr(0, semicolon));
    const int weight = semicolon == std::string_view::npos ? 1000 : weight_of(one.substr(semicolon + 1));
    if (same_name(name, "br")) brotli = weight;
    if (same_name(name, "gzip") || same_name(name, "x-gzip")) gzip = weight;
    if (same_name(name, "identity")) identity = weight;
    if (name == "*") other = weight;
  }
  if (gzip < 0) gzip = other;
  if (brotli < 0) brotli = other;
  if (!has_gzip) gzip = 0;
  if (!has_brotli) brotli = 0;
  if (brotli > 0 && brotli >= gzip && brotli >= identity) return Coding::brotli;
  if (gzip > 0 && gzip >= identity) return Coding::gzip;
  return Coding::identity;
}

std::optional<Coding> matching_form(std::string_view if_none_match, std::string_view etag, Coding preferred) {
  if (if_none_match == "*") return preferred;
  for (std::string_view one = next_element(if_none_match); !one.empty(); one = next_element(if_none_match)) {
    if (one.starts_with("W/")) one.remove_prefix(2);
    if (one.size() < 2 || one.front() != '"' || one.back() != '"') continue;
    one = one.substr(1, one.size() - 2);
    if (!one.starts_with(etag)) continue;
    const std::string_view suffix = one.substr(etag.size());
    if (suffix.empty()) return Coding::identity;
    if (suffix == "-gz") return Coding::gzip;
    if (suffix == "-br") return Coding::brotli;
  }
  return std::nullopt;
}

bool is_unmodified_since(std::string_view if_modified_since, Instant last_modified) {
  if (if_modified_since.empty() || last_modified == Instant{}) return false;
  const std::optional<Instant> since = parse_http_date(if_modified_since);
  return since && std::chrono::floor<std::chrono::seconds>(last_modified) <= *since;
}

bool is_compressible(std::string_view content_type) {
  const std::string_view type = trim_blanks(content_type.substr(0, content_type.find(';')));
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") || type == "application/json" || type == "application/xml" ||
         type == "application/javascript" || type == "application/wasm" || type == "font/ttf";
}

RangeAnswer choose_range(std::string_view range, std::uint64_t size, ByteRange& chosen) {
  if (!range.starts_with("bytes=")) return RangeAnswer::whole;
  range = trim_blanks(range.substr(6));
  const std::size_t hyphen = range.find('-');
  if (hyphen == std::string_view::npos || range.find(',') != std::string_view::npos) return RangeAnswer::whole;
  const std::string_view from = trim_blanks(range.substr(0, hyphen)), to = trim_blanks(range.substr(hyphen + 1));
  std::uint64_t first = 0, last = 0;
  if (from.empty()) {  // the last so many bytes
    if (!parse_number(to, last)) return RangeAnswer::whole;
    if (last == 0 || size == 0) return RangeAnswer::unsatisfiable;
    chosen.count = last < size ? last : size;
    chosen.first = size - chosen.count;
    return RangeAnswer::part;
  }
  if (!parse_number(from, first)) return RangeAnswer::whole;
  if (to.empty()) {
    last = size == 0 ? 0 : size - 1;
  } else if (!parse_number(to, last) || last < first) {
    return RangeAnswer::whole;
  }
  if (first >= size) return RangeAnswer::unsatisfiable;
  chosen.first = first;
  chosen.count = (last < size ? last : size - 1) - first + 1;
  return RangeAnswer::part;
}

}  // namespace confer::http
