// QR codes as pictures (qrcodegencpp).
#pragma once
#include <string>
#include <string_view>
#include "base/result.h"

namespace confer::html {

/// An SVG of its own, black on white with the four modules of quiet zone that readers want (ISO/IEC 18004), whatever the page's theme. Error correction M:
/// a seventh of it may be smudged.
/// Errors: invalid – the text is longer than a code can hold (some 2,000 bytes).
Result<std::string> qr_code_svg(std::string_view text);

}  // namespace confer::html
