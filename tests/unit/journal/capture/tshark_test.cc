// Wireshark's own reader on what the writer wrote.
#include <sys/wait.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "firmware/base/hex.h"
#include "firmware/base/random.h"
#include "firmware/journal/capture/capture_writer.h"
#include "tests/support/catch.h"
#include "tests/support/entry_script.h"

using namespace vmodem;
using namespace vmodem::journal;

namespace {

constexpr CalendarTime kYear2019 = CalendarTime(std::chrono::hours(24 * 365 * 50));

class CaptureFile {
 public:
  explicit CaptureFile(ByteView octets)
      : path_(std::filesystem::temp_directory_path() /
              ("vmodem_tshark_test_" + std::to_string(::getpid()) + ".pcapng")) {
    std::ofstream file(path_, std::ios::binary);
    file.write(as_text(octets).data(), static_cast<std::streamsize>(octets.size()));
  }
  ~CaptureFile() { std::filesystem::remove(path_); }

  struct Output {
    int status;
    std::string text;
  };
  [[nodiscard]] Output tshark(const std::string& arguments) const {
    // On standard error it warns root, and says of a cut file that it is.
    const auto command =
        "LC_ALL=C.UTF-8 tshark -r " + path_.string() + " " + arguments + " 2>/dev/null";
    std::FILE* const pipe = ::popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Output output{0, {}};
    std::array<char, 4096> buffer;
    while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      output.text.append(buffer.data(), count);
    }
    const int ended = ::pclose(pipe);
    output.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : -1;
    return output;
  }

 private:
  std::filesystem::path path_;
};

std::size_t packet_count(ByteView octets) {
  std::size_t count = 0;
  while (const auto block = capture::front_block(octets)) {
    if (block->kind == capture::BlockKind::kPacket) ++count;
    octets = octets.subspan(block->octets.size());
  }
  return count;
}

Bytes capture_of(std::vector<Event> events) {
  CaptureWriter writer(kYear2019);
  Number number = 0;
  for (auto& event : events) {
    ++number;
    writer.handle({number, Instant(number * 1ms), 0, std::move(event)});
  }
  return writer.take_octets();
}

bool shows(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace

TEST_CASE("tshark reads every packet of whatever was written") {
  SeededRandom random(12);
  Bytes script(120'000);
  random.fill(RandomStream::kPeer, script);
  CaptureWriter writer(kYear2019);
  EntryScript entries(script);
  while (const auto entry = entries.next()) writer.handle(*entry);
  const auto octets = writer.take_octets();
  const auto expected = packet_count(octets);
  REQUIRE(expected > 500);

  const CaptureFile file(octets);
  const auto read = file.tshark("-T fields -e frame.number");
  CHECK(read.status == 0);
  CHECK(static_cast<std::size_t>(std::ranges::count(read.text, '\n')) == expected);
  CHECK(shows(read.text, "\n" + std::to_string(expected) + "\n"));
}

TEST_CASE("tshark finds no wrong checksum") {
  SeededRandom random(13);
  Bytes script(60'000);
  random.fill(RandomStream::kPeer, script);
  CaptureWriter writer(kYear2019);
  EntryScript entries(script);
  while (const auto entry = entries.next()) writer.handle(*entry);

  const CaptureFile file(writer.take_octets());
  const std::string checked =
      "-o udp.check_checksum:TRUE -o ip.check_checksum:TRUE -T fields -e frame.number ";
  CHECK_FALSE(file.tshark(checked + "-Y udp.checksum.status==1").text.empty());
  CHECK_FALSE(file.tshark(checked + "-Y ip.checksum.status==1").text.empty());
  CHECK(file.tshark(checked + "-Y 'udp.checksum.status==0 || ip.checksum.status==0'").text.empty());
}

TEST_CASE("tshark shows commands, answers, messages and comments without an option") {
  const CaptureFile file(capture_of({
      PacketContext{1, "active", ""},
      LineCommand{"AT+QCOAPOPEN=0,\"220.180.239.212\",5683"},
      LineUrc{"+QCOAPOPEN: 0,0", 0},
      CoapSent{0, "CON", "0.01", 1234, from_hex("d204").value(), {{11, to_bytes("19")}}, {}, {}},
      DatagramUp{1, "simulated", net::parse_endpoint("100.64.0.2:49152").value(),
                 net::parse_endpoint("220.180.239.212:5683").value(),
                 from_hex("420104d2d204b23139").value()},
  }));
  const auto shown = file.tshark("");
  INFO(shown.text);
  CHECK(shown.status == 0);
  CHECK(shows(shown.text, "PDP context 1 is active"));
  CHECK(shows(shown.text, "Sent AT Command: AT+QCOAPOPEN=0,\"220.180.239.212\",5683"));
  CHECK(shows(shown.text, "Rcvd AT Command: +QCOAPOPEN: 0,0"));
  CHECK(shows(shown.text, "CON, MID:1234, GET, TKN:d2 04, /19"));
  CHECK(shows(shown.text, "100.64.0.2"));

  const auto commented = file.tshark(
      "-T fields -e frame.interface_name -e frame.packet_id "
      "-Y 'frame.comment contains active'");
  CHECK(commented.text == "events\t1\n");
}

TEST_CASE("a capture that is cut anywhere is read up to its last whole block") {
  const auto octets = capture_of({LineCommand{"AT"}, LineResult{"OK"}, PowerState{"off"}});
  ByteView whole(octets);
  std::vector<std::size_t> ends{0};
  while (const auto block = capture::front_block(whole)) {
    ends.push_back(ends.back() + block->octets.size());
    whole = whole.subspan(block->octets.size());
  }
  // In a block's head, in its body, before its last octet, and behind it: what a reader tells apart.
  for (std::size_t i = 1; i + 1 < ends.size(); ++i) {
    const auto begin = ends[i];
    const auto end = ends[i + 1];
    for (const auto cut : {begin + 5, (begin + end) / 2, end - 1, end}) {
      const auto kept = ByteView(octets).first(cut);
      const CaptureFile file(kept);
      const auto read = file.tshark("-T fields -e frame.number -e frame.comment");
      std::size_t lines = 0;
      for (std::size_t n = 1; n <= 3; ++n) lines += shows(read.text, std::to_string(n) + "\t");
      INFO("cut at " << cut << ": " << read.text);
      CHECK(lines == packet_count(kept));
    }
  }
}
