// One request that a handler answers, from its head to its answer.
#include "http/exchange.h"
#include <unistd.h>
#include <algorithm>
#include <exception>
#include <filesystem>
#include <limits>
#include "base/log.h"
#include "base/text.h"
#include "http/characters.h"
#include "http/csrf.h"

namespace confer::http {

namespace {

constexpr std::size_t largest_ignored_body = 64 << 10;  ///< of a request whose route takes none

bool is_urlencoded(std::string_view content_type) {
  return same_name(trim_blanks(content_type.substr(0, content_type.find(';'))), "application/x-www-form-urlencoded");
}

std::string folder_of(const ServerOptions& options) {
  std::error_code ignored;
  return options.upload_dir.empty() ? std::filesystem::temp_directory_path(ignored).string() : options.upload_dir;
}

/// Server refusals have no code of their own: the nearest one lets the app choose its page; the status is set afterwards.
ErrorCode nearest_code(int status) {
  switch (status) {
    case 404:
    case 405:
      return ErrorCode::not_found;
    case 429:
    case 503:
      return ErrorCode::unavailable;
    default:
      return ErrorCode::invalid;
  }
}

}  // namespace

Exchange::Exchange(const ServerOptions& options, const Application& app, const RequestHead& head, Asked asked)
    : decoder(head),
      has_body(head.has_body()),
      keep_alive(head.keep_alive),
      expects_continue(head.expects_continue && head.has_body()),
      options_(options),
      app_(app) {
  method_name_ = head.method;
  request.target = head.target;
  request.remote_address = std::move(asked.remote_address);
  request.secure = asked.secure;
  request.host = head.host;
  request.received = Clock::system().now();
  request.headers.reserve(head.header_count);
  for (std::size_t i = 0; i < head.header_count; ++i) request.headers.emplace_back(head.headers[i].first, head.headers[i].second);
  request.content_type = request.header("Content-Type");
  const std::optional<Method> method = method_of(head.method);
  if (method) request.method = *method;
  std::optional<std::string> path = decode_path(head.path);
  if (!path && head.path != "*") {
    refused_ = &refusal::bad_request;
    return;
  }
  if (path) request.path = std::move(*path);
  if (Result<Fields> query = parse_urlencoded(head.query)) {
    request.query = std::move(*query);
  } else {
    refused_ = &refusal::bad_request;
    return;
  }
  if (app_.router != nullptr) {
    if (method) {
      Router::Match match = app_.router->match(*method, request.path);
      route = match.route;
      request.route = std::move(match.values);
      allowed_ = std::move(match.allowed);
    } else {  // OPTIONS and what we do not know: what would be allowed here
      for (const Method one : {Method::get, Method::head, Method::post, Method::put, Method::patch, Method::remove})
        if (app_.router->match(one, request.path).route != nullptr) allowed_.push_back(one);
    }
  }
  const bool takes_body = route != nullptr && route->body != BodyKind::none;
  max_body_bytes = takes_body ? route->max_body_bytes : largest_ignored_body;
  if (head.content_length.value_or(0) > max_body_bytes) refused_ = &refusal::too_large;
  if (takes_body && has_body && route->body == BodyKind::form && !is_urlencoded(request.content_type) && !multipart_boundary(request.content_type))
    refused_ = &refusal::wrong_type;
}

Exchange::~Exchange() { remove_uploads(); }

void Exchange::remove_uploads() {
  for (const Upload& upload : request.uploads) unlink(upload.path.c_str());  // a handler that kept the file has renamed it
  request.uploads.clear();
  if (multipart_) {
    for (const Upload& upload : multipart_->uploads()) unlink(upload.path.c_str());
    multipart_.reset();
  }
  if (!file_.path().empty()) unlink(file_.path().c_str());
  file_ = {};
}

void Exchange::respond_refused(const Refusal& why) {
  failed_ = true;
  std::string allow;
  if (why.status == 405) {
    for (const Method method : allowed_) allow.append(name_of(method)).append(", ");
    allow += "OPTIONS";
  }
  Response response;
  if (app_.error_page) {
    try {
      response = app_.error_page(request, Error{nearest_code(why.status), std::string(why.sentence), {}, {}, {}});
    } catch (const std::exception& thrown) {
      log(LogTopic::http, LogLevel::error, "error page threw", {{"detail", thrown.what()}});
      response = Response::text(std::string(why.sentence) + "\n");
    }
  } else {
    response = Response::text(std::string(why.sentence) + "\n");
  }
  response.status_ = why.status;
  if (!allow.empty()) response.headers_.emplace_back("Allow", allow);
  answer = finish(std::move(response), request, app_.common_headers);
}

/// Answers with the app's page for `error`, logs what a person should see, and returns false.
bool Exchange::reject(const Error& error, int status) {
  failed_ = true;
  const std::string_view pattern = route != nullptr ? std::string_view(route->pattern) : std::string_view("none");
  if (error.code == ErrorCode::internal || error.code == ErrorCode::unavailable)
    log(LogTopic::http, error.code == ErrorCode::internal ? LogLevel::error : LogLevel::warning, "request failed",
        {{"method", method_name_},
         {"route", pattern},
         {"code", name_of(error.code)},
         {"message", error.message},
         {"detail", error.detail},
         {"where", error.where}});
  Response response = Response::of_error(error, "text/plain; charset=utf-8", error.message + "\n");
  if (app_.error_page) {
    try {
      response = app_.error_page(request, error);
    } catch (const std::exception& thrown) {
      log(LogTopic::http, LogLevel::error, "error page threw", {{"route", pattern}, {"detail", thrown.what()}});
    }
  }
  if (status != 0) response.status_ = status;
  answer = finish(std::move(response), request, app_.common_headers);
  return false;
}

/// Whether what would be read here belongs to the API.
bool Exchange::is_api() const {
  if (app_.router == nullptr) return false;
  const Route* read = app_.router->match(Method::get, request.path).route;
  return read != nullptr && read->rate == RateClass::api;
}

bool Exchange::admit() {
  if (admitted_ || route == nullptr) return true;
  admitted_ = true;
  if (route->csrf == Csrf::origin && request.method != Method::get && request.method != Method::head && !comes_from_own_page(request))
    return reject({ErrorCode::forbidden,
                   "This form was not sent from this site. Please open the page again and send it from there.",
                   {},
                   "checking where a form came from",
                   {}});
  if (!app_.gate) return true;
  try {
    if (Result<void> passed = app_.gate(request, *route); !passed) return reject(passed.error());
  } catch (const std::exception& thrown) {
    return reject({ErrorCode::internal, "Something went wrong here. It has been noted.", thrown.what(), "asking who may", {}});
  }
  return true;
}

bool Exchange::accept_body() {
  body_accepted_ = true;
  if (route == nullptr) return true;
  if (route->body == BodyKind::form) {
    if (std::optional<std::string> boundary = multipart_boundary(request.content_type))
      multipart_ = std::make_unique<MultipartParser>(std::move(*boundary), folder_of(options_));
  } else if (route->body == BodyKind::streamed && route->sink) {
    Result<std::unique_ptr<BodySink>> sink = fail(ErrorCode::internal, "Something went wrong here. It has been noted.");
    try {
      sink = route->sink(request);
    } catch (const std::exception& thrown) {
      sink.error().detail = thrown.what();
    }
    if (!sink) return reject(sink.error());
    sink_ = std::move(*sink);
  } else if (route->body == BodyKind::streamed) {
    Result<TemporaryFile> file = TemporaryFile::create(folder_of(options_));
    if (!file) return reject(file.error());
    file_ = std::move(*file);
    request.uploads.push_back({.field = {}, .file_name = {}, .content_type = request.content_type, .path = file_.path(), .size_bytes = 0});
  }
  return true;
}

bool Exchange::take(std::string_view piece) {
  if (failed_) return false;
  if (!body_accepted_ && !accept_body()) return false;
  if (route == nullptr || route->body == BodyKind::none) return true;
  Result<void> taken;
  if (multipart_) {
    taken = multipart_->write(piece);
  } else if (sink_) {
    taken = sink_->write(piece);
  } else if (file_.is_open()) {
    taken = file_.write(piece);
    request.uploads.back().size_bytes += piece.size();
  } else if (route->body == BodyKind::form) {
    form_text_.append(piece);
  } else {
    request.body.append(piece);
  }
  return taken ? true : reject(taken.error());
}

void Exchange::end_body() {
  if (body_ended_ || route == nullptr || failed_) return;
  body_ended_ = true;
  if (route->body == BodyKind::streamed && !body_accepted_ && !accept_body()) return;  // an empty body is one, too
  Result<void> ended;
  if (multipart_) {
    ended = multipart_->end();
    if (ended) {
      request.form = std::move(multipart_->fields());
      request.uploads = std::move(multipart_->uploads());
      multipart_->uploads().clear();
    }
  } else if (sink_) {
    ended = sink_->end(true);
    sink_.reset();
  } else if (file_.is_open()) {
    file_ = {};
  } else if (route->body == BodyKind::form) {
    if (Result<Fields> form = parse_urlencoded(form_text_))
      request.form = std::move(*form);
    else
      ended = fail(form.error());
  }
  if (!ended) reject(ended.error());
}

/// "/pycon-2027/": the page without the slash is there, ready or by a route.
bool Exchange::is_known_without_slash() const {
  if (request.path.size() < 2 || !request.path.ends_with('/') || request.method != Method::get) return false;
  const auto path = std::string_view(request.path).substr(0, request.path.size() - 1);
  if (app_.ready && app_.ready(path, {}, request.header("accept-language"), request.header("cookie"))) return true;
  return app_.router != nullptr && app_.router->match(Method::get, path).route != nullptr;
}

/// What is ready was not looked for when the request had a body, which had to be read first and means nothing here (RFC 9110 § 9.3.1).
bool Exchange::answer_ready() {
  if (!has_body || !app_.ready || (method_name_ != "GET" && method_name_ != "HEAD")) return false;
  const std::string_view target = request.target;
  const std::string_view query = target.substr(std::min(target.find('?'), target.size() - 1) + 1);
  auto ready = app_.ready(request.path, query, request.header("accept-language"), request.header("cookie"));
  if (!ready) return false;
  answer = finish(Response::ready(std::move(ready)), request, app_.common_headers);
  return true;
}

void Exchange::respond() {
  if (failed_) return;
  if (answer_ready()) return;
  if (route == nullptr) {
    if (method_name_ == "OPTIONS" && (request.path.empty() || !allowed_.empty())) {
      std::string allow;
      for (const Method method : allowed_) allow.append(name_of(method)).append(", ");
      Response options = Response::nothing().with_header("Allow", allow + "OPTIONS");
      if (is_api()) {  // a browser asks so before it lets another site's page send a token (Fetch § 4.8)
        options.headers_.emplace_back("Access-Control-Allow-Origin", "*");
        options.headers_.emplace_back("Access-Control-Allow-Methods", "GET, HEAD");
        options.headers_.emplace_back("Access-Control-Allow-Headers", "Authorization, If-None-Match");
        options.headers_.emplace_back("Access-Control-Max-Age", "86400");
      }
      answer = finish(std::move(options), request, app_.common_headers);
    } else if (!method_of(method_name_) && method_name_ != "OPTIONS") {
      respond_refused(refusal::not_implemented);
    } else if (!allowed_.empty()) {
      respond_refused(refusal::method_not_allowed);
    } else if (is_known_without_slash()) {
      const std::size_t question = request.target.find('?');
      answer = finish(Response::moved(request.path.substr(0, request.path.size() - 1) + (question == std::string::npos ? "" : request.target.substr(question))),
                      request, app_.common_headers);
    } else {
      reject({ErrorCode::not_found, "There is no such page.", {}, {}, {}});
    }
    return;
  }
  if (!admit()) return;
  end_body();
  if (failed_) return;
  Result<Response> response = fail(ErrorCode::internal, "Something went wrong here. It has been noted.");
  try {
    response = route->handler(request);
  } catch (const std::exception& thrown) {
    response.error().detail = thrown.what();
    response.error().where = "in a handler";
  }
  if (response)
    answer = finish(std::move(*response), request, app_.common_headers);
  else
    reject(response.error());
  remove_uploads();
}

void Exchange::abandon() {
  if (sink_) {
    if (Result<void> ended = sink_->end(false); !ended)
      log(LogTopic::http, LogLevel::warning, "broken upload cannot be kept", {{"detail", ended.error().detail}});
    sink_.reset();
  }
  remove_uploads();
}

}  // namespace confer::http
