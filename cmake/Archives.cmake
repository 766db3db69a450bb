# Sets HAS_CXX_ARCHIVES, LIBCOAP_ARCHIVES and MBEDTLS_ARCHIVES: what links without shared libraries.
# A Debian that lacks one of them keeps the shared library.
include(CheckSourceCompiles)
set(CMAKE_REQUIRED_QUIET ON)

# vmodem_find_archives(<variable> <name>…): the archives of these libraries, or nothing where one is
# not there or wants a library that is not among them.
function(vmodem_find_archives variable)
  set(archives "")
  foreach(name IN LISTS ARGN)
    find_library(${name}_ARCHIVE lib${name}.a)
    mark_as_advanced(${name}_ARCHIVE)
    if(NOT ${name}_ARCHIVE)
      return()
    endif()
    list(APPEND archives ${${name}_ARCHIVE})
  endforeach()
  set(CMAKE_REQUIRED_LIBRARIES -Wl,--whole-archive ${archives} -Wl,--no-whole-archive)
  check_source_compiles(C "int main(void) { return 0; }" ${variable}_LINK)
  if(${variable}_LINK)
    set(${variable} ${archives} PARENT_SCOPE)
  endif()
endfunction()

vmodem_find_archives(LIBCOAP_ARCHIVES coap-3-notls)
vmodem_find_archives(MBEDTLS_ARCHIVES mbedtls mbedx509 mbedcrypto)

# Together: the shared libraries of fmt and spdlog would bring the C++ library's along.
file(READ ${PROJECT_SOURCE_DIR}/cmake/fmt_archive.cc fmt_source)
set(CMAKE_REQUIRED_LINK_OPTIONS -static-libstdc++ -static-libgcc)
check_source_compiles(CXX "${fmt_source}
int main(int argc, char**) { fmt::print(\"{} {:L} {}\\n\", argc, argc, argc * 0.1); }"
                      HAS_CXX_ARCHIVES)
unset(CMAKE_REQUIRED_LINK_OPTIONS)
unset(CMAKE_REQUIRED_QUIET)
