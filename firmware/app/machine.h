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

namespace vmodem::app {

// Settings and files.
struct Stores {
  std::unique_ptr<firmware::NvStore> settings;
  std::unique_ptr<ufs::Store> files;
};

class Machine {
 public:
  Machine(testbed::TestbedConfig config, std::int64_t seed, bool judges_host, Stores stores)
      : config_(std::move(config)),
        seed_(static_cast<std::uint64_t>(seed)),
        judges_host_(judges_host),
        random_(seed_) {
    make(std::move(stores));
  }

  // The same one, whatever make() puts there.
  [[nodiscard]] testbed::Testbed& testbed() { return *testbed_; }

  // The run begins again, with these.
  void make(Stores stores) {
    testbed_.reset();
    stores_ = std::move(stores);
    random_ = SeededRandom(seed_);
    testbed_.emplace(config_, *stores_.files, *stores_.settings, random_);
    if (judges_host_) testbed_->journal().set_critic(&lint_.emplace());
  }

 private:
  testbed::TestbedConfig config_;
  std::uint64_t seed_;
  bool judges_host_;
  Stores stores_;
  SeededRandom random_;
  std::optional<lint::Lint> lint_;
  std::optional<testbed::Testbed> testbed_;
};

}  // namespace vmodem::app
