// Header, navigation and footer around a page.
#include "app/gate.h"
#include "base/random.h"
#include "html/assets.h"
#include "html/template.h"

namespace confer::app {
namespace {

std::string address_of(const std::string& name) { return name.starts_with('/') ? name : html::asset_url(name); }

void fill_head(html::View& view, const html::Page& page) {
  view.set("TITLE", page.title.empty() ? page.site_title : page.title == page.site_title ? page.title : page.title + " – " + page.site_title);
  view.set("DESCRIPTION", page.description).show_if(!page.description.empty(), "DESCRIPTION_SET");
  view.set("CANONICAL", page.canonical).show_if(!page.canonical.empty(), "CANONICAL_SET");
  view.set("OG_TYPE", page.video.empty() ? "website" : "video.other")
      .set("VIDEO", page.video)
      .set("VIDEO_TYPE", page.video_type)
      .show_if(!page.video.empty(), "VIDEO_SET");
  view.set("IMAGE", page.image).show_if(!page.image.empty(), "IMAGE_SET");
  view.show_if(!page.indexable, "NO_INDEX");
  view.show_if(page.organiser, "ORGANISER").show_if(page.organiser, "BODY_ORGANISER");
  for (const auto& alternate : page.alternates) view.add("ALTERNATE").set("ALTERNATE_LANGUAGE", alternate.language).set("ALTERNATE_HREF", alternate.href);
  for (const auto& feed : page.feeds) view.add("FEED").set("FEED_TYPE", feed.type).set("FEED_HREF", feed.href);
  for (const auto& style : page.styles) view.add("STYLE").set("STYLE_HREF", address_of(style));
  for (const auto& script : page.scripts) view.add("SCRIPT").set("SCRIPT_HREF", address_of(script));
  if (!page.manifest_href.empty()) view.add("MANIFEST").set("MANIFEST_HREF", page.manifest_href);
  if (!page.event.empty()) {
    constexpr std::size_t enough = 8;
    view.add("BODY_EVENT").set("EVENT_SLUG", page.event).set("STATE", page.state.empty() ? content_hash(page.body).substr(0, enough) : page.state);
  }
}

void fill_masthead(html::View& view, const html::Page& page) {
  view.set("SITE_TITLE", page.site_title).set("HOME", page.home);
  view.set("FACTS", page.facts).show_if(!page.facts.empty(), "FACTS_SET");
  if (!page.search_href.empty()) view.add("SEARCH").set("SEARCH_HREF", page.search_href);
  for (const auto& other : page.alternates)
    if (other.language != page.language)
      view.add("OTHER_LANGUAGE").set("OTHER_HREF", other.href).set("OTHER_LANG", other.language).set("OTHER_NAME", html::language_name(other.language));
  if (page.personal && !page.signed_in_as.empty())
    view.add("SIGNED_IN").set("PERSON", page.signed_in_as);
  else if (page.personal)
    view.show("SIGN_IN");
  view.show_if(!page.navigation.empty(), "NAV");
  for (const auto& item : page.navigation) {
    auto& entry = view.add("NAV_ITEM");
    entry.set("NAV_HREF", item.href).set("NAV_TEXT", item.text);
    entry.show_if(item.here == html::Here::page, "NAV_PAGE").show_if(item.here == html::Here::section, "NAV_SECTION");
  }
  if (!page.banner.empty())
    view.add("BANNER")
        .set("BANNER_TEXT", page.banner)
        .set("BANNER_CLASS", page.banner_level == 0   ? "banner-info"
                             : page.banner_level == 1 ? "banner-warning"
                                                      : "banner-urgent");
  if (!page.trail.empty()) {
    view.show("TRAIL").set("TRAIL_HERE", page.title);
    for (const auto& link : page.trail) view.add("TRAIL_ITEM").set("TRAIL_HREF", link.href).set("TRAIL_TEXT", link.text);
  }
}

}  // namespace

html::Chrome make_chrome() {
  return [](const html::Page& page) {
    html::View view;
    fill_head(view, page);
    fill_masthead(view, page);
    view.show_if(!page.footer.empty(), "FOOTER");
    for (const auto& link : page.footer) view.add("FOOTER_ITEM").set("FOOTER_HREF", link.href).set("FOOTER_TEXT", link.text);
    view.set_html("BODY", page.body);
    std::string document = html::render("app/chrome.html", view, page.language);
    if (!page.json_ld.empty()) {
      // A data block, not a script: templates have no place for values in one, so it is put in here. JsonWriter has escaped every '<'.
      const auto end = document.rfind("</body>");
      document.insert(end, "<script type=\"application/ld+json\">" + page.json_ld + "</script>\n");
    }
    return document;
  };
}

}  // namespace confer::app
