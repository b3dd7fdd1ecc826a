// Asking an S3-compatible store (bucket.h).
//
// What libcurl 7.88 signs needs care: the query as it is sent must be sorted already, with a "=" behind each name, and of a body that it has not in memory it
// would sign nothing, so that its hash is given here each time. Paths hold only characters that need no coding.
#include "files/bucket.h"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <map>
#include <mutex>
#include <pugixml.hpp>

#include "base/random.h"
#include "base/text.h"
#include "http/characters.h"
#include "http/outbound.h"

namespace confer::files {
namespace {

constexpr std::chrono::seconds connects_within{10};
/// Slower than a byte a second for so long is away.
constexpr std::chrono::seconds silent_at_most{30};
constexpr std::size_t most_idle = 8, largest_words = 4 << 20;
constexpr std::uint64_t least_part = 5 << 20;

bool consists_of_name_characters(std::string_view text) {
  return std::ranges::all_of(
      text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/'; });
}

/// Of a name or value in a query: what an upload's id may hold, coded as the signature wants it.
std::string coded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '~')
      out += c;
    else
      out.append({'%', digits[byte >> 4U], digits[byte & 15U]});
  }
  return out;
}

std::string ended_with_slash(std::string prefix) {
  if (!prefix.empty() && !prefix.ends_with('/')) prefix += '/';
  return prefix;
}

}  // namespace

std::string wrong_with(const BucketSettings& settings) {
  const bool is_http = settings.endpoint.starts_with("http://") || settings.endpoint.starts_with("https://");
  const std::string_view host = std::string_view(settings.endpoint).substr(is_http ? settings.endpoint.find("//") + 2 : 0);
  if (!is_http || host.empty() || host.find_first_of("/?#@ ") != std::string_view::npos)
    return "“store.endpoint” must be an address such as https://s3.example.org, without a path.";
  if (settings.name.empty() || !consists_of_name_characters(settings.name) || settings.name.contains('/')) return "“store.bucket” must name a bucket.";
  if (settings.region.empty() || !consists_of_name_characters(settings.region) || settings.region.contains('/'))
    return "“store.region” must be a region such as us-east-1.";
  if (settings.key.empty() || settings.secret.reveal().empty()) return "The store needs “store.key” and “store.secret”.";
  if (!consists_of_name_characters(settings.prefix) || settings.prefix.starts_with('/') || settings.prefix.contains("..") || settings.prefix.contains("//"))
    return "“store.prefix” may consist of letters, digits, “-”, “_”, “.” and “/”, and does not begin with “/”.";
  if (settings.part_bytes < least_part) return "A part of a file must have 5 MiB at least.";
  return {};
}

struct Bucket::Asked {
  const char* method = "GET";
  std::string key, query;  ///< sorted, coded
  std::string_view body;
  std::string range;           ///< "0-99"
  const Take* take = nullptr;  ///< gets the body of a good answer
  const Watch* watch = nullptr;
};
struct Bucket::Answered {
  int status = 0;
  std::string body, etag, range;
  std::optional<std::uint64_t> length;
};
struct Bucket::Idle {
  struct CloseCurl {
    void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  };
  using Handle = std::unique_ptr<CURL, CloseCurl>;
  std::mutex mutex;
  std::vector<Handle> handles;
  Handle take() {
    const std::lock_guard lock(mutex);
    if (handles.empty()) return Handle(curl_easy_init());
    Handle handle = std::move(handles.back());
    handles.pop_back();
    return handle;
  }
  void give_back(Handle handle) {
    curl_easy_reset(handle.get());  // its connections stay
    const std::lock_guard lock(mutex);
    if (handles.size() < most_idle) handles.push_back(std::move(handle));
  }
};

