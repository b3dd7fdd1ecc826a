// A form of the organisers' pages: label, hint, value and what is wrong, each beside its field, in one way everywhere.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "base/localized_text.h"
#include "base/result.h"
#include "base/time.h"
#include "html/template.h"
#include "http/message.h"

namespace confer::events {

/// One thing to choose.
struct Option {
  std::string value, text;
  bool chosen = false;
};

/// Fields come in the order of the calls. With an `error` the form comes back: fields show what was typed (from the request), not the stored value.
class Form {
 public:
  /// Both outlive the form.
  explicit Form(const http::Request& request, const Error* error = nullptr);

  Form& hidden(std::string_view name, std::string_view value);
  Form& hidden(std::string_view name, std::int64_t value) { return hidden(name, std::string_view(std::to_string(value))); }
  Form& section(std::string_view title);
  /// `type` of an <input>: "text", "number", "date", "datetime-local", "time", "url", "email", "color".
  Form& input(std::string_view type, std::string_view name, std::string_view label, std::string_view value, std::string_view hint = {});
  Form& text(std::string_view name, std::string_view label, std::string_view value, std::string_view hint = {}) {
    return input("text", name, label, value, hint);
  }
  Form& area(std::string_view name, std::string_view label, std::string_view value, std::string_view hint = {}, int rows = 6);
  Form& select(std::string_view name, std::string_view label, std::vector<Option> options, std::string_view hint = {});
  /// One box. `name` is sent as "1" when it is ticked.
  Form& check(std::string_view name, std::string_view label, bool on, std::string_view hint = {});
  /// Several boxes of one name.
  Form& checks(std::string_view name, std::string_view legend, std::vector<Option> options, std::string_view hint = {});
  Form& file(std::string_view name, std::string_view label, std::string_view hint = {});
  /// One field for each language: "title_en", "title_de".
  Form& localized(std::string_view name, std::string_view label, const LocalizedText& text, const std::vector<std::string>& languages,
                  std::string_view hint = {});
  Form& localized_area(std::string_view name, std::string_view label, const LocalizedText& text, const std::vector<std::string>& languages,
                       std::string_view hint = {}, int rows = 6);
  /// What another template made: a table of inputs.
  Form& part(std::string_view html);
  /// A second button that sends the same form with `name`=1: "Check".
  Form& other_button(std::string_view name, std::string_view label);

  /// The form with its list of problems on top.
  std::string draw(std::string_view action, std::string_view button, std::string_view cancel = {}, bool dangerous = false);

 private:
  void show_problems();
  std::string place_of(const std::string& field) const;
  std::string shown(std::string_view name, std::string_view stored) const;
  html::View& begin(std::string_view kind, std::string_view name, std::string_view label, std::string_view hint);
  const http::Request& request_;
  const Error* error_;
  html::View view_;
  std::vector<std::string> drawn_, names_;
};

/// Reads what `Form::localized` asked; languages that were not asked stay as in `stored`.
LocalizedText localized_in(const http::Fields& form, std::string_view name, const std::vector<std::string>& languages, LocalizedText stored = {});
/// "2027-05-04 09:00–18:00"; with a second date when it ends on another day.
std::string window_to_line(WallTime from, WallTime to);
/// Reads that, and "2027-05-04T09:00 2027-05-04T18:00". An end before its beginning is of the night after. Errors: invalid – a sentence with the line in it.
Result<std::pair<WallTime, WallTime>> window_of_line(std::string_view line);
/// The first is "none" with the value "".
std::vector<Option> with_none(std::string_view none, std::vector<Option> options);

/// A button that says what is lost and posts: for removing. `fields` are sent with it.
std::string confirm_button(std::string_view action, std::string_view summary, std::string_view sentence, std::string_view button,
                           const std::vector<std::pair<std::string, std::string>>& fields = {});

}  // namespace confer::events
