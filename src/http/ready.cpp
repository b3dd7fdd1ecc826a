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

void add_header(std::string& head, std::string_view name, std::string_view value) { head.append(name).append(": ").append(value).append("\r\n"); }

/// What all forms of it have, and the answer "unchanged" too.
std::string common_head(const Ready& ready) {
  std::string head;
  const auto add = [&](std::string_view name, std::string_view value) { add_header(head, name, value); };
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

std::string head_of(const Ready& ready, const Form& form, std::string_view common, bool unchanged) {
  std::string head;
  constexpr std::size_t own_lines = 200;
  head.reserve(own_lines + common.size());
  head = unchanged ? "HTTP/1.1 304 Not Modified\r\n" : "HTTP/1.1 200 OK\r\n";
  if (!unchanged) {
    add_header(head, "Content-Type", ready.content_type);
    add_header(head, "Content-Length", std::to_string(form.size));
    if (!form.coding.empty()) add_header(head, "Content-Encoding", form.coding);
  }
  head.append("ETag: \"").append(ready.etag).append(form.suffix).append("\"\r\n").append(common);
  head.shrink_to_fit();
  return head;
}

/// What is left to gain differs: at level 4 documents below 32 KiB are 2 % smaller than at level 1, larger ones 7 %, and both take twice the time
/// (docs/decisions/ready-bytes.md).
int gzip_level(Compression compression, std::size_t bytes) {
  constexpr std::size_t small = std::size_t{32} << 10U;
  constexpr int for_small = 1, for_large = 4, good = 9, thorough = 12;
  if (compression == Compression::quick) return bytes < small ? for_small : for_large;
  return compression == Compression::good ? good : thorough;
}

/// The coded forms of the identity, then the header blocks of all.
void finish(Ready& ready, Compression compression) {
  ready.is_pressed = compression == Compression::thorough;
  if (is_compressible(ready.content_type)) {
    ready.gzip = gzip(ready.identity, gzip_level(compression, ready.identity.size()));
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
  const std::string common = common_head(ready);
  ready.head_identity = head_of(ready, identity, common, false);
  ready.head_gzip = head_of(ready, gzipped, common, false);
  ready.head_brotli = head_of(ready, brotlied, common, false);
  ready.unchanged_identity = head_of(ready, identity, common, true);
  ready.unchanged_gzip = head_of(ready, gzipped, common, true);
  ready.unchanged_brotli = head_of(ready, brotlied, common, true);
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
