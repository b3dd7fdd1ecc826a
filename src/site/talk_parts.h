// Parts of a talk's page that do not depend on where the talk comes from.
#pragma once
#include <string_view>
#include "html/template.h"
#include "recordings/recordings.h"

namespace confer::site {

/// LICENCE: of the recording, else of the talk.
void fill_licence(html::View& view, const recordings::Recording& recording, std::string_view talk_license);

}  // namespace confer::site