namespace {

struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

/// What goes through one request.
struct Transfer {
  CURL* curl = nullptr;
  std::string_view body;
  std::size_t sent = 0;
  const Bucket::Take* take = nullptr;
  const Watch* watch = nullptr;
  std::string words;  ///< the body of an answer that nobody takes
  std::string etag, range;
  Result<void> taken;
  bool was_stopped = false, too_large = false;
};

std::size_t give_body(char* into, std::size_t, std::size_t room, void* data) {
  auto& transfer = *static_cast<Transfer*>(data);
  const std::size_t count = std::min(room, transfer.body.size() - transfer.sent);
  std::memcpy(into, transfer.body.data() + transfer.sent, count);
  transfer.sent += count;
  return count;
}

int rewind_body(void* data, curl_off_t offset, int origin) {
  auto& transfer = *static_cast<Transfer*>(data);
  if (origin != SEEK_SET || offset < 0 || static_cast<std::size_t>(offset) > transfer.body.size()) return CURL_SEEKFUNC_CANTSEEK;
  transfer.sent = static_cast<std::size_t>(offset);
  return CURL_SEEKFUNC_OK;
}

bool is_good(CURL* curl) {
  constexpr long least = 200, after = 300;
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  return status >= least && status < after;
}

std::size_t take_answer(char* bytes, std::size_t, std::size_t size, void* data) {
  auto& transfer = *static_cast<Transfer*>(data);
  if (transfer.take != nullptr && is_good(transfer.curl)) {
    transfer.taken = (*transfer.take)({bytes, size});
    return transfer.taken ? size : 0;
  }
  if (transfer.words.size() + size > largest_words) {
    transfer.too_large = true;
    return 0;
  }
  transfer.words.append(bytes, size);
  return size;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* data) {
  auto& transfer = *static_cast<Transfer*>(data);
  const std::string_view line(bytes, size);
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  const std::string_view value = trim(line.substr(colon + 1));
  if (http::same_name(line.substr(0, colon), "ETag")) transfer.etag = value;
  if (http::same_name(line.substr(0, colon), "Content-Range")) transfer.range = value;
  return size;
}

int look_around(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto& transfer = *static_cast<Transfer*>(data);
  transfer.was_stopped = transfer.watch->stopping && transfer.watch->stopping();
  return transfer.was_stopped ? 1 : 0;
}

/// Of what the store says when it refuses: "AccessDenied". Empty when it says nothing that can be read.
std::string code_in(const std::string& words) {
  pugi::xml_document document;
  if (!document.load_buffer(words.data(), words.size())) return {};
  const std::string code = document.child("Error").child_value("Code");
  constexpr std::size_t longest = 60;
  return code.size() <= longest && consists_of_name_characters(code) ? code : std::string();
}

std::unexpected<Error> refused(const BucketSettings& settings, int status, const std::string& words) {
  constexpr int forbidden = 403, missing = 404;
  const std::string code = code_in(words), told = std::to_string(status) + (code.empty() ? "" : ", " + code);
  if (status == missing && code == "NoSuchBucket") return fail(ErrorCode::unavailable, "The store has no bucket “" + settings.name + "”.", told);
  if (status == missing) return fail(ErrorCode::not_found, "The store has no such file.", told);
  if (status == forbidden) return fail(ErrorCode::unavailable, "The store refuses our key (" + told + ").", told);
  return fail(ErrorCode::unavailable, "The store cannot do it now (" + told + ").", told);
}

}  // namespace

Bucket::Bucket(BucketSettings settings) : settings_(std::move(settings)), idle_(std::make_unique<Idle>()) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  settings_.prefix = ended_with_slash(std::move(settings_.prefix));
}
Bucket::~Bucket() = default;

