# The sets of base/embedded.h. confer_embedded lies below every library, so that any test may read its files; the web assets, which npm
# builds, are linked to app only.
add_library(confer_embedded STATIC ${CMAKE_SOURCE_DIR}/cmake/empty.cpp)
target_include_directories(confer_embedded PUBLIC ${CMAKE_SOURCE_DIR}/src)
target_link_libraries(confer_embedded PUBLIC confer_deps)
confer_embed(confer_embedded templates ${CMAKE_SOURCE_DIR}/src ${CMAKE_SOURCE_DIR}/src/*/templates/*.html)
confer_embed(confer_embedded cards ${CMAKE_SOURCE_DIR}/src/cutting/cards ${CMAKE_SOURCE_DIR}/src/cutting/cards/*.svg)
confer_embed(confer_embedded migrations ${CMAKE_SOURCE_DIR}/src/app/migrations ${CMAKE_SOURCE_DIR}/src/app/migrations/*.sql)
confer_embed(confer_embedded catalogues ${CMAKE_SOURCE_DIR}/po ${CMAKE_SOURCE_DIR}/po/*.po)
confer_embed(confer_embedded api_documents ${CMAKE_SOURCE_DIR}/src/api ${CMAKE_SOURCE_DIR}/src/api/openapi.json)
confer_embed(confer_embedded demo ${CMAKE_SOURCE_DIR}/demo ${CMAKE_SOURCE_DIR}/demo/*.toml)

# web/ → build/<preset>/web → embedded::assets(). npm runs only when node_modules does not fit the lock file (script/setup does the same).
find_program(NODE NAMES node nodejs)
find_program(NPM NAMES npm)
if(NODE AND NPM)
  file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/web/islands/* ${CMAKE_SOURCE_DIR}/web/styles/*.css ${CMAKE_SOURCE_DIR}/web/icons/*
       ${CMAKE_SOURCE_DIR}/web/worker/* ${CMAKE_SOURCE_DIR}/web/shared/*)
  set(web ${CMAKE_SOURCE_DIR}/web)
  set(node_modules ${CMAKE_BINARY_DIR}/node_modules.stamp)
  add_custom_command(OUTPUT ${node_modules} DEPENDS ${web}/package.json ${web}/package-lock.json
    COMMAND sh -c "cmp -s package-lock.json node_modules/.confer-lock || { npm ci --no-audit --no-fund --ignore-scripts && cp package-lock.json node_modules/.confer-lock; }"
    COMMAND ${CMAKE_COMMAND} -E touch ${node_modules}
    WORKING_DIRECTORY ${web} VERBATIM)
  add_custom_command(OUTPUT ${CMAKE_BINARY_DIR}/generated/assets.cpp DEPENDS ${node_modules} ${web_sources} ${web}/build.mjs ${web}/tsconfig.json ${EMBED}
    COMMAND ${NODE} ${web}/build.mjs --out ${CMAKE_BINARY_DIR}/web
    COMMAND ${Python3_EXECUTABLE} ${EMBED} folder assets ${CMAKE_BINARY_DIR}/web ${CMAKE_BINARY_DIR}/generated/assets.cpp
    WORKING_DIRECTORY ${web} VERBATIM)
  add_library(confer_assets STATIC EXCLUDE_FROM_ALL ${CMAKE_BINARY_DIR}/generated/assets.cpp)
  target_include_directories(confer_assets PRIVATE ${CMAKE_SOURCE_DIR}/src)
elseif(NOT CONFER_ONLY)
  message(FATAL_ERROR "Node.js (18 or later) and npm build web/: run script/setup.")
endif()
