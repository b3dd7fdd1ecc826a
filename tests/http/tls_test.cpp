// TLS and its certificate's reload, with libcurl as the client; and fetching from others.
#include <curl/curl.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <filesystem>
#include <thread>
#include "client.h"
#include "http/outbound.h"
#include "http/prometheus.h"
#include "site.h"

namespace confer::http {
namespace {

/// Writes a self-signed certificate for "localhost" and its key.
void write_certificate(const std::string& certificate, const std::string& key, long serial) {
  EVP_PKEY* pair = EVP_EC_gen("P-256");
  X509* x509 = X509_new();
  X509_set_version(x509, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(x509), serial);
  X509_gmtime_adj(X509_getm_notBefore(x509), -60);
  X509_gmtime_adj(X509_getm_notAfter(x509), 3600);
  X509_set_pubkey(x509, pair);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(x509), "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>("localhost"), -1, -1, 0);
  X509_set_issuer_name(x509, X509_get_subject_name(x509));
  X509_EXTENSION* names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, "DNS:localhost");
  X509_add_ext(x509, names, -1);
  X509_sign(x509, pair, EVP_sha256());
  for (const auto& [path, is_key] : {std::pair(key, true), std::pair(certificate, false)}) {
    FILE* file = fopen((path + ".new").c_str(), "w");
    ASSERT_NE(file, nullptr);
    if (is_key)
      PEM_write_PrivateKey(file, pair, nullptr, nullptr, 0, nullptr, nullptr);
    else
      PEM_write_X509(file, x509);
    fclose(file);
    rename((path + ".new").c_str(), path.c_str());
  }
  X509_EXTENSION_free(names);
  X509_free(x509);
  EVP_PKEY_free(pair);
}

std::size_t append(char* bytes, std::size_t, std::size_t size, void* to) {
  static_cast<std::string*>(to)->append(bytes, size);
  return size;
}

/// The body, or curl's error.
std::string curl_get(const std::string& url, const std::string& authority, const std::string& upload = {}) {
  CURL* curl = curl_easy_init();
  std::string body;
  curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
  curl_easy_setopt(curl, CURLOPT_CAINFO, authority.c_str());
  curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, append);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
  curl_slist* headers = nullptr;
  if (!upload.empty()) {
    headers = curl_slist_append(nullptr, "Sec-Fetch-Site: same-origin");
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(curl, CURLOPT_POSTFIELDS, upload.data());
    curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE, static_cast<long>(upload.size()));
  }
  const CURLcode code = curl_easy_perform(curl);
  curl_slist_free_all(headers);
  curl_easy_cleanup(curl);
  return code == CURLE_OK ? body : std::string(curl_easy_strerror(code));
}

class Tls : public testing::Test {
 protected:
  Tls() : folder(testing::TempDir() + "confer_tls_XXXXXX") {
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    certificate = folder + "/cert.pem";
    key = folder + "/key.pem";
    write_certificate(certificate, key, 1);
    site.options.tls_certificate = certificate;
    site.options.tls_key = key;
  }
  ~Tls() override { std::filesystem::remove_all(folder); }
  std::string url(std::string_view path) const { return "https://localhost:" + std::to_string(site.port) + std::string(path); }
  std::string folder, certificate, key;
  Site site;
};

TEST_F(Tls, answers_small_and_large_bodies_both_ways) {
  const std::string big(5 << 20, 'q');
  site.on(Method::get, "/", [](Request& request) -> Result<Response> { return Response::text(request.origin()); });
  site.on(Method::get, "/big", [&](Request&) -> Result<Response> { return Response::content("application/octet-stream", big); });
  site.on(Method::get, "/file", [&](Request&) -> Result<Response> { return Response::file(certificate, "text/plain"); });
  site.on(
      Method::post, "/count", [](Request& request) -> Result<Response> { return Response::text(std::to_string(request.body.size())); }, BodyKind::raw, 8 << 20);
  site.start();
  EXPECT_EQ(curl_get(url("/"), certificate), "https://localhost:" + std::to_string(site.port));
  EXPECT_TRUE(curl_get(url("/big"), certificate) == big);
  EXPECT_TRUE(curl_get(url("/file"), certificate).starts_with("-----BEGIN CERTIFICATE-----"));
  EXPECT_EQ(curl_get(url("/count"), certificate, big), std::to_string(big.size()));
}

