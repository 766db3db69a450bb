#include "firmware/base/random.h"

#include "tests/support/catch.h"

using namespace vmodem;

TEST_CASE("one seed repeats its draws and another seed does not") {
  SeededRandom first(7);
  SeededRandom again(7);
  SeededRandom other(8);
  const auto draw = first.next(RandomStream::kToken);
  CHECK(draw == again.next(RandomStream::kToken));
  CHECK(draw != other.next(RandomStream::kToken));
}

TEST_CASE("drawing from one stream does not shift another") {
  SeededRandom disturbed(7);
  SeededRandom quiet(7);
  for (int i = 0; i < 5; ++i) static_cast<void>(disturbed.next(RandomStream::kLink));
  CHECK(disturbed.next(RandomStream::kToken) == quiet.next(RandomStream::kToken));
}

TEST_CASE("fractions stay below one and choices below their bound") {
  SeededRandom random(1);
  for (int i = 0; i < 1000; ++i) {
    const auto fraction = random.fraction(RandomStream::kAckTimeout);
    CHECK((fraction >= 0.0 && fraction < 1.0));
    CHECK(random.below(RandomStream::kLink, 3) < 3);
  }
}
