// Puts words into templates (card.h); card_drawing.cpp draws them.
#include "media/card.h"
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <pugixml.hpp>
#include <sstream>
#include "base/text.h"
#include "media/card_text.h"

namespace confer::media {

namespace {

std::string_view local_name(std::string_view name) {
  const auto colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
};

/// Numbers with spaces or commas between them; what follows a number (“px”) is left out.
std::vector<double> numbers_in(std::string_view text) {
  std::vector<double> out;
  const char *at = text.data(), *const end = at + text.size();
  while (at < end) {
    double number = 0;
    const auto [next, error] = std::from_chars(at, end, number);
    if (error == std::errc{}) out.push_back(number);
    at = error == std::errc{} ? next : at + 1;
  }
  return out;
}

/// A length of SVG in its pixels.
std::optional<double> length_in(std::string_view text) {
  text = trim(text);
  double number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{}) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  for (const auto& [name, pixels] : {std::pair<std::string_view, double>{"", 1}, {"px", 1}, {"pt", 96.0 / 72}, {"mm", 96 / 25.4}, {"cm", 96 / 2.54}})
    if (unit == name) return number * pixels;
  return std::nullopt;
}

/// What an element or one that it stands in says about its look, as an attribute or in `style`.
std::string look_of(pugi::xml_node node, const char* property) {
  for (; node; node = node.parent()) {
    for (const auto declaration : split(node.attribute("style").value(), ';')) {
      const auto colon = declaration.find(':');
      if (colon != std::string_view::npos && trim(declaration.substr(0, colon)) == property) return std::string(trim(declaration.substr(colon + 1)));
    }
    if (const auto attribute = node.attribute(property)) return std::string(trim(attribute.value()));
  }
  return "";
}

constexpr std::string_view opens = "{{", closes = "}}";

class Filler {
 public:
  Filler(std::string_view source, const CardWords& words) : source_(source), words_(words) {}

  Result<FilledCard> run() {
    if (source_.size() > largest_card) return fail(ErrorCode::invalid, "The template is larger than 4 MB.");
    const auto parsed =
        document_.load_buffer(source_.data(), source_.size(), pugi::parse_full & ~pugi::parse_doctype & ~pugi::parse_comments, pugi::encoding_utf8);
    if (!parsed) return fail(ErrorCode::invalid, fmt::format("Line {}: this is no XML that can be read ({}).", line_at(parsed.offset), parsed.description()));
    root_ = document_.document_element();
    if (local_name(root_.name()) != "svg") return fail(ErrorCode::invalid, fmt::format("This is no SVG file: its first element is <{}>.", root_.name()));
    TRY(read_view());
    // Without recursion: a file may be as deep as it likes.
    for (pugi::xml_node node = root_; node;) {
      TRY(fill_attributes(node));
      bool goes_in = true;
      if (local_name(node.name()) == "text" && has_place(node)) {
        TRY(fill_text(node));
        goes_in = false;
      } else if (node.type() == pugi::node_pcdata || node.type() == pugi::node_cdata) {
        TRY_ASSIGN(const auto filled, fill(node.value(), line_of(node)));
        if (filled != node.value()) node.set_value(filled.c_str());
      }
      node = next(node, goes_in);
    }
    std::ostringstream out;
    document_.save(out, "", pugi::format_raw | pugi::format_no_declaration);
    card_.svg = out.str();
    return std::move(card_);
  }

 private:
  int line_at(std::ptrdiff_t offset) const {
    const auto end = source_.begin() + std::clamp<std::ptrdiff_t>(offset, 0, static_cast<std::ptrdiff_t>(source_.size()));
    return 1 + static_cast<int>(std::count(source_.begin(), end, '\n'));
  }
  int line_of(pugi::xml_node node) const {
    while (node.offset_debug() < 0 && node.parent()) node = node.parent();
    return line_at(node.offset_debug());
  }

  pugi::xml_node next(pugi::xml_node node, bool goes_in) const {
    if (goes_in && node.first_child()) return node.first_child();
    for (; node && node != root_; node = node.parent())
      if (node.next_sibling()) return node.next_sibling();
    return {};
  }

  Result<void> read_view() {
    const auto numbers = numbers_in(root_.attribute("viewBox").value());
    if (numbers.size() == 4) {
      view_ = {numbers[0], numbers[1], numbers[2], numbers[3]};
    } else if (const auto width = length_in(root_.attribute("width").value()), height = length_in(root_.attribute("height").value()); width && height) {
      view_ = {0, 0, *width, *height};
    }
    if (view_.width <= 0 || view_.height <= 0)
      return fail(ErrorCode::invalid, fmt::format("Line {}: <svg> does not say how large it is: it needs viewBox=\"0 0 1920 1080\".", line_of(root_)));
    return {};
  }

