// Multipart forms, taken in pieces: fields into memory, files to disk.
#include <unistd.h>
#include <algorithm>
#include "base/text.h"
#include "http/characters.h"
#include "http/form.h"
#include "http/temporary_file.h"

namespace confer::http {

namespace {

constexpr std::size_t longest_part_head = 8 << 10;

Error broken() { return {ErrorCode::invalid, "The form could not be read: its parts are malformed or it was cut off. Please send it again."}; }

/// What a part's headers say. Browsers write names in UTF-8 with '"', CR and LF percent-encoded (HTML § multipart/form-data).
struct PartHead {
  std::string name, file_name, content_type;
  bool is_file = false;
};

/// One parameter of Content-Disposition. `quoted` values end at the next '"'; browsers escape inside by percent, old ones by backslash.
bool take_parameter(std::string_view& rest, std::string_view& name, std::string& value) {
  rest = trim_blanks(rest);
  if (!rest.starts_with(';')) return false;
  rest = trim_blanks(rest.substr(1));
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos) return false;
  name = trim_blanks(rest.substr(0, equals));
  rest.remove_prefix(equals + 1);
  value.clear();
  if (!rest.starts_with('"')) {
    const std::size_t end = std::min(rest.find(';'), rest.size());
    value = trim_blanks(rest.substr(0, end));
    rest.remove_prefix(end);
    return is_token(name) && !value.empty();
  }
  for (std::size_t i = 1; i < rest.size(); ++i) {
    if (rest[i] == '"') {
      rest.remove_prefix(i + 1);
      return is_token(name);
    }
    if (rest[i] == '\\' && i + 1 < rest.size() && (rest[i + 1] == '"' || rest[i + 1] == '\\')) ++i;
    value += rest[i];
  }
  return false;
}

std::string unescaped(std::string text) {
  text = replace_all(std::move(text), "%22", "\"");
  text = replace_all(std::move(text), "%0D", "\r");
  return replace_all(std::move(text), "%0A", "\n");
}

Result<PartHead> parse_part_head(std::string_view text) {
  PartHead head;
  bool has_name = false;
  while (!text.empty()) {
    const std::size_t end = text.find("\r\n");
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)) || !is_header_value(line)) return fail(broken());
    const std::string_view value = trim_blanks(line.substr(colon + 1));
    if (same_name(line.substr(0, colon), "Content-Type")) head.content_type = value;
    if (same_name(line.substr(0, colon), "Content-Transfer-Encoding") && !same_name(value, "binary") && !same_name(value, "8bit") && !same_name(value, "7bit"))
      return fail(broken());
    if (!same_name(line.substr(0, colon), "Content-Disposition")) continue;
    std::string_view rest = value;
    if (has_name || !same_name(rest.substr(0, 9), "form-data")) return fail(broken());
    rest.remove_prefix(9);
    std::string_view name;
    std::string parameter;
    while (!trim_blanks(rest).empty()) {
      if (!take_parameter(rest, name, parameter)) return fail(broken());
      if (same_name(name, "name")) {
        if (has_name) return fail(broken());
        has_name = true;
        head.name = unescaped(std::move(parameter));
      } else if (same_name(name, "filename")) {
        head.is_file = true;
        head.file_name = unescaped(std::move(parameter));
      }
    }
  }
  if (!has_name) return fail(broken());
  TRY(check_text(head.name, "field name", longest_field_name));
  if (head.is_file) TRY(check_text(head.file_name, "file name", longest_field_name * 4));
  return head;
}

}  // namespace

struct MultipartParser::Impl {
  enum class Part : unsigned char { preamble, after_boundary, head, field, file, end };
  std::string delimiter;  ///< CRLF "--" boundary
  std::string folder;
  Part part = Part::preamble;
  std::string waiting;  ///< bytes not yet understood, less than a delimiter or a part's head
  PartHead head;
  std::string value;
  TemporaryFile file;
  Fields fields;
  std::vector<Upload> uploads;

