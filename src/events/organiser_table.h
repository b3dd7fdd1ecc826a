// A table of the organisers' pages, which becomes cards on a phone.
#pragma once
#include <string>
#include <string_view>
#include <vector>
#include "html/template.h"

namespace confer::events {

class Table {
 public:
  Table(std::string_view caption, std::vector<std::string> columns);
  /// What `draw` shows instead of a table without rows.
  Table& when_empty(std::string_view sentence);
  /// Starts a row; the cells follow in the columns' order, the first one heads the row.
  Table& row();
  Table& cell(std::string_view text);
  Table& number(std::int64_t value);
  Table& link(std::string_view text, std::string_view href);
  /// `kind`: "", "good", "warning", "error", "cancelled", "moved", "new".
  Table& badge(std::string_view text, std::string_view kind = {});
  /// A button that posts `field`=`value` to `action`.
  Table& button(std::string_view text, std::string_view action, std::string_view field, std::string_view value);
  /// A field of a list that is saved as a whole; `label` is what it is called for those who do not see the table.
  Table& input(std::string_view type, std::string_view name, std::string_view value, std::string_view label);
  Table& check(std::string_view name, bool on, std::string_view label);
  std::string draw() const;
  bool empty() const { return rows_ == 0; }

 private:
  html::View& next();
  std::vector<std::string> columns_;
  html::View view_;
  html::View* row_ = nullptr;
  std::size_t cells_ = 0, rows_ = 0;
};

}  // namespace confer::events
