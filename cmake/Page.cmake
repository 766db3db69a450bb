# vmodem_page(<source>): the page of the live window as a C++ source, out of what tools/window/build has put
# into build/window. Without that the source has no page, and vmodem --window says so.
set(VMODEM_WINDOW AUTO CACHE STRING "Compile the live window in: AUTO where build/window has it, REQUIRED, OFF")

function(vmodem_page source)
  set(from ${PROJECT_SOURCE_DIR}/build/window)
  set(files)
  if(NOT VMODEM_WINDOW STREQUAL "OFF")
    file(GLOB_RECURSE files CONFIGURE_DEPENDS ${from}/*.gz)
  endif()
  if(NOT files AND VMODEM_WINDOW STREQUAL "REQUIRED")
    message(FATAL_ERROR "There is no page in ${from}: tools/window/build")
  elseif(NOT files AND NOT VMODEM_WINDOW STREQUAL "OFF")
    message(NOTICE "-- The live window is left out: ${from} has no page (tools/window/build, which needs Node 18)")
  endif()
  set(script ${PROJECT_SOURCE_DIR}/cmake/embed_page.cmake)
  list(JOIN files "|" joined)
  add_custom_command(OUTPUT ${source}
    COMMAND ${CMAKE_COMMAND} "-DFROM=${from}" "-DFILES=${joined}" "-DTO=${source}" -P ${script}
    DEPENDS ${files} ${script} VERBATIM)
endfunction()
