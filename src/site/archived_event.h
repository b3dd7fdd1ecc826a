// An event that is only archived, as the frame of its pages knows it.
#pragma once
#include <string>
#include <string_view>
#include "site/archive_pages.h"
#include "site/content.h"

namespace confer::site {

/// The event without its talks, in every language that the program speaks. Errors: not_found – there is none for visitors, or its pages are rendered.
Result<Content> archived_event(const Asked& asked, std::string_view slug);
/// What a path names: "/de/pycon-us-2012/pages/venue" → language "de", slug "pycon-us-2012", below "/pages/venue".
struct EventPath {
  std::string slug, below;
};
EventPath event_path(std::string_view path);

}  // namespace confer::site
