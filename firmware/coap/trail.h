// Which entry of the journal each transmission of a client is, so that what answers it is told as
// its consequence. Empty where nobody reads the journal.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "coap_core/codec.h"
#include "coap_core/message_layer.h"
#include "firmware/journal/journal.h"

namespace vmodem::firmware {

class MessageTrail {
 public:
  // Messages that are remembered; the oldest give way.
  static constexpr std::size_t kSizeMax = 128;

  MessageTrail(std::uint64_t client, journal::Journal& journal)
      : client_(client), journal_(journal) {}

  // The message layer has accepted a message, which goes out now or later.
  void accept(coap::MessageId message_id);
  // It goes out, for the first time or again, or the layer answers by itself.
  [[nodiscard]] journal::Number send(const coap::Transmit& transmit);
  // A datagram, decrypted, that the journal's cause has brought.
  [[nodiscard]] journal::Number receive(ByteView datagram);
  // The last transmission of a message of the module's; 0: none is known.
  [[nodiscard]] journal::Number last_of(coap::MessageId message_id) const;
  void reset() { steps_.clear(); }

 private:
  // A message of the module's.
  struct Step {
    coap::MessageId message_id;
    coap::Token token;
    journal::Number last;  // before it is sent: what asked for it
    int transmissions = 0;
  };

  [[nodiscard]] Step* find(coap::MessageId message_id);
  // Of what is answered.
  [[nodiscard]] journal::Number question_of(const coap::MessageView& answer) const;

  std::uint64_t client_;
  journal::Journal& journal_;
  std::vector<Step> steps_;  // the oldest first
};

}  // namespace vmodem::firmware
