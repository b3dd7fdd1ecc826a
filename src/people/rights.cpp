// Who may do what, where (rights.h).
#include "people/rights.h"
#include <algorithm>
#include <array>
#include "base/text.h"
#include "html/template.h"

namespace confer {
namespace {

constexpr std::array<std::string_view, 11> names{"anyone", "signed_in", "organise", "programme", "review", "check_in",
                                                 "media",  "site",      "people",   "archive",   "operate"};

bool is_of_installation(const Membership& m) { return !m.series && !m.event; }

/// True when the membership's place is the scope's or contains it.
bool covers(const Membership& m, const Scope& scope) {
  if (is_of_installation(m)) return true;
  if (m.event) return m.event == scope.event || m.event == scope.parent;
  return m.series == scope.series;
}

/// A token for an edition reaches its summits, as a team of the edition does.
bool reaches(const Actor& actor, const Scope& scope) { return !actor.limited_to || actor.limited_to == scope.event || actor.limited_to == scope.parent; }

bool holds(const Membership& m, Right right) {
  if (m.rights.contains(right)) return true;
  if (is_of_installation(m) && m.rights.contains(Right::operate)) return true;
  static const std::set<Right> of_organisers{Right::programme, Right::site, Right::review, Right::media, Right::check_in};
  return m.rights.contains(Right::organise) && of_organisers.contains(right);
}

}  // namespace

std::string_view name_of(Right right) { return names[static_cast<std::size_t>(right)]; }

Result<Right> right_named(std::string_view name) {
  for (std::size_t i = static_cast<std::size_t>(Right::organise); i < names.size(); ++i)
    if (names[i] == name) return static_cast<Right>(i);
  return fail(ErrorCode::invalid,
              "“" + std::string(name) + "” is not a right. Rights are: organise, programme, review, check_in, media, site, people, archive, operate.");
}

Result<std::set<Right>> rights_from_text(std::string_view words) {
  std::set<Right> rights;
  for (auto word : split(words, ' ')) {
    if (trim(word).empty()) continue;
    TRY_ASSIGN(Right right, right_named(trim(word)));
    rights.insert(right);
  }
  return rights;
}

std::string rights_to_text(const std::set<Right>& rights) {
  std::vector<std::string> words;
  for (Right right : rights) words.emplace_back(name_of(right));
  return join(words, " ");
}

Actor system_actor(std::string name) {
  Actor actor;
  actor.system = std::move(name);
  return actor;
}

bool may(const Actor& actor, Right right, const Scope& scope) {
  if (!actor.system.empty()) return true;
  if (right == Right::anyone) return true;
  if (right == Right::signed_in) return actor.signed_in();
  return reaches(actor, scope) && std::ranges::any_of(actor.memberships, [&](const Membership& m) {
           if (!covers(m, scope) || !holds(m, right)) return false;
           // Who is limited to tracks may act on things of these tracks, and see the lists that lead there, but not change what has no track of theirs.
           return !m.limited_to_tracks || (scope.track && m.tracks.contains(scope.track.value));
         });
}

bool may_somewhere(const Actor& actor, Right right, const Scope& scope) {
  if (may(actor, right, scope)) return true;
  return reaches(actor, scope) && std::ranges::any_of(actor.memberships, [&](const Membership& m) { return covers(m, scope) && holds(m, right); });
}

bool belongs_to(const Actor& actor, const Scope& scope) {
  if (!actor.system.empty()) return true;
  return reaches(actor, scope) && std::ranges::any_of(actor.memberships, [&](const Membership& m) { return covers(m, scope) && !m.rights.empty(); });
}

Result<void> require(const Actor& actor, Right right, const Scope& scope) {
  if (may(actor, right, scope)) return {};
  const bool known = scope.is_public || belongs_to(actor, scope) || (!scope.event && !scope.series);
  if (!known && actor.signed_in()) return fail(ErrorCode::not_found, std::string(html::translatable("There is no such page.")));
  if (!actor.signed_in()) return fail(ErrorCode::unauthenticated, std::string(html::translatable("Please sign in first.")));
  if (actor.session == 0)
    return fail(ErrorCode::forbidden, "This token does not reach that: its person needs the right “" + std::string(name_of(right)) +
                                          "” here, and the token a scope that stands for it.");
  return fail(ErrorCode::forbidden, "You do not have the right “" + std::string(name_of(right)) + "” here. An organiser of the event can give it to you.");
}

}  // namespace confer
