# Libraries from Debian packages (script/setup lists them).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(CURL REQUIRED)
find_package(PostgreSQL REQUIRED)
find_package(SQLite3 REQUIRED)
foreach(lib icu-uc icu-i18n libsodium libdeflate libbrotlienc libbrotlidec libctemplate libcmark-gfm libarchive pugixml
        libavformat libavcodec libavutil libswresample libswscale libebur128 libseccomp librsvg-2.0 pangocairo)
  string(MAKE_C_IDENTIFIER ${lib} id)
  if(lib STREQUAL "libcmark-gfm" OR lib STREQUAL "pugixml")
    continue()
  endif()
  pkg_check_modules(${id} REQUIRED IMPORTED_TARGET ${lib})
endforeach()
add_library(confer_deps INTERFACE)
target_link_libraries(confer_deps INTERFACE
  Threads::Threads fmt::fmt spdlog::spdlog nlohmann_json::nlohmann_json OpenSSL::SSL OpenSSL::Crypto CURL::libcurl
  PkgConfig::icu_uc PkgConfig::icu_i18n PkgConfig::libsodium PkgConfig::libdeflate PkgConfig::libbrotlienc PkgConfig::libbrotlidec
  PkgConfig::libctemplate PkgConfig::libarchive
  PkgConfig::libavformat PkgConfig::libavcodec PkgConfig::libavutil PkgConfig::libswresample PkgConfig::libswscale PkgConfig::libebur128 PkgConfig::libseccomp
  SQLite::SQLite3 PostgreSQL::PostgreSQL soci_core soci_sqlite3 soci_postgresql
  cmark-gfm cmark-gfm-extensions pugixml qrcodegencpp stemmer)
# Cards are drawn by these, which only media/ sees: GLib's headers are for nobody else.
set(CONFER_CARD_LIBRARIES PkgConfig::librsvg_2_0 PkgConfig::pangocairo)
target_compile_definitions(confer_deps INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ALL_NO_LIB)
