// A response made ready for the wire: status line, headers, validators, coding.
#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
#include "http/message.h"
#include "http/negotiate.h"
#include "http/status.h"

namespace confer::http {

/// An open file, closed with its owner.
class OpenFile {
 public:
  OpenFile() = default;
  explicit OpenFile(int descriptor) : descriptor_(descriptor) {}
  OpenFile(OpenFile&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OpenFile& operator=(OpenFile&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  ~OpenFile();
  int descriptor() const { return descriptor_; }
  explicit operator bool() const { return descriptor_ >= 0; }

 private:
  int descriptor_ = -1;
};

struct Answer {
  int status = 200;
  std::string head;  ///< without Date, Connection and the empty line
  std::string body;
  std::shared_ptr<const Ready> ready;  ///< owns `ready_body`
  std::string_view ready_body;
  OpenFile file;
  std::shared_ptr<Source> source;  ///< in the place of `file`
  std::uint64_t file_first = 0, file_count = 0;
  std::string topic;  ///< a stream of events follows
  bool close = false;
};

/// Which head and body of `ready` answer a request with these headers.
struct ReadyChoice {
  int status;
  std::string_view head, body;
  const PageFile* pages = nullptr;  ///< where the body lies, too
};
ReadyChoice choose_form(const Ready& ready, std::string_view accept_encoding, std::string_view if_none_match, std::string_view if_modified_since);

using HeaderList = std::vector<std::pair<std::string, std::string>>;
/// Runs on a worker: opens files, computes the ETag, answers conditions and ranges, compresses text over 1 KiB.
Answer finish(Response response, const Request& request, const HeaderList& common_headers);
/// Who reads a refusal: a person one sentence of plain text, a program problem details.
enum class Reader : unsigned char { person, program };
/// A refusal, made where no page can be rendered.
Answer refuse(const Refusal& refusal, std::optional<std::chrono::seconds> retry_after = {}, Reader reader = Reader::person);

}  // namespace confer::http
