// Forms as browsers send them: urlencoded and multipart, parsed strictly.
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include "http/message.h"

namespace confer::http {

inline constexpr std::size_t most_form_fields = 2000;        ///< a bulk-edit page of 500 talks has four fields each
inline constexpr std::size_t longest_field_name = 256;       ///< bytes
inline constexpr std::size_t longest_field_value = 1 << 20;  ///< bytes
inline constexpr std::size_t most_form_files = 20;

/// `percent-encoded` decoded strictly ('+' is a blank when `plus_is_blank`). Nothing when an escape is malformed.
std::optional<std::string> percent_decoded(std::string_view text, bool plus_is_blank);

/// A query or an application/x-www-form-urlencoded body. Errors: invalid – malformed escapes, not UTF-8, U+0000, too many or too long fields.
Result<Fields> parse_urlencoded(std::string_view text);

/// The boundary of a multipart/form-data content type; nothing for another type or a malformed one.
std::optional<std::string> multipart_boundary(std::string_view content_type);

/// Takes a multipart/form-data body (RFC 7578) in pieces of any size: fields into memory, files to disk.
class MultipartParser {
 public:
  /// Files are made in `folder`; the caller removes those in `uploads()`.
  MultipartParser(std::string boundary, std::string folder);
  ~MultipartParser();
  /// Errors: invalid – grammar, limits above, not UTF-8; unavailable – the disk is full.
  Result<void> write(std::string_view piece);
  /// Errors: invalid – the body was cut off.
  Result<void> end();
  Fields& fields();
  std::vector<Upload>& uploads();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace confer::http
