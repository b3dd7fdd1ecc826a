// Parts that several pages of the archive share, beside lists and charts (archive_frame.h).
#pragma once
#include <string_view>
#include <vector>
#include "site/archive_frame.h"

namespace confer::site {

/// site/archive/search_form.html.
void fill_search_form(html::View& view, const Asked& asked, std::string_view text);
/// TAGS with TAG; HEARD with SPEAKER.
void fill_tags(html::View& view, const Asked& asked, const std::vector<archive::TagCount>& tags);
void fill_most_heard(html::View& view, const Asked& asked, const std::vector<archive::SpeakerCount>& speakers);

}  // namespace confer::site
