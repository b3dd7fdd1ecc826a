// Was a form sent from our own pages?
#pragma once
#include "http/message.h"

namespace confer::http {

/// Origin decides; where it is absent Sec-Fetch-Site, then Referer. A request with none of them is refused: every browser of today sends one.
bool comes_from_own_page(const Request& request);

}  // namespace confer::http
