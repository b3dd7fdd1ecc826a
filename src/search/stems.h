// Word stems by language (Snowball, libstemmer), and what is written in two ways.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace confer::search {

/// The language as its two letters ("de" for "de-AT", "deu", "ger"); empty when unknown.
std::string base_language(std::string_view language);

/// What else a language is called, with spaces between: its codes of three letters, its name in English and in itself ("deu ger German Deutsch").
std::string other_names_of_language(std::string_view language);

/// The stem of a folded word in a language ("de", "pt-BR"); the word itself where the language has no stemmer.
std::string stem(std::string_view word, std::string_view language);

/// What words of one meaning have in common, as numbers: the stem in the language, and in English also that of the American spelling
/// ("militarising" and "militarizing", "colour" and "color"). One or two.
std::vector<std::uint64_t> stem_keys(std::string_view word, std::string_view language);

/// The American spelling of a British one, by its ending; anything else is left. "spelling" becomes "speling": compare it only with what went through here.
std::string american(std::string word);

}  // namespace confer::search
