// A connection's bytes: reading, gathering writes, files, the handshake, and the end of it.
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cerrno>
#include "http/connection_inside.h"

namespace confer::http {

namespace {

constexpr std::size_t file_piece = 512 << 10;  ///< sent between two turns of other connections
constexpr std::chrono::seconds linger_time{2};
constexpr std::size_t most_lingering = 4 << 20;

}  // namespace

void Output::advance(std::size_t bytes) {
  while (bytes > 0) {
    iovec& piece = pieces[first];
    const std::size_t step = std::min(bytes, piece.iov_len);
    piece.iov_base = static_cast<char*>(piece.iov_base) + step;
    piece.iov_len -= step;
    bytes -= step;
    if (piece.iov_len == 0) ++first;
  }
}

void Output::clear() {
  first = count = 0;
  for (std::size_t i = 0; i < owner_count; ++i) owners[i].reset();
  owner_count = 0;
}

Io Connection::read_some(std::string_view& got) {
  std::size_t count = 0;
  if (tls_) {
    const Io io = tls_->read(loop_.input.data(), loop_.input.size(), count);
    got = {loop_.input.data(), count};
    return io;
  }
  while (true) {
    const ssize_t received = recv(socket_.native_handle(), loop_.input.data(), loop_.input.size(), 0);
    if (received < 0 && errno == EINTR) continue;
    if (received < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return Io::want_read;
    if (received <= 0) return Io::closed;
    got = {loop_.input.data(), static_cast<std::size_t>(received)};
    return Io::done;
  }
}

/// Reads into the connection's own buffer, since Asio then asks the kernel once a request: waiting for the socket alone would arm epoll anew each time.
asio::awaitable<bool> Connection::receive_plain(std::string_view& got) {
  if (!begun_) begun_ = std::make_unique<std::array<char, beginning>>();
  boost::system::error_code error;
  const std::size_t count = co_await socket_.async_read_some(asio::buffer(*begun_), asio::redirect_error(asio::use_awaitable, error));
  got = {begun_->data(), count};
  co_return !error && !closed_;
}

asio::awaitable<bool> Connection::receive_secured(std::string_view& got) {
  for (Io io = Io::want_read;; io = read_some(got)) {
    if (io == Io::done) co_return true;
    const bool goes_on = co_await wait_for(io);
    if (!goes_on) co_return false;
  }
}

/// As many pieces as one system call takes, with its result: those in memory together, one in a file by itself.
ssize_t Connection::write_plain(const Output& output) {
  if (const PageFile* file = output.files[output.first]) {
    const std::size_t rest = output.pieces[output.first].iov_len;
    off_t offset = static_cast<off_t>(file->size() - rest);
    return sendfile(socket_.native_handle(), file->descriptor(), &offset, rest);
  }
  msghdr message{};
  message.msg_iov = const_cast<iovec*>(&output.pieces[output.first]);  // msghdr has no const form
  const auto* const in_memory = output.files.data();
  const auto* const end = std::find_if(in_memory + output.first, in_memory + output.count, [](const PageFile* file) { return file != nullptr; });
  message.msg_iovlen = static_cast<std::size_t>(end - in_memory) - output.first;
  const bool more = end != in_memory + output.count;
  return sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
}

Io Connection::write_some(Output& output) {
  while (!output.empty()) {
    std::size_t written = 0;
    if (tls_) {  // small pieces together in one record
      constexpr std::size_t record = 16 << 10;
      std::string& buffer = loop_.tls_output;
      buffer.clear();
      for (std::size_t i = output.first; i < output.count && buffer.size() < record; ++i)
        buffer.append(static_cast<const char*>(output.pieces[i].iov_base), std::min(output.pieces[i].iov_len, record - buffer.size()));
      const Io io = tls_->write(buffer.data(), buffer.size(), written);
      if (io != Io::done) return io;
    } else {
      const ssize_t sent = write_plain(output);
      if (sent < 0 && errno == EINTR) continue;
      if (sent < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Io::want_write : Io::closed;
      written = static_cast<std::size_t>(sent);
    }
    loop_.bytes_sent.add(written);
    output.advance(written);
  }
  return Io::done;
}

asio::awaitable<bool> Connection::wait(tcp::socket::wait_type what) {
  if (closed_) co_return false;
  boost::system::error_code error;
  co_await socket_.async_wait(what, asio::redirect_error(asio::use_awaitable, error));
  co_return !error && !closed_;
}

asio::awaitable<bool> Connection::wait_for(Io io) {
  if (io == Io::closed || closed_) co_return false;
  if (tls_ && io == Io::want_read && tls_->has_pending()) co_return true;
  const auto what = io == Io::want_write ? tcp::socket::wait_write : tcp::socket::wait_read;
  co_return co_await wait(what);
}

asio::awaitable<bool> Connection::handshake() {
  deadline_ = Steady::now() + loop_.core.options.header_timeout;
  while (true) {
    const Io io = tls_->handshake();
    if (io == Io::done) co_return true;
    const bool goes_on = co_await wait_for(io);
    if (!goes_on) co_return false;
  }
}

asio::awaitable<bool> Connection::send(Output& output) {
  const auto began = Steady::now();
  std::uint64_t before = loop_.bytes_sent.get(), sent = 0;
  while (true) {
    before = loop_.bytes_sent.get();
    const Io io = write_some(output);
    sent += loop_.bytes_sent.get() - before;
    if (io == Io::done) co_return true;
    deadline_ = began + loop_.core.options.write_timeout + std::chrono::seconds(sent / std::max<std::size_t>(1, loop_.core.options.slowest_bytes_per_second));
    const bool goes_on = co_await wait_for(io);
    if (!goes_on) co_return false;
  }
}

asio::awaitable<bool> Connection::send_file(Answer& answer) {
  const auto began = Steady::now();
  std::uint64_t sent_bytes = 0;
  auto offset = static_cast<off_t>(answer.file_first);
  std::string buffer;
  while (answer.file_count > 0) {
    Io io = Io::done;
    const std::size_t room = static_cast<std::size_t>(std::min<std::uint64_t>(answer.file_count, file_piece));
    std::size_t moved = 0;
    if (tls_) {
      buffer.resize(std::min<std::size_t>(room, 64 << 10));
      const ssize_t count = pread(answer.file.descriptor(), buffer.data(), buffer.size(), offset);
      if (count <= 0) co_return false;  // the file became shorter: the client must see a broken answer, not a wrong one
      auto piece = std::make_unique<Output>();
      piece->add(std::string_view(buffer).substr(0, static_cast<std::size_t>(count)));
      const bool sent = co_await send(*piece);
      if (!sent) co_return false;
      moved = static_cast<std::size_t>(count);
      offset += count;
    } else {
      const ssize_t count = sendfile(socket_.native_handle(), answer.file.descriptor(), &offset, room);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) io = errno == EAGAIN || errno == EWOULDBLOCK ? Io::want_write : Io::closed;
      if (count == 0) co_return false;
      if (count > 0) {
        moved = static_cast<std::size_t>(count);
        loop_.bytes_sent.add(moved);
      }
    }
    answer.file_count -= moved;
    sent_bytes += moved;
    deadline_ =
        began + loop_.core.options.write_timeout + std::chrono::seconds(sent_bytes / std::max<std::size_t>(1, loop_.core.options.slowest_bytes_per_second));
    if (io == Io::done && moved > 0 && moved < file_piece && answer.file_count > 0) io = Io::want_write;
    if (io == Io::done) {
      co_await asio::post(loop_.context, asio::use_awaitable);  // others' turn
      if (closed_) co_return false;
    } else {
      const bool goes_on = co_await wait_for(io);
      if (!goes_on) co_return false;
    }
  }
  co_return true;
}

/// Sends the end and reads what is still coming for a while: closing at once would reset the connection and take the answer with it.
asio::awaitable<void> Connection::linger() {
  if (closed_) co_return;
  if (tls_) tls_->close();
  boost::system::error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  deadline_ = Steady::now() + linger_time;
  std::size_t dropped = 0;
  while (dropped < most_lingering) {
    const bool goes_on = co_await wait(tcp::socket::wait_read);
    if (!goes_on) co_return;
    const ssize_t count = recv(socket_.native_handle(), loop_.input.data(), loop_.input.size(), 0);
    if (count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK && errno != EINTR)) co_return;
    if (count > 0) dropped += static_cast<std::size_t>(count);
  }
}

}  // namespace confer::http
