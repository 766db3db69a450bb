// What the module would measure, as a tester wants it.
#pragma once

namespace vmodem::firmware {

struct Readings {
  int battery_percent = 80;     // AT+CBC: 0–100
  int battery_mv = 3861;        // AT+CBC: supply voltage, mV, 2600–4800
  int adc_mv = 1105;            // AT+QADC: voltage at the ADC pin, mV, 0–1800
  int pmic_temperature_c = 28;  // AT+QTEMP: °C, -40–125
  int xo_temperature_c = 26;    // AT+QTEMP: °C, -40–125
  int pa_temperature_c = 25;    // AT+QTEMP: °C, -40–125
};

}  // namespace vmodem::firmware
