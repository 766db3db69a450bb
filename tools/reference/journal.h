// docs/journal.md: the kinds of entries, from their rows.
#pragma once

namespace vmodem::reference {

void print_journal();

}  // namespace vmodem::reference
