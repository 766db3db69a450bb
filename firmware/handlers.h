// What every family of commands speaks of: rows and parameters of the engine, and the module behind
// the handlers.
#pragma once

#include "at_engine/command.h"
#include "firmware/services.h"

namespace vmodem::firmware {

using at::Arguments;
using at::Bare;
using at::CommandSpec;
using at::DataEnd;
using at::DataInput;
using at::DataMode;
using at::Evidence;
using at::IntParam;
using at::Outcome;
using at::Printed;
using at::Response;
using at::Services;
using at::TextParam;
using at::WordParam;

}  // namespace vmodem::firmware
