// LISTEN and NOTIFY on connections of their own, by libpq.
#include "db/postgres/listener.h"
#include <fcntl.h>
#include <libpq-fe.h>
#include <poll.h>
#include <unistd.h>
#include <chrono>
#include <memory>
#include <set>
#include <vector>
#include "base/log.h"
#include "base/random.h"
#include "base/result.h"
#include "db/postgres/raw.h"

namespace confer::db::postgres {

namespace {

std::string quoted_identifier(const std::string& name) {
  std::string out = "\"";
  for (char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

pg_conn* connect_to(const std::string& url) {
  auto* connection = PQconnectdb(url.c_str());
  if (PQstatus(connection) != CONNECTION_OK || !configure(connection)) {
    PQfinish(connection);
    return nullptr;
  }
  return connection;
}

}  // namespace

Listener::Listener(std::string url, const std::string& schema) : url_(std::move(url)), schema_(schema) {
  ASSERT(::pipe2(wake_pipe_, O_CLOEXEC | O_NONBLOCK) == 0);
}

Listener::~Listener() {
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake();
  if (thread_.joinable()) thread_.join();
  if (receiver_ != nullptr) PQfinish(receiver_);
  if (sender_ != nullptr) PQfinish(sender_);
  ::close(wake_pipe_[0]);
  ::close(wake_pipe_[1]);
}

std::string Listener::physical_name(std::string_view channel) const {
  auto name = schema_ + "." + std::string(channel);
  // An identifier of PostgreSQL has at most 63 bytes.
  return name.size() <= 63 ? name : content_hash(name);
}

void Listener::wake() {
  // A full pipe has woken the thread already.
  if (::write(wake_pipe_[1], "w", 1) < 0) return;
}

void Listener::notify(std::string_view channel, std::string_view payload) {
  const auto name = physical_name(channel);
  const std::string text(payload);
  const char* values[] = {name.c_str(), text.c_str()};
  std::lock_guard lock(sending_mutex_);
  for (int attempt = 0; attempt < 2; ++attempt) {
    if (sender_ == nullptr) sender_ = connect_to(url_);
    if (sender_ == nullptr) continue;
    auto* answer = PQexecParams(sender_, "SELECT pg_notify($1, $2)", 2, nullptr, values, nullptr, nullptr, 0);
    const bool sent = PQresultStatus(answer) == PGRES_TUPLES_OK;
    PQclear(answer);
    if (sent) return;
    PQfinish(sender_);
    sender_ = nullptr;
  }
  log(LogTopic::db, LogLevel::warning, "others could not be told of a change", {{"channel", channel}});
}

void Listener::listen(std::string_view channel, std::function<void(std::string_view)> heard) {
  std::unique_lock lock(mutex_);
  heard_.emplace(physical_name(channel), std::move(heard));
  const auto mine = ++wanted_;
  connection_failed_ = false;
  if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  wake();
  listening_.wait(lock, [&] { return active_ >= mine || connection_failed_; });
}

void Listener::tell(const std::string& physical, std::string_view payload) {
  std::vector<std::function<void(std::string_view)>> calls;
  {
    std::lock_guard lock(mutex_);
    if (stopping_) return;
    for (auto [at, end] = heard_.equal_range(physical); at != end; ++at) calls.push_back(at->second);
  }
  for (const auto& call : calls) call(payload);
}

/// Brings the server's list of channels up to ours. False: the connection is gone.
bool Listener::connect() {
  if (receiver_ == nullptr) receiver_ = connect_to(url_);
  std::set<std::string> channels;
  std::size_t count = 0;
  {
    std::lock_guard lock(mutex_);
    for (const auto& [name, call] : heard_) channels.insert(name);
    count = wanted_;
  }
  bool ok = receiver_ != nullptr;
  for (const auto& name : channels) ok = ok && script(receiver_, "LISTEN " + quoted_identifier(name)).has_value();
  {
    std::lock_guard lock(mutex_);
    if (ok)
      active_ = count;
    else
      connection_failed_ = true;
  }
  listening_.notify_all();
  if (!ok && receiver_ != nullptr) {
    PQfinish(receiver_);
    receiver_ = nullptr;
  }
  return ok;
}

void Listener::run() {
  bool missed = false;
  auto pause = std::chrono::milliseconds(100);
  auto drain = [&] {
    char bytes[64];
    while (::read(wake_pipe_[0], bytes, sizeof bytes) > 0) {
    }
  };
  for (;;) {
    std::size_t known = 0;
    {
      std::lock_guard lock(mutex_);
      if (stopping_) return;
      known = wanted_ - active_;
    }
    if (receiver_ == nullptr || known != 0) {
      const bool fresh = receiver_ == nullptr;
      if (!connect()) {
        missed = true;
        // Up to 5 s between attempts; a new listener or the end wakes at once.
        pollfd wait{wake_pipe_[0], POLLIN, 0};
        ::poll(&wait, 1, static_cast<int>(pause.count()));
        drain();
        pause = std::min(pause * 2, std::chrono::milliseconds(5000));
        continue;
      }
      pause = std::chrono::milliseconds(100);
      if (fresh && missed) {
        missed = false;
        std::set<std::string> channels;
        {
          std::lock_guard lock(mutex_);
          for (const auto& [name, call] : heard_) channels.insert(name);
        }
        for (const auto& name : channels) tell(name, "");
      }
    }
    // What arrived together with an answer is already in libpq's buffer: look before sleeping.
    while (auto* note = PQnotifies(receiver_)) {
      const std::unique_ptr<PGnotify, decltype(&PQfreemem)> owned(note, &PQfreemem);
      tell(note->relname, note->extra);
    }
    pollfd wait[2] = {{PQsocket(receiver_), POLLIN, 0}, {wake_pipe_[0], POLLIN, 0}};
    ::poll(wait, 2, -1);
    if (wait[1].revents != 0) drain();
    if (wait[0].revents != 0 && (PQconsumeInput(receiver_) == 0 || PQstatus(receiver_) != CONNECTION_OK)) {
      log(LogTopic::db, LogLevel::warning, "connection for listening lost; reconnecting");
      PQfinish(receiver_);
      receiver_ = nullptr;
      missed = true;
    }
  }
}

}  // namespace confer::db::postgres
