# libphonenumber: the library from its Debian package, its headers from where tools/install-deps unpacks
# them, because its -dev package cannot be installed beside Boost 1.81's (docs/decisions/0006-phone-numbers.md).
pkg_check_modules(protobuf REQUIRED IMPORTED_TARGET protobuf)
find_path(PHONENUMBER_INCLUDE_DIR phonenumbers/phonenumberutil.h
  HINTS ${PROJECT_SOURCE_DIR}/build/deps/libphonenumber/include)
find_library(PHONENUMBER_LIBRARY NAMES libphonenumber.so.8 phonenumber)
if(NOT PHONENUMBER_INCLUDE_DIR OR NOT PHONENUMBER_LIBRARY)
  message(FATAL_ERROR "libphonenumber is missing: run tools/install-deps")
endif()
add_library(phonenumber INTERFACE IMPORTED)
target_include_directories(phonenumber SYSTEM INTERFACE ${PHONENUMBER_INCLUDE_DIR})
target_link_libraries(phonenumber INTERFACE ${PHONENUMBER_LIBRARY} PkgConfig::protobuf)
