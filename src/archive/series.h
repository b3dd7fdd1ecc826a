// Which edition of which series an archived event is, told from its title and its folder's name. Pure rules.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace confer::archive {

struct EditionName {
  std::string title;     ///< "PyCon DE & PyData Berlin 2019"
  std::string folder{};  ///< "pycon-de-2019"; empty: unknown
};
/// A title taken apart.
struct Edition {
  std::string series;              ///< "PyCon US"; of an event without a year, its title
  std::optional<int> year;         ///< 2012
  std::string key;                 ///< `series` folded: two editions with the same one belong together
  std::string folder_key;          ///< the folder's name without its year; empty when it has none
  std::vector<std::string> parts;  ///< of "PyCon DE & PyData Berlin": the keys of both, the first being the host
};
Edition edition_of(const EditionName& name);

/// One series a group; `members` are indices into the names, by year.
struct SeriesGroup {
  std::string title;
  std::vector<std::size_t> members;
};
/// Editions belong together when their titles or folders agree without the year, however one of them was written in some year ("PyCon Japan 2017",
/// "PyCon JP 2019" in folders pycon-jp-2017 and pycon-jp-2019). A joint edition goes to the series named first, where there is one.
std::vector<SeriesGroup> group_editions(const std::vector<EditionName>& names);

}  // namespace confer::archive
