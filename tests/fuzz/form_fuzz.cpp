// Fuzzes urlencoded forms, Content-Type boundaries and the header lists that choose a coding, a form of an ETag, a range.
#include <cstddef>
#include <cstdint>
#include <string_view>
#include "base/result.h"
#include "base/text.h"
#include "http/address.h"
#include "http/cookies.h"
#include "http/form.h"
#include "http/negotiate.h"

using namespace confer;
using namespace confer::http;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const Result<Fields> fields = parse_urlencoded(bytes)) {
    ASSERT(fields->all().size() <= most_form_fields);
    for (const auto& [name, value] : fields->all())
      ASSERT(is_valid_utf8(name) && is_valid_utf8(value) && value.find('\0') == std::string::npos && name.find('\0') == std::string::npos);
  }
  if (const auto boundary = multipart_boundary(bytes)) ASSERT(!boundary->empty() && boundary->size() <= 70);
  choose_coding(bytes, true, true);
  matching_form(bytes, "etag", Coding::identity);
  is_unmodified_since(bytes, instant_of_ms(1));
  cookie_in(bytes, "confer_session");
  ByteRange range;
  if (choose_range(bytes, 1000, range) == RangeAnswer::part) ASSERT(range.count > 0 && range.first + range.count <= 1000);
  if (const Result<Network> network = parse_network(bytes)) ASSERT(network->contains(network->base) && network->bits >= 0 && network->bits <= 128);
  return 0;
}
