// A blocking client on a raw socket: sends exactly the bytes it is given.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <charconv>
#include <cstring>
#include <map>
#include <string>
#include <string_view>

namespace confer::http {

struct Got {
  int status = 0;
  std::map<std::string, std::string> headers;  ///< names in lower case
  std::string body;
  bool operator==(const Got&) const = default;
};

class Client {
 public:
  explicit Client(unsigned short port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&to), sizeof to) == 0;
    const timeval patience{30, 0};  // far beyond every timeout under test: a hanging server fails the test instead of hanging it
    setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  }
  ~Client() {
    if (socket_ >= 0) ::close(socket_);
  }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  void send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t n = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (n <= 0) return;
      bytes.remove_prefix(static_cast<std::size_t>(n));
    }
  }
  void end() { shutdown(socket_, SHUT_WR); }
  void shut() {
    ::close(socket_);
    socket_ = -1;
  }
  /// False when the server has closed (or reset) the connection.
  bool more() {
    char buffer[65536];
    const ssize_t n = recv(socket_, buffer, sizeof buffer, 0);
    if (n <= 0) return false;
    in_.append(buffer, static_cast<std::size_t>(n));
    return true;
  }
  /// Everything until the server closes.
  std::string rest() {
    while (more()) {
    }
    return std::move(in_);
  }
  /// Up to and with `mark`; what there is when the connection ends before it.
  std::string until(std::string_view mark) {
    std::size_t at = 0;
    while ((at = in_.find(mark)) == std::string::npos)
      if (!more()) return std::move(in_);
    std::string out = in_.substr(0, at + mark.size());
    in_.erase(0, at + mark.size());
    return out;
  }
  /// One response; status 0 when the connection ended.
  Got response(bool to_head = false) {
    Got got;
    const std::string head = until("\r\n\r\n");
    if (!head.starts_with("HTTP/1.1 ") || !head.ends_with("\r\n\r\n")) return got;
    std::from_chars(head.data() + 9, head.data() + 12, got.status);
    for (std::size_t at = head.find("\r\n") + 2; at < head.size() - 2;) {
      const std::size_t end = head.find("\r\n", at), colon = head.find(": ", at);
      std::string name = head.substr(at, colon - at);
      for (char& c : name) c = static_cast<char>(tolower(c));
      std::string& value = got.headers[name];
      value += (value.empty() ? "" : ", ") + head.substr(colon + 2, end - colon - 2);
      at = end + 2;
    }
    std::size_t size = 0;
    if (const auto length = got.headers.find("content-length"); length != got.headers.end() && !to_head && got.status != 304)
      std::from_chars(length->second.data(), length->second.data() + length->second.size(), size);
    while (in_.size() < size)
      if (!more()) break;
    got.body = in_.substr(0, size);
    in_.erase(0, size);
    return got;
  }
  Got ask(std::string_view bytes) {
    send(bytes);
    return response();
  }
  Got get(std::string_view path, std::string_view headers = {}) {
    return ask("GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(headers) + "\r\n");
  }
  int socket() const { return socket_; }

 private:
  int socket_;
  bool connected_ = false;
  std::string in_;
};

}  // namespace confer::http
