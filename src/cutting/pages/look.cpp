// The player with its ends, and the verdict (look.h).
#include "cutting/pages/look.h"
#include <fmt/format.h>
#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include "base/text.h"
#include "cutting/chapters.h"
#include "cutting/pages/plan_words.h"
#include "files/shared.h"
#include "html/template.h"

namespace confer::cutting {
namespace {

constexpr double ms_per_s = 1000;

std::string seconds_text(milliseconds time) { return fixed(static_cast<double>(time.count()) / ms_per_s, 3); }

/// What the preview is of: what goes out of the cut is not in it.
Plan plan_of_preview(const Cut& cut) {
  Plan plan = cut.plan;
  plan.span = cut.preview.span;
  return plan;
}

/// A stroke for each peak, and what lies outside of the cut.
void show_wave(html::View& view, const Cut& cut) {
  const auto peaks = nlohmann::json::parse(cut.wave, nullptr, false);
  const Plan shown = plan_of_preview(cut);
  const auto whole = place_of(shown.span.to, shown);
  if (!peaks.is_array() || peaks.empty() || whole <= milliseconds(0)) return;
  constexpr int middle = 20, quietest = -60;
  std::string strokes;
  for (std::size_t i = 0; i < peaks.size(); ++i) {
    const int peak = peaks[i].is_number_integer() ? std::clamp(peaks[i].get<int>(), quietest, 0) : quietest;
    const int height = 1 + (peak - quietest) * (middle - 2) / -quietest;
    strokes += "M" + std::to_string(i) + " " + std::to_string(middle - height) + "V" + std::to_string(middle + height);
  }
  const auto column = [&](Instant at) {
    return static_cast<double>(place_of(at, shown).count()) / static_cast<double>(whole.count()) * static_cast<double>(peaks.size());
  };
  view.add("WAVE")
      .set("WAVE_W", static_cast<std::int64_t>(peaks.size()))
      .set("WAVE_D", strokes)
      .set("CUT_FROM", fixed(column(cut.plan.span.from), 1))
      .set("CUT_TO", fixed(column(cut.plan.span.to), 1))
      .set("CUT_REST", fixed(static_cast<double>(peaks.size()) - column(cut.plan.span.to), 1));
}

std::string minutes_text(seconds at) {
  constexpr std::int64_t s_per_minute = 60;
  return fmt::format("{}:{:02}", at.count() / s_per_minute, at.count() % s_per_minute);
}

/// Some of the storyboard's pictures, equally far apart, to jump by.
void show_strip(html::View& view, const Beside& beside) {
  const auto board = nlohmann::json::parse(beside.storyboard, nullptr, false);
  if (!board.is_object() || !board.contains("thumbnails") || board["thumbnails"].empty()) return;
  constexpr std::size_t most_shown = 24;
  const auto& all = board["thumbnails"];
  const std::size_t shown = std::min(most_shown, all.size());
  auto& strip = view.add("STRIP");
  for (std::size_t i = 0; i < shown; ++i) {
    const auto& one = all[i * all.size() / shown];
    const auto sheet = board["sheets"].at(one.value("sheet", std::size_t{0})).get<std::string>();
    const auto at = seconds(std::llround(one.value("at", 0.0)));
    strip.add("THUMB")
        .set("AT_S", fixed(one.value("at", 0.0), 3))
        .set("AT_TEXT", minutes_text(at))
        .set("SHEET", replace_all(beside.href, "%1", sheet))
        .set("BOX", fmt::format("{} {} {} {}", one.value("x", 0), one.value("y", 0), board.value("width", 0), board.value("height", 0)))
        .set("THUMB_W", std::int64_t{board.value("width", 0)})
        .set("THUMB_H", std::int64_t{board.value("height", 0)});
  }
}

std::string_view words_for(media::Channels channels) {
  switch (channels) {
    case media::Channels::both:
      return html::translatable("both channels, as they are");
    case media::Channels::left:
      return html::translatable("the left channel");
    case media::Channels::right:
      return html::translatable("the right channel");
    case media::Channels::mono:
      return html::translatable("both, mixed into one");
    case media::Channels::inverted:
      return html::translatable("both, one turned round");
    case media::Channels::automatic:
      break;
  }
  return html::translatable("chosen by itself");
}

/// Each choice of channels, to listen to.
void show_sound(html::View& view, const Beside& beside, media::Channels chosen, const std::string& language) {
  const auto told = nlohmann::json::parse(beside.samples, nullptr, false);
  if (!told.is_object() || !told.contains("samples") || !told.contains("automatic")) return;
  const auto by_itself = media::find_channels(told["automatic"].value("channels", std::string())).value_or(media::Channels::both);
  auto& sound = view.add("SAMPLES");
  sound.set("CHOSEN", html::translate(words_for(chosen == media::Channels::automatic ? by_itself : chosen), language));
  sound.show_if(!told.value("speech", false), "NO_SPEECH");
  for (const auto& one : told["samples"]) {
    const auto channels = media::find_channels(one.value("channels", std::string()));
    if (!channels) continue;
    // What was chosen by itself stays so: another recording of this talk may need another one.
    const bool is_own = *channels == by_itself;
    auto& sample = sound.add("SAMPLE");
    sample.set("CHANNELS", media::name_of(is_own ? media::Channels::automatic : *channels));
    sample.set("CHANNELS_TEXT", html::translate(words_for(*channels), language)).show_if(is_own, "BY_ITSELF");
    sample.show_if(chosen == *channels || (is_own && chosen == media::Channels::automatic), "IS_CHOSEN");
    sample.set("SOUND", replace_all(beside.href, "%1", one.value("file", std::string())));
  }
}

}  // namespace

Beside load_beside(const Web& web, db::Tx& tx, const Cut& cut, std::string href) {
  constexpr std::size_t largest = 1 << 20;
  const auto text = [&](std::string_view name) -> std::string {
    if (auto told = told_beside_preview(tx, cut, name); told && !told->empty()) return *std::move(told);
    // Of a preview that was made before rows kept it.
    const auto hash = find_beside_preview(tx, cut, name);
    if (!hash || !*hash) return {};
    const auto path = web.files.path(files::Hash{**hash});
    if (!path) return {};
    return files::read_file(*path, largest).value_or("");
  };
  return {.storyboard = text("storyboard.json"), .samples = text("samples.json"), .href = std::move(href)};
}

Result<http::Response> beside_response(const Web& web, db::Tx& tx, const Cut& cut, std::string_view name) {
  TRY_ASSIGN(const auto hash, find_beside_preview(tx, cut, name));
  if (!hash) return fail(ErrorCode::not_found, "There is no such file beside this cut.");
  const auto* const type = name.ends_with(".jpg") ? "image/jpeg" : name.ends_with(".m4a") ? "audio/mp4" : "application/json";
  TRY_ASSIGN(auto response, files::response_of(tx, web.files, files::Hash{*hash}, type));
  return std::move(response).with_cache("private, max-age=3600");
}

std::string draw_look(const http::Request& request, const Cut& cut, const Beside& beside, std::string_view video, std::string_view action,
                      const std::vector<std::pair<std::string, std::string>>& hidden, const std::string& language, const Error* error) {
  html::View view;
  const Plan shown = plan_of_preview(cut);
  const auto into = [&](Instant at) { return seconds_text(place_of(at, shown)); };
  const bool was_sent = error != nullptr;
  view.set("FROM_S", was_sent ? request.form.get("from_s") : into(cut.plan.span.from));
  view.set("TO_S", was_sent ? request.form.get("to_s") : into(cut.plan.span.to));
  view.set("LENGTH_S", into(cut.preview.span.to)).set("RATE", fixed(cut.preview.frame_rate, 3)).set("VIDEO", video).set("ACTION", action);
  if (!cut.plan.dropped.empty()) {
    auto& joints = view.add("JOINTS");
    for (const auto& span : cut.plan.dropped)
      joints.add("JOINT")
          .set("AT_S", into(span.from))
          .set("AT_TEXT", minutes_text(std::chrono::floor<seconds>(place_of(span.from, shown))))
          .set("LESS_TEXT", footage::duration_in_words(span.length()));
  }
  show_wave(view, cut);
  show_strip(view, beside);
  show_sound(view, beside, was_sent ? media::find_channels(request.form.get("channels")).value_or(cut.plan.channels) : cut.plan.channels, language);
  view.set("VERSION", cut.version);
  for (const auto& [name, value] : hidden) view.add("HIDDEN").set("NAME", name).set("VALUE", value);
  if (was_sent) {
    view.set("NOTE", request.form.get("note")).show_if(request.form.get("do") == "wrong", "NOTE_OPEN");
    view.show_if(request.form.has("saw_beginning"), "SAW_BEGINNING").show_if(request.form.has("saw_end"), "SAW_END");
    show_problems(view, *error, language);
  } else {
    view.set("NOTE", "");
  }
  return html::render("cutting/look.html", view, language);
}

Verdict verdict_in(const http::Fields& form, const Cut& cut) {
  Verdict verdict;
  verdict.is_good = form.get("do") == "good";
  verdict.saw_beginning = form.has("saw_beginning");
  verdict.saw_end = form.has("saw_end");
  verdict.note = form.get("note");
  if (const auto channels = media::find_channels(form.get("channels"))) verdict.channels = *channels;
  const auto at = [&](std::string_view field, Instant otherwise) {
    const auto seconds = seconds_in(form.get(field));
    // Outside of the preview: refused by judge() with its sentence.
    return seconds ? moment_of(*seconds, plan_of_preview(cut)) : form.get(field).empty() ? otherwise : Instant{};
  };
  verdict.span = {at("from_s", cut.plan.span.from), at("to_s", cut.plan.span.to)};
  return verdict;
}

Result<http::Response> preview_response(const Web& web, db::Tx& tx, const Cut& cut) {
  if (cut.preview.hash.empty()) return fail(ErrorCode::not_found, "There is nothing to look at yet.");
  TRY_ASSIGN(auto response, files::response_of(tx, web.files, files::Hash{cut.preview.hash}, "video/mp4"));
  return std::move(response).with_cache("private, max-age=3600");
}

bool has_chapters(const Cut& cut) { return !cut.plan.guess && cut.stage != Stage::stopped && cut.stage != Stage::proposed && !cut.is_gone; }

}  // namespace confer::cutting
