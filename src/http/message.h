// A request as handlers see it, and the answers they can give. Handlers see neither sockets nor status codes.
#pragma once
#include <any>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "base/result.h"
#include "base/time.h"
#include "http/page_file.h"

namespace confer::http {

enum class Method : unsigned char { get, head, post, put, patch, remove };
std::string_view name_of(Method m);

/// Names and values in order, as in a query or a form; a name may repeat.
class Fields {
 public:
  void add(std::string name, std::string value) { all_.emplace_back(std::move(name), std::move(value)); }
  /// The first value, trimmed of nothing; "" when there is none.
  const std::string& get(std::string_view name) const;
  bool has(std::string_view name) const;
  std::vector<std::string> every(std::string_view name) const;
  const std::vector<std::pair<std::string, std::string>>& all() const { return all_; }

 private:
  std::vector<std::pair<std::string, std::string>> all_;
};

/// A file that came in a multipart form or as a streamed body, on disk until the request ends.
struct Upload {
  std::string field, file_name, content_type;
  std::string path;
  std::uint64_t size_bytes = 0;
};

struct Request {
  Method method = Method::get;
  std::string path;                                       ///< decoded, without query
  std::string target;                                     ///< as sent
  std::map<std::string, std::string, std::less<>> route;  ///< values of "{name}" in the route's pattern
  Fields query;
  Fields form;  ///< application/x-www-form-urlencoded or multipart/form-data, parsed and checked to be UTF-8
  std::vector<Upload> uploads;
  std::string body;  ///< any other body, up to the route's limit
  std::string content_type;
  std::string remote_address;  ///< of the client, through trusted proxies only
  std::string host;            ///< as the client named it, "conf.example.org:8443"
  bool secure = false;         ///< came by TLS (here or at a trusted proxy)
  Instant received{};
  std::string language;  ///< chosen by path, cookie or Accept-Language among those offered; app sets it
  std::any actor;        ///< app puts the session's Actor here

  /// First header of that name (case-insensitive), or "".
  std::string_view header(std::string_view name) const;
  std::string_view cookie(std::string_view name) const;
  /// A value of the route's pattern; ASSERTs that the pattern has it.
  const std::string& param(std::string_view name) const;
  /// "https://conf.example.org": scheme and host.
  std::string origin() const;
  std::vector<std::pair<std::string, std::string>> headers;
};

/// Bytes rendered once and answered many times, with their compressed forms and header blocks ready.
struct Ready {
  std::string content_type;
  std::string etag;  ///< strong, without quotes; the coded forms add "-gz" and "-br"
  std::string cache_control = "no-cache";
  Instant last_modified{};
  std::vector<std::pair<std::string, std::string>> headers;          ///< more of them: CSP, CORS
  std::string identity, gzip, brotli;                                ///< a coded form that would not be smaller is empty
  std::shared_ptr<const PageFile> gzip_pages, brotli_pages;          ///< the same bytes for the kernel, when they are many
  bool is_pressed = false;                                           ///< the coded forms are as small as they get: `pressed` has nothing to add
  std::string head_identity, head_gzip, head_brotli;                 ///< filled by `make_ready`: status line and headers without Date and the empty line
  std::string unchanged_identity, unchanged_gzip, unchanged_brotli;  ///< the same for the answer to a matching ETag
};
/// `quick` for what must be there at once: gzip alone. `good` for what a start waits for, `thorough` for what nobody waits for: gzip and brotli
/// (docs/decisions/ready-bytes.md has the figures).
enum class Compression : unsigned char { quick, good, thorough };
/// Computes the ETag, the compressed forms (only of types that shrink: text, JSON, XML, SVG) and the header blocks.
/// The server adds nothing but Date: what the app gives every handler's answer (CSP, …) belongs into `headers` here.
std::shared_ptr<const Ready> make_ready(std::string content_type, std::string body, std::string cache_control,
                                        std::vector<std::pair<std::string, std::string>> headers = {}, Compression compression = Compression::quick,
                                        Instant last_modified = {});
/// Puts large coded forms where the kernel sends them from; for what was not made by `make_ready` or `pressed`.
void share_pages(Ready& ready);
/// The same thing with coded forms as small as they get: some hundred times the time of the quick ones. Its ETag stays, since what is decoded is the same.
std::shared_ptr<const Ready> pressed(const Ready& ready);

/// Takes a body as it arrives, in pieces of at most 256 KiB, on a worker: for routes that keep what came before a connection broke.
class BodySink {
 public:
  virtual ~BodySink() = default;
  /// An error ends the request with it; the connection is closed.
  virtual Result<void> write(std::string_view piece) = 0;
  /// Called once, also when the connection broke (`complete` is false then): what was written must be on disk when it returns.
  virtual Result<void> end(bool complete) = 0;
};

/// Bytes that lie on another machine, and are read piece by piece while they are sent.
class Source {
 public:
  virtual ~Source() = default;
  virtual std::uint64_t size() const = 0;
  /// So many bytes from there, no fewer. May take its time: it is asked on a thread that answers no other requests.
  virtual Result<std::string> read(std::uint64_t first, std::size_t count) = 0;
};

struct Cookie {
  std::string name, value;
  std::optional<std::chrono::seconds> max_age;  ///< 0 removes; none: until the browser closes
  bool script_may_read = false;                 ///< else HttpOnly. Always SameSite=Lax, Path=/, Secure when the request was.
};

/// What a handler answers. Made by the functions below; changed by `with_…`.
class Response {
 public:
  static Response html(std::string body);
  static Response text(std::string body);
  static Response json(std::string body);
  /// Any other content. ETag and conditional answers are added by the server for GET.
  static Response content(std::string content_type, std::string body);
  static Response ready(std::shared_ptr<const Ready> bytes);
  /// A stored file, sent with Range support. `download_name` makes it an attachment.
  static Response file(std::string path, std::string content_type, std::string download_name = {});
  /// The same of bytes that lie elsewhere; `etag` without quotes.
  static Response remote(std::shared_ptr<Source> source, std::string etag, std::string content_type);
  /// After a form was accepted: the browser GETs `location` (a path of this site).
  static Response see_other(std::string location);
  /// The thing lives at `location` for good.
  static Response moved(std::string location);
  /// Made, at `location` (API).
  static Response created(std::string location, std::string json);
  static Response nothing();
  /// A form shown again with its problems: the page, but the status says that nothing was accepted.
  static Response rejected(std::string html);
  /// A stream of server-sent events of one topic (EventHub).
  static Response events(std::string topic);
  /// One table turns the code into a status; `page` renders the body. 5xx details are logged, once, by the caller.
  static Response of_error(const Error& error, std::string content_type, std::string body);
  /// The same for programs: problem details (http/problem.h), written when the status is final. Any origin may read them.
  static Response problem(Error error);

  Response&& with_header(std::string name, std::string value) &&;
  Response&& with_cookie(Cookie cookie) &&;
  /// "no-store" for what is personal, "public, max-age=…" for what is not. Default "no-store".
  Response&& with_cache(std::string cache_control) &&;
  /// Adds Access-Control-Allow-Origin: *.
  Response&& for_all_origins() &&;
  /// To be kept under this name, not shown.
  Response&& as_download(std::string name) &&;

  int status() const { return status_; }

  int status_ = 200;
  std::string content_type_, body_, file_path_, download_name_, topic_, cache_control_ = "no-store";
  std::shared_ptr<const Ready> ready_;
  std::shared_ptr<Source> source_;
  std::optional<Error> problem_;
  std::vector<std::pair<std::string, std::string>> headers_;
  std::vector<Cookie> cookies_;
};

}  // namespace confer::http
