// A modem at a port, in real time.
#pragma once

#include <memory>
#include <string>

#include "tools/conform/device/port_care.h"
#include "tools/conform/device/serial_backend.h"
#include "tools/conform/survey/survey.h"

namespace vmodem::conform {

class PortSite final : public Site {
 public:
  PortSite(Port port, PortCare::Options care, Duration input_wait)
      : port_(std::move(port)), care_(std::move(care)), input_wait_(input_wait) {}

  [[nodiscard]] Expected<Backend*, BackendError> bring_back() override;
  [[nodiscard]] Meeting meeting() const override;
  [[nodiscard]] Dialogue::Patience patience() const override;
  [[nodiscard]] Report play(const Planned& one) override;

 private:
  Port port_;
  PortCare::Options care_;
  Duration input_wait_;
  std::unique_ptr<SerialBackend> backend_;
  std::uint16_t ports_[kPeerCount]{};
};

}  // namespace vmodem::conform
