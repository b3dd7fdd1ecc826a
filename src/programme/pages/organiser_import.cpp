// Importing a file in two steps: upload, look at what would happen, confirm (organiser_pages.h).
#include <algorithm>
#include <array>
#include <optional>
#include <ranges>
#include "base/log.h"
#include "base/text.h"
#include "events/organiser_form.h"
#include "events/organiser_frame.h"
#include "events/organiser_table.h"
#include "html/template.h"
#include "programme/import_files.h"
#include "programme/organiser_pages.h"
#include "programme/organiser_words.h"
#include "programme/programme.h"

namespace confer::programme {
namespace {

using events::Event;
using events::Form;
using events::organiser_path;
using events::Table;

constexpr std::size_t most_oddities = 200;  ///< shown; the rest is counted

constexpr std::array<std::pair<std::string_view, std::string_view>, 21> csv_fields{{
    {"title", "Title"},
    {"speakers", "Speakers"},
    {"room", "Room"},
    {"start", "Start (date and time)"},
    {"day", "Day"},
    {"time", "Time of day"},
    {"end", "End"},
    {"length", "Minutes"},
    {"track", "Track"},
    {"type", "Session type"},
    {"subtitle", "Subtitle"},
    {"abstract", "Abstract"},
    {"description", "Description"},
    {"language", "Language"},
    {"level", "Level"},
    {"tags", "Tags"},
    {"kind", "Kind of slot"},
    {"state", "State"},
    {"url", "Address of the talk’s page"},
    {"id", "Number"},
    {"guid", "GUID"},
}};

/// The file of the route, as it was uploaded.
struct Uploaded {
  Event event;
  Conference conference;           ///< of the draft, for CSV
  std::vector<SessionType> types;  ///< the same
  files::Hash hash;
  std::string name, bytes;
  Format format = Format::csv;
};

bool is_hash(std::string_view text) {
  return text.size() == 64 && std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<Uploaded> uploaded_of(const Web& web, const http::Request& request) {
  Uploaded file;
  {
    TRY_ASSIGN(auto tx, web.db.begin_read());
    TRY_ASSIGN(file.event, events::event_of_route(tx, request));
    TRY_ASSIGN(Programme draft, load_draft(tx, file.event, web.sign_in.base_url));
    file.conference = std::move(draft.conference);
    file.types = std::move(draft.types);
  }
  file.hash.hex = request.param("file");
  if (!is_hash(file.hash.hex)) return fail(ErrorCode::not_found, "There is no such file. Please upload it again.");
  TRY_ASSIGN(file.bytes, find_import_file(web.data_dir, file.hash));
  file.name = request.method == http::Method::post ? request.form.get("name") : request.query.get("name");
  TRY_ASSIGN(file.format, detect(file.name, file.bytes));
  return file;
}

/// The columns as the form says, else as the header lets guess.
CsvMapping mapping_in(const http::Fields& fields, const CsvHeader& header) {
  CsvMapping mapping;
  if (!fields.has("column_title")) return header.guess;
  for (const auto& [field, text] : csv_fields)
    if (const auto& column = fields.get("column_" + std::string(field)); !column.empty()) mapping[std::string(field)] = column;
  return mapping;
}

Result<Imported> read_upload(const Uploaded& file, const http::Fields& fields) {
  switch (file.format) {
    case Format::schedule_json:
      return read_schedule_json(file.bytes);
    case Format::schedule2_json:
      return read_schedule2_json(file.bytes);
    case Format::schedule_xml:
      return read_schedule_xml(file.bytes);
    case Format::pyvideo:
      return fail(ErrorCode::invalid, "A PyVideo event is a folder of files: import it by the command “confer import”.");
    case Format::csv:
      break;
  }
  TRY_ASSIGN(CsvHeader header, read_csv_header(file.bytes));
  return read_csv(file.bytes, mapping_in(fields, header), file.conference, file.types);
}

void show_report(html::View& view, const Programme& draft, const ImportReport& report) {
  auto& counts = view.add("COUNTS");
  const auto figure = [&](std::string_view name, int value) { counts.add("FIGURE").set("FIGURE_NAME", name).set("FIGURE_VALUE", value); };
  figure("New", report.added);
  figure("Changed", report.updated);
  figure("As before", report.unchanged);
  figure("Slots taken away", report.removed);
  figure("Conflicts", static_cast<int>(report.conflicts.size()));
  figure("Oddities", static_cast<int>(report.oddities.size()));
  counts.show(report.changes.empty() ? "NO_CHANGES" : "CHANGES").set_html("CHANGE_LIST", change_list(draft, draft, report.changes));
  if (!report.conflicts.empty()) {
    Table table("Conflicts", {"What", "Field", "Here (kept)", "In the file"});
    for (const auto& conflict : report.conflicts)
      table.row()
          .cell(conflict.title.empty() ? conflict.kind + " " + conflict.key : conflict.title)
          .cell(conflict.field)
          .cell(ellipsis(conflict.here, 200))
          .cell(ellipsis(conflict.file, 200));
    counts.show("CONFLICTS").set_html("CONFLICT_TABLE", table.draw());
  }
  if (report.oddities.empty()) return;
  Table table("Oddities", {"Place", "Kind", "What was done"});
  for (const auto& oddity : report.oddities | std::views::take(most_oddities)) table.row().cell(oddity.place).cell(oddity.kind).cell(oddity.message);
  auto& section = counts.add("ODDITIES");
  section.set_html("ODDITY_TABLE", table.draw());
  if (report.oddities.size() > most_oddities)
    section.add("MORE").set("MORE_TEXT", "… and " + std::to_string(report.oddities.size() - most_oddities) + " more.");
}

/// The form that maps columns; its second button shows the preview again.
void show_mapping(html::View& view, const http::Request& request, const Uploaded& file, const CsvHeader& header, const CsvMapping& mapping) {
  Form form(request);
  form.hidden("name", file.name);
  for (const auto& [field, text] : csv_fields) {
    auto chosen = mapping.find(std::string(field));
    std::vector<events::Option> options;
    for (const auto& column : header.columns) options.push_back({column, column, chosen != mapping.end() && chosen->second == column});
    form.select("column_" + std::string(field), text, events::with_none("not in the file", std::move(options)));
  }
  form.other_button("look", "Look again");
  Table sample("The first rows", header.columns);
  for (const auto& row : header.sample) {
    sample.row();
    for (const auto& value : row) sample.cell(ellipsis(value, 80));
  }
  auto& section = view.add("MAPPING");
  section.set_html("MAPPING_FORM",
                   form.draw(organiser_path(file.event, "import/" + file.hash.hex), "Import into the draft", organiser_path(file.event, "import")));
  section.set_html("SAMPLE", sample.draw());
}

Result<http::Response> show_preview(const Web& web, const http::Request& request, const Uploaded& file, const http::Fields& fields) {
  html::View view;
  auto imported = read_upload(file, fields);
  std::optional<Error> problem;
  if (!imported) problem = imported.error();
  if (imported) {
    auto report = preview_import(web.db, actor_of(request), file.event.id, *imported);
    if (report) {
      TRY_ASSIGN(auto tx, web.db.begin_read());
      TRY_ASSIGN(Programme draft, load_draft(tx, file.event, web.sign_in.base_url));
      draft.rooms = report->rooms;  // those that the file brings have names, too
      show_report(view, draft, *report);
    } else if (events::belongs_into_form(report.error())) {
      problem = report.error();
    } else {
      return std::unexpected(std::move(report).error());
    }
  }
  if (file.format == Format::csv) {
    TRY_ASSIGN(CsvHeader header, read_csv_header(file.bytes));
    show_mapping(view, request, file, header, mapping_in(fields, header));
  } else if (!problem) {
    Form form(request);
    form.hidden("name", file.name);
    view.show("CONFIRM").set_html(
        "CONFIRM_FORM", form.draw(organiser_path(file.event, "import/" + file.hash.hex), "Import into the draft", organiser_path(file.event, "import")));
  }
  if (problem) {
    auto& refused = view.add("REFUSED");
    refused.set("REFUSED_TEXT", problem->message).set("UPLOAD_HREF", organiser_path(file.event, "import"));
    if (!problem->message.contains(problem->where)) refused.add("REFUSED_PLACE").set("PLACE_TEXT", problem->where);
  }
  events::OrganiserPage page{.title = "What the import would do",
                             .here = "import",
                             .content = html::render("programme/organiser/import_preview.html", view, "en"),
                             .trail = {{organiser_path(file.event, "import"), "Import"}},
                             .lead = file.name,
                             .button = {},
                             .button_href = {}};
  if (problem) {
    page.title = "The file cannot be imported";
    return events::organiser_rejected(web, request, file.event, std::move(page));
  }
  return events::organiser_response(web, request, file.event, std::move(page));
}

Result<http::Response> show_upload(const Web& web, const http::Request& request, const Event& event, const Error* error) {
  Form form(request, error);
  form.file("file", "File", "schedule.json, schedule.xml (frab, pentabarf), schedule2 or CSV.");
  html::View view;
  view.set_html("UPLOAD_FORM", form.draw(organiser_path(event, "import"), "Look at it first"));
  events::OrganiserPage page{.title = "Import",
                             .here = "import",
                             .content = html::render("programme/organiser/import.html", view, "en"),
                             .trail = {},
                             .lead = {},
                             .button = {},
                             .button_href = {}};
  if (error != nullptr) return events::organiser_rejected(web, request, event, std::move(page));
  return events::organiser_response(web, request, event, std::move(page));
}

Result<Event> event_asked(const Web& web, const http::Request& request) {
  TRY_ASSIGN(auto tx, web.db.begin_read());
  return events::event_of_route(tx, request);
}

Error problem_with_file(std::string message) { return {ErrorCode::invalid, "The file was not taken.", {}, {}, {{"file", std::move(message)}}}; }

}  // namespace

Result<http::Response> organiser_import(const Web& web, http::Request& request) {
  TRY_ASSIGN(Event event, event_asked(web, request));
  return show_upload(web, request, event, nullptr);
}

Result<http::Response> organiser_import_upload(const Web& web, http::Request& request) {
  TRY_ASSIGN(Event event, event_asked(web, request));
  TRY(require(actor_of(request), Right::programme, events::scope_of(event)));  // before anything is stored
  auto upload = std::ranges::find(request.uploads, "file", &http::Upload::field);
  if (upload == request.uploads.end() || upload->size_bytes == 0) {
    const Error error = problem_with_file("Choose a file first.");
    return show_upload(web, request, event, &error);
  }
  TRY_ASSIGN(auto bytes, files::read_file(upload->path, upload->size_bytes));
  if (auto format = detect(upload->file_name, bytes); !format) {
    const Error error = problem_with_file(format.error().message);
    return show_upload(web, request, event, &error);
  }
  TRY_ASSIGN(auto hash, keep_import_file(web.data_dir, bytes));
  return http::Response::see_other(organiser_path(event, "import/" + hash.hex) + "?name=" + percent_encoded(upload->file_name));
}

Result<http::Response> organiser_import_preview(const Web& web, http::Request& request) {
  TRY_ASSIGN(Uploaded file, uploaded_of(web, request));
  return show_preview(web, request, file, request.query);
}

Result<http::Response> organiser_import_submit(const Web& web, http::Request& request) {
  TRY_ASSIGN(Uploaded file, uploaded_of(web, request));
  if (request.form.has("look")) return show_preview(web, request, file, request.form);
  auto imported = read_upload(file, request.form);
  if (!imported) {
    if (!events::belongs_into_form(imported.error())) return std::unexpected(std::move(imported).error());
    return show_preview(web, request, file, request.form);
  }
  auto report = import_programme(web.db, actor_of(request), file.event.id, *imported);
  if (!report) {
    if (!events::belongs_into_form(report.error())) return std::unexpected(std::move(report).error());
    return show_preview(web, request, file, request.form);
  }
  if (auto forgotten = forget_import_file(web.data_dir, file.hash); !forgotten)
    log(LogTopic::programme, LogLevel::warning, "an imported file cannot be removed", {{"detail", forgotten.error().detail}});
  return events::organiser_done(organiser_path(file.event, "slots"), "imported");
}

}  // namespace confer::programme
