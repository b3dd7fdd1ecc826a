// Reads lists of videos in the forms that people have them (listing.h).
#include "recordings/listing.h"
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>
#include "base/csv_rows.h"
#include "base/text.h"

namespace confer::recordings {
namespace {

using std::chrono::seconds;

constexpr std::size_t longest_title = 500, longest_description = 20'000, longest_url = 2000, longest_shown = 200, most_left_out = 500;
constexpr double longest_seconds = 30.0 * 86400;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool all_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

std::optional<double> number_of(std::string_view text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size() || !std::isfinite(value) || value < 0) return {};
  return value;
}

std::optional<seconds> seconds_of(double value) {
  if (!(value >= 0.5 && value <= longest_seconds)) return {};
  return seconds(std::llround(value));
}

/// "PT1H2M3S" (ISO 8601).
std::optional<seconds> iso_length(std::string_view text) {
  if (!text.starts_with("PT")) return {};
  text.remove_prefix(2);
  double total = 0;
  while (!text.empty()) {
    const auto unit = text.find_first_of("HMS");
    if (unit == std::string_view::npos) return {};
    const auto value = number_of(text.substr(0, unit));
    if (!value) return {};
    total += *value * (text[unit] == 'H' ? 3600 : text[unit] == 'M' ? 60 : 1);
    text.remove_prefix(unit + 1);
  }
  return seconds_of(total);
}

std::optional<Date> read_day(std::string_view text) {
  text = trim(text);
  constexpr std::size_t iso = 10, compact = 8;
  if (text.size() > iso && (text[iso] == 'T' || text[iso] == ' ')) text = text.substr(0, iso);
  std::string written(text);
  if (text.size() == compact && all_digits(text)) written = written.substr(0, 4) + "-" + written.substr(4, 2) + "-" + written.substr(6);
  if (const auto parts = split(text, '.'); parts.size() == 3 && parts[2].size() == 4) {
    const auto two = [](std::string_view part) { return (part.size() == 1 ? "0" : "") + std::string(part); };
    written = std::string(parts[2]) + "-" + two(parts[1]) + "-" + two(parts[0]);
  }
  const auto day = parse_date(written);
  return day ? std::optional(*day) : std::nullopt;
}

/// Where a web address begins in the text, with its scheme or as people leave it out ("youtu.be/…", "www.…").
std::size_t find_address(std::string_view text) {
  std::size_t first = std::string_view::npos;
  for (const std::string_view start : {"https://", "http://", "HTTPS://", "HTTP://"}) first = std::min(first, text.find(start));
  if (first != std::string_view::npos) return first;
  for (const std::string_view start : {"www.", "youtu.be/", "youtube.com/", "m.youtube.com/", "vimeo.com/", "archive.org/"}) {
    const auto found = text.find(start);
    if (found != std::string_view::npos && (found == 0 || std::string_view(" \t,;\"(<").contains(text[found - 1]))) first = std::min(first, found);
  }
  return first;
}

bool ends_as_file(std::string_view text) {
  for (const std::string_view ending : {".mp4", ".webm", ".ogv", ".mkv", ".mov", ".avi", ".mp3", ".m4v", ".flv"})
    if (text.ends_with(ending)) return true;
  return false;
}

/// How much of `text` is the address that it begins with: up to white space or a bracket, and up to a comma or semicolon when a field follows.
std::size_t length_of_address(std::string_view text) {
  std::size_t end = std::min(text.size(), text.find_first_of(" \t\"<>"));
  const std::string_view token = text.substr(0, end);
  const auto mark = token.find_first_of(",;");
  // "a,b.mp4" is a file's name; "watch?v=x,A title" is two fields.
  if (mark != std::string_view::npos && !(end == text.size() && ends_as_file(token))) end = mark;
  return end;
}

std::string whole_address(std::string_view text) {
  text = trim(text);
  if (text.empty()) return {};
  const std::string start = ascii_lower(text.substr(0, 8));
  if (start.starts_with("http://")) return "http" + std::string(text.substr(4));
  if (start.starts_with("https://")) return "https" + std::string(text.substr(5));
  return find_address(text) == 0 ? "https://" + std::string(text) : std::string();
}

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  Result<VideoList> read() {
    const std::string_view begins = trim(text_);
    if (begins.starts_with('{') || (begins.starts_with('[') && !is_markdown(begins))) {
      list_.format = "yt-dlp’s list";
      TRY(json());
    } else if (begins.starts_with("#EXTM3U")) {
      list_.format = "a playlist (M3U)";
      m3u();
    } else if (!table()) {
      list_.format = "lines";
      lines();
    }
    if (too_many_)
      return fail(ErrorCode::invalid, "The list has more than " + std::to_string(most_listed_videos) + " videos. Give it in parts: one event has fewer.");
    if (list_.videos.empty())
      return fail(ErrorCode::invalid, "There is no video’s address in the list. An address begins with https://, one stands on each line.");
    return std::move(list_);
  }

