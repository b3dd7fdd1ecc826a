// What a browser calls itself (device.h).
#include "people/pages/device.h"
#include <array>
#include <span>
#include <utility>

namespace confer::people {
namespace {

using Sign = std::pair<std::string_view, std::string_view>;  ///< what stands in the header, what we say

// Every browser names those that it wants to be taken for: the first sign that is found counts, so the impostors stand first.
constexpr std::array<Sign, 9> browsers{{{"Edg", "Edge"},
                                        {"OPR/", "Opera"},
                                        {"SamsungBrowser/", "Samsung Internet"},
                                        {"FxiOS/", "Firefox"},
                                        {"Firefox/", "Firefox"},
                                        {"CriOS/", "Chrome"},
                                        {"Chrome/", "Chrome"},
                                        {"Safari/", "Safari"},
                                        {"curl/", "curl"}}};
constexpr std::array<Sign, 8> systems{{{"iPhone", "iPhone"},
                                       {"iPad", "iPad"},
                                       {"Android", "Android"},
                                       {"CrOS", "ChromeOS"},
                                       {"Windows", "Windows"},
                                       {"Mac OS X", "Mac"},
                                       {"Linux", "Linux"},
                                       {"BSD", "BSD"}}};

std::string_view first_of(std::string_view text, std::span<const Sign> signs) {
  for (const auto& [sign, word] : signs)
    if (text.find(sign) != std::string_view::npos) return word;
  return {};
}

}  // namespace

std::string device_of(std::string_view user_agent) {
  std::string text(first_of(user_agent, browsers));
  const auto system = first_of(user_agent, systems);
  if (!text.empty() && !system.empty()) text += ", ";
  return text.append(system);
}

}  // namespace confer::people
