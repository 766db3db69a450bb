# vmodem_runs_once(<source>…): code of a program's start, whose build is mostly its optimisation.
# It does without where nobody measures.
function(vmodem_runs_once)
  set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Debug>:-O0>)
endfunction()

# vmodem_module(<target> HEADERS … SOURCES … PUBLIC … PRIVATE …): one static library of one folder.
# Headers are included by their path from the top level, as "at_engine/engine.h".
function(vmodem_module target)
  cmake_parse_arguments(arg "" "" "HEADERS;SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${target} STATIC ${arg_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})

  # A source includes its own header first (tests/architecture holds it to that) and so shows that
  # the header stands alone. `all_verify_interface_header_sets` compiles those that have none here.
  set(sourceless ${arg_HEADERS})
  list(TRANSFORM arg_SOURCES REPLACE "\\.cc$" ".h" OUTPUT_VARIABLE shown)
  list(REMOVE_ITEM sourceless ${shown})
  if(sourceless)
    target_sources(${target} PUBLIC FILE_SET sourceless TYPE HEADERS
                                    BASE_DIRS ${PROJECT_SOURCE_DIR} FILES ${sourceless})
    set_target_properties(${target} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
endfunction()
