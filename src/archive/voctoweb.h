// Reads saved answers of voctoweb's public JSON API (media.ccc.de): conferences with their events, events with their recordings.
#pragma once
#include <vector>
#include "archive/imported.h"
#include "archive/source.h"

namespace confer::archive {

extern const Format voctoweb_format;

struct VoctowebTree {
  std::vector<ImportedEvent> events;  ///< its conferences, by acronym
  Findings findings;
};
/// Any files of /public/conferences, /public/conferences/:acronym, /public/events, /public/events/:guid, in any folders: put together by acronym and GUID,
/// the answer that tells more counts. Errors: invalid – no conference is told.
Result<VoctowebTree> read_voctoweb(std::vector<SourceFile> files);

}  // namespace confer::archive