  Result<void> begin_part() {
    value.clear();
    if (fields.all().size() + uploads.size() >= most_form_fields) return fail(ErrorCode::invalid, "The form has too many fields (at most 2,000 are taken).");
    if (!head.is_file) {
      part = Part::field;
      return {};
    }
    part = Part::file;
    if (uploads.size() >= most_form_files) return fail(ErrorCode::invalid, "The form has too many files (at most 20 are taken at once).");
    TRY_ASSIGN(file, TemporaryFile::create(folder));
    uploads.push_back({.field = head.name, .file_name = head.file_name, .content_type = head.content_type, .path = file.path(), .size_bytes = 0});
    return {};
  }

  Result<void> take_content(std::string_view bytes) {
    if (part == Part::file) {
      TRY(file.write(bytes));
      uploads.back().size_bytes += bytes.size();
    } else if (part == Part::field) {
      if (value.size() + bytes.size() > longest_field_value)
        return fail(ErrorCode::invalid, "The field “" + head.name + "” is too long (at most 1 MiB is taken).");
      value.append(bytes);
    }
    return {};
  }

  Result<void> end_part() {
    if (part == Part::file) {
      file.close();
      if (head.file_name.empty() && uploads.back().size_bytes == 0) {  // a file input where nothing was chosen
        unlink(uploads.back().path.c_str());
        uploads.pop_back();
      }
    } else if (part == Part::field) {
      TRY(check_text(value, head.name, longest_field_value));
      fields.add(std::move(head.name), std::move(value));
    }
    part = Part::after_boundary;
    return {};
  }

  /// Takes one step; false when more bytes are needed.
  Result<bool> step(std::string_view& in) {
    switch (part) {
      case Part::preamble:
      case Part::field:
      case Part::file: {
        const std::size_t found = in.find(delimiter);
        if (found != std::string_view::npos) {
          TRY(take_content(in.substr(0, found)));
          in.remove_prefix(found + delimiter.size());
          TRY(end_part());
          return true;
        }
        const std::size_t safe = in.size() >= delimiter.size() ? in.size() - delimiter.size() + 1 : 0;  // the rest may begin a delimiter
        TRY(take_content(in.substr(0, safe)));
        in.remove_prefix(safe);
        return false;
      }
      case Part::after_boundary:
        if (in.size() < 2) return false;
        if (in.starts_with("--")) {
          part = Part::end;
        } else {
          if (!in.starts_with("\r\n")) return fail(broken());
          part = Part::head;
        }
        in.remove_prefix(2);
        return true;
      case Part::head: {
        const std::size_t end = in.find("\r\n\r\n");
        if (end == std::string_view::npos && in.size() < longest_part_head + 4) return false;
        if (end == std::string_view::npos || end > longest_part_head) return fail(broken());
        TRY_ASSIGN(head, parse_part_head(in.substr(0, end)));
        in.remove_prefix(end + 4);
        TRY(begin_part());
        return true;
      }
      case Part::end:
        in = {};
        return false;
    }
    return false;
  }
};

MultipartParser::MultipartParser(std::string boundary, std::string folder) : impl_(std::make_unique<Impl>()) {
  impl_->delimiter = "\r\n--" + boundary;
  impl_->folder = std::move(folder);
  impl_->waiting = "\r\n";  // the first delimiter has no line before it
}

MultipartParser::~MultipartParser() = default;

Result<void> MultipartParser::write(std::string_view piece) {
  impl_->waiting.append(piece);
  std::string_view in = impl_->waiting;
  while (true) {
    TRY_ASSIGN(const bool more, impl_->step(in));
    if (!more) break;
  }
  impl_->waiting.erase(0, impl_->waiting.size() - in.size());
  return {};
}

Result<void> MultipartParser::end() {
  if (impl_->part != Impl::Part::end) return fail(broken());
  return {};
}

Fields& MultipartParser::fields() { return impl_->fields; }
std::vector<Upload>& MultipartParser::uploads() { return impl_->uploads; }

}  // namespace confer::http
