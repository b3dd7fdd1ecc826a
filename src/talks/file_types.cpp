// The table of what may be uploaded to a talk (file_types.h).
#include "talks/file_types.h"
#include <algorithm>
#include <array>
#include "base/text.h"

namespace confer::talks {
namespace {

constexpr std::size_t longest_name = 120;
constexpr std::string_view zipped{"PK\x03\x04"};
constexpr std::string_view ole{"\xd0\xcf\x11\xe0"};  // Microsoft's compound files, before 2007

/// Not here on purpose: HTML, SVG, scripts and programs. Who wants to give a web page away puts it into a .zip.
constexpr std::array<FileType, 27> types{{
    {"pdf", "application/pdf", "PDF", "%PDF-", true},
    {"odp", "application/vnd.oasis.opendocument.presentation", "OpenDocument slides", zipped, true},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint", zipped, true},
    {"ppt", "application/vnd.ms-powerpoint", "PowerPoint", ole, true},
    {"key", "application/vnd.apple.keynote", "Keynote", zipped, true},
    {"odt", "application/vnd.oasis.opendocument.text", "OpenDocument text", zipped, false},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet", "OpenDocument table", zipped, false},
    {"odg", "application/vnd.oasis.opendocument.graphics", "OpenDocument drawing", zipped, false},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word", zipped, false},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel", zipped, false},
    {"epub", "application/epub+zip", "EPUB", zipped, false},
    {"txt", "text/plain; charset=utf-8", "text", {}, false},
    {"md", "text/plain; charset=utf-8", "Markdown", {}, false},
    {"csv", "text/csv; charset=utf-8", "CSV", {}, false},
    {"json", "application/json", "JSON", {}, false},
    {"ipynb", "application/json", "notebook", {}, false},
    {"png", "image/png", "PNG", "\x89PNG", false},
    {"jpg", "image/jpeg", "JPEG", "\xff\xd8\xff", false},
    {"jpeg", "image/jpeg", "JPEG", "\xff\xd8\xff", false},
    {"webp", "image/webp", "WebP", "RIFF", false},
    {"gif", "image/gif", "GIF", "GIF8", false},
    {"zip", "application/zip", "ZIP", "PK", false},
    {"gz", "application/gzip", "gzip", "\x1f\x8b", false},
    {"tgz", "application/gzip", "gzip", "\x1f\x8b", false},
    {"xz", "application/x-xz", "xz",
     "\xfd"
     "7zXZ",
     false},
    {"mp3", "audio/mpeg", "MP3", {}, false},
    {"mp4", "video/mp4", "MP4", {}, false},
}};

std::string ending_of(std::string_view file_name) {
  const auto dot = file_name.rfind('.');
  return dot == std::string_view::npos ? std::string() : ascii_lower(file_name.substr(dot + 1));
}

/// PDF readers look for "%PDF-" in the first KiB (ISO 32000-1, annex H.3, note 13); the others begin with it.
bool is_what_it_says(const FileType& type, std::string_view beginning) {
  if (type.begins_with.empty()) return true;
  return type.ending == "pdf" ? beginning.contains(type.begins_with) : beginning.starts_with(type.begins_with);
}

}  // namespace

const FileType* find_file_type(std::string_view file_name) {
  const auto found = std::ranges::find(types, ending_of(file_name), &FileType::ending);
  return found == types.end() ? nullptr : &*found;
}

Result<const FileType*> require_file_type(std::string_view file_name, std::string_view beginning) {
  const FileType* type = find_file_type(file_name);
  if (type == nullptr)
    return fail(ErrorCode::invalid, "“" + tidy_file_name(file_name) +
                                        "” is of a kind that is not taken. Slides come as PDF, ODP, PPTX or Keynote; documents, pictures, text, tables and "
                                        "notebooks are taken too. Put anything else, such as web pages or code, into a .zip.");
  if (beginning.empty()) return fail(ErrorCode::invalid, "“" + tidy_file_name(file_name) + "” is empty.");
  if (!is_what_it_says(*type, beginning))
    return fail(ErrorCode::invalid, "“" + tidy_file_name(file_name) + "” is named as " + std::string(type->words) +
                                        ", but what is in it is something else. Save it as " + std::string(type->words) +
                                        " again, or give it the ending that fits.");
  return type;
}

std::string accepted_endings() {
  std::string all;
  for (const auto& type : types) all.append(all.empty() ? "." : ",.").append(type.ending);
  return all;
}

std::string tidy_file_name(std::string_view name) {
  name = name.substr(name.find_last_of("/\\") + 1);
  std::string tidy = tidy_line(name);
  for (char& c : tidy)
    if (std::string_view("\"<>:|?*%#;").contains(c)) c = '_';
  while (tidy.starts_with('.')) tidy.erase(0, 1);
  if (const auto dot = tidy.rfind('.'); tidy.size() > longest_name) {
    const std::string ending = dot != std::string::npos && tidy.size() - dot <= 8 ? tidy.substr(dot) : std::string();
    tidy = ellipsis(tidy.substr(0, tidy.size() - ending.size()), longest_name / 2) + ending;
  }
  return tidy.empty() ? "file" : tidy;
}

std::string title_of_file_name(std::string_view name) {
  std::string title = tidy_file_name(name);
  if (const auto dot = title.rfind('.'); dot != std::string::npos && dot > 0) title.erase(dot);
  std::ranges::replace(title, '_', ' ');
  title = tidy_line(title);
  return title.empty() ? "File" : title;
}

}  // namespace confer::talks
