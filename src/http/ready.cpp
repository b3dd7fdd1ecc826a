// Bytes rendered once and answered many times: their compressed forms, ETags and header blocks.
#include <cstdint>
#include "base/random.h"
#include "http/characters.h"
#include "http/compress.h"
#include "http/message.h"
#include "http/negotiate.h"

namespace confer::http {

namespace {

struct Form {
  std::string_view suffix, coding;
  std::size_t size;
};

std::string head_of(const Ready& ready, const Form& form, bool unchanged) {
  std::string head = unchanged ? "HTTP/1.1 304 Not Modified\r\n" : "HTTP/1.1 200 OK\r\n";
  const auto add = [&](std::string_view name, std::string_view value) { head.append(name).append(": ").append(value).append("\r\n"); };
  if (!unchanged) {
    add("Content-Type", ready.content_type);
    add("Content-Length", std::to_string(form.size));
    if (!form.coding.empty()) add("Content-Encoding", form.coding);
  }
  add("ETag", "\"" + ready.etag + std::string(form.suffix) + "\"");
  if (ready.last_modified != Instant{}) add("Last-Modified", http_date(ready.last_modified));
  if (!ready.cache_control.empty()) add("Cache-Control", ready.cache_control);
  std::string vary = ready.gzip.empty() && ready.brotli.empty() ? "" : "Accept-Encoding";
  for (const auto& [name, value] : ready.headers) {
    if (!is_token(name) || !is_header_value(value)) continue;
    if (same_name(name, "Vary"))
      vary += (vary.empty() ? "" : ", ") + value;
    else
      add(name, value);
  }
  if (!vary.empty()) add("Vary", vary);
  return head;
}

/// The coded forms of the identity, then the header blocks of all.
void finish(Ready& ready, Compression compression) {
  ready.is_pressed = compression == Compression::thorough;
  if (is_compressible(ready.content_type)) {
    ready.gzip = gzip(ready.identity, compression == Compression::quick ? 4 : compression == Compression::good ? 9 : 12);
    if (compression != Compression::quick) ready.brotli = brotli(ready.identity, compression == Compression::good ? 9 : 11);
    if (ready.gzip.size() >= ready.identity.size()) ready.gzip.clear();
    if (ready.brotli.size() >= ready.identity.size()) ready.brotli.clear();
    ready.gzip.shrink_to_fit();
    ready.brotli.shrink_to_fit();
  } else {
    ready.is_pressed = true;
  }
  share_pages(ready);
  const Form identity{"", "", ready.identity.size()}, gzipped{"-gz", "gzip", ready.gzip.size()}, brotlied{"-br", "br", ready.brotli.size()};
  ready.head_identity = head_of(ready, identity, false);
  ready.head_gzip = head_of(ready, gzipped, false);
  ready.head_brotli = head_of(ready, brotlied, false);
  ready.unchanged_identity = head_of(ready, identity, true);
  ready.unchanged_gzip = head_of(ready, gzipped, true);
  ready.unchanged_brotli = head_of(ready, brotlied, true);
}

}  // namespace

void share_pages(Ready& ready) {
  ready.gzip_pages = PageFile::of(ready.gzip);
  ready.brotli_pages = PageFile::of(ready.brotli);
}

std::shared_ptr<const Ready> make_ready(std::string content_type, std::string body, std::string cache_control,
                                        std::vector<std::pair<std::string, std::string>> headers, Compression compression, Instant last_modified) {
  ASSERT(is_header_value(content_type) && is_header_value(cache_control));
  auto ready = std::make_shared<Ready>();
  ready->content_type = std::move(content_type);
  ready->cache_control = std::move(cache_control);
  ready->last_modified = last_modified;
  ready->headers = std::move(headers);
  ready->etag = content_hash(body);
  ready->identity = std::move(body);
  finish(*ready, compression);
  return ready;
}

std::shared_ptr<const Ready> pressed(const Ready& ready) {
  auto smaller = std::make_shared<Ready>(ready);
  finish(*smaller, Compression::thorough);
  return smaller;
}

}  // namespace confer::http
