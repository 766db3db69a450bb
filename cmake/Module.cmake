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
    PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${CMAKE_RUNTIME_OUTPUT_DIRECTORY})
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

# vmodem_archives_of(<out> <target>): the archives that a program of the target links, its own last.
function(vmodem_archives_of out target)
  set(found)
  set(todo ${target})
  set(seen)
  while(todo)
    list(POP_FRONT todo one)
    if(one IN_LIST seen)
      continue()
    endif()
    list(APPEND seen ${one})
    if(NOT TARGET ${one})
      if(one MATCHES "[.]a$")
        list(APPEND found ${one})
      endif()
      continue()
    endif()
    get_target_property(type ${one} TYPE)
    get_target_property(is_imported ${one} IMPORTED)
    if(type STREQUAL "STATIC_LIBRARY" AND NOT is_imported)
      list(APPEND found $<TARGET_FILE:${one}>)
    endif()
    foreach(property LINK_LIBRARIES INTERFACE_LINK_LIBRARIES)
      get_target_property(links ${one} ${property})
      if(links)
        list(TRANSFORM links REPLACE "^\\$<LINK_ONLY:(.*)>$" "\\1")
        list(APPEND todo ${links})
      endif()
    endforeach()
  endwhile()
  set(${out} ${found} PARENT_SCOPE)
endfunction()

# vmodem_merged_archive(<target> <file> ROOM <room> SHOWN <pattern>): the room and all below it as one
# archive, which shows the symbols of the pattern only: a program that has another fmt or mbedTLS, or
# rooms of these names, meets none of them.
function(vmodem_merged_archive target file)
  cmake_parse_arguments(arg "" "ROOM;SHOWN" "" ${ARGN})
  vmodem_archives_of(archives ${arg_ROOM})
  cmake_path(REPLACE_EXTENSION file LAST_ONLY .o OUTPUT_VARIABLE object)
  cmake_path(GET file PARENT_PATH folder)
  add_custom_command(OUTPUT ${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND ${CMAKE_CXX_COMPILER} -r -nostdlib -Wl,--force-group-allocation -o ${object}
            $<TARGET_OBJECTS:${arg_ROOM}> -Wl,--start-group ${archives} -Wl,--end-group
    # A symbol that is unique in its process (STB_GNU_UNIQUE) can only be hidden as a weak one.
    COMMAND ${CMAKE_OBJCOPY} --wildcard "--weaken-symbol=_Z*" ${object}
    COMMAND ${CMAKE_OBJCOPY} --wildcard "--keep-global-symbol=${arg_SHOWN}" ${object}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${file}
    COMMAND ${CMAKE_AR} qcs ${file} ${object}
    DEPENDS ${arg_ROOM} ${archives}
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(${target} ALL DEPENDS ${file})
endfunction()
