// The pages of an event, each written for one language.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>
#include "html/page.h"
#include "html/template.h"
#include "programme/difference.h"
#include "site/content.h"
#include "site/document.h"
#include "site/event_frame.h"

namespace confer::site {

/// What one release changed against the one before it.
struct ReleaseNote {
  programme::Release release;
  bool first = false;  ///< there is none before it
  std::vector<programme::Change> changes;
};

/// Pages in one language, and where they go.
struct Making {
  const html::Chrome& chrome;
  const Content& content;
  std::string language;
  Documents& out;

  std::string base() const { return base_of(content, language); }
  html::Page page(std::string_view path, Section section, std::string title) const { return event_page(content, language, path, section, std::move(title)); }
  /// Draws the template into the page and the chrome around it.
  void add(std::string_view path, html::Page page, std::string_view template_name, const html::View& view, OtherHosts hosts = {}) const;
};

void make_event_home(const Making& m);
void make_schedule_pages(const Making& m);  ///< a day as grid and as list, all days as a list
void make_schedule_front(const Making& m);  ///< "/schedule": today's day, or the first
void make_track_room_type_pages(const Making& m);
void make_talk_pages(const Making& m);
void make_speaker_pages(const Making& m);
void make_now_page(const Making& m);
void make_changes_page(const Making& m, const std::vector<ReleaseNote>& notes);
void make_info_pages(const Making& m);
void make_print_pages(const Making& m);
void make_my_page(const Making& m);
void make_exports_page(const Making& m);

/// Lists of slots as in the schedule, for pages made on demand too: time groups within days.
void fill_days(html::View& view, const Content& content, const std::vector<const ShownSlot*>& slots, std::string_view language, bool name_days);
/// The days to choose from; `here` is the one that is shown.
void fill_day_tabs(html::View& view, const Content& content, std::string_view language, std::optional<Date> here, std::string_view suffix);
/// "Moved from Ice Cellar, 10:30 to Cloister, 11:00".
std::string change_text(const Content& content, const programme::Change& change, std::string_view language);
/// schema.org's Event, for search engines.
std::string talk_json_ld(const Content& content, const programme::Talk& talk, const ShownSlot& shown, std::string_view language);
std::string event_json_ld(const Content& content, std::string_view language);

}  // namespace confer::site