Result<Bucket::Answered> Bucket::ask(const Asked& asked) const {
  std::string url = settings_.endpoint;
  if (settings_.addressing == Addressing::host)
    url.insert(url.find("//") + 2, settings_.name + ".");
  else
    url += "/" + settings_.name;
  url += "/" + settings_.prefix + asked.key + (asked.query.empty() ? "" : "?" + asked.query);
  Idle::Handle curl = idle_->take();
  if (!curl) return fail(ErrorCode::internal, "Something went wrong here. It has been noted.", "curl_easy_init failed");
  Transfer transfer{.curl = curl.get(), .body = asked.body, .take = asked.take, .watch = asked.watch, .words = {}, .etag = {}, .range = {}, .taken = {}};
  const std::string hash = "x-amz-content-sha256: " + sha256_hex(asked.body);
  // No empty "Expect:" among them, which would keep libcurl from asking for leave before a long body: it would be signed, and not be sent.
  const std::unique_ptr<curl_slist, FreeList> headers(curl_slist_append(nullptr, hash.c_str()));
  char problem[CURL_ERROR_SIZE] = {};
  const auto set = [&](CURLoption option, auto value) { ASSERT(curl_easy_setopt(curl.get(), option, value) == CURLE_OK); };
  if (curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str()) != CURLE_OK) return fail(ErrorCode::unavailable, "“store.endpoint” is not an address.");
  set(CURLOPT_ERRORBUFFER, problem);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_AWS_SIGV4, ("aws:amz:" + settings_.region + ":s3").c_str());
  set(CURLOPT_USERNAME, settings_.key.c_str());
  set(CURLOPT_PASSWORD, settings_.secret.reveal().c_str());
  set(CURLOPT_EXPECT_100_TIMEOUT_MS, 200L);  // some stores never give leave
  set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(connects_within.count()));
  set(CURLOPT_LOW_SPEED_LIMIT, 1L);
  set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(silent_at_most.count()));
  set(CURLOPT_FOLLOWLOCATION, 0L);  // another address would need another signature
  set(CURLOPT_CUSTOMREQUEST, asked.method);
  set(CURLOPT_WRITEFUNCTION, take_answer);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_HEADERFUNCTION, take_header);
  set(CURLOPT_HEADERDATA, &transfer);
  const std::string_view method = asked.method;
  if (method == "HEAD") set(CURLOPT_NOBODY, 1L);
  if (method == "PUT" || method == "POST") {
    set(CURLOPT_UPLOAD, 1L);
    set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(asked.body.size()));
    set(CURLOPT_READFUNCTION, give_body);
    set(CURLOPT_READDATA, &transfer);
    set(CURLOPT_SEEKFUNCTION, rewind_body);
    set(CURLOPT_SEEKDATA, &transfer);
  }
  if (!asked.range.empty()) set(CURLOPT_RANGE, asked.range.c_str());
  if (asked.watch != nullptr) {
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, look_around);
    set(CURLOPT_XFERINFODATA, &transfer);
  }
  const CURLcode outcome = curl_easy_perform(curl.get());
  const std::string detail = problem[0] != '\0' ? problem : curl_easy_strerror(outcome);
  if (!transfer.taken) return std::unexpected(std::move(transfer.taken).error());
  if (transfer.was_stopped) return fail(ErrorCode::unavailable, "The work was interrupted, and begins again.");
  if (transfer.too_large) return fail(ErrorCode::unavailable, "The store answers with something else.", "larger than " + std::to_string(largest_words));
  if (outcome == CURLE_PARTIAL_FILE || outcome == CURLE_RECV_ERROR || outcome == CURLE_GOT_NOTHING)
    return fail(ErrorCode::unavailable, "The store at " + http::printable_url(settings_.endpoint) + " broke off in the middle.", detail);
  if (outcome == CURLE_PEER_FAILED_VERIFICATION)
    return fail(ErrorCode::unavailable, "The certificate of the store at " + http::printable_url(settings_.endpoint) + " is not valid.", detail);
  if (outcome != CURLE_OK) return fail(ErrorCode::unavailable, "The store at " + http::printable_url(settings_.endpoint) + " does not answer.", detail);
  long status = 0;
  curl_off_t length = -1;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl.get(), CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  const bool good = is_good(curl.get());
  idle_->give_back(std::move(curl));
  if (!good) return refused(settings_, static_cast<int>(status), transfer.words);
  Answered answered{.status = static_cast<int>(status),
                    .body = std::move(transfer.words),
                    .etag = std::move(transfer.etag),
                    .range = std::move(transfer.range),
                    .length = {}};
  if (length >= 0) answered.length = static_cast<std::uint64_t>(length);
  return answered;
}

Result<std::optional<std::uint64_t>> Bucket::size_of(const std::string& key) const {
  auto answered = ask({.method = "HEAD", .key = key});
  if (!answered && answered.error().code == ErrorCode::not_found) return std::nullopt;
  TRY(answered);
  if (!answered->length) return fail(ErrorCode::unavailable, "The store does not tell how long a file is.");
  return answered->length;
}

Result<std::string> Bucket::read(const std::string& key, std::uint64_t first, std::size_t count) const {
  if (count == 0) return std::string();
  std::string bytes;
  bytes.reserve(count);
  const Take take = [&](std::string_view piece) -> Result<void> {
    if (bytes.size() + piece.size() > count) return fail(ErrorCode::unavailable, "The store answers with more than it was asked for.");
    bytes.append(piece);
    return {};
  };
  const std::string range = std::to_string(first) + "-" + std::to_string(first + count - 1);
  TRY_ASSIGN(const auto answered, ask({.method = "GET", .key = key, .range = range, .take = &take}));
  // A store that does not know ranges would give the beginning.
  constexpr int part = 206;
  const bool is_there = answered.status == part ? answered.range.starts_with("bytes " + range + "/") : first == 0;
  if (!is_there || bytes.size() != count) return fail(ErrorCode::unavailable, "The store answers with less than it was asked for.", answered.range);
  return bytes;
}

