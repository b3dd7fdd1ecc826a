// The table of routes: what can be asked, by whom, protected how.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>
#include "http/message.h"

namespace confer::http {

/// `origin`: refused unless Origin (or Sec-Fetch-Site) says that the form is ours. `none`: for GET and for requests that carry their own token.
enum class Csrf : unsigned char { none, origin };
/// Which bucket a request is counted in; http/limits.h has the numbers.
enum class RateClass : unsigned char { page, write, sign_in, upload, stream, api, ask };
enum class BodyKind : unsigned char { none, form, raw, streamed };

using Handler = std::function<Result<Response>(Request&)>;

struct Route {
  Method method = Method::get;
  std::string pattern;  ///< "/{event}/talks/{code}": a name matches one segment, "{code}.ics" its beginning; "{name...}" at the end matches the rest
  int right = 0;        ///< what the app's gate understands
  Csrf csrf = Csrf::none;
  RateClass rate = RateClass::page;
  Handler handler;
  BodyKind body = BodyKind::none;
  std::size_t max_body_bytes = 1 << 20;
  /// With BodyKind::streamed: where the body goes instead of a temporary file. Asked on a worker, after the gate, before the body is read.
  std::function<Result<std::unique_ptr<BodySink>>(Request&)> sink = {};
};

/// Fixed after start-up. Literal segments win over "{name}.suffix", that over "{name}", that over "{name...}".
class Router {
 public:
  /// ASSERTs on two routes of one method and pattern, and on a state-changing method with Csrf::none outside RateClass::api.
  explicit Router(std::vector<Route> routes);
  ~Router();
  struct Match {
    const Route* route = nullptr;  ///< null: no such path (or not by this method: `allowed` says which)
    std::map<std::string, std::string, std::less<>> values;
    std::vector<Method> allowed;
  };
  /// HEAD finds GET routes, unless one for HEAD stands at the path.
  Match match(Method method, std::string_view path) const;
  const std::vector<Route>& routes() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace confer::http
