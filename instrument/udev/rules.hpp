#pragma once

#include <string>
#include <string_view>

namespace singel::instrument {

inline constexpr std::string_view udev_rules_file = "60-singel.rules";

// udev/60-singel.rules: who sits at the machine may use the instruments of our model tables. One line a model.
std::string udev_rules();

}  // namespace singel::instrument
