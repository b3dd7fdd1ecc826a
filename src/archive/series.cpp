// Titles of editions taken apart and put together again (series.h).
#include "archive/series.h"
#include <algorithm>
#include <map>
#include <numeric>
#include "base/text.h"

namespace confer::archive {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The place of a year from 1990 to 2099 that stands alone: in "PyCon 2012", and in "depy2015", not in "12012".
std::size_t find_year(std::string_view text, std::size_t from = 0) {
  for (std::size_t i = from; i + 4 <= text.size(); ++i) {
    if (!std::all_of(text.begin() + static_cast<std::ptrdiff_t>(i), text.begin() + static_cast<std::ptrdiff_t>(i) + 4, is_digit)) continue;
    if ((i > 0 && is_digit(text[i - 1])) || (i + 4 < text.size() && is_digit(text[i + 4]))) continue;
    const std::string_view year = text.substr(i, 4);
    if (year.starts_with("20") || year.starts_with("199")) return i;
  }
  return std::string_view::npos;
}

std::string without_edges(std::string_view text) {
  std::string out = tidy_line(text);
  for (bool changed = true; changed;) {
    changed = false;
    while (!out.empty() && std::string_view(" ,;:-_([@/&").find(out.back()) != std::string_view::npos) {
      out.pop_back();
      changed = true;
    }
    for (const std::string_view word : {" circa", " in", " at", " edition", " –"})
      if (ascii_lower(out).ends_with(word)) {
        out.erase(out.size() - word.size());
        changed = true;
      }
  }
  out.erase(0, std::min(out.find_first_not_of(" -,:"), out.size()));
  return out;
}

/// Folded, letters and digits only: "Write the Docs" and "writethedocs" agree.
std::string key_of(std::string_view text) {
  std::string key;
  for (const char c : fold(text))
    if ((c >= 'a' && c <= 'z') || is_digit(c) || static_cast<unsigned char>(c) >= 0x80) key += c;
  return key;
}

class Groups {
 public:
  explicit Groups(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), std::size_t{0}); }
  std::size_t root(std::size_t i) {
    while (parent_[i] != i) i = parent_[i] = parent_[parent_[i]];
    return i;
  }
  void join(std::size_t a, std::size_t b) { parent_[std::max(root(a), root(b))] = std::min(root(a), root(b)); }

 private:
  std::vector<std::size_t> parent_;
};

}  // namespace

Edition edition_of(const EditionName& name) {
  Edition e;
  const std::string title = tidy_line(name.title);
  if (const auto at = find_year(title); at != std::string::npos) {
    e.year = std::stoi(title.substr(at, 4));
    std::string before = title.substr(0, at);
    // "PuPPy Meetup @ Zillow 2016": what follows the sign is this edition's place.
    if (const auto sign = before.find(" @ "); sign != std::string::npos) before.erase(sign);
    e.series = without_edges(before);
    // "2016 Plone Conference": the name stands behind the year.
    if (key_of(e.series).size() < 2) e.series = without_edges(std::string_view(title).substr(at + 4));
  }
  if (key_of(e.series).empty()) e.series = title;
  e.key = key_of(e.series);
  if (const auto at = find_year(name.folder); at != std::string::npos) {
    if (!e.year) e.year = std::stoi(name.folder.substr(at, 4));
    e.folder_key = key_of(std::string_view(name.folder).substr(0, at));
  }
  std::string_view rest = e.series;
  for (auto at = rest.find(" & "); at != std::string_view::npos; at = rest.find(" & ")) {
    e.parts.push_back(key_of(rest.substr(0, at)));
    rest.remove_prefix(at + 3);
  }
  if (!e.parts.empty()) e.parts.push_back(key_of(rest));
  return e;
}

std::vector<SeriesGroup> group_editions(const std::vector<EditionName>& names) {
  std::vector<Edition> editions;
  for (const auto& name : names) editions.push_back(edition_of(name));
  Groups groups(names.size());
  std::map<std::string, std::size_t> by_key, by_folder;
  for (std::size_t i = 0; i < editions.size(); ++i) {
    if (!editions[i].key.empty()) groups.join(i, by_key.emplace(editions[i].key, i).first->second);
    if (editions[i].year && !editions[i].folder_key.empty()) groups.join(i, by_folder.emplace(editions[i].folder_key, i).first->second);
  }
  for (std::size_t i = 0; i < editions.size(); ++i)
    for (const auto& part : editions[i].parts)
      if (const auto host = by_key.find(part); host != by_key.end()) {
        groups.join(i, host->second);
        break;
      }
  std::map<std::size_t, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < editions.size(); ++i) members[groups.root(i)].push_back(i);
  std::vector<SeriesGroup> out;
  for (auto& [root, list] : members) {
    std::ranges::sort(list, {}, [&](std::size_t i) { return std::pair(editions[i].year.value_or(0), i); });
    // The name that most editions have, of equally frequent ones the newest.
    std::map<std::string, std::pair<int, int>> titles;
    for (std::size_t at = 0; at < list.size(); ++at) {
      auto& [count, newest] = titles[editions[list[at]].series];
      ++count;
      newest = static_cast<int>(at);
    }
    const auto best = std::ranges::max_element(titles, {}, [](const auto& entry) { return entry.second; });
    out.push_back({best->first, std::move(list)});
  }
  return out;
}

}  // namespace confer::archive