 private:
  /// "[Title](https://…" begins with a bracket as JSON does.
  static bool is_markdown(std::string_view text) {
    const auto link = text.substr(0, text.find('\n')).find("](");
    return link != std::string_view::npos;
  }

  void add(ListedVideo video) {
    if (list_.videos.size() >= most_listed_videos) {
      too_many_ = true;
      return;
    }
    video.title = ellipsis(tidy_line(video.title), longest_title);
    if (video.description.size() > longest_description) video.description = repair_utf8(std::string_view(video.description).substr(0, longest_description));
    if (video.url.size() > longest_url || std::ranges::any_of(video.url, [](unsigned char c) { return c <= ' ' || c == 0x7f; })) {
      leave_out(video.line, video.url, "This is not a web address.");
      return;
    }
    list_.videos.push_back(std::move(video));
  }
  void leave_out(std::size_t line, std::string_view text, std::string why) {
    if (list_.left_out.size() < most_left_out) list_.left_out.push_back({line, ellipsis(tidy_line(text), longest_shown), std::move(why)});
  }

  // ---- JSON

  static std::string string_in(const nlohmann::json& entry, const char* name) {
    const auto found = entry.find(name);
    return found != entry.end() && found->is_string() ? found->get<std::string>() : std::string();
  }
  static std::optional<double> number_in(const nlohmann::json& entry, const char* name) {
    const auto found = entry.find(name);
    if (found == entry.end()) return {};
    if (found->is_number()) return found->get<double>();
    return found->is_string() ? number_of(found->get<std::string>()) : std::nullopt;
  }

  static std::string address_in(const nlohmann::json& entry) {
    for (const char* name : {"webpage_url", "original_url", "url"})
      if (auto address = whole_address(string_in(entry, name)); !address.empty()) return address;
    // Old lists have YouTube's id alone.
    const std::string host = ascii_lower(string_in(entry, "ie_key") + string_in(entry, "extractor_key") + string_in(entry, "extractor"));
    constexpr std::size_t youtube_id = 11;
    std::string id = string_in(entry, "id");
    if (id.empty()) id = string_in(entry, "url");
    if ((host.empty() || host.contains("youtube")) && id.size() == youtube_id) return "https://www.youtube.com/watch?v=" + id;
    return {};
  }

