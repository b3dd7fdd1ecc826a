// What an API token may be used for: scopes, which only ever narrow the rights of the token's person.
#pragma once
#include <array>
#include <set>
#include <string>
#include <string_view>
#include "base/result.h"
#include "people/rights.h"

namespace confer {

/// A scope allows reading and nothing else: writing through the API would get scopes of its own, which no token made today has.
enum class TokenScope : unsigned char {
  read_public,  ///< what anybody may read; every token has it
  read_draft,   ///< the draft programme and events that are not public yet, where its person has the right `programme`
  read_people,  ///< people's addresses, where its person has the right `people`
};
inline constexpr std::array all_token_scopes{TokenScope::read_public, TokenScope::read_draft, TokenScope::read_people};

std::string_view name_of(TokenScope scope);
/// The right that the token's person needs for it.
Right right_of(TokenScope scope);
/// "read_public read_draft" → the set, always with read_public. Errors: invalid – an unknown word, with the words that there are.
Result<std::set<TokenScope>> scopes_from_text(std::string_view words);
std::string scopes_to_text(const std::set<TokenScope>& scopes);

}  // namespace confer
