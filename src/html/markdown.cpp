// Markdown by cmark-gfm, with what it would let through or lose changed in its tree before it renders.
#include "html/markdown.h"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "html/link.h"

namespace confer::html {
namespace {

struct FreeNode {
  void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Tree = std::unique_ptr<cmark_node, FreeNode>;

struct Parsed {
  std::unique_ptr<cmark_parser, decltype(&cmark_parser_free)> parser{nullptr, cmark_parser_free};
  cmark_llist* extensions = nullptr;  ///< owned by the parser
  Tree tree;
};

Parsed parse(std::string_view text) {
  static std::once_flag once;
  std::call_once(once, cmark_gfm_core_extensions_ensure_registered);
  Parsed parsed;
  parsed.parser.reset(cmark_parser_new(CMARK_OPT_VALIDATE_UTF8));
  for (const char* name : {"table", "strikethrough", "autolink"}) {
    cmark_syntax_extension* extension = cmark_find_syntax_extension(name);
    ASSERT(extension != nullptr);
    cmark_parser_attach_syntax_extension(parsed.parser.get(), extension);
  }
  cmark_parser_feed(parsed.parser.get(), text.data(), text.size());
  parsed.tree.reset(cmark_parser_finish(parsed.parser.get()));
  parsed.extensions = cmark_parser_get_syntax_extensions(parsed.parser.get());
  return parsed;
}

std::string_view literal_of(cmark_node* node) {
  const char* text = cmark_node_get_literal(node);
  return text == nullptr ? std::string_view() : std::string_view(text);
}

/// All nodes of these types, before the tree is changed.
std::vector<cmark_node*> nodes_of(cmark_node* root, std::initializer_list<cmark_node_type> types) {
  std::vector<cmark_node*> found;
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(root), cmark_iter_free);
  for (cmark_event_type event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get()))
    if (event == CMARK_EVENT_ENTER && std::ranges::find(types, cmark_node_get_type(cmark_iter_get_node(walk.get()))) != types.end())
      found.push_back(cmark_iter_get_node(walk.get()));
  return found;
}

constexpr std::string_view line_break = "<br />\n";

bool is_site_path(std::string_view url) { return url.starts_with('/') && !url.starts_with("//") && !url.starts_with("/\\"); }

/// A node that renders as it is written: only for tags of ours, after `show_html_as_text` has taken the author's.
/// (Custom inline nodes would say it better, but a table's cell refuses them.)
cmark_node* our_tag(const std::string& html) {
  cmark_node* tag = cmark_node_new(CMARK_NODE_HTML_INLINE);
  cmark_node_set_literal(tag, html.c_str());
  return tag;
}

/// Puts `fresh` before `place`, or frees it where the tree may not hold it.
void put_before(cmark_node* place, cmark_node* fresh) {
  if (cmark_node_insert_before(place, fresh) == 0) cmark_node_free(fresh);
}

/// The node's children take its place.
void unwrap(cmark_node* node) {
  while (cmark_node* child = cmark_node_first_child(node)) put_before(node, child);
  cmark_node_free(node);
}

/// `enter`, the node's children, `leave` take its place.
void replace_by_tags(cmark_node* node, const std::string& enter, const std::string& leave) {
  put_before(node, our_tag(enter));
  while (cmark_node* child = cmark_node_first_child(node)) put_before(node, child);
  if (!leave.empty()) put_before(node, our_tag(leave));
  cmark_node_free(node);
}

/// `show_html_as_text` has run: what is HTML in the tree is ours.
std::string plain_text(cmark_node* root) {
  std::string text;
  const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> walk(cmark_iter_new(root), cmark_iter_free);
  for (cmark_event_type event = cmark_iter_next(walk.get()); event != CMARK_EVENT_DONE; event = cmark_iter_next(walk.get())) {
    cmark_node* node = cmark_iter_get_node(walk.get());
    const auto type = cmark_node_get_type(node);
    if (event == CMARK_EVENT_EXIT) {
      const bool block = (type & CMARK_NODE_TYPE_MASK) == CMARK_NODE_TYPE_BLOCK;
      if (block && !text.empty() && !text.ends_with(' ')) text += ' ';
    } else if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) {
      text += literal_of(node);
    } else if (type == CMARK_NODE_CODE_BLOCK) {
      text += literal_of(node);
      text += ' ';
    } else if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK || (type == CMARK_NODE_HTML_INLINE && literal_of(node) == line_break)) {
      text += ' ';
    }
  }
  std::string line;
  for (const char c : text) {
    const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  if (line.ends_with(' ')) line.pop_back();
  return line;
}