  void entry(const nlohmann::json& e, int depth) {
    constexpr int deepest = 8;
    ++count_;
    if (!e.is_object() || depth > deepest) {
      leave_out(count_, e.is_string() ? e.get<std::string>() : std::string(), "This is not an entry of a playlist.");
      return;
    }
    if (const auto inner = e.find("entries"); inner != e.end() && inner->is_array()) {
      --count_;
      for (const auto& one : *inner) entry(one, depth + 1);
      return;
    }
    ListedVideo video;
    video.line = count_;
    video.title = string_in(e, "title");
    video.url = address_in(e);
    if (video.url.empty()) return leave_out(video.line, video.title, "It has no address.");
    const std::string state = ascii_lower(video.title);
    if (state == "[private video]" || state == "[deleted video]") return leave_out(video.line, video.url, "It is private or deleted at its host.");
    video.description = string_in(e, "description");
    if (const auto told = number_in(e, "duration")) video.length = seconds_of(*told);
    if (!video.length) video.length = read_length(string_in(e, "duration_string"));
    video.day = read_day(string_in(e, "upload_date"));
    if (!video.day)
      if (const auto at = number_in(e, "timestamp"); at && *at < 1e11)
        video.day = Date(std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(seconds(static_cast<std::int64_t>(*at)))).time_since_epoch());
    add(std::move(video));
  }

  Result<void> json() {
    const auto depth_is_fine = [](int depth, nlohmann::json::parse_event_t, nlohmann::json&) { return depth < 64; };
    if (const auto whole = nlohmann::json::parse(text_, depth_is_fine, false); !whole.is_discarded()) {
      if (whole.is_array())
        for (const auto& one : whole) entry(one, 0);
      else
        entry(whole, 0);
      return {};
    }
    // One object a line (yt-dlp -j).
    std::size_t number = 0;
    for (const auto line : split(text_, '\n')) {
      ++number;
      if (trim(line).empty()) continue;
      const auto one = nlohmann::json::parse(line, depth_is_fine, false);
      if (one.is_discarded()) {
        if (number == 1 || list_.videos.empty())
          return fail(ErrorCode::invalid, "Line " + std::to_string(number) + " is not whole JSON: the file was cut off, or something else stands in it.");
        leave_out(number, line, "This line is not whole JSON.");
        continue;
      }
      entry(one, 0);
    }
    return {};
  }

  // ---- M3U

  void m3u() {
    ListedVideo next;
    std::size_t number = 0;
    for (auto line : split(text_, '\n')) {
      ++number;
      line = trim(line);
      constexpr std::string_view about = "#EXTINF:";
      if (line.starts_with(about)) {
        line.remove_prefix(about.size());
        const auto comma = line.find(',');
        next.title = comma == std::string_view::npos ? "" : line.substr(comma + 1);
        if (const auto told = number_of(line.substr(0, line.find_first_of(", ")))) next.length = seconds_of(*told);
      } else if (!line.empty() && !line.starts_with('#')) {
        next.url = whole_address(line);
        next.line = number;
        if (next.url.empty())
          leave_out(number, line, "This is a file’s name, not a web address.");
        else
          add(std::move(next));
        next = {};
      }
    }
  }

  // ---- CSV with a header

  static std::string said(const std::string& column) { return fold(tidy_line(replace_all(column, "_", " "))); }

  bool table() {
    const CsvRows rows = split_csv(text_);
    if (rows.rows.size() < 2 || rows.unclosed) return false;
    const auto& header = rows.rows.front();
    const auto column = [&](const std::vector<std::string_view>& names) -> std::optional<std::size_t> {
      for (const auto name : names)
        for (std::size_t i = 0; i < header.size(); ++i)
          if (said(header[i]) == name) return i;
      return {};
    };
    const auto url = column({"url", "video url", "video", "webpage url", "link", "address", "adresse", "video link", "original url"});
    if (!url) return false;
    const auto title = column({"title", "titel", "video title", "name", "talk"});
    const auto length = column({"duration", "length", "duration string", "dauer", "seconds"});
    const auto day = column({"date", "upload date", "day", "published", "published at", "datum"});
    const auto description = column({"description", "beschreibung"});
    list_.format = "a table";
    for (std::size_t r = 1; r < rows.rows.size(); ++r) {
      const auto cell = [&](std::optional<std::size_t> at) { return at && *at < rows.rows[r].size() ? rows.rows[r][*at] : std::string(); };
      ListedVideo video{.url = whole_address(cell(url)), .title = cell(title), .description = cell(description), .line = rows.lines[r]};
      if (video.url.empty()) {
        leave_out(video.line, join(rows.rows[r], ", "), "There is no web address in its column.");
        continue;
      }
      video.length = read_length(cell(length));
      video.day = read_day(cell(day));
      add(std::move(video));
    }
    return true;
  }

  // ---- lines

  /// "1. ", "12) ", "- ", "* ", "[ ] " at the beginning; ":", "–", "-", "(", "<", "=" at the end.
  static std::string bare_title(std::string_view text) {
    text = trim(text);
    for (bool more = true; more;) {
      more = false;
      for (const std::string_view bullet : {"- ", "* ", "+ ", "• ", "– ", "[ ] ", "[x] ", "> "})
        if (text.starts_with(bullet)) {
          text = trim(text.substr(bullet.size()));
          more = true;
        }
    }
    const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(text, is_digit) - text.begin());
    if (digits > 0 && digits < 4 && digits + 1 < text.size() && (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ')
      text = trim(text.substr(digits + 1));
    for (bool more = true; more && !text.empty();) {
      more = false;
      for (const std::string_view mark : {":", "-", "–", "—", "(", "<", "=", "|", ",", ";", "→", "=>"})
        if (text.ends_with(mark)) {
          text.remove_suffix(mark.size());
          text = trim(text);
          more = true;
        }
    }
    constexpr std::size_t quotes = 2;
    if (text.size() > quotes && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - quotes);
    return std::string(text);
  }

  /// The fields that follow an address: durations and dates at their end, all before them is the title.
  static void read_fields(ListedVideo& video, std::string_view rest) {
    rest = trim(rest);
    if (rest.empty()) return;
    const char separator = rest.contains('\t') ? '\t' : rest.front() == ';' || rest.front() == ',' ? rest.front() : rest.contains(';') ? ';' : ',';
    if (rest.front() == separator) rest.remove_prefix(1);
    std::vector<std::string> fields;
    if (rest.contains('"')) {
      // The header decides the separator there: a line of our own makes it this one.
      const CsvRows rows = split_csv(std::string("sep=") + separator + "\n" + std::string(rest));
      if (!rows.unclosed && !rows.rows.empty()) fields = rows.rows.front();
    }
    if (fields.empty())
      for (const auto part : split(rest, separator)) fields.emplace_back(trim(part));
    while (fields.size() > 1 || (fields.size() == 1 && !video.title.empty())) {
      const std::string& last = fields.back();
      if (!trim(last).empty()) {
        if (const auto day = read_day(last); day && !video.day)
          video.day = day;
        else if (const auto length = read_length(last); length && !video.length && (separator != ',' || last.contains(':')))
          video.length = length;
        else
          break;
      }
      fields.pop_back();
    }
    // "https://… 12:34" has no title.
    if (fields.size() == 1 && fields[0].contains(':') && !video.length && read_length(fields[0])) {
      video.length = read_length(fields[0]);
      fields.clear();
    }
    const std::string told = bare_title(join(fields, std::string(1, separator) + (separator == '\t' ? "" : " ")));
    if (video.title.empty()) video.title = told;
  }

  /// Every "[title](address)" of a line.
  bool markdown(std::string_view line, std::size_t number) {
    bool any = false;
    for (std::size_t at = 0; (at = line.find("](", at)) != std::string_view::npos;) {
      const auto open = line.rfind('[', at);
      auto close = line.find(')', at);
      if (open == std::string_view::npos || close == std::string_view::npos) break;
      std::string_view target = line.substr(at + 2, close - at - 2);
      target = target.substr(0, target.find(' '));
      if (std::string url = whole_address(target); !url.empty()) {
        ListedVideo video{.url = std::move(url), .title = std::string(line.substr(open + 1, at - open - 1)), .line = number};
        if (video.title == target) video.title.clear();
        add(std::move(video));
        any = true;
      }
      at = close;
    }
    return any;
  }

  void lines() {
    std::string waiting;
    std::size_t waiting_line = 0, number = 0;
    const auto give_up = [&] {
      if (!waiting.empty()) leave_out(waiting_line, waiting, "No address stands beside it.");
      waiting.clear();
    };
    for (auto line : split(text_, '\n')) {
      ++number;
      line = trim(line);
      if (line.empty() || line.starts_with("# ") || line.starts_with("## ") || line.starts_with("<!--")) continue;
      if (markdown(line, number)) {
        give_up();
        continue;
      }
      const auto at = find_address(line);
      if (at == std::string_view::npos) {
        give_up();
        waiting = line;
        waiting_line = number;
        continue;
      }
      const std::string_view from = line.substr(at);
      const std::size_t size = length_of_address(from);
      std::string_view address = from.substr(0, size);
      while (!address.empty() && std::string_view(").,;").contains(address.back())) address.remove_suffix(1);
      ListedVideo video{.url = whole_address(address), .line = number};
      video.title = bare_title(line.substr(0, at));
      read_fields(video, from.substr(size));
      if (video.title.empty() && !waiting.empty()) video.title = bare_title(std::exchange(waiting, {}));
      give_up();
      if (video.url.empty())
        leave_out(number, line, "This is not a web address.");
      else
        add(std::move(video));
    }
    give_up();
  }

  std::string_view text_;
  VideoList list_;
  std::size_t count_ = 0;
  bool too_many_ = false;
};

}  // namespace

