// The words of API tokens' scopes (token_scope.h).
#include "people/token_scope.h"
#include <algorithm>
#include <vector>
#include "base/text.h"

namespace confer {

std::string_view name_of(TokenScope scope) {
  switch (scope) {
    case TokenScope::read_public:
      return "read_public";
    case TokenScope::read_draft:
      return "read_draft";
    case TokenScope::read_people:
      return "read_people";
  }
  return "";
}

Right right_of(TokenScope scope) {
  switch (scope) {
    case TokenScope::read_public:
      return Right::anyone;
    case TokenScope::read_draft:
      return Right::programme;
    case TokenScope::read_people:
      return Right::people;
  }
  return Right::operate;
}

Result<std::set<TokenScope>> scopes_from_text(std::string_view words) {
  std::set<TokenScope> scopes{TokenScope::read_public};
  for (const auto word : split(words, ' ')) {
    if (trim(word).empty()) continue;
    const auto* found = std::ranges::find_if(all_token_scopes, [&](TokenScope scope) { return name_of(scope) == trim(word); });
    if (found == all_token_scopes.end())
      return fail(ErrorCode::invalid, "“" + std::string(trim(word)) + "” is not a scope. Scopes are: read_public, read_draft, read_people.");
    scopes.insert(*found);
  }
  return scopes;
}

std::string scopes_to_text(const std::set<TokenScope>& scopes) {
  std::vector<std::string> words;
  for (const TokenScope scope : scopes) words.emplace_back(name_of(scope));
  return join(words, " ");
}

}  // namespace confer
