// What reading and writing PyVideo's records share.
#pragma once
#include <array>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include "programme/format.h"
#include "programme/formats/import.h"

namespace confer::programme {

/// ISO 639-3, as PyVideo writes languages, and 639-1, as we do.
constexpr std::array<std::pair<std::string_view, std::string_view>, 26> pyvideo_languages{
    {{"eng", "en"}, {"spa", "es"}, {"rus", "ru"}, {"fra", "fr"}, {"por", "pt"}, {"kor", "ko"}, {"jpn", "ja"}, {"ita", "it"}, {"deu", "de"},
     {"zho", "zh"}, {"pol", "pl"}, {"slk", "sk"}, {"lit", "lt"}, {"tha", "th"}, {"ces", "cs"}, {"heb", "he"}, {"eus", "eu"}, {"glg", "gl"},
     {"nld", "nl"}, {"swe", "sv"}, {"fin", "fi"}, {"dan", "da"}, {"ukr", "uk"}, {"tur", "tr"}, {"ell", "el"}, {"cat", "ca"}}};

/// One record's talk, without code, GUID and slot. Where our model has no place for a field, the whole record is in extra["pyvideo"];
/// extra["recorded"] and extra["duration_seconds"] are its day and length, put right.
Talk talk_of_record(const nlohmann::json& record, const std::string& place, Oddities& oddities);

}  // namespace confer::programme
