// Views and templates over ctemplate.
#include "html/template.h"

#include <ctemplate/template.h>
#include <ctemplate/template_dictionary.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cstdint>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>

#include "base/text.h"
#include "html/assets.h"
#include "html/language.h"
#include "html/template_source.h"

namespace confer::html {
namespace {

ctemplate::TemplateString view_of(std::string_view text) { return {text.data(), text.size()}; }

/// A variable's or section's name with the number that ctemplate has given it. Without that, each use would hash it and look it up twice, under locks.
struct Name {
  explicit Name(std::string_view name)
      : text(name), html_text(fmt::format("{}{}", name, html_suffix)), plain{{text.data(), text.size(), 0}}, html{{html_text.data(), html_text.size(), 0}} {
    const ctemplate::StaticTemplateStringInitializer give_number(&plain), give_html_number(&html);
  }
  Name(const Name&) = delete;
  Name& operator=(const Name&) = delete;
  const std::string text, html_text;  ///< ctemplate keeps their addresses
  ctemplate::StaticTemplateString plain, html;
};

/// Every name ever used: code says them, not people, so they are few. Never taken down, since ctemplate and the threads' shortcuts point into it.
const Name& registered(std::string_view name) {
  static std::mutex mutex;
  static auto& names = *new std::unordered_map<std::string_view, std::unique_ptr<const Name>>;
  const std::scoped_lock lock(mutex);
  if (const auto found = names.find(name); found != names.end()) return *found->second;
  auto made = std::make_unique<const Name>(name);
  const std::string_view key = made->text;
  return *names.emplace(key, std::move(made)).first->second;
}

const Name& name_of(std::string_view name) {
  // A literal has the same address each time. What stands there is compared, as another text may have moved in.
  constexpr std::size_t places = 1024;
  thread_local std::array<const Name*, places> shortcuts{};
  const Name*& place = shortcuts[((reinterpret_cast<std::uintptr_t>(name.data()) >> 2U) + name.size()) % places];
  if (place == nullptr || place->text != name) place = &registered(name);
  return *place;
}

}  // namespace

/// A dictionary of ctemplate's; the root owns all those below it.
struct View::Impl {
  std::unique_ptr<ctemplate::TemplateDictionary> owned;
  ctemplate::TemplateDictionary* dictionary = nullptr;
  std::vector<std::unique_ptr<View>> children;
  std::shared_ptr<std::unordered_set<const Name*>> html_names;  ///< names given to `set_html` anywhere in this view: a later `set` hides them
};

View::View() : impl_(std::make_unique<Impl>()) {
  impl_->owned = std::make_unique<ctemplate::TemplateDictionary>("view");
  impl_->dictionary = impl_->owned.get();
  impl_->html_names = std::make_shared<std::unordered_set<const Name*>>();
}
View::View(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
View::~View() = default;
View::View(View&&) noexcept = default;
View& View::operator=(View&&) noexcept = default;

View& View::set(std::string_view name, std::string_view value) {
  const Name& known = name_of(name);
  impl_->dictionary->SetValue(known.plain, view_of(value));
  if (impl_->html_names->contains(&known)) impl_->dictionary->SetValue(known.html, ctemplate::TemplateString("", 0));
  return *this;
}

View& View::set_html(std::string_view name, std::string_view html) {
  const Name& known = name_of(name);
  impl_->html_names->insert(&known);
  impl_->dictionary->SetValue(known.html, view_of(html));
  impl_->dictionary->SetValue(known.plain, ctemplate::TemplateString("", 0));
  return *this;
}

View& View::show(std::string_view section) {
  impl_->dictionary->ShowSection(name_of(section).plain);
  return *this;
}

View& View::add(std::string_view section) {
  auto child = std::make_unique<Impl>();
  child->dictionary = impl_->dictionary->AddSectionDictionary(name_of(section).plain);
  child->html_names = impl_->html_names;
  impl_->children.emplace_back(new View(std::move(child)));
  return *impl_->children.back();
}

namespace {

/// The templates in use and what is compiled of them.
struct Shelf {
  std::shared_mutex mutex;
  std::map<std::string, std::string_view, std::less<>> sources;
  std::map<std::string, std::map<std::string, std::shared_ptr<ctemplate::Template>, std::less<>>, std::less<>> compiled;  ///< language → name → template
};

Shelf& shelf() {
  static Shelf the_shelf;
  return the_shelf;
}

/// The caller holds the shelf's lock.
Result<std::shared_ptr<ctemplate::Template>> compile(Shelf& all, std::string_view name, std::string_view language) {
  const auto found = all.sources.find(name);
  if (found == all.sources.end()) return fail(ErrorCode::invalid, fmt::format("There is no template \"{}\".", name));
  const TemplateSurroundings surroundings{.find_template =
                                              [&all](std::string_view part) {
                                                const auto included = all.sources.find(part);
                                                return included == all.sources.end() ? nullptr : &included->second;
                                              },
                                          .translate = [language](std::string_view text) { return html::translate(text, language); },
                                          .asset_url = [](std::string_view asset) { return html::asset_url(asset); },
                                          .language = language,
                                          .direction = is_right_to_left(language) ? "rtl" : "ltr"};
  TRY_ASSIGN(const std::string source, prepare_template(name, found->second, surroundings));
  std::shared_ptr<ctemplate::Template> compiled(ctemplate::Template::StringToTemplate(view_of(source), ctemplate::STRIP_BLANK_LINES));
  if (compiled == nullptr) return fail(ErrorCode::invalid, fmt::format("{}: ctemplate refuses it; its reason stands on stderr.", name));
  return compiled;
}

}  // namespace

void forget_compiled_templates() {
  const std::unique_lock lock(shelf().mutex);
  shelf().compiled.clear();
}

void use_templates(std::span<const embedded::File> files) {
  const std::unique_lock lock(shelf().mutex);
  shelf().sources.clear();
  shelf().compiled.clear();
  for (const auto& file : files) shelf().sources.emplace(file.path, file.bytes);
}

Result<void> compile_templates() {
  std::string problems;
  Shelf& all = shelf();
  const std::unique_lock lock(all.mutex);
  for (const auto& language : languages()) {
    for (const auto& [name, source] : all.sources) {
      auto compiled = compile(all, name, language);
      if (compiled)
        all.compiled[language].insert_or_assign(name, std::move(*compiled));
      else
        problems += (problems.empty() ? "" : "\n") + compiled.error().message;
    }
    if (!problems.empty()) return fail(ErrorCode::invalid, problems);
  }
  return {};
}

std::string render(std::string_view name, const View& view, std::string_view language) {
  Shelf& all = shelf();
  std::shared_ptr<ctemplate::Template> compiled;
  {
    const std::shared_lock lock(all.mutex);
    if (const auto in_language = all.compiled.find(language); in_language != all.compiled.end())
      if (const auto found = in_language->second.find(name); found != in_language->second.end()) compiled = found->second;
  }
  if (compiled == nullptr) {
    const std::unique_lock lock(all.mutex);
    auto made = compile(all, name, language);
    if (!made) fmt::print(stderr, "{}\n", made.error().message);
    ASSERT(made.has_value());
    compiled = std::move(*made);
    all.compiled[std::string(language)].insert_or_assign(std::string(name), compiled);
  }
  std::string result;
  compiled->Expand(&result, view.impl().dictionary);
  return result;
}

std::string json_ld_block(std::string_view json) {
  return fmt::format(R"(<script type="application/ld+json">{}</script>)", replace_all(std::string(json), "<", "\\u003c"));
}

std::vector<std::string> template_names() {
  const std::shared_lock lock(shelf().mutex);
  std::vector<std::string> names;
  for (const auto& [name, source] : shelf().sources) names.push_back(name);
  return names;
}

}  // namespace confer::html
