// The tus 1.0 protocol over ResumableUploads: POST creates, HEAD tells the offset, PATCH appends, DELETE ends.
#include <charconv>
#include <optional>
#include "http/characters.h"
#include "http/uploads.h"

namespace confer::http {

namespace {

constexpr std::string_view version = "1.0.0";

std::optional<std::uint64_t> number_in(const Request& request, std::string_view name) {
  const std::string_view text = request.header(name);
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Standard base64 with padding; nothing when malformed.
std::optional<std::string> base64_decoded(std::string_view text) {
  static constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  if (text.size() % 4 != 0) return std::nullopt;
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : text.substr(0, text.size() - padding)) {
    const std::size_t digit = alphabet.find(c);
    if (digit == std::string_view::npos) return std::nullopt;
    bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xffffff;
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += static_cast<char>(bits >> have & 0xff);
    }
  }
  return out;
}

/// One value of Upload-Metadata: "filename d29ybGQ=,filetype dGV4dA==". Errors: invalid – malformed base64.
Result<std::string> metadata(const Request& request, std::string_view key) {
  std::string_view list = request.header("Upload-Metadata");
  for (std::string_view one = next_element(list); !one.empty(); one = next_element(list)) {
    const std::size_t blank = one.find(' ');
    if (one.substr(0, blank) != key) continue;
    std::optional<std::string> value = base64_decoded(blank == std::string_view::npos ? std::string_view{} : trim_blanks(one.substr(blank)));
    if (!value) return fail(ErrorCode::invalid, "Upload-Metadata is malformed: values are base64.");
    return std::move(*value);
  }
  return std::string();
}

Response with_tus(Response response, const UploadState& state) {
  response.headers_.emplace_back("Tus-Resumable", version);
  response.headers_.emplace_back("Upload-Offset", std::to_string(state.offset));
  response.headers_.emplace_back("Upload-Expires", http_date(state.expires));
  return response;
}

/// A client of another version must be told ours (tus 1.0 § Tus-Resumable). Nothing when it fits.
std::optional<Response> wrong_version(const Request& request) {
  if (const std::string_view asked = request.header("Tus-Resumable"); asked.empty() || asked == version) return std::nullopt;
  Response response = Response::text("This server speaks tus 1.0.0.\n");
  response.status_ = 412;
  response.headers_.emplace_back("Tus-Version", version);
  return response;
}

}  // namespace

std::vector<Route> upload_routes(ResumableUploads& uploads, UploadMount mount) {
  const auto shared = std::make_shared<const UploadMount>(std::move(mount));
  const std::string one = shared->prefix + "/{upload}";
  const auto finish_when_whole = [&uploads, shared](Request& request, const UploadState& state) -> Result<void> {
    if (state.offset != state.length || state.finished) return {};
    if (shared->finished) {
      if (Result<void> taken = shared->finished(request, state); !taken) {
        if (taken.error().code == ErrorCode::invalid) TRY(uploads.remove(state.id, state.owner));
        return taken;
      }
    }
    return uploads.finish(state.id, state.owner);
  };
  std::vector<Route> routes;
  const auto add = [&](Method method, const std::string& pattern, Handler handler) -> Route& {
    routes.push_back({.method = method,
                      .pattern = pattern,
                      .right = shared->right,
                      .csrf = method == Method::head ? Csrf::none : Csrf::origin,
                      .rate = RateClass::upload,
                      .handler = [handler = std::move(handler)](Request& request) -> Result<Response> {
                        if (std::optional<Response> wrong = wrong_version(request)) return std::move(*wrong);
                        return handler(request);
                      }});
    return routes.back();
  };

  add(Method::post, shared->prefix, [&uploads, shared, finish_when_whole](Request& request) -> Result<Response> {
    TRY_ASSIGN(const std::string owner, shared->owner(request));
    const std::optional<std::uint64_t> length = number_in(request, "Upload-Length");
    if (!length) return fail(ErrorCode::invalid, "Upload-Length is missing: how many bytes will the file have?");
    if (*length > uploads.rules().max_bytes) {
      Response response = Response::text("The file is too large: at most " + std::to_string(uploads.rules().max_bytes >> 20) + " MiB are taken.\n");
      response.status_ = 413;
      response.headers_.emplace_back("Tus-Max-Size", std::to_string(uploads.rules().max_bytes));
      return response;
    }
    TRY_ASSIGN(const std::string file_name, metadata(request, "filename"));
    TRY_ASSIGN(const std::string file_type, metadata(request, "filetype"));
    TRY_ASSIGN(const std::string title, metadata(request, "title"));
    UploadState wanted;
    wanted.owner = owner;
    wanted.length = *length;
    wanted.file_name = file_name;
    wanted.content_type = file_type;
    wanted.title = title;
    if (shared->announced) TRY(shared->announced(request, wanted));
    TRY_ASSIGN(const UploadState state, uploads.create(owner, *length, file_name, file_type, title));
    TRY(finish_when_whole(request, state));
    return with_tus(Response::created(request.path + "/" + state.id, ""), state);
  });

  add(Method::head, one, [&uploads, shared](Request& request) -> Result<Response> {
    TRY_ASSIGN(const std::string owner, shared->owner(request));
    TRY_ASSIGN(const UploadState state, uploads.find(request.param("upload"), owner));
    return with_tus(Response::nothing().with_header("Upload-Length", std::to_string(state.length)), state);
  });

  Route& patch = add(Method::patch, one, [&uploads, shared, finish_when_whole](Request& request) -> Result<Response> {
    TRY_ASSIGN(const std::string owner, shared->owner(request));
    TRY_ASSIGN(const UploadState state, uploads.find(request.param("upload"), owner));
    TRY(finish_when_whole(request, state));
    return with_tus(Response::nothing(), state);
  });
  patch.body = BodyKind::streamed;
  patch.max_body_bytes = static_cast<std::size_t>(uploads.rules().max_bytes);
  patch.sink = [&uploads, shared](Request& request) -> Result<std::unique_ptr<BodySink>> {
    if (!same_name(request.content_type, "application/offset+octet-stream"))
      return fail(ErrorCode::invalid, "A piece of an upload has the content type application/offset+octet-stream.");
    const std::optional<std::uint64_t> offset = number_in(request, "Upload-Offset");
    if (!offset) return fail(ErrorCode::invalid, "Upload-Offset is missing: where does this piece begin?");
    TRY_ASSIGN(const std::string owner, shared->owner(request));
    return uploads.append(request.param("upload"), owner, *offset);
  };

  add(Method::remove, one, [&uploads, shared](Request& request) -> Result<Response> {
    TRY_ASSIGN(const std::string owner, shared->owner(request));
    TRY(uploads.remove(request.param("upload"), owner));
    return Response::nothing().with_header("Tus-Resumable", std::string(version));
  });
  return routes;
}

}  // namespace confer::http
