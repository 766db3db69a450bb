// Which networks the module looks for, in which order and on which bands (QCFG95 §2).
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "firmware/radio/config.h"
#include "firmware/radio/operators.h"

namespace vmodem::firmware {

// The values of AT+QCFG that are in effect, each as it is read back.
struct SearchSettings {
  std::string scan_mode;  // "nwscanmode": 1 GSM, 3 LTE, all others both
  std::string sequence;   // "nwscanseq": what it does not name comes behind, in the factory's order
  std::string lte_mode;   // "iotopmode": 0 eMTC, 1 NB-IoT, all others both
  std::string bands;      // "band"; what is no mask allows every band
};

class NetworkSearch {
 public:
  // Every technology of the model, in the factory's order, on every band.
  explicit NetworkSearch(Technologies technologies);

  void configure(SearchSettings settings);
  [[nodiscard]] const SearchSettings& settings() const { return settings_; }

  // Of a technology that is searched, on a band that is allowed. A band that QNWINFO's names do not
  // tell is allowed.
  [[nodiscard]] bool finds(const Operator& candidate) const;
  // Indices of `operators`; the first in the order of the search.
  [[nodiscard]] std::optional<std::size_t> find_selected(const std::vector<Operator>& operators,
                                                         const OperatorSelection& selection) const;
  [[nodiscard]] std::optional<std::size_t> find_automatically(
      const std::vector<Operator>& operators, bool is_roaming) const;

 private:
  [[nodiscard]] bool is_chosen(Technology technology) const;
  template <class Predicate>
  [[nodiscard]] std::optional<std::size_t> find(const std::vector<Operator>& operators,
                                                Predicate is_wanted) const;

  Technologies technologies_;
  SearchSettings settings_;
  std::vector<Technology> order_;
  std::array<std::optional<std::string>, 3> masks_;  // of GSM, eMTC, NB-IoT; absent: every band
};

}  // namespace vmodem::firmware
