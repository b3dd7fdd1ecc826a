# Several files of a folder compiled as one: what they include is read once, and what they all instantiate is made once, which halves the time of the sanitizer
# builds. dev and release compile each file alone, so that a file that forgets an include, or hides a name, is found there; script/tidy.py looks at each alone too.
option(CONFER_UNITY "Compile several files of a folder as one" OFF)
if(NOT CONFER_UNITY)
  function(confer_group target)
  endfunction()
  return()
endif()
set(CMAKE_UNITY_BUILD ON)
set(CMAKE_UNITY_BUILD_MODE GROUP)
# A local name may hide one that another file keeps to itself.
add_compile_options(-Wno-shadow)
# Files with a name of their own that another file of the folder has, or calls, too (script/check_unity.py tells). "redefinition of …" in a sanitizer build: give it a name
# that says more, or put the file into a list that it agrees with: those of a folder in `second` are compiled as one, and those in `third`.
set(second
  src/app/commands/data.cpp
  src/app/config.cpp
  src/app/reactions.cpp
  src/app/sync.cpp
  src/archive/merging.cpp
  src/archive/reading.cpp
  src/archive/voctoweb.cpp
  src/archive/writing.cpp
  src/cutting/jobs.cpp
  src/cutting/pages/look.cpp
  src/cutting/pages/organiser_cuts.cpp
  src/db/sqlite/engine.cpp
  src/db/sqlite/raw.cpp
  src/events/pages/organiser_event.cpp
  src/events/pages/organiser_things.cpp
  src/footage/footage.cpp
  src/footage/pages/organiser_footage.cpp
  src/keeping/pages/organiser_imports.cpp
  src/keeping/store.cpp
  src/media/encode_work.cpp
  src/media/pictures.cpp
  src/media/plan.cpp
  src/media/sound.cpp
  src/media/still.cpp
  src/programme/correction.cpp
  src/programme/formats/import_text.cpp
  src/programme/formats/pyvideo.cpp
  src/programme/formats/schedule2_read.cpp
  src/programme/merge.cpp
  src/programme/organiser_speakers.cpp
  src/programme/pages/organiser_import.cpp
  src/programme/pages/organiser_slot_list.cpp
  src/programme/pages/organiser_speaker_changes.cpp
  src/programme/pages/organiser_speaker_list.cpp
  src/recordings/license.cpp
  src/recordings/listing.cpp
  src/recordings/place.cpp
  src/recordings/recordings.cpp
  src/recordings/store.cpp
  src/recordings/video_lists.cpp
  src/search/parse.cpp
  src/search/units.cpp
  src/search/words.cpp
  src/site/island_data.cpp
  src/site/on_demand.cpp
  src/site/pages/archive_lists.cpp
  src/site/pages/event.cpp
  src/site/pages/talk.cpp
  tests/programme/import_files_test.cpp
  tests/programme/import_test.cpp
  tests/programme/release_test.cpp
  tests/programme/stars_test.cpp
  tests/programme/talk_files_release_test.cpp)
set(third
  src/programme/formats/schedule_json_read.cpp
  src/programme/formats/schedule_xml_read.cpp
  src/programme/pages/organiser_release.cpp
  src/programme/pages/organiser_slots.cpp
  src/programme/pages/organiser_talks.cpp
  src/recordings/pages/organiser_match.cpp
  src/recordings/tracks.cpp
  src/site/pages/archive_requests.cpp
  src/site/pages/archived_event.cpp
  src/site/pages/archived_talk.cpp
  tests/programme/clashes_test.cpp
  tests/programme/export_schema_test.cpp
  tests/programme/pyvideo_test.cpp)
set(alone
  src/api/pages/programme.cpp
  src/app/commands/recordings.cpp
  src/base/log.cpp
  src/html/theme.cpp
  src/keeping/pages/organiser_queue.cpp
  src/media/listen.cpp
  src/programme/model_json.cpp
  src/programme/pages/organiser_speaker.cpp
  src/talks/files.cpp
  tests/cutting/propose_test.cpp
  tests/db/crash_test.cpp
  tests/db/migrate_test.cpp
  tests/db/transaction_test.cpp
  tests/footage/coverage_test.cpp
  tests/footage/start_test.cpp
  tests/http/server_test.cpp
  tests/programme/difference_test.cpp
  tests/programme/roundtrip_test.cpp
  tests/programme/schedule_readers_test.cpp
  tests/site/page_cache_test.cpp)
foreach(file ${second} ${third} ${alone})
  if(NOT EXISTS ${CMAKE_SOURCE_DIR}/${file})
    message(FATAL_ERROR "cmake/unity.cmake names ${file}, which is not there: take it out of the list.")
  endif()
endforeach()
foreach(group second third)
  list(TRANSFORM ${group} PREPEND ${CMAKE_SOURCE_DIR}/)
  set_source_files_properties(${${group}} PROPERTIES UNITY_GROUP ${group})
endforeach()
list(TRANSFORM alone PREPEND ${CMAKE_SOURCE_DIR}/)

# All other files of the target, sixteen at a time.
function(confer_group target)
  get_target_property(sources ${target} SOURCES)
  list(REMOVE_ITEM sources ${second} ${third} ${alone})
  set(at 0)
  foreach(source ${sources})
    math(EXPR group "${at} / 16")
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
    math(EXPR at "${at} + 1")
  endforeach()
endfunction()