TEST_F(Tls, a_new_certificate_is_used_without_a_restart) {
  site.options.certificate_check = std::chrono::milliseconds(20);
  site.on(Method::get, "/", [](Request&) -> Result<Response> { return Response::text("fine"); });
  site.start();
  const std::string first = folder + "/first.pem";
  std::filesystem::copy_file(certificate, first);
  EXPECT_EQ(curl_get(url("/"), first), "fine");
  write_certificate(certificate, key, 2);
  while (curl_get(url("/"), certificate) != "fine") std::this_thread::yield();
  EXPECT_NE(curl_get(url("/"), first), "fine");
  std::filesystem::remove(key);
  const Result<void> broken = site.server->reload();
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().message, "The certificate's key cannot be used: " + key + ". Check that it exists, is PEM and belongs to the certificate.");
  EXPECT_EQ(curl_get(url("/"), certificate), "fine") << "the old one stays";
}

TEST_F(Tls, streams_and_slow_handshakes) {
  site.options.header_timeout = std::chrono::seconds(1);
  site.start();
  Client silent(site.port);
  EXPECT_EQ(silent.rest(), "");
}

TEST(Outbound, fetches_with_validators_and_limits) {
  Site site;
  site.on(Method::get, "/a", [](Request&) -> Result<Response> {
    return Response::content("application/json", "[1]").with_header("Last-Modified", "Sun, 06 Nov 1994 08:49:37 GMT");
  });
  site.on(Method::get, "/to", [](Request&) -> Result<Response> { return Response::see_other("/a"); });
  site.on(Method::get, "/loop", [](Request&) -> Result<Response> { return Response::see_other("/loop"); });
  site.on(Method::get, "/big", [](Request&) -> Result<Response> { return Response::text(std::string(2 << 20, 'x')); });
  site.routes.push_back({.method = Method::post,
                         .pattern = "/hook",
                         .rate = RateClass::api,
                         .handler = [](Request& request) -> Result<Response> { return Response::text(request.content_type + request.body); },
                         .body = BodyKind::raw});
  site.start();
  const std::string base = "http://127.0.0.1:" + std::to_string(site.port);
  const auto ask = [&](std::string url) { return OutboundRequest{.url = std::move(url), .internal = InternalAddresses::allow}; };
  const Result<OutboundAnswer> first = fetch(ask(base + "/to"));
  ASSERT_TRUE(first.has_value()) << first.error().message;
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(first->body, "[1]");
  EXPECT_EQ(first->content_type, "application/json");
  EXPECT_EQ(first->last_modified, "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(first->final_url, base + "/a");
  OutboundRequest again = ask(base + "/a");
  again.etag = first->etag;
  EXPECT_TRUE(fetch(again)->not_modified);
  OutboundRequest small = ask(base + "/big");
  small.max_bytes = 1 << 20;
  EXPECT_EQ(fetch(small).error().message, "The answer of " + base + "/big is larger than 1 MiB.");
  EXPECT_EQ(fetch(ask(base + "/loop")).error().message, base + "/loop redirects too often.");
  OutboundRequest hook = ask(base + "/hook");
  hook.method = "POST";
  hook.body = "{}";
  hook.content_type = "application/json";
  EXPECT_EQ(fetch(hook)->body, "application/json{}");
  EXPECT_EQ(fetch({.url = "http://user:secret@127.0.0.1:" + std::to_string(site.port) + "/a?key=secret"}).error().message,
            base +
                "/a leads to an address inside this network. If that is meant, whoever runs this installation allows it in its settings’ file: "
                "outbound.private_networks.");
  EXPECT_EQ(fetch({.url = "http://localhost:" + std::to_string(site.port) + "/a"}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(fetch({.url = "http://[::ffff:127.0.0.1]:" + std::to_string(site.port) + "/a"}).error().code, ErrorCode::forbidden);
  EXPECT_EQ(fetch({.url = "file:///etc/passwd"}).error().code, ErrorCode::invalid);
}

TEST(Prometheus, text_has_each_number_with_its_type) {
  const std::string text =
      prometheus_text({.requests = 7, .ready_hits = 3, .errors_4xx = 2, .errors_5xx = 1, .rate_limited = 0, .bytes_sent = 99, .connections = 4, .streams = 5});
  EXPECT_TRUE(text.starts_with(
      "# HELP confer_http_requests_total Requests since the start.\n# TYPE confer_http_requests_total counter\nconfer_http_requests_total 7\n"))
      << text;
  EXPECT_NE(text.find("# TYPE confer_http_streams gauge\nconfer_http_streams 5\n"), std::string::npos);
}

}  // namespace
}  // namespace confer::http
