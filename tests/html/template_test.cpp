// Templates: every place where a value can stand, sections, includes, translation, and what is refused.
#include "html/template.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <thread>
#include <vector>

namespace confer::html {
namespace {

constexpr std::string_view german = R"(msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

msgid "Schedule"
msgstr "Programm"

msgid "%1 in %2"
msgstr "In %2: %1"

msgid "Rooms & \"tracks\""
msgstr "Räume & „Tracks“ <alle>"

msgid "Read the %1."
msgstr "Lies den %1."

msgid "code of conduct"
msgstr "Verhaltenskodex"

msgid "%1 talk"
msgid_plural "%1 talks"
msgstr[0] "%1 Vortrag"
msgstr[1] "%1 Vorträge"
)";

constexpr std::string_view arabic = R"(msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;\n"

msgid "Schedule"
msgstr "البرنامج"
)";

class Templates : public ::testing::Test {
 protected:
  void SetUp() override {
    const std::array catalogues{embedded::File{"de.po", german}, embedded::File{"ar.po", arabic}};
    const auto used = use_catalogues(catalogues);
    ASSERT_TRUE(used.has_value()) << used.error().message;
  }
  void TearDown() override {
    use_templates({});
    ASSERT_TRUE(use_catalogues({}).has_value());
  }

  std::string show(std::string_view source, const View& view, std::string_view language = "en") {
    const std::array files{embedded::File{"t.html", source}, embedded::File{"part/row.html", "<li>{{NAME}}</li>\n"}};
    use_templates(files);
    return render("t.html", view, language);
  }
  std::string problem(std::string_view source) {
    const std::array files{embedded::File{"t.html", source}};
    use_templates(files);
    const auto compiled = compile_templates();
    return compiled ? "" : compiled.error().message;
  }
};

constexpr std::string_view nasty = "<b>\"'&\n\t`</textarea></title>";
constexpr std::string_view nasty_escaped = "&lt;b&gt;&quot;&#39;&amp;\n\t`&lt;/textarea&gt;&lt;/title&gt;";

TEST_F(Templates, value_when_in_text_or_attribute_then_escaped_with_its_white_space) {
  const auto escaped = std::string(nasty_escaped);
  const std::vector<std::pair<std::string, std::string>> places = {
      {"<p>", "</p>"},
      {"<p title=\"", "\"></p>"},
      {"<p title='", "'></p>"},
      {"<textarea>", "</textarea>"},
      {"<title>", "</title>"},
      {"<input value=\"", "\">"},
      {"<p data-json=\"", "\"></p>"},
      {"<pre>a ", "</pre>"},
      {"<p CLASS=\"a ", " b\">x</p>"},
      {"<a href=\"/talks/", "\">x</a>"},
  };
  for (const auto& [before, after] : places) {
    View view;
    view.set("A", nasty);
    EXPECT_EQ(show(before + "{{A}}" + after, view), before + escaped + after);
  }
}

TEST_F(Templates, value_when_json_in_data_attribute_then_survives) {
  View view;
  view.set("STARS", R"json({"talk":"QX7T9M","title":"</script><script>alert('1')"})json");
  EXPECT_EQ(
      show(R"(<x-stars data-stars="{{STARS}}"></x-stars>)", view),
      R"html(<x-stars data-stars="{&quot;talk&quot;:&quot;QX7T9M&quot;,&quot;title&quot;:&quot;&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)&quot;}"></x-stars>)html");
}

TEST_F(Templates, address_when_it_is_a_script_then_it_leads_nowhere) {
  for (const std::string_view url :
       {"javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)", "data:text/html,<b>", "vbscript:x"}) {
    View view;
    view.set("U", url);
    EXPECT_EQ(show("<a href=\"{{U}}\">x</a>", view), "<a href=\"#\">x</a>") << url;
    EXPECT_EQ(show("<form action='{{U}}'></form>", view), "<form action='#'></form>") << url;
    EXPECT_EQ(show("<button formaction=\"{{U}}\">x</button>", view), "<button formaction=\"#\">x</button>") << url;
    EXPECT_EQ(show("<video poster=\"{{U}}\"></video>", view), "<video poster=\"#\"></video>") << url;
  }
}

TEST_F(Templates, address_when_harmless_then_kept) {
  for (const auto& [url, shown] : std::vector<std::pair<std::string, std::string>>{{"/de/schedule", "/de/schedule"},
                                                                                   {"https://example.org/?a=1&b=\"", "https://example.org/?a=1&amp;b=&quot;"},
                                                                                   {"#talk", "#talk"},
                                                                                   {"?day=2", "?day=2"}}) {
    View view;
    view.set("U", url);
    EXPECT_EQ(show("<a href=\"{{U}}\">x</a>", view), "<a href=\"" + shown + "\">x</a>");
  }
}

