// Tells the formats apart by the first bytes of a file.
#include <string>
#include <string_view>
#include "base/text.h"
#include "programme/format.h"
#include "programme/formats/import.h"

namespace confer::programme {
namespace {

/// Everything that tells a format stands this early in files of any size.
constexpr std::size_t enough = 256UL * 1024;

}  // namespace

Result<Format> detect(std::string_view file_name, std::string_view bytes) {
  const auto converted = converted_xml(bytes);
  if (converted) bytes = converted->text;
  TRY(check_bytes(bytes, "a programme"));
  const std::string name = ascii_lower(file_name);
  const std::string_view head = trim(bytes.substr(0, enough));
  const auto has = [&](std::string_view text) { return head.contains(text); };
  if (head.starts_with('<')) {
    if (has("<schedule")) return Format::schedule_xml;
    return fail_at("line 1, column 1", "This XML is not a schedule.xml: it has no “schedule” element.");
  }
  if (head.starts_with('{') && !name.ends_with(".csv")) {
    if (name.ends_with("category.json")) return Format::pyvideo;
    if (has("\"schedule\"")) {
      const bool flat = has("/schedule2\"") || (has("\"events\"") && !has("\"day_start\"") && !has("\"daysCount\""));
      return flat ? Format::schedule2_json : Format::schedule_json;
    }
    if (has("\"speakers\"") || has("\"title\"")) return Format::pyvideo;
    return fail_at("line 1, column 1", "This JSON is none of the formats that can be read: schedule.json, schedule2 or PyVideo.");
  }
  if (head.starts_with('[') && !name.ends_with(".csv") && !name.ends_with(".tsv"))
    return fail_at("line 1, column 1", "This JSON is a list, and none of the formats that can be read: schedule.json, schedule2 or PyVideo.");
  const std::string_view first_line = head.substr(0, head.find_first_of("\r\n"));
  if (name.ends_with(".csv") || name.ends_with(".tsv") || first_line.find_first_of(",;\t") != std::string_view::npos) return Format::csv;
  return fail_at("line 1, column 1", "This is none of the formats that can be read: schedule.json, schedule.xml, schedule2, PyVideo or CSV.");
}

}  // namespace confer::programme
