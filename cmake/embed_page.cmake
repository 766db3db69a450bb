# cmake -DFROM=DIR -DFILES=A.gz|B.gz -DTO=FILE.cc -P embed_page.cmake: files as firmware/app/http/page.h declares
# them. Their paths begin below DIR and end before ".gz".
set(types html "text/html; charset=utf-8" js "text/javascript; charset=utf-8" css "text/css; charset=utf-8"
          svg "image/svg+xml")
string(REPLACE "|" ";" files "${FILES}")
list(SORT files)
set(arrays "")
set(rows "")
set(count 0)
foreach(file ${files})
  file(RELATIVE_PATH path ${FROM} ${file})
  string(REGEX REPLACE "[.]gz$" "" path ${path})
  string(REGEX REPLACE ".*[.]" "" ending ${path})
  list(FIND types ${ending} place)
  if(place LESS 0)
    message(FATAL_ERROR "${file}: of no type that a page has")
  endif()
  math(EXPR place "${place} + 1")
  list(GET types ${place} type)
  file(READ ${file} digits HEX)
  string(REGEX REPLACE "(..)" "0x\\1," octets "${digits}")
  string(APPEND arrays "constexpr unsigned char kFile${count}[] = {${octets}};\n")
  string(APPEND rows "      {\"/${path}\", \"${type}\", view(kFile${count})},\n")
  math(EXPR count "${count} + 1")
endforeach()

if(count EQUAL 0)
  set(body "  return {};\n")
  set(helper "")
else()
  set(body "  static const HttpFile kFiles[] = {\n${rows}  };\n  return kFiles;\n")
  set(helper "template <std::size_t kSize>
std::string_view view(const unsigned char (&octets)[kSize]) {
  return {reinterpret_cast<const char*>(octets), kSize};
}\n\n")
endif()
file(WRITE ${TO} "// Made by cmake/embed_page.cmake.
#include \"firmware/app/http/page.h\"

namespace vmodem::app {
namespace {

${helper}${arrays}
}  // namespace

std::span<const HttpFile> page_files() noexcept {
${body}}

}  // namespace vmodem::app
")
