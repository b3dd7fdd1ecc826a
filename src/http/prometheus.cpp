// The server's numbers as text for Prometheus.
#include "http/prometheus.h"
#include <string_view>

namespace confer::http {

std::string prometheus_text(const ServerNumbers& numbers) {
  std::string out;
  const auto add = [&](std::string_view name, std::string_view type, std::string_view help, std::uint64_t value) {
    out.append("# HELP ").append(name).append(" ").append(help).append("\n# TYPE ").append(name).append(" ").append(type).append("\n");
    out.append(name).append(" ").append(std::to_string(value)).append("\n");
  };
  add("confer_http_requests_total", "counter", "Requests since the start.", numbers.requests);
  add("confer_http_ready_hits_total", "counter", "Requests answered from bytes that were ready.", numbers.ready_hits);
  add("confer_http_client_errors_total", "counter", "Answers with a status of 400 to 499.", numbers.errors_4xx);
  add("confer_http_server_errors_total", "counter", "Answers with a status of 500 to 599.", numbers.errors_5xx);
  add("confer_http_rate_limited_total", "counter", "Requests refused because too many came.", numbers.rate_limited);
  add("confer_http_sent_bytes_total", "counter", "Bytes sent.", numbers.bytes_sent);
  add("confer_http_connections", "gauge", "Open connections.", numbers.connections);
  add("confer_http_streams", "gauge", "Open streams of server-sent events.", numbers.streams);
  return out;
}

}  // namespace confer::http
