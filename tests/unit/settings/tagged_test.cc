#include "firmware/settings/tagged.h"

#include "firmware/commands/settings/qcfg_settings.h"
#include "firmware/settings/hex_mask.h"
#include "firmware/settings/indications.h"
#include "tests/support/catch.h"

namespace vmodem::firmware {
namespace {

TEST_CASE("Saved settings survive a reset and a reload, the others do not") {
  MemoryNvStore store;
  SavedSettings saved(store);
  TagSettings tags(saved);
  CHECK(tags.set(kNetworkScanMode, "3"));
  CHECK(tags.set(kPsmEnter, "1"));
  CHECK(tags.number(kNetworkScanMode) == 3);
  CHECK(tags.number(kPsmEnter) == 1);
  tags.reset();
  saved.reload();
  CHECK(tags.number(kNetworkScanMode) == 3);
  CHECK(tags.number(kPsmEnter) == 0);
  CHECK(tags.restore(kNetworkScanMode));
  CHECK(tags.number(kNetworkScanMode) == 0);
  CHECK(store.load().empty());
}

TEST_CASE("A value of a list is found by its place") {
  CHECK(value_at("0,0,500", 2) == "500");
  CHECK(value_at("0,0,500", 3).empty());
  CHECK(value_at("\"pulse\",120,1", 0) == "\"pulse\"");
  MemoryNvStore store;
  SavedSettings saved(store);
  const TagSettings tags(saved);
  CHECK(tags.number({"+QCFG", "apready", "0,0,500"}, 2) == 500);
  CHECK(tags.number({"+QCFG", "risignaltype", "\"respective\""}) == 0);
}

TEST_CASE("A mask keeps its digits, in lower case, up to its limit") {
  CHECK(parse_mask("0X80084", "ffffff") == "80084");
  CHECK(parse_mask("000F", "f") == "f");
  CHECK(parse_mask("0x0", "f") == "0");
  CHECK(parse_mask("100002000000000F0E189F", "100002000000000f0e189f") == "100002000000000f0e189f");
  CHECK_FALSE(parse_mask("100002000000000F0E18A0", "100002000000000f0e189f"));
  CHECK_FALSE(parse_mask("10", "f"));
  CHECK_FALSE(parse_mask("0x", "f"));
  CHECK_FALSE(parse_mask("", "f"));
  CHECK_FALSE(parse_mask("g", "f"));
}

TEST_CASE("The master switch of the indications holds all others back") {
  MemoryNvStore store;
  SavedSettings saved(store);
  TagSettings tags(saved);
  CHECK(is_indicated(tags, kRingIndication));
  CHECK_FALSE(is_indicated(tags, kSignalIndication));
  CHECK(tags.set(kSignalIndication, "1"));
  CHECK(is_indicated(tags, kSignalIndication));
  CHECK(tags.set(kAllIndications, "0"));
  CHECK_FALSE(is_indicated(tags, kSignalIndication));
}

}  // namespace
}  // namespace vmodem::firmware