std::optional<seconds> read_length(std::string_view text) {
  text = trim(text);
  if (text.empty()) return {};
  if (text.starts_with("PT")) return iso_length(text);
  for (const auto& [unit, factor] :
       std::array<std::pair<std::string_view, int>, 6>{{{" min", 60}, {"min", 60}, {" s", 1}, {"s", 1}, {" minutes", 60}, {" m", 60}}})
    if (text.ends_with(unit))
      if (const auto value = number_of(trim(text.substr(0, text.size() - unit.size())))) return seconds_of(*value * factor);
  const auto parts = split(text, ':');
  if (parts.size() == 1) {
    const auto value = number_of(text);
    return value ? seconds_of(*value) : std::nullopt;
  }
  if (parts.size() > 3) return {};
  double total = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (!all_digits(parts[i]) || parts[i].size() > 3 || (i > 0 && parts[i].size() != 2)) return {};
    const double value = number_of(parts[i]).value_or(0);
    if (i > 0 && value > 59) return {};
    total = total * 60 + value;
  }
  return seconds_of(total);
}

std::string words_of_address(std::string_view url) {
  url = url.substr(0, url.find('#'));
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  std::string_view rest = url.substr(scheme + 3);
  const std::string_view host = rest.substr(0, rest.find_first_of("/?"));
  if (host.contains("youtu") || host.contains("vimeo.")) return {};
  std::string_view path = rest.substr(host.size());
  path = path.substr(0, path.find('?'));
  while (path.ends_with('/')) path.remove_suffix(1);
  std::string_view name = path.substr(path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  if (const auto dot = name.rfind('.'); dot != std::string_view::npos && name.size() - dot <= 5) name = name.substr(0, dot);
  std::string words;
  for (std::size_t i = 0; i < name.size(); ++i) {
    unsigned value = 0;
    if (name[i] == '%' && i + 2 < name.size() && std::from_chars(name.data() + i + 1, name.data() + i + 3, value, 16).ptr == name.data() + i + 3) {
      words += static_cast<char>(value);
      i += 2;
    } else {
      words += name[i] == '-' || name[i] == '_' || name[i] == '+' || name[i] == '.' ? ' ' : name[i];
    }
  }
  words = tidy_line(words);
  // An id has no words: one run of letters and digits mixed, or hexadecimal groups.
  const bool has_word = std::ranges::any_of(split(words, ' '), [](std::string_view word) {
    return word.size() >= 3 && std::ranges::none_of(word, is_digit) &&
           std::ranges::any_of(word, [](char c) { return (c & 0x80) != 0 || std::string_view("aeiouyAEIOUY").contains(c); });
  });
  return has_word && words.contains(' ') ? words : std::string();
}

Result<VideoList> read_video_list(std::string_view text) {
  if (text.size() > largest_video_list) return fail(ErrorCode::invalid, "The list is larger than 8 MB. Give it in parts, or without descriptions.");
  if (!is_valid_utf8(text)) return fail(ErrorCode::invalid, "The list is not UTF-8 text. Save it as UTF-8 and try again.");
  if (text.contains('\0')) return fail(ErrorCode::invalid, "There is a character in the list that no text has (U+0000): is it a file of another kind?");
  if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
  std::string unified;
  if (text.contains('\r')) {
    unified = replace_all(replace_all(std::string(text), "\r\n", "\n"), "\r", "\n");
    text = unified;
  }
  return Reader(text).read();
}

}  // namespace confer::recordings
