// What may be uploaded to a talk, by the ending of its name: a rule without I/O.
#pragma once
#include <string>
#include <string_view>
#include "base/result.h"

namespace confer::talks {

struct FileType {
  std::string_view ending;        ///< "pdf"
  std::string_view content_type;  ///< that the file is sent with; never one that a browser runs
  std::string_view words;         ///< what people call it: "PDF"
  std::string_view begins_with;   ///< bytes that such a file begins with; empty: not looked at
  bool holds_slides = false;
};

/// The type of a stored file by its name; null for a name that was never accepted.
const FileType* find_file_type(std::string_view file_name);
/// Whether the file may be uploaded. `beginning` is its first bytes, 1 KiB or all there is.
/// Errors: invalid – an ending that is not taken (the sentence says what is), or a file that is not what its name says.
Result<const FileType*> require_file_type(std::string_view file_name, std::string_view beginning);
/// The endings as an <input accept> takes them: ".pdf,.odp".
std::string accepted_endings();
/// The last part of a path, tidied, without characters that file systems refuse, of 120 characters at most, its ending kept. "file" when nothing is left.
std::string tidy_file_name(std::string_view name);
/// "Why tides" of "Why_tides.pdf": what a file is called until somebody gives it a title.
std::string title_of_file_name(std::string_view name);

}  // namespace confer::talks
