#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "firmware-bridge/virtual/device.hpp"
#include "firmware-bridge/virtual/scene.hpp"
#include "spectra/core/result.hpp"
#include "spectra/io/scene.hpp"

// What a person asks of the bench, turned into virtual instruments.
namespace singel::firmware_bridge::bridge {

struct Bench {
    std::vector<std::string> models;    // at least one
    std::string scene;                  // as spectra::io::read_scene takes it; empty: an empty stage
    std::string library;                // where the scene's substances come from; empty: the starter library
    std::string faults;                 // of the first instrument, as virtual_instrument::parse_faults takes them
    std::optional<std::uint64_t> seed;  // instead of the scene's own
    virtual_instrument::Speed speed = virtual_instrument::Speed::high;  // of the bus
};

std::vector<std::string> split_models(const std::string& comma_separated);

// Everything about a bench that can be wrong without reading a file: invalid_argument names the model or fault.
spectra::core::Result<void> validate(const Bench& bench);

// Points that were never measured (NaN) are bridged by their neighbours; a falling axis is turned round.
virtual_instrument::Scene to_scene(const spectra::io::SceneSpec& spec);

// One instrument a model. Equal models get serials of their own and every instrument its own noise.
spectra::core::Result<std::vector<std::unique_ptr<virtual_instrument::UsbDevice>>> set_up(const Bench& bench);

}  // namespace singel::firmware_bridge::bridge
