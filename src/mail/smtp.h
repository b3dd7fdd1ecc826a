// One delivery by SMTP.
#pragma once
#include <string>

#include "mail/mail.h"

namespace confer::mail {

struct Delivery {
  enum class Outcome : unsigned char {
    sent,
    refused,  ///< for good: the server answered 5xx to the recipient or to the message
    later     ///< everything else: no connection, 4xx, sign-in refused, no TLS where it is required
  };
  Outcome outcome = Outcome::later;
  int code = 0;        ///< the server's last reply code; 0: there was none
  std::string answer;  ///< its last line, or why there was none. May name the recipient: for the outbox, not for the log
};

/// Takes at most two minutes. Calls nothing of the database.
Delivery deliver(const Settings& settings, const std::string& to, const std::string& message);

}  // namespace confer::mail
