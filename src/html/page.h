// What a page tells its surroundings; app draws them.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace confer::html {

struct Link {
  std::string href, text;
};
enum class Here : unsigned char { no, section, page };
struct NavigationItem {
  std::string href, text;
  Here here = Here::no;
};
/// The same page in another language.
struct Alternate {
  std::string language, href;
};
struct Feed {
  std::string href, type;  ///< "application/atom+xml"
};

/// Everything that the chrome (<head>, header, navigation, footer) needs to know about a page. Plain data: drawing it reads nothing else.
struct Page {
  std::string title;              ///< of the page alone; the chrome adds the site's
  std::string language;           ///< also gives the direction
  std::string description;        ///< one sentence
  std::string canonical;          ///< absolute address; empty: none
  std::string image;              ///< absolute, for Open Graph
  std::string video, video_type;  ///< absolute, and its media type ("text/html": a player); makes the page one of a video for Open Graph
  std::string json_ld;            ///< schema.org data, by JsonWriter (which escapes '<')
  bool indexable = true;

  std::string site_title = "Confer", home = "/", facts;  ///< in the masthead: "PyCon 2027", its address, "4–9 May 2027, Santa Clara"
  std::vector<NavigationItem> navigation;
  std::vector<Link> trail;  ///< breadcrumbs up to, but not including, this page
  std::vector<Link> footer;
  std::string search_href;  ///< empty: no search here
  std::string banner;       ///< announcement
  int banner_level = 0;     ///< 0 information, 1 warning, 2 emergency
  std::vector<Alternate> alternates;
  std::vector<Feed> feeds;
  std::vector<std::string> styles;   ///< more stylesheets, by asset name or path ("grid.css", "/pycon-2027/theme.css")
  std::vector<std::string> scripts;  ///< islands, by asset name: "programme/stars.js"
  std::string manifest_href;
  std::string event;  ///< slug, for the islands; empty: not a page of an event
  std::string state;  ///< of what an event's page says: another one, and open pages are told. Empty: a hash of the body

  bool organiser = false;  ///< an organiser's page: dense, its own stylesheet
  bool personal = false;   ///< drawn for one person: shows who is signed in, or where to sign in. A public page is the same bytes for everybody
  std::string signed_in_as;

  std::string body;  ///< HTML
};

/// The whole document.
using Chrome = std::function<std::string(const Page&)>;

}  // namespace confer::html
