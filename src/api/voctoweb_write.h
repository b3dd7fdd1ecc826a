// Conferences, talks and files in voctoweb's fields.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>
#include "archive/full.h"
#include "base/json_writer.h"
#include "events/events.h"

namespace confer::api::voctoweb {

/// "deu" of "de" and "pt-BR" → "por" (ISO 639-3, as voctoweb has it); empty where the language is not known.
std::string three_letters(std::string_view language);

void write_conference(JsonWriter& w, std::string_view base_url, const events::Event& event, const archive::EventCount& count);
struct Related {
  std::int64_t id = 0;
  std::string guid;
  int weight = 0;
};
/// Without its recordings; the object stays open.
void begin_talk(JsonWriter& w, std::string_view base_url, const archive::Full& talk, std::int64_t views, const std::vector<Related>& related);
/// Those of a talk that are files somebody can play: pages of video hosts are none.
std::vector<const recordings::Video*> files_of(const archive::Full& talk);
void write_recording(JsonWriter& w, std::string_view base_url, const archive::Full& talk, const recordings::Video& video);

}  // namespace confer::api::voctoweb
