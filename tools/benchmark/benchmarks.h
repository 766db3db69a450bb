// The groups of figures. Each measures its floor in turns with vmodem, in the same run.
#pragma once

#include <string>

#include "tools/benchmark/report.h"

namespace vmodem::benchmark {

struct Programs {
  std::string vmodem;
  std::string conform;
  std::string floor_responder;
  std::string coap_server;
  std::string coaps_server;
};

[[nodiscard]] Figures measure_port(const Programs& programs);
[[nodiscard]] Figures measure_record(const Programs& programs);
[[nodiscard]] Figures measure_capture(const Programs& programs);
[[nodiscard]] Figures measure_codec(const Programs& programs);
[[nodiscard]] Figures measure_coap(const Programs& programs);
[[nodiscard]] Figures measure_coaps(const Programs& programs);
[[nodiscard]] Figures measure_dtls(const Programs& programs);
[[nodiscard]] Figures measure_memory(const Programs& programs);
[[nodiscard]] Figures measure_fleet(const Programs& programs);

}  // namespace vmodem::benchmark
