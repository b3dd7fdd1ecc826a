// Reading what files say of lengths, clocks, texts and addresses.
#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <string_view>
#include <vector>
#include "base/text.h"
#include "programme/formats/export.h"
#include "programme/formats/import.h"

namespace confer::programme {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Digits only, at most six of them; -1 otherwise.
int whole(std::string_view text) {
  int number = 0;
  if (text.empty() || text.size() > 6 || !std::ranges::all_of(text, is_digit)) return -1;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

/// "PT1H30M", "P1DT2H", "PT45M30S". 0: not one.
minutes iso_length(std::string_view text) {
  if (!text.starts_with('P')) return minutes{0};
  text.remove_prefix(1);
  minutes total{0};
  bool time = false;
  while (!text.empty()) {
    if (text[0] == 'T') {
      time = true;
      text.remove_prefix(1);
      continue;
    }
    const auto end = text.find_first_not_of("0123456789.");
    if (end == std::string_view::npos) return minutes{0};
    const int count = whole(text.substr(0, std::min(end, text.find('.'))));
    if (count < 0) return minutes{0};
    switch (text[end]) {
      case 'W':
        total += std::chrono::weeks{count};
        break;
      case 'D':
        total += std::chrono::days{count};
        break;
      case 'H':
        total += std::chrono::hours{count};
        break;
      case 'M':
        total += time ? minutes{count} : minutes{0};
        break;
      case 'S':
        total += minutes{count / 60};
        break;
      default:
        return minutes{0};
    }
    text.remove_prefix(end + 1);
  }
  return total;
}

/// What a file would be named, rather than a host.
bool is_file_ending(std::string_view ending) {
  static constexpr std::array<std::string_view, 18> known{"pdf", "html", "htm",  "png", "jpg", "jpeg", "gif", "svg", "zip",
                                                          "odp", "ppt",  "pptx", "txt", "md",  "webp", "ics", "mp4", "key"};
  return std::ranges::find(known, ending) != known.end();
}

/// "example.org/talk": an address whose scheme was forgotten.
bool looks_like_host(std::string_view text) {
  const std::string_view host = text.substr(0, text.find_first_of("/?#"));
  const auto dot = host.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return false;
  const std::string ending = ascii_lower(host.substr(dot + 1));
  const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  return ending.size() >= 2 && std::ranges::all_of(ending, letter) && !is_file_ending(ending) &&
         std::ranges::all_of(host, [&](char c) { return letter(c) || is_digit(c) || c == '-' || c == '.'; });
}

/// The text's declared encoding, in lower case; "" when it declares none.
std::string declared_encoding(std::string_view bytes) {
  const std::string_view head = bytes.substr(0, std::min(bytes.find("?>"), bytes.size()));
  if (!trim(head).starts_with("<?xml")) return "";
  const auto at = head.find("encoding=");
  if (at == std::string_view::npos || at + 10 >= head.size()) return "";
  const char quote = head[at + 9];
  return ascii_lower(head.substr(at + 10, head.find(quote, at + 10) - at - 10));
}

/// Latin-1 with Windows-1252's printable characters at 0x80–0x9f, as all browsers read both (WHATWG Encoding § 9: windows-1252).
std::string from_latin1(std::string_view bytes) {
  static constexpr std::array<std::string_view, 32> windows{"€", "",  "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", "", "Ž", "",
                                                            "",  "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", "", "ž", "Ÿ"};
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      out += c;
    } else if (byte < 0xa0) {
      out += windows[byte - 0x80U];
    } else {
      out += static_cast<char>(0xc0U | (byte >> 6U));
      out += static_cast<char>(0x80U | (byte & 0x3fU));
    }
  }
  return out;
}

}  // namespace

std::optional<Converted> converted_xml(std::string_view bytes) {
  std::string encoding = declared_encoding(bytes);
  static constexpr std::array<std::string_view, 4> known{"iso-8859-1", "latin1", "windows-1252", "cp1252"};
  if (std::ranges::find(known, encoding) == known.end() || is_valid_utf8(bytes)) return {};
  return Converted{from_latin1(bytes), std::move(encoding)};
}

