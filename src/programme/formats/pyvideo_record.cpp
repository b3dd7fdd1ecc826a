// One PyVideo record as a talk: the irregularities of the public data are put right where they can be, and all are counted.
#include <algorithm>
#include <array>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/json_writer.h"
#include "base/text.h"
#include "programme/formats/export.h"
#include "programme/formats/json_object.h"
#include "programme/pyvideo.h"

namespace confer::programme {
namespace {

using Json = nlohmann::json;

/// Longer than any talk or stream of a day: such a number counts milliseconds.
constexpr double day_seconds = 24 * 60 * 60;

/// ISO 639-3 and 639-1; of the older three letters (639-2/B) those that differ.
constexpr std::array<std::pair<std::string_view, std::string_view>, 82> languages{
    {{"eng", "en"}, {"spa", "es"}, {"rus", "ru"}, {"fra", "fr"}, {"por", "pt"}, {"kor", "ko"}, {"jpn", "ja"}, {"ita", "it"}, {"deu", "de"}, {"zho", "zh"},
     {"pol", "pl"}, {"slk", "sk"}, {"lit", "lt"}, {"tha", "th"}, {"ces", "cs"}, {"heb", "he"}, {"eus", "eu"}, {"glg", "gl"}, {"nld", "nl"}, {"swe", "sv"},
     {"fin", "fi"}, {"dan", "da"}, {"ukr", "uk"}, {"tur", "tr"}, {"ell", "el"}, {"cat", "ca"}, {"nor", "no"}, {"nob", "nb"}, {"nno", "nn"}, {"isl", "is"},
     {"est", "et"}, {"lav", "lv"}, {"hun", "hu"}, {"ron", "ro"}, {"bul", "bg"}, {"srp", "sr"}, {"hrv", "hr"}, {"slv", "sl"}, {"bos", "bs"}, {"mkd", "mk"},
     {"sqi", "sq"}, {"bel", "be"}, {"kat", "ka"}, {"hye", "hy"}, {"aze", "az"}, {"kaz", "kk"}, {"uzb", "uz"}, {"ara", "ar"}, {"fas", "fa"}, {"urd", "ur"},
     {"hin", "hi"}, {"ben", "bn"}, {"tam", "ta"}, {"tel", "te"}, {"kan", "kn"}, {"mal", "ml"}, {"mar", "mr"}, {"guj", "gu"}, {"pan", "pa"}, {"nep", "ne"},
     {"sin", "si"}, {"vie", "vi"}, {"ind", "id"}, {"msa", "ms"}, {"tgl", "tl"}, {"khm", "km"}, {"mya", "my"}, {"mon", "mn"}, {"afr", "af"}, {"swa", "sw"},
     {"zul", "zu"}, {"gle", "ga"}, {"cym", "cy"}, {"epo", "eo"}, {"lat", "la"}, {"ltz", "lb"}, {"ger", "de"}, {"fre", "fr"}, {"dut", "nl"}, {"chi", "zh"},
     {"cze", "cs"}, {"slo", "sk"}}};

/// HTML's five and the numbers, for titles that went through a web form once too often.
std::string without_entities(const std::string& text) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> entities{
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}, {"&nbsp;", " "}, {"&amp;", "&"}}};
  std::string out = text;
  for (const auto& [entity, character] : entities) out = replace_all(std::move(out), entity, character);
  return out;
}

bool has_invisible(std::string_view text) {
  // U+200B…200F, U+202A…202E, U+2060…2064, U+FEFF in UTF-8.
  for (std::size_t i = 0; i + 2 < text.size(); ++i) {
    const auto a = static_cast<unsigned char>(text[i]), b = static_cast<unsigned char>(text[i + 1]), c = static_cast<unsigned char>(text[i + 2]);
    if (a == 0xe2 && b == 0x80 && ((c >= 0x8b && c <= 0x8f) || (c >= 0xaa && c <= 0xae))) return true;
    if (a == 0xe2 && b == 0x81 && c >= 0xa0 && c <= 0xa4) return true;
    if (a == 0xef && b == 0xbb && c == 0xbf) return true;
  }
  return false;
}

