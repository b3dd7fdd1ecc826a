// The encodings of mail: RFC 5322 headers, RFC 2047 words, RFC 2045 bodies, RFC 2231 parameters.
#pragma once
#include <string>
#include <string_view>

namespace confer::mail {

/// Lines of 76 characters ended by CRLF (RFC 2045 § 6.8).
std::string base64_lines(std::string_view bytes);
/// The bytes of such lines; what is no base64 is skipped.
std::string bytes_of_base64(std::string_view lines);
/// The text's lines, however they were ended, each at most 76 characters, ended by CRLF (RFC 2045 § 6.7).
std::string quoted_printable(std::string_view text);

/// "Name: text" with CRLF, folded; words that are not ASCII as RFC 2047 asks. `text` has no control characters.
std::string text_header(std::string_view name, std::string_view text);
/// `Name: "Ada Lovelace" <ada@example.org>` with CRLF, folded.
std::string address_header(std::string_view name, std::string_view display_name, std::string_view address);
/// `; filename="talk.ics"`, or `; filename*=UTF-8''…` (RFC 2231) for names that are not plain ASCII.
std::string parameter(std::string_view name, std::string_view value);

/// True when nothing in it ends a line or controls anything: no C0, no DEL, and not U+0085, U+2028, U+2029, which some software takes for line breaks.
bool is_one_line(std::string_view text);

}  // namespace confer::mail
