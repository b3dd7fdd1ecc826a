// TLS on a non-blocking socket (OpenSSL).
#include "http/tls.h"
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace confer::http {

namespace {

std::string last_openssl_error() {
  char text[256] = "unknown";
  if (const unsigned long code = ERR_get_error(); code != 0) ERR_error_string_n(code, text, sizeof text);
  ERR_clear_error();
  return text;
}

int choose_protocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in, unsigned in_size, void*) {
  static constexpr unsigned char http_1_1[] = {8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* chosen = nullptr;
  if (SSL_select_next_proto(&chosen, out_size, http_1_1, sizeof http_1_1, in, in_size) != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
  *out = chosen;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

Result<std::shared_ptr<const TlsContext>> TlsContext::load(const std::string& certificate, const std::string& key) {
  SSL_CTX* raw = SSL_CTX_new(TLS_server_method());
  if (raw == nullptr) return fail(ErrorCode::unavailable, "TLS cannot be set up.", last_openssl_error());
  std::shared_ptr<const TlsContext> context(new TlsContext(raw));
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF);
  SSL_CTX_set_mode(raw, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);  // tickets resume sessions without memory here
  if (SSL_CTX_use_certificate_chain_file(raw, certificate.c_str()) != 1)
    return fail(ErrorCode::unavailable, "The certificate cannot be read: " + certificate + ". Check that it exists and is PEM.", last_openssl_error());
  if (SSL_CTX_use_PrivateKey_file(raw, key.c_str(), SSL_FILETYPE_PEM) != 1 || SSL_CTX_check_private_key(raw) != 1)
    return fail(ErrorCode::unavailable, "The certificate's key cannot be used: " + key + ". Check that it exists, is PEM and belongs to the certificate.",
                last_openssl_error());
  return context;
}

TlsContext::~TlsContext() { SSL_CTX_free(context_); }

TlsStream::TlsStream(std::shared_ptr<const TlsContext> context, int socket) : context_(std::move(context)), ssl_(SSL_new(context_->raw())) {
  ASSERT(ssl_ != nullptr);
  SSL_set_fd(ssl_, socket);
  SSL_set_accept_state(ssl_);
}

TlsStream::~TlsStream() { SSL_free(ssl_); }

Io TlsStream::outcome(int returned) const {
  switch (SSL_get_error(ssl_, returned)) {
    case SSL_ERROR_WANT_READ:
      return Io::want_read;
    case SSL_ERROR_WANT_WRITE:
      return Io::want_write;
    default:
      ERR_clear_error();
      return Io::closed;
  }
}

Io TlsStream::handshake() {
  ERR_clear_error();
  const int returned = SSL_do_handshake(ssl_);
  return returned == 1 ? Io::done : outcome(returned);
}

Io TlsStream::read(char* into, std::size_t room, std::size_t& count) {
  ERR_clear_error();
  const int returned = SSL_read_ex(ssl_, into, room, &count);
  return returned == 1 ? Io::done : outcome(returned);
}

Io TlsStream::write(const char* bytes, std::size_t size, std::size_t& count) {
  ERR_clear_error();
  const int returned = SSL_write_ex(ssl_, bytes, size, &count);
  return returned == 1 ? Io::done : outcome(returned);
}

bool TlsStream::has_pending() const { return SSL_pending(ssl_) > 0; }

void TlsStream::close() {
  ERR_clear_error();
  if (SSL_is_init_finished(ssl_)) SSL_shutdown(ssl_);
  ERR_clear_error();
}

}  // namespace confer::http
