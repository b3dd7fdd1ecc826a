// Any bytes as a record of PyVideo or an answer of voctoweb, in an archive's folder: read, counted, never a crash.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include "archive/pyvideo.h"
#include "archive/series.h"
#include "archive/voctoweb.h"

using namespace confer::archive;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  auto tree = find_pyvideo_folders({{"a/category.json", "{\"title\":\"A 2012\"}", ""}, {"a/videos/x.json", bytes, ""}, {"b/category.json", bytes, ""}});
  if (!tree) std::abort();
  PyvideoOverview overview;
  for (const auto& folder : tree->folders) {
    auto event = read_pyvideo_folder(folder);
    overview.add(event);
    // What is kept of a record is read the same again.
    for (const auto& talk : event.talks) {
      Findings ignored;
      const auto again = pyvideo_format.read_record(talk.raw, "x", ignored);
      if (!again || again->talk.description != talk.talk.description || !again->recording.same_as(talk.recording)) std::abort();
    }
    edition_of({event.title, folder.folder});
  }
  overview.take();
  (void)read_voctoweb({{"a.json", bytes, ""}});
  return 0;
}