  /// All places in a text replaced. What stands there is plain text: the writer of XML escapes it.
  Result<std::string> fill(std::string_view text, int line) const {
    std::string out;
    for (std::size_t at = 0;;) {
      const auto open = text.find(opens, at);
      out += text.substr(at, open - at);
      if (open == std::string_view::npos) return out;
      const auto close = text.find(closes, open);
      if (close == std::string_view::npos) return fail(ErrorCode::invalid, fmt::format("Line {}: “{{{{” is not closed by “}}}}”.", line));
      const auto name = trim(text.substr(open + opens.size(), close - open - opens.size()));
      const auto found = words_.find(name);
      if (found == words_.end()) {
        std::vector<std::string> known;
        for (const auto& [word, value] : words_) known.push_back(word);
        return fail(ErrorCode::invalid,
                    fmt::format("Line {}: there is no “{{{{{}}}}}”. Places are named {}.", line, ellipsis(tidy_line(name), 40), join(known, ", ")));
      }
      out += found->second;
      at = close + closes.size();
    }
  }

  Result<void> fill_attributes(pugi::xml_node node) const {
    for (auto attribute : node.attributes()) {
      const std::string_view value = attribute.value();
      if (value.find(opens) != std::string_view::npos) {
        TRY_ASSIGN(const auto filled, fill(value, line_of(node)));
        attribute.set_value(filled.c_str());
      }
      const std::string_view leads = trim(attribute.value());
      if (local_name(attribute.name()) == "href" && !leads.empty() && !leads.starts_with('#') && !leads.starts_with("data:") && local_name(node.name()) != "a")
        return fail(ErrorCode::invalid,
                    fmt::format("Line {}: “{}” lies outside of the file, and nothing else is read: embed it.", line_of(node), ellipsis(tidy_line(leads), 60)));
    }
    return {};
  }

  static bool has_place(pugi::xml_node text) {
    const auto found = text.find_node([](const pugi::xml_node& node) { return std::string_view(node.value()).find(opens) != std::string_view::npos; });
    return !found.empty();
  }

  /// All that a <text> says, in lines: editors write a <tspan> for each.
  static std::string said_by(pugi::xml_node text) {
    struct Walker : pugi::xml_tree_walker {
      std::string said;
      bool for_each(pugi::xml_node& node) override {
        if (local_name(node.name()) == "tspan" && (node.attribute("y") || node.attribute("dy") || node.attribute("sodipodi:role")) && !trim(said).empty())
          said += '\n';
        said += replace_all(node.value(), "\n", " ");
        return true;
      }
    } walker;
    text.traverse(walker);
    return walker.said;
  }

  /// The element that the first place stands in: its look is that of all.
  static pugi::xml_node holder_of(pugi::xml_node text) {
    return text.find_node([](const pugi::xml_node& node) { return std::string_view(node.value()).find(opens) != std::string_view::npos; }).parent();
  }

  static double number_of(pugi::xml_node holder, pugi::xml_node text, const char* name) {
    for (auto node = holder; node && node != text.parent(); node = node.parent())
      if (const auto numbers = numbers_in(node.attribute(name).value()); !numbers.empty()) return numbers.front();
    return 0;
  }

