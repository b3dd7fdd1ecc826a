// How severe each rule's clashes are (organiser_pages.h).
#include <array>
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "programme/organiser_pages.h"
#include "programme/programme.h"

namespace confer::programme {
namespace {

constexpr std::array<std::pair<Severity, std::string_view>, 4> severities{{
    {Severity::ignore, "Say nothing"},
    {Severity::warn, "Warn"},
    {Severity::block_release, "Stop a release"},
    {Severity::block_placing, "Refuse to place"},
}};

std::string value_of(Severity severity) { return std::to_string(static_cast<int>(severity)); }

}  // namespace

Result<http::Response> organiser_rules(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  TRY_ASSIGN(auto event, events::event_of_route(tx, request));
  TRY_ASSIGN(auto settings, rule_settings(tx, event));
  events::Form form(request);
  for (Rule rule : all_rules()) {
    std::vector<events::Option> options;
    for (const auto& [severity, text] : severities)
      options.push_back(
          {value_of(severity), std::string(text) + (severity == default_severity(rule) ? " (as usual)" : ""), severity == settings.severity(rule)});
    form.select(name_of(rule), title_of(rule), std::move(options));
  }
  events::OrganiserPage page{.title = "Rules",
                             .here = "rules",
                             .content = form.draw(events::organiser_path(event, "rules"), "Save"),
                             .trail = {},
                             .lead = "What happens when the draft breaks a rule.",
                             .button = {},
                             .button_href = {}};
  return events::organiser_response(web, request, event, std::move(page));
}

Result<http::Response> organiser_rules_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_write());
  TRY_ASSIGN(auto event, events::event_of_route(tx, request));
  TRY_ASSIGN(auto settings, rule_settings(tx, event));
  for (Rule rule : all_rules()) {
    const auto asked = events::number_in(request.form.get(name_of(rule)));
    if (!asked || *asked < 0 || *asked > static_cast<int>(Severity::block_placing)) continue;
    const auto severity = static_cast<Severity>(*asked);
    if (severity != settings.severity(rule)) TRY(set_rule(tx, actor_of(request), event, rule, severity));
  }
  TRY(tx.commit());
  return events::organiser_done(events::organiser_path(event, "rules"), "saved");
}

}  // namespace confer::programme
