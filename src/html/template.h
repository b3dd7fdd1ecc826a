// Templates (ctemplate, auto-escaped by context) and their translation.
#pragma once
#include <concepts>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/embedded.h"
#include "base/result.h"

namespace confer::html {

/// What a template is filled with. Values are escaped for the place where they stand; there is no way round it but `set_html`.
///
/// In a template: `{{NAME}}` a value · `{{#SECTION}}…{{/SECTION}}` shown once per `add`, or once by `show` · `{{>site/row.html}}` an included template ·
/// `[[Text]]` translated · `[[Text with %1 and %2|{{A}}|{{B}}]]` translated with values in the translation's order · `{{LANG}}`, `{{DIR}}` ("ltr", "rtl") of
/// the page · `{{>icon:star}}` an icon · `{{>asset:site.css}}` an asset's address. src/html/README.md has the whole of it.
class View {
 public:
  View();
  ~View();
  View(View&&) noexcept;
  View& operator=(View&&) noexcept;
  View& set(std::string_view name, std::string_view value);
  View& set(std::string_view name, std::integral auto number) { return set(name, std::string_view(std::to_string(number))); }
  /// HTML that was made by `render` or `markdown` and by nothing else. Shown where text may stand, never in an attribute.
  View& set_html(std::string_view name, std::string_view html);
  /// Shows the section once, with this view's values.
  View& show(std::string_view section);
  View& show_if(bool condition, std::string_view section) { return condition ? show(section) : *this; }
  /// One more repetition of the section; values not set there are looked for here. The reference stays valid as long as this view.
  View& add(std::string_view section);

  struct Impl;
  Impl& impl() const { return *impl_; }

 private:
  explicit View(std::unique_ptr<Impl>);
  std::unique_ptr<Impl> impl_;
};

/// The templates that `render` knows from now on, instead of all earlier ones. `app` passes `embedded::templates()` before it serves; a test its own.
void use_templates(std::span<const embedded::File> files);
/// The catalogues that translate from now on ("de.po"), instead of all earlier ones. Call it before `render`.
/// Errors: invalid – a catalogue cannot be read; the message says where.
Result<void> use_catalogues(std::span<const embedded::File> files);
/// Compiles every template in every language: for tests, since `render` compiles what it needs. Errors: invalid – with all problems, each with its template and
/// line.
Result<void> compile_templates();

/// `name` is "people/sign_in.html". ASSERTs that the template exists and compiles. Thread-safe; each template is parsed once a language.
std::string render(std::string_view name, const View& view, std::string_view language);
/// The names of all templates, sorted.
std::vector<std::string> template_names();

/// `json` as a block of schema.org data, for `View::set_html`. Browsers do not run it; what could end the block early is written as \u003c.
std::string json_ld_block(std::string_view json);

/// The catalogue's text for an English one, or the English text itself.
std::string_view translate(std::string_view text, std::string_view language);
/// With %1, %2, … replaced.
std::string translate(std::string_view text, std::string_view language, std::initializer_list<std::string_view> values);
/// The plural form for `n` (the catalogue's Plural-Forms), with %1 replaced by n.
std::string translate_plural(std::string_view one, std::string_view many, long n, std::string_view language);
/// Marks a text that reaches `translate` through a variable, so that script/check_catalogue.py finds it.
constexpr std::string_view translatable(std::string_view text) { return text; }
/// Languages with a complete catalogue (no entry empty or fuzzy): "en" first.
const std::vector<std::string>& languages();
/// A language's name in itself: "Deutsch".
std::string_view language_name(std::string_view language);
/// The best of `languages()` for an Accept-Language header (RFC 9110 § 12.5.4), "en" when none fits.
std::string negotiate_language(std::string_view accept_language);

}  // namespace confer::html
