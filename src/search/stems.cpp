// Word stems by language.
#include "search/stems.h"

#include <libstemmer.h>

#include <array>
#include <map>
#include <memory>
#include <utility>

#include "base/text.h"

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
  if (const auto known = stemmers.find(language); known != stemmers.end()) return known->second.get();
  const std::string base = base_language(language);
  const auto found = stemmers.find(base);
  if (found != stemmers.end()) return found->second.get();
  // Languages come from what is stored: more than there are would be nonsense, and must not grow for ever.
  if (stemmers.size() > 100) stemmers.clear();
  return stemmers.emplace(base, sb_stemmer_new(base.c_str(), "UTF_8")).first->second.get();
}

/// FNV-1a: the same on every machine, as answers must be.
std::uint64_t hash_of(std::string_view language, std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto add = [&](char c) { hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U; };
  for (const char c : language) add(c);
  add(' ');
  for (const char c : text) add(c);
  return hash;
}

/// ISO 639-3 and the older three letters of ISO 639-2/B, for the languages with a stemmer and those of today's archives.
constexpr std::array<std::pair<std::string_view, std::string_view>, 44> three_letters{
    {{"ara", "ar"}, {"cat", "ca"}, {"ces", "cs"}, {"cze", "cs"}, {"dan", "da"}, {"deu", "de"}, {"dut", "nl"}, {"ell", "el"}, {"eng", "en"},
     {"eus", "eu"}, {"baq", "eu"}, {"fin", "fi"}, {"fra", "fr"}, {"fre", "fr"}, {"ger", "de"}, {"gle", "ga"}, {"glg", "gl"}, {"gre", "el"},
     {"heb", "he"}, {"hin", "hi"}, {"hun", "hu"}, {"hye", "hy"}, {"ind", "id"}, {"ita", "it"}, {"jpn", "ja"}, {"kor", "ko"}, {"lit", "lt"},
     {"nep", "ne"}, {"nld", "nl"}, {"nor", "no"}, {"nob", "no"}, {"nno", "no"}, {"pol", "pl"}, {"por", "pt"}, {"ron", "ro"}, {"rum", "ro"},
     {"rus", "ru"}, {"slk", "sk"}, {"spa", "es"}, {"swe", "sv"}, {"tha", "th"}, {"tur", "tr"}, {"zho", "zh"}, {"chi", "zh"}}};

}  // namespace

std::string base_language(std::string_view language) {
  const std::string base = ascii_lower(language.substr(0, language.find_first_of("-_")));
  if (base == "nb" || base == "nn") return "no";
  if (base.size() != 3) return base;
  for (const auto& [three, two] : three_letters) {
    if (three == base) return std::string(two);
  }
  return base;
}

std::string other_names_of_language(std::string_view language) {
  std::string names;
  for (const auto& [three, two] : three_letters) {
    if (two == base_language(language)) names.append(three) += ' ';
  }
  return names + name_of_language(language, "en") + " " + name_of_language(language, language);
}

std::string stem(std::string_view word, std::string_view language) { return stem_by(stemmer_of(language), word); }

std::string american(std::string word) {
  constexpr std::size_t shortest = 6;
  if (word.size() < shortest) return word;
  // As in "modernisation", "analysed", "colours", "centre", "catalogue", "modelling".
  constexpr std::array<std::pair<std::string_view, std::string_view>, 21> endings{
      {{"isations", "izations"}, {"isation", "ization"}, {"ising", "izing"}, {"ised", "ized"}, {"ises", "izes"}, {"iser", "izer"},
       {"ise", "ize"},           {"ysing", "yzing"},     {"ysed", "yzed"},   {"yser", "yzer"}, {"yse", "yze"},   {"ouring", "oring"},
       {"oured", "ored"},        {"ours", "ors"},        {"our", "or"},      {"tres", "ters"}, {"tre", "ter"},   {"ogue", "og"},
       {"elling", "eling"},      {"elled", "eled"},      {"eller", "eler"}}};
  for (const auto& [british, there] : endings) {
    if (!word.ends_with(british)) continue;
    word.replace(word.size() - british.size(), british.size(), there);
    break;
  }
  return word;
}

std::vector<std::uint64_t> stem_keys(std::string_view word, std::string_view language) {
  constexpr std::size_t shortest_with_spellings = 4;  // "color"
  std::vector<std::uint64_t> keys{hash_of(language, stem(word, language))};
  if (language == "en") {
    const std::string there = american(std::string(word));
    if (const auto key = hash_of("us", stem(there, language)); there.size() >= shortest_with_spellings) keys.push_back(key);
  }
  return keys;
}

}  // namespace confer::search
