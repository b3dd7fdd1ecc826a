// A host on a loopback port that answers as it is told: any status, a redirect, or nothing at all; and remembers what was asked.
#pragma once
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace confer::test {

class PlayedHost {
 public:
  struct Asked {
    std::string method, path, head;
    std::chrono::steady_clock::time_point at;
  };

  PlayedHost() {
    listening_ = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (bind(listening_, reinterpret_cast<sockaddr*>(&address), size) != 0 || listen(listening_, 16) != 0 ||
        getsockname(listening_, reinterpret_cast<sockaddr*>(&address), &size) != 0)
      std::abort();
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { run(); });
  }
  ~PlayedHost() {
    stopping_ = true;
    shutdown(listening_, SHUT_RDWR);
    thread_.join();
    close(listening_);
    for (const int held : held_) close(held);
  }
  PlayedHost(const PlayedHost&) = delete;
  PlayedHost& operator=(const PlayedHost&) = delete;

  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  /// "/a", "HEAD /a" or "/a?b=c" → what is answered: "200 OK", "301 Moved\r\nLocation: /b", "" for silence, "-" for hanging up. Anything else is 404.
  void answer(const std::string& what, const std::string& with) {
    const std::scoped_lock lock(mutex_);
    answers_[what] = with;
  }
  std::vector<Asked> asked() {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }

 private:
  void run() {
    while (!stopping_) {
      const int peer = accept4(listening_, nullptr, nullptr, SOCK_CLOEXEC);
      if (peer < 0) continue;
      std::string head;
      char bytes[2048];
      while (!head.contains("\r\n\r\n")) {
        const auto got = read(peer, bytes, sizeof bytes);
        if (got <= 0) break;
        head.append(bytes, static_cast<std::size_t>(got));
      }
      const auto first = head.find(' '), second = head.find(' ', first + 1);
      if (first == std::string::npos || second == std::string::npos) {
        close(peer);
        continue;
      }
      const std::string method = head.substr(0, first), target = head.substr(first + 1, second - first - 1), path = target.substr(0, target.find('?'));
      std::string with = "404 Not Found";
      {
        const std::scoped_lock lock(mutex_);
        asked_.push_back({method, target, head, std::chrono::steady_clock::now()});
        for (const auto& what : {path, method + " " + path, target})
          if (const auto found = answers_.find(what); found != answers_.end()) with = found->second;
      }
      if (with.empty()) {
        held_.push_back(peer);
        continue;
      }
      if (with == "-") {
        close(peer);
        continue;
      }
      const std::string answer = "HTTP/1.1 " + with + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
      static_cast<void>(!write(peer, answer.data(), answer.size()));
      close(peer);
    }
  }

  int listening_ = -1;
  unsigned short port_ = 0;
  std::atomic<bool> stopping_ = false;
  std::vector<int> held_;
  std::mutex mutex_;
  std::map<std::string, std::string> answers_;
  std::vector<Asked> asked_;
  std::thread thread_;
};

}  // namespace confer::test
