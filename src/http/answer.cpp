// A response made ready for the wire: status line, headers, validators, coding.
#include "http/answer.h"
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <algorithm>
#include "base/log.h"
#include "base/random.h"
#include "http/characters.h"
#include "http/compress.h"
#include "http/cookies.h"
#include "http/problem.h"

namespace confer::http {

namespace {

constexpr std::size_t smallest_compressed = 1 << 10;
constexpr int dynamic_gzip_level = 5;

class HeadWriter {
 public:
  explicit HeadWriter(int status) {
    out_.reserve(512);
    out_.append("HTTP/1.1 ").append(std::to_string(status)).append(" ").append(reason_of(status)).append("\r\n");
  }
  /// A name or value that would break the head out of its frame is left out and logged.
  void add(std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_header_value(value)) {
      log(LogTopic::http, LogLevel::error, "header left out: not a header value", {{"name", is_token(name) ? name : std::string_view("?")}});
      return;
    }
    out_.append(name).append(": ").append(value).append("\r\n");
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

const std::string* find_header(const HeaderList& headers, std::string_view name) {
  for (const auto& [key, value] : headers)
    if (same_name(key, name)) return &value;
  return nullptr;
}

/// The app's headers, the common ones that it did not set itself, and cookies.
void add_headers(HeadWriter& head, const Response& response, const Request& request, const HeaderList& common, const HeaderList* ready) {
  for (const auto& [name, value] : common)
    if (find_header(response.headers_, name) == nullptr && (ready == nullptr || find_header(*ready, name) == nullptr)) head.add(name, value);
  for (const auto& [name, value] : response.headers_)
    if (!same_name(name, "ETag") && !same_name(name, "Vary")) head.add(name, value);
  for (const Cookie& cookie : response.cookies_) {
    const std::string line = set_cookie(cookie, request.secure);
    if (line.empty())
      log(LogTopic::http, LogLevel::error, "cookie left out: not a cookie's name or value", {});
    else
      head.add("Set-Cookie", line);
  }
}

/// filename for old readers in ASCII, filename* for the name itself (RFC 6266).
std::string attachment(std::string_view name) {
  static constexpr std::string_view hex = "0123456789ABCDEF";
  std::string plain, encoded;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    plain += byte >= 0x20 && byte < 0x7f && c != '"' && c != '\\' && c != '/' ? c : '_';
    if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' || c == '_') {
      encoded += c;
    } else {
      encoded += '%';
      encoded += hex[byte >> 4];
      encoded += hex[byte & 15];
    }
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

bool is_read(const Request& request) { return request.method == Method::get || request.method == Method::head; }

/// The ETag a handler set, without W/ and quotes; empty when it set none.
std::string own_etag(const Response& response) {
  const std::string* header = find_header(response.headers_, "ETag");
  if (header == nullptr) return {};
  std::string_view tag = *header;
  if (tag.starts_with("W/")) tag.remove_prefix(2);
  if (tag.size() >= 2 && tag.front() == '"' && tag.back() == '"') tag = tag.substr(1, tag.size() - 2);
  return std::string(tag);
}

std::string vary_of(const Response& response, bool by_coding) {
  std::string vary = by_coding ? "Accept-Encoding" : "";
  for (const auto& [name, value] : response.headers_)
    if (same_name(name, "Vary")) vary += (vary.empty() ? "" : ", ") + value;
  return vary;
}

Answer finish_ready(const Response& response, const Request& request, const HeaderList& common) {
  Answer answer;
  const ReadyChoice choice =
      choose_form(*response.ready_, request.header("Accept-Encoding"), request.header("If-None-Match"), request.header("If-Modified-Since"));
  HeadWriter more(200);
  add_headers(more, response, request, common, &response.ready_->headers);
  if (!response.cache_control_.empty() && response.cache_control_ != response.ready_->cache_control) more.add("Cache-Control", response.cache_control_);
  const std::string lines = more.take();
  answer.status = choice.status;
  answer.head.append(choice.head).append(std::string_view(lines).substr(lines.find('\n') + 1));
  answer.ready = response.ready_;
  if (request.method != Method::head) answer.ready_body = choice.body;
  return answer;
}

/// What is to be known of bytes of which a range may be sent.
struct Ranged {
  std::uint64_t size = 0;
  std::string etag;
  std::optional<Instant> modified;
};

/// Head and range; the caller adds the bytes when `file_count` is not 0.
Answer finish_ranged(const Ranged& ranged_bytes, const Response& response, const Request& request, const HeaderList& common) {
  const auto& [size, etag, modified] = ranged_bytes;
  const std::string quoted = "\"" + etag + "\"";
  ByteRange range{0, size};
  RangeAnswer ranged = RangeAnswer::whole;
  Answer answer;
  const std::string_view known = request.header("If-None-Match");
  if (is_read(request) && (known.empty() ? modified && is_unmodified_since(request.header("If-Modified-Since"), *modified)
                                         : matching_form(known, etag, Coding::identity).has_value())) {
    answer.status = 304;
  } else if (is_read(request)) {
    const std::string_view if_range = request.header("If-Range");
    const bool still_same = if_range.empty() || if_range == quoted || (!if_range.starts_with('"') && modified && parse_http_date(if_range) == *modified);
    if (still_same) ranged = choose_range(request.header("Range"), size, range);
    answer.status = ranged == RangeAnswer::whole ? 200 : ranged == RangeAnswer::part ? 206 : 416;
  }
  HeadWriter head(answer.status);
  if (answer.status == 416) {
    head.add("Content-Range", "bytes */" + std::to_string(size));
    head.add("Content-Length", "0");
  } else if (answer.status != 304) {
    head.add("Content-Type", response.content_type_);
    head.add("Content-Length", std::to_string(range.count));
    if (answer.status == 206)
      head.add("Content-Range", "bytes " + std::to_string(range.first) + "-" + std::to_string(range.first + range.count - 1) + "/" + std::to_string(size));
    if (!response.download_name_.empty()) head.add("Content-Disposition", attachment(response.download_name_));
  }
  head.add("Accept-Ranges", "bytes");
  head.add("ETag", quoted);
  if (modified) head.add("Last-Modified", http_date(*modified));
  if (!response.cache_control_.empty()) head.add("Cache-Control", response.cache_control_);
  if (const std::string vary = vary_of(response, false); !vary.empty()) head.add("Vary", vary);
  add_headers(head, response, request, common, nullptr);
  answer.head = head.take();
  if ((answer.status == 200 || answer.status == 206) && request.method != Method::head) {
    answer.file_first = range.first;
    answer.file_count = range.count;
  }
  return answer;
}

Answer finish_file(const Response& response, const Request& request, const HeaderList& common) {
  OpenFile file(open(response.file_path_.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat about{};
  if (!file || fstat(file.descriptor(), &about) != 0 || !S_ISREG(about.st_mode)) {
    log(LogTopic::http, LogLevel::error, "file cannot be sent", {{"path", response.file_path_}});
    return refuse({404, "There is no such file."});
  }
  std::string etag = own_etag(response);
  if (etag.empty())
    etag = content_hash(std::to_string(about.st_ino) + "." + std::to_string(about.st_size) + "." + std::to_string(about.st_mtim.tv_sec) + "." +
                        std::to_string(about.st_mtim.tv_nsec));
  Answer answer = finish_ranged(
      {.size = static_cast<std::uint64_t>(about.st_size), .etag = std::move(etag), .modified = Instant{std::chrono::seconds{about.st_mtim.tv_sec}}}, response,
      request, common);
  if (answer.file_count > 0) answer.file = std::move(file);
  return answer;
}

Answer finish_remote(const Response& response, const Request& request, const HeaderList& common) {
  Answer answer = finish_ranged({.size = response.source_->size(), .etag = own_etag(response), .modified = {}}, response, request, common);
  if (answer.file_count > 0) answer.source = response.source_;
  return answer;
}

Answer finish_events(const Response& response, const Request& request, const HeaderList& common) {
  Answer answer;
  HeadWriter head(200);
  head.add("Content-Type", "text/event-stream");
  head.add("Cache-Control", "no-store");
  head.add("X-Accel-Buffering", "no");  // nginx would keep the events back
  add_headers(head, response, request, common, nullptr);
  answer.head = head.take();
  answer.close = true;  // the stream ends with the connection
  if (request.method == Method::get) answer.topic = response.topic_;
  return answer;
}

Answer finish_body(Response response, const Request& request, const HeaderList& common) {
  Answer answer;
  answer.status = response.status_;
  const bool has_body = response.status_ != 204;
  const bool codable = has_body && is_compressible(response.content_type_) && find_header(response.headers_, "Content-Encoding") == nullptr;
  std::string etag = own_etag(response);
  if (etag.empty() && response.status_ == 200 && is_read(request) && !response.body_.empty()) etag = content_hash(response.body_);
  Coding coding = Coding::identity;
  if (codable && response.body_.size() > smallest_compressed) coding = choose_coding(request.header("Accept-Encoding"), true, false);
  if (!etag.empty() && is_read(request) && response.status_ == 200) {
    const std::string_view known = request.header("If-None-Match");
    if (const std::optional<Coding> form = known.empty() ? std::nullopt : matching_form(known, etag, coding)) {
      answer.status = 304;
      coding = *form;
    }
  }
  std::string zipped;
  if (coding == Coding::gzip && answer.status != 304) {
    zipped = gzip(response.body_, dynamic_gzip_level);
    if (zipped.empty() || zipped.size() >= response.body_.size()) coding = Coding::identity;
  }
  const bool coded = coding == Coding::gzip;
  HeadWriter head(answer.status);
  if (has_body && answer.status != 304) {
    if (!response.content_type_.empty()) head.add("Content-Type", response.content_type_);
    head.add("Content-Length", std::to_string(coded ? zipped.size() : response.body_.size()));
    if (coded) head.add("Content-Encoding", "gzip");
    if (!response.download_name_.empty()) head.add("Content-Disposition", attachment(response.download_name_));
  }
  if (!etag.empty()) head.add("ETag", "\"" + etag + (coding == Coding::gzip ? "-gz" : coding == Coding::brotli ? "-br" : "") + "\"");
  if (!response.cache_control_.empty()) head.add("Cache-Control", response.cache_control_);
  if (const std::string vary = vary_of(response, codable); !vary.empty()) head.add("Vary", vary);
  add_headers(head, response, request, common, nullptr);
  answer.head = head.take();
  if (has_body && answer.status != 304 && request.method != Method::head) answer.body = coded ? std::move(zipped) : std::move(response.body_);
  return answer;
}

}  // namespace

OpenFile::~OpenFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

ReadyChoice choose_form(const Ready& ready, std::string_view accept_encoding, std::string_view if_none_match, std::string_view if_modified_since) {
  Coding coding = choose_coding(accept_encoding, !ready.gzip.empty(), !ready.brotli.empty());
  bool unchanged = false;
  if (!if_none_match.empty()) {
    if (const std::optional<Coding> form = matching_form(if_none_match, ready.etag, coding)) {
      coding = *form;
      unchanged = true;
    }
  } else {
    unchanged = is_unmodified_since(if_modified_since, ready.last_modified);
  }
  switch (coding) {
    case Coding::brotli:
      return unchanged ? ReadyChoice{304, ready.unchanged_brotli, {}} : ReadyChoice{200, ready.head_brotli, ready.brotli, ready.brotli_pages.get()};
    case Coding::gzip:
      return unchanged ? ReadyChoice{304, ready.unchanged_gzip, {}} : ReadyChoice{200, ready.head_gzip, ready.gzip, ready.gzip_pages.get()};
    case Coding::identity:
      break;
  }
  return unchanged ? ReadyChoice{304, ready.unchanged_identity, {}} : ReadyChoice{200, ready.head_identity, ready.identity};
}

Answer finish(Response response, const Request& request, const HeaderList& common_headers) {
  if (response.ready_) return finish_ready(response, request, common_headers);
  if (!response.file_path_.empty()) return finish_file(response, request, common_headers);
  if (response.source_) return finish_remote(response, request, common_headers);
  if (!response.topic_.empty()) return finish_events(response, request, common_headers);
  if (response.problem_) response.body_ = problem_json(response.status_, *response.problem_);
  return finish_body(std::move(response), request, common_headers);
}

Answer refuse(const Refusal& refusal, std::optional<std::chrono::seconds> retry_after, Reader reader) {
  Answer answer;
  answer.status = refusal.status;
  answer.body = std::string(refusal.sentence) + "\n";
  if (reader == Reader::program) answer.body = problem_json(refusal.status, {ErrorCode::unavailable, std::string(refusal.sentence)});
  HeadWriter head(refusal.status);
  head.add("Content-Type", reader == Reader::program ? problem_type : "text/plain; charset=utf-8");
  if (reader == Reader::program) head.add("Access-Control-Allow-Origin", "*");
  head.add("Content-Length", std::to_string(answer.body.size()));
  head.add("Cache-Control", "no-store");
  head.add("X-Content-Type-Options", "nosniff");
  if (retry_after) head.add("Retry-After", std::to_string(retry_after->count()));
  answer.head = head.take();
  return answer;
}

}  // namespace confer::http
