// Keeps a library that may have no other source valid for CMake.
