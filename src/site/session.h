// One slot as it stands in lists and in the grid.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "html/template.h"
#include "site/content.h"

namespace confer::site {

/// What a list's heading does not say already.
struct SessionOptions {
  bool day = false;  ///< the list spans days
  bool room = true;
  bool track = true;
  bool type = true;
  bool people = true;
  bool text = false;  ///< a line or two of the abstract
  bool parts = true;
};
/// Fills site/session.html.
void fill_session(html::View& view, const Content& content, const ShownSlot& shown, std::string_view language, const SessionOptions& options);
/// Fills site/cell.html: the slot in room column `column` (0: all rooms), in rows of five minutes from `first`.
void fill_cell(html::View& view, const Content& content, const ShownSlot& shown, std::string_view language, WallTime first, int column);

std::string talk_href(const ShownSlot& shown, std::string_view language);
std::string talk_href(const Content& content, const programme::Talk& talk, std::string_view language);
/// The names as printed; of an erased person "a speaker".
std::vector<std::string> names_of(const programme::Talk& talk, std::string_view language);
/// The title that is shown, never empty.
std::string shown_title(const ShownSlot& shown, std::string_view language);
/// The name of a room in a language, its code where it has none.
std::string room_name(const programme::Room& room, const Source& source, std::string_view language);
template <class Named>
std::string name_in(const Named& named, const Source& source, std::string_view language) {
  const auto& name = named.name.in(language, source.languages.front());
  return name.empty() ? named.code : name;
}
/// `name` and `href` of each credit, as PERSON sections; separated by SEPARATOR.
void fill_people(html::View& view, const Content& content, const Source& source, const programme::Talk& talk, std::string_view language);
/// A language's name in another: "German"; the tag itself where it is not one.
std::string language_in(std::string_view tag, std::string_view language);
/// "beginner", "intermediate", "advanced" and "all" in another language; any other word as it was written.
std::string level_in(std::string_view level, std::string_view language);
bool is_keynote(const ShownSlot& shown);

}  // namespace confer::site
