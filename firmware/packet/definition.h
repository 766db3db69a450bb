// What AT+CGDCONT and AT+QICSGP write: one saved store of PDP contexts, <cid> = <contextID>
// (TCP95 §1.1).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "firmware/settings/saved.h"

namespace vmodem::firmware {

inline constexpr int kPdpIdMax = 16;
// 27.007's commands reach one less (AT95 §9.2).
inline constexpr int kPdpCidMax = 15;

enum class PdpType : int { kIp, kPpp, kIpv6, kIpv4v6, kNonIp };

struct PdpDefinition {
  bool is_defined = false;  // listed by AT+CGDCONT?
  PdpType type = PdpType::kIp;
  std::string apn;      // empty: the subscription's own
  std::string address;  // that the host asks for; empty: any
  int data_compression = 0;
  int header_compression = 0;
  int ipv4_allocation = 0;
  std::string user;
  std::string password;
  int authentication = 0;  // 0 none, 1 PAP, 2 CHAP, 3 either

  [[nodiscard]] bool has_ipv4() const { return type != PdpType::kIpv6 && carries_ip(); }
  [[nodiscard]] bool has_ipv6() const { return type == PdpType::kIpv6 || type == PdpType::kIpv4v6; }
  [[nodiscard]] bool carries_ip() const { return type != PdpType::kNonIp; }
};

// "IPV4V6", as AT+CGDCONT spells it.
[[nodiscard]] std::string_view name(PdpType type);
// Of a name in any case.
[[nodiscard]] std::optional<PdpType> find_pdp_type(std::string_view name);

// Context 1 is defined before anybody did so; every other can be used without a definition.
[[nodiscard]] PdpDefinition load_pdp(const SavedSettings& saved, int id);
// Durable when it returns true; false leaves what was saved before.
[[nodiscard]] bool save_pdp(SavedSettings& saved, int id, const PdpDefinition& definition);

}  // namespace vmodem::firmware
