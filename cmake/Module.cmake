# vmodem_runs_once(<source>…): code of a program's start, whose build is mostly its optimisation.
# It does without where nobody measures.
function(vmodem_runs_once)
  set_source_files_properties(${ARGN} PROPERTIES COMPILE_OPTIONS $<$<CONFIG:Debug>:-O0>)
endfunction()

# vmodem_batches(<target> <size>): up to <size> sources are compiled as one, so that the headers
# they share are read and instantiated once (docs/benchmarks.md, group build).
function(vmodem_batches target size)
  if(VMODEM_BATCHES)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${size})
  endif()
endfunction()

# vmodem_module(<target> SOURCES … PRIVATE …): <target>.so beside the programs, loaded at run time. It
# shows nothing of its libraries, which a program may have too.
function(vmodem_module target)
  cmake_parse_arguments(arg "" "" "SOURCES;PRIVATE" ${ARGN})
  add_library(${target} MODULE ${arg_SOURCES})
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PRIVATE ${arg_PRIVATE})
  target_link_options(${target} PRIVATE -Wl,--exclude-libs,ALL)
  set_target_properties(${target} PROPERTIES
    PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${CMAKE_RUNTIME_OUTPUT_DIRECTORY}
    CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endfunction()

# vmodem_room(<target> FACE … INNER … SOURCES … PUBLIC … PRIVATE …): one static library of one folder.
# FACE are the headers that other rooms may include, by their path from the top level, as
# "at_engine/engine.h"; INNER are the others. tests/architecture holds rooms to both, and the links
# to what the sources include.
function(vmodem_room target)
  cmake_parse_arguments(arg "" "" "FACE;INNER;SOURCES;PUBLIC;PRIVATE" ${ARGN})
  set_property(GLOBAL APPEND PROPERTY VMODEM_ROOMS ${target})
  set_property(GLOBAL PROPERTY VMODEM_FACE_OF_${target} ${arg_FACE})
  set_property(GLOBAL PROPERTY VMODEM_INNER_OF_${target} ${arg_INNER})
  if(NOT arg_SOURCES)
    add_library(${target} INTERFACE)
    target_include_directories(${target} INTERFACE ${PROJECT_SOURCE_DIR})
    target_link_libraries(${target} INTERFACE ${arg_PUBLIC})
    return()
  endif()
  add_library(${target} STATIC ${arg_SOURCES})
  target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(${target} PUBLIC ${arg_PUBLIC} PRIVATE ${arg_PRIVATE})
  vmodem_batches(${target} 8)
endfunction()
