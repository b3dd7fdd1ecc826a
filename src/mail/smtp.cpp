// SMTP by libcurl.
#include "mail/smtp.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <memory>
#include <utility>

#include "base/text.h"

namespace confer::mail {
namespace {

constexpr long connect_timeout_s = 20, total_timeout_s = 120;
constexpr std::size_t longest_answer = 500;

/// What was said: our last command's first word and the server's last reply.
struct Dialogue {
  std::string verb, reply;
  bool over = false;
};

void note_command(Dialogue& dialogue, std::string_view command) {
  std::string verb = ascii_lower(command.substr(0, command.find_first_of(" \r\n")));
  // QUIT and its answer are leave-taking, and say nothing about the message.
  dialogue.over = verb == "quit";
  if (!dialogue.over) dialogue.verb = std::move(verb);
}

int listen_in(CURL*, curl_infotype type, char* data, std::size_t size, void* user) {
  auto& dialogue = *static_cast<Dialogue*>(user);
  if (dialogue.over) return 0;
  const std::string_view text(data, size);
  if (type == CURLINFO_HEADER_OUT) note_command(dialogue, text);
  if (type == CURLINFO_HEADER_IN) dialogue.reply = trim(text).substr(0, longest_answer);
  return 0;
}

std::size_t read_message(char* buffer, std::size_t size, std::size_t count, void* user) {
  auto& rest = *static_cast<std::string_view*>(user);
  const std::size_t take = std::min(size * count, rest.size());
  std::memcpy(buffer, rest.data(), take);
  rest.remove_prefix(take);
  return take;
}

int code_of(std::string_view reply) {
  int code = 0;
  if (reply.size() >= 3) std::from_chars(reply.data(), reply.data() + 3, code);
  return code;
}

struct CurlEnds {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

}  // namespace

Delivery deliver(const Settings& settings, const std::string& to, const std::string& message) {
  static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
  const std::unique_ptr<CURL, CurlEnds> curl(ready == CURLE_OK ? curl_easy_init() : nullptr);
  const std::unique_ptr<curl_slist, CurlEnds> recipients(curl_slist_append(nullptr, to.c_str()));
  if (!curl || !recipients) return {Delivery::Outcome::later, 0, "libcurl could not be started"};

  Dialogue dialogue;
  std::string_view rest = message;
  std::array<char, CURL_ERROR_SIZE> why{};
  CURL* c = curl.get();
  curl_easy_setopt(c, CURLOPT_URL, settings.smtp_url.c_str());
  curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  curl_easy_setopt(c, CURLOPT_PROXY, "");  // mail goes where the settings say, whatever the environment says about the web
  curl_easy_setopt(c, CURLOPT_USE_SSL, static_cast<long>(settings.require_tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  if (!settings.user.empty()) {
    curl_easy_setopt(c, CURLOPT_USERNAME, settings.user.c_str());
    curl_easy_setopt(c, CURLOPT_PASSWORD, settings.password.reveal().c_str());
  }
  curl_easy_setopt(c, CURLOPT_MAIL_FROM, settings.from.c_str());
  curl_easy_setopt(c, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(c, CURLOPT_READFUNCTION, read_message);
  curl_easy_setopt(c, CURLOPT_READDATA, &rest);
  curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);  // for `listen_in`; nothing is printed
  curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, listen_in);
  curl_easy_setopt(c, CURLOPT_DEBUGDATA, &dialogue);
  curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, connect_timeout_s);
  curl_easy_setopt(c, CURLOPT_TIMEOUT, total_timeout_s);
  curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why.data());

  const CURLcode done = curl_easy_perform(c);
  // The dialogue ends with `c`, which is closed first: from here on nothing listens in.
  const Dialogue heard = dialogue;
  Delivery delivery;
  delivery.code = code_of(heard.reply);
  delivery.answer = repair_utf8(heard.reply);
  if (done == CURLE_OK) {
    delivery.outcome = Delivery::Outcome::sent;
    return delivery;
  }
  // A 5xx to anything else (greeting, sign-in, sender) is about us and our settings, not about this recipient: somebody will put it right.
  const bool about_the_mail = heard.verb == "rcpt" || heard.verb == "data";
  const bool network = done == CURLE_OPERATION_TIMEDOUT || done == CURLE_COULDNT_CONNECT || done == CURLE_COULDNT_RESOLVE_HOST;
  delivery.outcome = about_the_mail && !network && delivery.code >= 500 && delivery.code <= 599 ? Delivery::Outcome::refused : Delivery::Outcome::later;
  if (delivery.code < 400) {
    delivery.code = 0;
    delivery.answer = why[0] != '\0' ? why.data() : curl_easy_strerror(done);
  }
  return delivery;
}

}  // namespace confer::mail
