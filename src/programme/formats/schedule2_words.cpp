// The few words that schedule2 has for session types and languages.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>
#include "base/text.h"
#include "programme/formats/export.h"
#include "programme/formats/import.h"

namespace confer::programme {

/// The schema has ten types; ours are the organiser's words. Looked for in the order given, in the type's name.
std::string_view schedule2_event_type(std::string_view type) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> words{{{"lightning", "LIGHTNING_TALK"},
                                                                                        {"hands", "HANDS-ON"},
                                                                                        {"workshop", "WORKSHOP"},
                                                                                        {"tutorial", "WORKSHOP"},
                                                                                        {"panel", "DISCUSSION"},
                                                                                        {"discussion", "DISCUSSION"},
                                                                                        {"open space", "DISCUSSION"},
                                                                                        {"meet", "MEETING"},
                                                                                        {"sprint", "HANDS-ON"},
                                                                                        {"performance", "PERFORMANCE"},
                                                                                        {"concert", "CONCERT"},
                                                                                        {"game", "GAME"},
                                                                                        {"talk", "TALK"},
                                                                                        {"keynote", "TALK"},
                                                                                        {"lecture", "TALK"},
                                                                                        {"presentation", "TALK"}}};
  const std::string lower = ascii_lower(type);
  for (const auto& [word, name] : words)
    if (lower.contains(word)) return name;
  return "OTHER";
}

/// "LIGHTNING_TALK" → "Lightning talk".
std::string schedule2_type_name(std::string_view type) {
  std::string name = ascii_lower(type);
  std::ranges::replace(name, '_', ' ');
  if (!name.empty() && name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  return name;
}

std::string schedule2_type(std::string_view name) { return schedule2_type_name(schedule2_event_type(name)); }

/// ISO 639-1, as the schema wants it everywhere; "" when there is none.
std::string two_letters(std::string_view language) {
  std::string base = ascii_lower(language.substr(0, language.find('-')));
  return base.size() == 2 && base[0] >= 'a' && base[0] <= 'z' && base[1] >= 'a' && base[1] <= 'z' ? base : "";
}

std::string schedule2_language(std::string_view language, std::string_view main) {
  for (const std::string_view tag : {language, main})
    if (std::string two = two_letters(tag); !two.empty()) return two;
  return "en";
}

}  // namespace confer::programme
