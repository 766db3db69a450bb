#include "firmware/app/http/http.h"
#include "firmware/app/http/page.h"
#include "firmware/app/http/server.h"

extern "C" [[gnu::visibility("default")]] const vmodem::app::HttpModule vmodem_http_module;
const vmodem::app::HttpModule vmodem_http_module{
    VMODEM_VERSION, &vmodem::app::MicrohttpdServer::serve, vmodem::app::page_files()};
