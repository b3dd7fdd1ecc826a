// A message as the outbox holds it, and as it is sent.
#pragma once
#include <string>
#include <vector>

#include "mail/mail.h"

namespace confer::mail {

/// An attachment whose bytes are Base64 lines already.
struct EncodedAttachment {
  std::string name, content_type, base64;
};

struct Draft {
  std::string to, to_name, subject, text, language;
  std::vector<EncodedAttachment> attachments;
};

Draft draft_of(const Message& message);
/// Errors: invalid.
Result<std::string> compose(const Draft& draft, const Settings& settings, Instant date);

}  // namespace confer::mail