std::string line_and_column(std::string_view bytes, std::size_t offset) {
  const std::string_view before = bytes.substr(0, offset);
  const auto line = std::ranges::count(before, '\n') + 1;
  const auto last = before.rfind('\n');
  return "line " + std::to_string(line) + ", column " + std::to_string(last == std::string_view::npos ? before.size() + 1 : before.size() - last);
}

std::unexpected<Error> fail_at(std::string place, const std::string& message) {
  return fail(Error{ErrorCode::invalid, message + " (" + place + ")", {}, std::move(place), {}});
}

Result<void> check_bytes(std::string_view bytes, std::string_view what) {
  if (trim(bytes).empty()) return fail_at("line 1, column 1", "The file is empty: it should hold " + std::string(what) + ".");
  if (bytes.size() > most_import_bytes)
    return fail_at("byte " + std::to_string(most_import_bytes),
                   "The file is larger than " + std::to_string(most_import_bytes / 1024 / 1024) + " MB: that is no schedule.");
  if (bytes.starts_with("\xff\xfe") || bytes.starts_with("\xfe\xff")) return fail_at("line 1, column 1", "The file is UTF-16: please save it as UTF-8.");
  if (const auto bad = first_invalid_utf8(bytes); bad != std::string_view::npos)
    return fail_at(line_and_column(bytes, bad), "The file is not UTF-8: please save it as UTF-8.");
  return {};
}

ReadLength read_length(std::string_view text) {
  text = trim(text);
  constexpr minutes most{31L * 24 * 60};
  const auto within = [&](minutes length, const char* oddity) { return length > minutes{0} && length <= most ? ReadLength{length, oddity} : ReadLength{}; };
  if (text.starts_with('P')) return within(iso_length(text), "length in ISO 8601");
  std::vector<int> parts;
  for (const std::string_view part : split(text, ':')) parts.push_back(whole(part));
  if (parts.size() > 3 || std::ranges::find(parts, -1) != parts.end()) return {};
  if (parts.size() == 1) return within(minutes{parts[0]}, "length in minutes");
  if (parts.size() == 2) return parts[1] < 60 ? within(minutes{parts[0] * 60 + parts[1]}, nullptr) : ReadLength{};
  // "1:00:30" is a day and half an hour (frab, pretalx); "00:45:00" and "01:30:00" have seconds (the XSD allows them): they fill their first place to two
  // digits.
  const bool days = parts[1] < 24 && !(text.find(':') == 2 && text[0] == '0');
  if (days) return parts[2] < 60 ? within(minutes{parts[0] * 1440 + parts[1] * 60 + parts[2]}, "length with days") : ReadLength{};
  return parts[1] < 60 ? within(minutes{parts[0] * 60 + parts[1]}, "length with seconds") : ReadLength{};
}

std::optional<minutes> read_clock(std::string_view text) {
  const auto parts = split(trim(text), ':');
  if (parts.size() < 2 || parts.size() > 3) return {};
  const int hour = whole(parts[0]), minute = whole(parts[1]);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return {};
  return minutes{hour * 60 + minute};
}

std::string read_text(std::string_view text, const std::string& place, Oddities& oddities) {
  std::string clean = clean_text(text);
  // Line ends may be written either way; anything else that went was not text.
  const auto returns = static_cast<std::size_t>(std::ranges::count(text, '\r'));
  std::size_t kept = clean.size();
  if (returns > 0)
    for (std::size_t i = 0; i < text.size(); ++i) kept += text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n' ? 1 : 0;
  if (kept != text.size()) oddities.push_back({"control character", place, "The text holds characters that are not text; they were removed."});
  return clean;
}

std::string read_line(std::string_view text, const std::string& place, Oddities& oddities) {
  const std::string clean = read_text(text, place, oddities);
  std::string line = tidy_line(clean);
  if (line != clean) oddities.push_back({"untidy text", place, "“" + ellipsis(line, 60) + "” had spare or invisible characters; they were removed."});
  return line;
}

