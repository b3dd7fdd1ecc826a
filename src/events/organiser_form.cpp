// A form of the organisers' pages (organiser_form.h).
#include "events/organiser_form.h"
#include <algorithm>
#include "base/text.h"

namespace confer::events {
namespace {

/// What is wrong with a field, or null. A problem of a localised field ("title") stands at its first language ("title_en").
const std::string* problem_of(const Error* error, std::string_view name, std::string_view base) {
  if (error == nullptr) return nullptr;
  for (const auto& problem : error->problems)
    if (problem.field == name || (!base.empty() && problem.field == base)) return &problem.message;
  return nullptr;
}

std::string with_language(std::string_view name, const std::string& language) { return std::string(name) + "_" + language; }

std::string label_of(std::string_view label, const std::string& language, bool several) {
  if (!several) return std::string(label);
  constexpr std::string_view optional = " (optional)";
  const bool is_optional = label.ends_with(optional);
  if (is_optional) label.remove_suffix(optional.size());
  return std::string(label) + " (" + std::string(html::language_name(language)) + (is_optional ? ", optional)" : ")");
}

}  // namespace

Form::Form(const http::Request& request, const Error* error) : request_(request), error_(error) {}

/// Where a problem's link leads: to the field, or the first language's of it.
std::string Form::place_of(const std::string& field) const {
  const auto is_of = [&](const std::string& name) { return name == field || (name.starts_with(field) && name[field.size()] == '_'); };
  const auto found = std::ranges::find_if(names_, is_of);
  return found == names_.end() ? field : *found;
}

void Form::show_problems() {
  if (error_ == nullptr) return;
  auto& list = view_.add("PROBLEMS");
  const auto& problems = error_->problems;
  // One problem that says no more than the error itself stands there once.
  const bool only = problems.size() == 1 && error_->message.ends_with(problems.front().message);
  list.set("PROBLEMS_TITLE", only ? problems.front().message : error_->message);
  if (problems.empty() || only) return;
  list.show("PROBLEM_LIST");
  for (const auto& problem : problems) {
    auto& item = list.add("PROBLEM_ITEM");
    const bool leads_somewhere = !problem.field.empty() && problem.field != "clash";
    if (leads_somewhere)
      item.add("PROBLEM_LINK").set("PROBLEM_FIELD", place_of(problem.field)).set("PROBLEM_TEXT", problem.message);
    else
      item.add("PROBLEM_PLAIN").set("PROBLEM_TEXT", problem.message);
  }
}

std::string Form::shown(std::string_view name, std::string_view stored) const {
  return error_ != nullptr && request_.form.has(name) ? request_.form.get(name) : std::string(stored);
}

html::View& Form::begin(std::string_view kind, std::string_view name, std::string_view label, std::string_view hint) {
  auto& field = view_.add("FIELD").add(kind);
  field.set("NAME", name).set("LABEL", label);
  std::string described;
  if (!hint.empty()) {
    field.add("HINT").set("HINT_TEXT", hint);
    described = std::string(name) + "-hint";
  }
  std::string_view base = name.substr(0, name.rfind('_'));
  const bool first_of_base = base.size() < name.size() && std::ranges::find(drawn_, base) == drawn_.end();
  if (const auto* problem = problem_of(error_, name, first_of_base ? base : "")) {
    field.add("WRONG").set("WRONG_TEXT", *problem);
    field.set("WRONG_CLASS", "is-wrong");
    described += (described.empty() ? "" : " ") + std::string(name) + "-error";
  }
  drawn_.emplace_back(base);
  names_.emplace_back(name);
  field.set("DESCRIBED_BY", described);
  return field;
}

Form& Form::hidden(std::string_view name, std::string_view value) {
  view_.add("HIDDEN").set("HIDDEN_NAME", name).set("HIDDEN_VALUE", shown(name, value));
  return *this;
}

Form& Form::section(std::string_view title) {
  view_.add("FIELD").add("SECTION").set("LABEL", title);
  return *this;
}

Form& Form::input(std::string_view type, std::string_view name, std::string_view label, std::string_view value, std::string_view hint) {
  begin("INPUT", name, label, hint).set("TYPE", type).set("VALUE", shown(name, value));
  return *this;
}

Form& Form::area(std::string_view name, std::string_view label, std::string_view value, std::string_view hint, int rows) {
  begin("AREA", name, label, hint).set("VALUE", shown(name, value)).set("AREA_ROWS", rows);
  return *this;
}

Form& Form::select(std::string_view name, std::string_view label, std::vector<Option> options, std::string_view hint) {
  auto& field = begin("SELECT", name, label, hint);
  const bool typed = error_ != nullptr && request_.form.has(name);
  for (const auto& option : options)
    field.add("OPTION")
        .set("OPTION_VALUE", option.value)
        .set("OPTION_TEXT", option.text)
        .show_if(typed ? option.value == request_.form.get(name) : option.chosen, "CHOSEN");
  return *this;
}

Form& Form::check(std::string_view name, std::string_view label, bool on, std::string_view hint) {
  begin("CHECK", name, label, hint).show_if(error_ != nullptr ? request_.form.has(name) : on, "CHOSEN");
  return *this;
}

Form& Form::checks(std::string_view name, std::string_view legend, std::vector<Option> options, std::string_view hint) {
  auto& field = begin("CHECKS", name, legend, hint);
  const auto typed = request_.form.every(name);
  for (const auto& option : options)
    field.add("OPTION")
        .set("OPTION_VALUE", option.value)
        .set("OPTION_TEXT", option.text)
        .show_if(error_ != nullptr ? std::ranges::find(typed, option.value) != typed.end() : option.chosen, "CHOSEN");
  return *this;
}

Form& Form::file(std::string_view name, std::string_view label, std::string_view hint) {
  begin("FILE", name, label, hint);
  view_.show("MULTIPART");
  return *this;
}

Form& Form::localized(std::string_view name, std::string_view label, const LocalizedText& text, const std::vector<std::string>& languages,
                      std::string_view hint) {
  for (const auto& language : languages) {
    const auto* value = text.exactly_in(language);
    this->text(with_language(name, language), label_of(label, language, languages.size() > 1), value != nullptr ? *value : "", hint);
  }
  return *this;
}

Form& Form::localized_area(std::string_view name, std::string_view label, const LocalizedText& text, const std::vector<std::string>& languages,
                           std::string_view hint, int rows) {
  for (const auto& language : languages) {
    const auto* value = text.exactly_in(language);
    area(with_language(name, language), label_of(label, language, languages.size() > 1), value != nullptr ? *value : "", hint, rows);
  }
  return *this;
}

Form& Form::part(std::string_view html) {
  view_.add("FIELD").add("PART").set_html("PART_HTML", html);
  return *this;
}

Form& Form::other_button(std::string_view name, std::string_view label) {
  view_.add("OTHER_BUTTON").set("OTHER_NAME", name).set("OTHER_LABEL", label);
  return *this;
}

std::string Form::draw(std::string_view action, std::string_view button, std::string_view cancel, bool dangerous) {
  show_problems();
  view_.set("ACTION", action).set("BUTTON", button).set("BUTTON_CLASS", dangerous ? "button-danger" : "");
  if (!cancel.empty()) view_.add("CANCEL").set("CANCEL_HREF", cancel);
  return html::render("events/organiser/form.html", view_, "en");
}

LocalizedText localized_in(const http::Fields& form, std::string_view name, const std::vector<std::string>& languages, LocalizedText stored) {
  for (const auto& language : languages)
    if (const auto field = with_language(name, language); form.has(field)) stored.set(language, form.get(field));
  return stored;
}

std::string window_to_line(WallTime from, WallTime to) {
  const Date first = std::chrono::floor<std::chrono::days>(from), last = std::chrono::floor<std::chrono::days>(to);
  const std::string begin = to_text(first) + " " + clock_text(from);
  return first == last ? begin + "–" + clock_text(to) : begin + " " + to_text(last) + " " + clock_text(to);
}

Result<std::pair<WallTime, WallTime>> window_of_line(std::string_view line) {
  const auto wrong = [&] { return fail(ErrorCode::invalid, "“" + std::string(trim(line)) + "” is not written as 2027-05-04 09:00–18:00."); };
  std::string text;
  for (std::string_view rest = line; !rest.empty();) {
    constexpr std::string_view dash = "–";
    const bool is_dash = rest.starts_with(dash);
    // A hyphen stands between two times where the words are long enough for both: 09:00-18:00.
    const bool is_hyphen = rest.front() == '-' && text.size() >= 3 && text[text.size() - 3] == ':';
    text += is_dash || is_hyphen || rest.front() == 'T' ? ' ' : rest.front();
    rest.remove_prefix(is_dash ? dash.size() : 1);
  }
  std::vector<std::string> words;
  for (auto word : split(text, ' '))
    if (!trim(word).empty()) words.emplace_back(trim(word));
  if (words.size() != 3 && words.size() != 4) return wrong();
  auto from = parse_wall_time(words[0] + "T" + words[1]);
  auto to = parse_wall_time((words.size() == 4 ? words[2] : words[0]) + "T" + words.back());
  if (!from || !to) return wrong();
  if (words.size() == 3 && *to <= *from) *to += std::chrono::days(1);
  return std::pair(*from, *to);
}

std::vector<Option> with_none(std::string_view none, std::vector<Option> options) {
  options.insert(options.begin(), {"", std::string(none), std::ranges::none_of(options, &Option::chosen)});
  return options;
}

std::string confirm_button(std::string_view action, std::string_view summary, std::string_view sentence, std::string_view button,
                           const std::vector<std::pair<std::string, std::string>>& fields) {
  html::View view;
  view.set("ACTION", action).set("SUMMARY", summary).set("SENTENCE", sentence).set("BUTTON", button);
  for (const auto& [name, value] : fields) view.add("HIDDEN").set("HIDDEN_NAME", name).set("HIDDEN_VALUE", value);
  return html::render("events/organiser/confirm.html", view, "en");
}

}  // namespace confer::events