/// "<b>", "</p>", "<br />": a tag, not a comparison.
bool has_html(std::string_view text) {
  for (auto at = text.find('<'); at != std::string_view::npos; at = text.find('<', at + 1)) {
    std::string_view tag = text.substr(at + 1);
    if (tag.starts_with('/')) tag.remove_prefix(1);
    for (const std::string_view name : {"p", "br", "b", "i", "a", "ul", "li", "em", "strong", "div", "span", "h1", "h2", "h3", "pre", "code", "img"})
      if (tag.starts_with(name) && tag.size() > name.size() && (tag[name.size()] == '>' || tag[name.size()] == ' ' || tag[name.size()] == '/')) return true;
  }
  return false;
}

/// "[a page](https://…": in reStructuredText that is no link.
bool has_markdown(std::string_view text) {
  for (auto at = text.find("]("); at != std::string_view::npos; at = text.find("](", at + 1))
    if (const auto open = text.rfind('[', at); open != std::string_view::npos && open + 1 < at && trim(text.substr(at + 2, 16)).starts_with("http"))
      return true;
  return false;
}

class Record {
 public:
  Record(const Json& json, std::string place, Oddities& oddities) : json_(json), record_(json, std::move(place), oddities) {}

  Talk read() {
    talk_.state = TalkState::archived;
    title();
    speakers();
    description();
    language();
    tags();
    videos();
    related();
    duration();
    recorded();
    talk_.license = clean_line(record_.text("copyright_text"));
    talk_.slug = slugify(record_.text("slug"));
    slug();
    record_.ignore({"alias", "category", "id", "quality_notes", "thumbnail_url"});
    record_.rest();
    talk_.extra["pyvideo"] = json_text(json_);
    return std::move(talk_);
  }

 private:
  void odd(const char* kind, std::string_view key, std::string message) {
    record_.oddities().push_back({kind, record_.place() + ": " + std::string(key), std::move(message)});
  }