/// HTML in the text is shown as it was typed (a talk on std::vector<int> must keep its <int>), but for <br>.
void show_html_as_text(cmark_node* root) {
  for (cmark_node* node : nodes_of(root, {CMARK_NODE_HTML_INLINE})) {
    auto tag = ascii_lower(literal_of(node));
    std::erase_if(tag, [](char c) { return c == ' ' || c == '/'; });
    if (tag == "<br>") {
      put_before(node, our_tag(std::string(line_break)));
    } else {
      cmark_node* shown = cmark_node_new(CMARK_NODE_TEXT);
      cmark_node_set_literal(shown, std::string(literal_of(node)).c_str());
      put_before(node, shown);
    }
    cmark_node_free(node);
  }
  for (cmark_node* node : nodes_of(root, {CMARK_NODE_HTML_BLOCK})) {
    cmark_node* paragraph = cmark_node_new(CMARK_NODE_PARAGRAPH);
    cmark_node* shown = cmark_node_new(CMARK_NODE_TEXT);
    cmark_node_set_literal(shown, std::string(trim(literal_of(node))).c_str());
    cmark_node_append_child(paragraph, shown);
    put_before(node, paragraph);
    cmark_node_free(node);
  }
}

/// The text's highest heading becomes `top`, and none is more than one step below the one before it: people who listen to a page go by its headings.
void put_headings_below(cmark_node* root, int top) {
  const auto headings = nodes_of(root, {CMARK_NODE_HEADING});
  int highest = 6;
  for (cmark_node* node : headings) highest = std::min(highest, cmark_node_get_heading_level(node));
  int before = top - 1;
  for (cmark_node* node : headings) {
    before = std::clamp(cmark_node_get_heading_level(node) - highest + top, 1, std::min(before + 1, 6));
    cmark_node_set_heading_level(node, before);
  }
}

}  // namespace

std::string markdown(std::string_view text, int top_heading) {
  const auto parsed = parse(text);
  cmark_node* root = parsed.tree.get();
  show_html_as_text(root);
  put_headings_below(root, top_heading);
  // Innermost first: an image's text may not hold tags, and a link may hold an image.
  auto media = nodes_of(root, {CMARK_NODE_IMAGE, CMARK_NODE_LINK});
  std::ranges::reverse(media);
  for (cmark_node* node : media) {
    const char* address = cmark_node_get_url(node);
    const std::string url = address == nullptr ? "" : address;
    const char* title_text = cmark_node_get_title(node);
    const std::string title = title_text == nullptr || *title_text == '\0' ? "" : fmt::format(R"( title="{}")", escape(title_text));
    if (cmark_node_get_type(node) == CMARK_NODE_LINK) {
      if (may_link(url))
        replace_by_tags(node, fmt::format(R"(<a href="{}"{} rel="nofollow noopener">)", escape_url(url), title), "</a>");
      else
        unwrap(node);
    } else if (ascii_lower(url.substr(0, 8)) == "https://" || is_site_path(url)) {
      const auto alt = plain_text(node);
      while (cmark_node* child = cmark_node_first_child(node)) cmark_node_free(child);
      replace_by_tags(node, fmt::format(R"(<img src="{}" alt="{}"{} loading="lazy">)", escape_url(url), escape(alt), title), "");
    } else {
      unwrap(node);
    }
  }
  // "Unsafe" lets our own tags through; the author's HTML is text by now, and no link or image of his is left in the tree.
  const std::unique_ptr<char, decltype(&std::free)> html(cmark_render_html(root, CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_UNSAFE, parsed.extensions), std::free);
  return html == nullptr ? std::string() : std::string(html.get());
}

std::string markdown_summary(std::string_view text, std::size_t max) {
  const auto parsed = parse(text);
  show_html_as_text(parsed.tree.get());
  return ellipsis(plain_text(parsed.tree.get()), max);
}

std::string escape(std::string_view text) {
  std::string result;
  result.reserve(text.size() + text.size() / 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        result += "&amp;";
        break;
      case '<':
        result += "&lt;";
        break;
      case '>':
        result += "&gt;";
        break;
      case '"':
        result += "&quot;";
        break;
      case '\'':
        result += "&#39;";
        break;
      default:
        result += c;
    }
  }
  return result;
}

std::string escape_text(std::string_view text) { return replace_all(escape(text), "\n", "<br>\n"); }

}  // namespace confer::html
