// The server's numbers as text for Prometheus.
#pragma once
#include <string>
#include "http/server.h"

namespace confer::http {

/// Exposition format 0.0.4: `text/plain; version=0.0.4`. The app decides who may read it.
std::string prometheus_text(const ServerNumbers& numbers);

}  // namespace confer::http