std::string cut_to(std::string text, std::size_t most_bytes) {
  constexpr std::string_view more = "…";
  if (text.size() <= most_bytes) return text;
  std::size_t end = most_bytes - more.size();
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80) --end;
  return std::string(trim(text.substr(0, end))) + std::string(more);
}

std::string within(std::string text, std::size_t most_bytes, const std::string& place, Oddities& oddities) {
  if (text.size() <= most_bytes) return text;
  oddities.push_back({"text too long", place,
                      "The text has " + std::to_string(text.size()) + " bytes, and " + std::to_string(most_bytes) + " fit; the end of “" + ellipsis(text, 40) +
                          "” was left out."});
  return cut_to(std::move(text), most_bytes);
}

std::string read_language(std::string_view text, const std::string& place, Oddities& oddities) {
  std::string tag = replace_all(std::string(trim(text)), "_", "-");
  const auto hyphen = tag.find('-');
  tag = ascii_lower(tag.substr(0, hyphen)) + (hyphen == std::string::npos ? "" : tag.substr(hyphen));
  if (hyphen != std::string::npos && tag.size() == hyphen + 3)
    for (std::size_t i = hyphen + 1; i < tag.size(); ++i)
      if (tag[i] >= 'a' && tag[i] <= 'z') tag[i] = static_cast<char>(tag[i] - 'a' + 'A');
  if (tag.empty() || is_language_tag(tag)) return tag;
  oddities.push_back({"unknown language", place, "“" + ellipsis(trim(text), 40) + "” is not a language such as “en” or “pt-BR”; it was left out."});
  return "";
}

std::string read_color(std::string_view text, const std::string& place, Oddities& oddities) {
  text = trim(text);
  std::string color(text);
  if (text.size() == 4 && text[0] == '#') color = {'#', text[1], text[1], text[2], text[2], text[3], text[3]};
  color = safe_color(color);
  if (color.empty() && !text.empty())
    oddities.push_back({"not a colour", place, "“" + ellipsis(text, 40) + "” is not a colour such as #1f5f8b; it was left out."});
  return color;
}

std::string read_url(std::string_view text, std::string_view base, const std::string& place, Oddities& oddities) {
  text = trim(text);
  if (text.empty()) return "";
  if (std::string url = absolute_url(text, true); !url.empty()) return url;
  const std::string shown = "“" + ellipsis(text, 80) + "”";
  if (std::string url = looks_like_host(text) ? absolute_url("https://" + std::string(text)) : ""; !url.empty()) {
    oddities.push_back({"address without scheme", place, shown + " has no “https://”; it was put in front."});
    return url;
  }
  const std::string root = absolute_url(base);
  const bool relative = text.contains('/') || text.contains('.');
  if (!root.empty() && relative && !text.contains(':') && !text.starts_with("//")) {
    const auto path = root.find('/', root.find("//") + 2);
    std::string url = text.starts_with('/') ? root.substr(0, path) : path == std::string::npos ? root + "/" : root.substr(0, root.rfind('/') + 1);
    url = absolute_url(url + std::string(text));
    if (!url.empty()) {
      oddities.push_back({"relative address", place, shown + " is relative; it was taken as " + url + "."});
      return url;
    }
  }
  oddities.push_back({"not an address", place, shown + " is not an address; it was left out."});
  return "";
}

std::optional<int> day_start_of(std::string_view day_start, std::string_view day_end) {
  const auto from = parse_offset_time(trim(day_start)), to = parse_offset_time(trim(day_end));
  if (!from || !to) return {};
  const Date first = std::chrono::floor<std::chrono::days>(from->wall);
  // 03:59 and 04:00 both mean four o'clock; a day that ends before midnight tells nothing.
  const auto into_next_day = std::chrono::duration_cast<minutes>(to->wall - WallTime(first + std::chrono::days{1}));
  const auto hour = (into_next_day.count() + 59) / 60;
  if (into_next_day < minutes{-1} || hour > 12) return {};
  return static_cast<int>(std::max<std::int64_t>(hour, 0));
}

}  // namespace confer::programme
