// TLS on a non-blocking socket (OpenSSL), without OpenSSL's headers in ours.
#pragma once
#include <cstddef>
#include <memory>
#include <string>
#include "base/result.h"

struct ssl_ctx_st;
struct ssl_st;

namespace confer::http {

/// How one attempt to move bytes ended.
enum class Io : unsigned char { done, want_read, want_write, closed };

/// A certificate and its key. Connections keep the one they began with.
class TlsContext {
 public:
  /// PEM files; the certificate's file holds the chain. TLS 1.2 and later. Errors: unavailable – names the file that cannot be read or does not fit.
  static Result<std::shared_ptr<const TlsContext>> load(const std::string& certificate, const std::string& key);
  ~TlsContext();
  ssl_ctx_st* raw() const { return context_; }

 private:
  explicit TlsContext(ssl_ctx_st* context) : context_(context) {}
  ssl_ctx_st* context_;
};

/// One connection's TLS. Its buffers are released while it is idle.
class TlsStream {
 public:
  TlsStream(std::shared_ptr<const TlsContext> context, int socket);
  ~TlsStream();
  TlsStream(const TlsStream&) = delete;
  TlsStream& operator=(const TlsStream&) = delete;
  Io handshake();
  Io read(char* into, std::size_t room, std::size_t& count);
  /// After want_read or want_write it must be called again with the same bytes (perhaps elsewhere, perhaps more of them).
  Io write(const char* bytes, std::size_t size, std::size_t& count);
  /// Bytes that are decrypted already and that the socket will not announce.
  bool has_pending() const;
  /// Tells the other side that nothing follows.
  void close();

 private:
  Io outcome(int returned) const;
  std::shared_ptr<const TlsContext> context_;
  ssl_st* ssl_;
};

}  // namespace confer::http
