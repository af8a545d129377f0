# Compiler, linker and warning rules shared by every target of ours.
include(CheckCXXCompilerFlag)

find_program(RAPPORT_CCACHE ccache)
if(RAPPORT_CCACHE)
  # Without this sloppiness ccache does not keep what was compiled with a precompiled header.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${RAPPORT_CCACHE})
endif()
find_program(RAPPORT_MOLD mold)
if(RAPPORT_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O3")  # assertions stay on: no -DNDEBUG
if(CMAKE_CXX_FLAGS_DEBUG STREQUAL "-g")  # CMake's own; a preset's (sanitizers, coverage) stand
  set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
endif()

if(RAPPORT_JOINED AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC collects its garbage each time its heap has doubled from 128 MB: a sixth of the time to compile a
  # joined file. It is let grow further where all that is compiled at once has room for it.
  cmake_host_system_information(RESULT memory_mb QUERY TOTAL_PHYSICAL_MEMORY)
  cmake_host_system_information(RESULT cores QUERY NUMBER_OF_LOGICAL_CORES)
  set(container_max /sys/fs/cgroup/memory.max)
  if(EXISTS ${container_max})
    file(STRINGS ${container_max} bytes LIMIT_COUNT 1)
    if(bytes MATCHES "^[0-9]+$")
      math(EXPR container_mb "${bytes} / 1048576")
      if(container_mb LESS memory_mb)
        set(memory_mb ${container_mb})
      endif()
    endif()
  endif()
  math(EXPR heap_mb "${memory_mb} / (2 * (${cores} + 2))")
  foreach(step 1024 512 256)
    if(heap_mb GREATER_EQUAL step)
      math(EXPR heap_kb "1024 * ${step}")
      add_compile_options("SHELL:--param ggc-min-heapsize=${heap_kb}")
      break()
    endif()
  endforeach()
endif()

if(RAPPORT_SANITIZE)
  add_compile_options(-fsanitize=${RAPPORT_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${RAPPORT_SANITIZE})
endif()

if(RAPPORT_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)  # libFuzzer sees which code each input reaches
endif()

# Ledgers must be equal at any optimisation level: no contraction, never fast-math.
add_library(rapport_rules INTERFACE)
set(RAPPORT_SHADOW -Wshadow)
if(RAPPORT_JOINED)
  # What is global to one file is in the scope of the next, where a local of that name hides nothing that
  # was meant. The dev and lint builds, which compile each file alone, look at all that is hidden.
  set(RAPPORT_SHADOW $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wno-shadow>)
endif()
target_compile_options(rapport_rules INTERFACE
  -ffp-contract=off
  -Wall -Wextra -Wpedantic -Werror ${RAPPORT_SHADOW} -Wconversion -Wsign-conversion
  -Wnon-virtual-dtor -Wold-style-cast -Wcast-align -Woverloaded-virtual -Wnull-dereference
  -Wimplicit-fallthrough)
if(RAPPORT_JOINED AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Every type that a joined file names in its anonymous namespace stands, to GCC, in an included file.
  target_compile_options(rapport_rules INTERFACE -Wno-subobject-linkage)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 reports false positives of these in optimised and sanitised builds (and of the last three in
  # the standard library, which it no longer takes for a system header once it is precompiled).
  target_compile_options(rapport_rules INTERFACE -Wduplicated-cond -Wlogical-op
    -Wno-null-dereference -Wno-maybe-uninitialized -Wno-restrict
    -Wno-array-bounds -Wno-stringop-overflow -Wno-stringop-overread)
else()
  # Of the standard library's own std::stable_sort, once it is precompiled.
  target_compile_options(rapport_rules INTERFACE -Wno-deprecated-declarations)
endif()

# Standard headers and {fmt} are read once, not by every file: a third of the time to build. The lint
# build does without, so that every file still includes what it uses.
set(RAPPORT_PREFIX_HEADERS <algorithm> <array> <cstdint> <map> <memory> <optional> <span> <string> <string_view>
    <tuple> <utility> <vector> <fmt/format.h>)
set(RAPPORT_TEST_PREFIX_HEADERS ${RAPPORT_PREFIX_HEADERS} <gtest/gtest.h> <rapidcheck.h>)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  add_compile_options(-fpch-preprocess)  # asked for by ccache
else()
  add_compile_options("SHELL:-Xclang -fno-pch-timestamp")  # likewise
endif()
