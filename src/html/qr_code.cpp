// QR codes as pictures (qr_code.h).
#include "html/qr_code.h"
#include <qrcodegen/qrcodegen.hpp>
#include <stdexcept>

namespace confer::html {

Result<std::string> qr_code_svg(std::string_view text) {
  constexpr int quiet = 4;
  try {
    const auto code = qrcodegen::QrCode::encodeText(std::string(text).c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
    const int size = code.getSize() + 2 * quiet;
    std::string path;
    for (int y = 0; y < code.getSize(); ++y)
      for (int x = 0; x < code.getSize(); ++x) {
        if (!code.getModule(x, y)) continue;
        int end = x + 1;
        while (end < code.getSize() && code.getModule(end, y)) ++end;
        const std::string length = std::to_string(end - x);
        path += "M" + std::to_string(x + quiet) + " " + std::to_string(y + quiet) + "h" + length + "v1h-" + length + "z";
        x = end;
      }
    const std::string side = std::to_string(size);
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 " + side + " " + side + "\" shape-rendering=\"crispEdges\"><rect width=\"" + side +
           "\" height=\"" + side + "\" fill=\"#fff\"/><path d=\"" + path + "\"/></svg>";
  } catch (const std::length_error& thrown) {
    return fail(ErrorCode::invalid, "This text is too long for a QR code.", thrown.what());
  }
}

}  // namespace confer::html
