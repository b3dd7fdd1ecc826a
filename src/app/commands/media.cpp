// confer probe, confer cut: work on media files alone, without an installation.
#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include "app/commands/commands.h"
#include "media/probe.h"

namespace confer::app {

void add_media_commands(CLI::App& app, int& code) {
  auto path = std::make_shared<std::string>();
  auto* probe = app.add_subcommand("probe", "Say what a media file holds, as JSON");
  probe->add_option("file", *path)->required();
  probe->callback([&code, path] {
    const auto probed = media::look_into(*path);
    if (!probed) {
      code = report_error(probed.error());
      return;
    }
    std::cout << media::to_json(*probed) << "\n";
  });
}

}  // namespace confer::app