  Result<void> fill_text(pugi::xml_node text) {
    const int line = line_of(text);
    const auto holder = holder_of(text);
    TextStyle style;
    if (const auto family = look_of(holder, "font-family"); !family.empty()) style.family = family;
    style.weight = look_of(holder, "font-weight");
    style.slant = look_of(holder, "font-style");
    style.size = length_in(look_of(holder, "font-size")).value_or(16);
    if (!(style.size > 0 && style.size < 10 * view_.height))
      return fail(ErrorCode::invalid, fmt::format("Line {}: a text has no size that can be drawn.", line));
    const std::string anchor = look_of(holder, "text-anchor");
    Box box;
    const bool has_box = text.attribute("data-box") != nullptr;
    if (has_box) {
      const auto numbers = numbers_in(text.attribute("data-box").value());
      if (numbers.size() != 4 || numbers[2] <= 0 || numbers[3] <= 0)
        return fail(ErrorCode::invalid, fmt::format("Line {}: data-box=\"{}\" is none of x, y, width and height.", line,
                                                    ellipsis(tidy_line(text.attribute("data-box").value()), 60)));
      box = {numbers[0], numbers[1], numbers[2], numbers[3]};
    } else {
      box = line_box(number_of(holder, text, "x"), number_of(holder, text, "y"), style.size, anchor);
    }
    TRY_ASSIGN(const auto filled, fill(said_by(text), line));
    std::vector<std::string> paragraphs;
    for (const auto paragraph : split(filled, '\n'))
      if (auto tidy = tidy_line(paragraph); !tidy.empty()) paragraphs.push_back(std::move(tidy));
    const auto fitted = fit_text(join(paragraphs, has_box ? "\n" : " "), style, {box.width, box.height, has_box});
    put(text, holder, fitted, box, anchor, text.attribute("data-vertical").value());
    std::string id = text.attribute("id").value();
    if (id.empty()) {
      id = "confer-text-" + std::to_string(card_.texts.size());
      text.append_attribute("id") = id.c_str();
    }
    card_.texts.push_back({std::move(id), line, join(paragraphs, " "), fitted.missing, fitted.is_shortened});
    return {};
  }

  /// One line from `x`, as wide as there is room to the margin on the other side.
  Box line_box(double x, double y, double size, std::string_view anchor) const {
    const double margin = std::min(0.04 * view_.width, std::max(0.0, std::min(x - view_.x, view_.x + view_.width - x)));
    const double before = x - view_.x - margin, after = view_.x + view_.width - margin - x;
    Box box{x, y - base_line * size, after, line_height * size};
    if (anchor == "middle") {
      box.width = 2 * std::min(before, after);
      box.x = x - box.width / 2;
    } else if (anchor == "end") {
      box.width = before;
      box.x = x - before;
    }
    box.width = std::max(box.width, size);
    return box;
  }

  static void put(pugi::xml_node text, pugi::xml_node holder, const FittedText& fitted, const Box& box, std::string_view anchor, std::string_view vertical) {
    std::string style;
    for (const char* property : {"font-family", "font-weight", "font-style", "fill", "fill-opacity", "opacity"})
      if (const auto look = holder == text ? "" : look_of(holder, property); !look.empty()) style += std::string(property) + ":" + look + ";";
    while (text.first_child()) text.remove_child(text.first_child());
    for (const char* name : {"x", "y", "dx", "dy", "rotate", "textLength"}) text.remove_attribute(name);
    const double height = static_cast<double>(fitted.lines.size()) * line_height * fitted.size;
    double y = box.y;
    if (vertical == "middle") y += (box.height - height) / 2;
    if (vertical == "bottom") y += box.height - height;
    for (const auto& line : fitted.lines) {
      const bool is_turned = line.is_right_to_left && anchor != "middle" && anchor != "end";
      const std::string_view side = is_turned ? "end" : anchor;
      auto span = text.append_child("tspan");
      span.append_attribute("x") = fmt::format("{:.2f}", box.x + (side == "end" ? box.width : side == "middle" ? box.width / 2 : 0)).c_str();
      span.append_attribute("y") = fmt::format("{:.2f}", y + base_line * fitted.size).c_str();
      span.append_attribute("style") = fmt::format("{}font-size:{:.2f}px;text-anchor:{}", style, fitted.size, side.empty() ? "start" : side).c_str();
      // A line of its own is ordered by its own first letter: the mark says how the whole runs.
      span.text().set(((line.is_right_to_left ? "\u200F" : "") + line.words).c_str());
      y += line_height * fitted.size;
    }
  }

  std::string_view source_;
  const CardWords& words_;
  pugi::xml_document document_;
  pugi::xml_node root_;
  Box view_;
  FilledCard card_;
};

}  // namespace

Result<FilledCard> fill_card(std::string_view svg, const CardWords& words) { return Filler(svg, words).run(); }

std::string to_json(const CardWords& words) { return nlohmann::json(words).dump(); }

std::vector<std::string> font_folders() { return {"/usr/share/fonts", "/usr/local/share/fonts", "/var/cache/fontconfig"}; }

Result<CardWords> words_of_json(std::string_view json) {
  try {
    return nlohmann::json::parse(json).get<CardWords>();
  } catch (const nlohmann::json::exception& e) {
    return fail(ErrorCode::invalid, "The words of a card are no JSON object of texts.", e.what());
  }
}

}  // namespace confer::media
