// Files that travel inside the binary, in sets made by cmake/generated.cmake.
#pragma once
#include <span>
#include <string_view>

namespace confer::embedded {

struct File {
  std::string_view path;  ///< relative to the set's root, with '/'
  std::string_view bytes;
};

std::span<const File> templates();      ///< src/*/templates/*.html → "people/sign_in.html"
std::span<const File> cards();          ///< src/cutting/cards/*.svg
std::span<const File> migrations();     ///< src/app/migrations/*.sql
std::span<const File> catalogues();     ///< po/*.po
std::span<const File> assets();         ///< what web/ builds, plus fonts and icons
std::span<const File> demo();           ///< demo/*
std::span<const File> api_documents();  ///< src/api/openapi.json

}  // namespace confer::embedded
