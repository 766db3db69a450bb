// A testbed with what it keeps, which can be made anew from its beginning.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "firmware/base/random.h"
#include "firmware/lint/lint.h"
#include "firmware/settings/saved.h"
#include "firmware/testbed/testbed.h"
#include "ufs/store.h"

namespace vmodem::testbed {

// Settings and files.
struct Stores {
  std::unique_ptr<firmware::NvStore> settings;
  std::unique_ptr<ufs::Store> files;
};

class Machine {
 public:
  Machine(TestbedConfig config, std::int64_t seed, Stores stores)
      : config_(std::move(config)), seed_(static_cast<std::uint64_t>(seed)), random_(seed_) {
    make(std::move(stores));
  }

  // The same one, whatever make() puts there.
  [[nodiscard]] Testbed& testbed() { return *testbed_; }

  // The run begins again, with these.
  void make(Stores stores) {
    testbed_.reset();
    stores_ = std::move(stores);
    random_ = SeededRandom(seed_);
    testbed_.emplace(config_, *stores_.files, *stores_.settings, random_);
    if (config_.judges_host) testbed_->journal().set_critic(&lint_.emplace());
  }

 private:
  TestbedConfig config_;
  std::uint64_t seed_;
  Stores stores_;
  SeededRandom random_;
  std::optional<lint::Lint> lint_;
  std::optional<Testbed> testbed_;
};

}  // namespace vmodem::testbed
