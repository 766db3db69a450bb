#include "firmware/recording/player.h"

#include <algorithm>
#include <utility>

#include "firmware/base/hash.h"
#include "firmware/base/overloaded.h"

namespace vmodem::recording {

void Player::note(const firmware::Action& action) {
  std::visit(
      Overloaded{[&](const firmware::OpenTransport& a) { open_[a.transport] = a; },
                 [&](const firmware::CloseTransport& a) { open_.erase(a.transport); },
                 [&](const firmware::Query& a) { asked_[a.id] = a; },
                 [&](const firmware::CancelQuery& a) { asked_.erase(a.id); },
                 [&](const firmware::PowerChanged& a) { is_on_ = a.is_on; }, [](const auto&) {}},
      action);
}

void Player::poll(char what) {
  if (what == 's') {
    (void)testbed_.poll_serial();
  } else if (const auto action = testbed_.poll_action()) {
    note(*action);
  }
}

Expected<void, std::string> Player::play(const Step& step) {
  for (const auto what : step.polls) poll(what);
  now_ = step.at;
  return apply(step);
}

Expected<void, std::string> Player::apply(const Step& step) {
  Expected<void, std::string> played;
  std::visit(Overloaded{[&](const SerialRead& input) {
                          if (input.octets.size() > testbed_.serial_room()) {
                            played =
                                unexpected(std::string("there is no room for the host's octets"));
                          } else {
                            testbed_.handle_serial(step.at, input.octets);
                          }
                        },
                        [&](const SerialWritten& input) {
                          const auto octets = testbed_.poll_serial();
                          const auto taken = octets.first(std::min(octets.size(), input.count));
                          if (taken.size() < input.count || hash_of(taken) != input.hash) {
                            played = unexpected(std::string("the module says something else"));
                            return;
                          }
                          output_ += as_text(taken);
                          testbed_.handle_serial_written(input.count);
                        },
                        [&](const SerialDropped&) { testbed_.drop_serial(); },
                        [&](const CircuitsDriven& input) {
                          testbed_.handle_circuits(step.at, input.circuits);
                        },
                        [&](const BreakSent&) { testbed_.handle_break(step.at); },
                        [&](const firmware::NetworkEvent& event) {
                          if (const auto* failed = std::get_if<firmware::OpenFailed>(&event)) {
                            open_.erase(failed->transport);
                          }
                          if (const auto* answered = std::get_if<firmware::Answered>(&event)) {
                            asked_.erase(answered->query);
                          }
                          testbed_.handle_network(step.at, event);
                        },
                        [&](const TimePassed&) { testbed_.handle_timeout(step.at); },
                        [&](const VerbDone& verb) {
                          auto deed = testbed::parse_deed(verb.text);
                          if (deed) {
                            testbed_.inject(step.at, std::move(*deed), verb.text);
                          } else {
                            played = unexpected("there is no verb " + verb.text);
                          }
                        },
                        [&](const RequestMade& request) { handle_request_(step.at, request); }},
             step.input);
  return played;
}

}  // namespace vmodem::recording
