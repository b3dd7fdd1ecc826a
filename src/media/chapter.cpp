// Chapters as text (chapter.h).
#include "media/chapter.h"
#include <nlohmann/json.hpp>
#include "base/json_writer.h"

namespace confer::media {

std::string to_json(const std::vector<Chapter>& chapters) {
  JsonWriter w;
  w.begin_array();
  for (const auto& chapter : chapters) w.begin_object().field("at", chapter.at).field("title", chapter.title).end_object();
  return w.end_array().take();
}

Result<std::vector<Chapter>> chapters_of_json(std::string_view json) {
  try {
    std::vector<Chapter> chapters;
    const auto list = nlohmann::json::parse(json);
    for (const auto& one : list) {
      chapters.push_back({.at = one.at("at").get<double>(), .title = one.at("title").get<std::string>()});
      if (chapters.back().at < 0 || (chapters.size() > 1 && chapters.back().at <= chapters[chapters.size() - 2].at))
        return fail(ErrorCode::invalid, "Chapters must come one after the other, from 0 s on.");
    }
    return chapters;
  } catch (const nlohmann::json::exception& e) {
    return fail(ErrorCode::invalid, "Chapters are written as [{\"at\": 12.5, \"title\": \"Questions\"}].", e.what());
  }
}

}  // namespace confer::media
