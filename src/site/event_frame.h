// What surrounds the pages of one event: its name, navigation, languages, footer and banner.
#pragma once
#include <string>
#include <string_view>
#include "html/page.h"
#include "site/content.h"

namespace confer::site {

/// The entry of the navigation that a page belongs to.
enum class Section : unsigned char { none, home, schedule, now, my, speakers, changes };

/// `path` is the page's place below the event's base in every language: "/schedule"; "" for the event's home.
html::Page event_page(const Content& content, std::string_view language, std::string_view path, Section section, std::string title);
/// The same for an information page, which is an entry of its own.
html::Page info_page(const Content& content, std::string_view language, const events::InfoPage& page);
/// Islands, those that this build has: "stars.js".
void add_islands(html::Page& page, const events::Event& event, std::initializer_list<std::string_view> names);

/// The title of an event in a language: of the release where there is one, else as its organisers have it now.
std::string event_title(const events::Event& event, std::string_view language);
/// "4–9 May 2027, Santa Clara", or what is known of it.
std::string event_facts(const events::Event& event, std::string_view language);
/// "Times are in Europe/Vienna (CEST)."
std::string zone_note(const Content& content, std::string_view language);
std::string time_range(const ShownSlot& shown);

}  // namespace confer::site
