// Cards: words in their places, nothing off the picture, nothing read from elsewhere; and in a cut, counted frame by frame.
#include "media/card.h"
#include <gtest/gtest.h>
#include <cmath>
#include <fstream>
#include "base/embedded.h"
#include "base/text.h"
#include "media/card_text.h"
#include "media/cut.h"
#include "media/probe.h"
#include "support/database.h"
#include "support/recording.h"

namespace confer::media {
namespace {

using test::RecordingPlan;
using test::TestFolder;

struct Pixel {
  int red = 0, green = 0, blue = 0;
  bool operator==(const Pixel&) const = default;
};
Pixel pixel_at(const AVFrame& frame, int x, int y) {
  const std::uint8_t* at = frame.data[0] + static_cast<std::ptrdiff_t>(y) * frame.linesize[0] + 4 * static_cast<std::ptrdiff_t>(x);
  return {at[2], at[1], at[0]};
}
/// How many pixels of a part of the picture are not of this colour.
int others(const AVFrame& frame, int from_x, int from_y, int to_x, int to_y, Pixel ground) {
  int count = 0;
  for (int y = from_y; y < to_y; ++y)
    for (int x = from_x; x < to_x; ++x) count += pixel_at(frame, x, y) == ground ? 0 : 1;
  return count;
}

std::string built_in(std::string_view name) {
  for (const auto& file : embedded::cards())
    if (file.path == name) return std::string(file.bytes);
  return "";
}
CardWords words_with(const std::string& title, const std::string& speakers = "Ada Example") {
  return {{"title", title},         {"speakers", speakers},      {"event", "BarnCon 2027"}, {"when", "4 May 2027 · Aula"},
          {"license", "CC-BY-4.0"}, {"url", "conf.example.org"}, {"thanks", "Thank you"},   {"sorry", "We are sorry"},
          {"color", "#104060"},     {"ink", "#ffffff"}};
}
std::string svg_with(const std::string& inside) { return "<svg xmlns=\"http://www.w3.org/2000/svg\"\n viewBox=\"0 0 1600 900\">\n" + inside + "\n</svg>"; }
std::string refusal(const std::string& svg) {
  const auto checked = check_card(svg, words_with("Sheep"));
  return checked ? "" : checked.error().message;
}

std::string many(std::string_view word, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += word;
  return out;
}

TEST(Card, the_built_in_plate_holds_long_names_and_leaves_the_picture_free) {
  for (const auto& names : {std::string("Ada Example"), many("Wolfeschlegelsteinhausenbergerdorff, ", 6)}) {
    const auto words = words_with(many("sheep ", 40), names);
    EXPECT_TRUE(check_card(built_in("plate.svg"), words));
    const auto card = fill_card(built_in("plate.svg"), words);
    ASSERT_TRUE(card) << card.error().message;
    const auto frame = draw_card(card->svg, 640, 360, {1, 1}, Ground::none);
    ASSERT_TRUE(frame);
    EXPECT_EQ((*frame)->format, AV_PIX_FMT_BGRA);
    EXPECT_EQ(others(**frame, 0, 0, 640, 264, {}), 0) << "the upper part";
    EXPECT_GT(others(**frame, 32, 280, 400, 320, {}), 10000);
  }
}

TEST(Card, built_in_ones_when_titles_are_long_or_of_any_script_then_nothing_runs_off_the_picture) {
  const std::string titles[] = {
      "Sheep",
      "Why our tests of sheep count goats, and what a shepherd, three dogs and a type checker did about it over two long winters in the "
      "barn: a story about names, numbers, and everybody who was there",
      many("W", 200),
      "مقدمة في البرمجة الوظيفية للرعاة: كيف نعد الخراف بالأنواع من غير أن ننام في منتصف الطريق إلى الحظيرة",
      many("羊の数え方", 40),
      many("🐑 ", 60)};
  for (const char* name : {"title.svg", "end.svg", "apology.svg"})
    for (const auto& title : titles) {
      // Of those with smaller titles the longest will do.
      if (std::string_view(name) != "title.svg" && title.size() < 160) continue;
      const auto words = words_with(title, title);
      const auto card = fill_card(built_in(name), words);
      ASSERT_TRUE(card) << card.error().message;
      const auto frame = draw_card(card->svg, 640, 360, {1, 1});
      ASSERT_TRUE(frame);
      const Pixel ground{0x10, 0x40, 0x60};
      constexpr int margin = 12;
      EXPECT_EQ(others(**frame, 0, 0, 640, margin, ground) + others(**frame, 0, 360 - margin, 640, 360, ground) + others(**frame, 0, 0, margin, 360, ground) +
                    others(**frame, 640 - margin, 0, 640, 360, ground),
                0)
          << name << " " << title;
      EXPECT_GT(others(**frame, margin, margin, 640 - margin, 360 - margin, ground), 500) << name << " " << title;
    }
}

TEST(Card, pictures_when_of_other_proportions_then_the_ground_fills_them) {
  const auto card = fill_card(built_in("title.svg"), words_with("Sheep"));
  ASSERT_TRUE(card);
  for (const auto& [width, height, pixel] : {std::tuple{640, 480, AVRational{1, 1}}, {720, 576, AVRational{16, 15}}, {360, 640, AVRational{0, 1}}}) {
    const auto frame = draw_card(card->svg, width, height, pixel);
    ASSERT_TRUE(frame);
    EXPECT_EQ((*frame)->width, width);
    EXPECT_EQ((*frame)->height, height);
    for (const int x : {0, width - 1})
      for (const int y : {0, height - 1}) EXPECT_EQ(pixel_at(**frame, x, y), (Pixel{0x10, 0x40, 0x60})) << width << "x" << height;
  }
}

TEST(Card, words_when_they_look_like_marks_then_are_text) {
  const auto card =
      fill_card(svg_with("<text data-box='0 0 1600 200' font-size='40'>{{title}}</text>"), words_with("</text><image href=\"x\"/> & {{speakers}}"));
  ASSERT_TRUE(card);
  EXPECT_EQ(card->svg.find("<image"), std::string::npos);
  EXPECT_NE(card->svg.find("&lt;/text&gt;"), std::string::npos);
  EXPECT_EQ(card->texts.at(0).words, "</text><image href=\"x\"/> & {{speakers}}");
  EXPECT_EQ(card->texts.at(0).line, 3);
}

TEST(Card, text_when_too_long_for_its_box_then_broken_then_smaller_then_shortened) {
  const TextStyle style{.family = "sans-serif", .weight = "bold", .slant = {}, .size = 100};
  const auto short_one = fit_text("Sheep and Types", style, {1600, 250, true});
  EXPECT_EQ(short_one.lines.size(), 1U);
  EXPECT_EQ(short_one.size, 100);
  const auto two = fit_text("Sheep and Types and everything that is counted", style, {1600, 250, true});
  EXPECT_EQ(two.lines.size(), 2U);
  EXPECT_EQ(two.size, 100);
  const auto smaller = fit_text(many("Sheep and Types ", 6), style, {1600, 250, true});
  EXPECT_LT(smaller.size, 100);
  EXPECT_FALSE(smaller.is_shortened);
  EXPECT_LE(static_cast<double>(smaller.lines.size()) * line_height * smaller.size, 250.5);
  const auto cut_off = fit_text(many("Sheep and Types ", 60), style, {1600, 250, true});
  EXPECT_TRUE(cut_off.is_shortened);
  EXPECT_TRUE(cut_off.lines.back().words.ends_with("…"));
  const auto one_line = fit_text("Sheep and Types and everything that is counted", style, {1600, 125, false});
  EXPECT_EQ(one_line.lines.size(), 1U);
  EXPECT_LT(one_line.size, 100);
  EXPECT_TRUE(fit_text("", style, {1600, 125, true}).lines.empty());
  EXPECT_TRUE(fit_text("مرحبا", style, {1600, 125, true}).lines.at(0).is_right_to_left);
}

TEST(Card, lines_of_an_editor_are_joined_and_their_look_is_kept) {
  const auto card = fill_card(svg_with("<text font-size='30' y='100' x='40'><tspan x='40' y='100' style='font-weight:bold;fill:#ff0000'>{{title}}</tspan>"
                                       "<tspan x='40' y='140'>{{speakers}}</tspan></text>"),
                              words_with("Sheep"));
  ASSERT_TRUE(card) << card.error().message;
  EXPECT_EQ(card->texts.at(0).words, "Sheep Ada Example");
  EXPECT_NE(card->svg.find("fill:#ff0000"), std::string::npos);
}

TEST(Card, templates_that_cannot_be_drawn_are_refused_with_their_line) {
  EXPECT_EQ(refusal(svg_with("<text>{{titel}}</text>")),
            "Line 3: there is no “{{titel}}”. Places are named color, event, ink, license, sorry, speakers, thanks, title, url, when.");
  EXPECT_EQ(refusal(svg_with("<text>{{title</text>")), "Line 3: “{{” is not closed by “}}”.");
  EXPECT_TRUE(refusal("<svg viewBox='0 0 1 1'>\n<rect>\n</svg>").starts_with("Line 3: this is no XML that can be read")) << refusal("<svg>\n<rect>\n</svg>");
  EXPECT_EQ(refusal("<html><body/></html>"), "This is no SVG file: its first element is <html>.");
  EXPECT_TRUE(refusal("").starts_with("Line 1: this is no XML"));
  EXPECT_EQ(refusal("<svg xmlns='http://www.w3.org/2000/svg'/>"), "Line 1: <svg> does not say how large it is: it needs viewBox=\"0 0 1920 1080\".");
  EXPECT_EQ(refusal(svg_with("\n<text data-box='1 2 3'>{{title}}</text>")), "Line 4: data-box=\"1 2 3\" is none of x, y, width and height.");
  EXPECT_EQ(refusal(svg_with("<g transform='translate(900 0)'><text x='600' y='50' font-size='60'>{{event}}</text></g>")),
            "Line 3: the text “BarnCon 2027” runs off the picture: give it data-box=\"x y width height\".");
  EXPECT_EQ(refusal(svg_with("<text data-box='0 0 900 100' font-size='40'>{{title}}</text>")), "");
}

TEST(Card, hostile_svg_reads_no_file_and_no_address) {
  TestFolder folder;
  const std::string secret = (folder.path() / "secret.png").string(), text = (folder.path() / "secret.txt").string();
  const auto red = draw_card(svg_with("<rect width='1600' height='900' fill='#ff0000'/>"), 16, 16, {1, 1});
  ASSERT_TRUE(red);
  std::ofstream(secret, std::ios::binary) << *to_png(**red);
  std::ofstream(text) << "<rect width='1600' height='900' fill='#ff0000' xmlns='http://www.w3.org/2000/svg'/>";
  const auto image = [](const std::string& name) { return "<image href='" + name + "' width='1600' height='900'/>"; };
  for (const auto& inside : {image(secret), image("file://" + secret), image("https://example.org/a.png"), image("secret.png"), "<use href='" + text + "#a'/>",
                             std::string("<use xlink:href='file:///etc/passwd#a' xmlns:xlink='http://www.w3.org/1999/xlink'/>")}) {
    EXPECT_TRUE(refusal(svg_with(inside)).contains("lies outside of the file")) << inside;
    // And what draws it would not have read it either.
    const auto frame = draw_card(svg_with(inside), 32, 18, {1, 1});
    if (frame) EXPECT_EQ(others(**frame, 0, 0, 32, 18, {}), 0) << inside;
  }
  const std::string include = "<xi:include xmlns:xi='http://www.w3.org/2001/XInclude' href='" + text + "'/>";
  const std::string entity = "<!DOCTYPE svg [<!ENTITY red SYSTEM 'file://" + text + "'>]>" + svg_with("&red;");
  const std::string import = svg_with("<style>@import url('file://" + text + "');</style><rect width='1600' height='900' fill='url(file://" + text + "#a)'/>");
  for (const auto& svg : {svg_with(include), entity, import}) {
    const auto filled = fill_card(svg, {});
    const auto frame = draw_card(filled ? filled->svg : svg, 32, 18, {1, 1});
    if (frame) EXPECT_EQ(others(**frame, 0, 0, 32, 18, {}), 0) << svg;
  }
  // A picture within the file is drawn: a logo.
  const auto logo =
      draw_card(svg_with("<image width='1600' height='900' preserveAspectRatio='none' "
                         "href='data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=='/>"),
                32, 18, {1, 1});
  ASSERT_TRUE(logo);
  EXPECT_NE(pixel_at(**logo, 16, 9), (Pixel{}));
}

class CardCut : public testing::Test {
 protected:
  std::string file(const std::string& name) const { return (folder_.path() / name).string(); }
  void SetUp() override {
    std::ofstream(file("card.svg")) << svg_with(
        "<rect width='1600' height='900' fill='#808080'/><text data-box='0 400 1600 200' font-size='80'>{{title}}</text>");
  }

