// Plans of cuts as text, and the words for stages (cutting.h).
#include <nlohmann/json.hpp>
#include "base/json_writer.h"
#include "base/random.h"
#include "cutting/cutting.h"
#include "html/template.h"

namespace confer::cutting {
namespace {

using html::translatable;

struct StageWords {
  std::string_view name, words, next;
};
constexpr std::array<StageWords, 7> stages{{
    {"proposed", translatable("proposed"), translatable("Somebody of the recording team has it cut.")},
    {"making", translatable("being cut"), translatable("In a moment it can be looked at.")},
    {"review", translatable("waits for a look"), translatable("A speaker or somebody of the recording team looks at both ends and says that it is good.")},
    {"wrong", translatable("something is wrong"), translatable("The recording team corrects it, and has it cut again.")},
    {"publishing", translatable("being published"), translatable("It is cut exactly, checked, and then online.")},
    {"published", translatable("online"), translatable("Nothing is left to do. The recording team can still correct it.")},
    {"stopped", translatable("not published"), translatable("It stays so, unless the recording team decides otherwise.")},
}};
const StageWords& words_of(Stage stage) { return stages.at(static_cast<std::size_t>(stage)); }

void write_span(JsonWriter& w, const footage::Span& span) { w.begin_array().value(to_ms(span.from)).value(to_ms(span.to)).end_array(); }
footage::Span read_span(const nlohmann::json& json) { return {instant_of_ms(json.at(0).get<std::int64_t>()), instant_of_ms(json.at(1).get<std::int64_t>())}; }

}  // namespace

std::string_view name_of(Stage stage) { return words_of(stage).name; }
std::string_view in_words(Stage stage) { return words_of(stage).words; }
std::string_view what_comes_next(Stage stage) { return words_of(stage).next; }

std::string to_json(const Plan& plan) {
  JsonWriter w;
  w.begin_object().field("stream", footage::name_of(plan.stream)).key("sources").begin_array();
  for (const auto& source : plan.sources) w.begin_object().field("file", source.file.value).field("begins_ms", to_ms(source.begins)).end_object();
  w.end_array().key("span_ms");
  write_span(w, plan.span);
  w.key("dropped_ms").begin_array();
  for (const auto& dropped : plan.dropped) write_span(w, dropped);
  w.end_array().field("channels", media::name_of(plan.channels)).field("sound_offset_ms", plan.sound_offset.count());
  if (plan.guess) {
    w.key("slot_ms");
    write_span(w, plan.guess->slot);
    w.key("around_ms");
    write_span(w, plan.guess->around);
  }
  if (plan.is_guessed) w.field("is_guessed", true);
  return w.end_object().take();
}

Result<Plan> plan_of_json(std::string_view text) {
  try {
    const auto json = nlohmann::json::parse(text);
    Plan plan;
    plan.stream = footage::stream_named(json.at("stream").get<std::string>()).value_or(footage::Stream::main);
    for (const auto& source : json.at("sources"))
      plan.sources.push_back({MediaFileId{source.at("file").get<std::int64_t>()}, instant_of_ms(source.at("begins_ms").get<std::int64_t>())});
    plan.span = read_span(json.at("span_ms"));
    for (const auto& dropped : json.at("dropped_ms")) plan.dropped.push_back(read_span(dropped));
    plan.channels = media::find_channels(json.at("channels").get<std::string>()).value_or(media::Channels::automatic);
    plan.sound_offset = milliseconds(json.at("sound_offset_ms").get<std::int64_t>());
    if (json.contains("slot_ms")) plan.guess = Plan::Guess{.slot = read_span(json.at("slot_ms")), .around = read_span(json.at("around_ms"))};
    plan.is_guessed = json.value("is_guessed", false);
    return plan;
  } catch (const nlohmann::json::exception& e) {
    return fail(ErrorCode::internal, "A stored plan of a cut cannot be read.", e.what());
  }
}

std::string key_of(const Plan& plan) {
  // Whoever set the ends: the same is made of them.
  Plan made = plan;
  made.is_guessed = false;
  return content_hash(to_json(made));
}

}  // namespace confer::cutting
