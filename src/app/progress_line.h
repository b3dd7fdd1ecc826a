// What somebody at a terminal sees of long work: a line on stderr about every second, and nothing of what is done sooner.
#pragma once
#include <chrono>
#include <iostream>
#include "base/progress.h"

namespace confer::app {

/// Handed out as a `Progress`; from one thread at a time.
class ProgressLine {
 public:
  explicit ProgressLine(std::ostream& out = std::cerr, std::chrono::milliseconds every = std::chrono::seconds(1))
      : out_(out), every_(every), next_(std::chrono::steady_clock::now() + every) {}
  Progress teller() {
    return [this](std::string_view doing, std::int64_t done, std::int64_t of) { tell(doing, done, of); };
  }

 private:
  void tell(std::string_view doing, std::int64_t done, std::int64_t of) {
    const auto now = std::chrono::steady_clock::now();
    if (now < next_) return;
    next_ = now + every_;
    out_ << "  " << doing << ": " << done;
    if (of > 0) out_ << " of " << of;
    out_ << " …" << std::endl;
  }
  std::ostream& out_;
  std::chrono::milliseconds every_;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace confer::app
