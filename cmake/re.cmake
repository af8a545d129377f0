# libre, the SIP stack. Its pkg-config file names no definitions, but its headers need those that it was
# built with: HAVE_INET6 changes the layout of `struct sa`.
pkg_check_modules(libre REQUIRED IMPORTED_TARGET libre)
add_library(re INTERFACE)
target_link_libraries(re INTERFACE PkgConfig::libre)
target_compile_definitions(re INTERFACE HAVE_INET6 HAVE_INTTYPES_H HAVE_STDBOOL_H)
