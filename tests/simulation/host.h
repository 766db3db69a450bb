// The random host: says its script to a rig and checks what it hears.
#pragma once

#include "tests/simulation/host_model.h"
#include "tests/simulation/output_reader.h"
#include "tests/simulation/rig.h"

namespace vmodem::simulation {

class Host {
 public:
  // `chunks` says how the octets of a line are cut, and must not change anything.
  Host(const Scene& scene, Rig& rig, Findings& findings, std::uint64_t chunks);

  // The whole script, and the end of all sessions.
  void run();

 private:
  void run_waiting();
  void run_hasty();
  void run_wild();
  void expect_every_transmission_setting();
  void close_sessions();
  void say(const Step& step);
  void give_up();
  void answer_prompt(const Step& step);
  void write_in_chunks(ByteView octets);
  // Until `is_reached` says so, or time is over.
  template <class Condition>
  bool wait(Duration time_max, Condition is_reached);
  void listen();
  void handle(const Happening& happening);
  void handle(const Item& item);

  const Scene& scene_;
  Rig& rig_;
  Findings& findings_;
  Dice chunks_;
  OutputReader reader_;
  HostModel model_;
  const Step* step_ = nullptr;  // the command that is not answered yet
  bool is_prompted_ = false;
  std::string awaited_;  // what the next URC that ends the wait begins with
  bool is_awaited_over_ = false;
  int final_count_ = 0;
};

}  // namespace vmodem::simulation
