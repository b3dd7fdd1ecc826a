// Settings: from confer.toml, overridden by the command line.
#pragma once
#include <optional>
#include <string>
#include <vector>
#include "base/result.h"
#include "cutting/programs.h"
#include "files/shared.h"
#include "http/server.h"
#include "mail/mail.h"

namespace confer::app {

struct Config {
  std::string data_dir = "data";
  std::string database_url;  ///< empty: "sqlite:<data_dir>/confer.sqlite"
  std::string base_url;      ///< empty: http://localhost:<port>
  http::ServerOptions server;
  mail::Settings mail;
  std::string metrics_token;      ///< /metrics answers to this bearer token; empty: only to the right `operate`
  bool outbound_private = false;  ///< may sync sources lie in private networks?
  int link_pause_ms = 1000;       ///< between two requests of the link checker to one host
  int links_a_day = 0;            ///< how many addresses it looks at by itself; 0: only when asked
  std::string link_contact;       ///< whom a host's keeper can write to; empty: public_url()
  int job_threads = 2;
  int max_file_mb = 100;                       ///< of an uploaded file, in 10^6 bytes
  std::string watched_root;                    ///< folders that recorders write to lie below it; empty: incoming()
  int max_upload_gb = 20;                      ///< of an uploaded recording, in 10^9 bytes
  bool cuts_here = true;                       ///< this process cuts and encodes; else workers do
  std::vector<cutting::Hook> hooks;            ///< programs that bring what is online elsewhere
  cutting::Recogniser recogniser;              ///< a program that recognises speech
  std::string machine;                         ///< the name of this machine, for people; empty: its host's
  std::string files_folder;                    ///< empty: files()
  std::optional<files::SharedSettings> store;  ///< where recordings lie that others see, too; none: in `files` alone
  std::string log_level = "info";
  std::string incoming() const;  ///< where uploaded recordings go
  std::string root_of_watched() const;
  std::string files() const;  ///< where files/ keeps what it is given
  std::string name_of_machine() const;
  std::string unfinished_cuts() const;  ///< where cuts are made before they are whole
  std::string database() const;
  std::string public_url() const;
};

/// Reads `path` (empty: <data_dir>/confer.toml if there, else /etc/confer/confer.toml if there, else nothing).
/// Errors: invalid – not TOML (line and column), an unknown setting (its name), or a value of the wrong kind or out of range.
Result<Config> read_config(const std::string& path, const std::string& data_dir);

}  // namespace confer::app
