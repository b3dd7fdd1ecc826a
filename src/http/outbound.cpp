// Fetching an address that somebody configured, by libcurl.
#include "http/outbound.h"
#include <curl/curl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <cstring>
#include <memory>
#include <mutex>
#include "http/address.h"
#include "http/characters.h"

namespace confer::http {

namespace {

struct Transfer {
  const OutboundRequest* request;
  OutboundAnswer answer;
  bool refused = false, too_large = false;
  std::pair<int, int> redirects;  ///< permanent, others
};

curl_socket_t open_socket(void* data, curlsocktype, curl_sockaddr* to) {
  auto& transfer = *static_cast<Transfer*>(data);
  Address address;
  if (to->family == AF_INET) {
    address.bytes[10] = address.bytes[11] = 0xff;
    std::memcpy(address.bytes.data() + 12, &reinterpret_cast<const sockaddr_in*>(&to->addr)->sin_addr, 4);
  } else if (to->family == AF_INET6) {
    std::memcpy(address.bytes.data(), &reinterpret_cast<const sockaddr_in6*>(&to->addr)->sin6_addr, 16);
  } else {
    return CURL_SOCKET_BAD;
  }
  if (transfer.request->internal == InternalAddresses::refuse && is_internal(address)) {
    transfer.refused = true;
    return CURL_SOCKET_BAD;
  }
  return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t take_body(char* bytes, std::size_t, std::size_t size, void* data) {
  auto& transfer = *static_cast<Transfer*>(data);
  if (transfer.answer.body.size() + size > transfer.request->max_bytes) {
    transfer.too_large = true;
    return 0;
  }
  transfer.answer.body.append(bytes, size);
  return size;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t size, void* data) {
  OutboundAnswer& answer = static_cast<Transfer*>(data)->answer;
  const std::string_view line(bytes, size);
  if (line.starts_with("HTTP/")) {  // of a redirect's next answer
    const auto blank = line.find(' ');
    const std::string_view status = blank == std::string_view::npos ? std::string_view() : line.substr(blank + 1, 3);
    auto& redirects = static_cast<Transfer*>(data)->redirects;
    if (status.starts_with('3')) ++(status == "301" || status == "308" ? redirects.first : redirects.second);
    answer.etag.clear();
    answer.last_modified.clear();
    answer.content_type.clear();
    answer.body.clear();
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return size;
  std::string_view value = line.substr(colon + 1);
  while (!value.empty() && (value.back() == '\r' || value.back() == '\n')) value.remove_suffix(1);
  value = trim_blanks(value);
  if (same_name(line.substr(0, colon), "ETag")) answer.etag = value;
  if (same_name(line.substr(0, colon), "Last-Modified")) answer.last_modified = value;
  if (same_name(line.substr(0, colon), "Content-Type")) answer.content_type = value;
  return size;
}

struct CloseCurl {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct FreeList {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

class HeaderLines {
 public:
  /// False for what is not a header.
  bool add(std::string_view name, std::string_view value) {
    if (!is_token(name) || !is_header_value(value)) return false;
    const std::string line = std::string(name) + ": " + std::string(value);
    if (curl_slist* longer = curl_slist_append(list_.get(), line.c_str())) {
      static_cast<void>(list_.release());
      list_.reset(longer);
    }
    return true;
  }
  curl_slist* get() const { return list_.get(); }

 private:
  std::unique_ptr<curl_slist, FreeList> list_;
};

/// Part of an address, "" when it has none.
std::string part_of(CURLU* url, CURLUPart part) {
  char* text = nullptr;
  if (curl_url_get(url, part, &text, 0) != CURLUE_OK) return {};
  std::string out(text);
  curl_free(text);
  return out;
}

}  // namespace

std::string printable_url(const std::string& url) {
  const std::unique_ptr<CURLU, decltype(&curl_url_cleanup)> parsed(curl_url(), &curl_url_cleanup);
  if (!parsed || curl_url_set(parsed.get(), CURLUPART_URL, url.c_str(), 0) != CURLUE_OK) return "(not an address)";
  for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS, CURLUPART_QUERY, CURLUPART_FRAGMENT})
    curl_url_set(parsed.get(), part, nullptr, 0);
  return part_of(parsed.get(), CURLUPART_URL);
}

Result<OutboundAnswer> fetch(const OutboundRequest& request) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  if (!request.url.starts_with("http://") && !request.url.starts_with("https://"))
    return fail(ErrorCode::invalid, "The address must begin with http:// or https://.");
  const std::string shown = printable_url(request.url);
  ASSERT(request.method == "GET" || request.method == "HEAD" || request.method == "POST");
  const std::unique_ptr<CURL, CloseCurl> curl(curl_easy_init());
  if (!curl) return fail(ErrorCode::internal, "Something went wrong here. It has been noted.", "curl_easy_init failed");
  Transfer transfer{.request = &request, .answer = {}};
  HeaderLines headers;
  bool fine = headers.add("User-Agent", request.user_agent);
  for (const auto& [name, value] : request.headers) fine = fine && headers.add(name, value);
  if (!request.etag.empty()) fine = fine && headers.add("If-None-Match", request.etag);
  if (!request.last_modified.empty()) fine = fine && headers.add("If-Modified-Since", request.last_modified);
  if (request.method == "POST") fine = fine && headers.add("Content-Type", request.content_type) && headers.add("Expect", "");
  if (!fine) return fail(ErrorCode::invalid, "A header for " + shown + " has characters that a header cannot hold.");
  char problem[CURL_ERROR_SIZE] = {};
  const auto set = [&](CURLoption option, auto value) { ASSERT(curl_easy_setopt(curl.get(), option, value) == CURLE_OK); };
  if (curl_easy_setopt(curl.get(), CURLOPT_URL, request.url.c_str()) != CURLE_OK) return fail(ErrorCode::invalid, "“" + shown + "” is not an address.");
  set(CURLOPT_ERRORBUFFER, problem);
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  set(CURLOPT_PROXY, "");  // a proxy from the environment would be the one to connect, past our check
  set(CURLOPT_HTTPHEADER, headers.get());
  set(CURLOPT_ACCEPT_ENCODING, "");
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(std::chrono::milliseconds(request.timeout).count()));
  set(CURLOPT_FOLLOWLOCATION, request.method != "POST" && request.max_redirects > 0 ? 1L : 0L);
  set(CURLOPT_MAXREDIRS, static_cast<long>(request.max_redirects));
  set(CURLOPT_OPENSOCKETFUNCTION, open_socket);
  set(CURLOPT_OPENSOCKETDATA, &transfer);
  set(CURLOPT_WRITEFUNCTION, take_body);
  set(CURLOPT_WRITEDATA, &transfer);
  set(CURLOPT_HEADERFUNCTION, take_header);
  set(CURLOPT_HEADERDATA, &transfer);
  if (request.method == "HEAD") set(CURLOPT_NOBODY, 1L);
  if (request.method == "POST") {
    set(CURLOPT_POST, 1L);
    set(CURLOPT_POSTFIELDS, request.body.c_str());
    set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
  }
  const CURLcode outcome = curl_easy_perform(curl.get());
  const std::string detail = problem[0] != '\0' ? problem : curl_easy_strerror(outcome);
  if (transfer.refused && outcome != CURLE_OK)
    return fail(ErrorCode::forbidden, shown +
                                          " leads to an address inside this network. If that is meant, whoever runs this installation allows it in its "
                                          "settings’ file: outbound.private_networks.");
  const bool is_cut = transfer.too_large && request.cut_body;
  if (transfer.too_large && !is_cut)
    return fail(ErrorCode::unavailable, "The answer of " + shown + " is larger than " + std::to_string(request.max_bytes >> 20) + " MiB.");
  switch (is_cut ? CURLE_OK : outcome) {
    case CURLE_OK:
      break;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
      return fail(ErrorCode::invalid, "“" + shown + "” is not an address that can be fetched.", detail);
    case CURLE_OPERATION_TIMEDOUT:
      return fail(ErrorCode::unavailable, shown + " did not answer in " + std::to_string(request.timeout.count()) + " seconds.", detail);
    case CURLE_COULDNT_RESOLVE_HOST:
      return fail(ErrorCode::unavailable, "The name in " + shown + " is not known.", detail);
    case CURLE_TOO_MANY_REDIRECTS:
      return fail(ErrorCode::unavailable, shown + " redirects too often.", detail);
    case CURLE_PEER_FAILED_VERIFICATION:
      return fail(ErrorCode::unavailable, "The certificate of " + shown + " is not valid.", detail);
    default:
      return fail(ErrorCode::unavailable, shown + " could not be fetched.", detail);
  }
  long status = 0;
  curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
  char* final_url = nullptr;
  curl_easy_getinfo(curl.get(), CURLINFO_EFFECTIVE_URL, &final_url);
  transfer.answer.status = static_cast<int>(status);
  transfer.answer.not_modified = status == 304;
  transfer.answer.moved_for_good = transfer.redirects.first > 0 && transfer.redirects.second == 0;
  if (final_url != nullptr) transfer.answer.final_url = final_url;
  return std::move(transfer.answer);
}

}  // namespace confer::http
