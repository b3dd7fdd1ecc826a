# One libFuzzer program a parser: tests/fuzz/<name>_fuzz.cpp -> <name>_fuzz; its kept corpus lies in tests/fuzz/corpus/<name>/.
file(GLOB fuzzers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/tests/fuzz/*_fuzz.cpp)
foreach(source ${fuzzers})
  get_filename_component(name ${source} NAME_WE)
  add_executable(${name} ${source})
  target_link_libraries(${name} PRIVATE ${CONFER_TOP})
  target_link_options(${name} PRIVATE -fsanitize=fuzzer)
endforeach()
