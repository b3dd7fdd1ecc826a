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

/// Everything the chrome (header, navigation, footer, <head>) needs to know about a page.
struct Page {
  std::string title;        ///< for <title> and the heading in the browser's list
  std::string language;     ///< also gives the direction
  std::string path;         ///< of this page, without language: for alternate links and "you are here"
  std::string event;        ///< path of the event it belongs to ("pycon-2027"), empty for the installation's own pages
  std::string description;  ///< Open Graph, one sentence
  std::string image;        ///< Open Graph
  std::string json_ld;      ///< schema.org data, JSON
  std::vector<Link> trail;  ///< breadcrumbs
  bool organiser = false;   ///< an organiser's page: its navigation, no caching
  bool indexable = true;
  std::string signed_in_as;          ///< only on personal pages; a public page is the same bytes for everybody
  std::vector<std::string> scripts;  ///< islands this page uses: "stars", "live"
  std::vector<Link> feeds;           ///< <link rel=alternate>: type in text
  std::string body;                  ///< HTML
};

/// The whole document.
using Chrome = std::function<std::string(const Page&)>;

}  // namespace confer::html
