// Text, addresses, names and numbers as the schemas and their readers want them.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include "base/random.h"
#include "base/text.h"
#include "programme/format.h"
#include "programme/formats/export.h"

namespace confer::programme {
namespace {

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// RFC 3986 § 2: what may stand unencoded behind the authority; '#' is the caller's.
bool is_url_character(char c) { return is_alpha(c) || is_digit(c) || std::string_view("-._~:/?@!$&'()*+,;=").contains(c); }

void append_encoded(std::string& out, char c) {
  static constexpr char digits[] = "0123456789ABCDEF";
  const auto byte = static_cast<unsigned char>(c);
  out += '%';
  out += digits[byte >> 4U];
  out += digits[byte & 15U];
}

/// "user@host:port": a name or IPv4 host, no brackets, a port of digits.
bool is_authority(std::string_view text) {
  if (const auto at = text.rfind('@'); at != std::string_view::npos) {
    if (text.substr(0, at).contains('@')) return false;
    text.remove_prefix(at + 1);
  }
  const auto colon = text.find(':');
  const std::string_view host = text.substr(0, colon);
  if (host.empty() || !std::ranges::all_of(host, [](char c) { return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_'; })) return false;
  if (colon == std::string_view::npos) return true;
  const std::string_view port = text.substr(colon + 1);
  return !port.empty() && port.size() <= 5 && std::ranges::all_of(port, is_digit);
}

}  // namespace

std::string clean_text(std::string_view text) {
  const auto may_go = [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') || c == '\xef'; };
  if (std::ranges::none_of(text, may_go) && is_valid_utf8(text)) return std::string(text);  // nearly always
  const std::string whole = repair_utf8(text);
  std::string out;
  out.reserve(whole.size());
  for (std::size_t i = 0; i < whole.size(); ++i) {
    const char c = whole[i];
    if (c == '\r') {
      if (i + 1 >= whole.size() || whole[i + 1] != '\n') out += '\n';
    } else if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n') {
      continue;
    } else if (c == '\xef' && i + 2 < whole.size() && whole[i + 1] == '\xbf' && (whole[i + 2] == '\xbe' || whole[i + 2] == '\xbf')) {
      i += 2;  // U+FFFE, U+FFFF
    } else {
      out += c;
    }
  }
  return out;
}

std::string clean_line(std::string_view text) { return tidy_line(clean_text(text)); }

std::string absolute_url(std::string_view text, bool any_scheme) {
  text = trim(text);
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_alpha(text[0])) return "";
  const std::string_view scheme = text.substr(0, colon);
  if (!std::ranges::all_of(scheme, [](char c) { return is_alpha(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; })) return "";
  std::string out = ascii_lower(scheme) + ":";
  // A script is no address: it would run where a page links to it.
  if (out == "javascript:" || out == "data:" || out == "vbscript:") return "";
  const bool web = out == "http:" || out == "https:";
  if (!web && !any_scheme) return "";
  std::string_view rest = text.substr(colon + 1);
  if (web && !rest.starts_with("//")) return "";
  if (rest.starts_with("//")) {
    const auto end = std::min(rest.find_first_of("/?#", 2), rest.size());
    const std::string_view authority = rest.substr(2, end - 2);
    if (!is_authority(authority)) return "";
    // Everything a user part may hold beyond these needs encoding, and nobody needs that.
    if (!std::ranges::all_of(authority, [](char c) { return is_alpha(c) || is_digit(c) || std::string_view("-._~!$&'()*+,;=:@").contains(c); })) return "";
    out += rest.substr(0, end);
    rest.remove_prefix(end);
  } else if (rest.empty()) {
    return "";
  }
  bool fragment = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    const char c = rest[i];
    if (c == '#' && !fragment) {
      fragment = true;
      out += c;
    } else if (is_url_character(c) || (c == '%' && i + 2 < rest.size() && is_hex(rest[i + 1]) && is_hex(rest[i + 2]))) {
      out += c;
    } else {
      append_encoded(out, c);
    }
  }
  return out;
}

std::string link_url(const Conference& conference, std::string_view text) {
  if (!text.starts_with('/') || text.starts_with("//")) return absolute_url(text, true);
  const std::string own = "/" + conference.slug;
  std::string_view site = conference.url;
  if (site.ends_with(own)) site.remove_suffix(own.size());
  return site.empty() ? std::string() : absolute_url(std::string(site) + std::string(text));
}

std::string guid_or_derived(const Conference& conference, std::string_view guid, std::string_view name) {
  if (is_uuid(guid)) return ascii_lower(guid);
  constexpr std::string_view dns = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";  // RFC 9562 § 6.6
  const std::string space = is_uuid(conference.guid) ? conference.guid : name_uuid(dns, "confer/" + safe_acronym(conference));
  return name_uuid(space, std::string(name) + "/" + std::string(guid));
}

std::string safe_acronym(const Conference& conference) {
  std::string acronym;
  for (const std::string& from : {conference.acronym, conference.slug}) {
    acronym.clear();
    const std::string lower = ascii_lower(trim(from));
    const bool plain = std::ranges::all_of(lower, [](char c) { return is_alpha(c) || is_digit(c) || c == '_'; });
    for (const char c : plain ? lower : slugify(from)) acronym += c == '-' ? '_' : c;
    if (!acronym.empty()) break;
  }
  if (acronym.size() < 4 && conference.start != Date{}) acronym += to_text(conference.start).substr(0, 4);
  if (acronym.size() < 4) acronym = acronym.empty() ? "conference" : acronym + "_conf";
  return acronym;
}

std::string hours_minutes(minutes length) {
  const auto count = std::max<std::int64_t>(length.count(), 0);
  const std::string hours = std::to_string(count / 60), rest = std::to_string(count % 60);
  return (hours.size() < 2 ? "0" : "") + hours + (rest.size() < 2 ? ":0" : ":") + rest;
}

bool zone_name_allowed(std::string_view zone) {
  if (zone.ends_with("UTC")) return true;
  const auto upper = [&](std::size_t i) { return i < zone.size() && zone[i] >= 'A' && zone[i] <= 'Z'; };
  const auto lower = [&](std::size_t i) { return i < zone.size() && zone[i] >= 'a' && zone[i] <= 'z'; };
  if (!upper(0) || !lower(1)) return false;
  std::size_t i = 1;
  while (lower(i)) ++i;
  return i < zone.size() && zone[i] == '/' && upper(i + 1) && lower(i + 2);
}

std::string safe_color(std::string_view color) {
  return color.size() == 7 && color[0] == '#' && std::ranges::all_of(color.substr(1), is_hex) ? std::string(color) : "";
}

std::int64_t number_of_guid(std::string_view guid) {
  std::uint32_t number = 0;
  const std::string_view digits = guid.substr(0, 8);
  std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  return std::max<std::int64_t>(number & 0x7fffffffU, 1);
}

std::string talk_address(const Conference& conference, std::string_view code) {
  const std::string base = absolute_url(conference.url);
  return base.empty() || code.empty() ? "" : base + (base.ends_with('/') ? "talks/" : "/talks/") + std::string(code);
}

}  // namespace confer::programme
