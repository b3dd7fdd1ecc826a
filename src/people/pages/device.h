// What a browser calls itself, in a word that people recognise in the list of their sessions.
#pragma once
#include <string>
#include <string_view>

namespace confer::people {

/// "Firefox, Android", "Safari, iPhone"; only the part that is recognised, empty when nothing is. Versions are left out: they identify, and change.
std::string device_of(std::string_view user_agent);

}  // namespace confer::people