  CutReport cut_with_cards(const RecordingPlan& plan, const std::string& in, const std::string& out, double from, double to) const {
    test::write_recording(file(in), plan);
    CutWish wish;
    wish.in = file(in);
    wish.out = file(out);
    wish.whole = {from, to};
    wish.sound.is_opus = out.ends_with(".webm");
    wish.title_card = CardWish{file("card.svg"), words_with("Sheep"), 1};
    wish.end_card = CardWish{file("card.svg"), words_with("Sheep"), 0.6};
    const auto report = cut(wish);
    EXPECT_TRUE(report) << report.error().message;
    if (!report) return {};
    EXPECT_TRUE(report->objections.empty());
    EXPECT_EQ(report->copied_equal, report->copied);
    for (const auto& joint : report->joints) EXPECT_EQ(joint.equal, joint.copied);
    return *report;
  }
  static std::vector<int> wanted(int title, int from, int to, int end) {
    std::vector<int> out(static_cast<std::size_t>(title), -1);
    for (int i = from; i < to; ++i) out.push_back(i);
    out.insert(out.end(), static_cast<std::size_t>(end), -1);
    return out;
  }

 private:
  TestFolder folder_;
};

TEST_F(CardCut, h264_begins_and_ends_with_cards_and_copies_as_much_as_without) {
  const auto report = cut_with_cards({}, "a.mp4", "out.mp4", 1.3, 5.0);
  EXPECT_EQ(test::read_numbers(file("out.mp4")), wanted(25, 33, 125, 15));
  EXPECT_EQ(report.copied, 75) << "as without cards";
  EXPECT_EQ(report.frames, 25 + 92 + 15);
  EXPECT_DOUBLE_EQ(report.title_lasts, 1);
  EXPECT_DOUBLE_EQ(report.end_lasts, 0.6);
  EXPECT_NEAR(report.length, 1 + 3.68 + 0.6, 1e-9);
  EXPECT_EQ(report.joints.size(), 3U);
  const auto times = test::read_times(file("out.mp4"));
  for (std::size_t i = 0; i < times.size(); ++i) EXPECT_NEAR(times[i], static_cast<double>(i) / 25, 0.0005) << i;
  // Silence, and then each beep with its picture: that of 2 s stands 0.68 s into what was recorded.
  const auto beeps = test::read_beeps(file("out.mp4"));
  ASSERT_EQ(beeps.size(), 3U);
  for (std::size_t i = 0; i < beeps.size(); ++i) EXPECT_NEAR(beeps[i], 1.68 + static_cast<double>(i), 0.004);
  const auto sound = test::read_sound(file("out.mp4"));
  for (std::size_t i = 0; i < 45000; ++i) ASSERT_LT(std::fabs(sound[i]), 0.002) << i;
  const auto probed = look_into(file("out.mp4"));
  ASSERT_TRUE(probed);
  EXPECT_EQ(probed->find(StreamKind::video)->width, 160);
  EXPECT_EQ(probed->find(StreamKind::video)->height, 96);
}

TEST_F(CardCut, other_codecs_and_rates) {
  RecordingPlan plan;
  plan.frames = 75;
  plan.picture = {"-c:v", "libx265", "-preset", "ultrafast", "-x265-params", "keyint=25:min-keyint=25:open-gop=0:log-level=none"};
  EXPECT_EQ(cut_with_cards(plan, "a.mp4", "hevc.mp4", 0.6, 2.6).copied, 38);
  EXPECT_EQ(test::read_numbers(file("hevc.mp4")), wanted(25, 15, 65, 15));
  plan.picture = {"-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-g", "25", "-b:v", "300k"};
  plan.sound = {"-c:a", "libopus"};
  cut_with_cards(plan, "a.webm", "vp9.webm", 0.6, 2.6);
  EXPECT_EQ(test::read_numbers(file("vp9.webm")), wanted(25, 15, 65, 15));
  plan = {};
  plan.frames = 90;
  plan.rate = "30000/1001";
  plan.sound = {};
  cut_with_cards(plan, "ntsc.mp4", "ntsc-out.mp4", 0, 2.9);
  EXPECT_EQ(test::read_numbers(file("ntsc-out.mp4")), wanted(30, 0, 87, 18));
}

TEST_F(CardCut, cards_that_cannot_be_shown_are_refused_and_leave_nothing) {
  test::write_recording(file("a.mp4"), {.frames = 30});
  CutWish wish;
  wish.in = file("a.mp4");
  wish.out = file("out.mp4");
  wish.whole = {0, 1};
  wish.title_card = CardWish{file("none.svg"), {}, 1};
  EXPECT_EQ(cut(wish).error().code, ErrorCode::not_found);
  wish.title_card = CardWish{file("card.svg"), {}, 1};
  EXPECT_TRUE(cut(wish).error().message.contains("there is no “{{title}}”"));
  wish.title_card = CardWish{file("card.svg"), words_with("Sheep"), 61};
  EXPECT_EQ(cut(wish).error().message, "A card is shown for more than 0 and at most 60 seconds.");
  std::ofstream(file("card.png")) << "no picture";
  wish.title_card = CardWish{file("card.png"), {}, 1};
  EXPECT_TRUE(cut(wish).error().message.contains("is no PNG"));
  EXPECT_FALSE(std::filesystem::exists(wish.out));
}

}  // namespace
}  // namespace confer::media