TEST_F(Templates, value_when_in_a_query_then_percent_encoded) {
  View view;
  view.set("Q", "C++ & \"Rust\"");
  EXPECT_EQ(show(R"(<a href="/search?q={{Q}}&amp;p={{Q}}">x</a>)", view), R"(<a href="/search?q=C%2B%2B+%26+%22Rust%22&amp;p=C%2B%2B+%26+%22Rust%22">x</a>)");
}

TEST_F(Templates, html_when_set_as_html_then_shown_in_text_and_nowhere_else) {
  View view;
  view.set_html("A", "<b>yes</b>");
  EXPECT_EQ(show("<div>{{A}}</div><p title=\"{{A}}\"></p><textarea>{{A}}</textarea>", view), "<div><b>yes</b></div><p title=\"\"></p><textarea></textarea>");
}

TEST_F(Templates, html_when_overridden_by_text_in_a_section_then_only_the_text) {
  View view;
  view.set_html("A", "<b>outer</b>");
  view.add("S").set("A", "<i>");
  view.add("S").set_html("A", "<u>inner</u>");
  view.add("S");
  EXPECT_EQ(show("{{#S}}{{A}};{{/S}}", view), "&lt;i&gt;;<u>inner</u>;<b>outer</b>;");
}

TEST_F(Templates, section_when_added_twice_then_repeated_with_outer_values) {
  View view;
  view.set("EVENT", "Camp");
  view.add("TALK").set("TITLE", "One").show_if(true, "STAR").show_if(false, "MOVED");
  view.add("TALK").set("TITLE", "Two").set("N", 2);
  EXPECT_EQ(show("{{#TALK}}{{EVENT}}: {{TITLE}}{{N}}{{#STAR}}*{{/STAR}}{{#MOVED}}!{{/MOVED}}\n{{/TALK}}{{#NONE}}none{{/NONE}}", view),
            "Camp: One*\nCamp: Two2\n");
}

TEST_F(Templates, reference_when_more_are_added_then_still_valid) {
  View view;
  View& first = view.add("S");
  for (int i = 0; i < 100; ++i) view.add("S").set("A", i);
  first.set("A", "first").add("T").set("B", "deep");
  EXPECT_TRUE(show("{{#S}}{{A}}{{#T}}{{B}}{{/T}},{{/S}}", view).starts_with("firstdeep,0,1,"));
}

TEST_F(Templates, view_when_moved_then_keeps_its_values) {
  View view;
  view.set("A", "x").add("S").set("B", "y");
  const View moved = std::move(view);
  EXPECT_EQ(show("{{A}}{{#S}}{{B}}{{/S}}", moved), "xy");
}

TEST_F(Templates, include_when_named_then_stands_in_place_and_sees_the_section) {
  View view;
  view.add("R").set("NAME", "<Ada>");
  view.add("R").set("NAME", "Bob");
  EXPECT_EQ(show("<ul>{{#R}}{{>part/row.html}}{{/R}}</ul>", view), "<ul><li>&lt;Ada&gt;</li><li>Bob</li></ul>");
}