Result<void> Bucket::read_all(const std::string& key, const Take& take, const Watch& watch) const {
  TRY(ask({.method = "GET", .key = key, .take = &take, .watch = &watch}));
  return {};
}

Result<void> Bucket::put(const std::string& key, std::string_view bytes) const {
  TRY(ask({.method = "PUT", .key = key, .body = bytes}));
  return {};
}

Result<void> Bucket::remove(const std::string& key) const {
  auto answered = ask({.method = "DELETE", .key = key});
  if (!answered && answered.error().code == ErrorCode::not_found) return {};
  TRY(answered);
  return {};
}

Result<std::string> Bucket::begin_upload(const std::string& key) const {
  TRY_ASSIGN(const auto answered, ask({.method = "POST", .key = key, .query = "uploads="}));
  pugi::xml_document document;
  document.load_buffer(answered.body.data(), answered.body.size());
  std::string id = document.child("InitiateMultipartUploadResult").child_value("UploadId");
  constexpr std::size_t longest = 2000;
  if (id.empty() || id.size() > longest) return fail(ErrorCode::unavailable, "The store answers with something else.", "no UploadId");
  return id;
}

Result<std::vector<Bucket::Part>> Bucket::parts_of(const std::string& key, const std::string& upload) const {
  std::vector<Part> parts;
  std::string after;
  while (true) {
    TRY_ASSIGN(const auto answered,
               ask({.method = "GET", .key = key, .query = (after.empty() ? "" : "part-number-marker=" + after + "&") + "uploadId=" + coded(upload)}));
    pugi::xml_document document;
    document.load_buffer(answered.body.data(), answered.body.size());
    const auto list = document.child("ListPartsResult");
    if (!list) return fail(ErrorCode::unavailable, "The store answers with something else.", "no ListPartsResult");
    for (const auto part : list.children("Part"))
      parts.push_back(
          {.number = part.child("PartNumber").text().as_int(), .etag = part.child_value("ETag"), .size_bytes = part.child("Size").text().as_ullong()});
    const std::string next = list.child_value("NextPartNumberMarker");
    if (std::string_view(list.child_value("IsTruncated")) != "true" || next.empty() || next == after || !consists_of_name_characters(next)) return parts;
    after = next;
  }
}

Result<Bucket::Part> Bucket::put_part(const std::string& key, const std::string& upload, int number, std::string_view bytes) const {
  TRY_ASSIGN(auto answered, ask({.method = "PUT", .key = key, .query = "partNumber=" + std::to_string(number) + "&uploadId=" + coded(upload), .body = bytes}));
  if (answered.etag.empty()) return fail(ErrorCode::unavailable, "The store answers with something else.", "no ETag of a part");
  return Part{.number = number, .etag = std::move(answered.etag), .size_bytes = bytes.size()};
}

Result<void> Bucket::complete_upload(const std::string& key, const std::string& upload, const std::vector<Part>& parts) const {
  pugi::xml_document document;
  auto list = document.append_child("CompleteMultipartUpload");
  for (const auto& part : parts) {
    auto one = list.append_child("Part");
    one.append_child("PartNumber").text().set(part.number);
    one.append_child("ETag").text().set(part.etag.c_str());
  }
  struct Text final : pugi::xml_writer {
    std::string text;
    void write(const void* bytes, std::size_t size) override { text.append(static_cast<const char*>(bytes), size); }
  } out;
  document.save(out, "", pugi::format_raw | pugi::format_no_declaration);
  TRY_ASSIGN(const auto answered, ask({.method = "POST", .key = key, .query = "uploadId=" + coded(upload), .body = out.text}));
  // The status is sent before the parts are put together: an error comes as the body of a good answer.
  constexpr int its_own_fault = 500;
  if (!code_in(answered.body).empty()) return refused(settings_, its_own_fault, answered.body);
  return {};
}

Result<void> Bucket::abort_upload(const std::string& key, const std::string& upload) const {
  auto answered = ask({.method = "DELETE", .key = key, .query = "uploadId=" + coded(upload)});
  if (!answered && answered.error().code == ErrorCode::not_found) return {};
  TRY(answered);
  return {};
}

}  // namespace confer::files
