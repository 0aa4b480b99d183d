#pragma once

#include <string>

namespace singel::instrument {

// udev/60-singel.rules: who sits at the machine may use the instruments of our model tables. One line a model.
std::string udev_rules();

}  // namespace singel::instrument
