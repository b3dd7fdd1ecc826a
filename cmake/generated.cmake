# Files that travel inside the binary: SQL, templates, migrations, catalogues, web assets, the demonstration.
find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(EMBED ${CMAKE_SOURCE_DIR}/script/embed.py)

# src/<layer>/sql/*.sql -> generated/<layer>/sql.h, each file one db::Statement in namespace confer::sql::<layer>
function(confer_generate_sql layer result)
  file(GLOB sql CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${layer}/sql/*.sql)
  set(out "")
  if(sql)
    set(out ${CMAKE_BINARY_DIR}/generated/${layer}/sql.h ${CMAKE_BINARY_DIR}/generated/${layer}/sql.cpp)
    add_custom_command(OUTPUT ${out} DEPENDS ${sql} ${EMBED}
      COMMAND ${Python3_EXECUTABLE} ${EMBED} sql ${layer} ${CMAKE_SOURCE_DIR}/src/${layer}/sql ${out} VERBATIM)
    set_source_files_properties(${out} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  endif()
  set(${result} ${out} PARENT_SCOPE)
endfunction()

# A set of files under one name -> generated/<set>.cpp, defining confer::embedded::<set>()
function(confer_embed target set root)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS ${ARGN})
  set(out ${CMAKE_BINARY_DIR}/generated/${set}.cpp)
  add_custom_command(OUTPUT ${out} DEPENDS ${files} ${EMBED}
    COMMAND ${Python3_EXECUTABLE} ${EMBED} files ${set} ${root} ${out} ${files} VERBATIM)
  set_source_files_properties(${out} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
  target_sources(${target} PRIVATE ${out})
endfunction()
