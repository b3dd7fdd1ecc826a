// A talk as BibTeX (watch.h).
#include <algorithm>
#include "base/text.h"
#include "site/watch.h"

namespace confer::site {
namespace {

/// What TeX would take for its own.
std::string tex(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '\\':
        out += "\\textbackslash{}";
        break;
      case '~':
        out += "\\textasciitilde{}";
        break;
      case '^':
        out += "\\textasciicircum{}";
        break;
      case '{':
      case '}':
      case '$':
      case '&':
      case '#':
      case '%':
      case '_':
        out.append("\\").append(1, c);
        break;
      default:
        out += c;
    }
  }
  return out;
}

/// "Ada Lovelace" is read as first and last name; what has a comma or an "and" in it is kept as one.
std::string author(const std::string& name) {
  const bool as_it_is = name.contains(',') || name.contains(" and ");
  return as_it_is ? "{" + tex(name) + "}" : tex(name);
}

/// "lovelace1843engines"
std::string key_of(const Watched& talk) {
  std::string key;
  if (!talk.names.empty()) {
    const std::string name = slugify(talk.names.front());
    key = name.substr(name.rfind('-') == std::string::npos ? 0 : name.rfind('-') + 1);
  }
  if (talk.year != 0) key += std::to_string(talk.year);
  const std::string title = slugify(talk.title);
  constexpr std::size_t short_word = 3;
  for (const auto word : split(title, '-'))
    if (word.size() > short_word) {
      key += word;
      break;
    }
  return key.empty() ? ascii_lower(talk.code) : key;
}

}  // namespace

std::string bibtex(const Watched& talk, const recordings::Recording& recording) {
  std::string out = "@misc{" + key_of(talk);
  const auto field = [&](std::string_view name, const std::string& value) { out.append(",\n  ").append(name).append(" = {").append(value).append("}"); };
  std::vector<std::string> authors;
  for (const auto& name : talk.names) authors.push_back(author(name));
  if (!authors.empty()) field("author", join(authors, " and "));
  field("title", "{" + tex(talk.title) + "}");
  field("howpublished", "Talk at " + tex(talk.event_title));
  if (talk.year != 0) field("year", std::to_string(talk.year));
  if (talk.day) {
    static constexpr std::string_view months[] = {"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"};
    const std::chrono::year_month_day day(*talk.day);
    out.append(",\n  month = ").append(months[static_cast<unsigned>(day.month()) - 1]);
  }
  // An address stands as it is: \url reads it.
  const auto address = [](std::string_view url) { return replace_all(replace_all(std::string(url), "{", "%7B"), "}", "%7D"); };
  field("url", address(talk.address));
  if (const auto* video = main_video(recording); video != nullptr && !video->url.empty()) field("note", "Video: \\url{" + address(video->url) + "}");
  if (!talk.talk_language.empty()) field("language", talk.talk_language);
  return out + "\n}\n";
}

}  // namespace confer::site
