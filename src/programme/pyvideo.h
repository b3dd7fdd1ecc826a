// PyVideo's records one by one: for the importer of whole archives (read_pyvideo and write_pyvideo in format.h are for one event's folder).
#pragma once
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <vector>
#include "programme/format.h"

namespace confer::programme {

/// PyVideo writes languages as ISO 639-3 ("eng"), we as BCP 47 ("en"). Empty when it is no language we know.
std::string language_of_pyvideo(std::string_view told);
std::string language_for_pyvideo(std::string_view language);

/// One file as a JSON object; its line ends and repeated keys are counted. Errors: invalid – not JSON, not an object, or no UTF-8, with the place.
Result<nlohmann::json> read_pyvideo_file(std::string_view path, std::string_view bytes, std::vector<Oddity>& oddities);
/// One record's talk, without code, GUID and slot. extra["recorded"] (JSON) and extra["duration_seconds"] are its day and length, put right;
/// extra["pyvideo"] the record itself. Media are links of kind `media`, with the type told as title.
Talk talk_of_record(const nlohmann::json& record, const std::string& place, std::vector<Oddity>& oddities);
/// Writes into `record` what differs between the talk as `record` has it and `now`; what is the same stays as it was written.
void change_record(nlohmann::json& record, const Talk& now);
/// The GUIDs that talks of PyVideo have had from the first import on: of a folder, and of a file in it.
std::string guid_of_pyvideo_event(std::string_view folder_slug);
std::string guid_of_pyvideo_talk(std::string_view event_guid, std::string_view stem);
/// "Various speakers" and its kin name nobody.
bool is_placeholder_name(std::string_view name);

}  // namespace confer::programme
