# Headers that nearly every file reads, compiled once: the sanitizer builds are a third faster with it. dev and release do without, so that a file that
# forgets an include is found there.
option(CONFER_PRECOMPILED "Compile the headers of cmake/precompiled.h once" OFF)
if(CONFER_PRECOMPILED)
  # ccache may reuse an object only if the header's time of making is not part of it.
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  if(CCACHE)
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${CCACHE})
  endif()
endif()

# Libraries share one, test programs another: they differ in how their code may be placed (-fPIC, -fPIE).
function(confer_precompile target first)
  if(NOT CONFER_PRECOMPILED)
    return()
  endif()
  if(NOT TARGET ${first} OR target STREQUAL first)
    target_precompile_headers(${target} PRIVATE ${CMAKE_SOURCE_DIR}/cmake/precompiled.h ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${first})
  endif()
endfunction()
