// A strict look at a page: tags that match, ids that are unique, and where its links lead. For tests of our own output, not for the web.
#pragma once
#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace confer::site::sample {

struct Markup {
  std::vector<std::string> problems;
  std::vector<std::string> links;  ///< href, src and action, decoded
  std::set<std::string> ids;
};

inline std::string decoded(std::string text) {
  for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}})
    for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

inline Markup look_at(std::string_view page) {
  static constexpr std::array<std::string_view, 10> empty = {"meta", "link", "br", "img", "input", "hr", "wbr", "source", "col", "area"};
  Markup out;
  std::vector<std::string> open;
  for (std::size_t at = 0; (at = page.find('<', at)) != std::string_view::npos;) {
    if (page.substr(at).starts_with("<!")) {
      at = page.find('>', at);
      continue;
    }
    const bool closing = page.substr(at, 2) == "</";
    std::size_t i = at + (closing ? 2 : 1);
    const std::size_t name_at = i;
    while (i < page.size() && (std::isalnum(static_cast<unsigned char>(page[i])) != 0 || page[i] == '-')) ++i;
    const std::string name(page.substr(name_at, i - name_at));
    if (name.empty()) out.problems.push_back("a bare < at: " + std::string(page.substr(at, 40)));
    while (i < page.size() && page[i] != '>') {
      if (page[i] == ' ' || page[i] == '\n' || page[i] == '/') {
        ++i;
        continue;
      }
      const std::size_t attribute_at = i;
      while (i < page.size() && page[i] != '=' && page[i] != '>' && page[i] != ' ') ++i;
      const std::string attribute(page.substr(attribute_at, i - attribute_at));
      if (i >= page.size() || page[i] != '=') continue;
      if (page.substr(i, 2) != "=\"") {
        out.problems.push_back("unquoted " + attribute + " in " + name);
        break;
      }
      const auto end = page.find('"', i + 2);
      const std::string value = decoded(std::string(page.substr(i + 2, end - i - 2)));
      i = end + 1;
      if (attribute == "href" || attribute == "src" || attribute == "action") out.links.push_back(value);
      if (attribute == "id" && !out.ids.insert(value).second) out.problems.push_back("id " + value + " twice");
    }
    at = i;
    if (closing) {
      if (open.empty() || open.back() != name) out.problems.push_back("</" + name + "> closes " + (open.empty() ? "nothing" : open.back()));
      if (!open.empty()) open.pop_back();
    } else if (std::ranges::find(empty, name) == empty.end()) {
      open.push_back(name);
    }
  }
  for (const auto& name : open) out.problems.push_back("<" + name + "> is not closed");
  return out;
}

}  // namespace confer::site::sample