TEST_F(Templates, icon_and_asset_when_named_then_addresses) {
  EXPECT_EQ(show(R"({{>icon:star}}<img src="{{>asset:logo.svg}}" alt="">)", View()),
            R"(<svg class="icon" aria-hidden="true" focusable="false"><use href="/assets/icons.svg#star"></use></svg><img src="/assets/logo.svg" alt="">)");
}

TEST_F(Templates, text_when_translated_then_in_the_page_language) {
  View view;
  view.set("TALK", "<Ada>").set("ROOM", "Pyramid");
  constexpr std::string_view source = "<html lang=\"{{LANG}}\" dir=\"{{DIR}}\">[[Schedule]]: [[%1 in %2|{{TALK}}|{{ROOM}}]]</html>";
  EXPECT_EQ(show(source, view), "<html lang=\"en\" dir=\"ltr\">Schedule: &lt;Ada&gt; in Pyramid</html>");
  EXPECT_EQ(show(source, view, "de"), "<html lang=\"de\" dir=\"ltr\">Programm: In Pyramid: &lt;Ada&gt;</html>");
  EXPECT_EQ(show(source, view, "ar"), "<html lang=\"ar\" dir=\"rtl\">البرنامج: &lt;Ada&gt; in Pyramid</html>");
}

TEST_F(Templates, text_when_translated_with_marks_then_they_are_text) {
  EXPECT_EQ(show("<p title=\"[[Rooms & \"tracks\"]]\">[[Rooms &\n   \"tracks\"]]</p>", View(), "de"),
            "<p title=\"Räume &amp; „Tracks“ &lt;alle&gt;\">Räume &amp; „Tracks“ &lt;alle&gt;</p>");
}

TEST_F(Templates, text_when_a_value_holds_markup_and_text_then_both_are_translated) {
  View view;
  view.set("COC", "/de/coc");
  EXPECT_EQ(show(R"([[Read the %1.|<a href="{{COC}}">[[code of conduct]]</a>]])", view, "de"), R"(Lies den <a href="/de/coc">Verhaltenskodex</a>.)");
}

TEST_F(Templates, template_when_unsafe_then_refused_with_its_line) {
  EXPECT_EQ(problem("<p>\n{{A:none}}"), "t.html, line 2: \"A:none\": a value's name is capitals, digits and _, without modifiers.");
  EXPECT_EQ(problem("<a href={{A}}>x</a>"), "t.html, line 1: an attribute's value must stand in quotes.");
  EXPECT_EQ(problem("<a {{A}}>x</a>"), "t.html, line 1: an attribute's value must stand in quotes.");
  EXPECT_EQ(problem("<p onclick=\"{{A}}\">x</p>"), "t.html, line 1: a value may not stand in the attribute onclick.");
  EXPECT_EQ(problem("<p style='{{A}}'>x</p>"), "t.html, line 1: a value may not stand in the attribute style.");
  EXPECT_EQ(problem("<script>{{A}}</script>"), "t.html, line 1: a value inside <script> or <style>; pass it in a data- attribute.");
  EXPECT_EQ(problem("<!-- {{A}} -->"), "t.html, line 1: a value inside an HTML comment; a comment that is not sent is {{! … }}.");
  EXPECT_EQ(problem("{{A__HTML}}"), "t.html, line 1: \"A__HTML\": a value's name is capitals, digits and _, without modifiers.");
  EXPECT_EQ(problem("<p title=\"x"), "t.html, line 1: the template ends inside a tag, a comment, a <textarea>, a <script> or a <style>.");
  EXPECT_EQ(problem("{{>gone.html}}"), "t.html, line 1: there is no template \"gone.html\" to include.");
  EXPECT_EQ(problem("{{>t.html}}"), "t.html: includes are nested too deep, perhaps in a circle.");
  EXPECT_EQ(problem("\n[[Hello"), "t.html, line 2: [[ is not closed.");
  EXPECT_EQ(problem("[[Hello %1]]"), "t.html, line 1: [[Hello %1]] has 1 places (%1, %2, …) but 0 values.");
  EXPECT_EQ(problem("[[Hello {{A}}]]"), "t.html, line 1: a value inside [[…]] stands behind a |: [[Text with %1|{{VALUE}}]].");
  EXPECT_EQ(problem("<p>fine</p>"), "");
}

TEST_F(Templates, json_ld_when_it_holds_a_tag_then_stays_in_its_block) {
  View view;
  view.set_html("DATA", json_ld_block(R"({"name":"</script><!--"})"));
  EXPECT_EQ(show("<head>{{DATA}}</head>", view), R"(<head><script type="application/ld+json">{"name":"\u003c/script>\u003c!--"}</script></head>)");
}

TEST_F(Templates, comment_when_in_a_template_then_not_sent) { EXPECT_EQ(show("a{{! why: \"x\" }}b", View()), "ab"); }

TEST_F(Templates, names_when_asked_then_sorted) {
  const std::array files{embedded::File{"b/x.html", ""}, embedded::File{"a/y.html", ""}};
  use_templates(files);
  EXPECT_EQ(template_names(), (std::vector<std::string>{"a/y.html", "b/x.html"}));
}

TEST_F(Templates, render_when_from_many_threads_then_each_gets_its_own) {
  const std::array files{embedded::File{"t.html", "<p>[[Schedule]] {{A}}</p>"}};
  use_templates(files);
  std::vector<std::thread> threads;
  std::vector<int> wrong(4, 0);
  for (std::size_t t = 0; t < wrong.size(); ++t)
    threads.emplace_back([t, &wrong] {
      for (int i = 0; i < 200; ++i) {
        View view;
        view.set("A", i);
        const bool german_turn = (i + static_cast<int>(t)) % 2 == 0;
        const auto expected = std::string(german_turn ? "<p>Programm " : "<p>Schedule ") + std::to_string(i) + "</p>";
        if (render("t.html", view, german_turn ? "de" : "en") != expected) ++wrong[t];
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(wrong, std::vector<int>(4, 0));
}

TEST_F(Templates, embedded_when_compiled_then_all_are_sound) {
  use_templates(embedded::templates());
  ASSERT_TRUE(use_catalogues(embedded::catalogues()).has_value());
  const auto compiled = compile_templates();
  EXPECT_TRUE(compiled.has_value()) << compiled.error().message;
}

}  // namespace
}  // namespace confer::html
