// The facets of all documents.
#include "search/columns.h"

#include <algorithm>
#include <charconv>
#include <limits>

#include "base/text.h"
#include "search/stems.h"
#include "search/tokens.h"
#include "search/words.h"

namespace confer::search {
namespace {

constexpr std::size_t longest_value = 200, longest_name = 40;

bool is_name(std::string_view name) {
  return !name.empty() && name.size() <= longest_name && std::ranges::all_of(name, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
}

std::optional<std::int64_t> number_of(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return number;
}

/// "90m", "90min", "1h", "1h30", "1h30m".
std::optional<std::int64_t> minutes_of(std::string_view text) {
  constexpr std::int64_t an_hour = 60, most_hours = 10'000;
  for (const std::string_view unit : {"min", "m"}) {
    if (text.ends_with(unit) && text.size() > unit.size()) {
      text.remove_suffix(unit.size());
      if (!text.contains('h')) return number_of(text);
      break;
    }
  }
  const std::size_t hour = text.find('h');
  if (hour == std::string_view::npos) return std::nullopt;
  const auto hours = number_of(text.substr(0, hour));
  const auto minutes = hour + 1 == text.size() ? std::optional<std::int64_t>(0) : number_of(text.substr(hour + 1));
  if (!hours || !minutes || *hours < 0 || *hours > most_hours || *minutes < 0 || *minutes >= an_hour) return std::nullopt;
  return *hours * an_hour + *minutes;
}

std::optional<std::int64_t> amount_of(std::string_view text) {
  if (const auto number = number_of(text)) return number;
  return minutes_of(text);
}

std::string words_between_spaces(std::string_view text) {
  std::string out = " ";
  for (TokenReader reader(text); reader.next();) out.append(reader.word()) += ' ';
  return out;
}

/// Tabs and line ends would end a part of the written form.
std::string one_line(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x20)
      out += c;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  return std::string(trim(out));
}

std::string words_of(std::string_view name, const std::string& label, const std::string& value) {
  std::string text = label.empty() ? value : label + " " + value;
  if (name == "lang") text += " " + other_names_of_language(value);
  return words_between_spaces(text);
}

/// Every word of `asked` begins a word of `words`.
bool all_begin(const std::vector<std::string>& asked, std::string_view words) {
  return std::ranges::all_of(asked, [&](const std::string& word) { return words.contains(" " + word); });
}

}  // namespace

std::optional<ValueId> Columns::add(const Facet& facet) {
  if (!is_name(facet.name)) return std::nullopt;
  const std::string value = one_line(std::string_view(facet.value).substr(0, longest_value));
  if (value.empty()) return std::nullopt;
  std::string id = facet.name + "\n" + value;
  const auto known = ids_.find(id);
  if (known != ids_.end()) {
    ColumnValue& there = values_[known->second];
    if (!facet.label.empty() && facet.label != there.label) {
      there.label = facet.label;
      there.words = words_of(facet.name, there.label, there.value);
    }
    return known->second;
  }
  auto column = find(facet.name);
  if (!column) {
    constexpr std::size_t most = 60;
    if (names_.size() >= most) return std::nullopt;
    column = static_cast<ColumnId>(names_.size());
    names_.push_back(facet.name);
    of_column_.emplace_back();
  }
  const auto made = static_cast<ValueId>(values_.size());
  ColumnValue there{*column, value, facet.label.empty() ? value : facet.label, "", number_of(value), 0};
  there.words = words_of(facet.name, facet.label, value);
  values_.push_back(std::move(there));
  of_column_[*column].push_back(made);
  ids_.emplace(std::move(id), made);
  return made;
}

std::optional<ColumnId> Columns::find(std::string_view name) const {
  const auto found = std::ranges::find(names_, name);
  if (found == names_.end()) return std::nullopt;
  return static_cast<ColumnId>(found - names_.begin());
}

std::vector<ValueId> Columns::meant(ColumnId column, std::string_view asked) const {
  std::vector<ValueId> found;
  const std::string folded = fold(trim(asked));
  if (folded.empty()) return found;
  for (const ValueId id : of_column_[column]) {
    if (fold(values_[id].value) == folded || fold(values_[id].label) == folded) found.push_back(id);
  }
  if (!found.empty()) return found;
  if (const auto range = range_of(folded)) {
    for (const ValueId id : of_column_[column]) {
      if (const auto& number = values_[id].number; number && *number >= range->from && *number <= range->to) found.push_back(id);
    }
    if (!found.empty() || std::ranges::any_of(of_column_[column], [&](ValueId id) { return values_[id].number.has_value(); })) return found;
  }
  const std::vector<std::string> words = tokens(asked);
  if (words.empty()) return found;
  for (const ValueId id : of_column_[column]) {
    const std::string_view there = values_[id].words;
    bool all = true;
    for (std::size_t i = 0; i < words.size() && all; ++i) all = there.contains(" " + words[i] + (i + 1 < words.size() ? " " : ""));
    if (all) found.push_back(id);
  }
  return found;
}

std::vector<ValueId> Columns::begun(ColumnId column, std::string_view text) const {
  const std::vector<std::string> words = tokens(text);
  std::vector<ValueId> found;
  for (const ValueId id : of_column_[column]) {
    if (values_[id].documents > 0 && all_begin(words, values_[id].words)) found.push_back(id);
  }
  return found;
}

std::vector<ValueId> Columns::like(ColumnId column, std::string_view asked, std::size_t most) const {
  const std::vector<std::string> words = tokens(asked);
  std::vector<ValueId> found;
  if (words.empty()) return found;
  const auto is_near = [](const std::string& word, std::string_view there) {
    const int edits = edits_for(characters_of(word));
    for (std::size_t at = 1; at < there.size();) {
      const std::size_t end = there.find(' ', at);
      const std::string_view one = there.substr(at, end - at);
      if (one.starts_with(word) || edit_distance(word, one, edits) <= edits) return true;
      at = end + 1;
    }
    return false;
  };
  for (const ValueId id : of_column_[column]) {
    if (values_[id].documents > 0 && std::ranges::all_of(words, [&](const std::string& word) { return is_near(word, values_[id].words); })) found.push_back(id);
  }
  std::ranges::sort(found, [&](ValueId a, ValueId b) {
    if (values_[a].documents != values_[b].documents) return values_[a].documents > values_[b].documents;
    return values_[a].value < values_[b].value;
  });
  if (found.size() > most) found.resize(most);
  return found;
}

std::size_t Columns::bytes() const {
  std::size_t bytes = 0;
  const auto own = [](const std::string& text) { return text.capacity() > 15 ? text.capacity() + 1 : 0; };
  for (const ColumnValue& value : values_) bytes += sizeof value + own(value.value) + own(value.label) + own(value.words) + 4;
  for (const auto& [text, id] : ids_) bytes += sizeof(std::pair<const std::string, ValueId>) + own(text) + 24;
  return bytes;
}

std::optional<Range> range_of(std::string_view text) {
  text = trim(text);
  if (const auto time = minutes_of(text)) return Range{*time, *time};
  if (text.starts_with("<=") || text.starts_with(">=")) {
    const auto number = amount_of(text.substr(2));
    if (!number) return std::nullopt;
    return text[0] == '<' ? Range{.to = *number} : Range{.from = *number};
  }
  if (text.starts_with('<') || text.starts_with('>')) {
    const auto number = amount_of(text.substr(1));
    if (!number || *number == std::numeric_limits<std::int64_t>::min() || *number == std::numeric_limits<std::int64_t>::max()) return std::nullopt;
    return text[0] == '<' ? Range{.to = *number - 1} : Range{.from = *number + 1};
  }
  for (const std::string_view dash : {"-", "..", "\xE2\x80\x93"}) {
    const std::size_t at = text.find(dash);
    if (at == std::string_view::npos) continue;
    const auto from = amount_of(text.substr(0, at)), to = amount_of(text.substr(at + dash.size()));
    if (at == 0) return to ? std::optional(Range{.to = *to}) : std::nullopt;
    if (!from) return std::nullopt;
    if (at + dash.size() == text.size()) return Range{.from = *from};
    if (to) return Range{*from, *to};
  }
  return std::nullopt;
}

std::string written(const std::vector<Facet>& facets) {
  std::string out;
  for (const Facet& facet : facets) {
    const std::string value = one_line(facet.value), label = one_line(facet.label);
    if (!is_name(facet.name) || value.empty()) continue;
    out.append(facet.name).append("\t").append(value);
    if (!label.empty() && label != value) out.append("\t").append(label);
    out += '\n';
  }
  return out;
}

std::vector<Facet> read_facets(std::string_view text) {
  std::vector<Facet> facets;
  for (const auto line : split(text, '\n')) {
    const auto parts = split(line, '\t');
    if (parts.size() < 2) continue;
    facets.push_back({std::string(parts[0]), std::string(parts[1]), parts.size() > 2 ? std::string(parts[2]) : std::string()});
  }
  return facets;
}

}  // namespace confer::search
