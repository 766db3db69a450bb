// Servers that are there without any configuration.
#pragma once

#include "net/sim/description/world.h"

namespace vmodem::sim {

// The note's example servers, 220.180.239.212:8028 (plain) and leshan.eclipseprojects.io:5684
// (DTLS, the note's identity and key): both answer as libcoap's example server does.
void add_libcoap_examples(WorldConfig& world);

// coap.sim at 198.51.100.7, ports 5683 and 5684: the resources of the ETSI CoAP plugtests.
void add_plugtest_server(WorldConfig& world);

// Both, a name server's worth of names and a time server.
[[nodiscard]] WorldConfig ready_world();

}  // namespace vmodem::sim
