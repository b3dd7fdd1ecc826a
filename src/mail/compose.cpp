// Writes a message as RFC 5322 and MIME want it.
#include "mail/compose.h"

#include <algorithm>

#include "base/random.h"
#include "base/text.h"
#include "mail/mime.h"

namespace confer::mail {
namespace {

Result<void> check_line(std::string_view text, std::string_view what) {
  if (!is_valid_utf8(text) || !is_one_line(text)) {
    return fail(ErrorCode::invalid, "The " + std::string(what) + " of a mail must be one line of text without control characters.");
  }
  return {};
}

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || std::string_view("!#$&^_.+-").contains(c);
  });
}

/// type/subtype and parameters that need no quotes: "text/calendar; charset=utf-8; method=PUBLISH".
bool is_content_type(std::string_view text) {
  const auto parts = split(text, ';');
  const auto slash = parts[0].find('/');
  if (slash == std::string_view::npos || !is_token(parts[0].substr(0, slash)) || !is_token(parts[0].substr(slash + 1))) return false;
  return std::all_of(parts.begin() + 1, parts.end(), [](std::string_view part) {
    while (part.starts_with(' ')) part.remove_prefix(1);
    const auto equals = part.find('=');
    return equals != std::string_view::npos && is_token(part.substr(0, equals)) && is_token(part.substr(equals + 1));
  });
}

Result<void> check(const Draft& draft, const Settings& settings) {
  if (!Email::parse(draft.to)) return fail(ErrorCode::invalid, "A mail needs the address of its recipient.");
  if (!Email::parse(settings.from)) return fail(ErrorCode::invalid, "The sender's address in the settings is not an e-mail address.");
  TRY(check_line(draft.to_name, "recipient's name"));
  TRY(check_line(settings.from_name, "sender's name"));
  TRY(check_line(draft.subject, "subject"));
  if (!is_language_tag(draft.language)) return fail(ErrorCode::invalid, "The language of a mail is a tag such as \"en\" or \"pt-BR\".");
  TRY(check_text(draft.text, "text", std::size_t{1} << 20U));
  for (const EncodedAttachment& attachment : draft.attachments) {
    TRY(check_line(attachment.name, "attachment's name"));
    if (!is_content_type(attachment.content_type))
      return fail(ErrorCode::invalid, "The content type of an attachment must look like \"text/calendar; charset=utf-8\".");
  }
  return {};
}

}  // namespace

Draft draft_of(const Message& message) {
  Draft draft{message.to.address(), message.to_name, message.subject, message.text, message.language, {}};
  for (const Attachment& attachment : message.attachments)
    draft.attachments.push_back({attachment.name, attachment.content_type, base64_lines(attachment.bytes)});
  return draft;
}

Result<std::string> compose(const Draft& draft, const Settings& settings, Instant date) {
  TRY(check(draft, settings));
  // Made from the content, so that the second copy of a message that was delivered twice can be told from a second message.
  std::string content = draft.to + '\n' + draft.subject + '\n' + std::to_string(to_ms(date)) + '\n' + draft.text;
  for (const EncodedAttachment& attachment : draft.attachments) content += attachment.base64;
  const std::string fingerprint = content_hash(content);

  std::string day = http_date(date);
  day.replace(day.size() - 3, 3, "+0000");  // RFC 5322 § 4.3: "GMT" is obsolete in mail
  std::string out = "Date: " + day + "\r\n";
  out += address_header("From", settings.from_name, settings.from);
  out += address_header("To", draft.to_name, draft.to);
  out += text_header("Subject", draft.subject);
  out += "Message-ID: <" + fingerprint + settings.from.substr(settings.from.rfind('@')) + ">\r\n";
  // RFC 3834: tells out-of-office programs not to answer.
  out += "Auto-Submitted: auto-generated\r\nContent-Language: " + draft.language + "\r\nMIME-Version: 1.0\r\n";

  const std::string text = "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" + quoted_printable(draft.text);
  if (draft.attachments.empty()) return out + text;

  // "=_" appears neither in quoted-printable nor in Base64: the boundary cannot occur in a part.
  const std::string boundary = "=_confer_" + fingerprint;
  out += "Content-Type: multipart/mixed;\r\n boundary=\"" + boundary + "\"\r\n\r\n--" + boundary + "\r\n" + text;
  for (const EncodedAttachment& attachment : draft.attachments) {
    out += "\r\n--" + boundary + "\r\nContent-Type: " + attachment.content_type + "\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: attachment" +
           parameter("filename", attachment.name) + "\r\n\r\n" + attachment.base64;
  }
  return out + "\r\n--" + boundary + "--\r\n";
}

Result<std::string> compose(const Message& message, const Settings& settings, Instant date) { return compose(draft_of(message), settings, date); }

}  // namespace confer::mail
