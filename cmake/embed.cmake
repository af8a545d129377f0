# Files that belong to the binary (playbooks, samples, the report's page) are compiled into it, so
# that it runs from any working directory.
add_executable(rapport_embedder ${PROJECT_SOURCE_DIR}/cmake/embed.cpp)
target_link_libraries(rapport_embedder PRIVATE rapport_rules)
add_custom_target(rapport_embedded)  # everything that is embedded: what reading the sources needs to be made

# rapport_embed(TARGET NAME DIR): compiles every file under DIR, except hidden ones, into TARGET.
# `#include "embedded/NAME.hpp"` declares rapport::embedded::NAME, a span of base::EmbeddedFile in
# the order of their paths. A file that is added, changed or removed is noticed by the next build.
function(rapport_embed target name directory)
  set(made ${PROJECT_BINARY_DIR}/embedded)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS LIST_DIRECTORIES false RELATIVE ${directory} ${directory}/*)
  list(FILTER files EXCLUDE REGEX "(^|/)\\.")
  list(SORT files)  # by bytes
  list(TRANSFORM files PREPEND ${directory}/ OUTPUT_VARIABLE paths)
  string(REPLACE ";" "\n" lines "${files}")
  file(CONFIGURE OUTPUT ${made}/${name}.list CONTENT "${lines}\n" @ONLY)  # written only when it changes
  rapport_embed_listed(${target} ${name} ${directory} ${made}/${name}.list ${paths})
endfunction()

# rapport_embed_listed(TARGET NAME DIR LIST [PATHS…]): the same for the files that LIST names, one a line,
# read when it is built; PATHS are files whose change alone makes it again.
function(rapport_embed_listed target name directory list)
  set(made ${PROJECT_BINARY_DIR}/embedded)
  file(MAKE_DIRECTORY ${made})
  add_custom_command(
    OUTPUT ${made}/${name}.cpp ${made}/${name}.hpp
    COMMAND rapport_embedder ${name} ${directory} ${list} ${made}/${name}
    DEPENDS rapport_embedder ${list} ${ARGN}
    COMMENT "Embedding ${name}"
    VERBATIM)
  # A long file is one long literal, longer than the standard obliges compilers to take.
  set_source_files_properties(${made}/${name}.cpp PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)
  # A library of its own: a target with commands waits for all that it links, and TARGET should not.
  add_library(rapport_embedded_${name} STATIC ${made}/${name}.cpp ${made}/${name}.hpp)
  target_include_directories(rapport_embedded_${name} PUBLIC ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR}/src)
  target_link_libraries(rapport_embedded_${name} PRIVATE rapport_rules)
  target_link_libraries(${target} PRIVATE rapport_embedded_${name})
  add_dependencies(rapport_embedded rapport_embedded_${name})
endfunction()

# The pages of web/ are built first (web/build, which needs Node.js), once for all presets.
file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS LIST_DIRECTORIES false ${PROJECT_SOURCE_DIR}/web/* ${PROJECT_SOURCE_DIR}/api/*.json)
list(FILTER web_sources EXCLUDE REGEX "/(node_modules|dist|report)/")
set(web_built ${PROJECT_SOURCE_DIR}/build/web)
add_custom_command(
  OUTPUT ${web_built}/files.list
  COMMAND ${PROJECT_SOURCE_DIR}/web/build ${web_built}
  DEPENDS ${web_sources}
  COMMENT "Building the web pages"
  VERBATIM)
rapport_embed_listed(rapport_app web ${web_built}/pages ${web_built}/files.list)

rapport_embed(rapport_signals models ${PROJECT_SOURCE_DIR}/models/shipped)
rapport_embed(rapport_playbook playbooks ${PROJECT_SOURCE_DIR}/playbooks)
rapport_embed(rapport_server openapi ${PROJECT_SOURCE_DIR}/api)
rapport_embed(rapport_report report_page ${PROJECT_SOURCE_DIR}/web/report)
rapport_embed(rapport_app announcements ${PROJECT_SOURCE_DIR}/announcements)
rapport_embed(rapport_simulation simulation ${PROJECT_SOURCE_DIR}/simulation)
