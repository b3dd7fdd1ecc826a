// Titles of editions, and the series they make.
#include "archive/series.h"
#include <gtest/gtest.h>
#include <algorithm>
#include <map>
#include <tuple>

namespace confer::archive {
namespace {

TEST(Edition, a_title_taken_apart) {
  const std::vector<std::tuple<EditionName, std::string, int>> rows{
      {{"PyCon US 2012", "pycon-us-2012"}, "PyCon US", 2012},
      {{"PyCon DE & PyData Berlin 2019", "pycon-de-2019"}, "PyCon DE & PyData Berlin", 2019},
      {{"Plone Conference 2016 Boston", "ploneconf-2016"}, "Plone Conference", 2016},
      {{"PuPPy Meetup @ Zillow 2016 Jan 13", "puppy-meetup-2016-01"}, "PuPPy Meetup", 2016},
      {{"Google Python Class, circa 2010", "google-python-class"}, "Google Python Class", 2010},
      {{"En attendant la PyConFr (2020-2021)", "en-attendant-pyconfr-2020-2021"}, "En attendant la PyConFr", 2020},
      {{"2016 Plone Conference", ""}, "Plone Conference", 2016},
      {{"code::dive 2018", "codedive-2018"}, "code::dive", 2018},
      {{"DePy 2015", "depy2015"}, "DePy", 2015},
      {{"PyCon Ukraine", "pycon-ukraine-2012"}, "PyCon Ukraine", 2012},
      {{"Data School", "data-school"}, "Data School", 0},
      {{"2012", ""}, "2012", 2012},
      {{"Room 12012", ""}, "Room 12012", 0},
      {{"", "x"}, "", 0}};
  for (const auto& [name, series, year] : rows) {
    const Edition e = edition_of(name);
    EXPECT_EQ(std::tuple(e.series, e.year.value_or(0)), std::tuple(series, year)) << name.title;
  }
}

TEST(Series, editions_belong_together_when_titles_or_folders_agree) {
  const std::vector<EditionName> names{{"PyCon Japan 2017", "pycon-jp-2017"},        {"PyCon JP 2019", "pycon-jp-2019"},
                                       {"PyCon Ireland 2017", "pycon-ie-2017"},      {"PyCon Ireland 2018", "pycon-ireland-2018"},
                                       {"PyCon DE 2018", "pycon-de-2018"},           {"PyCon DE & PyData Berlin 2022", ""},
                                       {"PyData Berlin 2018", "pydata-berlin-2018"}, {"PyData", "pydata"},
                                       {"PyCon US 2008", "pycon-us-2008"},           {"PyCon US 2025", "pycon-us-2025"}};
  std::vector<std::pair<std::string, std::vector<std::size_t>>> got;
  for (auto& group : group_editions(names)) got.emplace_back(group.title, group.members);
  const std::vector<std::pair<std::string, std::vector<std::size_t>>> wanted{
      {"PyCon JP", {0, 1}}, {"PyCon Ireland", {2, 3}}, {"PyCon DE & PyData Berlin", {4, 5}}, {"PyData Berlin", {6}}, {"PyData", {7}}, {"PyCon US", {8, 9}}};
  EXPECT_EQ(got, wanted);
}

}  // namespace
}  // namespace confer::archive