  void title() {
    const std::string raw = record_.text("title");
    if (raw.contains('\n') || raw.contains('\t')) odd("newline or tab in title", "title", "The title has a line break or tab; it became a space.");
    if (trim(raw).size() != raw.size()) odd("title padded", "title", "The title has spaces around it; they were removed.");
    if (nfc(raw) != raw) odd("title not NFC", "title", "The title's accents were written apart; they were joined.");
    if (has_invisible(raw)) odd("zero-width or bidi character in title", "title", "The title has invisible characters; they were removed.");
    if (raw.contains("\xef\xbf\xbd")) odd("U+FFFD in title", "title", "The title has a character that was lost before.");
    const std::string decoded = without_entities(raw);
    if (decoded != raw) odd("HTML entity in title", "title", "The title has HTML entities; they became characters.");
    if (std::ranges::any_of(raw, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
      odd("non-ASCII title", "title", "The title has more than ASCII characters; it was kept as it is.");
    talk_.title = clean_line(decoded);
    if (talk_.title.empty()) odd("no title", "title", "The record has no title.");
  }

  void speakers() {
    const auto list = record_.list("speakers");
    if (list.empty()) odd("speakers = []", "speakers", "Nobody is named as speaker.");
    for (const Json* item : list) {
      if (!item->is_string()) {
        odd("unexpected type", "speakers", "A speaker is not a text; it was left out.");
        continue;
      }
      const auto& raw = item->get_ref<const std::string&>();
      const std::string name = clean_line(raw);
      if (name.empty()) {
        odd("blank-string speaker", "speakers", "A speaker's name is blank; it was left out.");
        continue;
      }
      if (trim(raw).size() != raw.size()) odd("padded speaker", "speakers", "“" + ellipsis(name, 60) + "” had spaces around it; they were removed.");
      if (const auto inner = trim(raw); inner.contains("  ") || inner.contains('\t'))
        odd("inner double space or tab in speaker", "speakers", "“" + ellipsis(name, 60) + "” had spare spaces within; they became one.");
      if (is_placeholder_name(name)) {
        odd("placeholder speaker", "speakers", "“" + ellipsis(name, 60) + "” is nobody's name; it was not taken as a person.");
        continue;
      }
      if (name.contains(',') || name.contains('/') || name.contains(" and "))
        odd("several people in one speaker", "speakers", "“" + ellipsis(name, 60) + "” may be several people; it was kept as printed.");
      if (name.contains(" & ")) odd("'&' in a speaker name", "speakers", "“" + ellipsis(name, 60) + "” may be several people; it was kept as printed.");
      if (name.contains('@') || name.contains("http"))
        odd("'@' or 'http' in a speaker name", "speakers", "“" + ellipsis(name, 60) + "” holds an address; it was kept as printed.");
      talk_.credits.push_back({.name = name});
    }
  }

  void description() {
    const Json* value = record_.find("description");
    const std::string raw = record_.text("description");
    if (value && value->is_null())
      odd("description null", "description", "There is no description.");
    else if (trim(raw).empty())
      odd("description empty", "description", "There is no description.");
    if (has_html(raw)) odd("HTML in rST text", "description", "The description holds HTML.");
    if (has_markdown(raw) || has_markdown(record_.text("summary"))) odd("Markdown in rST text", "description", "The description holds Markdown links.");
    talk_.description = trim(read_text(raw, record_.place() + ": description", record_.oddities()));
    talk_.abstract = trim(clean_text(record_.text("summary")));
  }

  void language() {
    const Json* value = record_.find("language");
    const std::string raw = ascii_lower(trim(record_.text("language")));
    if (value == nullptr)
      odd("language absent", "language", "The language is not told.");
    else if (value->is_null())
      odd("language null", "language", "The language is not told.");
    talk_.language = language_of_pyvideo(raw);
    if (!raw.empty() && talk_.language.empty()) odd("unknown language", "language", "“" + ellipsis(raw, 20) + "” is not a language.");
  }

  void tags() {
    for (const Json* item : record_.list("tags")) {
      if (!item->is_string()) continue;
      const std::string raw = item->get<std::string>();
      if (raw.contains(',')) odd("comma in tag", "tags", "“" + ellipsis(raw, 60) + "” is several tags; they were taken apart.");
      for (const std::string_view part : split(raw, ','))
        if (const std::string tag = clean_line(part); !tag.empty() && std::ranges::find(talk_.tags, tag) == talk_.tags.end()) talk_.tags.push_back(tag);
    }
  }

  void videos() {
    const auto list = record_.list("videos");
    if (list.empty()) odd("no video", "videos", "The record names no video.");
    for (const Json* item : list) {
      JsonObject video(*item, record_.place() + ": videos", record_.oddities());
      const std::string url = video.text("url"), type = clean_line(video.text("type"));
      if (const Json* length = video.find("length"); length && length->is_number() && length->get<double>() == 0)
        odd("length: 0 in videos[]", "videos", "A video's length is 0.");
      video.ignore({"size"});
      video.rest();
      const std::string address = absolute_url(url);
      if (address.empty())
        odd("not an address", "videos", "“" + ellipsis(url, 80) + "” is not an address; it is kept in the record only.");
      else
        talk_.links.push_back({address, type, LinkKind::media});
      if (address.starts_with("http:")) odd("plain http media URL", "videos", "A video's address is http, not https.");
    }
  }

  void related() {
    for (const Json* item : record_.list("related_urls")) {
      std::string url, label;
      if (item->is_string()) {
        url = item->get<std::string>();
        odd("related_urls as plain string", "related_urls", "A related address has no label.");
      } else {
        JsonObject object(*item, record_.place() + ": related_urls", record_.oddities());
        url = object.text("url");
        label = clean_line(object.text("label"));
        object.rest();
      }
      if (std::ranges::any_of(url, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        odd("related URL non-ASCII", "related_urls", "“" + ellipsis(url, 80) + "” holds characters that an address writes otherwise.");
      if (url.find_first_of(" \t\r\n") != std::string_view::npos)
        odd("related URL with white space", "related_urls", "“" + ellipsis(url, 80) + "” holds white space.");
      const std::string address = absolute_url(url);
      if (address.empty())
        odd("related URL not http(s)", "related_urls", "“" + ellipsis(url, 80) + "” is not a web address; it is kept in the record only.");
      else
        talk_.links.push_back({address, label, LinkKind::related});
    }
  }

  void duration() {
    const Json* value = record_.find("duration");
    if (value == nullptr) return odd("duration absent", "duration", "There is no duration.");
    if (value->is_null()) return odd("duration null", "duration", "There is no duration.");
    if (!value->is_number()) return odd("unexpected type", "duration", "The duration is not a number.");
    double seconds = value->get<double>();
    if (value->is_number_float()) odd("duration as float", "duration", "The duration is written with a decimal point.");
    if (!std::isfinite(seconds) || seconds <= 0 || seconds > day_seconds * 1000)
      return odd("impossible duration", "duration", "The duration cannot be right; it was left out.");
    if (seconds > day_seconds) {
      odd("duration in milliseconds", "duration", "The duration counts milliseconds; it was divided by 1,000.");
      seconds /= 1000;
    }
    if (seconds > 4 * 60 * 60) odd("duration 4-24 h", "duration", "The duration is that of a whole day's stream.");
    if (seconds < 60) odd("duration under 60 s", "duration", "The duration is under a minute.");
    talk_.extra["duration_seconds"] = std::to_string(static_cast<std::int64_t>(std::llround(seconds)));
  }

  void recorded() {
    const Json* value = record_.find("recorded");
    const std::string raw(trim(record_.text("recorded")));
    if (value == nullptr || value->is_null() || raw.empty()) return odd("recorded = null", "recorded", "The day is not told.");
    const auto time = parse_offset_time(raw);
    if (!time && !parse_date(raw)) return odd("recorded unreadable", "recorded", "“" + ellipsis(raw, 40) + "” is not a day.");
    if (time) odd(time->offset ? "recorded with time and zone" : "recorded with time", "recorded", "The time of day is told: the talk comes with a slot.");
    talk_.extra["recorded"] = json_quoted(raw);
  }

  void slug() {
    const std::string raw = record_.text("slug");
    if (raw.empty()) return odd("slug absent", "slug", "There is no slug; one is made of the title.");
    if (!std::ranges::all_of(raw, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; }))
      odd("slug not [a-z0-9-]", "slug", "“" + ellipsis(raw, 60) + "” holds more than a-z, 0-9 and hyphens.");
  }

  const Json& json_;
  JsonObject record_;
  Talk talk_;
};

}  // namespace

bool is_placeholder_name(std::string_view name) {
  static constexpr std::array<std::string_view, 10> known{
      "various speakers", "various", "various presenters", "various authors", "various singers", "multiple speakers", "unknown", "n/a", "tbd", "tba"};
  return std::ranges::find(known, fold(tidy_line(name))) != known.end();
}

std::string language_of_pyvideo(std::string_view told) {
  const auto found = std::ranges::find(languages, told, [](const auto& pair) { return pair.first; });
  if (found != languages.end()) return std::string(found->second);
  return is_language_tag(told) ? std::string(told) : "";
}

std::string language_for_pyvideo(std::string_view language) {
  const std::string_view base = language.substr(0, language.find('-'));
  for (const auto& [three, two] : languages)
    if (two == base) return std::string(three);
  return std::string(base);
}

Talk talk_of_record(const Json& record, const std::string& place, std::vector<Oddity>& oddities) { return Record(record, place, oddities).read(); }

}  // namespace confer::programme
