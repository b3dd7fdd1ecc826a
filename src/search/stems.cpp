// Word stems by language.
#include "search/stems.h"

#include <libstemmer.h>

#include <algorithm>
#include <map>
#include <memory>

namespace confer::search {
namespace {

struct StemmerEnd {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmer = std::unique_ptr<sb_stemmer, StemmerEnd>;

std::string stem_by(sb_stemmer* stemmer, std::string_view word) {
  if (stemmer == nullptr) return std::string(word);
  const auto* found = sb_stemmer_stem(stemmer, reinterpret_cast<const sb_symbol*>(word.data()), static_cast<int>(word.size()));
  if (found == nullptr) return std::string(word);
  std::string out(reinterpret_cast<const char*>(found), static_cast<std::size_t>(sb_stemmer_length(stemmer)));
  return out.empty() ? std::string(word) : out;
}

/// A stemmer must not be used by two threads, and making one costs more than using it.
sb_stemmer* stemmer_of(std::string_view language) {
  thread_local std::map<std::string, Stemmer, std::less<>> stemmers;
  const std::string_view base = language.substr(0, language.find('-'));
  const auto found = stemmers.find(base);
  if (found != stemmers.end()) return found->second.get();
  // Languages come from what is stored: more than there are would be nonsense, and must not grow for ever.
  if (stemmers.size() > 100) stemmers.clear();
  const std::string name = base == "nb" || base == "nn" ? "no" : std::string(base);
  return stemmers.emplace(base, sb_stemmer_new(name.c_str(), "UTF_8")).first->second.get();
}

const std::vector<std::string>& algorithms() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> found;
    for (const char** name = sb_stemmer_list(); *name != nullptr; ++name) {
      // The first English ones, which "english" replaced.
      if (std::string_view(*name) != "porter" && std::string_view(*name) != "lovins") found.emplace_back(*name);
    }
    return found;
  }();
  return names;
}

}  // namespace

std::string stem(std::string_view word, std::string_view language) { return stem_by(stemmer_of(language), word); }

std::vector<std::string> all_stems(std::string_view word) {
  std::vector<std::string> stems{std::string(word)};
  for (const std::string& algorithm : algorithms()) stems.push_back(stem_by(stemmer_of(algorithm), word));
  std::ranges::sort(stems);
  stems.erase(std::unique(stems.begin(), stems.end()), stems.end());
  return stems;
}

}  // namespace confer::search
