// A table of the organisers' pages (organiser_table.h).
#include "events/organiser_table.h"

namespace confer::events {

Table::Table(std::string_view caption, std::vector<std::string> columns) : columns_(std::move(columns)) {
  view_.set("CAPTION", caption);
  for (const auto& column : columns_) view_.add("COLUMN").set("COLUMN_TEXT", column);
}

Table& Table::when_empty(std::string_view sentence) {
  view_.set("EMPTY_TEXT", sentence);
  return *this;
}

Table& Table::row() {
  row_ = &view_.add("ROW");
  cells_ = 0;
  ++rows_;
  return *this;
}

html::View& Table::next() {
  auto& cell = row_->add(cells_ == 0 ? "HEAD_CELL" : "CELL");
  cell.set("LABEL", cells_ < columns_.size() ? columns_[cells_] : "");
  ++cells_;
  return cell;
}

Table& Table::cell(std::string_view text) {
  auto& cell = next();
  cell.add("PLAIN").set("TEXT", text);
  if (text.empty()) cell.set("CELL_CLASS", "is-empty");
  return *this;
}

Table& Table::number(std::int64_t value) { return cell(std::to_string(value)); }

Table& Table::link(std::string_view text, std::string_view href) {
  next().add("LINKED").set("TEXT", text).set("HREF", href);
  return *this;
}

Table& Table::badge(std::string_view text, std::string_view kind) {
  next().add("BADGE").set("TEXT", text).set("BADGE_CLASS", kind.empty() ? "" : "badge-" + std::string(kind));
  return *this;
}

Table& Table::button(std::string_view text, std::string_view action, std::string_view field, std::string_view value) {
  next().add("BUTTON").set("TEXT", text).set("ACTION", action).set("FIELD_NAME", field).set("FIELD_VALUE", value);
  return *this;
}

Table& Table::input(std::string_view type, std::string_view name, std::string_view value, std::string_view label) {
  next().add("INPUT").set("TYPE", type).set("NAME", name).set("VALUE", value).set("FIELD_LABEL", label);
  return *this;
}

Table& Table::check(std::string_view name, bool on, std::string_view label) {
  next().add("CHECK").set("NAME", name).set("FIELD_LABEL", label).show_if(on, "CHOSEN");
  return *this;
}

std::string Table::draw() const { return html::render(rows_ == 0 ? "events/organiser/empty.html" : "events/organiser/table.html", view_, "en"); }

}  // namespace confer::events
