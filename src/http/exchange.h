// One request that a handler answers, from its head to its answer: body, gate, handler, error page. No sockets here.
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include "http/answer.h"
#include "http/body.h"
#include "http/form.h"
#include "http/head.h"
#include "http/server.h"
#include "http/temporary_file.h"

namespace confer::http {

/// What the connection knows about its request.
struct Asked {
  std::string remote_address;
  bool secure = false;
};

/// The connection's thread makes it and reads the body; `admit`, `take`, `respond` and `abandon` run on a worker, one after the other.
class Exchange {
 public:
  /// The path is decoded here; `refused` says when it is not to be trusted.
  Exchange(const ServerOptions& options, const Application& app, const RequestHead& head, Asked asked);
  ~Exchange();
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;

  /// What the head alone forbids: bad path, body too large, not a form. Null when it may go on.
  const Refusal* refused() const { return refused_; }
  /// An answer without gate and handler: the server's own refusal shown on the app's error page.
  void respond_refused(const Refusal& why);

  /// CSRF, then the gate; once. False: `answer` says why not.
  bool admit();
  /// Takes a piece of the body. False: `answer` says what is wrong with it.
  bool take(std::string_view piece);
  /// Ends the body, runs the handler (or answers 404, 405, OPTIONS) and makes the answer.
  void respond();
  /// Whether the body's beginning is of use when its end does not come.
  bool keeps_what_came() const { return route != nullptr && route->sink != nullptr; }
  /// The connection broke: what a sink has taken is kept, temporary files are removed.
  void abandon();

  Request request;
  const Route* route = nullptr;
  BodyDecoder decoder;
  bool has_body = false, keep_alive = true, expects_continue = false;
  std::size_t max_body_bytes = 0;
  Answer answer;

 private:
  bool is_known_without_slash() const;
  bool answer_ready();
  bool is_api() const;
  bool accept_body();
  void end_body();
  bool reject(const Error& error, int status = 0);
  void remove_uploads();

  const ServerOptions& options_;
  const Application& app_;
  const Refusal* refused_ = nullptr;
  std::string method_name_;
  std::vector<Method> allowed_;
  bool admitted_ = false, body_accepted_ = false, body_ended_ = false, failed_ = false;
  std::string form_text_;
  std::unique_ptr<MultipartParser> multipart_;
  std::unique_ptr<BodySink> sink_;
  TemporaryFile file_;
};

}  // namespace confer::http
