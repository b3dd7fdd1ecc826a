// Licences as people write them, by their SPDX names.
#include <algorithm>
#include <array>
#include <cctype>
#include <utility>
#include "base/text.h"
#include "recordings/recordings.h"

namespace confer::recordings {
namespace {

constexpr std::string_view youtube_license = "Standard YouTube License";

/// "Creative Commons Attribution-ShareAlike 3.0" and "CC BY-SA 3.0" as the words by, sa, 3.0.
std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto end = [&] {
    while (word.ends_with('.')) word.pop_back();
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (const char c : ascii_lower(text)) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.')
      word += c;
    else
      end();
  }
  end();
  return words;
}

bool is_version(std::string_view word) { return word.size() == 3 && word[1] == '.' && word[0] >= '1' && word[0] <= '4' && (word[2] == '0' || word[2] == '5'); }

}  // namespace

std::string license_of(std::string_view copyright) {
  const auto words = words_of(copyright);
  const auto has = [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); };
  const bool of_youtube = std::ranges::any_of(words, [](const std::string& word) { return word.contains("youtube"); });
  if (of_youtube && !has("by")) return std::string(youtube_license);
  if (has("cc0") || has("publicdomain") || (has("cc") && has("0"))) return "CC0-1.0";
  const bool by = has("by") || has("attribution");
  const bool creative = has("cc") || has("creative") || has("creativecommons") || has("creativecommons.org");
  const bool sa = has("sa") || has("sharealike"), nc = has("nc") || has("noncommercial"), nd = has("nd") || has("noderivs") || has("noderivatives");
  if (!by || (!creative && !sa && !nc && !nd)) return "";
  std::string license = "CC-BY";
  if (nc) license += "-NC";
  if (sa) license += "-SA";
  if (nd && !sa) license += "-ND";
  const auto version = std::ranges::find_if(words, is_version);
  // YouTube's "Creative Commons Attribution license (reuse allowed)" is CC BY 3.0 by its terms.
  if (version != words.end())
    license += "-" + *version;
  else if (has("reuse") && !sa && !nc && !nd)
    license += "-3.0";
  return license;
}

std::string license_url(std::string_view license) {
  if (license == youtube_license) return "https://www.youtube.com/t/terms";
  if (license == "CC0-1.0") return "https://creativecommons.org/publicdomain/zero/1.0/";
  if (!license.starts_with("CC-BY")) return "";
  const auto last = license.rfind('-');
  const bool has_version = is_version(license.substr(last + 1));
  const std::string kind = ascii_lower(has_version ? license.substr(3, last - 3) : license.substr(3));
  return "https://creativecommons.org/licenses/" + kind + "/" + (has_version ? std::string(license.substr(last + 1)) : "4.0") + "/";
}

}  // namespace confer::recordings
